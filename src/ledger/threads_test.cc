// Many threads at once: every accepted act is recorded once and answered once, its receipt proves it, and readers see
// nothing but whole batches.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <thread>

#include <watch/watch.h>

#include "toy.h"

namespace {

class Threads : public toy::Engines {};
INSTANTIATE_TEST_SUITE_P(Engines, Threads, testing::ValuesIn(db::engines), toy::engine_name);

constexpr int senders = 6, acts_each = 60;

TEST_P(Threads, submit_read_wait_and_follow_at_once) {
    watch::quiet(true);
    toy::Place place(GetParam());
    place.must(toy::say(0, "note zero"));
    std::mutex mutex;
    std::vector<toy::Receipt> receipts;
    std::atomic<int> refused = 0, broken = 0;
    std::latch answered(senders * acts_each);
    std::atomic<bool> stop = false;

    std::vector<std::thread> threads;
    for (int t = 0; t < senders; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < acts_each; ++i) {
                toy::Act act = toy::say(t, std::to_string(i));
                if (i % 20 == 7) act = toy::refuse_late();
                if (i % 20 == 13) act = toy::move(0, 13);  // throws
                place.ledger->submit(act, std::nullopt, [&](auto result) {
                    if (result) {
                        const std::lock_guard lock(mutex);
                        receipts.push_back(*result);
                    } else {
                        ++(result.error().key == "toy.no" ? refused : broken);
                    }
                    answered.count_down();
                });
            }
        });
    threads.emplace_back([&] {
        for (std::int64_t mark = 0; !stop;) mark = place.ledger->wait(mark, 5);
    });
    threads.emplace_back([&] {
        while (!stop) {
            auto read = place.database->read();
            const std::int64_t size = ledger::size(*read);
            toy::expect_proves(*ledger::receipt(*read, size - 1));
            EXPECT_LE(size, place.ledger->size() + 256);
            EXPECT_TRUE(merkle::Note::parse(place.ledger->checkpoint()));
        }
    });
    std::int64_t followed = 0;
    const ledger::Follower follower{
        "f", [&](db::Connection&, const ledger::Entry& entry) { EXPECT_EQ(entry.index, followed++); }, 50};
    threads.emplace_back([&] {
        while (!stop) ledger::catch_up(*place.database, follower);
    });
    answered.wait();
    stop = true;
    for (std::thread& thread : threads) thread.join();

    const int per_sender = acts_each - acts_each / 20 * 2;
    EXPECT_EQ(refused, senders * acts_each / 20);
    EXPECT_EQ(broken, senders * acts_each / 20);
    ASSERT_EQ(receipts.size(), static_cast<std::size_t>(senders * per_sender));
    EXPECT_EQ(place.ledger->size(), senders * per_sender + 1);
    std::vector<std::int64_t> indexes;
    for (const toy::Receipt& receipt : receipts) {
        toy::expect_proves(receipt);
        indexes.push_back(receipt.index);
    }
    std::ranges::sort(indexes);
    for (std::size_t i = 0; i < indexes.size(); ++i) EXPECT_EQ(indexes[i], static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(place.number("select count(*) from toy_note"), senders * per_sender + 1);
    EXPECT_EQ(ledger::catch_up(*place.database, follower), place.ledger->size());
    EXPECT_EQ(followed, place.ledger->size());
    toy::expect_sound(*place.database->read());
    watch::quiet(false);
}

// What was accepted before the stop is recorded and answered; what comes while it stops is refused and answered.
TEST_P(Threads, a_ledger_that_stops_drains_and_takes_nothing_more) {
    watch::quiet(true);
    toy::Place place(GetParam());
    ledger::Ledger& log = *place.ledger;
    std::atomic<int> recorded = 0, overloaded = 0, other = 0;
    const auto done = [&](const kernel::Result<toy::Receipt>& result) {
        if (result)
            ++recorded;
        else if (result.error().key == "ledger.overloaded" && result.error().code == kernel::Code::unavailable)
            ++overloaded;
        else
            ++other;
    };
    std::latch running(1);
    // Goes on sending until it is refused, which can only be because of the stop: there is room for more.
    log.submit(
        [&](toy::Writing& writing) -> kernel::Result<std::int64_t> {
            running.count_down();
            while (overloaded == 0) {
                log.submit(toy::say(1, "meanwhile"), std::nullopt, done);
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
            return writing.append(toy::said_draft(1, "the first"));
        },
        std::nullopt, done);
    running.wait();
    log.submit(toy::say(1, "in time"), std::nullopt, done);
    place.ledger.reset();
    EXPECT_EQ(overloaded, 1);
    EXPECT_EQ(other, 0);
    EXPECT_GE(recorded, 2);
    EXPECT_EQ(ledger::size(*place.database->read()), recorded);
    watch::quiet(false);
}

}  // namespace
