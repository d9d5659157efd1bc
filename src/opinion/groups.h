// Groups of opinion: who stands near whom on the plane of the two components.
#pragma once
#include <map>
#include <span>
#include <vector>

#include "clusters.h"
#include "votes.h"

namespace opinion {

// Where each person stands: y = sqrt(columns / max(1, seen)) * the sum over the person's votes of (vote − centre) *
// loading, seen: the votes of the person on what is shown, and every column that is hidden. The root makes up for votes
// that are missing: who voted on little is not drawn into the middle.
std::vector<Point> places(const Votes&, const Covariance&, const Components&);
// Where somebody would stand who agreed with this statement alone; its distance from the middle is its extremity.
std::vector<Point> statement_places(const Votes&, const Covariance&, const Components&);

// People are placed in groups who voted on at least min(7, columns) statements, hidden ones included; if they are fewer
// than 15, those with most votes besides, of as many the first, until there are 15. In rising order.
inline constexpr std::size_t least_votes = 7, least_placed = 15;
std::vector<Person> placed(const Votes&);

inline constexpr std::int8_t nowhere = -1;
struct Group {
    Point centre;
    std::uint32_t people = 0;
    std::vector<std::uint32_t> bases;
};
struct Base {  // a cluster of people, of which groups are made
    Point centre;
    std::uint32_t people = 0;
};
struct Grouping {
    std::vector<Base> bases;            // at most 100
    std::vector<Group> groups;          // 2 to 5; one or none where people do not differ
    std::vector<std::int8_t> group_of;  // of each person; nowhere
    std::map<int, double> silhouettes;  // over the bases, from the cold start of each number of groups
    double silhouette = 0;              // over the bases, of the groups taken
    double silhouette_of_people = 0;    // of the groups taken, over at most 1000 people, evenly chosen
};

// Base clusters: k-means of the people placed, from the first 100 points that differ, at most 100 steps. Groups:
// k-means of the bases, weighing their people, from the first k that differ, at most 20 steps, k = 2 … min(5, 2 + bases
// / 12); the k of the largest silhouette, of equals the larger. Method and constants: reference implementation of
// Polis, from a cold start (opinion analysis, docs/opinion.md).
inline constexpr std::size_t most_bases = 100, most_groups = 5;

// k-means stops where no step is better, which need not be the best there is. `several` begins again with as many
// groups as the cold start gave: two where the bases are cut at each tenth of their number along each axis, more in
// equal parts along each axis. Other groups are taken only if as many come out, none holds less than a twentieth of
// those placed, and the silhouette of people is strictly larger. Groups are then numbered from left to right, so that
// the order of people does not name them.
enum class Starts : std::uint8_t { cold, several };
Grouping group(std::span<const Point> places, std::span<const Person> placed, int threads, Starts = Starts::several);

}  // namespace opinion
