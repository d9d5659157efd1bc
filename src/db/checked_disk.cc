#include "checked_disk.h"

#include <sqlite3.h>

#include <cstring>
#include <span>
#include <vector>

#include "disk_layer.h"
#include "page_check.h"

namespace db {
namespace {

// A page of a mapped file is fetched for every row that is read from it. It is looked at when this connection first
// meets it, and again after as many fetches.
constexpr int fetches_between_looks = 65'536;
constexpr unsigned unmapped_every = 256;

struct Opened {
    std::string name;
    int page = 0;  // bytes; 0 while the file has no pages, or none with checks
    std::vector<bool> seen = {};
    int fetches = 0;
    unsigned kept = 0;

    bool meets(std::int64_t number) {
        if (++fetches == fetches_between_looks) fetches = 0, seen.clear();
        const auto at = static_cast<std::size_t>(number);
        if (at >= seen.size()) seen.resize(at + 1024);
        if (seen[at]) return false;
        seen[at] = true;
        return true;
    }
};
Opened& opened(sqlite3_file* f) { return *static_cast<Opened*>(layer::file(f).owner); }

thread_local std::string last_damaged;

int damaged(const Opened& file, std::int64_t number) {
    last_damaged = file.name + ", page " + std::to_string(number);
    sqlite3_log(SQLITE_IOERR_DATA, "%s is damaged", last_damaged.c_str());
    return SQLITE_IOERR_DATA;
}

std::span<const std::uint8_t> bytes_of(const void* from, int n) {
    return {static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(n)};
}

int page_size(std::span<const std::uint8_t> header) {
    const int size = header[16] << 8 | header[17];
    return size == 1 ? 65'536 : size;
}

// What the file's first bytes say of its pages.
void learn(Opened& file, std::span<const std::uint8_t> start) {
    if (start.size() < file_start || std::memcmp(start.data(), first_words.data(), first_words.size()) != 0) return;
    file.page = start[check_size_at] == check_size ? page_size(start) : 0;
}

// A first page that says it has no check, and has one: the byte that says so is what was changed.
bool hides_check(std::span<const std::uint8_t> page) {
    if (page.size() < 512 || page[check_size_at] == check_size) return false;
    std::vector<std::uint8_t> whole(page.begin(), page.end());
    whole[check_size_at] = check_size;
    return intact(whole, 1);
}

bool is_page(const Opened& file, int n, sqlite3_int64 at) { return file.page != 0 && n == file.page && at % n == 0; }

int read_checking(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
    const int code = layer::read(f, to, n, at);
    if (code != SQLITE_OK) return code;
    Opened& file = opened(f);
    const auto bytes = bytes_of(to, n);
    if (at == 0) {
        learn(file, bytes);
        if (hides_check(bytes)) return damaged(file, 1);
    }
    if (is_page(file, n, at) && !intact(bytes, at / n + 1)) return damaged(file, at / n + 1);
    return SQLITE_OK;
}

int write_checked(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    Opened& file = opened(f);
    const auto bytes = bytes_of(from, n);
    if (at == 0) learn(file, bytes);
    if (!is_page(file, n, at)) return layer::write(f, from, n, at);
    thread_local std::vector<std::uint8_t> page;
    page.assign(bytes.begin(), bytes.end());
    set_check(page, at / n + 1);
    return layer::write(f, page.data(), n, at);
}

int fetch_checking(sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
    const int code = layer::fetch(f, at, n, out);
    Opened& file = opened(f);
    const std::int64_t number = at / n + 1;
    if (code != SQLITE_OK || *out == nullptr || !is_page(file, n, at) || !file.meets(number)) return code;
    if (intact(bytes_of(*out, n), number)) return code;
    layer::unfetch(f, at, *out);
    *out = nullptr;
    file.seen.clear();
    return damaged(file, number);
}

// After every commit of another connection SQLite gives a reader's whole mapping back, in case the file was cut: two
// calls of the system and a flush of every processor's address cache for each read. What shows through the mapping is
// always the file as it is, and a page that a snapshot needs is never cut off. So it is given back now and then, to be
// mapped again as far as the file has grown; pages beyond it are read.
int unfetch_rarely(sqlite3_file* f, sqlite3_int64 at, void* page) {
    Opened& file = opened(f);
    if (page == nullptr && file.page != 0 && ++file.kept % unmapped_every != 0) return SQLITE_OK;
    return layer::unfetch(f, at, page);
}

int close_checked(sqlite3_file* f) {
    delete &opened(f);
    return layer::close(f);
}

constexpr sqlite3_io_methods checking_methods = [] {
    sqlite3_io_methods methods = layer::passing;
    methods.xRead = read_checking;
    methods.xWrite = write_checked;
    methods.xFetch = fetch_checking;
    methods.xUnfetch = unfetch_rarely;
    methods.xClose = close_checked;
    return methods;
}();

sqlite3_vfs* disk_below() { return sqlite3_vfs_find(nullptr); }

int open_checked(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    bool opened = false;
    const int code = layer::open_below(disk_below(), name, file, flags, out, opened);
    if (!opened) return code;
    const bool database = (flags & SQLITE_OPEN_MAIN_DB) != 0 && name != nullptr;
    if (database) layer::file(file).owner = new Opened{std::filesystem::path(name).filename().string()};
    file->pMethods = database ? &checking_methods : &layer::passing;
    return code;
}

}  // namespace

sqlite3_vfs* checked_disk() {
    static sqlite3_vfs made = layer::over(*disk_below(), "huiyin-checked", open_checked);
    return &made;
}

const std::string& damaged_page() { return last_damaged; }

int room_for_checks(sqlite3* db) {
    int room = -1;                                                                      // asks only
    sqlite3_exec(db, "select count(*) from sqlite_schema", nullptr, nullptr, nullptr);  // has the file's start read
    sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
    return room;
}

void ask_for_checks(sqlite3* db) {
    int room = check_size;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
}

}  // namespace db
