// Small conversations drawn for tests, and pictures compared to the last bit.
#pragma once
#include <cmath>
#include <cstring>
#include <string>

#include "picture.h"
#include "scattered.h"

namespace opinion::drawn {

// Each cell is voted on with `fill` of 100; opinions follow two hidden leanings, so that there is something to find.
inline Votes votes(std::size_t people, std::size_t statements, std::uint64_t fill, std::uint64_t seed) {
    Scatter scatter(seed);
    std::vector<std::uint64_t> side(statements);
    for (std::uint64_t& one : side) one = scatter.below(4);
    Votes out;
    out.grow(people, statements);
    for (Person p = 0; p < people; ++p) {
        const std::uint64_t camp = scatter.below(4);
        for (Statement s = 0; s < statements; ++s) {
            if (scatter.below(100) >= fill) continue;
            const std::uint64_t die = scatter.below(10);
            const bool likes = ((camp ^ side[s]) & 1U) != 0 || (side[s] == 3 && camp > 1);
            out.set(p, s, die == 0 ? Vote::pass : (die < 8) == likes ? Vote::agree : Vote::disagree);
        }
    }
    return out;
}

template <class T>
void put(std::string& out, const T& one) {
    out.append(reinterpret_cast<const char*>(&one), sizeof one);
}
inline std::string bytes(const Picture& of) {
    std::string out;
    for (const Pair& one : of.components.loadings) put(out, one[0]), put(out, one[1]);
    for (const double one : of.components.eigenvalues) put(out, one);
    for (const double one : of.centre) put(out, one);
    for (const auto* points : {&of.places, &of.statement_places})
        for (const Point& one : *points) put(out, one.x), put(out, one.y);
    for (const Person one : of.placed) put(out, one);
    for (const Base& one : of.grouping.bases) put(out, one.centre.x), put(out, one.centre.y), put(out, one.people);
    for (const Group& one : of.grouping.groups) put(out, one.centre.x), put(out, one.centre.y), put(out, one.people);
    for (const std::int8_t one : of.grouping.group_of) put(out, one);
    put(out, of.grouping.silhouette);
    put(out, of.grouping.silhouette_of_people);
    for (const auto& list : of.telling)
        for (const Telling& one : list)
            put(out, one.statement), put(out, one.vote), put(out, one.success), put(out, one.ratio_test);
    for (const auto* list : {&of.consensus.agree, &of.consensus.disagree})
        for (const Shared& one : *list) put(out, one.statement), put(out, one.probability_test);
    for (const auto* list : {&of.group_aware_consensus, &of.priorities})
        for (const double one : *list) put(out, one);
    for (const auto& one : of.spread) put(out, one.value_or(-1));
    return out;
}
inline bool finite(const Picture& of) {
    for (const Point& one : of.places)
        if (!std::isfinite(one.x) || !std::isfinite(one.y)) return false;
    for (const double one : of.priorities)
        if (!std::isfinite(one)) return false;
    for (const double one : of.group_aware_consensus)
        if (!std::isfinite(one)) return false;
    return std::isfinite(of.grouping.silhouette) && std::isfinite(of.grouping.silhouette_of_people);
}

}  // namespace opinion::drawn
