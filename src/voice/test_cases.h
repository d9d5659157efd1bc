// For the tests of rules: cases in each state and people who come to them, without a database.
#pragma once
#include <string>

#include "rules.h"

namespace voice::rules {

inline const people::UnitId unit(20), elsewhere(21);
inline const kernel::Calendar weekdays{"weekdays", {}, {}, {0, 6}};

inline Case a_case(State state) {
    Case c;
    c.id = VoiceId(100);
    c.cycle = people::CycleId(9);
    c.state = state;
    c.author = people::ParticipantId(100);
    c.terms = {10, 10, 10, 10, 3};
    c.received = kernel::parse_instant("2026-11-23T09:00:00Z").value();
    c.due = kernel::parse_day("2026-12-07");
    c.late_from = kernel::parse_day("2026-12-08");
    if (state == State::noted) c.way = Way::imported;
    if (state != State::received && state != State::noted) {
        c.unit = unit;
        c.assigned_on = kernel::parse_day("2026-11-23");
    }
    if (state == State::joined) c.joined_to = VoiceId(90);
    if (state == State::answered || state == State::rated || state == State::closed || state == State::closed_unrated) {
        c.answer = Answer::done;
        c.answer_entry = 105;
        c.answered_by = people::OfficerId(31);
        c.term = kernel::parse_day("2026-12-07");
    }
    return c;
}

inline std::string key(const kernel::Checked& checked) { return checked ? "" : checked.error().key; }
template <class T>
std::string key(const kernel::Result<T>& result) {
    return result ? "" : result.error().key;
}
template <class T>
std::string at(const kernel::Result<T>& result) {
    return result ? "" : result.error().field;
}

inline Who officer(people::Role role, bool inside, std::int64_t id = 50) {
    Who who;
    who.officer = people::OfficerId(id);
    who.unit = inside ? unit : elsewhere;
    who.roles = {role};
    who.in_unit = who.above = inside;
    who.independent = !inside;
    return who;
}
inline Who the_author() {
    Who who;
    who.author = true;
    return who;
}
inline const change::Terms the_terms{10, 10, 10, 10, 3};
inline const preset::Casework& the_casework() {
    static const preset::Casework one = casework_of(the_terms);
    return one;
}
inline Today on(std::string_view day) { return {kernel::parse_day(day).value(), weekdays, the_casework()}; }

}  // namespace voice::rules
