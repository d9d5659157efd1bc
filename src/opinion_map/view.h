// What a map says, as the page and the JSON API show it: of groups, of what all share, of what divides them.
#pragma once
#include <optional>
#include <vector>

#include <dialogue/votes.h>

#include "live.h"

namespace opinion_map {

struct Share {
    std::int64_t part = 0, whole = 0;
};
struct Told {  // a statement that tells a group from the others
    StatementId statement;
    bool agree = true;  // what the group says to it; else it disagrees
    Share group, others;
};
struct GroupView {
    std::int64_t people = 0;
    opinion::Point centre;
    std::optional<std::int64_t> surely;  // so many of them stand surely in it; not known until it was computed
    bool small = false;                  // fewer than the smallest number that is shown: nothing else of it is
    std::vector<Told> telling;
};
struct SharedView {
    StatementId statement;
    bool agree = true;
    std::vector<Share> groups;  // of those that are shown
};
struct DividedView {
    StatementId statement;
    double spread = 0;  // 0: all groups alike; 1: as far apart as can be
    std::vector<opinion::Counts> groups;
};
struct View {
    bool drawn = false;  // there are two groups of which enough people are
    std::int64_t people = 0, placed = 0, votes = 0, statements = 0;
    std::vector<GroupView> groups;
    std::vector<SharedView> shared;          // at most 5 that all agree with, then 5 that all disagree with
    std::vector<DividedView> divided;        // at most 5, the farthest apart first
    std::optional<double> stability;         // the least of the groups': how much of it other people show again, 0 to 1
    std::vector<std::int64_t> blocs;         // people in sets that voted more alike than chance explains
    double silhouette = 0, share_drawn = 0;  // of the differences between people, how much two ways can show
};
// `least`: the smallest number of people that is shown.
View view(const Map&, std::int64_t least, const Sure* = nullptr);

// Where somebody with these votes stands, on the same map.
struct Me {
    opinion::Point at;
    std::optional<int> group;           // the nearest, once they voted on enough to be placed
    std::size_t votes = 0, needed = 0;  // on what is shown; in all, to be placed
};
Me me(const Map&, const std::vector<dialogue::Vote>&);

}  // namespace opinion_map
