// What writer and reader of JSON agree on. Not part of the face.
#pragma once
#include <cstdint>
#include <string>

namespace kernel::json_format {

constexpr std::int64_t largest_integer = (std::int64_t{1} << 53) - 1;  // what every JSON reader can hold exactly
constexpr int deepest = 64;

// As ECMAScript's Number::toString (ECMA-262 section 6.1.6.1.20), which RFC 8785 section 3.2.2.3 prescribes. Throws
// std::range_error for what is not finite.
void append_number(std::string& out, double value);

}  // namespace kernel::json_format
