#include "rules.h"

#include <gtest/gtest.h>

#include <kernel/text.h>

namespace cycle {
namespace {

using people::Actor;
using people::Role;

const people::UnitId organiser(1), elsewhere(2);
const kernel::Day today = kernel::parse_day("2026-11-23").value();

Actor actor(Role role, people::UnitId unit) { return {people::OfficerId(50), unit, {role}, ""}; }

Cycle round_in(Phase phase) {
    Cycle c;
    c.id = CycleId(10);
    c.name = "Buses";
    c.lang = "en";
    c.organiser = organiser;
    c.phase = phase;
    return c;
}

Draft sound_draft() {
    Draft d;
    d.name = "Buses";
    d.lang = "zh-Hant";
    d.organiser = organiser;
    return d;
}

people::Unit organising_unit() { return {organiser, std::nullopt, "Office", false, true}; }

template <class T>
std::string key(const kernel::Result<T>& result) {
    return result ? "" : result.error().key;
}
template <class T>
std::string field(const kernel::Result<T>& result) {
    return result ? "" : result.error().field;
}

TEST(CycleRules, PhasesFollowOneAnother) {
    std::vector<Phase> walked = {Phase::prepare};
    while (const auto to = rules::next(walked.back())) walked.push_back(*to);
    EXPECT_EQ(walked, (std::vector<Phase>{Phase::prepare, Phase::consult, Phase::decide, Phase::act, Phase::report,
                                          Phase::review, Phase::closed}));
    for (Phase phase : walked) EXPECT_EQ(parse_phase(name(phase)), phase);
    EXPECT_EQ(parse_phase("voting"), std::nullopt);
}

TEST(CycleRules, WhoMayOpenAndWhoMayAct) {
    struct Case {
        Actor who;
        std::string open, act;
    };
    const std::string no_open = "cycle.may_not_open", no_act = "cycle.may_not_act";
    const Case cases[] = {
        {Actor{}, "people.sign_in_first", "people.sign_in_first"},
        {actor(Role::administrator, organiser), "", no_act},
        {people::console(), "", no_act},
        {actor(Role::head, organiser), "", ""},
        {actor(Role::head, elsewhere), no_open, no_act},
        {actor(Role::clerk, elsewhere), "", ""},
        {actor(Role::officer, organiser), no_open, no_act},
        {actor(Role::moderator, organiser), no_open, no_act},
        {actor(Role::member, organiser), no_open, no_act},
        {actor(Role::inspector, organiser), no_open, no_act},
    };
    for (const Case& c : cases) {
        const std::string label = c.who.roles.empty() ? "nobody" : std::string(people::name(c.who.roles[0]));
        EXPECT_EQ(key(rules::may_open(c.who, organiser)), c.open) << label;
        EXPECT_EQ(key(rules::may_act(c.who, round_in(Phase::prepare))), c.act) << label;
    }
}

TEST(CycleRules, OpenRefusesWhatIsWrongAtItsField) {
    struct Case {
        std::string label, key, field;
        std::function<void(Draft&)> change;
    };
    const Case cases[] = {
        {"sound", "", "", [](Draft&) {}},
        {"no name", "cycle.name_missing", "name", [](Draft& d) { d.name.clear(); }},
        {"long name", "kernel.text_too_long", "name", [](Draft& d) { d.name = std::string(121, 'a'); }},
        {"name of 120 Han", "", "",
         [](Draft& d) {
             d.name.clear();
             for (int i = 0; i < 120; ++i) d.name += "\u8def";
         }},
        {"no language", "cycle.lang_unknown", "lang", [](Draft& d) { d.lang = ""; }},
        {"language with a quote", "cycle.lang_unknown", "lang", [](Draft& d) { d.lang = "en\""; }},
        {"inherits nothing there", "cycle.inherits_unknown", "inherits", [](Draft& d) { d.inherits = CycleId(99); }},
        {"long part", "kernel.text_too_long", "limits", [](Draft& d) { d.context.limits = std::string(2001, 'a'); }},
        {"empty criterion", "cycle.criterion_missing", "criteria", [](Draft& d) { d.criteria = {""}; }},
        {"21 criteria", "cycle.too_many_criteria", "criteria", [](Draft& d) { d.criteria.assign(21, "short"); }},
        {"20 criteria", "", "", [](Draft& d) { d.criteria.assign(20, "short"); }},
    };
    for (const Case& c : cases) {
        Draft draft = sound_draft();
        c.change(draft);
        const auto decided = rules::open(actor(Role::head, organiser), draft, organising_unit(), std::nullopt);
        EXPECT_EQ(key(decided), c.key) << c.label;
        EXPECT_EQ(field(decided), c.field) << c.label;
    }
    EXPECT_EQ(key(rules::open(actor(Role::head, organiser), sound_draft(), std::nullopt, std::nullopt)),
              "cycle.organiser_unknown");
    people::Unit closed = organising_unit();
    closed.open = false;
    EXPECT_EQ(key(rules::open(actor(Role::head, organiser), sound_draft(), closed, std::nullopt)),
              "cycle.organiser_unknown");
}

TEST(CycleRules, NobodyInheritsFromTheDesk) {
    Draft draft = sound_draft();
    draft.inherits = CycleId(10);
    Cycle previous = round_in(Phase::closed);
    EXPECT_TRUE(rules::open(actor(Role::head, organiser), draft, organising_unit(), previous).has_value());
    previous.standing = true;
    EXPECT_EQ(key(rules::open(actor(Role::head, organiser), draft, organising_unit(), previous)),
              "cycle.inherits_unknown");
}

TEST(CycleRules, ContextIsCorrectedOnlyWhilePreparingAndWithAReason) {
    const Actor head = actor(Role::head, organiser);
    const Context sheet{"all", "much", "some", "little"};
    EXPECT_EQ(rules::filled(sheet), all_filled);
    EXPECT_EQ(rules::filled({"", "much", "", "little"}), promised_filled | limits_filled);
    EXPECT_TRUE(rules::set_context(head, round_in(Phase::prepare), sheet, std::nullopt, "").has_value());
    EXPECT_EQ(key(rules::set_context(head, round_in(Phase::prepare), sheet, 20, "")), "cycle.reason_missing");
    const auto corrected = rules::set_context(head, round_in(Phase::prepare), sheet, 20, "wrong figure");
    ASSERT_TRUE(corrected.has_value());
    EXPECT_EQ(corrected->replaces, 20);
    EXPECT_EQ(key(rules::set_context(head, round_in(Phase::prepare), Context{}, std::nullopt, "")),
              "cycle.context_empty");
    EXPECT_EQ(key(rules::set_context(head, round_in(Phase::consult), sheet, std::nullopt, "")),
              "cycle.only_while_preparing");
    EXPECT_EQ(key(rules::set_context(actor(Role::administrator, organiser), round_in(Phase::prepare), sheet, {}, "")),
              "cycle.may_not_act");
}

TEST(CycleRules, CriteriaAreReplacedNotRewritten) {
    const Actor clerk = actor(Role::clerk, elsewhere);
    Cycle c = round_in(Phase::prepare);
    c.criteria = {{CriterionId(11), "Waiting is short"}};
    EXPECT_TRUE(rules::set_criterion(clerk, c, "Cheap", std::nullopt, "").has_value());
    EXPECT_EQ(key(rules::set_criterion(clerk, c, "", std::nullopt, "")), "cycle.criterion_missing");
    EXPECT_EQ(key(rules::set_criterion(clerk, c, "Cheap", CriterionId(12), "typo")), "cycle.criterion_unknown");
    EXPECT_EQ(key(rules::set_criterion(clerk, c, "Cheap", CriterionId(11), "")), "cycle.reason_missing");
    EXPECT_TRUE(rules::set_criterion(clerk, c, "Cheap", CriterionId(11), "typo").has_value());
    c.criteria.assign(rules::criteria_max, {CriterionId(11), "x"});
    EXPECT_EQ(key(rules::set_criterion(clerk, c, "Cheap", std::nullopt, "")), "cycle.too_many_criteria");
    EXPECT_TRUE(rules::set_criterion(clerk, c, "Cheap", CriterionId(11), "typo").has_value());
    c.phase = Phase::consult;
    EXPECT_EQ(key(rules::set_criterion(clerk, c, "Cheap", CriterionId(11), "typo")), "cycle.only_while_preparing");
}

TEST(CycleRules, ConsultNeedsCriteriaAndTheWholeSheet) {
    Cycle c = round_in(Phase::prepare);
    const auto keys = [](const std::vector<kernel::Error>& errors) {
        std::vector<std::string> all;
        for (const auto& e : errors) all.push_back(e.key);
        return all;
    };
    EXPECT_EQ(keys(rules::gates(c, Phase::consult)),
              (std::vector<std::string>{"cycle.gate_criteria", "cycle.gate_context"}));
    c.criteria = {{CriterionId(11), ""}};  // its words erased: it still counts
    EXPECT_EQ(keys(rules::gates(c, Phase::consult)), (std::vector<std::string>{"cycle.gate_context"}));
    c.context_complete = true;
    EXPECT_TRUE(rules::gates(c, Phase::consult).empty());
    EXPECT_TRUE(rules::gates(round_in(Phase::consult), Phase::decide).empty());
}

TEST(CycleRules, AdvanceGoesOneStepForward) {
    const Actor head = actor(Role::head, organiser);
    const Phase all[] = {Phase::prepare, Phase::consult, Phase::decide, Phase::act,
                         Phase::report,  Phase::review,  Phase::closed};
    for (Phase from : all)
        for (Phase to : all) {
            const bool step = static_cast<int>(to) == static_cast<int>(from) + 1;
            EXPECT_EQ(key(rules::advance(head, round_in(from), to, std::nullopt, "", today, {})),
                      step ? "" : "cycle.phase_order")
                << name(from) << " to " << name(to);
        }
}

TEST(CycleRules, AdvanceRefusals) {
    const Actor head = actor(Role::head, organiser);
    const Cycle preparing = round_in(Phase::prepare);
    const auto ask = [&](const Cycle& c, Phase to, std::optional<kernel::Day> ends, std::string_view remark = "") {
        return rules::advance(head, c, to, ends, remark, today, {});
    };
    EXPECT_EQ(field(ask(preparing, Phase::consult, today + -1)), "ends");
    EXPECT_TRUE(ask(preparing, Phase::consult, today).has_value());
    EXPECT_EQ(key(ask(round_in(Phase::review), Phase::closed, today)), "cycle.closed_has_no_end");
    EXPECT_EQ(field(ask(preparing, Phase::consult, std::nullopt, std::string(1001, 'a'))), "remark");
    Cycle desk = preparing;
    desk.standing = true;
    EXPECT_EQ(key(ask(desk, Phase::consult, std::nullopt)), "cycle.desk_has_no_phases");
    EXPECT_EQ(key(rules::advance(actor(Role::administrator, organiser), preparing, Phase::consult, {}, "", today, {})),
              "cycle.may_not_act");

    const std::vector<kernel::Error> gates = {kernel::refuse(kernel::Code::conflict, "issue.gate_a"),
                                              kernel::refuse(kernel::Code::conflict, "issue.gate_b")};
    const auto shut = rules::advance(head, preparing, Phase::consult, std::nullopt, "", today, gates);
    ASSERT_FALSE(shut.has_value());
    EXPECT_EQ(shut.error().key, "cycle.gates_not_met");
    EXPECT_EQ(shut.error().args, (std::vector<std::pair<std::string, std::string>>{{"reason", "issue.gate_a"},
                                                                                   {"reason", "issue.gate_b"}}));
}

TEST(CycleRules, VoicesAreTakenWhileAskingAndAlwaysAtTheDesk) {
    for (int phase = 0; phase <= static_cast<int>(Phase::closed); ++phase) {
        Cycle c = round_in(static_cast<Phase>(phase));
        EXPECT_EQ(accepts_voices(c).has_value(), c.phase == Phase::consult) << name(c.phase);
        c.standing = true;
        EXPECT_TRUE(accepts_voices(c).has_value());
    }
}

}  // namespace
}  // namespace cycle
