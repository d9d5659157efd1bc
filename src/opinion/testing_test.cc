// Made people against real ones: within what 17 conversations show (testdata/distributions.json).
#include "testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "golden.h"
#include "picture.h"

namespace opinion {
namespace {

struct Range {
    double low = 1e300, high = -1e300;
    void take(double one) { low = std::min(low, one), high = std::max(high, one); }
};

class Distributions {
public:
    Distributions() {
        std::ifstream file(std::string(TESTDATA) + "/distributions.json");
        std::ostringstream all;
        all << file.rdbuf();
        json_ = *kernel::parse_json(all.str());
    }
    // Of the larger conversations: more than 1000 people.
    Range of(const char* name, std::optional<std::size_t> place = std::nullopt) const {
        Range out;
        for (const auto& [conversation, figures] : *json_.object()) {
            if (golden::number(figures["P"]) < 1000) continue;
            out.take(golden::number(place ? (*figures[name].array())[*place] : figures[name]));
        }
        return out;
    }

private:
    kernel::Json json_;
};

double quantile(std::vector<double> all, double q) {
    std::sort(all.begin(), all.end());
    return all[static_cast<std::size_t>(q * static_cast<double>(all.size() - 1))];
}

double gini(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    double sum = 0, weighed = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        sum += all[i];
        weighed += static_cast<double>(i + 1) * all[i];
    }
    const auto n = static_cast<double>(all.size());
    return 2 * weighed / (n * sum) - (n + 1) / n;
}

TEST(Made, PeopleVoteAsRealOnesDo) {
    const Distributions real;
    const Votes votes = made::Population({6000, 800, 3, 3.4}).all(2);
    std::vector<double> cast, logs;
    double one = 0, few = 0, sum = 0, sum_log = 0;
    for (Person p = 0; p < votes.people(); ++p) {
        const auto n = static_cast<double>(votes.row(p).size());
        ASSERT_GT(n, 0) << "nobody has no votes";
        cast.push_back(n), sum += n, sum_log += std::log(n);
        one += n == 1, few += n < 7;
    }
    const auto people = static_cast<double>(votes.people());
    const auto within = [&](const char* what, double is, Range range, double slack = 0.15) {
        EXPECT_GE(is, range.low * (1 - slack)) << what;
        EXPECT_LE(is, range.high * (1 + slack)) << what;
    };
    within("mean votes", sum / people, real.of("mean_vpp"));
    within("one vote", one / people, real.of("frac_1"));
    within("fewer than seven", few / people, real.of("frac_lt7"));
    within("mean of logarithms", sum_log / people, real.of("vpp_logmean"));
    within("median", quantile(cast, 0.5), real.of("vpp_q", 3));
    within("nine tenths", quantile(cast, 0.9), real.of("vpp_q", 5));
    Counts all;
    double hidden = 0;
    for (Statement s = 0; s < votes.statements(); ++s) {
        const Counts& counts = votes.counts(s);
        all.agree += counts.agree, all.disagree += counts.disagree, all.pass += counts.pass;
        hidden += votes.hidden(s);
        EXPECT_TRUE(!votes.hidden(s) || counts.seen() <= 3);
    }
    within("agree", all.agree / static_cast<double>(all.seen()), real.of("agree"));
    within("disagree", all.disagree / static_cast<double>(all.seen()), real.of("dis"));
    within("pass", all.pass / static_cast<double>(all.seen()), real.of("pas"));
    EXPECT_NEAR(hidden / static_cast<double>(votes.statements()), 0.4, 0.06);
    // Of single statements that are shown, and of single people: how much they are agreed with, how often they pass.
    std::vector<double> agreed, passed, passes, seen;
    for (Statement s = 0; s < votes.statements(); ++s) {
        const Counts& counts = votes.counts(s);
        if (votes.hidden(s) || counts.seen() < 20) continue;
        agreed.push_back(static_cast<double>(counts.agree) / counts.seen());
        passed.push_back(static_cast<double>(counts.pass) / counts.seen());
    }
    for (Person p = 0; p < votes.people(); ++p) {
        if (votes.row(p).size() < least_votes) continue;
        double pass = 0;
        for (const Votes::Code code : votes.row(p)) pass += Votes::vote_of(code) == Vote::pass;
        passes.push_back(pass / static_cast<double>(votes.row(p).size()));
    }
    within("statements: median agreed", quantile(agreed, 0.5), real.of("pa_q", 3));
    within("statements: median passed", quantile(passed, 0.5), real.of("pp_q", 3));
    within("people: median of passes", quantile(passes, 0.5), real.of("upass_q", 3));
    within("inequality of people", gini(cast), real.of("gini_ptpt"));
    for (Statement s = 0; s < votes.statements(); ++s) seen.push_back(votes.counts(s).seen());
    within("inequality of statements", gini(seen), real.of("gini_stmt"));
    const Picture is = picture(votes, 2);
    within("first component", is.components.shares[0], real.of("ev", 0));
    within("second component", is.components.shares[1], real.of("ev", 1));
}

TEST(Made, TheSameCrowdTwiceAndEachPersonAlone) {
    const made::Population population({500, 100, 12});
    const Votes one = population.all(1), other = population.all(5);
    ASSERT_EQ(one.votes(), other.votes());
    std::vector<std::pair<Statement, Vote>> alone;
    for (Person p = 0; p < 500; ++p) {
        ASSERT_TRUE(std::ranges::equal(one.row(p), other.row(p)));
        population.votes_of(p, alone);
        ASSERT_EQ(alone.size(), one.row(p).size());
        for (const auto& [statement, vote] : alone) EXPECT_EQ(one.get(p, statement), vote);
    }
}

}  // namespace
}  // namespace opinion
