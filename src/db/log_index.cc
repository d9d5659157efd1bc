#include "log_index.h"

namespace db {
namespace {

constexpr sqlite3_int64 log_header = 32, page_header = 24;
constexpr int block_bytes = 32'768;
constexpr sqlite3_int64 pages_of_block = 4'096,
                        missing_in_first = 34;  // the first block begins with the index's header

}  // namespace

int LogIndex::make_room(int n, sqlite3_int64 at) {
    if (n < 512) return SQLITE_OK;  // a header
    const sqlite3_int64 before = (at - log_header - page_header) / (n + page_header);
    const sqlite3_int64 blocks = (before + missing_in_first) / pages_of_block + 1;
    if (blocks <= blocks_) return SQLITE_OK;
    void volatile* mapped = nullptr;
    const int code = database_->pMethods->xShmMap(database_, static_cast<int>(blocks - 1), block_bytes, 1, &mapped);
    if (code == SQLITE_IOERR_SHMSIZE) return SQLITE_FULL;
    if (code == SQLITE_OK) blocks_ = blocks;
    return code;
}

}  // namespace db
