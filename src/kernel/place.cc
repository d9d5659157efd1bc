#include "place.h"

#include <charconv>
#include <cstdio>
#include <system_error>

namespace kernel {

std::optional<std::string> degrees(std::string_view text, int most) {
    constexpr std::size_t longest = 32;
    if (text.empty() || text.size() > longest || text.find_first_not_of("-0123456789.") != std::string_view::npos)
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() || value < -most || value > most) return std::nullopt;
    char out[16] = {};
    std::snprintf(out, sizeof out, "%.4f", value);
    std::string rounded(out);
    rounded.erase(rounded.find_last_not_of('0') + 1);
    if (rounded.ends_with('.')) rounded.pop_back();
    return rounded == "-0" ? "0" : rounded;
}

}  // namespace kernel
