#include "rules.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include <kernel/text.h>

#include "test_world.h"

namespace measure {
namespace {

using people::Role;
using rules::Act;

const people::UnitId roads(10), audit(20), root(1);
const people::OfficerId owner(50), auditor(60), chief(70), clerk(80);
const kernel::Calendar weekdays{"Mon–Fri", {}, {}, {0, 6}};

const kernel::Day today = on("2026-11-23");  // a Monday
rules::Today at(std::string_view iso) { return {on(iso), weekdays}; }
const rules::Today now{today, weekdays};

Measure in(State state) {
    Measure m;
    m.id = MeasureId(100);
    m.state = state;
    m.promised.cycle = people::CycleId(30);
    m.promised.owner_unit = roads;
    m.promised.owner = owner;
    m.promised.title = "Buses come on time";
    m.promised.text = "More buses";
    m.promised.beneficiaries = "Riders";
    m.promised.indicator = {"complaints", "per month", dec("24"), dec("6")};
    m.promised.due = m.first_due = on("2026-12-07");
    m.look_back = on("2027-03-08");
    return m;
}

enum class Person {
    nobody,
    owner,
    roads_officer,
    roads_head,
    lamps_head,
    auditor,
    chief,
    clerk,
    roads_clerk,
    inspector,
    moderator,
    administrator,
    member
};

rules::Who who(Person person) {
    const auto made = [](people::OfficerId id, people::UnitId unit, Role role, bool independent, bool above) {
        rules::Who w;
        w.actor = {id, unit, {role}, ""};
        w.independent = independent;
        w.above = above;
        return w;
    };
    switch (person) {
        case Person::nobody:
            return {};
        case Person::owner:
            return made(owner, roads, Role::officer, false, false);
        case Person::roads_officer:
            return made(people::OfficerId(51), roads, Role::officer, false, false);
        case Person::roads_head:
            return made(people::OfficerId(52), roads, Role::head, false, false);
        case Person::lamps_head:
            return made(people::OfficerId(53), people::UnitId(11), Role::head, false, false);
        case Person::auditor:
            return made(auditor, audit, Role::officer, true, false);
        case Person::chief:
            return made(chief, root, Role::head, true, true);
        case Person::clerk:
            return made(clerk, root, Role::clerk, true, true);
        case Person::roads_clerk:
            return made(people::OfficerId(81), roads, Role::clerk, false, false);
        case Person::inspector:
            return made(people::OfficerId(90), audit, Role::inspector, true, false);
        case Person::moderator:
            return made(people::OfficerId(91), audit, Role::moderator, true, false);
        case Person::administrator:
            return made(people::OfficerId(92), root, Role::administrator, true, true);
        case Person::member:
            return made(people::OfficerId(93), audit, Role::member, true, false);
    }
    return {};
}
constexpr Person everybody[] = {Person::nobody,      Person::owner,     Person::roads_officer, Person::roads_head,
                                Person::lamps_head,  Person::auditor,   Person::chief,         Person::clerk,
                                Person::roads_clerk, Person::inspector, Person::moderator,     Person::administrator,
                                Person::member};

template <class T>
std::string key(const kernel::Result<T>& result) {
    return result ? "" : result.error().key;
}
template <class T>
std::string place(const kernel::Result<T>& result) {
    return result ? "" : result.error().field + " " + result.error().key;
}
bool has(std::initializer_list<Person> these, Person one) {
    return std::find(these.begin(), these.end(), one) != these.end();
}

// In a state that allows the act: who may?
TEST(MeasureRules, EachActIsForSomeAlone) {
    struct Row {
        Act act;
        State state;
        std::initializer_list<Person> may;
        const char* refusal;
    };
    const std::initializer_list<Person> checkers = {Person::auditor, Person::chief};
    const std::initializer_list<Person> approvers = {Person::chief, Person::clerk, Person::roads_clerk};
    for (const Row& row : std::initializer_list<Row>{
             {Act::report, State::under_way, {Person::owner, Person::roads_head}, "measure.may_not_report"},
             {Act::verify, State::reported, checkers, "measure.may_not_verify"},
             {Act::look_back, State::closed, checkers, "measure.may_not_verify"},
             {Act::extend, State::under_way, approvers, "measure.may_not_approve"},
             {Act::retarget, State::under_way, approvers, "measure.may_not_approve"},
             {Act::reassign, State::under_way, approvers, "measure.may_not_approve"},
             {Act::reword, State::under_way, approvers, "measure.may_not_approve"},
             {Act::record_absence, State::under_way, {Person::clerk, Person::roads_clerk}, "measure.may_not_record"},
             {Act::close,
              State::accepted,
              {Person::auditor, Person::chief, Person::clerk, Person::roads_clerk},
              "measure.may_not_close"}})
        for (Person person : everybody) {
            const std::string expected = has(row.may, person)       ? ""
                                         : person == Person::nobody ? "people.sign_in_first"
                                                                    : row.refusal;
            EXPECT_EQ(key(rules::may(row.act, in(row.state), who(person), today)), expected)
                << "act " << static_cast<int>(row.act) << " person " << static_cast<int>(person);
        }
}

// For those who may: in which states?
TEST(MeasureRules, EachActHasItsStates) {
    const std::map<Act, std::pair<Person, std::set<State>>> table = {
        {Act::report, {Person::owner, {State::adopted, State::under_way, State::returned}}},
        {Act::verify, {Person::auditor, {State::reported}}},
        {Act::extend, {Person::chief, {State::adopted, State::under_way, State::returned}}},
        {Act::retarget, {Person::chief, {State::adopted, State::under_way, State::returned}}},
        {Act::reassign, {Person::chief, {State::adopted, State::under_way, State::returned}}},
        {Act::reword, {Person::clerk, {State::adopted, State::under_way, State::returned}}},
        {Act::record_absence, {Person::clerk, {State::adopted, State::under_way, State::returned}}},
        {Act::close, {Person::clerk, {State::accepted}}},
        {Act::look_back, {Person::auditor, {State::closed}}}};
    for (Act act : rules::all_acts)
        for (State state : all_states) {
            const auto& [person, states] = table.at(act);
            EXPECT_EQ(key(rules::may(act, in(state), who(person), today)),
                      states.contains(state) ? "" : "measure.wrong_state")
                << "act " << static_cast<int>(act) << " in " << name(state);
        }
}

TEST(MeasureRules, WhoAnsweredNeverChecksAndWhoCheckedNeverAnswers) {
    const std::map<Act, std::pair<Person, State>> sound = {
        {Act::verify, {Person::auditor, State::reported}}, {Act::extend, {Person::chief, State::adopted}},
        {Act::retarget, {Person::clerk, State::adopted}},  {Act::reassign, {Person::clerk, State::adopted}},
        {Act::reword, {Person::clerk, State::adopted}},    {Act::record_absence, {Person::clerk, State::adopted}},
        {Act::close, {Person::auditor, State::accepted}},  {Act::look_back, {Person::auditor, State::closed}}};
    for (const auto& [act, given] : sound) {
        rules::Who w = who(given.first);
        EXPECT_EQ(key(rules::may(act, in(given.second), w, today)), "");
        w.checked = true;
        EXPECT_EQ(key(rules::may(act, in(given.second), w, today)), "") << "checking twice is no conflict";
        w.answered = true;
        EXPECT_EQ(key(rules::may(act, in(given.second), w, today)), "measure.answered_before");
        Measure own = in(given.second);
        own.promised.owner = w.actor.officer;
        w.answered = false;
        EXPECT_EQ(key(rules::may(act, own, w, today)), "measure.answered_before") << "never the owner";
    }
    rules::Who w = who(Person::owner);
    w.answered = true;
    EXPECT_EQ(key(rules::may(Act::report, in(State::adopted), w, today)), "");
    w.checked = true;
    EXPECT_EQ(key(rules::may(Act::report, in(State::adopted), w, today)), "measure.checked_before");
}

TEST(MeasureRules, AReportHasWordsOnePieceOfEvidenceAndAtTheEndAValue) {
    const Measure m = in(State::adopted);
    const auto report = [&](const Progress& p, bool done) {
        return place(rules::report(m, who(Person::owner), p, done, true, now));
    };
    EXPECT_EQ(report({50, {}, "half of it", "photo"}, false), "");
    EXPECT_EQ(report({50, {}, "half of it", "photo"}, true), "value measure.value_missing");
    EXPECT_EQ(report({-1, {}, "x", "y"}, false), "percent measure.percent_range");
    EXPECT_EQ(report({101, {}, "x", "y"}, false), "percent measure.percent_range");
    EXPECT_EQ(report({50, {}, "", "photo"}, false), "text measure.report_missing");
    EXPECT_EQ(report({50, {}, "words", ""}, false), "evidence measure.evidence_missing");
    EXPECT_EQ(report({50, {}, std::string(max_words + 1, 'x'), "y"}, false), "text kernel.text_too_long");
    EXPECT_EQ(report({50, {}, "x", std::string(max_evidence + 1, 'y')}, false), "evidence kernel.text_too_long");
}

TEST(MeasureRules, DoneRecordsTheWorkingDaysAfterTheDueDay) {
    const Measure m = in(State::under_way);
    const std::pair<const char*, int> cases[] = {
        {"2026-12-04", 0}, {"2026-12-07", 0}, {"2026-12-08", 1}, {"2026-12-12", 4}, {"2026-12-14", 5}};
    for (const auto& [iso, days] : cases) {
        const auto made = rules::report(m, who(Person::owner), {100, dec("6"), "done", "photo"}, true, false, at(iso));
        ASSERT_TRUE(made) << iso;
        EXPECT_EQ(made->late_days, days) << iso;
        EXPECT_EQ(made->day, on(iso));
        EXPECT_TRUE(made->nobody_independent);
    }
    EXPECT_EQ(rules::report(m, who(Person::owner), {99, dec("9"), "nearly", "photo"}, false, false, at("2026-12-14"))
                  ->late_days,
              0)
        << "only what ends the term is late or in time";
}

TEST(MeasureRules, AnExtensionIsOneBeforeTheDueDayWithReason) {
    Measure m = in(State::under_way);
    const auto extended = [&](std::string_view due, std::string_view reason, std::string_view today_is) {
        return place(rules::extend(m, who(Person::chief), on(due), reason, on(today_is)));
    };
    EXPECT_EQ(extended("2026-12-21", "The buses come later", "2026-12-04"), "");
    EXPECT_EQ(extended("2026-12-21", "x", "2026-12-07"), " measure.extension_late") << "the due day itself is too late";
    EXPECT_EQ(extended("2026-12-21", "x", "2027-01-04"), " measure.extension_late");
    EXPECT_EQ(extended("2026-12-07", "x", "2026-12-04"), "due measure.extension_backwards");
    EXPECT_EQ(extended("2026-11-30", "x", "2026-11-24"), "due measure.extension_backwards");
    EXPECT_EQ(extended("2027-12-09", "x", "2026-12-04"), "due measure.extension_far");
    EXPECT_EQ(extended("2026-12-21", "", "2026-12-04"), "reason measure.reason_missing");
    EXPECT_EQ(extended("2026-12-21", std::string(max_reason + 1, 'x'), "2026-12-04"), "reason kernel.text_too_long");
    m.extended = true;
    EXPECT_EQ(extended("2026-12-21", "x", "2026-12-04"), " measure.extended_before");
}

TEST(MeasureRules, ChangesOfThePromise) {
    const Measure m = in(State::under_way);
    const rules::Who c = who(Person::chief);
    EXPECT_EQ(place(rules::retarget(m, c, dec("8"), "fewer buses", today)), "");
    EXPECT_EQ(place(rules::retarget(m, c, dec("6.0"), "x", today)), "target measure.unchanged");
    EXPECT_EQ(place(rules::retarget(m, c, dec("24"), "x", today)), "target measure.target_is_baseline");
    EXPECT_EQ(place(rules::retarget(m, c, dec("8"), "", today)), "reason measure.reason_missing");
    people::Officer fresh{people::OfficerId(55), roads, "Engineer", {Role::officer}, true, false};
    EXPECT_EQ(place(rules::reassign(m, c, fresh, true, true, "moved on", today)), "");
    EXPECT_EQ(place(rules::reassign(m, c, std::nullopt, true, true, "x", today)), "owner measure.owner_unfit");
    EXPECT_EQ(place(rules::reassign(m, c, fresh, false, true, "x", today)), "owner measure.owner_unfit");
    EXPECT_EQ(place(rules::reassign(m, c, fresh, true, false, "x", today)), "owner measure.owner_checked");
    EXPECT_EQ(place(rules::reassign(m, c, fresh, true, true, "", today)), "reason measure.reason_missing");
    fresh.roles = {Role::moderator};
    EXPECT_EQ(place(rules::reassign(m, c, fresh, true, true, "x", today)), "owner measure.owner_unfit");
    fresh.roles = {Role::head}, fresh.active = false;
    EXPECT_EQ(place(rules::reassign(m, c, fresh, true, true, "x", today)), "owner measure.owner_unfit");
    people::Officer same{owner, roads, "Owner", {Role::officer}, true, false};
    EXPECT_EQ(place(rules::reassign(m, c, same, true, true, "x", today)), "owner measure.unchanged");
    people::Officer self{chief, root, "Chief", {Role::head}, true, false};
    EXPECT_EQ(place(rules::reassign(m, c, self, true, true, "x", today)), "owner measure.owner_checked")
        << "who approves does not become the owner";
    const Wording was{m.promised.title, m.promised.text, m.promised.beneficiaries, "", ""};
    Wording to = was;
    EXPECT_EQ(place(rules::reword(m, c, to, "x", today)), "text measure.unchanged");
    to.worse_off = "Drivers";
    EXPECT_EQ(place(rules::reword(m, c, to, "x", today)), "remedy measure.remedy_missing");
    to.remedy = "Parking";
    EXPECT_EQ(place(rules::reword(m, c, to, "x", today)), "");
    EXPECT_EQ(place(rules::reword(m, c, to, "", today)), "reason measure.reason_missing");
    to.title = "";
    EXPECT_EQ(place(rules::reword(m, c, to, "x", today)), "title measure.title_missing");
}

TEST(MeasureRules, JudgedOnlyAfterSomebodyIndependentCheckedIfThereIsOne) {
    for (State state : all_states)
        for (bool somebody : {true, false}) {
            const std::string expected = state == State::verified   ? ""
                                         : state != State::reported ? "measure.wrong_state"
                                         : somebody                 ? "measure.not_verified"
                                                                    : "";
            EXPECT_EQ(key(rules::judge(in(state), 9, true, somebody, now)), expected) << name(state);
        }
    EXPECT_FALSE(rules::judge(in(State::verified), 9, true, true, now)->nobody_independent);
    EXPECT_TRUE(rules::judge(in(State::reported), 9, true, false, now)->nobody_independent);
}

TEST(MeasureRules, WhatComesBackHasFifteenWorkingDays) {
    EXPECT_EQ(rules::judge(in(State::verified), 9, true, true, now)->due, std::nullopt);
    // From Tuesday, 8 December: 29 December is the fifteenth working day.
    EXPECT_EQ(rules::judge(in(State::verified), 9, false, true, at("2026-12-08"))->due, on("2026-12-29"));
    Measure early = in(State::verified);
    early.promised.due = on("2027-06-01");
    EXPECT_EQ(rules::judge(early, 9, false, true, at("2026-12-08"))->due, on("2027-06-01"))
        << "never shorter than promised";
    EXPECT_EQ(rules::look_back(in(State::closed), who(Person::auditor), false, "late again", at("2027-01-04"))->due,
              on("2027-01-25"));
}

TEST(MeasureRules, LookingBackHasItsDayButAReboundMayBeReportedAnyTime) {
    const Measure m = in(State::closed);  // to be looked at again on 2027-03-08
    const auto back = [&](bool held, std::string_view words, std::string_view iso) {
        return place(rules::look_back(m, who(Person::auditor), held, words, at(iso)));
    };
    EXPECT_EQ(back(true, "still on time", "2027-03-05"), "outcome measure.look_back_early");
    EXPECT_EQ(back(true, "still on time", "2027-03-08"), "");
    EXPECT_EQ(back(false, "late again", "2026-12-24"), "");
    EXPECT_EQ(back(true, "", "2027-03-08"), "words measure.finding_missing");
    Measure again = m;
    again.look_back.reset();
    EXPECT_EQ(key(rules::look_back(again, who(Person::auditor), true, "x", at("2027-03-08"))), "measure.looked_back");
    // 90 days after closing on 23 November is Sunday, 21 February: Monday.
    EXPECT_EQ(rules::close(in(State::accepted), who(Person::clerk), "All said", now)->look_back, on("2027-02-22"));
    EXPECT_EQ(rules::close(in(State::accepted), who(Person::clerk), "All said", at("2026-11-24"))->look_back,
              on("2027-02-22"));
    EXPECT_EQ(place(rules::close(in(State::accepted), who(Person::clerk), "", now)), "words measure.closing_missing");
}

TEST(MeasureRules, AbsenceIsRecordedOnceAndOnlyWithoutAReport) {
    Measure m = in(State::adopted);
    EXPECT_EQ(place(rules::record_absence(m, who(Person::clerk), "The unit was dissolved", today)), "");
    EXPECT_EQ(place(rules::record_absence(m, who(Person::clerk), "", today)), "reason measure.reason_missing");
    m.accounted = true;
    EXPECT_EQ(place(rules::record_absence(m, who(Person::clerk), "x", today)), " measure.accounted");
}

TEST(MeasureRules, LatenessIsEnteredAtItsMarks) {
    Measure m = in(State::under_way);  // due on Monday, 7 December
    const kernel::Day first = on("2026-12-08");
    EXPECT_FALSE(rules::late(m, first, at("2026-12-07")));
    EXPECT_FALSE(rules::late(m, std::nullopt, at("2026-12-24"))) << "the clock does not look at it";
    struct Row {
        const char *from, *today;
        int days;
        const char* next;
    };
    for (const Row& row : std::initializer_list<Row>{{"2026-12-08", "2026-12-08", 1, "2026-12-14"},
                                                     {"2026-12-14", "2026-12-14", 5, "2026-12-21"},
                                                     {"2026-12-21", "2026-12-21", 10, "2027-01-04"},
                                                     {"2027-01-04", "2027-01-04", 20, "2027-02-01"},
                                                     {"2027-02-01", "2027-02-01", 40, "2027-03-01"},
                                                     {"2026-12-08", "2027-01-20", 32, "2027-02-01"}}) {
        const auto entered = rules::late(m, on(row.from), at(row.today));
        ASSERT_TRUE(entered) << row.today;
        EXPECT_EQ(entered->days, row.days) << row.today;
        EXPECT_EQ(entered->next, on(row.next)) << row.today;
        EXPECT_EQ(entered->due, on("2026-12-07"));
        EXPECT_FALSE(rules::late(m, entered->next, at(row.today))) << "once for each mark";
    }
    m.promised.due = on("2026-12-04");  // a Friday: the weekend is not late
    EXPECT_FALSE(rules::late(m, on("2026-12-05"), at("2026-12-06")));
    EXPECT_TRUE(rules::late(m, on("2026-12-05"), at("2026-12-07")));
    const kernel::Calendar closed{
        "closed until the 10th", {on("2026-12-07"), on("2026-12-08"), on("2026-12-09")}, {}, {0, 6}};
    EXPECT_FALSE(rules::late(m, on("2026-12-05"), {on("2026-12-09"), closed})) << "by the calendar in force";
    EXPECT_EQ(rules::late(m, on("2026-12-05"), {on("2026-12-10"), closed})->days, 1);
    for (State state : {State::reported, State::verified, State::accepted, State::closed})
        EXPECT_FALSE(rules::late(in(state), first, at("2027-01-04"))) << name(state);
    for (State state : {State::adopted, State::returned})
        EXPECT_TRUE(rules::late(in(state), first, at("2027-01-04"))) << name(state);
}

TEST(MeasureRules, NamesAreReadBack) {
    for (State state : all_states) EXPECT_EQ(parse_state(name(state)), state);
    for (Kind kind : all_kinds) EXPECT_EQ(parse_kind(name(kind)), kind);
    EXPECT_FALSE(parse_state("judged"));
    EXPECT_FALSE(parse_kind(""));
}

}  // namespace
}  // namespace measure
