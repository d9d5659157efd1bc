#include "clock_news.h"

#include <cstdlib>

#include <watch/watch.h>

namespace server {

void ClockNews::tell(const kernel::EvenClock::State& now) {
    const std::int64_t jumps = now.jumps - told_.jumps, followed = now.followed - told_.followed;
    if (jumps != 0) {
        watch::count("huiyin_clock_jumps_total", jumps);
        watch::error("server.clock_jumped", {{"seconds", (now.doubt != 0 ? now.doubt : followed) / 1000}});
    }
    if (followed != 0)
        watch::warn("server.clock_followed", {{"seconds", followed / 1000}});
    else if (now.doubt == 0 && (told_.doubt != 0 || jumps != 0))
        watch::info("server.clock_back");
    const bool away = now.doubt == 0 && std::abs(now.away) >= kernel::EvenClock::even_enough;
    if (away && !away_) watch::error("server.clock_disagrees", {{"seconds", now.away / 1000}});
    away_ = away;
    told_ = now;
}

}  // namespace server
