// The list of a word within one block of matters: which matters, and at which places. Bytes: for each matter, in order,
// twice the distance from the one before (from -1 for the first), and one more unless it has just one place; then how
// many places, unless it is one; then each place's distance from the one before. All are base-128 numbers, low groups
// first.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include <kernel/bytes.h>

namespace search {

inline constexpr std::uint32_t block_size = 4096;  // matters

class ListReader {
public:
    explicit ListReader(kernel::View list) : at_(list.data()), end_(list.data() + list.size()) {}
    // Goes to the next matter; false when there is none. Throws std::runtime_error for bytes that are no list.
    bool next();
    std::uint32_t slot() const { return slot_; }
    std::uint32_t times() const { return times_; }
    bool named() const { return named_; }                // one of its places is in a title or the name of a place
    void places(std::vector<std::uint32_t>& out) const;  // of the matter that next() went to

private:
    std::uint32_t number();
    const std::uint8_t* at_;
    const std::uint8_t* end_;
    const std::uint8_t* places_ = nullptr;
    std::uint32_t slot_ = static_cast<std::uint32_t>(-1), times_ = 0;
    bool named_ = false;
};

class ListWriter {
public:
    // Matters in ascending order, places of each ascending.
    void add(std::uint32_t slot, const std::vector<std::uint32_t>& places);
    const kernel::Bytes& bytes() const { return bytes_; }

private:
    void number(std::uint32_t);
    kernel::Bytes bytes_;
    std::uint32_t slot_ = static_cast<std::uint32_t>(-1);
};

struct At {
    std::uint32_t slot = 0;
    std::vector<std::uint32_t> places;  // ascending
};
kernel::Bytes with(kernel::View list, const std::vector<At>& more);  // a matter that is there gets these places too
// Nothing when none of these slots (ascending) is in the list.
std::optional<kernel::Bytes> without(kernel::View list, const std::vector<std::uint32_t>& slots);

}  // namespace search
