#include "query.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <kernel/text.h>

namespace search {
namespace {

// A character or word of the query, and what joins it with the one before where they touch.
struct Typed {
    std::vector<std::string> any, joined;
    std::uint32_t begin = 0, end = 0;
};

std::string last_character(std::string_view text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return std::string(text.substr(at));
}

// English stems "buses" to "buse" and "bus" to "bus": whoever asks for the one means the other as well.
std::vector<std::string> stems_of(std::string_view word, text::Tokenizer& tokenizer) {
    std::vector<std::string> out = tokenizer.stems(word);
    const auto ends = [&](char c, std::size_t before) { return (word[word.size() - 1 - before] | 0x20) == c; };
    if (word.size() >= 3 && ends('s', 0) && !ends('e', 1))
        for (text::Token& token : tokenizer.tokens(std::string(word) + "es", text::Language::en))
            if (token.kind == text::Kind::word) out.push_back(std::move(token.text));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<Typed> typed(std::string_view piece, text::Tokenizer& tokenizer) {
    std::vector<Typed> out;
    std::optional<std::vector<std::string>> joined;
    for (const text::Token& token : tokenizer.tokens(piece, text::Language::en)) {
        switch (token.kind) {
            case text::Kind::pair:
                joined = {token.text};
                break;
            case text::Kind::seam:
                // The word with the first character after it, for every stem that the word may have.
                joined.emplace();
                for (const std::string& stem : out.back().any) joined->push_back(stem + last_character(token.text));
                break;
            case text::Kind::word:
            case text::Kind::character: {
                Typed one{{}, {}, token.begin, token.end};
                if (token.kind == text::Kind::word)
                    one.any = stems_of(piece.substr(token.begin, token.end - token.begin), tokenizer);
                if (one.any.empty()) one.any = {token.text};
                if (joined) one.joined = *std::exchange(joined, std::nullopt);
                out.push_back(std::move(one));
                break;
            }
        }
    }
    return out;
}

Sought phrase(const std::vector<Typed>& all, std::size_t from, std::size_t to) {
    Sought out;
    out.length = static_cast<std::uint32_t>(to - from);
    for (std::size_t i = from; i < to; ++i) {
        const auto offset = static_cast<std::uint32_t>(i - from);
        const bool with_last = i > from && !all[i].joined.empty(), with_next = i + 1 < to && !all[i + 1].joined.empty();
        if (with_next) out.elements.push_back({offset, all[i + 1].joined});
        if (!with_next && !with_last) out.elements.push_back({offset, all[i].any});
    }
    for (Element& element : out.elements) {
        std::sort(element.any.begin(), element.any.end());
        element.any.erase(std::unique(element.any.begin(), element.any.end()), element.any.end());
    }
    return out;
}

struct Piece {
    std::string_view text;
    bool quoted = false, excluded = false;
};

constexpr std::string_view quotes[] = {"\"", "“", "”", "„", "«", "»", "＂", "「", "」", "『", "』"};
constexpr std::string_view minuses[] = {"-", "－", "−"};

std::size_t starts_with_one(std::string_view text, std::span<const std::string_view> of) {
    for (const std::string_view one : of)
        if (text.starts_with(one)) return one.size();
    return 0;
}

std::size_t space_at(std::string_view text) {
    if (text.starts_with(' ') || text.starts_with('\t')) return 1;
    return text.starts_with("\u3000") ? 3 : 0;
}

std::vector<Piece> pieces(std::string_view text) {
    std::vector<Piece> out;
    bool fresh = true, excluded = false;  // fresh: after a space, where a minus excludes
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        if (const std::size_t n = space_at(rest)) {
            at += n, fresh = true, excluded = false;
        } else if (const std::size_t minus = fresh ? starts_with_one(rest, minuses) : 0) {
            at += minus, fresh = false, excluded = true;
        } else if (const std::size_t open = starts_with_one(rest, quotes)) {
            std::size_t end = at + open, close = 0;
            while (end < text.size() && !(close = starts_with_one(text.substr(end), quotes))) ++end;
            out.push_back({text.substr(at + open, end - at - open), true, excluded});
            at = end + close, fresh = true, excluded = false;
        } else {
            std::size_t end = at + 1;
            while (end < text.size() && !space_at(text.substr(end)) && !starts_with_one(text.substr(end), quotes))
                ++end;
            out.push_back({text.substr(at, end - at), false, excluded});
            at = end, fresh = false, excluded = false;
        }
    }
    return out;
}

}  // namespace

kernel::Result<Query> parse_query(std::string_view raw, text::Tokenizer& tokenizer) {
    // Pasted out of a table or of several lines.
    std::string line(raw);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    kernel::Result<std::string> admitted = kernel::admit(line, "q", max_query, kernel::Lines::one);
    if (!admitted) return admitted.error();
    Query query;
    query.text = *std::move(admitted);
    if (query.text.empty()) return kernel::invalid("q", "search.nothing_asked");
    for (const Piece& piece : pieces(query.text)) {
        const std::vector<Typed> all = typed(piece.text, tokenizer);
        std::vector<Sought>& to = piece.excluded ? query.none : query.all;
        for (std::size_t from = 0; from < all.size();) {
            std::size_t end = from + 1;
            while (end < all.size() && (piece.quoted || piece.excluded || all[end].begin == all[end - 1].end)) ++end;
            to.push_back(phrase(all, from, end));
            from = end;
        }
        if (query.all.size() + query.none.size() > max_sought)
            return kernel::invalid("q", "search.too_many", {{"max", std::to_string(max_sought)}});
    }
    if (query.all.empty())
        return kernel::invalid("q", query.none.empty() ? "search.nothing_to_find" : "search.only_excluded");
    return query;
}

}  // namespace search
