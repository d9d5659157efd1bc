// Groups in a graph of likeness: Leiden's algorithm for the constant Potts model (igraph), with a fixed seed. A group
// holds together when its members are joined by more weight than `resolution` for each pair of them.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace text {

struct Edge {
    std::uint32_t a = 0, b = 0;  // a < b
    float weight = 0;
    friend bool operator==(const Edge&, const Edge&) = default;
};

// The group of each node, numbered from 0 by the lowest node in it. Edges in any order, each pair once. `sizes`: how
// many each node stands for; empty: one.
std::vector<std::uint32_t> communities(std::uint32_t nodes, std::vector<Edge> edges, double resolution,
                                       std::span<const double> sizes = {});

}  // namespace text
