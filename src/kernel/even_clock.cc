#include "even_clock.h"

#include <time.h>

#include <cstdlib>

namespace kernel {

std::int64_t EvenClock::machine_steady() {
    timespec at{};
    ::clock_gettime(CLOCK_BOOTTIME, &at);
    return static_cast<std::int64_t>(at.tv_sec) * 1000 + at.tv_nsec / 1'000'000;
}

EvenClock::EvenClock(const Clock& machine, std::int64_t patience, Steady steady)
    : machine_(machine), patience_(patience), steady_(steady), offset_(machine.now().ms - steady()) {}

Instant EvenClock::now() const {
    const std::int64_t machine = machine_.now().ms, steady = steady_();
    std::int64_t known = offset_.load();
    if (std::abs(machine - steady - known) >= even_enough || doubted_.load()) return uneven(machine, steady);
    offset_.compare_exchange_strong(known, machine - steady);  // small steps are followed, unless a jump just was
    return {machine};
}

Instant EvenClock::uneven(std::int64_t machine, std::int64_t steady) const {
    const std::lock_guard lock(mutex_);
    const std::int64_t offset = machine - steady;
    if (std::abs(offset - offset_.load()) < even_enough) {  // back where it was
        doubted_ = false;
        state_.doubt = 0;
        return {machine};
    }
    if (!doubted_.load() || std::abs(offset - candidate_) >= even_enough) {
        doubted_ = true;
        ++state_.jumps;
        since_ = steady;
    }
    candidate_ = offset;
    state_.doubt = offset - offset_.load();
    if (steady - since_ < patience_) return {steady + offset_.load()};
    follow(offset);
    return {machine};
}

void EvenClock::follow(std::int64_t offset) const {
    state_.followed += offset - offset_.load();
    state_.doubt = 0;
    offset_ = offset;
    doubted_ = false;
}

void EvenClock::heard(Instant theirs) {
    const std::int64_t here = now().ms;
    const std::lock_guard lock(mutex_);
    state_.away = theirs.ms - here;
    if (!doubted_.load()) return;
    const std::int64_t steady = steady_();
    if (std::abs(theirs.ms - steady - candidate_) < even_enough)
        follow(candidate_);
    else if (std::abs(state_.away) < even_enough)
        since_ = steady;
}

EvenClock::State EvenClock::state() const {
    now();
    const std::lock_guard lock(mutex_);
    return state_;
}

}  // namespace kernel
