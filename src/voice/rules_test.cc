#include "rules.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "test_cases.h"

namespace voice::rules {
namespace {

using people::Role;

// Everybody who may come: each role inside and outside of the unit, the author, and nobody in particular.
std::vector<std::pair<std::string, Who>> everybody() {
    std::vector<std::pair<std::string, Who>> all;
    all.push_back({"nobody", {}});
    Who author;
    author.author = true;
    all.push_back({"author", author});
    for (Role role : people::all_roles)
        for (bool inside : {true, false}) {
            Who who;
            who.officer = people::OfficerId(50);
            who.unit = inside ? unit : elsewhere;
            who.roles = {role};
            who.in_unit = who.above = inside;
            who.independent = !inside;
            all.push_back({std::string(people::name(role)) + (inside ? " inside" : " outside"), who});
        }
    return all;
}

std::set<std::string> allowed(Act act, State state, Shown shown = Shown::published) {
    std::set<std::string> names;
    for (auto& [name, who] : everybody()) {
        Case c = a_case(state);
        c.shown = shown;
        if (shown == Shown::held || shown == Shown::hidden) {
            c.ground = Ground::advertising;
            c.hidden_entry = 110;
            c.hidden_by = people::OfficerId(60);
        }
        if (state == State::received) who.in_unit = who.above = false, who.independent = true;
        if (act == Act::refuse_appeal) c.appeal = 120;
        if (may(act, c, who)) names.insert(name);
    }
    return names;
}

TEST(VoiceRules, WhoMayDoWhatInEachState) {
    using S = std::set<std::string>;
    const S unit_staff = {"officer inside", "head inside"};
    const S dispatch = {"clerk inside", "clerk outside", "officer inside", "head inside"};
    const S clerks = {"clerk inside", "clerk outside"};
    const S author = {"author"};
    using enum State;
    const std::vector<std::pair<Act, std::map<State, S>>> table = {
        {Act::assign, {{received, clerks}, {assigned, dispatch}}},
        {Act::bounce, {{assigned, unit_staff}}},
        {Act::ask_back, {{assigned, unit_staff}}},
        {Act::answer, {{assigned, unit_staff}, {asked_back, unit_staff}, {answered, unit_staff}}},
        {Act::extend, {{assigned, {"head inside"}}}},
        {Act::correct_kind,
         {{received, clerks},
          {assigned, clerks},
          {asked_back, clerks},
          {answered, clerks},
          {rated, clerks},
          {joined, clerks},
          {closed, clerks},
          {closed_unrated, clerks}}},
        {Act::correct_answer,
         {{answered, unit_staff}, {rated, unit_staff}, {closed, unit_staff}, {closed_unrated, unit_staff}}},
        {Act::add_word,
         {{received, author}, {assigned, author}, {asked_back, author}, {answered, author}, {joined, author}}},
        {Act::join, {{received, clerks}, {assigned, dispatch}}},
        {Act::part, {{joined, dispatch}}},
        {Act::keep_apart, {{joined, author}}},
        {Act::rate, {{answered, author}}},
        {Act::reopen, {{answered, author}, {rated, author}}},
        {Act::withdraw,
         {{received, author},
          {assigned, author},
          {asked_back, author},
          {answered, author},
          {rated, author},
          {joined, author}}},
    };
    for (const auto& [act, row] : table)
        for (State state : all_states) {
            const auto cell = row.find(state);
            EXPECT_EQ(allowed(act, state), cell == row.end() ? S{} : cell->second)
                << static_cast<int>(act) << " in " << name(state);
        }
}

TEST(VoiceRules, WhoMayShowAndHideWhat) {
    using S = std::set<std::string>;
    const S outside = {"moderator outside"};
    const S author = {"author"};
    using enum Shown;
    const std::vector<std::pair<Act, std::map<Shown, S>>> table = {
        {Act::publish, {{held, outside}}},
        {Act::hold, {{published, outside}}},
        {Act::hide, {{published, outside}, {held, outside}}},
        {Act::show_again, {{hidden, outside}}},
        {Act::refuse_appeal, {{held, outside}, {hidden, outside}, {published, outside}, {unit_only, outside}}},
        {Act::decide_report, {{held, outside}, {hidden, outside}, {published, outside}, {unit_only, outside}}},
        {Act::appeal, {{held, author}, {hidden, author}}},
    };
    for (const auto& [act, row] : table)
        for (Shown shown : {held, published, unit_only, hidden}) {
            const auto cell = row.find(shown);
            EXPECT_EQ(allowed(act, State::assigned, shown), cell == row.end() ? S{} : cell->second)
                << static_cast<int>(act) << " when " << name(shown);
        }
}

TEST(VoiceRules, AnAdministratorCanDoNoneOfIt) {
    for (Act act : all_acts)
        for (State state : all_states)
            for (Shown shown : {Shown::held, Shown::published, Shown::unit_only, Shown::hidden})
                for (const std::string& name : allowed(act, state, shown))
                    EXPECT_FALSE(name.starts_with("administrator"));
}

}  // namespace
}  // namespace voice::rules
