#include "markup.h"

namespace page {
namespace {

const char* class_of(Tone tone) {
    switch (tone) {
        case Tone::neutral:
            return "neutral";
        case Tone::done:
            return "done";
        case Tone::due:
            return "due";
        case Tone::late:
            return "late";
    }
    return "neutral";
}

std::string query_encoded(std::string_view text) {
    static const char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            out.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return out;
}

void put_link(Markup& out, Lang lang, const Pages& pages, const char* parameter, const std::string& cursor,
              const char* rel, const char* key) {
    const char* joint = pages.path.find('?') == std::string::npos ? "?" : "&";
    const std::string address = pages.path + joint + parameter + "=" + query_encoded(cursor);
    out.raw("<li><a rel=\"").raw(rel).raw("\" class=\"").raw(rel).raw("\" href=\"").text(address).raw("\">");
    out.text(say(lang, key)).raw("</a></li>");
}

}  // namespace

const char* tone_class(Tone tone) { return class_of(tone); }

Html state(Lang lang, std::string_view message_key, Tone tone) {
    Markup out;
    out.raw("<span class=\"state ").raw(class_of(tone)).raw("\">").text(say(lang, message_key)).raw("</span>");
    return std::move(out).html();
}

Html pagination(Lang lang, const Pages& pages) {
    if (!pages.newer && !pages.older) return {};
    Markup out;
    out.raw("<nav class=\"pages\" aria-label=\"").text(say(lang, "page.pages")).raw("\"><ul>");
    if (pages.newer) put_link(out, lang, pages, "before", *pages.newer, "prev", "page.newer");
    if (pages.older) put_link(out, lang, pages, "after", *pages.older, "next", "page.older");
    out.raw("</ul></nav>");
    return std::move(out).html();
}

}  // namespace page
