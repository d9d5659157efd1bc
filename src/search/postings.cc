#include "postings.h"

#include <algorithm>
#include <stdexcept>

#include "words.h"

namespace search {

std::uint32_t ListReader::number() {
    std::uint32_t out = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        if (at_ == end_) break;
        const std::uint8_t byte = *at_++;
        out |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return out;
    }
    throw std::runtime_error("search: a list of places is none");
}

bool ListReader::next() {
    if (at_ == end_) return false;
    const std::uint32_t head = number();
    slot_ += head >> 1;
    times_ = head & 1 ? number() : 1;
    places_ = at_;
    named_ = false;
    for (std::uint32_t i = 0, place = 0; i < times_; ++i) named_ = in_name(place += number()) || named_;
    return true;
}

void ListReader::places(std::vector<std::uint32_t>& out) const {
    out.clear();
    ListReader here(kernel::View(places_, static_cast<std::size_t>(end_ - places_)));
    std::uint32_t place = 0;
    for (std::uint32_t i = 0; i < times_; ++i) out.push_back(place += here.number());
}

void ListWriter::number(std::uint32_t n) {
    for (; n >= 0x80; n >>= 7) bytes_.push_back(static_cast<std::uint8_t>(n | 0x80));
    bytes_.push_back(static_cast<std::uint8_t>(n));
}

void ListWriter::add(std::uint32_t slot, const std::vector<std::uint32_t>& places) {
    const bool one = places.size() == 1;
    number((slot - slot_) << 1 | (one ? 0 : 1));
    slot_ = slot;
    if (!one) number(static_cast<std::uint32_t>(places.size()));
    std::uint32_t last = 0;
    for (const std::uint32_t place : places) number(place - last), last = place;
}

kernel::Bytes with(kernel::View list, const std::vector<At>& more) {
    ListWriter out;
    std::vector<std::uint32_t> places;
    auto next = more.begin();
    for (ListReader there(list); there.next();) {
        for (; next != more.end() && next->slot < there.slot(); ++next) out.add(next->slot, next->places);
        there.places(places);
        if (next != more.end() && next->slot == there.slot()) {
            places.insert(places.end(), next->places.begin(), next->places.end());
            std::sort(places.begin(), places.end());
            places.erase(std::unique(places.begin(), places.end()), places.end());
            ++next;
        }
        out.add(there.slot(), places);
    }
    for (; next != more.end(); ++next) out.add(next->slot, next->places);
    return out.bytes();
}

std::optional<kernel::Bytes> without(kernel::View list, const std::vector<std::uint32_t>& slots) {
    bool any = false;
    for (ListReader there(list); !any && there.next();)
        any = std::binary_search(slots.begin(), slots.end(), there.slot());
    if (!any) return std::nullopt;
    ListWriter out;
    std::vector<std::uint32_t> places;
    for (ListReader there(list); there.next();) {
        if (std::binary_search(slots.begin(), slots.end(), there.slot())) continue;
        there.places(places);
        out.add(there.slot(), places);
    }
    return out.bytes();
}

}  // namespace search
