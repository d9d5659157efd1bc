#include "plain_text.h"

#include <algorithm>

namespace mail_reader {

std::string unflowed(std::string_view text, bool delsp) {
    std::string out;
    bool goes_on = false;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        const bool ends = end != std::string_view::npos;
        if (line.ends_with('\r')) line.remove_suffix(1);
        const bool quoted = line.starts_with('>'), signature = line == "-- ";
        if (goes_on && (quoted || signature)) out += '\n';
        if (line.starts_with(' ')) line.remove_prefix(1);  // stuffed
        goes_on = !quoted && !signature && line.ends_with(' ');
        if (goes_on && delsp) line.remove_suffix(1);
        out += line;
        if (ends && !goes_on) out += '\n';
    }
    return out;
}

std::string charset_within(std::string_view html) {
    std::string start(html.substr(0, 1024));
    std::transform(start.begin(), start.end(), start.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::size_t at = start.find("charset=");
    if (at == start.npos) return "";
    at = start.find_first_not_of("\"' ", at + 8);
    if (at == start.npos) return "";
    return start.substr(at, start.find_first_of("\"' ;/>\r\n", at) - at);
}

}  // namespace mail_reader
