#include "copies.h"

#include <algorithm>

#include <kernel/threads.h>

#include "characters.h"
#include "vectors.h"

namespace text {

namespace {

constexpr std::size_t longest_compared = 20'000;
std::string_view compared(const Text& text) { return text.body.empty() ? text.title : text.body; }

}  // namespace

namespace {

bool quotation_mark(char32_t c) { return c == U'"' || c == U'“' || c == U'”' || c == U'„' || c == U'‟'; }

// Whether `c` ends the quotation that `mark` began.
bool closes(char32_t mark, char32_t c) {
    switch (mark) {
        case U'«':
            return c == U'»';
        case U'「':
            return c == U'」';
        case U'『':
            return c == U'』';
        default:
            return quotation_mark(c) && c != U'„';
    }
}

// For each character whether it stands between quotation marks. A mark that nothing closes opens nothing; marks within
// a quotation of another kind are part of it.
std::vector<bool> quoted(const std::vector<Folded>& all) {
    std::vector<bool> out(all.size());
    char32_t mark = 0;
    std::size_t opened = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char32_t c = all[i].c;
        if (mark != 0 && closes(mark, c)) {
            std::fill(out.begin() + static_cast<std::ptrdiff_t>(opened), out.begin() + static_cast<std::ptrdiff_t>(i),
                      true);
            mark = 0;
        } else if (mark == 0 && (quotation_mark(c) || c == U'«' || c == U'「' || c == U'『')) {
            mark = c;
            opened = i + 1;
        }
    }
    return out;
}

// A word, by its hash, or a character that is a unit by itself.
struct Unit {
    std::uint64_t hash = 0;
    bool word = false;
    bool quoted = false;
};

std::vector<Unit> units_of(const std::vector<Folded>& all) {
    const std::vector<bool> in_quotes = quoted(all);
    std::vector<Unit> units;
    std::string word;
    bool of_quoted = false;
    const auto finish = [&] {
        if (!word.empty()) units.push_back({token_hash(Kind::word, word), true, of_quoted});
        word.clear();
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Folded& one = all[i];
        if (one.kind == Class::letter || (one.kind == Class::mark && !word.empty())) {
            append_utf8(word, one.c);
            of_quoted = in_quotes[i];
        } else if (one.kind != Class::apostrophe) {
            finish();
        }
        if (one.kind == Class::alone) units.push_back({one.c, false, in_quotes[i]});
    }
    finish();
    return units;
}

Print::Shingles shingles_of(const std::vector<Unit>& units) {
    Print::Shingles out;
    out.reserve(units.size());
    const auto mix = [](std::uint64_t a, std::uint64_t b) {
        return (a ^ b * 0x9E3779B97F4A7C15) * 0xD1B54A32D192ED03 ^ a >> 29;
    };
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
        std::uint64_t hash = mix(units[i].hash + 1, units[i + 1].hash);
        if (!units[i].word && !units[i + 1].word) {
            if (i + 2 >= units.size()) break;
            hash = mix(hash, units[i + 2].hash);
        }
        out.push_back(static_cast<std::uint32_t>(hash >> 32));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace

Print print_of(std::string_view text) {
    std::vector<Folded> all;
    fold(text.substr(0, longest_compared), all);
    std::vector<Unit> units = units_of(all);
    Print out;
    out.all = shingles_of(units);
    if (std::erase_if(units, [](const Unit& one) { return one.quoted; }) == 0) return out;
    out.unquoted = shingles_of(units);
    out.quotes = out.unquoted.size() >= least_shared;
    if (!out.quotes) out.unquoted.clear();
    return out;
}

namespace {

std::size_t shared(const Print::Shingles& a, const Print::Shingles& b) {
    std::size_t n = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x == *y)
            ++n, ++x, ++y;
        else if (*x < *y)
            ++x;
        else
            ++y;
    }
    return n;
}

}  // namespace

double contained(const Print& a, const Print& b) {
    const std::size_t smaller = std::min(a.all.size(), b.all.size());
    return smaller == 0 ? 0 : static_cast<double>(shared(a.all, b.all)) / static_cast<double>(smaller);
}

namespace {

// How much two share that have so much of the smaller one in common; 0 where they have not.
std::size_t enough(const Print::Shingles& a, const Print::Shingles& b, double least) {
    const std::size_t n = shared(a, b);
    return n >= least_shared && static_cast<double>(n) >= least * static_cast<double>(std::min(a.size(), b.size())) ? n
                                                                                                                    : 0;
}

// How much two copies share; 0 for what is none.
std::size_t copied(const Print& a, const Print& b) {
    if (a.all == b.all) return a.all.size();
    const std::size_t n = enough(a.all, b.all, least_contained);
    if (n == 0 || (!a.quotes && !b.quotes)) return n;
    if (static_cast<double>(n) >= contained_anyhow * static_cast<double>(std::min(a.all.size(), b.all.size())))
        return n;
    return enough(a.own(), b.own(), least_contained) > 0 ? n : 0;
}

}  // namespace

bool copies(const Print& a, const Print& b) { return copied(a, b) > 0; }

std::uint64_t same_text(std::string_view text) {
    const std::u32string all = folded(text);
    if (all.empty()) return 0;
    return token_hash(Kind::word, {reinterpret_cast<const char*>(all.data()), all.size() * sizeof(char32_t)});
}

std::vector<Number> first_of_copies(std::span<const Text> texts, std::span<const std::vector<Number>> near,
                                    int threads) {
    // A later one is asked about its earlier ones.
    std::vector<char> needed(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (const Number j : near[i])
            if (j < i) needed[i] = needed[j] = 1;
    std::vector<Print> prints(texts.size());
    kernel::in_threads(texts.size(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            if (needed[i]) prints[i] = print_of(compared(texts[i]));
    });
    std::vector<Number> first(texts.size());
    kernel::in_threads(texts.size(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            first[i] = static_cast<Number>(i);
            std::size_t most = 0;
            for (const Number j : near[i])
                if (const std::size_t n = j < i ? copied(prints[i], prints[j]) : 0; n > most) most = n, first[i] = j;
        }
    });
    // Whoever copies a copy counts with the first of them, where the two are copies themselves: parts that are handed
    // on from one to the next are others in the end.
    for (std::size_t i = 0; i < first.size(); ++i) {
        const Number earliest = first[first[i]];
        if (earliest != first[i] && copied(prints[i], prints[earliest]) > 0) first[i] = earliest;
    }
    return first;
}

}  // namespace text
