// 问计: what people would do is gathered apart, in the act that takes the message.
#include "advice.h"

#include <gtest/gtest.h>

#include "rules.h"
#include "store.h"
#include "test_world.h"

namespace issue {
namespace {

TEST(AdviceRules, AskedOnceConfirmedUntilItIsOver) {
    const std::pair<State, bool> states[] = {
        {State::suggested, false}, {State::confirmed, true}, {State::dismissed, false}, {State::before_body, true},
        {State::adopted, true},    {State::refused, false},  {State::resolved, false},  {State::carried_over, false}};
    for (const auto& [state, asked] : states) {
        Issue i;
        i.state = state;
        const auto may = rules::takes_advice(i);
        EXPECT_EQ(may.has_value(), asked) << name(state);
        if (!may) { EXPECT_EQ(may.error().key, "issue.advice_not_asked"); }
    }
}

class IssueAdvice : public testing::TestWithParam<db::Engine> {
protected:
    IssueId confirmed() {
        const IssueId id = world.suggested();
        must(gather(*world.needs, world.as("officer"), id, {world.say("zoe", "late")}, {}));
        must(confirm(*world.needs, world.as("clerk"), id, 0, ""));
        return id;
    }
    kernel::Result<voice::Received> say(const std::string& who, IssueId id, const std::string& text,
                                        voice::Audience audience = voice::Audience::open, Once once = {}) {
        return advise(*world.needs, world.visitor(who), id, {text, "en", audience}, once);
    }
    AdviceCounts counted(IssueId id) { return advice_counts(*world.database->read(), id); }

    World world{GetParam()};
};

TEST_P(IssueAdvice, CountsApartAndPeopleOnce) {
    const IssueId id = confirmed();
    const Issue before = world.get(id);
    const auto a = must(say("anna", id, "Run a minibus on demand")).id;
    must(say("anna", id, "Or share taxis"));
    const auto closed = must(say("bert", id, "Ask my employer", voice::Audience::unit_only)).id;
    const AdviceCounts n = counted(id);
    EXPECT_EQ(n.voices, 3);
    EXPECT_EQ(n.closed, 1);
    EXPECT_EQ(n.people, 2);
    const Issue after = world.get(id);
    EXPECT_EQ(after.voices, before.voices);
    EXPECT_EQ(after.people, before.people);
    auto db = world.database->read();
    EXPECT_EQ(advice_of(*db, id, {}, 10).size(), 2u) << "what is not public is a number alone";
    EXPECT_EQ(advice_of(*db, id, advice_of(*db, id, {}, 1).front(), 10), std::vector<voice::VoiceId>{a});
    ASSERT_EQ(advised_by(*db, closed).size(), 1u);
    EXPECT_TRUE(issues_of(*db, a).empty());
    EXPECT_EQ(voice::voice(*db, a)->kind, voice::Kind::suggestion);
    EXPECT_EQ(slip(*db, a.value() + 1)->link, "/issues/" + std::to_string(id.value()));
    EXPECT_EQ(refused(gather(*world.needs, world.as("officer"), id, {a}, {})), "issue.voice_is_advice");
    world.erase(a.value());
    EXPECT_EQ(counted(id).voices, 3);
    world.expect_same_after_rebuild();
}

TEST_P(IssueAdvice, OnlyWhileItIsAskedAndNothingIsLeftOfARefusal) {
    const IssueId id = world.suggested();
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(refused(say("anna", id, "A minibus")), "issue.advice_not_asked");
    EXPECT_EQ(refused(say("anna", IssueId(9999), "A minibus")), "issue.unknown");
    const IssueId asked = confirmed();
    const std::int64_t later = world.ledger->size();
    EXPECT_EQ(refused(say("anna", asked, "")), "voice.text_missing");
    EXPECT_EQ(world.ledger->size(), later);
    EXPECT_LT(size, later);
    EXPECT_EQ(counted(asked).voices, 0);
}

TEST_P(IssueAdvice, TheSameFormTwiceIsOnce) {
    const IssueId id = confirmed();
    const Once once = kernel::random_hash();
    const auto first = must(say("anna", id, "A minibus", voice::Audience::open, once)).id;
    EXPECT_EQ(must(say("anna", id, "A minibus", voice::Audience::open, once)).id, first);
    EXPECT_EQ(counted(id).voices, 1);
}

TEST_P(IssueAdvice, TheRoundNeedNotGatherItAndTheDeskTakesItLater) {
    const IssueId id = confirmed();
    const auto in_round = must(say("anna", id, "A minibus")).id;
    EXPECT_EQ(voice::voice(*world.database->read(), in_round)->cycle, world.round);
    // Nobody gathered it, and it is dealt with.
    must(cycle::advance(*world.needs, world.as("head"), world.round, cycle::Phase::decide, {}, ""));
    const auto at_desk = must(say("bert", id, "Share taxis")).id;
    auto db = world.database->read();
    EXPECT_EQ(voice::voice(*db, at_desk)->cycle, cycle::standing_desk(*db).id);
    EXPECT_EQ(counted(id).voices, 2);
    must(world.within([&](ledger::Writing& w) { return put_before(w, id, 5); }));
    must(world.within([&](ledger::Writing& w) { return decided(w, id, 7, true, ""); }));
    must(say("carl", id, "Begin in the east"));
    must(world.within([&](ledger::Writing& w) { return resolved(w, id, 9); }));
    EXPECT_EQ(refused(say("dora", id, "Too late")), "issue.advice_not_asked");
    world.expect_same_after_rebuild();
}

TEST_P(IssueAdvice, StaffWriteDownWhatACallerSays) {
    const IssueId id = confirmed();
    const auto typed = must(advise(*world.needs, world.as("officer"), id,
                                   {"By telephone", "en", voice::Audience::open, voice::Way::telephone}));
    EXPECT_EQ(typed.code, "") << "whoever typed it sees no code";
    EXPECT_EQ(voice::voice(*world.database->read(), typed.id)->way, voice::Way::telephone);
    EXPECT_EQ(counted(id).voices, 1);
    EXPECT_EQ(refused(advise(*world.needs, world.visitor("anna"), id,
                             {"x", "en", voice::Audience::open, voice::Way::telephone})),
              "voice.way_needs_staff");
}

INSTANTIATE_TEST_SUITE_P(Engines, IssueAdvice, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace issue
