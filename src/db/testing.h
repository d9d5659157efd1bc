// For tests: fresh places on both engines, and a disk that fails. PostgreSQL is the server named by
// HUIYIN_TEST_POSTGRES (bin/test starts one); a test that needs it fails with a clear sentence when the variable is
// missing.
#pragma once
#include <memory>
#include <string>

#include "database.h"

namespace db {

// A new place of this engine, removed with the object (folder deleted, PostgreSQL database dropped): empty, or as
// Database::open() leaves an empty one, copied from one that this process made first.
class TestPlace {
public:
    enum class Tables { none, all };
    explicit TestPlace(Engine, Tables = Tables::none);
    ~TestPlace();
    TestPlace(const TestPlace&) = delete;
    TestPlace& operator=(const TestPlace&) = delete;
    const Place& place() const { return place_; }

private:
    Place place_;
    std::string name_;
};

// How the engine goes about this query, in its own words, one line a step; on PostgreSQL as if tables were large.
std::string plan_of(Connection&, const Query&);

// Stands between SQLite and the file system for every place opened while it lives; it must outlive them. Any thread.
// One at a time.
class FaultyDisk {
public:
    enum class Fault {
        full,          // writes fail as on a full disk
        full_index,    // the index of the write-ahead log cannot grow
        broken_write,  // writes fail otherwise
        broken_sync,   // writes are kept, fsync fails
    };
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    // `good` more writes (or fsyncs) succeed; every later one fails until mend().
    void fail(Fault fault, int good);
    void mend();
    bool has_failed() const;  // since fail()

    struct State;

private:
    std::unique_ptr<State> state_;
};

// For INSTANTIATE_TEST_SUITE_P(Engines, …, testing::ValuesIn(db::engines), db::engine_name)
inline constexpr Engine engines[] = {Engine::sqlite, Engine::postgres};
template <class Info>
std::string engine_name(const Info& info) {
    return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace db
