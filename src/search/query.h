// What was typed into the search field, as words that must and words that must not be there. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/result.h>
#include <text/tokens.h>

namespace search {

inline constexpr std::size_t max_query = 200;  // code points
inline constexpr std::size_t max_sought = 16;  // words and phrases

// One of these terms at this distance, in units, from where the phrase begins.
struct Element {
    std::uint32_t offset = 0;
    std::vector<std::string> any;  // sorted, each once
    friend bool operator==(const Element&, const Element&) = default;
};
// A word, or a phrase: characters and words one right after another.
struct Sought {
    std::vector<Element> elements;
    std::uint32_t length = 1;  // units
    friend bool operator==(const Sought&, const Sought&) = default;
};
struct Query {
    std::string text;  // as it was typed, admitted
    std::vector<Sought> all, none;
};

// Words that belong together without a space (a run of Chinese characters) are a phrase, and so is what stands between
// quotes; the last quote may be missing. A minus before a word or phrase excludes it. Nothing else means anything: AND,
// NEAR, * and the like are text. Refusals stand at the field "q": those of kernel::admit, search.nothing_asked,
// search.nothing_to_find, search.only_excluded, search.too_many {max}.
kernel::Result<Query> parse_query(std::string_view raw, text::Tokenizer&);

}  // namespace search
