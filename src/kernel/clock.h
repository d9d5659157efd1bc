// The only place where the machine's clock is read. One Clock is made in main() and handed to routes, jobs and the
// ledger; tests hand in a SetClock.
#pragma once
#include <atomic>

#include "time.h"

namespace kernel {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;  // any thread
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

// Stands still until told. Any thread.
class SetClock final : public Clock {
public:
    explicit SetClock(Instant at) : at_(at.ms) {}
    Instant now() const override { return {at_.load()}; }
    void set(Instant at) { at_ = at.ms; }
    void advance(std::int64_t ms) { at_ += ms; }

private:
    std::atomic<std::int64_t> at_;
};

// Monotonic seconds for measuring how long something took; no relation to Instant.
double stopwatch();

}  // namespace kernel
