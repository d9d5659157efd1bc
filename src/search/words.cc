#include "words.h"

#include <algorithm>

namespace search {

Spread spread(std::string_view text, text::Tokenizer& tokenizer, text::Language language) {
    Spread out;
    for (text::Token& token : tokenizer.tokens(text, language)) {
        // Pairs and seams come after the unit that they begin with and before the one they end with.
        const bool joins = token.kind == text::Kind::pair || token.kind == text::Kind::seam;
        const auto at = static_cast<std::uint32_t>(out.units.size() - (joins ? 1 : 0));
        if (!joins) out.units.push_back({token.begin, token.end});
        out.placed.push_back({std::move(token.text), at});
    }
    return out;
}

Languages languages_of(const Texts& texts, text::Tokenizer& tokenizer) {
    const auto found = [&](const std::string& text) {
        return text.empty() ? text::Language::unknown : tokenizer.language(text);
    };
    return {found(texts[0] + "\n" + texts[1] + "\n" + texts[2]), found(texts[3])};
}

int worth(std::size_t times, bool named) { return static_cast<int>(std::min<std::size_t>(times, 4)) + (named ? 8 : 0); }

Words::Words(const Texts& texts, const Query& query, text::Tokenizer& tokenizer) : query_(query) {
    for (const auto* side : {&query.all, &query.none})
        for (const Sought& sought : *side)
            for (const Element& element : sought.elements)
                for (const std::string& term : element.any) places_[term];
    const Languages languages = languages_of(texts, tokenizer);
    for (const Part part : all_parts) {
        const auto i = static_cast<std::size_t>(part);
        if (texts[i].empty()) continue;
        Spread found = spread(texts[i], tokenizer, languages.of(part));
        for (const Placed& one : found.placed) {
            if (one.unit >= room_of(part)) continue;
            const auto sought = places_.find(one.term);
            if (sought != places_.end()) sought->second.push_back(begin_of(part) + one.unit);
        }
        units_[i] = std::move(found.units);
    }
}

// Where it begins, ascending, each place once.
std::vector<std::uint32_t> Words::places(const Sought& sought) const {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < sought.elements.size(); ++i) {
        std::vector<std::uint32_t> here;
        for (const std::string& term : sought.elements[i].any) {
            const auto found = places_.find(term);
            if (found == places_.end()) continue;
            for (const std::uint32_t place : found->second)
                if (place >= sought.elements[i].offset) here.push_back(place - sought.elements[i].offset);
        }
        std::sort(here.begin(), here.end());
        here.erase(std::unique(here.begin(), here.end()), here.end());
        if (i == 0) {
            out = std::move(here);
        } else {
            std::vector<std::uint32_t> both;
            std::set_intersection(out.begin(), out.end(), here.begin(), here.end(), std::back_inserter(both));
            out = std::move(both);
        }
        if (out.empty()) break;
    }
    return out;
}

bool Words::match() const {
    const auto there = [&](const Sought& sought) { return !places(sought).empty(); };
    return std::all_of(query_.all.begin(), query_.all.end(), there) &&
           std::none_of(query_.none.begin(), query_.none.end(), there);
}

int Words::score() const {
    int sum = 0;
    for (const Sought& sought : query_.all) {
        const std::vector<std::uint32_t> found = places(sought);
        sum += worth(found.size(), std::any_of(found.begin(), found.end(), in_name));
    }
    return sum;
}

std::vector<Unit> Words::marks(Part part) const {
    const std::vector<Unit>& units = units_[static_cast<std::size_t>(part)];
    std::vector<Unit> all;
    for (const Sought& sought : query_.all)
        for (const std::uint32_t place : places(sought)) {
            if (place < begin_of(part) || place - begin_of(part) >= units.size()) continue;
            const std::size_t first = place - begin_of(part);
            const std::size_t last = std::min(first + sought.length, units.size()) - 1;
            all.push_back({units[first].begin, units[last].end});
        }
    std::sort(all.begin(), all.end(), [](const Unit& a, const Unit& b) { return a.begin < b.begin; });
    std::vector<Unit> out;
    for (const Unit& one : all) {
        if (!out.empty() && one.begin <= out.back().end)
            out.back().end = std::max(out.back().end, one.end);
        else
            out.push_back(one);
    }
    return out;
}

}  // namespace search
