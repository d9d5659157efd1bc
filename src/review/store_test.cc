#include "store.h"

#include <algorithm>
#include <map>
#include <random>
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
    EXPECT_EQ(world.waiting(), 0);
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
    EXPECT_EQ(world.waiting(), 0) << "the box is empty, and the key is gone";
    const UnitCounts n = unit_counts(*db, world.roads, on("2026-12-01"), on("2026-12-31"));
    EXPECT_EQ(n.judged, 1);
    EXPECT_EQ(n.accepted, 1);
    EXPECT_EQ(n.returned + n.too_few, 0);
    EXPECT_EQ(unit_counts(*db, world.roads, on("2026-11-01"), on("2026-11-30")).judged, 0);
    world.expect_same_after_rebuild();
}

TEST_P(ReviewStore, TheMarkShownToTheVoterStandsInTheList) {
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    std::set<std::string> told;
    for (std::size_t i = 0; i < 8; ++i) told.insert(must(world.put(id, codes[0][i], {4, 4})));
    EXPECT_EQ(told.size(), 8u);
    world.go_to("2026-12-05");
    must(close(needs, world.as("clerk"), id));
    const auto listed = spent_marks(*world.database->read(), id, 0, "", 100);
    EXPECT_EQ(std::set(listed.begin(), listed.end()), told);
    EXPECT_TRUE(std::is_sorted(listed.begin(), listed.end()));
}

TEST_P(ReviewStore, BallotsThatAreNotTaken) {
    const ReviewId id = world.drafted();
    EXPECT_EQ(refused(world.put(id, "1", {5, 5})), "review.not_open_yet");
    const Codes codes = world.opened(id);
    const std::string good = codes[0][0];
    must(world.put(id, codes[0][1], {5, 5}));
    EXPECT_EQ(refused(world.put(ReviewId(99'999), good, {5, 5})), "review.unknown");
    EXPECT_EQ(refused_at(world.put(id, "", {5, 5})), "code review.code_malformed");
    EXPECT_EQ(refused_at(world.put(id, "12345", {5, 5})), "code review.code_malformed");
    EXPECT_EQ(refused_at(world.put(id, kernel::Code25::random().digits(), {5, 5})), "code review.code_unknown");
    EXPECT_EQ(refused_at(world.put(id, codes[0][1], {5, 5})), "code review.code_spent");
    EXPECT_EQ(refused_at(world.put(id, good, {5})), "q2 review.answers_count");
    EXPECT_EQ(refused_at(world.put(id, codes[0][1], {5})), "q2 review.answers_count") << "says nothing of the code";
    EXPECT_EQ(refused_at(world.put(id, "x", {5, 9})), "q2 review.answer_range");
    EXPECT_EQ(refused_at(world.put(id, good, {5, 5}, "A. N.")), "name review.secret_has_no_name");
    EXPECT_EQ(refused_at(world.put(id, codes[1][0], {5, 5})), "name review.name_missing");
    EXPECT_EQ(refused_at(world.put(id, codes[1][0], {5, 5}, "A. N.")), "reasons review.reasons_missing");
    EXPECT_EQ(refused_at(world.put(id, codes[1][0], {5, 5}, "Post of lamps_head", "good")), "name review.of_owner_unit");
    EXPECT_EQ(world.count("select count(*) from review_box"), 1);
    EXPECT_EQ(world.count("select count(*) from review_spent"), 1);
    must(world.put(id, good, {5, 5}));
    const auto code = kernel::Code25::parse(codes[0][2]);
    must(world.put(id, code->words(), {0, 0}));
    // Another review's code is no code of this one.
    const measure::MeasureId other = world.verified();
    const ReviewId second = world.drafted(world.draft_of(other));
    const Codes theirs = world.opened(second);
    EXPECT_EQ(refused(world.put(id, theirs[0][0], {5, 5})), "review.code_unknown");
    must(world.put(second, theirs[0][0], {5, 5}));
}

TEST_P(ReviewStore, ABallotLeavesNothingInTheLedgerAndNoTime) {
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    const std::int64_t size = world.ledger->size();
    const std::string checkpoint = world.ledger->checkpoint();
    const std::int64_t tokens = world.count("select count(*) from once");
    const auto digests = db::state_digests(*world.database->read());
    for (std::size_t i = 0; i < 6; ++i)
        must(cast(needs, id, codes[0][i], {5, 5}, "", "", kernel::random_hash()));
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(world.ledger->checkpoint(), checkpoint);
    EXPECT_EQ(world.count("select count(*) from once"), tokens) << "no token tells the order";
    EXPECT_EQ(db::state_digests(*world.database->read()), digests);
    EXPECT_EQ(world.count("select count(*) from review_box"), 6);
}

// Whoever reads both tables as they lie, in key order or in the order in which the engine finds them, cannot pair codes
// and ballots by their place: neither stands in the order of casting, and PostgreSQL's transaction numbers join many.
TEST_P(ReviewStore, TheBoxHasNoOrder) {
    Draft d = world.draft_of(world.judged);
    d.questions.resize(1);
    d.panels = {{Group::people, "All", "by lot", 100, Secrecy::secret, 30}};
    const ReviewId id = world.drafted(d);
    const Codes codes = world.opened(id);
    std::vector<std::string> order;  // of casting
    std::string cast_order;
    for (std::size_t i = 0; i < 20; ++i) {
        const int answer = i < 10 ? 1 : 5;
        order.push_back(must(world.put(id, codes[0][i], {answer})));
        cast_order += static_cast<char>('0' + answer);
    }
    auto db = world.database->read();
    std::vector<std::string> marks;
    std::string answers;
    for (const db::Row& row : db->query("select mark from review_spent")) marks.push_back(row.text(0));
    for (const db::Row& row : db->query("select answers from review_box")) answers += row.text(0);
    EXPECT_NE(marks, order);
    EXPECT_NE(answers, cast_order);
    EXPECT_NE(answers, std::string(cast_order.rbegin(), cast_order.rend()));
    // Twenty rows are all moved with every ballot, so that the last ballot wrote all of them.
    if (GetParam() == db::Engine::postgres) {
        EXPECT_EQ(world.count("select count(distinct xmin::text) from review_spent"), 1);
        EXPECT_EQ(world.count("select count(distinct xmin::text) from review_box"), 1);
    }
    std::set<std::string> kept(marks.begin(), marks.end());
    EXPECT_EQ(kept, std::set(order.begin(), order.end())) << "moving loses and doubles nothing";
    EXPECT_EQ(std::count(answers.begin(), answers.end(), '1'), 10);
    EXPECT_EQ(std::count(answers.begin(), answers.end(), '5'), 10);
}

TEST_P(ReviewStore, ManyBallotsAreMovedAndNoneIsLost) {
    Draft d = world.draft_of(world.judged, 200);
    d.questions.resize(1);
    const ReviewId id = world.drafted(d);
    const Codes codes = world.opened(id);
    std::vector<std::int64_t> said(6);
    std::mt19937 random(3);
    for (std::size_t i = 0; i < 120; ++i) {
        const int answer = static_cast<int>(random() % 6);
        ++said[static_cast<std::size_t>(answer)];
        must(world.put(id, codes[0][i], {answer}));
    }
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_EQ(result(*world.database->read(), id)->panels[0].counts[0], said);
}

TEST_P(ReviewStore, ARestartKeepsTheBox) {
    const ReviewId id = world.drafted();
    const Codes codes = world.voted(id);
    world.restart();
    EXPECT_EQ(refused(world.put(id, codes[0][0], {5, 5})), "review.code_spent");
    must(world.put(id, codes[0][29], {5, 5}));
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_EQ(result(*world.database->read(), id)->panels[0].cast, 25);
    EXPECT_EQ(world.get(id).state, State::closed);
    EXPECT_EQ(world.measured().state, measure::State::accepted);
    EXPECT_EQ(world.waiting(), 0);
}

// An end in the middle of anything leaves all of it or nothing.
TEST_P(ReviewStore, AnEndInTheMiddleLosesAndDoublesNothing) {
    const ReviewId id = world.drafted();
    const Codes codes = world.voted(id);
    const std::int64_t size = world.ledger->size(), kept = world.waiting();
    const auto broken = [&](auto act) {
        const auto ends = [&] {
            return world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                act(w);
                throw std::runtime_error("the power went");
            });
        };
        EXPECT_THROW((void)ends().has_value(), std::runtime_error);
        EXPECT_EQ(world.ledger->size(), size);
        EXPECT_EQ(world.waiting(), kept);
        EXPECT_EQ(world.get(id).state, State::open);
        EXPECT_EQ(world.measured().state, measure::State::verified);
    };
    world.go_to("2026-12-05");
    // Between the code and its ballot is no place: both are one call. After it, before the commit:
    broken([&](ledger::Writing& w) { put_ballot(w.db(), id, "00112233445566778899aabbccddeeff", {0, "55", "", ""}); });
    // Between the entry and the emptying, and after it:
    broken([&](ledger::Writing& w) { must(publish(w, review(w.db(), id).value(), {})); });
    broken([&](ledger::Writing& w) { must(end(w, review(w.db(), id).value(), {})); });
    world.restart();
    EXPECT_EQ(world.waiting(), kept);
    world.tick();
    EXPECT_EQ(result(*world.database->read(), id)->panels[0].cast, 24);
    EXPECT_EQ(world.waiting(), 0);
    const std::int64_t closed = world.ledger->size();
    world.tick();
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.next_index() - 1; }));
    EXPECT_EQ(world.ledger->size(), closed) << "it ends once";
    EXPECT_EQ(refused(world.put(id, codes[0][29], {5, 5})), "review.over");
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

TEST_P(ReviewStore, ARebuiltDatabaseSaysThatItsBoxIsLost) {
    const ReviewId id = world.drafted();
    const Codes codes = world.voted(id);
    // As after a rebuild: the roll is there, the local rows are not.
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        empty_box(w.db(), id);
        w.keep_local();
        return w.next_index() - 1;
    }));
    EXPECT_EQ(refused(world.put(id, codes[0][29], {5, 5})), "review.box_lost");
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_TRUE(life(*world.database->read(), id).lost);
    EXPECT_FALSE(result(*world.database->read(), id)->enough);
    EXPECT_EQ(world.measured().state, measure::State::verified);
    world.expect_same_after_rebuild();
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
    EXPECT_EQ(passed_over_in(*db, world.round, 10).at(0).reason, "It was not begun");
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

TEST_P(ReviewStore, ErasedWordsLeaveFiguresAndReplayAsTheyWere) {
    const ReviewId id = world.drafted();
    world.voted(id);
    const measure::MeasureId other = world.adopted("Lamps");
    must(pass_over(needs, world.as("clerk"), other, "It was not begun"));
    const std::int64_t passed = world.ledger->size() - 1;
    world.erase(id.value());
    EXPECT_EQ(world.get(id).frozen.questions[0].text, "");
    EXPECT_EQ(world.get(id).frozen.panels[0].name, "");
    EXPECT_EQ(world.get(id).frozen.panels[0].weight, 60);
    world.expect_same_after_rebuild();
    world.go_to("2026-12-05");
    world.tick();
    const std::int64_t closed = life(*world.database->read(), id).closed->entry;
    world.erase(closed);
    world.erase(passed);
    auto db = world.database->read();
    EXPECT_EQ(named_ballots(*db, id, 1).at(0).name, "");
    EXPECT_EQ(named_ballots(*db, id, 1).at(0).reasons, "");
    EXPECT_EQ(passed_over(*db, other)->reason, "");
    EXPECT_EQ(result(*db, id)->panels[1].cast, 2);
    EXPECT_EQ(result(*db, id)->percent, 73) << "(60 * 18/22 + 20 * 1/2) / 80: figures read facts only";
    world.expect_same_after_rebuild();
}

// Whatever is done by whomever in whatever order, and whichever words are erased: replay arrives at the rows that were
// lived, every ballot that was acknowledged is counted, and the counters agree with the reviews.
TEST_P(ReviewStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(GetParam() == db::Engine::sqlite ? 21 : 22);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const std::vector<std::string> staff = {"chief", "clerk", "roads_head", "audit_head", "owner"};
    const std::int64_t start = world.ledger->size();
    std::vector<measure::MeasureId> measures = {world.judged, world.verified(), world.adopted()};
    std::vector<ReviewId> made;
    std::map<ReviewId, Codes> codes;
    std::map<ReviewId, std::int64_t> acknowledged;
    kernel::Day today = on("2026-11-23");
    std::map<int, int> done;
    for (int step = 0; step < 400; ++step) {
        const people::Actor who = world.as(staff[static_cast<std::size_t>(below(5))]);
        const auto id = made.empty() ? ReviewId() : made[static_cast<std::size_t>(below(static_cast<std::int64_t>(made.size())))];
        const auto of = measures[static_cast<std::size_t>(below(static_cast<std::int64_t>(measures.size())))];
        const int act = static_cast<int>(below(10));
        bool good = false;
        switch (act) {
            case 0: {
                Draft d = world.draft_of(of, 8);
                d.closes = today + 1 + below(6);
                const auto result = draft(needs, who, d);
                if (result) made.push_back(*result);
                good = result.has_value();
                break;
            }
            case 1:
            case 2: {
                const auto result = open(needs, who, id);
                if (result) codes[id] = *result;
                good = result.has_value();
                break;
            }
            case 3:
            case 4:
            case 5:
                for (const auto& [open_one, slips] : codes) {
                    const auto panel = static_cast<std::size_t>(below(3));
                    const auto& some = slips[panel];
                    const auto& code = some[static_cast<std::size_t>(below(static_cast<std::int64_t>(some.size())))];
                    const bool put = world.put(open_one, code, {static_cast<int>(below(6)), static_cast<int>(below(6))},
                                               panel == 1 ? "N. N." : "", panel == 1 ? "because" : "")
                                         .has_value();
                    acknowledged[open_one] += put ? 1 : 0;
                    good = put || good;
                }
                break;
            case 6:
                today = today + 1 + below(2);
                world.go_to(kernel::iso(today));
                for (ReviewId each : made) good = close(needs, who, each).has_value() || good;
                if (below(2) == 0) world.tick();
                break;
            case 7:
                good = pass_over(needs, who, of, "no time").has_value();
                break;
            case 8: {
                const measure::Measure m = measure::measure(*world.database->read(), of).value();
                using S = measure::State;
                if (m.state == S::adopted || m.state == S::returned || m.state == S::under_way)
                    world.done(of), good = true;
                if (measures.size() < 8) measures.push_back(world.adopted()), good = true;
                break;
            }
            default: {
                const std::int64_t index = start + below(world.ledger->size() - start);
                good = world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
                           .has_value();
            }
        }
        done[act] += good ? 1 : 0;
    }
    for (int act = 0; act < 10; ++act) EXPECT_GT(done[act], 0) << "act " << act;
    world.go_to(kernel::iso(today + 30));
    world.tick();
    EXPECT_EQ(world.waiting(), 0);
    auto db = world.database->read();
    std::int64_t accepted = 0, returned = 0, too_few = 0;
    for (ReviewId id : made) {
        const auto found = result(*db, id);
        EXPECT_EQ(found.has_value(), codes.contains(id));
        if (!found) continue;
        std::int64_t cast_ones = 0, spent_ones = 0;
        for (std::size_t p = 0; p < 3; ++p) {
            cast_ones += found->panels[p].cast;
            spent_ones += static_cast<std::int64_t>(spent_marks(*db, id, static_cast<int>(p), "", 100).size());
        }
        EXPECT_EQ(cast_ones, acknowledged[id]);
        EXPECT_EQ(spent_ones, acknowledged[id]);
        accepted += found->accepted, returned += found->enough && !found->accepted, too_few += !found->enough;
    }
    const UnitCounts n = unit_counts(*db, world.roads, on("2026-01-01"), on("2029-12-31"));
    EXPECT_EQ(n.accepted, accepted);
    EXPECT_EQ(n.returned, returned);
    EXPECT_EQ(n.too_few, too_few);
    EXPECT_EQ(n.judged, accepted + returned);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, ReviewStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace review
