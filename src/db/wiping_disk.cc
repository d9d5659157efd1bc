#include "wiping_disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "checked_disk.h"
#include "disk_layer.h"
#include "log_index.h"
#include "page_gaps.h"

namespace db {
namespace {

sqlite3_vfs* layer_below() { return sqlite3_vfs_find(nullptr); }

// The header goes first and is synced alone: a log without one is ignored by recovery, while the first of its old pages
// without the later ones would be taken for the newest.
int wipe_log(sqlite3_file* f, sqlite3_int64 from) {
    const sqlite3_io_methods* does = f->pMethods;
    constexpr std::array<char, 4096> zeros{};
    sqlite3_int64 size = 0;
    int code = does->xFileSize(f, &size);
    for (sqlite3_int64 at = from; code == SQLITE_OK && at < size;) {
        const auto piece = static_cast<int>(std::min<sqlite3_int64>(at == 0 ? 32 : zeros.size(), size - at));
        code = does->xWrite(f, zeros.data(), piece, at);
        if (code == SQLITE_OK && at == 0) code = does->xSync(f, SQLITE_SYNC_NORMAL);
        at += piece;
    }
    return code == SQLITE_OK && from < size ? does->xSync(f, SQLITE_SYNC_NORMAL) : code;
}

int truncate_wiping(sqlite3_file* f, sqlite3_int64 size) {
    if (const int code = wipe_log(layer::below(f), size); code != SQLITE_OK) return code;
    return layer::truncate(f, size);
}

// Pages come into a database file whole, by checkpoints above all. What SQLite keeps of them in memory goes on holding
// what is cleared here, until a log that was emptied makes every connection read again.
int write_clearing(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    if (n < 512 || at % n != 0 || at / n >= ambiguous_from) return layer::write(f, from, n, at);
    thread_local std::vector<std::uint8_t> page;
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    page.assign(bytes, bytes + n);
    clear_gaps(page, at == 0);
    return layer::write(f, page.data(), n, at);
}

constexpr sqlite3_io_methods wiping_methods = [] {
    sqlite3_io_methods methods = layer::passing;
    methods.xTruncate = truncate_wiping;
    return methods;
}();

LogIndex* index_of(sqlite3_file* f) { return static_cast<LogIndex*>(layer::file(f).owner); }

int write_log(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    if (const int code = index_of(f)->make_room(n, at); code != SQLITE_OK) return code;
    return layer::write(f, from, n, at);
}

int close_log(sqlite3_file* f) {
    delete index_of(f);
    return layer::close(f);
}

constexpr sqlite3_io_methods log_methods = [] {
    sqlite3_io_methods methods = wiping_methods;
    methods.xWrite = write_log;
    methods.xClose = close_log;
    return methods;
}();

constexpr sqlite3_io_methods clearing_methods = [] {
    sqlite3_io_methods methods = wiping_methods;
    methods.xWrite = write_clearing;
    return methods;
}();

int open_wiping(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    bool opened = false;
    const int code = layer::open_below(checked_disk(), name, file, flags, out, opened);
    if (!opened) return code;
    file->pMethods = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? &clearing_methods : &wiping_methods;
    if ((flags & SQLITE_OPEN_WAL) != 0 && name != nullptr) {
        layer::file(file).owner = new LogIndex(name);
        file->pMethods = &log_methods;
    }
    return code;
}

// At this point the log's pages are all in the database, and synced. A log that cannot be overwritten is deleted all
// the same: what counts then is that the words of an erasure were wiped by its own checkpoint.
int delete_wiping(sqlite3_vfs*, const char* name, int sync_folder) {
    sqlite3_vfs* under = layer_below();
    const int file = std::string_view(name).ends_with("-wal") ? ::open(name, O_WRONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        const off_t size = ::lseek(file, 0, SEEK_END);
        constexpr std::array<char, 4096> zeros{};
        bool good = size > 0 && ::pwrite(file, zeros.data(), 32, 0) == 32 && ::fdatasync(file) == 0;
        for (off_t at = 32; good && at < size;) {
            const auto piece = std::min<std::size_t>(zeros.size(), static_cast<std::size_t>(size - at));
            good = ::pwrite(file, zeros.data(), piece, at) == static_cast<ssize_t>(piece);
            at += static_cast<off_t>(piece);
        }
        if (good) ::fdatasync(file);
        ::close(file);
    }
    return under->xDelete(under, name, sync_folder);
}

sqlite3_vfs make_layer() {
    sqlite3_vfs made = layer::over(*checked_disk(), "huiyin-wiping", open_wiping);
    made.xDelete = delete_wiping;
    return made;
}

}  // namespace

const char* wiping_disk() {
    static sqlite3_vfs layer = make_layer();
    static const int registered = sqlite3_vfs_register(&layer, 0);
    return registered == SQLITE_OK ? layer.zName : nullptr;
}

}  // namespace db
