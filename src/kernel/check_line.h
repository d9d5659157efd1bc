// Small files of lines that carry a check of themselves as their first line, "check " and 16 hex digits: the first
// bytes of SHA-256 over all that follows. Against accidents of the machine, not against forgers.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kernel {

std::string with_check(std::string_view lines);
// The lines after the check: nothing when it is wrong. A text without one, from before there were checks, is returned
// as it is: who reads it must refuse a line that it did not write, such as a check whose first word was changed.
std::optional<std::string_view> checked_lines(std::string_view text);

}  // namespace kernel
