#include "sqlite_error.h"

#include <sqlite3.h>

#include <cerrno>

#include "checked_disk.h"
#include "failure.h"

namespace db {

namespace {

Kind constraint_kind(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return Kind::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return Kind::foreign_key;
        case SQLITE_CONSTRAINT_CHECK:
        case SQLITE_CONSTRAINT_NOTNULL:
            return Kind::check;
        default:
            return Kind::other;
    }
}

// A failed fsync is never "full": what reached the disk is not known.
Kind io_kind(sqlite3* db, int extended) {
    const bool sync = extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC;
    const int error = db == nullptr ? 0 : sqlite3_system_errno(db);
    return !sync && (error == ENOSPC || error == EDQUOT) ? Kind::full : Kind::lost;
}

Kind kind_of(sqlite3* db, int extended) {
    switch (extended & 0xff) {
        case SQLITE_CONSTRAINT:
            return constraint_kind(extended);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Kind::busy;
        case SQLITE_FULL:
            return Kind::full;
        case SQLITE_IOERR:
            return io_kind(db, extended);
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Kind::lost;
        default:
            return Kind::other;
    }
}

// "UNIQUE constraint failed: voice.id" names columns or the constraint; it holds no value.
std::string constraint_name(sqlite3* db) {
    const std::string_view text = sqlite3_errmsg(db);
    const std::size_t colon = text.find(": ");
    return colon == std::string_view::npos ? std::string() : std::string(text.substr(colon + 2));
}

}  // namespace

Failure sqlite_failure(sqlite3* db, int extended, std::string_view sql, bool preparing) {
    const Kind kind = kind_of(db, extended);
    std::string reason = "SQLite " + std::to_string(extended) + ", " + sqlite3_errstr(extended);
    if (extended == SQLITE_IOERR_SHMSIZE) reason += ", no space for the index of its write-ahead log";
    if (extended == SQLITE_IOERR_DATA) reason += ", " + damaged_page();
    const bool constraint = kind == Kind::unique || kind == Kind::check;
    if (constraint) reason += ", " + constraint_name(db);
    if (preparing && !constraint && (extended & 0xff) == SQLITE_ERROR) reason += std::string(", ") + sqlite3_errmsg(db);
    return failure(kind, reason, sql);
}

}  // namespace db
