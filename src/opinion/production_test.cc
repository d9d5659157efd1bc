// What follows from given groups, against what the production system of Polis made of one conversation: its components,
// bases and groups are taken as they are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "golden.h"
#include "lloyd.h"
#include "picture.h"

namespace opinion {
namespace {

using golden::indices;
using golden::number;
using golden::numbers;
using kernel::Json;

struct Production {
    Json json = golden::json("production");
    Votes votes = golden::votes("production", json);
    Picture is;
    std::vector<std::int8_t> base_of;

    Production() : base_of(votes.people(), nowhere) {
        const Covariance covariance(votes, 1);
        is.centre = covariance.centre();
        is.components.loadings.resize(votes.statements());
        for (std::size_t c = 0; c < 2; ++c) {
            const auto loadings = numbers((*json["loadings"].array())[c]);
            for (std::size_t s = 0; s < loadings.size(); ++s)
                is.components.loadings[s][static_cast<int>(c)] = loadings[s];
        }
        is.places = places(votes, covariance, is.components);
        is.statement_places = statement_places(votes, covariance, is.components);
        is.placed = placed(votes);
        is.grouping.group_of.assign(votes.people(), nowhere);
        const Json::Array& bases = *json["bases"].array();
        for (std::size_t b = 0; b < bases.size(); ++b) {
            Sum sum;
            for (const std::uint32_t member : indices(bases[b]["members"])) {
                sum.add(is.places[member]);
                base_of[member] = static_cast<std::int8_t>(b);
            }
            is.grouping.bases.push_back(
                {{sum.x / sum.weight, sum.y / sum.weight}, static_cast<std::uint32_t>(sum.weight)});
        }
        for (const Json& one : *json["groups"].array()) {
            Group group{{}, 0, indices(one["bases"])};
            Sum sum;
            for (const std::uint32_t b : group.bases) {
                const Base& base = is.grouping.bases[b];
                sum.add(base.centre, base.people);
                group.people += base.people;
                for (const std::uint32_t member : indices(bases[b]["members"]))
                    is.grouping.group_of[member] = static_cast<std::int8_t>(is.grouping.groups.size());
            }
            group.centre = {sum.x / sum.weight, sum.y / sum.weight};
            is.grouping.groups.push_back(std::move(group));
        }
        tell(is, votes, 2);
    }
};
const Production& production() {
    static const Production one;
    return one;
}
void near(const Json& json, const Point& is, const char* what) {
    EXPECT_NEAR(number((*json.array())[0]), is.x, 1e-12) << what;
    EXPECT_NEAR(number((*json.array())[1]), is.y, 1e-12) << what;
}

TEST(Production, MeansAndCentres) {
    const auto& [json, votes, is, base_of] = production();
    const auto centre = numbers(json["centre"]), extremity = numbers(json["extremity"]);
    ASSERT_EQ(centre.size(), votes.statements());
    for (std::size_t s = 0; s < centre.size(); ++s) {
        EXPECT_NEAR(centre[s], is.centre[s], 1e-13);
        EXPECT_NEAR(extremity[s], std::hypot(is.statement_places[s].x, is.statement_places[s].y), 1e-12);
    }
    const Json::Array &bases = *json["bases"].array(), &groups = *json["groups"].array();
    for (std::size_t b = 0; b < bases.size(); ++b) near(bases[b]["centre"], is.grouping.bases[b].centre, "base");
    for (std::size_t g = 0; g < groups.size(); ++g) near(groups[g]["centre"], is.grouping.groups[g].centre, "group");
    // Production keeps whom it placed when fewer statements stood there; all others are the same.
    const auto members = indices(json["placed"]);
    for (const Person one : is.placed) EXPECT_TRUE(std::binary_search(members.begin(), members.end(), one));
    for (const Person one : members) {
        const bool ours = std::binary_search(is.placed.begin(), is.placed.end(), one);
        EXPECT_EQ(ours, votes.row(one).size() >= least_votes);
    }
}

TEST(Production, ComponentsAreTheDirectionsOfLargestVariance) {
    const auto& [json, votes, is, base_of] = production();
    const Components ours = components(Covariance(votes, 2), votes.statements());
    for (int c = 0; c < 2; ++c) {
        double dot = 0, length = 0;
        for (std::size_t s = 0; s < votes.statements(); ++s) {
            dot += ours.loadings[s][c] * is.components.loadings[s][c];
            length += is.components.loadings[s][c] * is.components.loadings[s][c];
        }
        EXPECT_NEAR(std::abs(dot) / std::sqrt(length), 1, 1e-6);  // production stops after 100 steps
    }
}

TEST(Production, VotesOfBasesAndGroups) {
    const auto& [json, votes, is, base_of] = production();
    const auto of_bases = tally(votes, base_of, is.grouping.bases.size(), 2);
    for (std::size_t b = 0; b < of_bases.size(); ++b)
        golden::expect_tally((*json["base_votes"].array())[b], of_bases[b]);
    for (std::size_t g = 0; g < is.tallies.size(); ++g)
        golden::expect_tally((*json["votes"].array())[g], is.tallies[g]);
}

TEST(Production, ConsensusAndPriorities) {
    const auto& [json, votes, is, base_of] = production();
    const auto shared = numbers(json["group_aware_consensus"]), priorities = numbers(json["priorities"]);
    int meta = 0;
    for (Statement s = 0; s < shared.size(); ++s) {
        EXPECT_NEAR(shared[s], is.group_aware_consensus[s], 1e-14);
        EXPECT_NEAR(priorities[s] / is.priorities[s], 1, 1e-12);
        if (!votes.meta(s)) continue;
        EXPECT_EQ(is.priorities[s], meta_priority);
        EXPECT_TRUE(votes.hidden(s));
        EXPECT_FALSE(is.spread[s].has_value());
        ++meta;
    }
    EXPECT_EQ(meta, 15);
}

TEST(Production, TellingAndShared) {
    const auto& [json, votes, is, base_of] = production();
    golden::expect_telling(json["telling"], is.telling, 7e-7);  // kept there as float32
    golden::expect_consensus(json["consensus"], is.consensus);
}

}  // namespace
}  // namespace opinion
