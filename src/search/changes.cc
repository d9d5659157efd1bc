#include "changes.h"

#include <algorithm>
#include <span>

#include "store.h"
#include "words.h"

namespace search {

namespace {

// A slot and a place in one number that sorts by slot, then by place: 12 and 20 bits, no place before all others.
constexpr int place_bits = 20;
constexpr std::uint32_t place_mask = (1U << place_bits) - 1;
static_assert(block_size <= 1U << (32 - place_bits));
static_assert(begin_of(Part::answer) + room_of(Part::answer) < place_mask);

constexpr std::uint32_t packed(std::uint32_t slot, std::uint32_t place) {
    return slot << place_bits | (place == no_place ? 0 : place + 1);
}

// The places of one matter after the other.
template <class F>
void each_matter(std::span<const std::uint32_t> all, const F& f) {
    std::vector<std::uint32_t> places;
    for (std::size_t i = 0; i < all.size();) {
        const std::uint32_t slot = all[i] >> place_bits;
        places.clear();
        for (; i < all.size() && all[i] >> place_bits == slot; ++i)
            if ((all[i] & place_mask) != 0) places.push_back((all[i] & place_mask) - 1);
        f(slot, places);
    }
}

kernel::Bytes fresh(std::span<const std::uint32_t> all) {
    ListWriter out;
    each_matter(all, [&](std::uint32_t slot, const std::vector<std::uint32_t>& places) { out.add(slot, places); });
    return out.bytes();
}

std::vector<At> more(std::span<const std::uint32_t> all) {
    std::vector<At> out;
    each_matter(all, [&](std::uint32_t slot, const std::vector<std::uint32_t>& places) {
        out.push_back({slot, places});
    });
    return out;
}

void replace(db::Connection& derived, std::int64_t list, const std::optional<kernel::Bytes>& now) {
    if (now && now->empty()) drop_list(derived, list);
    if (now && !now->empty()) put_list(derived, list, *now);
}

void take_out_of_all(db::Connection& derived, std::int64_t block, const std::vector<std::uint32_t>& slots) {
    std::vector<std::pair<std::int64_t, kernel::Bytes>> changed;
    each_list(derived, block, [&](std::int64_t list, kernel::View bytes) {
        if (auto now = without(bytes, slots)) changed.emplace_back(list, *std::move(now));
    });
    for (const auto& [list, now] : changed) replace(derived, list, now);
}

}  // namespace

Changes::Number Changes::number_of(std::int64_t list) {
    const auto number = static_cast<Number>(numbered_.size());
    numbered_.push_back({list, number, 0});
    return number;
}

void Changes::add(Number number, std::uint32_t slot, std::uint32_t place) {
    additions_.push_back({number, packed(slot, place)});
    ++numbered_[number].count;
}

void Changes::take_out(std::int64_t n) { gone_[block_of(n)].insert(slot_of(n)); }
void Changes::take_out_of(std::int64_t n, std::int64_t list) { fewer_[list].insert(slot_of(n)); }

// A counting sort: matters come nearly in the order of their numbers, and so do their places.
void Changes::sort_by(std::span<const Numbered> order) {
    std::vector<std::size_t> next(order.size());
    std::size_t begin = 0;
    for (const Numbered& one : order) next[one.number] = begin, begin += one.count;
    sorted_.resize(additions_.size());
    for (const Addition& one : additions_) sorted_[next[one.list]++] = one.at;
}

void Changes::write(db::Connection& derived, std::int64_t fresh_from) {
    for (const auto& [block, slots] : gone_) take_out_of_all(derived, block, {slots.begin(), slots.end()});
    for (const auto& [list, slots] : fewer_)
        if (const auto found = list_at(derived, list))
            replace(derived, list, without(*found, {slots.begin(), slots.end()}));
    std::vector<Numbered> order = numbered_;
    std::sort(order.begin(), order.end(), [](const Numbered& a, const Numbered& b) {
        return a.list != b.list ? a.list < b.list : a.number < b.number;
    });
    sort_by(order);
    const std::int64_t first_fresh = place_of(fresh_from, 0);
    std::vector<std::int64_t> maybe_there;
    for (const Numbered& one : order)
        if (one.list < first_fresh && (maybe_there.empty() || maybe_there.back() != one.list))
            maybe_there.push_back(one.list);
    const Lists there = lists_at(derived, maybe_there);
    auto first = sorted_.begin();
    for (std::size_t i = 0; i < order.size();) {
        const std::int64_t list = order[i].list;
        auto end = first;
        for (; i < order.size() && order[i].list == list; ++i) end += order[i].count;
        if (!std::is_sorted(first, end)) std::sort(first, end);
        const std::span<const std::uint32_t> own(first, std::unique(first, end));
        const auto old = there.find(list);
        put_list(derived, list, old == there.end() ? fresh(own) : with(old->second, more(own)));
        first = end;
    }
    numbered_.clear(), additions_.clear(), gone_.clear(), fewer_.clear();
}

}  // namespace search
