#include <kernel/id.h>

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

void put_link(Markup& out, Lang lang, const std::string& address, const char* rel, const char* looks, const char* key) {
    out.raw("<li><a rel=\"").raw(rel).raw("\" class=\"").raw(looks).raw("\" href=\"").text(address).raw("\">");
    out.text(say(lang, key)).raw("</a></li>");
}

std::string address_of(const std::string& path, const std::string& parameter, const std::string& cursor) {
    const char* joint = path.find('?') == std::string::npos ? "?" : "&";
    return path + joint + parameter + "=" + query_encoded(cursor);
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
    if (pages.newer) put_link(out, lang, address_of(pages.path, "after", *pages.newer), "prev", "prev", "page.newer");
    if (pages.older) put_link(out, lang, address_of(pages.path, "before", *pages.older), "next", "next", "page.older");
    out.raw("</ul></nav>");
    return std::move(out).html();
}

std::optional<std::string_view> asked_after(const http::Request& r, std::string_view list) {
    return r.asked(std::string(list) + "-after");
}

std::optional<std::int64_t> index_after(const http::Request& r, std::string_view list) {
    return kernel::parse_index(asked_after(r, list).value_or(""));
}

Html turning(const http::Request& r, const List& list, const std::optional<std::string>& next) {
    const bool turned = asked_after(r, list.name).has_value();
    if (!turned && !next) return {};
    const Lang lang = lang_of(r);
    const std::string here = "#" + list.name;
    Markup out;
    out.raw("<nav class=\"pages\" aria-labelledby=\"").text(list.name).raw("-title\"><ul>");
    if (turned) put_link(out, lang, list.path + here, "first", "prev", "page.first_page");
    if (next) {
        const std::string address = address_of(list.path, list.name + "-after", *next);
        put_link(out, lang, address + here, "next", "next", "page.next_page");
    }
    out.raw("</ul></nav>");
    return std::move(out).html();
}

}  // namespace page
