// A layer of SQLite's file system interface that passes everything on to the real one, but for writes and fsyncs that
// are to fail.
#include <sqlite3.h>

#include <atomic>
#include <new>
#include <optional>

#include "disk_layer.h"
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
    enum class Operation { write, sync, growth };
    bool strikes(Operation operation) {
        const Operation fails = fault == Fault::broken_sync  ? Operation::sync
                                : fault == Fault::full_index ? Operation::growth
                                                             : Operation::write;
        if (!failing || operation != fails) return false;
        if (good.fetch_sub(1) > 0) return false;
        failed = true;
        return true;
    }
    int code() const {
        switch (fault.load()) {
            case Fault::full:
                return SQLITE_FULL;
            case Fault::full_index:
                return SQLITE_IOERR_SHMSIZE;
            case Fault::broken_write:
                return SQLITE_IOERR_WRITE;
            case Fault::broken_sync:
                return SQLITE_IOERR_FSYNC;
        }
        return SQLITE_IOERR;
    }
};

namespace {

using Operation = FaultyDisk::State::Operation;

FaultyDisk::State& state_of(sqlite3_file* f) { return *static_cast<FaultyDisk::State*>(layer::file(f).owner); }

int write_faulty(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    if (state_of(f).strikes(Operation::write)) return state_of(f).code();
    return layer::write(f, from, n, at);
}
int sync_faulty(sqlite3_file* f, int flags) {
    if (state_of(f).strikes(Operation::sync)) return state_of(f).code();
    return layer::sync(f, flags);
}

int map_faulty(sqlite3_file* f, int page, int bytes, int extend, void volatile** at) {
    if (page > 0 && extend != 0 && state_of(f).strikes(Operation::growth)) return state_of(f).code();
    return layer::map_shared(f, page, bytes, extend, at);
}

constexpr sqlite3_io_methods faulty_methods = [] {
    sqlite3_io_methods methods = layer::passing;
    methods.xWrite = write_faulty;
    methods.xSync = sync_faulty;
    methods.xShmMap = map_faulty;
    return methods;
}();

int open_faulty(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    auto* state = static_cast<FaultyDisk::State*>(vfs->pAppData);
    auto* opened = new (file) layer::File{{nullptr}, state};
    const int code = state->real->xOpen(state->real, name, opened->below(), flags, out);
    if (opened->below()->pMethods != nullptr) opened->head.pMethods = &faulty_methods;
    return code;
}

}  // namespace

FaultyDisk::FaultyDisk() : state_(std::make_unique<State>()) {
    state_->real = sqlite3_vfs_find(nullptr);
    state_->layer = *state_->real;
    state_->layer.zName = "huiyin-faulty";
    state_->layer.pNext = nullptr;
    state_->layer.pAppData = state_.get();
    state_->layer.szOsFile = static_cast<int>(sizeof(layer::File)) + state_->real->szOsFile;
    state_->layer.xOpen = open_faulty;
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
