// Places as people and other programs write them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kernel {

// WGS84 degrees, "31.23041": rounded to four decimals, "31.2304"; nothing for anything else or beyond `most`.
std::optional<std::string> degrees(std::string_view, int most);

}  // namespace kernel
