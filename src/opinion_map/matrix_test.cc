#include "matrix.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include <opinion/testing.h>

namespace opinion_map {
namespace {

using opinion::Vote;
using opinion::Votes;

TEST(PublicMatrix, RowsAreWrittenOneWayAndReadStrictly) {
    const std::vector<Votes::Code> row = {Votes::code(0, Vote::agree), Votes::code(3, Vote::disagree),
                                          Votes::code(12, Vote::pass)};
    EXPECT_EQ(row_text(row), "0a3d12p");
    EXPECT_EQ(parse_row("0a3d12p", 13), row);
    EXPECT_EQ(parse_row("", 13), std::vector<Votes::Code>());
    for (const char* wrong : {"0a3d13p", "3d0a", "3a3d", "a", "0", "0x", "00a", "-1a", "+1a", " 1a", "1a ", "0A",
                              "4294967296a", "99999999999999999999a"})
        EXPECT_FALSE(parse_row(wrong, 13)) << wrong;
}

RC_GTEST_PROP(PublicMatrixAny, TextIsReadAsAnythingOrRefused, (std::string text)) {
    if (const auto row = parse_row(text, 1000)) RC_ASSERT(row_text(*row) == text);
}

Votes crowd(std::vector<StatementId>& statements) {
    const opinion::made::Population all({.people = 300, .statements = 40, .seed = 3});
    for (int i = 0; i < 40; ++i) statements.emplace_back(100 + i);
    return all.all(1);
}

TEST(PublicMatrix, HoldsEveryVoteButOfSecretStatementsInAnotherOrder) {
    std::vector<StatementId> statements;
    const Votes votes = crowd(statements);
    std::vector<bool> secret(40);
    secret[5] = true;
    const PublicMatrix first = shuffled(votes, statements, secret), second = shuffled(votes, statements, secret);
    EXPECT_NE(first.rows, second.rows) << "another order each time";
    auto a = first.rows, b = second.rows;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    EXPECT_EQ(a, b);
    EXPECT_EQ(std::find(first.columns.begin(), first.columns.end(), StatementId(105)), first.columns.end());
    const Votes read = votes_of(first);
    std::size_t of_secret = votes.counts(5).seen();
    EXPECT_EQ(read.votes(), votes.votes() - of_secret);
    for (opinion::Statement s = 0; s < first.columns.size(); ++s) {
        const auto was = static_cast<opinion::Statement>(first.columns[s].value() - 100);
        EXPECT_EQ(read.counts(s), votes.counts(was));
        EXPECT_EQ(read.hidden(s), votes.hidden(was));
    }
    for (opinion::Person p = 0; p < read.people(); ++p) EXPECT_FALSE(read.row(p).empty());
}

TEST(PublicMatrix, ItsDigestAndThatOfItsMapHangOnEveryVote) {
    std::vector<StatementId> statements;
    const Votes votes = crowd(statements);
    PublicMatrix matrix = shuffled(votes, statements, std::vector<bool>(40));
    const kernel::Hash before = digest(matrix), map = digest(opinion::picture(votes_of(matrix), 1));
    EXPECT_EQ(digest(opinion::picture(votes_of(matrix), 2)), map) << "whoever computes it with how many threads";
    // Of a vote that weighs: one on what is set aside changes no map.
    PublicMatrix other = matrix;
    auto row = parse_row(other.rows[7], other.columns.size()).value();
    const auto shown = std::find_if(row.begin(), row.end(),
                                    [&](Votes::Code code) { return !other.hidden[Votes::statement_of(code)]; });
    ASSERT_NE(shown, row.end());
    const auto turned = Votes::vote_of(*shown) == opinion::Vote::agree ? opinion::Vote::disagree : opinion::Vote::agree;
    *shown = Votes::code(Votes::statement_of(*shown), turned);
    other.rows[7] = row_text(row);
    EXPECT_NE(digest(other), before);
    EXPECT_NE(digest(opinion::picture(votes_of(other), 1)), map);
    other = matrix;
    other.hidden[0] = !other.hidden[0];
    EXPECT_NE(digest(other), before);
    other.rows[0] = "0a0a";
    EXPECT_THROW(votes_of(other), std::runtime_error);
}

}  // namespace
}  // namespace opinion_map
