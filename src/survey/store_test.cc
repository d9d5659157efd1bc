// The whole feature on both engines: what is taken once and what never, the roll, the close; replay equals life, also
// after words were erased.
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include <kernel/code.h>

#include "begun.h"
#include "test_world.h"

namespace survey {
namespace {

class SurveyStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;
};

TEST_P(SurveyStore, AnonymousOnceForEachBrowserAndFiguresAfterTheClose) {
    const SurveyId id = world.opened(world.draft_of());
    EXPECT_TRUE(world.codes.empty());
    for (std::int64_t who = 1; who <= 8; ++who) {
        const Answered done = must(world.say(id, who, who <= 6 ? by_bus() : on_foot()));
        EXPECT_EQ(done.entry, world.ledger->size() - 1);
        EXPECT_EQ(done.mark, "");
    }
    EXPECT_EQ(refused(world.say(id, 3, by_bus())), "survey.answered_already");
    EXPECT_EQ(refused(world.say(id, 9, Answers(9))), "survey.answer_needed");
    EXPECT_EQ(refused_at(answer(needs, people::Actor(), id, by_bus(), "")), "participant survey.key_length");
    EXPECT_EQ(refused(world.say(SurveyId(99'999), 9, by_bus())), "survey.unknown");
    EXPECT_EQ(world.get(id).answers, 8);
    EXPECT_TRUE(world.figures_of(id).empty()) << "no figure before the close";
    EXPECT_EQ(people::turnout(*world.database->read(), world.round).people, 0) << "joined with nothing else";
    world.go_to("2026-12-01");
    EXPECT_EQ(refused(world.say(id, 9, by_bus())), "survey.over");
    world.tick();
    EXPECT_EQ(world.get(id).state, State::closed);
    const auto all = world.figures_of(id);
    EXPECT_FALSE(all[0].cells[0][0]) << "two of eight came on foot, so six by bus";
    EXPECT_FALSE(all[2].shown) << "it hangs on a cell that is hidden";
    EXPECT_EQ(all[6].answered, 6);
    EXPECT_EQ(all[6].asked, 8);
    EXPECT_EQ(all[5].sum, 6 * 37);
    world.expect_same_after_rebuild();
}

// A form that is sent twice is one answer; one that comes after the close is none.
TEST_P(SurveyStore, TheSameFormTwiceAndAClosingInBetween) {
    const SurveyId id = world.opened(world.draft_of());
    const kernel::Hash once = kernel::random_hash();
    const auto first = must(answer(needs, World::visitor(1), id, by_bus(), "", once));
    const auto again = must(answer(needs, World::visitor(1), id, by_bus(), "", once));
    EXPECT_EQ(first.entry, again.entry);
    EXPECT_EQ(world.get(id).answers, 1);
    EXPECT_EQ(refused_at(close(needs, world.as("clerk"), id, "")), "reason survey.reason_missing");
    must(close(needs, world.as("clerk"), id, "Enough was said"));
    EXPECT_EQ(refused(world.say(id, 2, by_bus())), "survey.over");
    EXPECT_EQ(refused(close(needs, world.as("clerk"), id, "again")), "survey.wrong_state");
    EXPECT_EQ(history(*world.database->read(), id).back().reason, "Enough was said");
}

TEST_P(SurveyStore, ADraftIsChangedUntilItIsOpened) {
    Draft d = world.draft_of();
    const SurveyId id = world.drafted(d);
    d.title = "Buses and stops", d.questions.resize(2);
    must(redraft(needs, world.as("chief"), id, d));
    EXPECT_EQ(world.get(id).asked.title, "Buses and stops");
    EXPECT_EQ(world.get(id).asked.questions.size(), 2u);
    EXPECT_EQ(refused(world.say(id, 1, {picks({1}), {}})), "survey.not_open_yet");
    must(open(needs, world.as("chief"), id));
    EXPECT_EQ(refused(redraft(needs, world.as("chief"), id, d)), "survey.wrong_state");
    world.erase(id.value());
    EXPECT_EQ(world.get(id).asked.title, "Buses and stops") << "words that are no longer in force";
    world.expect_same_after_rebuild();
    world.erase(id.value() + 1);
    EXPECT_EQ(world.get(id).asked.title, "");
    EXPECT_EQ(world.get(id).asked.questions[0].options, (std::vector<std::string>{"", "", ""}));
    must(world.say(id, 1, {picks({3}), {}}));
    world.expect_same_after_rebuild();
}

TEST_P(SurveyStore, TheRollIsUsedOnceAndNothingShowsInTheLog) {
    const SurveyId id = world.opened(world.draft_of(Mode::roll));
    ASSERT_EQ(world.codes.size(), 30u);
    const std::int64_t size = world.ledger->size();
    const auto digests = db::state_digests(*world.database->read());
    std::set<std::string> told;
    for (std::size_t i = 0; i < 20; ++i) {
        const Answered done = must(world.say(id, 1, i < 12 ? by_bus() : on_foot(), world.codes[i]));
        EXPECT_FALSE(done.entry);
        told.insert(done.mark);
    }
    EXPECT_EQ(told.size(), 20u);
    EXPECT_EQ(refused_at(world.say(id, 1, by_bus(), world.codes[0])), "code survey.code_spent");
    EXPECT_EQ(refused_at(world.say(id, 1, by_bus(), "")), "code survey.code_missing");
    EXPECT_EQ(refused_at(world.say(id, 1, by_bus(), "123")), "code survey.code_malformed");
    EXPECT_EQ(refused_at(world.say(id, 1, by_bus(), kernel::Code25::random().digits())), "code survey.code_unknown");
    EXPECT_EQ(refused(world.say(id, 1, Answers(9), world.codes[21])), "survey.answer_needed");
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(db::state_digests(*world.database->read()), digests);
    EXPECT_EQ(world.get(id).answers, 0) << "not even how many, before the close";
    const SurveyId second = world.opened(world.draft_of(Mode::roll));
    const std::vector<std::string> theirs = world.codes;
    EXPECT_EQ(refused(world.say(id, 1, by_bus(), theirs[0])), "survey.code_unknown");
    world.restart();
    world.go_to("2026-12-01");
    world.tick();
    EXPECT_EQ(world.get(id).answers, 20);
    const auto listed = spent_marks(*world.database->read(), id, "", 100);
    EXPECT_EQ(std::set(listed.begin(), listed.end()), told);
    EXPECT_TRUE(std::is_sorted(listed.begin(), listed.end()));
    const auto all = world.figures_of(id);
    EXPECT_EQ(all[0].cells[0], (std::vector<std::optional<std::int64_t>>{12, 8, 0}));
    EXPECT_EQ(all[2].asked, 12);
    EXPECT_EQ(world.count("select count(*) from survey_box"), 0);
    EXPECT_EQ(world.count("select count(*) from survey_key"), 0);
    EXPECT_EQ(world.get(second).answers, 0);
    EXPECT_EQ(texts(*world.database->read(), id, 0, 100).size(), 12u);
    EXPECT_EQ(world.faults_found(true), "");
    EXPECT_EQ(world.faults_found(false), "");
    world.expect_same_after_rebuild();
}

// An end in the middle of the close leaves all of it or nothing.
TEST_P(SurveyStore, AnEndInTheMiddleOfTheCloseLosesAndDoublesNothing) {
    const SurveyId id = world.opened(world.draft_of(Mode::roll));
    for (std::size_t i = 0; i < 6; ++i) must(world.say(id, 1, by_bus(), world.codes[i]));
    const std::int64_t size = world.ledger->size();
    EXPECT_THROW((void)world.ledger
                     ->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                         must(end(w, id, {}, ""));
                         throw std::runtime_error("the power went");
                     })
                     .has_value(),
                 std::runtime_error);
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(world.count("select count(*) from survey_box"), 6);
    EXPECT_EQ(world.get(id).state, State::open);
    world.go_to("2026-12-01");
    world.tick();
    world.tick();
    EXPECT_EQ(world.get(id).answers, 6);
    EXPECT_EQ(world.ledger->size(), size + 7) << "six answers and the close, once";
}

TEST_P(SurveyStore, ARebuiltDatabaseSaysThatItsBoxIsLost) {
    const SurveyId id = world.opened(world.draft_of(Mode::roll));
    must(world.say(id, 1, by_bus(), world.codes[0]));
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        empty_box(w.db(), id);
        w.keep_local();
        return w.next_index() - 1;
    }));
    EXPECT_EQ(refused(world.say(id, 1, by_bus(), world.codes[1])), "survey.box_lost");
    world.go_to("2026-12-01");
    world.tick();
    EXPECT_TRUE(lost(*world.database->read(), id));
    EXPECT_EQ(world.get(id).answers, 0);
    world.expect_same_after_rebuild();
}

TEST_P(SurveyStore, ErasedTextsAreGoneAndFiguresStay) {
    const SurveyId id = world.opened(world.draft_of());
    std::vector<std::int64_t> entries;
    for (std::int64_t who = 1; who <= 6; ++who) entries.push_back(must(world.say(id, who, by_bus())).entry.value());
    world.erase(entries[2]);
    auto db = world.database->read();
    EXPECT_EQ(texts(*db, id, 0, 100).size(), 5u);
    EXPECT_EQ(texts(*db, id, 4, 100).size(), 2u);
    for (const Text& text : texts(*db, id, 0, 100)) {
        EXPECT_NE(text.entry, entries[2]);
        EXPECT_EQ(text.question, 7) << "what many say is looked for in texts, not in places";
    }
    must(close(needs, world.as("clerk"), id, "Enough"));
    world.erase(world.ledger->size() - 1);
    EXPECT_EQ(history(*db, id).back().reason, "");
    EXPECT_EQ(world.figures_of(id)[6].answered, 6) << "figures read facts only";
    EXPECT_EQ(world.figures_of(id)[7].answered, 6);
    world.expect_same_after_rebuild();
}

TEST_P(SurveyStore, WhatWasBegunIsTheirsAlone) {
    const SurveyId id = world.opened(world.draft_of());
    const Survey s = world.get(id);
    const std::string mine = "my-browser-token-of-22", other = "another-browser-token-";
    EXPECT_FALSE(begun(needs, s, mine));
    Answers some(9);
    some[0] = picks({1}), some[6] = wrote("Buses at night");
    keep_begun(needs, s, mine, some);
    EXPECT_EQ(begun(needs, s, mine), some);
    EXPECT_FALSE(begun(needs, s, other));
    EXPECT_FALSE(begun(needs, s, ""));
    some[0] = picks({2});
    keep_begun(needs, s, mine, some);
    EXPECT_EQ(begun(needs, s, mine), some);
    EXPECT_EQ(world.count("select count(*) from local.survey_begun"), 1);
    const auto sealed = world.database->read()->one("select sealed from local.survey_begun");
    EXPECT_EQ(std::string(kernel::text(sealed->bytes(0))).find("night"), std::string::npos);
    world.go_to("2026-12-07");
    world.tick();
    EXPECT_TRUE(begun(needs, s, mine)) << "fourteen days";
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_FALSE(begun(needs, s, mine));
}

TEST_P(SurveyStore, ARoundIsNotClosedWhileItAsks) {
    const SurveyId id = world.opened(world.draft_of());
    auto db = world.database->read();
    const auto round = cycle::cycle(*db, world.round).value();
    ASSERT_EQ(gate()(*db, round, cycle::Phase::closed).size(), 1u);
    EXPECT_EQ(gate()(*db, round, cycle::Phase::closed)[0].key, "survey.gate_open");
    EXPECT_TRUE(gate()(*db, round, cycle::Phase::decide).empty());
    must(close(needs, world.as("clerk"), id, "Enough"));
    EXPECT_TRUE(gate()(*db, round, cycle::Phase::closed).empty());
}

// Whatever is done by whomever in whatever order, and whichever words are erased: replay arrives at the rows that were
// lived, every answer that was acknowledged is counted once, and the counters agree with the answers.
TEST_P(SurveyStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(GetParam() == db::Engine::sqlite ? 31 : 32);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const std::int64_t start = world.ledger->size();
    std::vector<SurveyId> made;
    std::map<SurveyId, std::vector<std::string>> codes;
    std::map<SurveyId, std::int64_t> acknowledged;
    std::map<int, int> done;
    kernel::Day today = world.today();
    for (int step = 0; step < 250; ++step) {
        const people::Actor who =
            world.as(std::vector<std::string>{"chief", "clerk", "engineer"}[static_cast<std::size_t>(below(3))]);
        const SurveyId id =
            made.empty() ? SurveyId() : made[static_cast<std::size_t>(below(static_cast<std::int64_t>(made.size())))];
        const int act = static_cast<int>(below(8));
        bool good = false;
        switch (act) {
            case 0:
            case 1: {
                Draft d = world.draft_of(below(2) == 0 ? Mode::roll : Mode::anonymous);
                d.closes = today + 1 + below(5);
                d.questions.resize(static_cast<std::size_t>(2 + below(8)));
                if (act == 1 && id) {
                    good = redraft(needs, who, id, d).has_value();
                } else if (const auto drafted = draft(needs, who, d)) {
                    made.push_back(*drafted), good = true;
                }
                break;
            }
            case 2:
                if (const auto opened = open(needs, who, id)) codes[id] = *opened, good = true;
                break;
            case 3:
            case 4:
            case 5:
                for (const auto& [open_one, slips] : codes) {
                    Answers a = below(3) == 0 ? on_foot() : by_bus();
                    a.resize(world.get(open_one).asked.questions.size());
                    const std::string code =
                        slips.empty() ? ""
                                      : slips[static_cast<std::size_t>(below(static_cast<std::int64_t>(slips.size())))];
                    const bool put = world.say(open_one, below(40), a, code).has_value();
                    acknowledged[open_one] += put ? 1 : 0;
                    good = put || good;
                }
                break;
            case 6:
                if (below(2) == 0) {
                    today = today + 1, world.go_to(kernel::iso(today)), world.tick(), good = true;
                } else {
                    good = close(needs, who, id, "Enough").has_value();
                }
                break;
            default: {
                const std::int64_t index = start + below(world.ledger->size() - start + 1);
                good = world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
                           .has_value();
            }
        }
        done[act] += good ? 1 : 0;
    }
    for (int act = 0; act < 8; ++act) EXPECT_GT(done[act], 0) << "act " << act;
    world.go_to(kernel::iso(today + 30));
    world.tick();
    auto db = world.database->read();
    for (SurveyId id : made) {
        const Survey s = world.get(id);
        EXPECT_EQ(s.state == State::closed, codes.contains(id));
        EXPECT_EQ(s.answers, acknowledged[id]);
        std::vector<Counts> again;
        for (const Question& q : s.asked.questions) again.push_back(no_counts(q));
        for (const Sheet& sheet : sheets_after(*db, s, 0, 10'000)) {
            for (const Cell& cell : cells_of(s.asked.questions, sheet.answers))
                ++again[static_cast<std::size_t>(cell.question - 1)]
                      .cells[static_cast<std::size_t>(cell.row - 1)][static_cast<std::size_t>(cell.option - 1)];
            for (std::size_t i = 0; i < again.size(); ++i) again[i].answered += sheet.answers[i].given();
        }
        const std::vector<Counts> kept = counts(*db, s);
        for (std::size_t i = 0; i < again.size(); ++i) {
            EXPECT_EQ(kept[i].cells, again[i].cells);
            EXPECT_EQ(kept[i].answered, again[i].answered);
        }
    }
    EXPECT_EQ(world.count("select count(*) from survey_box"), 0);
    EXPECT_EQ(world.faults_found(true), "");
    EXPECT_EQ(world.faults_found(false), "");
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, SurveyStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace survey
