#include "sqlite_session.h"

#include <sqlite3.h>

#include "checked_disk.h"
#include "failure.h"
#include "page_check.h"
#include "sqlite_error.h"
#include "wiping_disk.h"

namespace db {

namespace {

constexpr int busy_milliseconds = 10'000;

std::string uri(const std::filesystem::path& file, const char* mode) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '?' || c == '#' || c == '%') {
            text += '%';
            text += digits[byte >> 4];
            text += digits[byte & 15];
        } else {
            text += c;
        }
    }
    return text + "?mode=" + mode;
}

// Bindings point into the caller's values, which end with the call.
struct Reset {
    sqlite3_stmt* statement;
    ~Reset() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
};

Row::Cell cell(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(statement, column)};
        case SQLITE_TEXT: {
            const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return std::string(start, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
        }
        case SQLITE_BLOB: {
            const auto* start = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
            return size == 0 ? kernel::Bytes() : kernel::Bytes(start, start + size);
        }
        default:
            throw std::logic_error("db: column " + std::to_string(column) +
                                   " is neither an integer, text, bytes nor null");
    }
}

void read(sqlite3_stmt* statement, Row& row) {
    const int columns = sqlite3_column_count(statement);
    row.cells.clear();
    row.cells.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) row.cells.push_back(cell(statement, i));
}

}  // namespace

void SqliteSession::Close::operator()(sqlite3* db) const { sqlite3_close(db); }
void SqliteSession::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteSession::SqliteSession(const std::filesystem::path& folder, Access access) : Session(access) {
    open(folder / "main.db", access == Access::main);
    attach(folder / "local.db", "local", access == Access::local);
    attach(folder / "derived.db", "derived", access == Access::derived);
    settings(access != Access::nothing);
    // The writer never pays for a checkpoint; Database::checkpoint does it from elsewhere.
    if (access == Access::main) sqlite3_wal_autocheckpoint(db_.get(), 0);
}

SqliteSession::SqliteSession(const std::filesystem::path& file) : Session(Access::everything) {
    open(file, true);
    settings(true);
    sqlite3_wal_autocheckpoint(db_.get(), 0);
    // What was asked for hides what is there.
    lacks_checks_ = room_for_checks(db_.get()) != check_size && do_select("pragma page_count", {})[0].integer(0) > 0;
    ask_for_checks(db_.get());
    const Rows mode = do_select("pragma journal_mode=wal", {});
    if (mode.size() != 1 || mode[0].text(0) != "wal") throw failure(Kind::other, "the file system does not allow WAL");
}

SqliteSession::~SqliteSession() = default;

void SqliteSession::open(const std::filesystem::path& file, bool write) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(uri(file, write ? "rw" : "ro").c_str(), &handle, flags, wiping_disk());
    db_.reset(handle);
    if (code != SQLITE_OK) fail(code, "open " + file.filename().string(), false);
    sqlite3_busy_timeout(handle, busy_milliseconds);
    // A double-quoted word is a name, as in PostgreSQL, not a string in disguise.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // A connection that only reads must not try to write the file when it is the last to close.
    if (!write) sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void SqliteSession::attach(const std::filesystem::path& file, const char* name, bool write) {
    const std::string from = uri(file, write ? "rw" : "ro");
    step("attach $1 as $2", {Value(from), Value(name)}, nullptr);
}

void SqliteSession::settings(bool write) {
    pragma("pragma foreign_keys=on");
    pragma("pragma secure_delete=on");
    pragma("pragma temp_store=memory");  // no personal word in a temporary file
    pragma("pragma cell_size_check=on");
    pragma("pragma case_sensitive_like=on");  // as in PostgreSQL
    pragma("pragma synchronous=full");
    if (write) {
        pragma("pragma cache_size=-32768");
    } else {
        // Readers share the operating system's cache instead of each holding their own.
        pragma("pragma cache_size=-2048");
        pragma("pragma mmap_size=268435456");
    }
}

void SqliteSession::pragma(const char* sql) {
    const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql, false);
}

SqliteSession::Statement& SqliteSession::prepared(std::string_view sql, const Values& values) {
    const std::string text(sql);
    if (Statement* known = statements_.find(text)) {
        if (known->slots.size() != values.size()) throw std::logic_error("db: values do not match: " + text);
        return *known;
    }
    if (examine(sql) != values.size()) throw std::logic_error("db: values do not match: " + text);
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(db_.get(), text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) fail(code, sql, true);
    Statement fresh;
    fresh.handle.reset(handle);
    fresh.reads = sqlite3_stmt_readonly(handle) != 0;
    // SQLite numbers $2 by where it stands, not by its name.
    for (std::size_t i = 1; i <= values.size(); ++i)
        fresh.slots.push_back(sqlite3_bind_parameter_index(handle, ("$" + std::to_string(i)).c_str()));
    if (statements_.full()) statements_.take_least_used();
    return statements_.keep(text, std::move(fresh));
}

void SqliteSession::bind(const Statement& statement, const Values& values, std::string_view sql) {
    sqlite3_stmt* handle = statement.handle.get();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Value::Held& held = values[i].held();
        const int slot = statement.slots[i];
        int code = SQLITE_OK;  // unbound is null
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            code = sqlite3_bind_int64(handle, slot, *number);
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            // A null pointer would bind null.
            const char* start = text->empty() ? "" : text->data();
            code = sqlite3_bind_text64(handle, slot, start, text->size(), SQLITE_STATIC, SQLITE_UTF8);
        } else if (const auto* bytes = std::get_if<kernel::View>(&held)) {
            const void* start = bytes->empty() ? static_cast<const void*>("") : bytes->data();
            code = sqlite3_bind_blob64(handle, slot, start, bytes->size(), SQLITE_STATIC);
        }
        if (code != SQLITE_OK) fail(code, sql, false);
    }
}

std::int64_t SqliteSession::step(std::string_view sql, const Values& values, const Each* row) {
    Statement& statement = prepared(sql, values);
    sqlite3_stmt* handle = statement.handle.get();
    const Reset reset{handle};
    bind(statement, values, sql);
    Row buffer;
    for (;;) {
        const int code = sqlite3_step(handle);
        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) fail(code, sql, false);
        if (row == nullptr) continue;
        read(handle, buffer);
        (*row)(buffer);
    }
    return statement.reads ? 0 : sqlite3_changes64(db_.get());
}

void SqliteSession::do_run(std::string_view sql, const Values& values) { step(sql, values, nullptr); }

Rows SqliteSession::do_select(std::string_view sql, const Values& values) {
    Statement& statement = prepared(sql, values);
    sqlite3_stmt* handle = statement.handle.get();
    const Reset reset{handle};
    bind(statement, values, sql);
    Rows rows;
    int code = SQLITE_OK;
    while ((code = sqlite3_step(handle)) == SQLITE_ROW) read(handle, rows.emplace_back());
    if (code != SQLITE_DONE) fail(code, sql, false);
    return rows;
}

std::int64_t SqliteSession::do_modify(std::string_view sql, const Values& values) { return step(sql, values, nullptr); }

void SqliteSession::do_stream(std::string_view sql, const Values& values, const Each& row) { step(sql, values, &row); }

void SqliteSession::do_script(std::string_view sql) {
    const int code = sqlite3_exec(db_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, "a script", true);
}

// On a connection whose files are all read-only this takes snapshots, not locks.
void SqliteSession::do_begin() { step("begin immediate", {}, nullptr); }

void SqliteSession::do_commit() { step("commit", {}, nullptr); }

void SqliteSession::undo() {
    // A full disk, for one, has rolled back already.
    if (sqlite3_get_autocommit(db_.get()) == 0) step("rollback", {}, nullptr);
}

void SqliteSession::do_savepoint() { step("savepoint s", {}, nullptr); }
void SqliteSession::do_release() { step("release s", {}, nullptr); }

void SqliteSession::do_go_back() {
    if (sqlite3_get_autocommit(db_.get()) != 0)
        throw failure(Kind::other, "the whole transaction was rolled back by the failure");
    step("rollback to s", {}, nullptr);
    step("release s", {}, nullptr);
}

SqliteSession::Frames SqliteSession::checkpoint(Checkpoint how, int wait) {
    sqlite3_busy_timeout(db_.get(), wait);
    int in_wal = 0, moved = 0;
    const int mode = how == Checkpoint::passive   ? SQLITE_CHECKPOINT_PASSIVE
                     : how == Checkpoint::restart ? SQLITE_CHECKPOINT_RESTART
                                                  : SQLITE_CHECKPOINT_TRUNCATE;
    const int code = sqlite3_wal_checkpoint_v2(db_.get(), "main", mode, &in_wal, &moved);
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail(code, "checkpoint", false);
    return {code == SQLITE_OK && in_wal == moved, in_wal};
}

void SqliteSession::add_checks() {
    do_script("vacuum");
    lacks_checks_ = false;
}

void SqliteSession::fail(int code, std::string_view sql, bool preparing) {
    throw sqlite_failure(db_.get(), code, sql, preparing);
}

}  // namespace db
