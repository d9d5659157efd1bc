// Against the groups that production made of the same people: never less apart.
#include <gtest/gtest.h>

#include "golden.h"
#include "picture.h"

namespace opinion {
namespace {

class Apart : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Conversations, Apart,
                         ::testing::Values("london", "biodiversity", "farmland", "uberx", "bowling-green",
                                           "production"),
                         [](const auto& name) {
                             std::string out = name.param;
                             std::erase(out, '-');
                             return out;
                         });

// Of the people whom both place, where we place them.
TEST_P(Apart, AsFarAsProductions) {
    const kernel::Json json = golden::json(GetParam());
    const Votes votes = golden::votes(GetParam(), json);
    const Picture is = picture(votes, 2);
    std::map<Person, std::uint32_t> theirs;
    if (const auto* all = json["production"].object()) {
        for (const auto& [person, group] : *all)
            theirs[static_cast<Person>(std::stoul(person))] = static_cast<std::uint32_t>(*group.integer());
    } else {
        const kernel::Json::Array &groups = *json["groups"].array(), &bases = *json["bases"].array();
        for (std::uint32_t g = 0; g < groups.size(); ++g)
            for (const std::uint32_t b : golden::indices(groups[g]["bases"]))
                for (const Person member : golden::indices(bases[b]["members"])) theirs[member] = g;
    }
    std::vector<Point> points;
    std::vector<std::uint32_t> ours, others;
    std::uint32_t most = 0;
    for (const Person one : is.placed) {
        const auto at = theirs.find(one);
        if (at == theirs.end()) continue;
        points.push_back(is.places[one]);
        ours.push_back(static_cast<std::uint32_t>(is.grouping.group_of[one]));
        others.push_back(at->second);
        most = std::max(most, at->second);
    }
    const double own = silhouette(points, ours, is.grouping.groups.size());
    const double production = silhouette(points, others, most + 1);
    RecordProperty("ours", std::to_string(own));
    RecordProperty("production", std::to_string(production));
    EXPECT_GE(own, production - 1e-12);
}

}  // namespace
}  // namespace opinion
