// Units and their tree, rounds, the settings and the calendar that figures rest on.
#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

constexpr std::array<std::string_view, 7> phases = {"prepare", "consult", "decide", "act",
                                                    "report",  "review",  "closed"};

std::set<Day> days(const Event& e, std::string_view member) {
    std::set<Day> all;
    for (const Json& one : e.facts.need_array(member)) {
        const auto day = one.string() ? kernel::parse_day(*one.string()) : std::nullopt;
        if (!day) throw std::runtime_error("no day in " + std::string(member));
        all.insert(*day);
    }
    return all;
}

void set_calendar(World& w, const Event& e) {
    kernel::Calendar calendar{e.string("name"), days(e, "holidays"), days(e, "makeup_days"), {}};
    for (const Json& one : e.facts.need_array("weekend"))
        if (one.integer()) calendar.weekend.insert(static_cast<int>(*one.integer()));
    w.calendar = std::move(calendar);
}

void set_setting(World& w, const Event& e) {
    if (e.string("name") != "figures.min_cell") return;
    const std::string& text = e.string("value");
    Index k = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), k).ptr != text.data() + text.size())
        throw std::runtime_error("figures.min_cell is no number");
    w.k = k;
}

// One step forward, never back.
void enter_phase(World& w, const Event& e) {
    Round& round = known(w.rounds, e.subject, "round");
    const std::string_view to = one_of(phases, e.string("phase"));
    const auto at = std::find(phases.begin(), phases.end(), round.phase);
    if (at == phases.end() || at + 1 == phases.end() || *(at + 1) != to)
        w.fault("round", e.subject, e.index,
                "says it went from " + std::string(round.phase) + " to " + std::string(to) +
                    ": rounds go one step forward");
    round.phase = to;
    round.touched = e.index;
}

}  // namespace

Day Event::day_in(const Json& json, std::string_view member) {
    const auto read = kernel::parse_day(json.need_string(member));
    if (!read) throw std::runtime_error("no day in " + std::string(member));
    return *read;
}

void take_ground(World& w, const Event& e) {
    if (e.kind == "people.unit_made") {
        w.units[e.index] = {e.has("parent") ? e.integer("parent") : 0};
    } else if (e.kind == "people.unit_moved") {
        known(w.units, e.integer("unit"), "unit").parent = e.integer("parent");
    } else if (e.kind == "people.calendar_set") {
        set_calendar(w, e);
    } else if (e.kind == "people.setting_changed") {
        set_setting(w, e);
    } else if (e.kind == "people.officer_made" || e.kind == "people.officer_changed") {
        const Index officer = e.kind == "people.officer_made" ? e.index : e.integer("officer");
        w.contracted[officer] = e.has("contractor");
    } else if (e.kind == "cycle.opened") {
        const Index before = e.has("inherits") ? e.integer("inherits") : 0;
        if (before < 0 || before >= e.index) throw std::runtime_error("inherits a round that is not before it");
        w.rounds[e.index] = {phases[0], 0, false, e.index, before};
    } else if (e.kind == "cycle.desk_opened") {
        w.rounds[e.index] = {"", 0, false, e.index, 0};
    } else {
        enter_phase(w, e);
    }
}

int World::working_days(Day from, Day to) const {
    if (!calendar) throw std::runtime_error("no calendar was set before");
    return kernel::working_days_between(*calendar, from, to);
}

bool World::counted_to_today(const Event& e, Day from, Index days) const {
    for (Index shift : {-1, 0, 1})
        if (working_days(from, e.day() + shift) == days) return true;
    return false;
}

std::vector<Index> World::below(Index top) const {
    std::map<Index, std::vector<Index>> children;
    for (const auto& [id, unit] : units) children[unit.parent].push_back(id);
    std::vector<Index> all, waiting = children[top];
    std::set<Index> seen = {top};  // a tree that bites its tail must not hang us
    while (!waiting.empty()) {
        const Index id = waiting.back();
        waiting.pop_back();
        if (!seen.insert(id).second) continue;
        all.push_back(id);
        const std::vector<Index>& under = children[id];
        waiting.insert(waiting.end(), under.begin(), under.end());
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace audit
