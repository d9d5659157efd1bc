// One thin face over sqlite3 and libpq. Parameters are $1, $2 … in both; values are int64, text, bytes and null; SQL is
// literal. Errors are thrown as db::Failure and never contain a value. What differs between the engines is listed in
// docs/dialects.md.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <kernel/bytes.h>

namespace db {

// Up to clang 15 a temporary in an expression with an immediate call lives until the end of its block: a Lease would be
// held too long. There the compiler does not hold the promise below; gcc does for the same sources.
#if defined(__clang__) && __clang_major__ < 16
#define HUIYIN_IMMEDIATE constexpr
#else
#define HUIYIN_IMMEDIATE consteval
#endif

// SQL that stands in the source. A run-time string does not compile; adjacent literals concatenate.
class Sql {
public:
    template <std::size_t n>
    HUIYIN_IMMEDIATE Sql(const char (&literal)[n]) : text_(literal, n - 1) {}
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

enum class Kind {
    unique,  // a unique or primary key is taken
    foreign_key,
    check,     // check or not-null
    busy,      // another process holds the lock
    full,      // no space left
    lost,      // the connection or file is gone
    newer,     // the data is newer than this program
    encoding,  // text that is not UTF-8, or has a NUL: refused at bind
    other,
};
// The text names the kind, the engine's code (SQLite's extended code, PostgreSQL's SQLSTATE), the constraint, table or
// column where the engine gives them, and the SQL as it stands in the source; never a value.
struct Failure : std::runtime_error {
    Kind kind;
    Failure(Kind k, const std::string& what) : std::runtime_error(what), kind(k) {}
};

// One bound value. Text and bytes are views: they must live until the call returns.
class Value {
public:
    Value(std::nullptr_t) {}
    Value(std::int64_t v) : v_(v) {}
    Value(int v) : v_(std::int64_t{v}) {}
    Value(std::string_view v) : v_(v) {}
    Value(const std::string& v) : v_(std::string_view(v)) {}
    Value(const char* v) : v_(std::string_view(v)) {}
    Value(kernel::View v) : v_(v) {}
    Value(const kernel::Bytes& v) : v_(kernel::View(v)) {}
    Value(const kernel::Hash& v) : v_(kernel::View(v)) {}
    template <class T>
    Value(const std::optional<T>& v) {
        if (v) *this = Value(*v);
    }
    Value(bool) = delete;  // a column is 0 or 1: say which

    using Held = std::variant<std::monostate, std::int64_t, std::string_view, kernel::View>;
    const Held& held() const { return v_; }

private:
    Held v_;
};

// One row of a finished result. Columns count from 0. Reading another type than the column holds throws
// std::logic_error naming the column: a defect. A result is an integer (PostgreSQL's booleans are 0 and 1, its numeric
// sums are integers while they fit), text, bytes or null; anything else, a fraction above all, throws std::logic_error.
class Row {
public:
    bool null(int column) const;
    std::int64_t integer(int column) const;
    const std::string& text(int column) const;
    kernel::View bytes(int column) const;
    std::optional<std::int64_t> integer_or_null(int column) const;
    std::optional<std::string> text_or_null(int column) const;

    using Cell = std::variant<std::monostate, std::int64_t, std::string, kernel::Bytes>;
    std::vector<Cell> cells;  // filled by the engines
};
using Rows = std::vector<Row>;

// A SELECT whose conditions depend on what was asked: literal fragments joined with bound values. '?' in a fragment
// stands for its value (but not inside quotes or comments); numbering is done here. Each condition is put in
// parentheses. A fragment whose '?' do not match its values, a $n in it, or a condition after then() throw
// std::logic_error.
//   db::Query q("select v.id, v.text from voice v");
//   if (kind) q.where("v.kind = ?", *kind);
//   q.then("order by v.id desc limit ?", 21);
class Query {
public:
    explicit Query(Sql start);
    Query& where(Sql condition);           // joined by "where", then "and"
    Query& where(Sql condition, Value v);  // the value is copied
    Query& where(Sql condition, Value a, Value b);
    // "column in (?, ?, …)": at most 16,384 values, std::length_error above; no values: nothing matches. The list is
    // filled up to one of a few lengths by repeating the last value, so that few statements need preparing.
    Query& where_in(Sql column, const std::vector<std::int64_t>& values);
    Query& then(Sql tail);
    Query& then(Sql tail, Value v);
    Query& then(Sql tail, Value a, Value b);

    const std::string& text() const { return text_; }
    std::vector<Value> values() const;

private:
    void add(std::string_view fragment, const Value* values, std::size_t n);
    void condition(std::string_view fragment, const Value* values, std::size_t n);
    std::string text_;
    bool has_where_ = false;
    bool has_tail_ = false;
    std::vector<std::unique_ptr<Row::Cell>> held_;
};

enum class Engine { sqlite, postgres };

// One connection; one thread at a time (it may move between threads when not in use). Statements are prepared once and
// cached by text, at most 512 of them, the least used going first.
//
// Inside a transaction a failed statement spoils the transaction on both engines: everything but going back to a
// savepoint and rolling back then throws Failure other. Text refused at bind (encoding) spoils nothing: it was not
// sent. A Failure lost spoils the connection: every later call throws lost again.
//
// std::logic_error is thrown, and nothing sent, for a defect in the caller: values that do not match the parameters,
// several statements in one text, beginning twice, using the connection from inside each().
class Connection {
public:
    virtual ~Connection() = default;
    virtual Engine engine() const = 0;

    // For its effect. Inside a transaction it may be sent later, with the next query(), change() or commit: its error
    // surfaces there. Outside of one it is sent, and durable, at once.
    template <class... V>
    void run(Sql sql, const V&... values) {
        execute(sql.text(), {Value(values)...});
    }
    // Finished rows. Flushes what run() left waiting.
    template <class... V>
    Rows query(Sql sql, const V&... values) {
        return select(sql.text(), {Value(values)...});
    }
    Rows query(const Query& q) { return select(q.text(), q.values()); }
    // The first row, or nothing.
    template <class... V>
    std::optional<Row> one(Sql sql, const V&... values) {
        Rows rows = query(sql, values...);
        if (rows.empty()) return std::nullopt;
        return std::move(rows.front());
    }
    // How many rows an insert, update or delete touched. Flushes.
    template <class... V>
    std::int64_t change(Sql sql, const V&... values) {
        return modify(sql.text(), {Value(values)...});
    }

    // Rows one after another as they come, never all in memory: for exports and digests. It holds a snapshot until it
    // returns. The function gets a row for the length of its call and may not use this connection; what it throws ends
    // the reading and passes through, spoiling nothing. Flushes.
    using Each = std::function<void(const Row&)>;
    template <class... V>
    void each(Sql sql, const Each& row, const V&... values) {
        stream(sql.text(), {Value(values)...}, row);
    }
    void each(const Query& q, const Each& row) { stream(q.text(), q.values(), row); }

    virtual bool in_transaction() const = 0;

    // Several statements without parameters: migrations only.
    virtual void script(std::string_view sql) = 0;

protected:
    friend class Transaction;
    friend class WordsOf;
    std::optional<std::int64_t> words_of_;
    friend struct Unwritten;  // SQL that this module composes itself, from names in the catalogue
    virtual void execute(std::string_view sql, std::vector<Value> values) = 0;
    virtual Rows select(std::string_view sql, std::vector<Value> values) = 0;
    virtual std::int64_t modify(std::string_view sql, std::vector<Value> values) = 0;
    virtual void stream(std::string_view sql, std::vector<Value> values, const Each& row) = 0;
    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    virtual void savepoint() = 0;  // one level, unnamed
    virtual void release_savepoint() = 0;
    virtual void rollback_to_savepoint() = 0;
};

// While it lives, the words that this connection writes are those of this entry of the ledger: on PostgreSQL they are
// sealed under its key.
class WordsOf {
public:
    WordsOf(Connection& connection, std::int64_t entry) : connection_(connection), before_(connection.words_of_) {
        connection_.words_of_ = entry;
    }
    ~WordsOf() { connection_.words_of_ = before_; }
    WordsOf(const WordsOf&) = delete;
    WordsOf& operator=(const WordsOf&) = delete;

private:
    Connection& connection_;
    const std::optional<std::int64_t> before_;
};

// Begins at construction (SQLite: immediate); rolls back unless committed. On a read-only connection it is one snapshot
// for several queries: keep it short, a held snapshot keeps the WAL from being emptied.
//
// When commit() throws, nothing of the transaction is visible, and it is rolled back by the destructor:
//   lost            whether it became durable is not known (a failed fsync, a cut connection). The connection is
//   spoiled;
//                   who must know opens the place again, or stops the process and recovers at the next start.
//   every other     it did not become durable, and never will; the connection is as good as before (full: once there is
//   kind            space).
class Transaction {
public:
    explicit Transaction(Connection&);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();  // durable when it returns: fsync done (SQLite synchronous=FULL, PostgreSQL synchronous_commit=on)

    // One at a time. Going back undoes what came after savepoint() and ends it; a failure after savepoint() is healed
    // by it. An error of a run() from before savepoint() can surface after it: then going back is not enough, and
    // rollback_to_savepoint() throws that error again. Neither savepoint() nor release_savepoint() flushes.
    void savepoint();
    void release_savepoint();
    void rollback_to_savepoint();
    Connection& connection() { return connection_; }
    Connection* operator->() { return &connection_; }

private:
    Connection& connection_;
    bool open_ = true;
};

}  // namespace db
