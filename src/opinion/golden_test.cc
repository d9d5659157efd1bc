// Against what others computed from the same votes.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "golden.h"
#include "picture.h"

namespace opinion {
namespace {

using golden::indices;
using golden::number;
using golden::numbers;
using kernel::Json;

void near(const Json& json, const Point& is, double within, const char* what) {
    EXPECT_NEAR(number((*json.array())[0]), is.x, within) << what;
    EXPECT_NEAR(number((*json.array())[1]), is.y, within) << what;
}

class Cold : public ::testing::TestWithParam<const char*> {
protected:
    Json json = golden::json(GetParam());
    Votes votes = golden::votes(GetParam(), json);
    Picture is = picture(votes, 2, nullptr, Starts::cold);
};
INSTANTIATE_TEST_SUITE_P(Conversations, Cold,
                         ::testing::Values("london", "biodiversity", "farmland", "uberx", "bowling-green"),
                         [](const auto& name) {
                             std::string out = name.param;
                             std::erase(out, '-');
                             return out;
                         });

TEST_P(Cold, ComponentsAndPlaces) {
    const auto centre = numbers(json["centre"]);
    for (std::size_t s = 0; s < centre.size(); ++s) EXPECT_NEAR(centre[s], is.centre[s], 1e-14);
    for (int c = 0; c < 2; ++c) {
        const auto loadings = numbers((*json["loadings"].array())[static_cast<std::size_t>(c)]);
        for (std::size_t s = 0; s < loadings.size(); ++s) EXPECT_NEAR(loadings[s], is.components.loadings[s][c], 1e-9);
        const double value = number((*json["eigenvalues"].array())[static_cast<std::size_t>(c)]);
        EXPECT_NEAR(value / is.components.eigenvalues[static_cast<std::size_t>(c)], 1, 1e-12);
    }
    for (std::size_t p = 0; p < is.places.size(); ++p) near((*json["places"].array())[p], is.places[p], 1e-8, "place");
    EXPECT_EQ(indices(json["placed"]), is.placed);
    const auto extremity = numbers(json["extremity"]);
    for (std::size_t s = 0; s < extremity.size(); ++s)
        EXPECT_NEAR(extremity[s], std::hypot(is.statement_places[s].x, is.statement_places[s].y), 1e-8);
    RecordProperty("passes", is.components.passes);
}

TEST_P(Cold, Groups) {
    const Json::Array& bases = *json["bases"].array();
    ASSERT_EQ(bases.size(), is.grouping.bases.size());
    for (std::size_t b = 0; b < bases.size(); ++b) {
        near(bases[b]["centre"], is.grouping.bases[b].centre, 1e-8, "base");
        EXPECT_EQ(bases[b]["members"].array()->size(), is.grouping.bases[b].people);
    }
    for (const auto& [k, silhouette] : is.grouping.silhouettes)
        EXPECT_NEAR(number(json["silhouettes"][std::to_string(k)]), silhouette, 1e-9);
    EXPECT_EQ(json["silhouettes"].object()->size(), is.grouping.silhouettes.size());
    const Json::Array& groups = *json["groups"].array();
    ASSERT_EQ(groups.size(), is.grouping.groups.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
        near(groups[g]["centre"], is.grouping.groups[g].centre, 1e-8, "group");
        EXPECT_EQ(indices(groups[g]["bases"]), is.grouping.groups[g].bases);
        for (const std::uint32_t member : indices(groups[g]["members"]))
            EXPECT_EQ(is.grouping.group_of[member], static_cast<std::int8_t>(g));
    }
}

TEST_P(Cold, WhatFollows) {
    const Json::Array& groups = *json["votes"].array();
    for (std::size_t g = 0; g < groups.size(); ++g) golden::expect_tally(groups[g], is.tallies[g]);
    const auto shared = numbers(json["group_aware_consensus"]), priorities = numbers(json["priorities"]);
    for (std::size_t s = 0; s < shared.size(); ++s) {
        EXPECT_NEAR(shared[s], is.group_aware_consensus[s], 1e-12);
        EXPECT_NEAR(priorities[s] / is.priorities[s], 1, 1e-8);
    }
    golden::expect_telling(json["telling"], is.telling, 1e-12);
    golden::expect_consensus(json["consensus"], is.consensus);
}

}  // namespace
}  // namespace opinion
