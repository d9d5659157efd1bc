#include "session.h"

#include <kernel/text.h>

#include "failure.h"
#include "sql_text.h"

namespace db {

namespace {

void check_values(const std::vector<Value>& values, std::string_view sql) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto* text = std::get_if<std::string_view>(&values[i].held());
        if (text == nullptr) continue;
        const std::string where = "$" + std::to_string(i + 1);
        if (text->find('\0') != std::string_view::npos) throw failure(Kind::encoding, "NUL in " + where, sql);
        if (!kernel::valid_utf8(*text)) throw failure(Kind::encoding, "not UTF-8 in " + where, sql);
    }
}

bool allowed(Access access, std::string_view table) {
    const std::size_t dot = table.find('.');
    const std::string_view schema = dot == std::string_view::npos ? std::string_view() : table.substr(0, dot);
    switch (access) {
        case Access::nothing:
            return false;
        case Access::main:
            return schema.empty();
        case Access::local:
            return schema == "local";
        case Access::derived:
            return schema == "derived";
        case Access::everything:
            return true;
    }
    return false;
}

}  // namespace

// Remembers what a failure spoils before it passes on.
template <class Work>
auto Session::guarded(Work work) {
    try {
        return work();
    } catch (const Failure& failure) {
        if (open_) failed_ = true;
        if (failure.kind == Kind::lost) lost_ = true;
        throw;
    }
}

void Session::ready() const {
    if (streaming_) throw std::logic_error("db: the connection is used from inside each()");
    if (lost_) throw failure(Kind::lost, "the connection was lost before");
    if (failed_) throw failure(Kind::other, "the transaction has failed before: it can only be rolled back");
}

std::size_t Session::examine(std::string_view sql) const {
    if (statements(sql).size() != 1) throw std::logic_error("db: not one statement: " + std::string(sql));
    for (const std::string& table : written_tables(sql))
        if (!allowed(access_, table)) throw failure(Kind::other, "this connection may only read " + table, sql);
    return parameters(sql);
}

void Session::execute(std::string_view sql, std::vector<Value> values) {
    ready();
    check_values(values, sql);
    guarded([&] { do_run(sql, values); });
}

Rows Session::select(std::string_view sql, std::vector<Value> values) {
    ready();
    check_values(values, sql);
    return guarded([&] { return do_select(sql, values); });
}

std::int64_t Session::modify(std::string_view sql, std::vector<Value> values) {
    ready();
    check_values(values, sql);
    return guarded([&] { return do_modify(sql, values); });
}

void Session::stream(std::string_view sql, std::vector<Value> values, const Each& row) {
    struct Streaming {
        explicit Streaming(bool& f) : flag(f) { flag = true; }
        ~Streaming() { flag = false; }
        bool& flag;
    };
    struct Stop {};
    ready();
    check_values(values, sql);
    // What the caller's function throws, a Failure of another connection for one, is no failure of this one.
    std::exception_ptr thrown;
    const Each shielded = [&](const Row& given) {
        try {
            row(given);
        } catch (...) {
            thrown = std::current_exception();
            throw Stop();
        }
    };
    try {
        const Streaming streaming(streaming_);
        guarded([&] { do_stream(sql, values, shielded); });
    } catch (const Stop&) { std::rethrow_exception(thrown); }
}

void Session::script(std::string_view sql) {
    ready();
    guarded([&] { do_script(sql); });
}

void Session::begin() {
    ready();
    if (open_) throw std::logic_error("db: a transaction is open already");
    guarded([&] { do_begin(); });
    open_ = true;
}

void Session::commit() {
    if (!open_) throw std::logic_error("db: no transaction is open");
    ready();
    guarded([&] { do_commit(); });
    open_ = savepoint_ = false;
}

void Session::rollback() noexcept {
    if (!open_) return;
    try {
        if (!lost_) undo();
    } catch (const std::exception&) {
        lost_ = true;  // whatever its state is, nobody goes on with it
    }
    open_ = failed_ = savepoint_ = false;
}

void Session::settle() noexcept { rollback(); }

void Session::savepoint() {
    ready();
    if (!open_) throw std::logic_error("db: a savepoint needs a transaction");
    if (savepoint_) throw std::logic_error("db: a savepoint is open already");
    guarded([&] { do_savepoint(); });
    savepoint_ = true;
}

void Session::release_savepoint() {
    ready();
    if (!savepoint_) throw std::logic_error("db: no savepoint is open");
    guarded([&] { do_release(); });
    savepoint_ = false;
}

void Session::rollback_to_savepoint() {
    if (streaming_) throw std::logic_error("db: the connection is used from inside each()");
    if (!savepoint_) throw std::logic_error("db: no savepoint is open");
    if (lost_) throw failure(Kind::lost, "the connection was lost before");
    guarded([&] { do_go_back(); });
    savepoint_ = failed_ = false;
}

}  // namespace db
