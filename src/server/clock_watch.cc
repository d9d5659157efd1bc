#include "clock_watch.h"

#include <cstdlib>

namespace server {

std::int64_t ClockWatch::jumped(double stopwatch) {
    constexpr std::int64_t even_enough = 60'000;  // ms; a clock that is set by the network moves by less
    const kernel::Instant now = clock_.now();
    const auto passed = static_cast<std::int64_t>((stopwatch - stopwatch_before_) * 1000);
    const std::int64_t jump = begun_ ? now - before_ - passed : 0;
    begun_ = true;
    before_ = now;
    stopwatch_before_ = stopwatch;
    return std::abs(jump) < even_enough ? 0 : jump;
}

}  // namespace server
