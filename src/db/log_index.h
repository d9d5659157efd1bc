// The index of a write-ahead log lies in shared memory that is a file (`main.db-shm`) and grows with the log, 32 KiB
// for about 4,096 pages. SQLite makes it grow after the pages of a commit were written: where the disk is full by then,
// nobody knows what became of the commit. So the index gets its room before a page is written, and a page for which
// there is none is refused as on a full disk (SQLITE_FULL), when nothing has happened yet. Source: the file format of
// the WAL index, sqlite.org/walformat.html, section 2.
#pragma once
#include <sqlite3.h>

namespace db {

// Of a layer's write-ahead logs; the owner of the layer's file is a LogIndex.
class LogIndex {
public:
    // Of a log that was opened under this name; outlived by the database's own file.
    explicit LogIndex(sqlite3_filename log) : database_(sqlite3_database_file_object(log)) {}
    // Before these bytes of the log are written.
    int make_room(int n, sqlite3_int64 at);

private:
    sqlite3_file* database_;
    sqlite3_int64 blocks_ = 1;  // that are there; the first one always is
};

}  // namespace db
