// The machine's clock, as long as it runs evenly. Deadlines, sessions and the times of entries rest on it, and an
// entry's time can never be taken back: one minute with the clock set to next year would date every later entry next
// year. So a jump, against what the machine's steady clock says has passed, is not followed until it has stood for a
// while, or until somebody with a clock of their own confirms it.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>

#include "clock.h"

namespace kernel {

class EvenClock final : public Clock {
public:
    static constexpr std::int64_t even_enough = 60'000;  // ms; a clock that is set by the network moves by less
    // `steady`: milliseconds since some moment, of a clock that nobody sets and that also counts while the machine
    // sleeps. `patience`: milliseconds after which a jump is followed; 0 follows at once. `machine` must outlive it.
    using Steady = std::int64_t (*)();
    EvenClock(const Clock& machine, std::int64_t patience, Steady steady = machine_steady);

    Instant now() const override;

    // What an independent clock shows at this moment. In doubt, it decides: the jump is followed, or waits on for as
    // long as it is said again within the patience. Otherwise nothing is changed.
    void heard(Instant theirs);

    struct State {
        std::int64_t doubt = 0;     // milliseconds by which the machine's clock is ahead (or, below 0, behind) of now()
        std::int64_t followed = 0;  // the sum of all jumps that were followed
        std::int64_t jumps = 0;     // seen so far
        std::int64_t away = 0;      // by how much the last that was heard was ahead of now(), at that moment
    };
    State state() const;

private:
    static std::int64_t machine_steady();
    Instant uneven(std::int64_t machine, std::int64_t steady) const;
    void follow(std::int64_t offset) const;

    const Clock& machine_;
    const std::int64_t patience_;
    const Steady steady_;
    mutable std::atomic<std::int64_t> offset_;  // of the machine's clock to the steady one, as it is followed
    mutable std::atomic<bool> doubted_{false};
    mutable std::mutex mutex_;            // for those below
    mutable std::int64_t candidate_ = 0;  // the offset after the jump
    mutable std::int64_t since_ = 0;      // on the steady clock
    mutable State state_;
};

}  // namespace kernel
