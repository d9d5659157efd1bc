#include "communities.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>

#include <igraph/igraph.h>

namespace text {

namespace {

void must(igraph_error_t error) {
    if (error == IGRAPH_ENOMEM) throw std::bad_alloc();
    if (error != IGRAPH_SUCCESS) throw std::runtime_error(std::string("igraph: ") + igraph_strerror(error));
}

struct Vector {
    igraph_vector_t v;
    explicit Vector(std::size_t n) { must(igraph_vector_init(&v, static_cast<igraph_integer_t>(n))); }
    Vector(const Vector&) = delete;
    Vector& operator=(const Vector&) = delete;
    ~Vector() { igraph_vector_destroy(&v); }
};
struct Integers {
    igraph_vector_int_t v;
    explicit Integers(std::size_t n) { must(igraph_vector_int_init(&v, static_cast<igraph_integer_t>(n))); }
    Integers(const Integers&) = delete;
    Integers& operator=(const Integers&) = delete;
    ~Integers() { igraph_vector_int_destroy(&v); }
};
// What it is made of is let go: a million messages have some thirty million edges.
struct Graph {
    igraph_t g;
    Graph(std::vector<Edge> edges, std::uint32_t nodes) {
        Integers ends(edges.size() * 2);
        for (std::size_t i = 0; i < edges.size(); ++i) {
            VECTOR(ends.v)[2 * i] = edges[i].a;
            VECTOR(ends.v)[2 * i + 1] = edges[i].b;
        }
        edges = std::vector<Edge>();  // `= {}` would keep its room
        must(igraph_create(&g, &ends.v, nodes, IGRAPH_UNDIRECTED));
    }
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;
    ~Graph() { igraph_destroy(&g); }
};
// igraph's own generator is one for the process.
struct Seeded {
    igraph_rng_t mine;
    igraph_rng_t* before;
    Seeded() {
        must(igraph_rng_init(&mine, &igraph_rngtype_pcg32));
        must(igraph_rng_seed(&mine, 20120508));
        before = igraph_rng_default();
        igraph_rng_set_default(&mine);
    }
    Seeded(const Seeded&) = delete;
    Seeded& operator=(const Seeded&) = delete;
    ~Seeded() {
        igraph_rng_set_default(before);
        igraph_rng_destroy(&mine);
    }
};

}  // namespace

std::vector<std::uint32_t> communities(std::uint32_t nodes, std::vector<Edge> edges, double resolution,
                                       std::span<const double> sizes) {
    if (!sizes.empty() && sizes.size() != nodes) throw std::invalid_argument("communities: a size for each node");
    std::vector<std::uint32_t> out(nodes);
    if (nodes == 0) return out;
    std::sort(edges.begin(), edges.end(),
              [](const Edge& x, const Edge& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });

    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    igraph_set_error_handler(igraph_error_handler_ignore);
    const Seeded seeded;
    Integers member(nodes);
    Vector weights(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) VECTOR(weights.v)[i] = edges[i].weight;
    Vector weight_of_node(sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) VECTOR(weight_of_node.v)[i] = sizes[i];
    const Graph graph(std::move(edges), nodes);
    igraph_integer_t found = 0;
    must(igraph_community_leiden(&graph.g, &weights.v, sizes.empty() ? nullptr : &weight_of_node.v, resolution, 0.01,
                                 false, 3, &member.v, &found, nullptr));

    std::vector<std::uint32_t> name(static_cast<std::size_t>(found), nodes);
    std::uint32_t next = 0;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        std::uint32_t& mine = name[static_cast<std::size_t>(VECTOR(member.v)[i])];
        if (mine == nodes) mine = next++;
        out[i] = mine;
    }
    return out;
}

}  // namespace text
