// What every layer over SQLite's file system interface has in common: a file that passes everything on to the layer
// below. A layer copies `passing` and puts its own functions into it.
#pragma once
#include <sqlite3.h>

namespace db::layer {

// SQLite gives the memory; the file of the layer below follows this head.
struct File {
    sqlite3_file head;
    void* owner;
    sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(sizeof(File) % 8 == 0);

inline File& file(sqlite3_file* f) { return *reinterpret_cast<File*>(f); }
inline sqlite3_file* below(sqlite3_file* f) { return file(f).below(); }

inline int close(sqlite3_file* f) { return below(f)->pMethods->xClose(below(f)); }
inline int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
    return below(f)->pMethods->xRead(below(f), to, n, at);
}
inline int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    return below(f)->pMethods->xWrite(below(f), from, n, at);
}
inline int truncate(sqlite3_file* f, sqlite3_int64 size) { return below(f)->pMethods->xTruncate(below(f), size); }
inline int sync(sqlite3_file* f, int flags) { return below(f)->pMethods->xSync(below(f), flags); }
inline int size(sqlite3_file* f, sqlite3_int64* out) { return below(f)->pMethods->xFileSize(below(f), out); }
inline int lock(sqlite3_file* f, int level) { return below(f)->pMethods->xLock(below(f), level); }
inline int unlock(sqlite3_file* f, int level) { return below(f)->pMethods->xUnlock(below(f), level); }
inline int reserved(sqlite3_file* f, int* out) { return below(f)->pMethods->xCheckReservedLock(below(f), out); }
inline int control(sqlite3_file* f, int op, void* arg) { return below(f)->pMethods->xFileControl(below(f), op, arg); }
inline int sector(sqlite3_file* f) { return below(f)->pMethods->xSectorSize(below(f)); }
inline int traits(sqlite3_file* f) { return below(f)->pMethods->xDeviceCharacteristics(below(f)); }
inline int map_shared(sqlite3_file* f, int page, int bytes, int extend, void volatile** at) {
    return below(f)->pMethods->xShmMap(below(f), page, bytes, extend, at);
}
inline int lock_shared(sqlite3_file* f, int from, int n, int flags) {
    return below(f)->pMethods->xShmLock(below(f), from, n, flags);
}
inline void barrier(sqlite3_file* f) { below(f)->pMethods->xShmBarrier(below(f)); }
inline int unmap_shared(sqlite3_file* f, int remove) { return below(f)->pMethods->xShmUnmap(below(f), remove); }
inline int fetch(sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
    return below(f)->pMethods->xFetch(below(f), at, n, out);
}
inline int unfetch(sqlite3_file* f, sqlite3_int64 at, void* p) { return below(f)->pMethods->xUnfetch(below(f), at, p); }

inline constexpr sqlite3_io_methods passing = {
    3,       close,  read,   write,      truncate,    sync,    size,         lock,  unlock,  reserved,
    control, sector, traits, map_shared, lock_shared, barrier, unmap_shared, fetch, unfetch,
};

// A layer over `under`, not registered; `open` gives each file its methods, with open_below() first.
inline sqlite3_vfs over(const sqlite3_vfs& under, const char* name, decltype(sqlite3_vfs::xOpen) open) {
    constexpr int spare_room = 512;  // for the file of the layer below, where another is the default later
    sqlite3_vfs layer = under;
    layer.zName = name;
    layer.pNext = nullptr;
    layer.szOsFile = static_cast<int>(sizeof(File)) + under.szOsFile + spare_room;
    layer.xOpen = open;
    return layer;
}
// The code to give back. `opened`: the file below is there and wants to be closed, whatever the code says.
inline int open_below(sqlite3_vfs* under, sqlite3_filename name, sqlite3_file* f, int flags, int* out, bool& opened) {
    f->pMethods = nullptr;
    const int code = under->xOpen(under, name, below(f), flags, out);
    opened = below(f)->pMethods != nullptr;
    return code;
}

}  // namespace db::layer
