// Every write and every fsync made to fail in turn: what was acknowledged is there after opening again, and the
// connection is in the state that db.h says.
#include "fixture.h"

namespace db {
namespace {

using Fault = FaultyDisk::Fault;

struct Outcome {
    int acknowledged = 0;
    int tried = 0;
    std::optional<Failure> failure;
};

// Commits of two rows each, until one fails.
Outcome commit_until_failure(Connection& writer) {
    Outcome outcome;
    for (int i = 0; i < 3 && !outcome.failure; ++i) {
        ++outcome.tried;
        try {
            Transaction t(writer);
            t->run("insert into thing (id, name, data) values ($1, $2, $3)", 2 * i, std::to_string(2 * i),
                   kernel::Bytes(6'000, 1));
            t->run("insert into thing (id, name) values ($1, $2)", 2 * i + 1, std::to_string(2 * i + 1));
            t.commit();
            ++outcome.acknowledged;
        } catch (const Failure& failure) { outcome.failure = failure; }
    }
    return outcome;
}

std::int64_t rows_in(Connection& c) { return c.one("select count(*) from thing")->integer(0); }

TEST(FaultyDisks, WhatWasAcknowledgedIsThere) {
    const TestPlace fresh(Engine::sqlite);
    Database::open(fresh.place(), test_files);
    for (const Fault fault : {Fault::full, Fault::broken_write, Fault::broken_sync}) {
        for (int good = 0; good < 100; ++good) {
            const TestPlace place(Engine::sqlite);
            std::filesystem::copy(fresh.place().folder, place.place().folder, std::filesystem::copy_options::recursive);
            FaultyDisk disk;
            auto base = Database::open(place.place(), test_files);
            disk.fail(fault, good);
            const Outcome outcome = commit_until_failure(base->writer());
            const bool failed = disk.has_failed();
            disk.mend();
            EXPECT_EQ(failed, outcome.failure.has_value());
            if (failed) {
                EXPECT_EQ(outcome.failure->kind, fault == Fault::full ? Kind::full : Kind::lost)
                    << outcome.failure->what();
            }
            EXPECT_EQ(rows_in(*base->read()), 2 * outcome.acknowledged) << "nothing of the failed one is visible";
            if (fault == Fault::full) {
                // With space again, the same connection goes on.
                base->writer().run("insert into thing (id, name) values (1000, 'more')");
                EXPECT_EQ(rows_in(base->writer()), 2 * outcome.acknowledged + 1);
            } else if (failed) {
                EXPECT_EQ(failure_of([&] { base->writer().query("select 1"); }).kind, Kind::lost);
            }
            base.reset();
            base = Database::open(place.place(), test_files);
            const std::int64_t rows = rows_in(*base->read());
            if (fault == Fault::full) {
                EXPECT_EQ(rows, 2 * outcome.acknowledged + 1);
            } else {
                EXPECT_GE(rows, 2 * outcome.acknowledged);
                EXPECT_LE(rows, 2 * outcome.tried);
                EXPECT_EQ(rows % 2, 0) << "half a transaction";
            }
            if (!failed) {  // no operation was left to fail
                EXPECT_GT(good, 2);
                break;
            }
            ASSERT_LT(good, 99);
        }
    }
}

TEST(FaultyDisks, AFullDiskSpoilsNoCheckpoint) {
    const TestPlace place(Engine::sqlite);
    FaultyDisk disk;
    auto base = Database::open(place.place(), test_files);
    const Outcome outcome = commit_until_failure(base->writer());
    EXPECT_FALSE(outcome.failure);
    disk.fail(Fault::full, 0);
    EXPECT_EQ(failure_of([&] { base->checkpoint(); }).kind, Kind::full);
    EXPECT_EQ(rows_in(*base->read()), 6);
    disk.mend();
    EXPECT_TRUE(base->checkpoint());
    EXPECT_EQ(rows_in(*base->read()), 6);
}

// 10,000 pages of a log need three blocks of its index.
TEST(FaultyDisks, AnIndexOfTheLogThatCannotGrowRefusesACommitAndLosesNone) {
    for (const int rows : {3'000, 5'000, 10'000}) {
        const TestPlace place(Engine::sqlite);
        FaultyDisk disk;
        auto base = Database::open(place.place(), test_files);
        const auto write = [&](std::int64_t from) {
            Transaction t(base->writer());
            for (std::int64_t i = 0; i < rows; ++i)
                t->run("insert into thing (id, name, data) values ($1, $2, $3)", from + i, std::to_string(from + i),
                       kernel::Bytes(4'000, 1));
            t.commit();
        };
        disk.fail(Fault::full_index, 0);
        if (rows == 3'000) {
            write(0);
            EXPECT_FALSE(disk.has_failed()) << "the first block is enough";
        } else {
            EXPECT_EQ(failure_of([&] { write(0); }).kind, Kind::full);
            EXPECT_TRUE(disk.has_failed());
            EXPECT_EQ(rows_in(*base->read()), 0);
        }
        disk.mend();
        write(100'000);
        const int there = rows == 3'000 ? 6'000 : rows;
        EXPECT_EQ(rows_in(*base->read()), there) << "the same connection goes on";
        base.reset();
        EXPECT_EQ(rows_in(*Database::open(place.place(), test_files)->read()), there);
    }
}

TEST(FaultyDisks, AFailedOpeningCanBeRepeated) {
    for (int good = 0; good < 200; good += 3) {
        const TestPlace place(Engine::sqlite);
        FaultyDisk disk;
        disk.fail(Fault::full, good);
        bool opened = false;
        try {
            Database::open(place.place(), test_files);
            opened = true;
        } catch (const Failure& failure) { EXPECT_EQ(failure.kind, Kind::full) << failure.what(); }
        const bool failed = disk.has_failed();
        disk.mend();
        const auto base = Database::open(place.place(), test_files);
        EXPECT_EQ(rows_in(*base->read()), 0);
        if (opened && !failed) return;
        ASSERT_LT(good, 190);
    }
}

}  // namespace
}  // namespace db
