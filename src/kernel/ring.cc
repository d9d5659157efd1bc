#include "ring.h"

#include <algorithm>
#include <stdexcept>

#include "check_line.h"
#include "id.h"
#include "text.h"

namespace kernel {
namespace {

constexpr int deepest = 64;

Hash below(const Hash& seed, bool right) {
    return hmac_sha256(seed, view(right ? "huiyin ring right" : "huiyin ring left"));
}

Name first_bits(Name name, int n) { return n == 0 ? 0 : name & (~Name{0} << (deepest - n)); }
bool bit(Name name, int depth) { return (name >> (deepest - 1 - depth)) & 1; }

Hash hash_of(std::string_view hex) {
    const auto bytes = parse_hex(hex);
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) throw std::runtime_error("the ring of keys is damaged");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

}  // namespace

Name name_of_entry(std::int64_t index) { return static_cast<Name>(index); }

Name name_of_blob(const Hash& blob) {
    Name name = 0;
    for (std::size_t i = 0; i < 8; ++i) name = name << 8 | blob[i];
    return name | Name{1} << 63;
}

Ring Ring::make() {
    Ring ring;
    ring.seeds_[{0, 0}] = random_hash();
    return ring;
}

Ring Ring::parse(std::string_view text) {
    Ring ring;
    const auto lines = checked_lines(text);
    if (!lines) throw std::runtime_error("the ring of keys is damaged");
    for (std::string_view line : split(*lines, '\n')) {
        if (line.empty()) continue;
        const auto parts = split(line, ' ');
        const auto number = parts.size() > 2 ? parse_index(parts[1]) : std::nullopt;
        if (parts.size() == 4 && parts[0] == "seed" && number && *number <= deepest && parts[2].size() == 16) {
            Name prefix = 0;
            const auto bytes = parse_hex(parts[2]);
            if (!bytes) throw std::runtime_error("the ring of keys is damaged");
            for (std::uint8_t byte : *bytes) prefix = prefix << 8 | byte;
            ring.seeds_[{prefix, static_cast<int>(*number)}] = hash_of(parts[3]);
        } else if (parts.size() == 3 && parts[0] == "erased" && number) {
            ring.erased_[*number] = std::string(parts[2]);
        } else {
            throw std::runtime_error("the ring of keys is damaged");
        }
    }
    return ring;
}

std::string Ring::text() const {
    std::string out;
    for (const auto& [place, seed] : seeds_) {
        Bytes prefix(8);
        for (std::size_t i = 0; i < 8; ++i) prefix[i] = static_cast<std::uint8_t>(place.first >> (56 - 8 * i));
        out += "seed " + std::to_string(place.second) + ' ' + hex(prefix) + ' ' + hex(seed) + '\n';
    }
    for (const auto& [index, basis] : erased_) out += "erased " + std::to_string(index) + ' ' + basis + '\n';
    return with_check(out);
}

// The subtrees do not overlap and are in the order of their prefixes: only the last that begins at or before the name
// can hold it.
std::optional<std::map<Ring::Place, Hash>::const_iterator> Ring::above(Name name) const {
    auto after = seeds_.upper_bound({name, deepest});
    if (after == seeds_.begin()) return std::nullopt;
    const auto found = std::prev(after);
    if (first_bits(name, found->first.second) != found->first.first) return std::nullopt;
    return found;
}

std::optional<Hash> Ring::key(Name name) const {
    const auto found = above(name);
    if (!found) return std::nullopt;
    while (!path_.empty() && (first_bits(name, path_.back().first.second) != path_.back().first.first ||
                              path_.back().first.second < (*found)->first.second))
        path_.pop_back();
    if (path_.empty() || path_.front().first != (*found)->first) path_.assign(1, **found);
    while (path_.back().first.second < deepest) {
        const int depth = path_.back().first.second;
        const Hash next = below(path_.back().second, bit(name, depth));
        path_.push_back({{first_bits(name, depth + 1), depth + 1}, next});
    }
    return hmac_sha256(path_.back().second, view("huiyin ring key"));
}

bool Ring::destroy(Name name) {
    const auto found = above(name);
    if (!found) return false;
    auto [place, seed] = **found;
    path_.clear();
    seeds_.erase(*found);
    for (int depth = place.second; depth < deepest; ++depth) {
        const bool right = bit(name, depth);
        const Name beside = first_bits(name, depth) | (right ? Name{0} : Name{1} << (deepest - 1 - depth));
        seeds_[{beside, depth + 1}] = below(seed, !right);
        seed = below(seed, right);
    }
    return true;
}

}  // namespace kernel
