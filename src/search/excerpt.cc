#include "excerpt.h"

#include <algorithm>

namespace search {
namespace {

constexpr std::size_t before_first = 24;  // code points

bool inside_character(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::size_t back(std::string_view text, std::size_t at, std::size_t characters) {
    for (; characters > 0 && at > 0; --characters) do
            --at;
        while (at > 0 && inside_character(text, at));
    return at;
}

std::size_t onwards(std::string_view text, std::size_t at, std::size_t characters) {
    for (; characters > 0 && at < text.size(); --characters) do
            ++at;
        while (inside_character(text, at));
    return at;
}

std::string on_one_line(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return out;
}

}  // namespace

std::vector<Shown> excerpt(std::string_view text, const std::vector<Unit>& marks, std::size_t most) {
    std::size_t from = marks.empty() ? 0 : back(text, marks.front().begin, before_first);
    const std::size_t to = onwards(text, from, most);
    if (to == text.size()) from = back(text, to, most);  // no shorter than it may be
    std::vector<Shown> out;
    const auto add = [&](std::size_t begin, std::size_t end, bool hit) {
        if (begin < end) out.push_back({on_one_line(text.substr(begin, end - begin)), hit});
    };
    if (from > 0) out.push_back({"…", false});
    std::size_t at = from;
    for (const Unit& mark : marks) {
        const std::size_t begin = std::max<std::size_t>(mark.begin, at), end = std::min<std::size_t>(mark.end, to);
        if (begin >= end) continue;
        add(at, begin, false);
        add(begin, end, true);
        at = end;
    }
    add(at, to, false);
    if (to < text.size()) out.push_back({"…", false});
    return out;
}

}  // namespace search
