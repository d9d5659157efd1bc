// What the log says of the clock: each change once.
#pragma once
#include <kernel/even_clock.h>

namespace server {

class ClockNews {
public:
    void tell(const kernel::EvenClock::State& now);

private:
    kernel::EvenClock::State told_;
    bool away_ = false;
};

}  // namespace server
