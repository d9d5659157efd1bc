// From messages to suggestions of issues: what is the same matter at the same place, with how many people behind it.
//
//   likeness of titles and beginnings (index.h) -> the 60 nearest of each -> an edge for each, weighed by shared
//   neighbours: likeness * (1/5 + 4/5 * Jaccard of the two's 30 nearest), so that a frequent complaint, which is a
//   little like hundreds, joins less than a message whose neighbours are the other's neighbours -> no edge between
//   messages that name different districts
//   -> Leiden (communities.h) at `issue_resolution` -> a group of which a part is far more alike than to the rest is
//   split there
//   -> issues joined by the same rule at `topic_resolution` are a topic.
// How the numbers were chosen: docs/issue-discovery.md.
//
// The result is a function of the set of messages: their order and the number of threads change nothing. What people
// confirmed stays: such messages keep their issue and are moved by nothing; the others are suggested to an issue, or
// are in new groups.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace text {

struct Message {
    std::int64_t id = 0;  // each once; ascending ids are ascending time
    std::string_view title;
    std::string_view body;
    std::int64_t person =
        0;  // whoever says more than one thing counts once; 0 is somebody of whom nothing is known, and counts singly
    std::int64_t confirmed = 0;  // the issue that people put it into
    // The district it is about, where that is known; else what title and body name (places.h).
    std::string_view district;
};

struct Discovery {
    int threads = 2;
    std::size_t nearest = 60;
    std::size_t shared = 30;
    float least_likeness = 0.05F;
    double issue_resolution = 0.06;
    double topic_resolution = 0.02;
    // Copies of which this share of the longer one is in the shorter one are one text in the graph.
    double nearly_all = 0.7;
    // A group is split in two where the parts' likeness is below this share of the likeness within them.
    double loose = 0.3;
    // Mean likeness below which a group is a topic and no issue, which is said of it.
    double cohesive = 0.13;
    std::size_t largest_examined = 400;  // splitting costs the square of a group's size
    int title_weight = 3;
    std::size_t longest_body = 250;
    std::function<void(std::string_view step)> on_step;  // for programs that show times
};

struct Group {
    std::int64_t confirmed = 0;           // the issue, or 0: a suggestion of a new one
    std::vector<std::int64_t> messages;   // ascending; of a confirmed issue those that are in it
    std::vector<std::int64_t> suggested;  // ascending; only of a confirmed issue: what should join it
    std::int64_t example = 0;             // the most central message
    std::size_t people = 0;               // distinct, of both lists
    std::size_t texts = 0;                // distinct: copies count once
    double cohesion = 0;                  // mean likeness of its different texts
    bool cohesive = false;
    std::uint32_t topic = 0;  // groups of one number are one topic
    friend bool operator==(const Group&, const Group&) = default;
};
struct Copied {
    std::int64_t message = 0;
    std::int64_t first = 0;  // the earliest of which it is a copy; itself where it is none
    friend bool operator==(const Copied&, const Copied&) = default;
};
struct Found {
    std::vector<Group> groups;   // by people, then messages, then the lowest id; every message is in one
    std::vector<Copied> copied;  // ascending
};

Found discover(std::span<const Message>, const Discovery& = {});

}  // namespace text
