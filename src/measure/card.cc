// One measure in a few lines, for the home page.
#include "pages.h"

namespace measure {
namespace {

std::optional<Measure> newest(db::Connection& db, people::CycleId cycle, std::optional<State> state, bool late) {
    Filter f;
    f.cycle = cycle;
    f.state = state;
    f.late_only = late;
    f.at_most = 1;
    std::vector<Measure> found = measures(db, f);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace

std::optional<Measure> most_telling(db::Connection& db, people::CycleId cycle) {
    const Counts n = counts(db, cycle);
    // One that was sent back has a new term, in which it is not late.
    const std::pair<State, std::int64_t> judged[] = {
        {State::accepted, n.accepted}, {State::closed, n.closed}, {State::returned, n.returned}};
    for (const bool late : {true, false}) {
        if (late && n.late == 0) continue;
        for (const auto& [state, how_many] : judged)
            if (how_many > 0)
                if (auto found = newest(db, cycle, state, late)) return found;
    }
    if (n.late > 0)
        if (auto found = newest(db, cycle, std::nullopt, true)) return found;
    return newest(db, cycle, std::nullopt, false);
}

page::Html card(const http::Request& r, db::Connection& db, const Measure& m, const Hooks& hooks, kernel::Day today) {
    const page::Lang lang = page::lang_of(r);
    const kernel::Calendar calendar = people::calendar(db);
    page::Data d = row_of(lang, db, m, today, calendar);
    d.set("loop", loop_of(lang, m, history(db, m.id), late_days(m, today, calendar)));
    d.set("verdicts", verdicts_of(lang, m, hooks.judged_percent ? hooks.judged_percent(db, m.id) : std::nullopt));
    return page::render(lang, "measure/card.html", d);
}

}  // namespace measure
