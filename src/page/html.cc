#include "page.h"

namespace page {
namespace {

// The UTF-8 sequence at the start of `text`. Broken UTF-8 passes, byte by byte: a first byte never takes along what is
// no continuation, or a "<" could hide behind it.
std::string_view sequence(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::size_t n = 1;
    while (n < length && n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) ++n;
    return text.substr(0, n);
}

struct Bidi {
    enum Kind { none, dropped, opens, closes };
};

// U+202A…U+202E embed or override and are dropped; U+2066…U+2068 open an isolate, U+2069 closes one.
Bidi::Kind bidi(std::string_view three) {
    if (three.size() < 3 || static_cast<unsigned char>(three[0]) != 0xE2) return Bidi::none;
    const auto second = static_cast<unsigned char>(three[1]), third = static_cast<unsigned char>(three[2]);
    if (second == 0x80 && third >= 0xAA && third <= 0xAE) return Bidi::dropped;
    if (second == 0x81 && third >= 0xA6 && third <= 0xA8) return Bidi::opens;
    if (second == 0x81 && third == 0xA9) return Bidi::closes;
    return Bidi::none;
}

void put_ascii(std::string& out, char c) {
    switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\t':
        case '\n':
        case '\r':
            out += c;
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
    }
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    int open = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            put_ascii(out, text[i++]);
            continue;
        }
        const std::string_view piece = sequence(text.substr(i));
        i += piece.size();
        const Bidi::Kind kind = bidi(piece);
        if (kind == Bidi::dropped || (kind == Bidi::closes && open == 0)) continue;
        if (kind == Bidi::opens) ++open;
        if (kind == Bidi::closes) --open;
        out += piece;
    }
    for (; open > 0; --open) out += "\xE2\x81\xA9";
    return out;
}

}  // namespace

Html trusted(std::string html) {
    Html h;
    h.text_ = std::move(html);
    return h;
}

Html escape(std::string_view text) { return trusted(escaped(text)); }

Html paragraphs(std::string_view text) {
    std::string out;
    bool open = false, line_before = false;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == line.npos) {
            if (open) out += "</p>";
            open = line_before = false;
            continue;
        }
        if (!open) out += "<p>";
        if (line_before) out += "<br>";
        out += escaped(line);
        open = line_before = true;
    }
    if (open) out += "</p>";
    return trusted(std::move(out));
}

Html own_words(std::string_view text, std::string_view lang_tag) {
    return trusted("<div class=\"words\" dir=\"auto\" lang=\"" + escaped(lang_tag) + "\">") + paragraphs(text) +
           trusted("</div>");
}

}  // namespace page
