// Looks whether the machine's clock runs evenly: deadlines, sessions and the times of entries rest on it.
#pragma once
#include <memory>

#include <kernel/clock.h>

namespace server {

class ClockWatch {
public:
    explicit ClockWatch(const kernel::Clock& clock) : clock_(clock) {}
    // Milliseconds by which the clock jumped since the last call, against the stopwatch; 0 for less than a minute.
    // `stopwatch` in seconds. One thread.
    std::int64_t jumped(double stopwatch);

private:
    const kernel::Clock& clock_;
    bool begun_ = false;
    kernel::Instant before_;
    double stopwatch_before_ = 0;
};

}  // namespace server
