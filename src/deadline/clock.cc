#include "clock.h"

#include <algorithm>

namespace deadline {
namespace {

kernel::Error out_of(std::string_view field, std::string_view key, int most) {
    return kernel::invalid(std::string(field), std::string(key), {{"most", std::to_string(most)}});
}

// A term in which something can be done.
kernel::Checked need_time(const Term& term, std::string_view field) {
    kernel::Checked ok = check(term);
    if (ok && term.n == 0) ok = kernel::invalid("n", "deadline.span_zero");
    if (ok) return {};
    kernel::Error error = ok.error();
    error.field = std::string(field) + '.' + error.field;
    return error;
}

}  // namespace

std::optional<Step> step_after(const Ladder& ladder, int then_every, int at) {
    const auto next = std::find_if(ladder.begin(), ladder.end(), [&](const Step& step) { return step.at > at; });
    if (next != ladder.end()) return *next;
    if (then_every <= 0 || ladder.empty()) return std::nullopt;
    Step again = ladder.back();
    again.at = (std::max({at, again.at, 0}) / then_every + 1) * then_every;
    again.level = std::max(again.level, Level::overdue);
    return again;
}

kernel::Checked check(const Duty& duty) {
    if (auto ok = check(duty.term); !ok) {
        kernel::Error error = ok.error();
        error.field = "term.n";
        return error;
    }
    if (duty.then_every < 0 || duty.then_every > longest_every)
        return out_of("then_every", "deadline.every", longest_every);
    return check(duty.ladder);
}

kernel::Checked check(const std::vector<Stop>& stops) {
    for (auto one = stops.begin(); one != stops.end(); ++one) {
        const bool twice = std::any_of(stops.begin(), one, [&](const Stop& s) { return s.reason == one->reason; });
        if (twice)
            return kernel::invalid("reason", "deadline.reason_twice", {{"reason", std::string(name(one->reason))}});
        if (auto ok = need_time(one->longest, "longest"); !ok) return ok;
    }
    return {};
}

kernel::Checked check(const Extension& extension) {
    if (extension.most < 0 || extension.most > most_extensions)
        return out_of("most", "deadline.times", most_extensions);
    return extension.most == 0 ? check(extension.longest) : need_time(extension.longest, "longest");
}

kernel::Checked check(const Bounce& bounce) {
    if (bounce.most < 0 || bounce.most > most_bounces) return out_of("most", "deadline.times", most_bounces);
    if (bounce.within_hours) {
        const bool fits = *bounce.within_hours >= 1 && *bounce.within_hours <= most_hours;
        return fits ? kernel::Checked() : kernel::Checked(out_of("within_hours", "deadline.hours", most_hours));
    }
    return bounce.most == 0 ? check(bounce.within) : need_time(bounce.within, "within");
}

}  // namespace deadline
