#include "store.h"

#include <set>

#include <gtest/gtest.h>

#include "test_world.h"

namespace review {
namespace {

class ReviewStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;
};

TEST_P(ReviewStore, ADraftIsKeptAsItWasMade) {
    const Draft d = world.draft_of(world.judged);
    const ReviewId id = world.drafted(d);
    EXPECT_EQ(world.get(id).frozen, d);
    EXPECT_EQ(world.get(id).state, State::drafted);
    EXPECT_FALSE(result(*world.database->read(), id));
    EXPECT_EQ(life(*world.database->read(), id).drafted.by, world.as("clerk").officer);
    EXPECT_EQ(slip(*world.database->read(), id.value())->link, "/reviews/" + std::to_string(id.value()));
    EXPECT_FALSE(slip(*world.database->read(), world.judged.value()));
    EXPECT_FALSE(review(*world.database->read(), ReviewId(world.judged.value())));
    EXPECT_EQ(world.waiting(), 0u);
    world.expect_same_after_rebuild();
}

TEST_P(ReviewStore, WhoRunsItAndWhoNever) {
    const Draft d = world.draft_of(world.judged);
    for (const char* login : {"roads_head", "roads_clerk", "lamps_head"})
        EXPECT_EQ(refused(draft(needs, world.as(login), d)), "review.conflict") << login;
    for (const char* login : {"owner", "auditor", "inspector"})
        EXPECT_EQ(refused(draft(needs, world.as(login), d)), "review.may_not") << login;
    EXPECT_EQ(refused(draft(needs, people::Actor{}, d)), "people.sign_in_first");
    Draft none = d;
    none.measure = measure::MeasureId(99'999);
    EXPECT_EQ(refused(draft(needs, world.as("clerk"), none)), "measure.unknown");
    const std::int64_t size = world.ledger->size();
    const Once once = kernel::random_hash();
    const ReviewId id = must(draft(needs, world.as("audit_head"), d, once));
    EXPECT_EQ(must(draft(needs, world.as("audit_head"), d, once)), id) << "the same form twice";
    EXPECT_EQ(world.ledger->size(), size + 1);
    EXPECT_EQ(refused(open(needs, world.as("roads_head"), id)), "review.conflict");
    EXPECT_EQ(refused(open(needs, world.as("owner"), id)), "review.may_not");
    EXPECT_EQ(refused(open(needs, world.as("clerk"), ReviewId(99'999))), "review.unknown");
    world.opened(id);
    world.go_to("2026-12-05");
    EXPECT_EQ(refused(close(needs, world.as("roads_head"), id)), "review.conflict");
    EXPECT_EQ(refused(close(needs, world.as("auditor"), id)), "review.may_not");
    must(close(needs, world.as("chief"), id));
}

TEST_P(ReviewStore, OnlyWhatMayBeJudgedIsOpenedAndOnlyOnce) {
    const measure::MeasureId early = world.adopted();
    const ReviewId id = world.drafted(world.draft_of(early));
    EXPECT_EQ(refused(open(needs, world.as("clerk"), id)), "measure.wrong_state");
    world.done(early);
    const Once once = kernel::random_hash();
    const Codes codes = must(open(needs, world.as("clerk"), id, once));
    EXPECT_EQ(refused(open(needs, world.as("clerk"), id, once)), "review.codes_shown") << "the same form twice";
    EXPECT_EQ(refused(open(needs, world.as("clerk"), id)), "review.wrong_state");
    const ReviewId another = world.drafted(world.draft_of(early));
    EXPECT_EQ(refused(open(needs, world.as("clerk"), another)), "review.another_open");
    ASSERT_EQ(codes.size(), 3u);
    std::set<std::string> different;
    for (std::size_t p = 0; p < 3; ++p) {
        EXPECT_EQ(static_cast<std::int64_t>(codes[p].size()), world.get(id).frozen.panels[p].roll);
        different.insert(codes[p].begin(), codes[p].end());
    }
    EXPECT_EQ(different.size(), 38u);
    EXPECT_EQ(world.count("select count(*) from review_mark"), 38);
    world.go_to("2026-12-04");
    const ReviewId late = world.drafted(world.draft_of(world.judged));
    world.go_to("2026-12-20");
    EXPECT_EQ(refused(open(needs, world.as("clerk"), late)), "review.day_has_come");
}

TEST_P(ReviewStore, OnceRoundTheLoop) {
    const ReviewId id = world.drafted();
    const Codes codes = world.voted(id);
    EXPECT_FALSE(result(*world.database->read(), id)) << "no result before the close";
    EXPECT_EQ(refused(close(needs, world.as("clerk"), id)), "review.too_early");
    world.go_to("2026-12-04");
    EXPECT_EQ(refused(close(needs, world.as("clerk"), id)), "review.too_early") << "the last day is a whole one";
    must(world.put(id, codes[0][24], {5, 5}));
    world.go_to("2026-12-05");
    EXPECT_EQ(refused(world.put(id, codes[0][25], {5, 5})), "review.over");
    must(close(needs, world.as("clerk"), id));
    EXPECT_EQ(refused(close(needs, world.as("clerk"), id)), "review.wrong_state");
    EXPECT_EQ(refused(world.put(id, codes[0][25], {5, 5})), "review.over");
    auto db = world.database->read();
    const Result r = result(*db, id).value();
    EXPECT_EQ(r.panels[0].cast, 25);
    EXPECT_EQ(r.panels[0].counts[0], (std::vector<std::int64_t>{2, 0, 4, 0, 0, 19}));
    EXPECT_EQ(r.panels[0].good, 19);
    EXPECT_EQ(r.panels[0].marks, 23);
    EXPECT_EQ(r.panels[1].counts[0], (std::vector<std::int64_t>{0, 0, 1, 0, 1, 0}));
    EXPECT_EQ(r.panels[2].cast, 4);
    EXPECT_FALSE(r.panels[2].shown) << "too small for k";
    EXPECT_TRUE(r.panels[2].counts.empty());
    EXPECT_EQ(r.percent, 74) << "(60 * 19/23 + 20 * 1/2) / 80";
    EXPECT_TRUE(r.accepted);
    EXPECT_EQ(world.measured().state, measure::State::accepted);
    EXPECT_EQ(world.measured().review, id.value());
    EXPECT_EQ(judged_percent(*db, world.judged), 74);
    EXPECT_TRUE(life(*db, id).applied);
    const auto signed_ones = named_ballots(*db, id, 1);
    ASSERT_EQ(signed_ones.size(), 2u);
    EXPECT_EQ(signed_ones[0].name + signed_ones[1].name == "A. DelegateB. Delegate" ||
                  signed_ones[1].name + signed_ones[0].name == "A. DelegateB. Delegate",
              true);
    EXPECT_EQ(spent_marks(*db, id, 0, "", 100).size(), 25u);
    EXPECT_EQ(world.waiting(), 0u) << "the box is empty, and the key is gone";
    const UnitCounts n = unit_counts(*db, world.roads, on("2026-12-01"), on("2026-12-31"));
    EXPECT_EQ(n.judged, 1);
    EXPECT_EQ(n.accepted, 1);
    EXPECT_EQ(n.returned + n.too_few, 0);
    EXPECT_EQ(unit_counts(*db, world.roads, on("2026-11-01"), on("2026-11-30")).judged, 0);
    world.expect_same_after_rebuild();
}

TEST_P(ReviewStore, TheClockEndsItAfterItsDay) {
    const ReviewId id = world.drafted();
    world.voted(id);
    world.go_to("2026-12-04");
    world.tick();
    EXPECT_EQ(world.get(id).state, State::open);
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_EQ(world.get(id).state, State::closed);
    EXPECT_FALSE(life(*world.database->read(), id).closed->by) << "by nobody";
}

TEST_P(ReviewStore, EarlyWhenEveryCodeIsUsed) {
    Draft d = world.draft_of(world.judged);
    d.panels = {{Group::people, "All", "by lot", 100, Secrecy::secret, 5}};
    const ReviewId id = world.drafted(d);
    const Codes codes = world.opened(id);
    world.many(id, codes[0], 0, 4, 1);
    EXPECT_EQ(refused(close(needs, world.as("clerk"), id)), "review.too_early");
    world.many(id, codes[0], 4, 1, 1);
    must(close(needs, world.as("clerk"), id));
    EXPECT_EQ(world.measured().state, measure::State::returned);
    EXPECT_EQ(world.measured().returned, 1);
    EXPECT_EQ(judged_percent(*world.database->read(), world.judged), 0);
}

TEST_P(ReviewStore, TooFewLeaveTheMeasureAsItWas) {
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    world.many(id, codes[0], 0, 4, 5);
    world.go_to("2026-12-05");
    world.tick();
    const Result r = result(*world.database->read(), id).value();
    EXPECT_FALSE(r.enough || r.accepted || r.percent);
    EXPECT_EQ(r.panels[0].cast, 4);
    EXPECT_EQ(world.measured().state, measure::State::verified);
    EXPECT_FALSE(judged_percent(*world.database->read(), world.judged));
    EXPECT_EQ(unit_counts(*world.database->read(), world.roads, on("2026-12-01"), on("2026-12-31")).too_few, 1);
    const auto entry = ledger::entry(*world.database->read(), life(*world.database->read(), id).closed->entry);
    EXPECT_EQ(kernel::canonical(entry->facts).find("answers"), std::string::npos) << "none below k, in the log either";
    // It can be judged again.
    const ReviewId again = world.drafted();
    const Codes more = world.opened(again);
    world.many(again, more[0], 0, 20, 4);
    world.go_to("2026-12-20");
    world.tick();
    EXPECT_EQ(world.measured().state, measure::State::accepted);
    world.expect_same_after_rebuild();
}

TEST_P(ReviewStore, TheLastAcceptedMeasureResolvesItsIssue) {
    voice::Draft said;
    said.cycle = world.round;
    said.text = "The 7 is late";
    said.lang = "en";
    people::Actor somebody;
    somebody.visitor = "a-browser-token-of-22-c";
    const auto voice = must(voice::receive(needs, somebody, said, std::nullopt)).id;
    const auto of = must(issue::suggest(needs, world.as("owner"), {world.round, "Late buses", "They come late", "en"}));
    must(issue::gather(needs, world.as("owner"), of, {voice}, {}));
    must(issue::confirm(needs, world.as("clerk"), of, 0, ""));
    const auto within = [&](auto act) {
        must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::int64_t index = w.next_index();
            if (const kernel::Checked done = act(w); !done) return done.error();
            return index;
        }));
    };
    within([&](ledger::Writing& w) { return issue::put_before(w, of, 5); });
    within([&](ledger::Writing& w) { return issue::decided(w, of, 7, true, ""); });
    const measure::MeasureId id = world.verified(of);
    const ReviewId judgement = world.drafted(world.draft_of(id));
    const Codes codes = world.opened(judgement);
    world.many(judgement, codes[0], 0, 10, 5);
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_EQ(issue::issue(*world.database->read(), of)->state, issue::State::resolved);
    world.expect_same_after_rebuild();
}

TEST_P(ReviewStore, AMeasureThatChangedMeanwhileIsLeftAlone) {
    const measure::MeasureId id = world.adopted();
    world.done(id);
    const ReviewId first = world.drafted(world.draft_of(id));
    const Codes codes = world.opened(first);
    world.many(first, codes[0], 0, 10, 5);
    // Judged by another way before the close.
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const std::int64_t index = w.next_index();
        if (auto done = measure::judge(w, id, 9, false); !done) return done.error();
        return index;
    }));
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_EQ(world.get(first).state, State::closed);
    EXPECT_FALSE(life(*world.database->read(), first).applied);
    EXPECT_EQ(measure::measure(*world.database->read(), id)->state, measure::State::returned);
    EXPECT_TRUE(result(*world.database->read(), first)->accepted) << "what they said stands all the same";
}

TEST_P(ReviewStore, TheLastGateSaysHowManyMoreThereAre) {
    for (int n = 0; n < 24; ++n) world.adopted("Measure " + std::to_string(n));
    auto db = world.database->read();
    const auto missing = gate()(*db, *cycle::cycle(*db, world.round), cycle::Phase::closed);
    ASSERT_EQ(missing.size(), 21u);
    EXPECT_EQ(missing.back().key, "review.gate_more");
    EXPECT_EQ(missing.back().args.at(0).second, "5") << "24 and the one of the world";
}

TEST_P(ReviewStore, ARoundEndsWhenEveryMeasureIsJudgedOrListed) {
    auto missing = [&] {
        auto db = world.database->read();
        std::vector<std::string> keys;
        for (const kernel::Error& e : gate()(*db, *cycle::cycle(*db, world.round), cycle::Phase::closed))
            keys.push_back(e.key + " " + e.args.at(1).second);
        return keys;
    };
    auto db = world.database->read();
    EXPECT_TRUE(gate()(*db, *cycle::cycle(*db, world.round), cycle::Phase::report).empty());
    const std::string judged = std::to_string(world.judged.value());
    const measure::MeasureId other = world.adopted("Lamps");
    EXPECT_EQ(missing(), (std::vector<std::string>{"review.gate_unjudged /measures/" + std::to_string(other.value()),
                                                   "review.gate_unjudged /measures/" + judged}));
    EXPECT_EQ(refused(pass_over(needs, world.as("roads_head"), other, "x")), "review.conflict");
    EXPECT_EQ(refused_at(pass_over(needs, world.as("clerk"), other, "")), "reason review.reason_missing");
    must(pass_over(needs, world.as("clerk"), other, "It was not begun"));
    EXPECT_EQ(refused(pass_over(needs, world.as("clerk"), other, "again")), "review.listed_already");
    const ReviewId id = world.drafted();
    world.voted(id);
    EXPECT_EQ(missing(), (std::vector<std::string>{"review.gate_open /reviews/" + std::to_string(id.value())}));
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_TRUE(missing().empty());
    EXPECT_EQ(passed_over_in(*db, world.round, {}, 10).at(0).reason, "It was not begun");
    world.expect_same_after_rebuild();
}

TEST_P(ReviewStore, ListsNewestFirst) {
    std::vector<ReviewId> made;
    for (int i = 0; i < 5; ++i) made.push_back(world.drafted());
    world.opened(made[1]);
    const auto ids = [&](auto edit) {
        Filter f;
        edit(f);
        std::vector<ReviewId> all;
        for (const Review& r : reviews(*world.database->read(), f)) all.push_back(r.id);
        return all;
    };
    using Ids = std::vector<ReviewId>;
    EXPECT_EQ(ids([](Filter& f) { f.at_most = 2; }), (Ids{made[4], made[3]}));
    EXPECT_EQ(ids([&](Filter& f) { f.before = made[3], f.at_most = 2; }), (Ids{made[2], made[1]}));
    EXPECT_EQ(ids([&](Filter& f) { f.after = made[1], f.at_most = 2; }), (Ids{made[3], made[2]}));
    EXPECT_EQ(ids([&](Filter& f) { f.state = State::open; }), Ids{made[1]});
    EXPECT_EQ(reviews_of(*world.database->read(), world.judged).size(), 5u);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReviewStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace review
