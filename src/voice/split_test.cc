// One message that holds several matters: handled by its parts, and nothing is lost by it.
#include <gtest/gtest.h>

#include "rules.h"
#include "test_cases.h"
#include "test_world.h"

namespace voice {
namespace {

using rules::a_case;
using rules::at;
using rules::key;
using rules::on;

rules::PartAsked part(const std::string& title, const std::string& passage, Kind kind = Kind::suggestion) {
    return {{title, passage, kind, "", "", {}}, {}, false};
}
const std::string two_matters = "The lamp is dark.\nAnd the drain  stinks!";

TEST(VoiceSplitRules, WordsThatStandInTheMessage) {
    const auto found = [](std::string_view words) { return rules::passages(two_matters, words); };
    using P = change::Passage;
    EXPECT_EQ(found("The lamp is dark."), (std::vector<P>{{0, 17}}));
    EXPECT_EQ(found("  the drain stinks! \n"), (std::vector<P>{{22, 40}})) << "white space is all alike";
    EXPECT_EQ(found("is dark. And the"), (std::vector<P>{{9, 25}}));
    EXPECT_EQ(found("The lamp\n\ndrain stinks"), (std::vector<P>{{0, 8}, {26, 39}})) << "two places";
    EXPECT_FALSE(found("The lamps"));
    EXPECT_FALSE(found("The lamp\n\nthe roof"));
    EXPECT_FALSE(found(" \n "));
    EXPECT_EQ(rules::passages("路灯不亮，　井盖响", "井盖响"), (std::vector<P>{{18, 27}}));
}

TEST(VoiceSplitRules, WhatAPartMustBe) {
    const rules::Who clerk = rules::officer(people::Role::clerk, false);
    const change::Counted own = rules::counted(on("2026-11-23"), *kernel::parse_day("2026-11-23"),
                                               rules::the_casework().reply_term("suggestion"));
    const auto tried = [&](const Case& c, std::vector<rules::PartAsked> parts, bool has_joined = false) {
        return rules::split(c, clerk, parts, two_matters, has_joined, own, nullptr, on("2026-11-24"));
    };
    const std::vector<rules::PartAsked> good = {part("Lamp", "The lamp is dark."), part("Drain", "the drain stinks!")};
    const auto made = tried(a_case(State::assigned), good);
    ASSERT_EQ(key(made), "");
    EXPECT_EQ(made->split.parts, 2);
    EXPECT_EQ(made->parts[1].nth, 2);
    EXPECT_EQ(made->parts[1].reply.due, own.due) << "counted from the day it came, not from that of splitting";

    EXPECT_EQ(key(tried(a_case(State::assigned), {good[0]})), "voice.parts_too_few");
    EXPECT_EQ(at(tried(a_case(State::assigned), {good[0]})), "title_2");
    EXPECT_EQ(key(tried(a_case(State::assigned), std::vector(7, good[0]))), "voice.parts_too_many");
    EXPECT_EQ(key(tried(a_case(State::assigned), {good[0], part("", "the drain")})), "voice.part_title_missing");
    EXPECT_EQ(key(tried(a_case(State::assigned), {good[0], part("Drain", "")})), "voice.passage_missing");
    EXPECT_EQ(key(tried(a_case(State::assigned), {good[0], part("Drain", "the roof")})), "voice.passage_unknown");
    EXPECT_EQ(at(tried(a_case(State::assigned), {good[0], part("Drain", "the roof")})), "passage_2");
    EXPECT_EQ(key(tried(a_case(State::assigned), {good[0], part(std::string(121, 'a'), "the drain")})),
              "kernel.text_too_long");
    rules::PartAsked elsewhere = good[1];
    elsewhere.draft.unit = people::UnitId(99);
    EXPECT_EQ(key(tried(a_case(State::assigned), {good[0], elsewhere})), "voice.unit_unknown");
    EXPECT_EQ(at(tried(a_case(State::assigned), {good[0], elsewhere})), "unit_2");
    EXPECT_EQ(key(tried(a_case(State::assigned), good, true)), "voice.has_joined");

    for (State state : all_states) {
        const bool may = state == State::received || state == State::assigned;
        EXPECT_EQ(key(tried(a_case(state), good)), may ? "" : "voice.refused_" + std::string(name(state)));
    }
    Case c = a_case(State::assigned);
    c.shown = Shown::held;
    EXPECT_EQ(key(tried(c, good)), "voice.refused_held");
    c = a_case(State::assigned), c.part_of = VoiceId(7);
    EXPECT_EQ(key(tried(c, good)), "voice.part_already");
    c = a_case(State::assigned), c.whole = true;
    EXPECT_EQ(key(tried(c, good)), "voice.kept_whole");
    c = a_case(State::assigned), c.answer = Answer::done;
    EXPECT_EQ(key(tried(c, good)), "voice.refused_answered") << "reopened";
    const auto by_officer = rules::split(a_case(State::assigned), rules::officer(people::Role::officer, true), good,
                                         two_matters, false, own, nullptr, on("2026-11-24"));
    EXPECT_EQ(key(by_officer), "voice.needs_clerk");
    const auto erased = rules::split(a_case(State::assigned), clerk, good, {}, false, own, nullptr, on("2026-11-24"));
    EXPECT_EQ(key(erased), "voice.split_erased");
}

TEST(VoiceSplitRules, APartOfAShorterKindIsDueEarlierAndNoneLater) {
    const rules::Who clerk = rules::officer(people::Role::clerk, false);
    preset::Casework casework = rules::the_casework();
    casework.reply_of["complaint"] = {deadline::Unit::working_days, 3};
    casework.reply_of["praise"] = {deadline::Unit::working_days, 30};
    const rules::Today today{*kernel::parse_day("2026-11-24"), rules::weekdays, casework};
    const Case c = a_case(State::assigned);
    const change::Counted own = rules::counted(today, *kernel::parse_day("2026-11-23"), casework.reply_term("help"));
    const auto made =
        rules::split(c, clerk, {part("Lamp", "The lamp", Kind::complaint), part("Drain", "the drain", Kind::praise)},
                     two_matters, false, own, nullptr, today);
    ASSERT_EQ(key(made), "");
    EXPECT_EQ(made->parts[0].reply.due, kernel::parse_day("2026-11-26"));
    EXPECT_EQ(made->parts[0].reply.from, kernel::parse_day("2026-11-23"));
    EXPECT_EQ(made->parts[1].reply.due, own.due) << "nobody is in time again by splitting";
}

class VoiceSplit : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs() const { return *world.needs; }
    std::vector<PartDraft> parts() {
        return {{"Lamp", "The lamp is dark.", Kind::suggestion, "", "", world.lamps},
                {"Drain", "the drain stinks!", Kind::complaint, "", "", world.roads}};
    }
    // Said, given to Roads, and split.
    VoiceId split_up(const std::string& visitor = "visitor-a") {
        const VoiceId id = world.said(two_matters, visitor).id;
        must(assign(needs(), world.as("clerk"), id, world.roads, {}));
        must(split(needs(), world.as("clerk"), id, parts()));
        return id;
    }
    std::vector<VoiceId> made_of(VoiceId id) { return part_ids(*world.database->read(), id); }
    UnitCounts of(people::UnitId unit) {
        return unit_counts(*world.database->read(), {unit}, day_of("2026-11-01"), day_of("2027-12-31"));
    }
    std::string text(VoiceId id) {
        const auto words = find_words(*world.database->read(), id);
        return words ? words->title + ": " + words->text : "";
    }
};

TEST_P(VoiceSplit, EachPartIsACaseOfItsOwn) {
    const VoiceId id = split_up();
    ASSERT_EQ(made_of(id).size(), 2u);
    const VoiceId lamp = made_of(id)[0], drain = made_of(id)[1];
    const Case whole = world.get(id), c = world.get(lamp);
    EXPECT_EQ(whole.state, State::split);
    EXPECT_EQ(c.state, State::assigned);
    EXPECT_EQ(c.unit, world.lamps);
    EXPECT_EQ(c.due, whole.due);
    EXPECT_EQ(c.received, whole.received);
    EXPECT_EQ(c.author, whole.author);
    EXPECT_EQ(text(lamp), "Lamp: The lamp is dark.");
    EXPECT_EQ(text(drain), "Drain: the drain  stinks!") << "as the author wrote it";
    EXPECT_EQ(refused(answer(needs(), world.as("roads"), id, Answer::done, "x", {})), "voice.refused_split");
    EXPECT_EQ(refused(withdraw(needs(), world.browser(), id, "", false)), "voice.refused_split");
    EXPECT_EQ(refused(split(needs(), world.as("clerk"), lamp, parts())), "voice.part_already");

    const Counts n = world.count();
    EXPECT_EQ(n.voices, 1) << "one message";
    EXPECT_EQ(n.cases(), 2);
    EXPECT_EQ(n.split, 1);
    EXPECT_EQ(of(world.roads).received, 1);
    EXPECT_EQ(of(world.lamps).received, 1);
    EXPECT_EQ(channels(*world.database->read(), world.desk)[0].n, 1);

    must(answer(needs(), world.as("lamps"), lamp, Answer::done, "It burns.", {}));
    must(answer(needs(), world.as("roads"), drain, Answer::cannot, "It is not ours.", {}));
    must(rate(needs(), world.browser(), lamp, "", true, 5, ""));
    must(rate(needs(), world.browser(), drain, "", false, 1, "It is"));
    EXPECT_EQ(world.count().answered, 2);
    EXPECT_EQ(of(world.lamps).satisfied, 1);
    EXPECT_EQ(of(world.roads).unsolved, 1);
    EXPECT_FALSE(is_over(*world.database->read(), *voice(*world.database->read(), id)));
    world.go_to("2027-03-01");
    world.tick();
    EXPECT_EQ(world.get(lamp).state, State::closed);
    EXPECT_TRUE(is_over(*world.database->read(), *voice(*world.database->read(), id)));
    world.expect_same_after_rebuild();
}

TEST_P(VoiceSplit, WhatWasLateStaysLate) {
    const VoiceId id = world.said(two_matters).id;
    must(assign(needs(), world.as("clerk"), id, world.roads, {}));
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(of(world.roads).late, 1);
    EXPECT_EQ(world.count().late, 1);
    must(split(needs(), world.as("clerk"), id, parts()));
    EXPECT_EQ(of(world.roads).late, 2) << "both were due while it had them";
    EXPECT_EQ(of(world.lamps).late, 0);
    EXPECT_EQ(of(world.roads).received, 2);
    EXPECT_EQ(world.count().late, 2);
    std::int64_t now = 0;
    for (const Overdue& one : overdue(*world.database->read())) now += one.n;
    EXPECT_EQ(now, 2);
    must(answer(needs(), world.as("lamps"), made_of(id)[0], Answer::done, "It burns.", {}));
    EXPECT_EQ(of(world.roads).late, 2) << "an answer afterwards is no answer in time";
    EXPECT_EQ(of(world.lamps).in_time, 0);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceSplit, ItsAuthorSaysThatItIsOneMatter) {
    const VoiceId id = split_up();
    EXPECT_EQ(refused(keep_whole(needs(), world.browser("visitor-b"), id, "", "no")), "voice.code_wrong");
    EXPECT_EQ(refused(keep_whole(needs(), world.browser(), id, "", "")), "voice.reason_missing");
    must(keep_whole(needs(), world.browser(), id, "", "The water comes from the lamp"));
    EXPECT_EQ(world.get(id).state, State::assigned);
    for (VoiceId part : made_of(id)) EXPECT_EQ(world.get(part).state, State::put_back);
    EXPECT_EQ(of(world.roads).received, 1);
    EXPECT_EQ(of(world.lamps).received, 0);
    EXPECT_EQ(world.count().cases(), 1);
    EXPECT_EQ(refused(split(needs(), world.as("clerk"), id, parts())), "voice.kept_whole");
    EXPECT_EQ(refused(answer(needs(), world.as("lamps"), made_of(id)[0], Answer::done, "x", {})),
              "voice.refused_put_back");
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 1) << "its own day never moved";
    EXPECT_EQ(of(world.roads).late, 1);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceSplit, PutTogetherOnlyWhileNothingCameOfAPart) {
    const VoiceId id = split_up();
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.count().late, 2);
    must(put_together(needs(), world.as("clerk"), id, "One matter after all"));
    EXPECT_EQ(world.count().late, 0);
    world.tick();
    EXPECT_EQ(world.count().late, 1) << "the clock says it of the whole";
    EXPECT_EQ(of(world.roads).late, 1);
    must(split(needs(), world.as("clerk"), id, parts()));
    ASSERT_EQ(made_of(id).size(), 4u);
    EXPECT_EQ(world.count().parts, 2);
    must(answer(needs(), world.as("lamps"), made_of(id)[2], Answer::done, "It burns.", {}));
    EXPECT_EQ(refused(put_together(needs(), world.as("clerk"), id, "r")), "voice.part_touched");
    EXPECT_EQ(refused(keep_whole(needs(), world.browser(), id, "", "r")), "voice.part_touched");
    world.expect_same_after_rebuild();
}

TEST_P(VoiceSplit, PartsAreShownAndErasedWithTheirWhole) {
    const VoiceId id = split_up(), lamp = made_of(id)[0];
    EXPECT_EQ(refused(hide(needs(), world.as("moderator"), lamp, Ground::advertising, "r")), "voice.part_with_whole");
    EXPECT_EQ(refused(hide(needs(), world.as("roads_moderator"), id, Ground::advertising, "r")),
              "voice.unit_concerned");
    const std::int64_t reported = must(report(needs(), {}, lamp, Ground::advertising, "it sells lamps"));
    EXPECT_EQ(find_report(*world.database->read(), reported)->voice, id);
    must(decide_report(needs(), world.as("moderator"), reported, true, "so it does"));
    EXPECT_EQ(world.get(lamp).shown, Shown::hidden);
    EXPECT_TRUE(withheld(*world.database->read(), lamp.value()));
    EXPECT_EQ(of(world.lamps).hidden, 1);
    EXPECT_EQ(world.count().hidden, 1) << "one message";
    EXPECT_EQ(refused(appeal(needs(), world.browser(), lamp, "", "r")), "voice.part_with_whole");
    must(appeal(needs(), world.browser(), id, "", "It does not"));
    must(show_again(needs(), world.as("moderator2"), id, "it does not"));
    EXPECT_EQ(world.get(lamp).shown, Shown::published);
    EXPECT_EQ(of(world.lamps).hidden, 0);

    const auto own = written_by_author(needs(), *world.database->read(), lamp, "visitor-a", "");
    ASSERT_TRUE(own);
    EXPECT_EQ(own->front(), id.value()) << "one message is erased in one";
    EXPECT_EQ(std::count(own->begin(), own->end(), lamp.value()), 1);
    world.erase(id.value());
    EXPECT_EQ(text(lamp), "");
    EXPECT_EQ(refused(split(needs(), world.as("clerk"), world.said("x").id, parts())), "voice.passage_unknown");
    world.expect_same_after_rebuild();
}

TEST_P(VoiceSplit, WhereNoUnitIsNamedTheTableSays) {
    world.change_rules(true);
    const VoiceId id = world.said(two_matters).id;
    std::vector<PartDraft> asked = parts();
    asked[0].unit.reset(), asked[0].category = "lamps";
    asked[1].unit.reset(), asked[1].category = "drains";
    must(split(needs(), world.as("clerk"), id, asked));
    EXPECT_EQ(world.get(made_of(id)[0]).unit, world.lamps);
    EXPECT_FALSE(world.get(made_of(id)[1]).unit) << "it waits for assignment";
    EXPECT_EQ(world.get(made_of(id)[1]).state, State::received);
    asked[0].category = "roofs";
    EXPECT_EQ(refused(split(needs(), world.as("clerk"), world.said(two_matters, "visitor-b").id, asked)),
              "voice.category_unknown");
    world.expect_same_after_rebuild();
}

TEST_P(VoiceSplit, WhatIsSilentIsCountedOnceHoweverOftenItIsReopened) {
    const VoiceId id = world.assigned().id;
    must(answer(needs(), world.as("roads"), id, Answer::agreed, "By Friday.", day_of("2026-12-20")));
    must(say_agreed(needs(), world.browser(), id, "", true, ""));
    world.go_to("2026-12-18");
    world.tick();
    EXPECT_EQ(world.get(id).state, State::closed_unrated);
    EXPECT_EQ(world.count().silent, 1);
    world.go_to("2026-12-22");
    must(judge_agreement(needs(), world.browser(), id, "", false, "It never came"));
    must(reopen(needs(), world.browser(), id, "", "It never came"));
    EXPECT_EQ(world.count().silent, 0) << "its author has spoken";
    must(answer(needs(), world.as("roads"), id, Answer::done, "Now.", {}));
    world.go_to("2027-03-01");
    world.tick();
    EXPECT_EQ(world.count().silent, 1);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceSplit, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
