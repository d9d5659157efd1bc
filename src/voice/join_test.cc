// One answer for voices that say the same, and what is overdue meanwhile.
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

TEST(VoiceJoinRules, WhatFitsTogether) {
    const rules::Who clerk = rules::officer(people::Role::clerk, false);
    const change::Counted own;
    const auto master = [](State state) {
        Case c = a_case(state);
        c.id = VoiceId(90);
        return c;
    };
    const auto tried = [&](const Case& c, const std::optional<Case>& other) {
        return rules::join(c, clerk, other, false, own, "the same lamp");
    };
    using enum State;
    for (State state : all_states) {
        const bool fits =
            state == received || state == assigned || state == asked_back || state == answered || state == rated;
        EXPECT_EQ(key(tried(a_case(assigned), master(state))), fits ? "" : "voice.join_unfit") << name(state);
    }
    EXPECT_EQ(at(tried(a_case(assigned), std::nullopt)), "master");
    EXPECT_EQ(key(tried(a_case(assigned), a_case(assigned))), "voice.join_unfit") << "itself";
    Case other = master(assigned);
    other.joined_to = VoiceId(80);
    EXPECT_EQ(key(tried(a_case(assigned), other)), "voice.join_unfit") << "it waits itself";
    other = master(assigned), other.shown = Shown::hidden;
    EXPECT_EQ(key(tried(a_case(assigned), other)), "voice.join_unfit") << "nobody could read the answer";
    other = master(assigned), other.audience = Audience::unit_only, other.shown = Shown::unit_only;
    EXPECT_EQ(key(tried(a_case(assigned), other)), "voice.join_unfit") << "its author could not read the answer";
    Case own_unit_only = a_case(assigned);
    own_unit_only.audience = Audience::unit_only, own_unit_only.shown = Shown::unit_only;
    EXPECT_EQ(key(tried(own_unit_only, other)), "");
    EXPECT_EQ(key(tried(own_unit_only, master(assigned))), "voice.join_unfit") << "it would show what it is about";
    other.unit = rules::elsewhere;
    EXPECT_EQ(key(tried(own_unit_only, other)), "voice.join_unfit") << "another unit would learn of it";

    Case apart = a_case(assigned);
    apart.apart = true;
    EXPECT_EQ(key(tried(apart, master(assigned))), "voice.kept_apart");
    EXPECT_EQ(key(rules::join(a_case(assigned), clerk, master(assigned), true, own, "r")), "voice.has_joined");
    EXPECT_EQ(key(rules::join(a_case(assigned), clerk, master(assigned), false, own, "")), "voice.reason_missing");
    const rules::Who handler = rules::officer(people::Role::officer, true);
    EXPECT_EQ(key(rules::join(a_case(assigned), handler, master(assigned), false, own, "r")), "");
    other = master(assigned), other.unit = rules::elsewhere;
    EXPECT_EQ(key(rules::join(a_case(assigned), handler, other, false, own, "r")), "voice.not_yours");
}

TEST(VoiceJoinRules, TheEarlierDayIsTakenOver) {
    const rules::Who clerk = rules::officer(people::Role::clerk, false);
    Case c = a_case(State::assigned), other = a_case(State::assigned);
    other.id = VoiceId(90);
    EXPECT_FALSE(rules::join(c, clerk, other, false, {}, "r")->sooner) << "the same day";
    c.due = kernel::parse_day("2026-12-04");
    EXPECT_TRUE(rules::join(c, clerk, other, false, {}, "r")->sooner);
    other.state = State::answered;
    EXPECT_FALSE(rules::join(c, clerk, other, false, {}, "r")->sooner) << "answered already";
    c.due = kernel::parse_day("2026-12-09"), other.state = State::assigned;
    EXPECT_FALSE(rules::join(c, clerk, other, false, {}, "r")->sooner);
}

class VoiceJoin : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs() const { return *world.needs; }
    std::vector<What> history(VoiceId id) {
        std::vector<What> all;
        for (const Step& s : steps(*world.database->read(), id)) all.push_back(s.what);
        return all;
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> now_overdue() {
        std::vector<std::pair<std::int64_t, std::int64_t>> all;
        for (const Overdue& one : overdue(*world.database->read())) all.emplace_back(one.n, one.far);
        return all;
    }
};

TEST_P(VoiceJoin, OneAnswerReachesAllAndEachJudgesIt) {
    const VoiceId master = world.assigned("visitor-a").id, copy = world.said("Dark lamp", "visitor-b").id;
    must(join(needs(), world.as("clerk"), copy, master, "the same lamp"));
    Case c = world.get(copy);
    EXPECT_EQ(c.state, State::joined);
    EXPECT_EQ(c.unit, world.roads);
    EXPECT_TRUE(waiting(*world.database->read(), {.unit = world.roads, .officer = {}, .after = {}}, 9).size() == 1)
        << "the desk has one matter";
    EXPECT_EQ(refused(answer(needs(), world.as("roads"), copy, Answer::done, "x", {})), "voice.refused_joined");
    EXPECT_EQ(refused(assign(needs(), world.as("clerk"), copy, world.lamps, {})), "voice.refused_joined");
    world.tick();
    EXPECT_EQ(world.get(copy).state, State::joined) << "nothing is answered yet";

    must(answer(needs(), world.as("roads"), master, Answer::dated, "Soon.", day_of("2027-01-15")));
    world.tick();
    world.tick();
    c = world.get(copy);
    EXPECT_EQ(c.state, State::answered);
    EXPECT_EQ(c.answer, Answer::dated);
    EXPECT_EQ(c.promised, day_of("2027-01-15"));
    EXPECT_EQ(c.answered_by, world.as("roads").officer);
    EXPECT_EQ(history(copy), (std::vector<What>{What::joined, What::answered_with}));
    EXPECT_EQ(world.count().answered, 2);
    must(rate(needs(), world.browser("visitor-b"), copy, "", false, 1, "Still dark"));
    must(rate(needs(), world.browser("visitor-a"), master, "", true, 5, ""));
    must(reopen(needs(), world.browser("visitor-b"), copy, "", "Still dark"));
    EXPECT_EQ(world.get(copy).state, State::assigned);
    EXPECT_EQ(world.get(master).state, State::rated);
    world.tick();
    EXPECT_EQ(world.get(copy).state, State::assigned) << "it is handled alone now";
    world.expect_same_after_rebuild();
}

TEST_P(VoiceJoin, EachKeepsItsOwnDayAndTheEarlierOneCounts) {
    const VoiceId early = world.assigned("visitor-a").id;
    world.go_to("2026-11-25");
    const VoiceId late = world.assigned("visitor-b").id;
    EXPECT_EQ(world.get(late).due, day_of("2026-12-09"));
    must(join(needs(), world.as("roads"), early, late, "the same lamp"));
    EXPECT_EQ(world.get(late).due, day_of("2026-12-07")) << "whoever handles it sees the earlier day";
    EXPECT_EQ(history(late).back(), What::due_sooner);
    EXPECT_EQ(refused(join(needs(), world.as("clerk"), late, early, "back")), "voice.has_joined");
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.get(early).late_days, 1) << "waiting with another stops no clock";
    EXPECT_EQ(now_overdue(), (std::vector{std::pair<std::int64_t, std::int64_t>(2, 0)}));
    must(answer(needs(), world.as("roads"), late, Answer::done, "It burns.", {}));
    EXPECT_EQ(now_overdue(), (std::vector{std::pair<std::int64_t, std::int64_t>(1, 0)}));
    world.tick();
    EXPECT_TRUE(now_overdue().empty());
    world.expect_same_after_rebuild();
}

TEST_P(VoiceJoin, PartedByStaffOrByItsAuthorForGood) {
    const VoiceId master = world.assigned("visitor-a").id, copy = world.assigned("visitor-b").id;
    must(join(needs(), world.as("roads"), copy, master, "the same lamp"));
    EXPECT_EQ(refused(separate(needs(), world.as("lamps"), copy, "r")), "voice.not_yours");
    must(separate(needs(), world.as("roads"), copy, "another lamp"));
    EXPECT_EQ(world.get(copy).state, State::assigned);
    must(join(needs(), world.as("roads"), copy, master, "the same after all"));
    EXPECT_EQ(refused(keep_apart(needs(), world.browser("visitor-c"), copy, "", "no")), "voice.code_wrong");
    must(keep_apart(needs(), world.browser("visitor-b"), copy, "", "mine is green"));
    EXPECT_EQ(world.get(copy).state, State::assigned);
    EXPECT_EQ(refused(join(needs(), world.as("roads"), copy, master, "r")), "voice.kept_apart");
    EXPECT_EQ(refused(keep_apart(needs(), world.browser("visitor-b"), copy, "", "twice")), "voice.refused_assigned");
    const auto own = written_by_author(needs(), *world.database->read(), copy, "visitor-b", "");
    EXPECT_EQ(own->size(), 2u) << "what was said about it can be erased too";
    world.erase(own->back());
    world.expect_same_after_rebuild();
}

TEST_P(VoiceJoin, AMasterThatIsTakenBackLeavesNobodyWaiting) {
    const VoiceId master = world.said("Lamp", "visitor-a").id, copy = world.said("Lamp", "visitor-b").id;
    must(join(needs(), world.as("clerk"), copy, master, "the same"));
    must(withdraw(needs(), world.browser("visitor-a"), master, "", false));
    world.tick();
    EXPECT_EQ(world.get(copy).state, State::received);
    EXPECT_EQ(history(copy), (std::vector<What>{What::joined, What::parted}));
    EXPECT_FALSE(world.get(copy).apart);
    world.go_to("2026-11-26");
    world.tick();
    EXPECT_EQ(history(copy).back(), What::late_accept) << "its clock went on";
}

TEST_P(VoiceJoin, WhoeverHasNotSeenWhatHappenedIsToldFirst) {
    const VoiceId id = world.assigned().id;
    const std::int64_t seen = newest_act(*world.database->read(), id);
    must(report(needs(), {}, id, Ground::empty, "look"));
    must(add_word(needs(), world.browser(), id, "", "The second lamp"));
    const auto late = answer(needs(), world.as("roads"), id, Answer::done, "It burns.", {}, {{}, seen});
    EXPECT_EQ(refused(late), "voice.changed_meanwhile");
    EXPECT_EQ(late.error().field, "seen");
    EXPECT_EQ(world.get(id).state, State::assigned);
    const std::int64_t now = newest_act(*world.database->read(), id);
    must(answer(needs(), world.as("roads"), id, Answer::done, "Both burn.", {}, {{}, now}));
    EXPECT_EQ(refused(answer(needs(), world.as("roads"), id, Answer::done, "Again", {}, {{}, now})),
              "voice.changed_meanwhile");
    must(answer(needs(), world.as("roads"), id, Answer::done, "Whatever stands there", {}));
}

TEST_P(VoiceJoin, WhatIsOverdueNow) {
    const VoiceId one = world.assigned("visitor-a").id, two = world.said("Lamp", "visitor-b").id;
    world.go_to("2026-12-08");
    world.tick();
    auto now = overdue(*world.database->read());
    ASSERT_EQ(now.size(), 2u);
    EXPECT_FALSE(now[0].unit) << "no unit has it";
    EXPECT_EQ(now[1].unit, world.roads);
    EXPECT_EQ(now[1].oldest, day_of("2026-12-07"));
    // Asking the author back makes nobody in time again.
    must(ask_back(needs(), world.as("roads"), one, "Which corner?"));
    must(add_word(needs(), world.browser("visitor-a"), one, "", "The second"));
    EXPECT_EQ(world.get(one).due, day_of("2026-12-07"));
    EXPECT_EQ(now_overdue().size(), 2u);
    must(assign(needs(), world.as("clerk"), two, world.roads, {}));
    EXPECT_EQ(now_overdue(), (std::vector{std::pair<std::int64_t, std::int64_t>(2, 0)}));
    world.go_to("2027-01-04");
    world.tick();
    EXPECT_EQ(now_overdue(), (std::vector{std::pair<std::int64_t, std::int64_t>(2, 2)}));
    const auto listed = overdue_of(*world.database->read(), world.roads, {}, 1);
    ASSERT_EQ(listed.size(), 1u);
    EXPECT_EQ(listed[0].id, one);
    const auto next = overdue_of(*world.database->read(), world.roads, Place{*listed[0].due, one}, 9);
    ASSERT_EQ(next.size(), 1u);
    EXPECT_EQ(next[0].id, two);
    must(answer(needs(), world.as("roads"), one, Answer::done, "It burns.", {}));
    must(withdraw(needs(), world.browser("visitor-b"), two, "", false));
    EXPECT_TRUE(now_overdue().empty());
    must(reopen(needs(), world.browser("visitor-a"), one, "", "Dark again"));
    EXPECT_TRUE(now_overdue().empty()) << "late once, and in time now";
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceJoin, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
