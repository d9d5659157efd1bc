#include "text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "bytes.h"

namespace kernel {
namespace {

// Bytes at `at` that form one well-formed sequence (RFC 3629 section 4), 0 if none does.
std::size_t sequence_length(const unsigned char* at, std::size_t left) {
    const auto continues = [&](std::size_t i) { return i < left && (at[i] & 0xC0) == 0x80; };
    const unsigned char lead = at[0];
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;  // a continuation byte, or an overlong form
    if (lead < 0xE0) return continues(1) ? 2 : 0;
    if (lead < 0xF0) {
        if (!continues(1) || !continues(2)) return 0;
        if (lead == 0xE0 && at[1] < 0xA0) return 0;   // overlong
        if (lead == 0xED && at[1] >= 0xA0) return 0;  // surrogates
        return 3;
    }
    if (lead > 0xF4 || !continues(1) || !continues(2) || !continues(3)) return 0;
    if (lead == 0xF0 && at[1] < 0x90) return 0;   // overlong
    if (lead == 0xF4 && at[1] >= 0x90) return 0;  // above U+10FFFF
    return 4;
}

// `at` must be in valid UTF-8; moves `at` past the code point.
std::int32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return text[at++];
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::int32_t value = lead & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) value = value << 6 | (byte(i) & 0x3F);
    at += length;
    return value;
}

std::string with_line_feeds(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    while (true) {
        const std::size_t end = raw.find('\r');
        out += raw.substr(0, end);
        if (end == raw.npos) return out;
        out += '\n';
        raw.remove_prefix(raw.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

// Without Unicode white space (among it the ideographic space) at both ends.
std::string_view without_outer_space(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size() && u_isUWhiteSpace(next_code_point(text, at));) begin = at;
    text.remove_prefix(begin);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while ((static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
        if (std::size_t at = last; !u_isUWhiteSpace(next_code_point(text, at))) break;
        text = text.substr(0, last);
    }
    return text;
}

bool has_refused_characters(std::string_view text, Lines lines) {
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t c = next_code_point(text, at);
        if (lines == Lines::many && (c == '\n' || c == '\t')) continue;
        const bool control =
            c < 0x20 || (c >= 0x7F && c <= 0x9F);  // category Cc, which Unicode promises never to change
        const bool bidi_override = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        const bool noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
        if (control || bidi_override || noncharacter) return true;
    }
    return false;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (at + 8 <= text.size()) {
            std::memcpy(&eight, bytes + at, 8);
            if ((eight & 0x8080'8080'8080'8080) == 0) {
                at += 8;
                continue;
            }
        }
        const std::size_t length = sequence_length(bytes + at, text.size() - at);
        if (length == 0) break;
        at += length;
    }
    return at;
}

bool valid_utf8(std::string_view text) { return valid_utf8_prefix(text) == text.size(); }

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && n-- == 0) break;
    return text.substr(0, at);
}

std::string nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
    if (U_SUCCESS(status))
        form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                            status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU normalization: ") + u_errorName(status));
    return out;
}

Result<std::string> admit(std::string_view raw, std::string_view field, std::size_t max, Lines lines) {
    if (!valid_utf8(raw)) return invalid(std::string(field), "kernel.text_not_utf8");
    const std::string composed = nfc(with_line_feeds(raw));
    const std::string_view trimmed = without_outer_space(composed);
    if (has_refused_characters(trimmed, lines)) return invalid(std::string(field), "kernel.text_control");
    if (auto ok = check_length(trimmed, field, max); !ok) return ok.error();
    return std::string(trimmed);
}

Checked check_length(std::string_view text, std::string_view field, std::size_t max) {
    const std::size_t got = code_points(text);
    if (got <= max) return {};
    return invalid(std::string(field), "kernel.text_too_long",
                   {{"max", std::to_string(max)}, {"got", std::to_string(got)}});
}

Checked need_text(std::string_view text, std::string_view field, std::size_t max, std::string_view missing) {
    if (text.empty()) return invalid(std::string(field), std::string(missing));
    return check_length(text, field, max);
}

bool language_tag(std::string_view tag) {
    return tag.size() >= 2 && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

std::string trim(std::string_view text) {
    constexpr std::string_view blank = " \t\n\v\f\r";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == text.npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(blank) - begin + 1));
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain)
            out += c;
        else
            out += '%' + hex(view({&c, 1}));
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    for (std::size_t at = text.find(separator); at != text.npos; at = text.find(separator, begin)) {
        out.push_back(text.substr(begin, at - begin));
        begin = at + 1;
    }
    out.push_back(text.substr(begin));
    return out;
}

}  // namespace kernel
