// Sets of people whose votes are so nearly the same that chance does not explain it. They are flagged, with what speaks
// for it; nothing is deleted, and a flag proves nothing about anybody.
#pragma once
#include <span>
#include <vector>

#include "telling.h"

namespace opinion {

// A bloc is a heap of rows with nothing around it, which the opinions of all others do not explain:
// 1. Who cast at least 7 votes is looked at. Two rows are alike as many codes (statement and vote) they share of all
//    that either has (Jaccard). Rows are brought together by the 6 smallest of their codes under 8 scatterings
//    (minhash, Broder 1997); of 4 or more that fall together, what more than half of them said is a template.
// 2. Of each template, over all rows: members are at least 0.6 alike with it, those around it 0.4 to 0.6. It goes on
//    with at least 10 members and at most a quarter as many around: opinions thin out gradually, copies do not.
// 3. How many would be as alike with it by chance as at least half of the members are: of each person who voted on
//    enough of its statements, the probability to have said so much of it, votes taken singly with the shares (said so
//    + 2) / (all + 4) of everybody else or of a group, whichever makes it likelier, members and those around left out;
//    of groups those with at least 20 others, and a fifth as many as members. It is flagged if by chance there were at
//    most a fiftieth as many as there are.
// What is not found: blocs of fewer than 10; whose members vote mostly on different statements; a bloc that says what
// many say; whoever stands alone. What everybody else said is not known where they are fewer than 20: then nothing is
// flagged.
inline constexpr std::size_t least_bloc = 10;
inline constexpr std::uint32_t least_bloc_votes = 7;
struct Bloc {
    std::vector<Person> members;
    std::vector<Votes::Code> votes;  // the template, ascending
    std::size_t around = 0;
    double by_chance = 0;
    bool one_answer = false;  // the template says nearly always the same: haste does so too
};
// The largest first, of equals that with the first member; nobody is in two. `threads` change nothing.
std::vector<Bloc> blocs(const Votes&, std::span<const std::int8_t> group_of, std::size_t groups, int threads);

// The same rows and columns, those of the blocs' members empty: to see what hangs on them.
Votes without(const Votes&, std::span<const Bloc>);

}  // namespace opinion
