#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "fixture.h"

namespace db {
namespace {

class Databases : public BothEngines {
protected:
    // Runs `work` in another process; whether it said yes.
    template <class Work>
    static bool elsewhere(Work work) {
        const pid_t child = ::fork();
        if (child == 0) {
            bool yes = false;
            try {
                yes = work();
            } catch (const std::exception&) {}
            ::_exit(yes ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
};

TEST_P(Databases, AreOpenForWritingOnce) {
    const Failure here = failure_of([&] { Database::open(place(), test_files); });
    EXPECT_EQ(here.kind, Kind::busy);
    EXPECT_NE(std::string(here.what()).find("another process has the data folder"), std::string::npos) << here.what();
    EXPECT_TRUE(elsewhere([&] {
        try {
            Database::open(place(), test_files);
        } catch (const Failure& failure) { return failure.kind == Kind::busy; }
        return false;
    }));
    if (sqlite()) return;
    // The advisory lock guards the same database from another folder or machine.
    const TestPlace other(Engine::sqlite);
    EXPECT_EQ(failure_of([&] {
                  Database::open({other.place().folder, place().postgres}, test_files);
              }).kind,
              Kind::busy);
}

TEST_P(Databases, OpenAgainWithWhatWasWritten) {
    const TestPlace place(GetParam());
    for (int round = 0; round < 3; ++round) {
        const auto base = Database::open(place.place(), test_files);
        EXPECT_EQ(base->engine(), GetParam());
        EXPECT_EQ(base->read()->one("select count(*) from thing")->integer(0), round);
        base->writer().run("insert into thing (id, name) values ($1, $2)", round, std::to_string(round));
        EXPECT_EQ(base->read()->one("select count(*) from local.session")->integer(0), round);
        base->local()->run("insert into local.session (id) values ($1)", round);
    }
}

TEST_P(Databases, AToolReadsBesideTheWriter) {
    writer().run("insert into thing (id, name) values (1, 'one')");
    const auto reading = [&] {
        const auto tool = Database::open_to_read(place(), test_files);
        auto lease = tool->read();
        return lease->one("select count(*) from thing")->integer(0) == 1 &&
               lease->query("select word from local.session").empty() &&
               lease->query("select at from derived.mark").empty();
    };
    EXPECT_TRUE(reading());
    EXPECT_TRUE(elsewhere(reading));
    const auto tool = Database::open_to_read(place(), test_files);
    EXPECT_EQ(failure_of([&] { tool->read()->run("delete from thing"); }).kind, Kind::other);
    EXPECT_THROW(tool->writer(), std::logic_error);
    EXPECT_THROW(tool->local(), std::logic_error);
    EXPECT_THROW(tool->derived(), std::logic_error);
    writer().run("insert into thing (id, name) values (2, 'two')");
    EXPECT_EQ(tool->read()->one("select count(*) from thing")->integer(0), 2);
}

TEST_P(Databases, AToolReadsWhenNobodyWrites) {
    const TestPlace place(GetParam());
    EXPECT_NE(failure_of([&] { Database::open_to_read(place.place(), test_files); }).kind, Kind::other)
        << "nothing is there";
    EXPECT_TRUE(std::filesystem::is_empty(place.place().folder));
    Database::open(place.place(), test_files)->writer().run("insert into thing (id, name) values (1, 'one')");
    const auto tool = Database::open_to_read(place.place(), test_files);
    EXPECT_EQ(tool->read()->one("select count(*) from thing")->integer(0), 1);
    const auto writing = Database::open(place.place(), test_files);  // the tool holds no lock
    writing->writer().run("insert into thing (id, name) values (2, 'two')");
    EXPECT_EQ(tool->read()->one("select count(*) from thing")->integer(0), 2);
}

TEST_P(Databases, LendManyReadersAtOnce) {
    writer().run("insert into thing (id, name) values (1, 'one')");
    std::vector<Database::Lease> held;
    for (std::size_t i = 0; i < 32; ++i) held.push_back(base().read());
    std::atomic<int> waiting = 0;
    std::thread late([&] {
        waiting = 1;
        auto lease = base().read();
        waiting = static_cast<int>(lease->one("select count(*) from thing")->integer(0)) + 1;
    });
    for (auto& lease : held) EXPECT_EQ(lease->one("select count(*) from thing")->integer(0), 1);
    EXPECT_LT(waiting, 2);
    held.pop_back();
    late.join();
    EXPECT_EQ(waiting, 2);
}

TEST_P(Databases, WhatALeaseLeavesOpenIsRolledBack) {
    Connection* first = nullptr;
    std::optional<Transaction> left;  // outlives its lease: misuse, which must not reach the next borrower
    {
        auto lease = base().local();
        first = &*lease;
        left.emplace(*lease);
        lease->run("insert into local.session (id) values (1)");
    }
    auto lease = base().local();
    EXPECT_EQ(&*lease, first);
    EXPECT_FALSE(lease->in_transaction());
    EXPECT_EQ(lease->one("select count(*) from local.session")->integer(0), 0);
}

TEST_P(Databases, EverybodyAtOnce) {
    constexpr int rounds = 150;
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            std::int64_t before = 0;
            while (!stop) {
                const std::int64_t now = base().read()->one("select count(*) from thing")->integer(0);
                EXPECT_EQ(now % 2, 0) << "half a transaction is visible";
                EXPECT_GE(now, before);
                before = now;
            }
        });
    threads.emplace_back([&] {
        while (!stop) base().checkpoint(Wal::move);
        EXPECT_TRUE(base().checkpoint(Wal::empty));
    });
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < rounds / 2; ++n) {
                auto local = base().local();
                Transaction t(*local);
                t->run("insert into local.session (id, word) values ($1, 'x')", 1'000 * i + n);
                t.commit();
            }
        });
    threads.emplace_back([&] {
        for (int n = 0; n < rounds; ++n) base().derived()->run("insert into derived.mark (id, at) values ($1, 0)", n);
    });
    for (int n = 0; n < rounds; ++n) {
        Transaction t(writer());
        t->run("insert into thing (id, name) values ($1, $2)", 2 * n, std::to_string(2 * n));
        t->run("insert into thing (id, name) values ($1, $2)", 2 * n + 1, std::to_string(2 * n + 1));
        t.commit();
    }
    stop = true;
    for (std::thread& thread : threads) thread.join();
    const Row row = *base().read()->one(
        "select (select count(*) from thing), (select count(*) from local.session), (select count(*) from "
        "derived.mark)");
    EXPECT_EQ(row.integer(0), 2 * rounds);
    EXPECT_EQ(row.integer(1), rounds);
    EXPECT_EQ(row.integer(2), rounds);
}

// The child says which number is committed after each commit, and is killed in the middle of its work.
TEST_P(Databases, WhatWasAcknowledgedSurvivesAKill) {
    const TestPlace place(GetParam());
    Database::open(place.place(), test_files);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto base = Database::open(place.place(), test_files);
        for (int n = 1;; ++n) {
            Transaction t(base->writer());
            t->run("insert into thing (id, name) values ($1, $2)", n, std::to_string(n));
            t->run("insert into pair (word, code, n) values ('x', $1, $2)", kernel::Bytes{1}, n);
            t.commit();
            if (::write(ends[1], &n, sizeof n) != sizeof n) ::_exit(1);
        }
    }
    ::close(ends[1]);
    int last = 0;
    while (last < 100) ASSERT_EQ(::read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    for (int n = 0; ::read(ends[0], &n, sizeof n) == sizeof n;) last = n;
    ::close(ends[0]);

    EXPECT_GE(Database::open_to_read(place.place(), test_files)->read()->one("select count(*) from thing")->integer(0),
              last);
    const auto base = Database::open(place.place(), test_files);
    const Row row = *base->read()->one(
        "select (select count(*) from thing), (select max(id) from thing), (select count(*) from pair)");
    EXPECT_GE(row.integer(0), last);
    EXPECT_LE(row.integer(0), last + 1);
    EXPECT_EQ(row.integer(1), row.integer(0));
    EXPECT_EQ(row.integer(2), row.integer(0));
}

INSTANTIATE_TEST_SUITE_P(Engines, Databases, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
