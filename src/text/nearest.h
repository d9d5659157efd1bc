// The steps of discover() on numbers: who is near whom, which edges that gives, and how a group is taken apart.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "communities.h"
#include "copies.h"
#include "discover.h"
#include "index.h"

namespace text {

using Near = std::vector<std::vector<Neighbour>>;
using Districts = std::vector<std::vector<std::string>>;

Near nearest_of_all(const Index&, std::size_t most, float least, int threads);
// What may be copies: those of the nearest that are like enough, and for long bodies what is near each piece of them,
// for a letter may stand at another's end.
std::vector<std::vector<Number>> may_be_copies(const Index&, const Near&, std::span<const Text>, int threads);
// Messages are taken for one node: `node` says of each which.
Near merged(Near, std::span<const Number> node, std::size_t nodes, std::size_t most);
std::vector<Edge> edges(const Near&, const Districts&, std::size_t shared, double least_weight, int threads);
// Parts of a group by average linkage; one part where it holds together. `likenesses` as Index::likenesses() gives
// them.
std::vector<std::vector<std::size_t>> parts(std::span<const float> likenesses, std::size_t n, double loose);

}  // namespace text
