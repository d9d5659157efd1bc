// A Connection over sqlite3.
#pragma once
#include <filesystem>
#include <memory>

#include "session.h"

struct sqlite3;
struct sqlite3_stmt;

namespace db {

class SqliteSession final : public Session {
public:
    // main.db with local.db and derived.db attached, each writable only if `access` says so.
    SqliteSession(const std::filesystem::path& folder, Access access);
    // One file by itself, writable, in which its tables stand bare: for migrations and checkpoints. Makes it WAL.
    explicit SqliteSession(const std::filesystem::path& file);
    ~SqliteSession() override;

    Engine engine() const override { return Engine::sqlite; }

    struct Frames {
        bool all = false;  // everything in the WAL is in the file now
        int in_wal = 0;    // pages that were in the WAL
    };
    // Of the file opened by itself. `wait`: milliseconds for readers and writers. Throws Failure.
    // How far it goes: beside the writer; holding the writer up for at most `wait` milliseconds of readers, so that the
    // log is written from its start again; so, and then emptying the file, which overwrites all that it held.
    enum class Checkpoint { passive, restart, truncate };
    Frames checkpoint(Checkpoint how, int wait);
    // Of the file opened by itself: were its pages written without checks (checked_disk.h)? Writes all of it anew, with
    // them. Throws Failure.
    bool lacks_checks() const { return lacks_checks_; }
    void add_checks();

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
        void operator()(sqlite3* db) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Statement {
        std::unique_ptr<sqlite3_stmt, Close> handle;
        std::vector<int> slots;  // of $1, $2 …
        bool reads = false;
    };

    void open(const std::filesystem::path& file, bool write);
    void attach(const std::filesystem::path& file, const char* name, bool write);
    void settings(bool write);
    void pragma(const char* sql);
    Statement& prepared(std::string_view sql, const Values& values);
    void bind(const Statement& statement, const Values& values, std::string_view sql);
    // Runs to the end; `row` gets each row, if there is one. Returns how many rows were touched.
    std::int64_t step(std::string_view sql, const Values& values, const Each* row);
    [[noreturn]] void fail(int code, std::string_view sql, bool preparing);

    std::unique_ptr<sqlite3, Close> db_;
    bool lacks_checks_ = false;
    StatementCache<Statement> statements_;  // goes before the handle
};

}  // namespace db
