#include "check_line.h"

#include <algorithm>

#include "bytes.h"

namespace kernel {
namespace {

constexpr std::string_view check_word = "check ";
constexpr std::size_t check_line_size = check_word.size() + 16 + 1;

std::string check_line(std::string_view lines) {
    const Hash hash = sha256(view(lines));
    return std::string(check_word) + hex(View(hash).first(8)) + '\n';
}

}  // namespace

std::string with_check(std::string_view lines) { return check_line(lines).append(lines); }

std::optional<std::string_view> checked_lines(std::string_view text) {
    if (!text.starts_with(check_word)) return text;
    const std::string_view lines = text.substr(std::min(text.size(), check_line_size));
    if (text.substr(0, check_line_size) != check_line(lines)) return std::nullopt;
    return lines;
}

}  // namespace kernel
