// A layer of SQLite's file system interface that passes everything on to the real one, but for writes and fsyncs that
// are to fail.
#include <sqlite3.h>

#include <atomic>
#include <new>
#include <optional>

#include "testing.h"

namespace db {

struct FaultyDisk::State {
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs layer = {};
    std::atomic<bool> failing = false;
    std::atomic<Fault> fault = Fault::full;
    std::atomic<int> good = 0;
    std::atomic<bool> failed = false;

    // Whether this operation is to fail.
    bool strikes(bool sync) {
        if (!failing || sync != (fault == Fault::broken_sync)) return false;
        if (good.fetch_sub(1) > 0) return false;
        failed = true;
        return true;
    }
    int code() const {
        switch (fault.load()) {
            case Fault::full:
                return SQLITE_FULL;
            case Fault::broken_write:
                return SQLITE_IOERR_WRITE;
            case Fault::broken_sync:
                return SQLITE_IOERR_FSYNC;
        }
        return SQLITE_IOERR;
    }
};

namespace {

// SQLite gives the memory; the real file follows this head.
struct FaultyFile {
    sqlite3_file head;
    FaultyDisk::State* state;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(alignof(FaultyFile) >= alignof(sqlite3_file) && sizeof(FaultyFile) % 8 == 0);

FaultyFile& faulty(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return faulty(file).real(); }

int close_file(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read_file(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
    return real(f)->pMethods->xRead(real(f), to, n, at);
}
int write_file(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    if (faulty(f).state->strikes(false)) return faulty(f).state->code();
    return real(f)->pMethods->xWrite(real(f), from, n, at);
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size) { return real(f)->pMethods->xTruncate(real(f), size); }
int sync_file(sqlite3_file* f, int flags) {
    if (faulty(f).state->strikes(true)) return faulty(f).state->code();
    return real(f)->pMethods->xSync(real(f), flags);
}
int size_of_file(sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); }
int lock_file(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock_file(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int is_reserved(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
int control_file(sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
int sector_size(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int characteristics(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int map_shared(sqlite3_file* f, int page, int size, int extend, void volatile** at) {
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, at);
}
int lock_shared(sqlite3_file* f, int from, int n, int flags) {
    return real(f)->pMethods->xShmLock(real(f), from, n, flags);
}
void barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int unmap_shared(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }
int fetch(sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
    return real(f)->pMethods->xFetch(real(f), at, n, out);
}
int unfetch(sqlite3_file* f, sqlite3_int64 at, void* p) { return real(f)->pMethods->xUnfetch(real(f), at, p); }

constexpr sqlite3_io_methods faulty_methods = {
    3,           close_file,  read_file,    write_file,   truncate_file, sync_file,       size_of_file,
    lock_file,   unlock_file, is_reserved,  control_file, sector_size,   characteristics, map_shared,
    lock_shared, barrier,     unmap_shared, fetch,        unfetch,
};

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    auto* state = static_cast<FaultyDisk::State*>(vfs->pAppData);
    auto* opened = new (file) FaultyFile{{nullptr}, state};
    const int code = state->real->xOpen(state->real, name, opened->real(), flags, out);
    if (opened->real()->pMethods != nullptr) opened->head.pMethods = &faulty_methods;
    return code;
}

}  // namespace

FaultyDisk::FaultyDisk() : state_(std::make_unique<State>()) {
    state_->real = sqlite3_vfs_find(nullptr);
    state_->layer = *state_->real;
    state_->layer.zName = "huiyin-faulty";
    state_->layer.pNext = nullptr;
    state_->layer.pAppData = state_.get();
    state_->layer.szOsFile = static_cast<int>(sizeof(FaultyFile)) + state_->real->szOsFile;
    state_->layer.xOpen = open_file;
    sqlite3_vfs_register(&state_->layer, 1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&state_->layer);
    sqlite3_vfs_register(state_->real, 1);
}

void FaultyDisk::fail(Fault fault, int good) {
    state_->failing = false;
    state_->failed = false;
    state_->fault = fault;
    state_->good = good;
    state_->failing = true;
}

void FaultyDisk::mend() { state_->failing = false; }

bool FaultyDisk::has_failed() const { return state_->failed; }

}  // namespace db
