// Copies of the SQLite files of a place.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "checked_disk.h"
#include "database.h"
#include "failure.h"
#include "lock_file.h"
#include "page_check.h"
#include "sqlite_database.h"
#include "sqlite_session.h"
#include "wiping_disk.h"

namespace db {

namespace {

namespace fs = std::filesystem;

constexpr const char* copied[] = {"main.db", "local.db"};
constexpr int pages_at_once = 2'000;

struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Failure copying(sqlite3* db, const fs::path& file) {
    const int code = sqlite3_errcode(db) & 0xff;
    return failure(code == SQLITE_FULL ? Kind::full : Kind::other,
                   "copying " + file.string() + ": " + sqlite3_errmsg(db));
}

Handle open_file(const fs::path& file, int flags) {
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &db, flags, wiping_disk());
    Handle handle(db);
    if (code != SQLITE_OK) throw copying(db, file);
    sqlite3_busy_timeout(db, 10'000);
    return handle;
}

void must(sqlite3* db, const fs::path& file, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw copying(db, file);
}

// One snapshot of the source for the whole copy: without it every write beside would begin the copy anew.
void copy_file(const fs::path& from, const fs::path& to, const CopyProgress& progress) {
    const Handle source = open_file(from, SQLITE_OPEN_READONLY),
                 target = open_file(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    must(source.get(), from, "begin; select count(*) from sqlite_schema");
    must(target.get(), to, "pragma synchronous=full");
    // The copy knows from its first page on that its pages have checks.
    if (room_for_checks(source.get()) == check_size) {
        ask_for_checks(target.get());
        must(target.get(), to, "create table first (page int) strict; drop table first");
    }
    sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
    if (backup == nullptr) throw copying(target.get(), to);
    int code = SQLITE_OK;
    while ((code = sqlite3_backup_step(backup, pages_at_once)) == SQLITE_OK || code == SQLITE_BUSY)
        if (progress)
            progress(sqlite3_backup_pagecount(backup) - sqlite3_backup_remaining(backup),
                     sqlite3_backup_pagecount(backup));
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) throw copying(target.get(), to);
    ::chmod(to.c_str(), 0600);
}

void sync_folder(const fs::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return;
    ::fsync(file);
    ::close(file);
}

}  // namespace

void copy_place(const fs::path& from, const fs::path& to, const CopyProgress& progress) {
    fs::create_directories(to);
    fs::permissions(to, fs::perms::owner_all);
    for (const char* name : copied)
        if (fs::exists(from / name)) copy_file(from / name, to / name, progress);
    sync_folder(to);
}

std::unique_ptr<Connection> open_main(const fs::path& folder) {
    return std::make_unique<SqliteSession>(folder / "main.db");
}

int migrations_due(const fs::path& folder) {
    int due = 0;
    for (const char* name : copied) {
        if (!fs::exists(folder / name)) continue;
        SqliteSession file(folder / name);
        if (!file.one("select 1 from sqlite_schema where type = 'table' and name = 'migration'")) continue;
        std::set<std::int64_t> done;
        for (const Row& row : file.query("select number from migration")) done.insert(row.integer(0));
        for (const Migration& migration : migrations(Engine::sqlite))
            due += migration.schema + ".db" == name && !done.contains(migration.number) ? 1 : 0;
    }
    return due;
}

void put_back(const fs::path& copy, const fs::path& folder) {
    const LockFile lock(folder);
    for (const char* name : copied) {
        if (!fs::exists(copy / name)) continue;
        // Opened and closed, a file takes in its write-ahead log: none may be left that belongs to other pages.
        if (fs::exists(folder / name))
            SqliteSession(folder / name).checkpoint(SqliteSession::Checkpoint::truncate, 1'000);
        for (const char* tail : {"-wal", "-shm"}) {
            const std::string beside = std::string(name) + tail;
            fs::remove(folder / beside);
            fs::remove(copy / beside);
        }
        fs::rename(copy / name, folder / name);
        sync_folder(folder);
    }
    // What followers computed is of the newer program.
    for (const char* name : {"derived.db", "derived.db-wal", "derived.db-shm"}) fs::remove(folder / name);
}

}  // namespace db
