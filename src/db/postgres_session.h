// A Connection over libpq, in pipeline mode: statements are queued, and everything up to a Sync is sent and read at
// once when a result or a commit is wanted.
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "session.h"

struct pg_conn;
struct pg_result;

namespace db {

class SealedWords;

// Why a server that was reached there is not to be talked to, or nothing. `host`: as the connection string names it;
// `address`: the one that was reached, "" for a Unix socket; `sealed`: nobody on the way can read it.
std::optional<std::string> unsafe_way(std::string_view host, std::string_view address, bool sealed);

class PostgresSession final : public Session {
public:
    // Connects. Throws Failure lost when the server cannot be reached, other for an unsafe_way(). Bare names are those
    // of schema public. With Access::nothing the session is read-only, and each transaction one snapshot. `words`: how
    // columns of words are read and written; without it they are what stands in the database.
    PostgresSession(const std::string& connection_string, Access access, const SealedWords* words = nullptr);
    ~PostgresSession() override;

    void use(const SealedWords& words) { words_ = &words; }
    Engine engine() const override { return Engine::postgres; }

protected:
    void do_run(std::string_view sql, const Values& values) override;
    Rows do_select(std::string_view sql, const Values& values) override;
    std::int64_t do_modify(std::string_view sql, const Values& values) override;
    void do_stream(std::string_view sql, const Values& values, const Each& row) override;
    void do_script(std::string_view sql) override;
    void do_begin() override;
    void do_commit() override;
    void undo() override;
    void do_savepoint() override;
    void do_release() override;
    void do_go_back() override;

private:
    struct Close {
        void operator()(pg_conn* connection) const;
        void operator()(pg_result* result) const;
    };
    using Result = std::unique_ptr<pg_result, Close>;

    struct Statement {
        std::string name;
        std::size_t parameters = 0;
        std::vector<bool> words;  // which parameters become words
    };
    // A command whose answer has not been read yet.
    struct Pending {
        std::string sql;
        std::string prepares;  // key in statements_, when the command prepares one
        int epoch = 0;
    };

    Statement& prepared(std::string_view sql, const Values& values);
    void make_room();
    void prepare(const Statement& statement, const std::string& key, std::string_view sql, const Values& values);
    void send(std::string_view sql, const Values& values);  // queues it
    void command(const char* sql);                          // queues it, without values
    void queued(std::string_view sql, std::string prepares = {});
    [[noreturn]] void lost(std::string_view sql);

    // Sends what waits and reads every answer; `last` gets the last one's results. Throws the first failure.
    void flush(const std::function<void(pg_result*)>& last = {});
    void read(const pg_result* result, int row, Row& into) const;
    void read_answers(const std::function<void(pg_result*)>& last);
    void read_sync();
    void note_failure(const pg_result* result, const Pending& pending);
    void throw_noted();

    const SealedWords* words_;
    std::unique_ptr<pg_conn, Close> connection_;
    StatementCache<Statement> statements_;
    std::uint64_t names_ = 0;
    std::deque<Pending> pending_;
    // Savepoints begin and end epochs, so that a failure can be told to lie before or after the open one.
    int epoch_ = 0;
    int savepoint_epoch_ = 0;
    std::optional<Failure> noted_;    // of the flush going on
    std::optional<Failure> spoiled_;  // of the open transaction
    int spoiled_epoch_ = 0;
};

}  // namespace db
