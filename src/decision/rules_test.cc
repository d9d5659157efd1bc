#include "rules.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

namespace decision {
namespace {

Rules preset_of(std::string_view id) {
    for (Rules& r : presets())
        if (r.preset == id) return r;
    throw std::runtime_error("no such preset");
}

struct Vector {
    const char* preset;
    std::int64_t seats, present;
    Tally tally;
    bool quorum;
    std::int64_t needed;
    bool carried;
};

TEST(DecisionOutcome, AcceptanceVectors) {
    const Vector all[] = {
        {"cn.npcsc", 12, 7, {6, 0, 1}, true, 7, false},
        {"cn.npcsc", 12, 7, {7, 0, 0}, true, 7, true},
        {"cn.npcsc", 12, 6, {6, 0, 0}, false, 7, false},
        {"cn.village.reps", 12, 8, {4, 2, 2}, true, 5, false},
        {"cn.village.reps", 12, 8, {5, 1, 2}, true, 5, true},
        {"cn.village.reps", 12, 7, {7, 0, 0}, false, 4, false},
        {"de.works_council", 7, 4, {2, 2, 0}, true, 3, false},
        {"de.works_council", 7, 4, {2, 1, 1}, true, 3, false},
        {"de.works_council", 7, 4, {3, 1, 0}, true, 3, true},
        {"de.works_council", 7, 3, {3, 0, 0}, false, 2, false},
        {"us.ronr", 8, 8, {3, 2, 3}, true, 3, true},
        {"us.ronr", 8, 8, {0, 0, 8}, true, 1, false},
        {"cn.workers.congress.shanghai", 8, 8, {4, 4, 0}, true, 4, true},
        {"cn.workers.congress.zhejiang", 8, 8, {4, 4, 0}, true, 5, false},
    };
    for (const Vector& v : all) {
        const Outcome o = outcome(preset_of(v.preset), v.seats, v.seats, v.present, v.tally, {});
        EXPECT_EQ(o.quorum, v.quorum) << v.preset;
        EXPECT_EQ(o.needed, v.needed) << v.preset;
        EXPECT_EQ(o.carried, v.carried) << v.preset;
    }
}

TEST(DecisionOutcome, TwoThirdsOfAreaAndOfHeads) {
    const Fraction two_thirds{2, 3, false, Base::filled};
    EXPECT_TRUE(two_thirds.reached(70, 100));
    EXPECT_FALSE(two_thirds.reached(66, 100));
    EXPECT_FALSE(two_thirds.reached(70, 100) && two_thirds.reached(66, 100));
}

// The same votes under each base: abstaining and staying away count only where the base says so.
TEST(DecisionOutcome, BaseAndStrictnessDecideWhatAbstainingDoes) {
    struct Row {
        Base base;
        bool strict;
        Tally tally;
        std::int64_t of, needed;
        bool carried;
    };
    const Row rows[] = {
        // 12 seats, 10 members, 8 present
        {Base::seats, true, {6, 0, 2}, 12, 7, false},  {Base::seats, false, {6, 0, 2}, 12, 6, true},
        {Base::filled, true, {5, 0, 3}, 10, 6, false}, {Base::filled, false, {5, 0, 3}, 10, 5, true},
        {Base::present, true, {4, 0, 4}, 8, 5, false}, {Base::present, false, {4, 0, 4}, 8, 4, true},
        {Base::present, true, {4, 0, 0}, 8, 5, false}, {Base::cast, true, {1, 0, 7}, 1, 1, true},
        {Base::cast, true, {3, 3, 2}, 6, 4, false},    {Base::cast, false, {3, 3, 2}, 6, 3, true},
        {Base::cast, true, {0, 0, 8}, 0, 1, false},    {Base::cast, false, {0, 0, 8}, 0, 1, false},
        {Base::cast, false, {0, 0, 0}, 0, 1, false},
    };
    for (const Row& row : rows) {
        Rules r;
        r.quorum = {1, 2, false, Base::filled}, r.majority = {1, 2, row.strict, row.base};
        EXPECT_EQ(outcome(r, 12, 10, 8, row.tally, {}), (Outcome{true, row.carried, row.of, row.needed}))
            << name(row.base) << row.strict << row.tally.yes;
    }
}

TEST(DecisionOutcome, StrictAndNotStrictAtHalf) {
    Rules r;
    r.quorum = {0, 1, false, Base::filled};
    r.majority = {1, 2, true, Base::cast};
    EXPECT_FALSE(outcome(r, 100, 100, 100, {50, 50, 0}, {}).carried);
    r.majority.strict = false;
    EXPECT_TRUE(outcome(r, 100, 100, 100, {50, 50, 0}, {}).carried);
    EXPECT_FALSE(outcome(r, 100, 100, 100, {0, 0, 100}, {}).carried);
}

TEST(DecisionOutcome, NeedTable) {
    struct Row {
        std::int64_t n, half, two_thirds, three_quarters;
    };
    for (const Row& row : {Row{5, 3, 4, 4}, {7, 4, 5, 6}, {8, 5, 6, 6}, {9, 5, 6, 7}, {11, 6, 8, 9}, {12, 7, 8, 9}}) {
        EXPECT_EQ((Fraction{1, 2, true, Base::cast}.needed(row.n)), row.half) << row.n;
        EXPECT_EQ((Fraction{2, 3, false, Base::cast}.needed(row.n)), row.two_thirds) << row.n;
        EXPECT_EQ((Fraction{3, 4, false, Base::cast}.needed(row.n)), row.three_quarters) << row.n;
    }
}

TEST(DecisionOutcome, NeededIsTheLeastThatReaches) {
    for (std::int64_t d = 1; d <= 7; ++d)
        for (std::int64_t n = 0; n <= d; ++n)
            for (bool strict : {false, true})
                for (std::int64_t whole = 1; whole <= 40; ++whole) {
                    const Fraction f{n, d, strict, Base::cast};
                    const std::int64_t needed = f.needed(whole);
                    EXPECT_TRUE(f.reached(needed, whole));
                    EXPECT_TRUE(needed == 0 || !f.reached(needed - 1, whole));
                }
}

TEST(DecisionOutcome, TheChairDecidesATieOnlyWhereTheRulesSaySo) {
    const Rules council = preset_of("uk.council"), ronr = preset_of("us.ronr");
    EXPECT_TRUE(outcome(council, 8, 8, 8, {4, 4, 0}, true).carried);
    EXPECT_FALSE(outcome(council, 8, 8, 8, {4, 4, 0}, false).carried);
    EXPECT_FALSE(outcome(council, 8, 8, 8, {4, 4, 0}, {}).carried);
    EXPECT_FALSE(outcome(council, 8, 8, 8, {3, 4, 1}, true).carried);
    EXPECT_FALSE(outcome(ronr, 8, 8, 8, {4, 4, 0}, true).carried);
}

TEST(DecisionRules, OwnFiguresAreChecked) {
    const auto key = [](const Rules& r) {
        const auto ok = rules::check_rules(r);
        return ok ? std::string() : ok.error().key;
    };
    EXPECT_EQ(key({}), "");
    for (const Rules& r : presets()) EXPECT_EQ(key(r), "") << r.preset;
    Rules r = presets().front();
    r.majority.numerator = 0;
    EXPECT_EQ(key(r), "decision.preset_unknown");
    for (const Fraction& wrong : {Fraction{0, 1, false, Base::cast},
                                  {1, 0, false, Base::cast},
                                  {3, 2, false, Base::cast},
                                  {1, 1, true, Base::cast},
                                  {-1, 2, true, Base::cast},
                                  {1, 1001, true, Base::cast}}) {
        Rules own;
        own.majority = wrong;
        EXPECT_EQ(key(own), "decision.fraction_wrong") << wrong.numerator << "/" << wrong.denominator;
    }
    Rules own;
    own.quorum.base = Base::present;
    EXPECT_EQ(key(own), "decision.quorum_base");
    own = {};
    own.notice_days = -1;
    EXPECT_EQ(key(own), "decision.notice_range");
}

people::Actor actor_with(std::int64_t id, std::vector<people::Role> roles) {
    people::Actor a;
    a.officer = people::OfficerId(id);
    a.roles = std::move(roles);
    return a;
}

TEST(DecisionRules, WhoMayVote) {
    using people::Role;
    const std::vector<Member> roll = {{people::OfficerId(3), "A", true, true},
                                      {people::OfficerId(4), "B", false, false}};
    Motion m;
    m.state = MotionState::voting;
    const auto key = [&](const people::Actor& a) {
        const auto ok = rules::may_vote(a, m, roll);
        return ok ? std::string() : ok.error().key;
    };
    EXPECT_EQ(key(actor_with(3, {Role::member})), "");
    EXPECT_EQ(key(actor_with(3, {Role::administrator})), "decision.administrator_never");
    EXPECT_EQ(key(actor_with(3, {Role::clerk})), "decision.not_on_roll");
    EXPECT_EQ(key(actor_with(4, {Role::member})), "decision.not_present");
    EXPECT_EQ(key(actor_with(5, {Role::member})), "decision.not_on_roll");
    EXPECT_EQ(key({}), "people.sign_in_first");
    for (MotionState s : {MotionState::tabled, MotionState::carried, MotionState::lost, MotionState::no_quorum}) {
        m.state = s;
        EXPECT_EQ(key(actor_with(3, {Role::member})), "decision.no_voting");
    }
}

// Who may do what, at each step of a sitting.
TEST(DecisionRules, EachStepHasItsStateAndItsRole) {
    using people::Role;
    const std::vector<Member> roll = {{people::OfficerId(3), "A", true, true},
                                      {people::OfficerId(4), "B", false, true}};
    issue::Issue issue;
    issue.id = issue::IssueId(9), issue.cycle = people::CycleId(2), issue.state = issue::State::before_body;
    cycle::Cycle round;
    round.id = people::CycleId(2), round.phase = cycle::Phase::decide;
    MotionDraft draft;
    draft.issue = issue.id, draft.title = "T", draft.kind = MotionKind::refuse, draft.reason = "R";
    Motion motion;
    motion.kind = MotionKind::refuse, motion.reason = "R";
    const kernel::Day day{20'000};
    using Act = std::function<std::string(const people::Actor&, const Sitting&)>;
    const auto key = [](const auto& result) { return result ? std::string() : result.error().key; };
    struct Row {
        const char* what;
        Act act;
        std::vector<SittingState> in;
    };
    using S = SittingState;
    const Row rows[] = {
        {"table", [&](const auto& a, const auto& s) { return key(rules::table(a, s, {}, issue, draft)); }, {S::called}},
        {"agenda", [&](const auto& a, const auto& s) { return key(rules::publish_agenda(a, s, 1)); }, {S::called}},
        {"open", [&](const auto& a, const auto& s) { return key(rules::open(a, s, day)); }, {S::agenda}},
        {"put",
         [&](const auto& a, const auto& s) { return key(rules::put(a, s, round, motion, issue, {})); },
         {S::open}},
        {"come",
         [&](const auto& a, const auto& s) {
             return key(
                 rules::attend(a, s, {{people::OfficerId(7), "C", false, false}}, {}, people::OfficerId(7), true, day));
         },
         {S::agenda, S::open}},
        {"minutes",
         [&](const auto& a, const auto& s) { return key(rules::minutes(a, s, {}, "Said", day)); },
         {S::agenda, S::open, S::voted}},
    };
    for (const Row& row : rows)
        for (S state : {S::called, S::agenda, S::open, S::voted, S::minutes, S::signed_}) {
            Sitting s;
            s.state = state, s.cycle = round.id, s.day = day, s.seats = s.roll = s.present = 2;
            s.frozen.quorum = {1, 2, false, Base::filled};
            const bool now = std::find(row.in.begin(), row.in.end(), state) != row.in.end();
            EXPECT_EQ(row.act(actor_with(1, {Role::clerk}), s), now ? "" : "decision.wrong_state")
                << row.what << name(state);
            for (Role role : people::all_roles)
                if (role != Role::clerk) {
                    EXPECT_EQ(row.act(actor_with(1, {role}), s), "decision.clerk_only")
                        << row.what << people::name(role);
                }
            EXPECT_EQ(row.act({}, s), "people.sign_in_first") << row.what;
        }
}

TEST(DecisionRules, PhasesInWhichItIsDecided) {
    Sitting s;
    s.state = SittingState::open;
    Motion m;
    issue::Issue issue;
    issue.state = issue::State::before_body;
    using P = cycle::Phase;
    for (P phase : {P::prepare, P::consult, P::decide, P::act, P::report, P::review, P::closed}) {
        cycle::Cycle round;
        round.phase = phase;
        const auto put = rules::put(actor_with(1, {people::Role::clerk}), s, round, m, issue, {});
        EXPECT_EQ(put.has_value(), phase >= P::decide && phase != P::closed) << cycle::name(phase);
        EXPECT_EQ(put ? "" : put.error().key, put ? "" : "decision.not_in_phase");
        round.standing = true;
        EXPECT_TRUE(rules::put(actor_with(1, {people::Role::clerk}), s, round, m, issue, {}));
    }
}

TEST(DecisionRules, OnlyTheChairSignsAndNeverTheirOwnMinutes) {
    const std::vector<Member> roll = {{people::OfficerId(3), "A", true, true},
                                      {people::OfficerId(4), "B", false, true}};
    Sitting s;
    s.state = SittingState::minutes;
    const auto key = [&](std::int64_t who, std::int64_t wrote) {
        const auto ok = rules::sign(actor_with(who, {people::Role::member}), s, roll, people::OfficerId(wrote));
        return ok ? std::string() : ok.error().key;
    };
    EXPECT_EQ(key(3, 9), "");
    EXPECT_EQ(key(4, 9), "decision.chair_only");
    EXPECT_EQ(key(3, 3), "decision.own_minutes");
    s.state = SittingState::voted;
    EXPECT_EQ(key(3, 9), "decision.wrong_state");
}

}  // namespace
}  // namespace decision
