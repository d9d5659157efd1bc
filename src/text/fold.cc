#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "characters.h"
#include "tokens.h"

namespace text {

namespace {

constexpr char32_t first_han = 0x3400, after_han = 0xA000;

struct Simplified {
    std::vector<char16_t> basic = std::vector<char16_t>(after_han - first_han);
    std::unordered_map<char32_t, char32_t> other;

    Simplified() {
        for (char32_t c = first_han; c < after_han; ++c) basic[c - first_han] = static_cast<char16_t>(c);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(simplified_pairs.data());
        const auto size = static_cast<std::int32_t>(simplified_pairs.size());
        for (std::int32_t at = 0; at < size;) {
            UChar32 from = 0, to = 0;
            U8_NEXT(bytes, at, size, from);
            U8_NEXT(bytes, at, size, to);
            const auto f = static_cast<char32_t>(from), t = static_cast<char32_t>(to);
            if (f >= first_han && f < after_han && t < 0x10000)
                basic[f - first_han] = static_cast<char16_t>(t);
            else
                other.emplace(f, t);
        }
    }
};

const Simplified& table() {
    static const Simplified simplified;
    return simplified;
}

const icu::Normalizer2& normalizer() {
    static const icu::Normalizer2* const folding = [] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* made = icu::Normalizer2::getNFKCCasefoldInstance(status);
        if (U_FAILURE(status) || !made) throw std::runtime_error("ICU has no data for NFKC_Casefold");
        return made;
    }();
    return *folding;
}

bool spaceless_script(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_HANGUL:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
        case USCRIPT_TIBETAN:
            return true;
        default:
            return c == 0x30FC;  // ー is of no one script
    }
}

Class class_of(char32_t c) {
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return Class::letter;
        return c == '\'' ? Class::apostrophe : Class::separator;
    }
    if (c >= first_han && c < after_han && (c < 0x4DC0 || c >= 0x4E00)) return Class::alone;
    if (c == 0x2019) return Class::apostrophe;
    const auto u = static_cast<UChar32>(c);
    switch (u_charType(u)) {
        case U_UPPERCASE_LETTER:
        case U_LOWERCASE_LETTER:
        case U_TITLECASE_LETTER:
        case U_MODIFIER_LETTER:
        case U_OTHER_LETTER:
        case U_LETTER_NUMBER:
            return spaceless_script(u) ? Class::alone : Class::letter;
        case U_DECIMAL_DIGIT_NUMBER:
        case U_OTHER_NUMBER:
            return Class::letter;
        case U_NON_SPACING_MARK:
        case U_COMBINING_SPACING_MARK:
            return Class::mark;
        default:
            return Class::separator;
    }
}

// Characters that never join with what stands before them, tested without a look at ICU's data.
bool begins_anew(char32_t c) {
    return c < 0xAD || (c >= 0x4E00 && c < after_han) || (c >= 0x3001 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF5E);
}

}  // namespace

namespace {

char32_t simplified_by(const Simplified& all, char32_t c) {
    if (c >= first_han && c < after_han && all.basic[c - first_han] != c) return all.basic[c - first_han];
    if (c < first_han) return c;
    const auto found = all.other.find(c);
    return found == all.other.end() ? c : found->second;
}

}  // namespace

char32_t simplified(char32_t c) { return simplified_by(table(), c); }

bool without_spaces(char32_t c) { return class_of(c) == Class::alone; }

void append_utf8(std::string& out, char32_t c) {
    char bytes[4];
    std::int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, static_cast<UChar32>(c));
    out.append(bytes, static_cast<std::size_t>(n));
}

void fold(std::string_view text, std::vector<Folded>& out) {
    out.clear();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 1u << 30));
    const Simplified& characters = table();
    const auto next_of = [&](std::int32_t& at) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, at, size, c);
        return static_cast<char32_t>(c);
    };
    const auto put = [&out](char32_t c, std::int32_t begin, std::int32_t end) {
        out.push_back({c, class_of(c), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    };
    // A segment is what normalisation looks at together: a character and the marks on it. It has a limit, as hostile
    // text has none.
    constexpr int longest_segment = 32;
    icu::UnicodeString segment, result;
    for (std::int32_t at = 0; at < size;) {
        const std::int32_t begin = at;
        const char32_t c = next_of(at);
        std::int32_t after = at;
        char32_t next = after < size ? next_of(after) : U' ';
        if (begins_anew(next)) {
            if (c < 0x80) {
                put(c >= 'A' && c <= 'Z' ? c + 32 : c, begin, at);
                continue;
            }
            if (c >= 0x4E00 && c < after_han) {
                put(simplified_by(characters, c), begin, at);
                continue;
            }
        }
        segment.remove();
        segment.append(static_cast<UChar32>(c));
        for (int i = 1; at < size && i < longest_segment && !begins_anew(next) &&
                        !normalizer().hasBoundaryBefore(static_cast<UChar32>(next));
             ++i) {
            segment.append(static_cast<UChar32>(next));
            at = after;
            next = after < size ? next_of(after) : U' ';
        }
        UErrorCode status = U_ZERO_ERROR;
        normalizer().normalize(segment, result, status);
        if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise");
        for (std::int32_t i = 0; i < result.length(); i = result.moveIndex32(i, 1))
            put(simplified_by(characters, static_cast<char32_t>(result.char32At(i))), begin, at);
    }
}

std::u32string folded(std::string_view text) {
    std::vector<Folded> all;
    fold(text, all);
    std::u32string out;
    out.reserve(all.size());
    for (const Folded& one : all)
        if (one.kind == Class::letter || one.kind == Class::alone || one.kind == Class::mark) out.push_back(one.c);
    return out;
}

}  // namespace text
