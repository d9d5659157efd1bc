// The ballot box: what is taken, that it has no order, and that an end in the middle harms nothing.
#include "box.h"

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "test_world.h"

namespace review {
namespace {

class ReviewBox : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;
};

TEST_P(ReviewBox, TheMarkShownToTheVoterStandsInTheList) {
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

TEST_P(ReviewBox, BallotsThatAreNotTaken) {
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
    EXPECT_EQ(refused_at(world.put(id, codes[1][0], {5, 5}, "Post of lamps_head", "good")),
              "name review.of_owner_unit");
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

TEST_P(ReviewBox, ABallotLeavesNothingInTheLedgerAndNoTime) {
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    const std::int64_t size = world.ledger->size();
    const std::string checkpoint = world.ledger->checkpoint();
    const std::int64_t tokens = world.count("select count(*) from once");
    const auto digests = db::state_digests(*world.database->read());
    for (std::size_t i = 0; i < 6; ++i) must(cast(needs, id, codes[0][i], {5, 5}, "", "", kernel::random_hash()));
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(world.ledger->checkpoint(), checkpoint);
    EXPECT_EQ(world.count("select count(*) from once"), tokens) << "no token tells the order";
    EXPECT_EQ(db::state_digests(*world.database->read()), digests);
    EXPECT_EQ(world.count("select count(*) from review_box"), 6);
}

// Whoever reads both tables as they lie, in key order or in the order in which the engine finds them, cannot pair codes
// and ballots by their place: neither stands in the order of casting, and PostgreSQL's transaction numbers join many.
TEST_P(ReviewBox, TheBoxHasNoOrder) {
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

TEST_P(ReviewBox, ManyBallotsAreMovedAndNoneIsLost) {
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

TEST_P(ReviewBox, ARestartKeepsTheBox) {
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
    EXPECT_EQ(world.waiting(), 0u);
}

// An end in the middle of anything leaves all of it or nothing.
TEST_P(ReviewBox, AnEndInTheMiddleLosesAndDoublesNothing) {
    const ReviewId id = world.drafted();
    const Codes codes = world.voted(id);
    const std::int64_t size = world.ledger->size();
    const std::size_t kept = world.waiting();
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
    EXPECT_EQ(world.waiting(), 0u);
    const std::int64_t closed = world.ledger->size();
    world.tick();
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.next_index() - 1; }));
    EXPECT_EQ(world.ledger->size(), closed) << "it ends once";
    EXPECT_EQ(refused(world.put(id, codes[0][29], {5, 5})), "review.over");
}

TEST_P(ReviewBox, ARebuiltDatabaseSaysThatItsBoxIsLost) {
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

// What SQLite's write-ahead log holds of the box's past is cut as soon as the task comes round.
TEST(ReviewSweep, CutsWhatSqliteKeepsOfThePast) {
    World world(db::Engine::sqlite);
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    world.many(id, codes[0], 0, 3, 5);
    const auto log = world.place.place().folder / "main.db-wal";
    EXPECT_GT(std::filesystem::file_size(log), 0u);
    world.tick();
    EXPECT_EQ(std::filesystem::file_size(log), 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReviewBox, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace review
