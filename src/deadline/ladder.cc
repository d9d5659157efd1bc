#include <algorithm>

#include "deadline.h"

namespace deadline {
namespace {

constexpr int earliest = -60, latest = 250;
constexpr std::size_t most_steps = 20;

kernel::Error wrong(const char* key, int at) { return kernel::invalid("ladder", key, {{"at", std::to_string(at)}}); }

bool fits(const Step& step) {
    if (step.at < 0) return step.level == Level::reminder;
    if (step.at == 0) return step.level == Level::reminder || step.level == Level::due;
    return step.level == Level::overdue || step.level == Level::far_overdue;
}

}  // namespace

kernel::Checked check(const Ladder& ladder) {
    if (ladder.size() > most_steps)
        return kernel::invalid("ladder", "deadline.ladder_long", {{"most", std::to_string(most_steps)}});
    for (std::size_t i = 0; i < ladder.size(); ++i) {
        const Step& step = ladder[i];
        if (step.at < earliest || step.at > latest) return wrong("deadline.ladder_range", step.at);
        if (i > 0 && step.at <= ladder[i - 1].at) return wrong("deadline.ladder_order", step.at);
        if (!fits(step) || (i > 0 && step.level < ladder[i - 1].level)) return wrong("deadline.ladder_level", step.at);
    }
    return {};
}

kernel::Day day_of(const kernel::Calendar& calendar, kernel::Day from, kernel::Day due, const Step& step) {
    if (step.at > 0) return kernel::add_working_days(calendar, due, step.at);
    kernel::Day day = due;
    int left = -step.at;
    while (day > from && (left > 0 || !calendar.works(day))) {
        if (calendar.works(day)) --left;
        day = day + -1;
    }
    return day;
}

}  // namespace deadline
