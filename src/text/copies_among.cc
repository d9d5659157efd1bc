// Copies among so many messages that nobody has indexed.
#include <string>
#include <unordered_map>

#include "copies.h"
#include "discover.h"
#include "nearest.h"

namespace text {

// What is equal is indexed once: a thousand equal posts would be each other's nearest and nobody else's.
std::vector<Number> first_of_copies(std::span<const Text> texts, int threads) {
    const Discovery how;
    std::vector<Number> place(texts.size()), message;
    std::unordered_map<std::uint64_t, Number> met;
    std::vector<Text> different;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string_view compared = texts[i].body.empty() ? texts[i].title : texts[i].body;
        const std::uint64_t hash = same_text(compared);
        const auto next = static_cast<Number>(different.size());
        const auto [at, first] = hash == 0 ? std::pair(met.end(), true) : met.try_emplace(hash, next);
        place[i] = first ? next : at->second;
        if (!first) continue;
        message.push_back(static_cast<Number>(i));
        different.push_back(texts[i]);
    }
    Index index({how.title_weight, how.longest_body});
    index.add(different, threads);
    index.settle();
    const Near near = nearest_of_all(index, how.nearest, how.least_likeness, threads);
    const std::vector<Number> copy =
        first_of_copies(different, may_be_copies(index, near, different, threads), threads);
    std::vector<Number> first(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) first[i] = message[copy[place[i]]];
    return first;
}

}  // namespace text
