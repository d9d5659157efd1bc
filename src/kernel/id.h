// Typed ids. An id is the ledger index of the entry that made the thing: short, ordered by time, the same on every
// rebuild. It is public and guessable; nothing secret may rest on it.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace kernel {

// `Tag` is an incomplete struct naming the kind: using MeasureId = kernel::Id<struct MeasureTag>;
template <class Tag>
class Id {
public:
    constexpr Id() =
        default;  // no thing: value() == 0 is entry 0, the installation itself, which is no addressable thing
    constexpr explicit Id(std::int64_t index) : index_(index) {}
    constexpr std::int64_t value() const { return index_; }
    constexpr explicit operator bool() const { return index_ != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::int64_t index_ = 0;
};

// Digits only, no sign, no leading zero, at most 2^53 - 1 (what every JSON reader can hold); nothing otherwise.
std::optional<std::int64_t> parse_index(std::string_view digits);

}  // namespace kernel

template <class Tag>
struct std::hash<kernel::Id<Tag>> {
    std::size_t operator()(kernel::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value()); }
};
