#include "even_clock.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace {

using kernel::EvenClock;
using kernel::Instant;

std::atomic<std::int64_t> steady_now{0};
std::int64_t steady() { return steady_now; }

constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute, patience = 5 * minute;

// The machine's clock and the steady one, which go on together unless the first is set.
class EvenClockTest : public testing::Test {
protected:
    void pass(std::int64_t ms) { machine.advance(ms), steady_now += ms, truth += ms; }
    void jump(std::int64_t ms) { machine.advance(ms); }
    std::int64_t off() const { return clock.now().ms - truth; }  // of what it shows

    std::int64_t begun = steady_now = 7 * hour;  // before the clock looks
    std::int64_t truth = 1'000 * hour;
    kernel::SetClock machine{{truth}};
    EvenClock clock{machine, patience, steady};
};

TEST_F(EvenClockTest, FollowsTheMachineWhileThatRunsEvenly) {
    for (int i = 0; i < 100; ++i) {
        pass(30 * second);
        jump(i % 2 ? 3 * second : -2 * second);  // set by the network
        EXPECT_EQ(clock.now(), machine.now());
    }
    EXPECT_EQ(clock.state().jumps, 0);
}

TEST_F(EvenClockTest, AJumpThatGoesAwayWasNone) {
    for (std::int64_t size : {minute, hour, 9'000 * hour, -minute, -hour, -900 * hour}) {
        jump(size);
        for (int i = 0; i < 4; ++i) {
            EXPECT_EQ(off(), 0) << size;
            pass(minute);
        }
        EXPECT_EQ(clock.state().doubt, size);
        jump(-size);
        EXPECT_EQ(off(), 0);
        EXPECT_EQ(clock.state().doubt, 0);
        pass(2 * patience);
        EXPECT_EQ(off(), 0);
    }
    EXPECT_EQ(clock.state().jumps, 6);
    EXPECT_EQ(clock.state().followed, 0);
}

TEST_F(EvenClockTest, AJumpThatStaysIsFollowed) {
    for (std::int64_t size : {26 * hour, -3 * hour}) {
        const std::int64_t before = off();
        jump(size);
        EXPECT_EQ(off(), before);
        pass(patience - 1);
        EXPECT_EQ(off(), before);
        pass(1);
        EXPECT_EQ(off(), before + size);
        EXPECT_EQ(clock.state().doubt, 0);
    }
    EXPECT_EQ(clock.state().followed, 23 * hour);
    EXPECT_EQ(clock.state().jumps, 2);
}

TEST_F(EvenClockTest, JumpingOnBeginsThePatienceAnew) {
    for (int i = 0; i < 10; ++i) {
        jump(hour);
        EXPECT_EQ(off(), 0);
        pass(patience - second);
        EXPECT_EQ(off(), 0);
    }
    pass(second);
    EXPECT_EQ(off(), 10 * hour);
}

TEST_F(EvenClockTest, NobodyIsAskedWithoutPatience) {
    EvenClock at_once(machine, 0, steady);
    jump(hour);
    EXPECT_EQ(at_once.now(), machine.now());
    EXPECT_EQ(at_once.state().jumps, 1);
    EXPECT_EQ(at_once.state().followed, hour);
}

TEST_F(EvenClockTest, AnIndependentClockDecides) {
    jump(hour);  // the machine slept where no clock of it counted: others have gone on as well
    truth += hour;
    EXPECT_EQ(off(), -hour);
    clock.heard({truth + second});
    EXPECT_EQ(off(), 0);
    EXPECT_EQ(clock.state().followed, hour);

    jump(-hour);  // a mistake, for as long as the others say so
    for (int i = 0; i < 20; ++i) {
        pass(patience - second);
        clock.heard({truth - second});
        EXPECT_EQ(off(), 0);
    }
    pass(patience);  // nobody says so any more
    EXPECT_EQ(off(), -hour);
}

TEST_F(EvenClockTest, WhoAgreesWithNeitherDecidesNothing) {
    clock.heard({truth + 5 * hour});
    EXPECT_EQ(off(), 0);
    EXPECT_EQ(clock.state().away, 5 * hour);
    jump(hour);
    EXPECT_EQ(off(), 0);
    clock.heard({truth + 5 * hour});
    EXPECT_EQ(off(), 0);
    pass(patience);
    EXPECT_EQ(off(), hour);
}

TEST_F(EvenClockTest, ManyThreadsSeeOneTime) {
    std::atomic<bool> wrong{false};
    jump(hour);
    std::vector<std::thread> all;
    for (int i = 0; i < 4; ++i)
        all.emplace_back([&] {
            for (int k = 0; k < 20'000; ++k) wrong = wrong || clock.now().ms != truth;
        });
    for (std::thread& one : all) one.join();
    EXPECT_FALSE(wrong);
    EXPECT_EQ(clock.state().jumps, 1);
}

TEST(EvenClockOfTheMachine, GoesOn) {
    const kernel::SystemClock machine;
    const EvenClock clock(machine, patience);
    const Instant before = clock.now();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_GE(clock.now() - before, 15);
    EXPECT_EQ(clock.state().jumps, 0);
}

}  // namespace
