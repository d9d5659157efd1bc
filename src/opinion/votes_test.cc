#include "votes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "scattered.h"

namespace opinion {
namespace {

// Beside a map of cells, after any acts.
RC_GTEST_PROP(Matrix, CountsWhatStandsInIt, ()) {
    Scatter scatter(*rc::gen::arbitrary<std::uint64_t>());
    Votes votes;
    votes.grow(12, 9);
    std::map<std::pair<Person, Statement>, Vote> cells;
    std::vector<bool> aside(9), meta(9);
    const auto acts = *rc::gen::inRange(0, 400);
    for (int i = 0; i < acts; ++i) {
        const auto p = static_cast<Person>(scatter.below(12));
        const auto s = static_cast<Statement>(scatter.below(9));
        switch (scatter.below(8)) {
            case 0:
                votes.hide(s, aside[s] = scatter.below(2) == 0);
                break;
            case 1:
                votes.mark_meta(s, meta[s] = scatter.below(3) == 0);
                break;
            case 2:
            case 3: {
                const auto was = cells.find({p, s});
                RC_ASSERT(votes.set(p, s, std::nullopt) ==
                          (was == cells.end() ? std::nullopt : std::optional(was->second)));
                cells.erase({p, s});
                break;
            }
            default: {
                const auto vote = static_cast<Vote>(static_cast<int>(scatter.below(3)) - 1);
                votes.set(p, s, vote);
                cells[{p, s}] = vote;
            }
        }
    }
    RC_ASSERT(votes.votes() == cells.size());
    std::size_t columns = 0, hidden_columns = 0;
    for (Statement s = 0; s < 9; ++s) {
        Counts counts;
        for (const auto& [cell, vote] : cells) {
            if (cell.second != s) continue;
            ++(vote == Vote::agree ? counts.agree : vote == Vote::pass ? counts.pass : counts.disagree);
        }
        RC_ASSERT(votes.counts(s) == counts);
        RC_ASSERT(votes.hidden(s) == (aside[s] || meta[s]));
        RC_ASSERT(votes.meta(s) == meta[s]);
        columns += counts.seen() > 0;
        hidden_columns += counts.seen() > 0 && votes.hidden(s);
    }
    RC_ASSERT(votes.columns() == columns);
    RC_ASSERT(votes.hidden_columns() == hidden_columns);
    for (Person p = 0; p < 12; ++p) {
        RC_ASSERT(std::is_sorted(votes.row(p).begin(), votes.row(p).end()));
        std::uint32_t shown = 0;
        for (Statement s = 0; s < 9; ++s) {
            const auto at = cells.find({p, s});
            RC_ASSERT(votes.get(p, s) == (at == cells.end() ? std::nullopt : std::optional(at->second)));
            shown += at != cells.end() && !votes.hidden(s);
        }
        RC_ASSERT(votes.shown_votes(p) == shown);
    }
}

TEST(Matrix, IsEmptyOnceGivenAway) {
    Votes one;
    one.grow(2, 3);
    one.set(1, 2, Vote::agree);
    Votes other(std::move(one));
    EXPECT_EQ(other.get(1, 2), Vote::agree);
    EXPECT_EQ(one.votes(), 0U);
    EXPECT_EQ(one.people(), 0U);
    one.grow(1, 1);
    one.set(0, 0, Vote::pass);
    EXPECT_EQ(other.votes(), 1U);
    other = std::move(one);
    EXPECT_EQ(other.get(0, 0), Vote::pass);
    EXPECT_EQ(other.people(), 1U);
    EXPECT_EQ(one.bytes(), 0U);
}

}  // namespace
}  // namespace opinion
