// A layer of SQLite's file system interface that puts a check into every page that goes into a database file and
// refuses a page whose check is wrong (SQLITE_IOERR_DATA): page_check.h. Files that were made without room for it pass
// as they are. Write-ahead logs have SQLite's own checks.
#pragma once
#include <filesystem>
#include <string>

struct sqlite3;
struct sqlite3_vfs;

namespace db {

// Below it lies whatever layer is the default when it is first asked for. Not registered: other layers open by it.
sqlite3_vfs* checked_disk();

// "main.db, page 17": the page refused last on this thread.
const std::string& damaged_page();

// Of the main file of a connection: the bytes at the end of each page that SQLite leaves alone; check_size of them are
// asked for when the file is first written, or written anew by `vacuum`.
int room_for_checks(sqlite3* db);
void ask_for_checks(sqlite3* db);

}  // namespace db
