#include "answers.h"

#include <gtest/gtest.h>
#include <kernel/testing.h>

#include "test_world.h"

namespace survey {
namespace {

using kernel::refused_at;

Answers with(std::size_t question, Answer a) {
    Answers all = by_bus();
    all.at(question - 1) = std::move(a);
    return all;
}
std::string of(const Answers& answers) { return refused_at(check_all(every_type(), answers)); }

TEST(Answers, WhatIsWholeAndWhatIsNot) {
    Answers none(9), short_one = by_bus();
    short_one.pop_back();
    Answers walked = on_foot(), walked_and_rode = on_foot();
    walked_and_rode[2] = picks({4});
    struct Case {
        Answers answers;
        std::string refusal;
    };
    const std::vector<Case> cases = {
        {by_bus(), ""},
        {walked, ""},
        {none, "q1 survey.answer_needed"},
        {short_one, "answers survey.answers_count"},
        {walked_and_rode, "q3 survey.hidden_answered"},
        {with(1, {}), "q1 survey.answer_needed"},
        {with(1, picks({0})), "q1 survey.option_unknown"},
        {with(1, picks({4})), "q1 survey.option_unknown"},
        {with(1, picks({-1})), "q1 survey.option_unknown"},
        {with(1, picks({1, 2})), "q1 survey.option_unknown"},
        {with(1, Answer{{1}, "and a word"}), "q1 survey.option_unknown"},
        {with(2, picks({1})), ""},
        {with(2, picks({1, 1})), "q2 survey.option_unknown"},
        {with(2, picks({3, 1})), "q2 survey.option_unknown"},
        {with(2, picks({1, 2, 3})), "q2 survey.too_many_picks"},
        {with(3, {}), "q3 survey.answer_needed"},
        {with(3, picks({0})), "q3 survey.option_unknown"},
        {with(3, picks({6})), "q3 survey.option_unknown"},
        {with(4, picks({1})), "q4 survey.option_unknown"},
        {with(4, picks({0, 0})), "q4 survey.option_unknown"},
        {with(4, picks({1, 3})), "q4 survey.option_unknown"},
        {with(5, picks({2, 1, 3})), ""},
        {with(5, picks({2})), ""},
        {with(5, picks({2, 2})), "q5 survey.ranking_gap"},
        {with(5, picks({1, 2, 3, 1})), "q5 survey.ranking_gap"},
        {with(5, picks({4})), "q5 survey.option_unknown"},
        {with(6, picks({0})), ""},
        {with(6, picks({101})), "q6 survey.number_range"},
        {with(6, picks({-1})), "q6 survey.number_range"},
        {with(6, picks({INT64_MAX})), "q6 survey.number_range"},
        {with(6, picks({INT64_MIN})), "q6 survey.number_range"},
        {with(7, wrote("")), "q7 survey.option_unknown"},
        {with(7, Answer{{}, "said, and not said"}), "q7 survey.option_unknown"},
        {with(7, wrote(std::string(max_text, 'x'))), ""},
        {with(7, wrote(std::string(max_text + 1, 'x'))), "q7 kernel.text_too_long"},
        {with(8, wrote(std::string(max_place + 1, 'x'))), "q8 kernel.text_too_long"},
        {with(9, picks({3})), "q9 survey.option_unknown"},
        {with(9, wrote("East")), "q9 survey.option_unknown"},
    };
    for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_EQ(of(cases[i].answers), cases[i].refusal) << "case " << i;
}

TEST(Answers, AllThatOnePersonWritesHasAnEnd) {
    const std::vector<Question> questions(11, asks(Type::text, "?"));
    Answers all(11, wrote(std::string(max_text, 'x')));
    EXPECT_EQ(refused_at(check_all(questions, all)), "q11 survey.texts_long");
    all[3] = {};
    EXPECT_EQ(refused_at(check_all(questions, all)), "");
}

TEST(Answers, OfAPageOnlyWhatIsNeededGoingOn) {
    Answers begun(9);
    begun[0] = picks({1});
    EXPECT_TRUE(check_page(every_type(), begun, 1, true).empty());
    const auto missing = check_page(every_type(), begun, 2, true);
    ASSERT_EQ(missing.size(), 1u);
    EXPECT_EQ(missing[0].field, "q3");
    EXPECT_TRUE(check_page(every_type(), begun, 2, false).empty()) << "going back asks for nothing";
    begun[3] = picks({0, 9});
    EXPECT_EQ(check_page(every_type(), begun, 2, false).size(), 1u) << "what is wrong is wrong whichever way";
}

TEST(Answers, WhatHungOnAnotherAnswerIsAskedNoMore) {
    std::vector<Question> chain = every_type();
    chain.push_back(single("Which line?", {"7", "12"}, 4));
    chain.back().when = Condition{3, {4, 5}};
    Answers rode = by_bus();
    rode.push_back(picks({2}));
    EXPECT_EQ(asked_of(chain, rode), std::vector<bool>(10, true));
    rode[0] = picks({2});  // went back: now on foot
    const std::vector<bool> asked = asked_of(chain, rode);
    EXPECT_FALSE(asked[2]);
    EXPECT_FALSE(asked[9]) << "an answer to what is not asked is none";
    const Answers left = without_unasked(chain, rode);
    EXPECT_FALSE(left[2].given());
    EXPECT_FALSE(left[9].given());
    EXPECT_EQ(left[6], rode[6]);
}

TEST(Answers, PicksAreWrittenAndReadBack) {
    EXPECT_EQ(picks_text(by_bus()), "1|1 3|4|2 0|3 1|37|1|1|2|");
    EXPECT_EQ(picks_text(on_foot()), "2|||||||||");
    Answers read = parse_picks("1|1 3|4|2 0|3 1|-37|1|1|2|", 9).value();
    EXPECT_EQ(read[5].picks, std::vector<std::int64_t>{-37});
    EXPECT_EQ(read[3].picks, (std::vector<std::int64_t>{2, 0}));
    for (const char* none : {"", "1", "1|2", "x|", "1 |", " 1|", "1||2|", "99999999999999999999|", "1\n|"})
        EXPECT_FALSE(parse_picks(none, 1)) << none;
    EXPECT_TRUE(parse_picks("|", 1));
}

TEST(Answers, EachAddsToItsCells) {
    const std::vector<Cell> expected = {{1, 1, 1}, {2, 1, 1}, {2, 1, 3}, {3, 1, 4}, {4, 1, 2},
                                        {5, 3, 1}, {5, 1, 2}, {6, 1, 4}, {9, 1, 2}};
    EXPECT_EQ(cells_of(every_type(), by_bus()), expected);
    EXPECT_EQ(cells_of(every_type(), on_foot()), (std::vector<Cell>{{1, 1, 2}}));
}

TEST(Answers, NumbersFallIntoClassesThatCoverTheirBounds) {
    struct Case {
        std::int64_t min, max;
        std::size_t width;
    };
    for (const Case& c : {Case{0, 100, 10}, Case{0, 1, 2}, Case{1, 10, 10}, Case{0, 10, 6}, Case{-5, 5, 6},
                          Case{-largest_number, largest_number, 10}}) {
        Question q = asks(Type::number, "?");
        q.min = c.min, q.max = c.max;
        EXPECT_EQ(width(q), c.width) << c.min << " to " << c.max;
        std::int64_t next = c.min;
        for (std::size_t i = 0; i < width(q); ++i) {
            const auto [low, high] = class_bounds(q, static_cast<std::int64_t>(i));
            EXPECT_EQ(low, next) << "no number is left out";
            EXPECT_GE(high, low);
            for (std::int64_t value : {low, high})
                EXPECT_EQ(cells_of({q}, {picks({value})}), (std::vector<Cell>{{1, 1, static_cast<int>(i + 1)}}));
            next = high + 1;
        }
        EXPECT_EQ(next, c.max + 1);
    }
}

}  // namespace
}  // namespace survey
