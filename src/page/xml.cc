#include "xml.h"

namespace page {

std::string xml_text(std::string_view text) {
    constexpr std::string_view none[] = {"\xEF\xBF\xBE", "\xEF\xBF\xBF"};
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n') continue;
        if (const std::string_view three = text.substr(i, 3); three == none[0] || three == none[1]) {
            i += 2;
            continue;
        }
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

}  // namespace page
