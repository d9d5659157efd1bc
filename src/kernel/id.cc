#include "id.h"

namespace kernel {

std::optional<std::int64_t> parse_index(std::string_view digits) {
    constexpr std::int64_t largest = (std::int64_t{1} << 53) - 1;
    if (digits.empty() || digits.size() > 16 || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
    std::int64_t value = 0;
    for (char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > largest) return std::nullopt;
    return value;
}

}  // namespace kernel
