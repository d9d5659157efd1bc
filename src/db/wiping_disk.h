// A layer of SQLite's file system interface that overwrites what a write-ahead log held before its blocks are given
// back: a truncated or deleted file leaves its bytes on the medium. And it clears what no row uses of the pages that go
// into a database, because secure_delete does not reach what is left where a row was moved.
#pragma once

namespace db {

// The name to open databases by; registered at the first call. Below it lies checked_disk().
const char* wiping_disk();

}  // namespace db
