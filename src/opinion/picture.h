// The whole picture of a dialogue, from its votes: components, places, groups, what tells them apart and what they
// share.
#pragma once
#include <optional>

#include "division.h"
#include "groups.h"
#include "telling.h"

namespace opinion {

struct Picture {
    Components components;
    std::vector<double> centre;           // of each statement: the mean of its votes
    std::vector<Point> places;            // of each person
    std::vector<Point> statement_places;  // where who agreed with it alone would stand
    std::vector<Person> placed;           // who is in a group
    Grouping grouping;
    std::vector<Tally> tallies;                 // of each group
    std::vector<std::vector<Telling>> telling;  // of each group
    Consensus consensus;
    std::vector<double> group_aware_consensus;  // of each statement
    std::vector<double> priorities;             // of each statement
    std::vector<std::optional<double>> spread;  // of each statement: how much the groups differ (division.h)
};

// The same votes, in the same rows and columns, give the same picture to the last bit, on every machine and with any
// number of threads. `before`, a picture of almost the same votes, saves time; then components differ by no more than
// components() says.
Picture picture(const Votes&, int threads, const Picture* before = nullptr, Starts = Starts::several);

// Everything that follows from given groups: `picture` must have statement_places.
void tell(Picture&, const Votes&, int threads);

}  // namespace opinion
