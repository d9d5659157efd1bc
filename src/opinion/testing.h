// Made people who vote as people do: how many votes each casts, on what, how they divide. For measurements and tests.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "votes.h"

namespace opinion::made {

struct Crowd {
    std::size_t people = 1000, statements = 100;
    std::uint64_t seed = 1;
    double mean_log = 3.25;  // of the number of votes: 3.25 gives about 44 a person, 3.5 about 55
};

// Distributions as found in 17 real conversations (docs/opinion.md): a log-normal number of votes, one tenth casting a
// single one; two fifths of the statements set aside by moderators, with one to three votes; older statements seen
// more; three groups of 60, 28 and 12 %. The same crowd gives the same votes; each person's can be had alone.
class Population {
public:
    explicit Population(const Crowd&);
    bool hidden(Statement statement) const { return hidden_[statement]; }
    // By rising statement; nobody has none.
    void votes_of(Person, std::vector<std::pair<Statement, Vote>>&) const;
    Votes all(int threads) const;

private:
    struct Said {
        double agree = 0, first = 0, second = 0, third = 0, pass = 0;
    };
    Crowd crowd_;
    std::vector<bool> hidden_;
    std::vector<Said> said_;
    std::vector<Statement> by_birth_;                // those shown, oldest first
    std::vector<double> births_, weights_;           // of those; weights summed up
    std::vector<std::vector<Statement>> of_hidden_;  // who voted on what was set aside: few
    std::vector<std::uint32_t> place_of_;            // of a person among of_hidden_, 0 for nothing
};

struct Coordinated {
    std::size_t people = 100, votes = 20;
    int changed = 0;  // of 100 votes of each, at random
    std::uint64_t seed = 1;
};
// Adds rows that vote on the same shown statements, drawn, with the same drawn answers.
void put_bloc(Votes&, const Coordinated&);
// Adds so many rows (`votes` says nothing here) that copy somebody with 15 to 40 shown votes, drawn; returns whom.
Person put_copies(Votes&, const Coordinated&);

}  // namespace opinion::made
