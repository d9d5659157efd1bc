#include "tokens.h"

#include <algorithm>
#include <stdexcept>

#include <libstemmer.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "characters.h"

namespace text {

namespace {

constexpr std::size_t longest_word = 64;  // bytes
constexpr std::array<std::string_view, 3> languages{"english", "german", "spanish"};

// Words that are frequent in one of the languages and rare in the other two, sorted.
constexpr std::array<std::array<std::string_view, 30>, 3> frequent{{
    {"and", "are",   "as",   "at",   "be",  "but", "by",   "for",  "from",   "have",
     "if",  "is",    "it",   "its",  "not", "of",  "or",   "our",  "should", "that",
     "the", "their", "they", "this", "to",  "we",  "what", "will", "with",   "you"},
    {"als",  "auch", "auf",   "bei",   "das", "dass", "dem",    "den", "der", "des",
     "ein",  "eine", "einen", "einer", "für", "ich",  "im",     "ist", "mit", "nicht",
     "oder", "sich", "sie",   "sind",  "und", "von",  "werden", "wie", "wir", "zu"},
    {"al",  "como", "con", "de",   "del",  "el",  "en",  "entre", "esta", "este", "hay",   "la",  "las", "lo",  "los",
     "muy", "más",  "o",   "para", "pero", "por", "que", "ser",   "si",   "sin",  "sobre", "son", "su",  "una", "y"},
}};
// More of them, which several languages have or which say too little of the language.
constexpr std::array<std::string_view, 74> empty_words{
    "a",    "aber", "about", "all", "alle", "am",  "an",    "any",  "aus",  "been",  "can",   "could", "da",
    "die",  "do",   "does",  "dr",  "du",   "e",   "er",    "era",  "es",   "eso",   "esto",  "estos", "fue",
    "h",    "ha",   "haben", "had", "has",  "hat", "he",    "her",  "his",  "how",   "i",     "in",    "into",
    "kann", "le",   "man",   "me",  "mehr", "mi",  "more",  "my",   "nach", "no",    "noch",  "nos",   "nur",
    "on",   "os",   "s",     "se",  "so",   "sus", "t",     "than", "them", "there", "these", "u",     "um",
    "un",   "us",   "vom",   "was", "were", "who", "would", "ya",   "your"};
static_assert(std::ranges::is_sorted(empty_words) &&
              std::ranges::all_of(frequent, [](const auto& of) { return std::ranges::is_sorted(of); }));

bool has(const auto& sorted, std::string_view word) { return std::binary_search(sorted.begin(), sorted.end(), word); }

bool latin(char32_t c) {
    if (c < 0x80) return true;
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_LATIN;
}

std::string without_accents(std::string_view word) {
    if (std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return std::string(word);
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString apart = icu::Normalizer2::getNFDInstance(status)->normalize(
        icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())}), status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise");
    std::string out;
    for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1))
        if (u_charType(apart.char32At(i)) != U_NON_SPACING_MARK)
            append_utf8(out, static_cast<char32_t>(apart.char32At(i)));
    return out;
}

struct Word {
    std::string text;
    std::uint32_t begin = 0, end = 0;
    bool latin = true;
    bool digits = false;  // has one: a number or the name of something, which has no stem
};

// The words, and the characters that stand alone, in order.
template <class OnWord, class OnAlone>
void walk(const std::vector<Folded>& text, OnWord on_word, OnAlone on_alone) {
    Word word;
    const auto finish = [&] {
        if (!word.text.empty()) on_word(word);
        word = {};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const Folded& one = text[i];
        if (one.kind == Class::mark) {
            if (!word.text.empty() && word.text.size() < longest_word)
                append_utf8(word.text, one.c), word.end = one.end;
        } else if (one.kind == Class::letter) {
            if (word.text.empty()) word.begin = one.begin;
            word.end = one.end;
            if (word.text.size() + 4 > longest_word) continue;
            append_utf8(word.text, one.c);
            word.latin = word.latin && latin(one.c);
            word.digits = word.digits || (one.c >= '0' && one.c <= '9');
        } else if (one.kind == Class::apostrophe && !word.text.empty() && i + 1 < text.size() &&
                   text[i + 1].kind == Class::letter) {
            if (word.text.size() + 4 <= longest_word) word.text += '\'';
        } else {
            finish();
            if (one.kind == Class::alone) on_alone(one);
        }
    }
    finish();
}

}  // namespace

struct Tokenizer::Stemmers {
    std::array<sb_stemmer*, 3> each{};
    std::vector<Folded> scratch;

    Stemmers() {
        for (std::size_t i = 0; i < each.size(); ++i)
            if (!(each[i] = sb_stemmer_new(languages[i].data(), "UTF_8")))
                throw std::runtime_error("libstemmer lacks a language");
    }
    Stemmers(const Stemmers&) = delete;
    Stemmers& operator=(const Stemmers&) = delete;
    ~Stemmers() {
        for (sb_stemmer* one : each) sb_stemmer_delete(one);
    }

    std::string stem(const Word& word, Language language) const {
        if (!word.latin) return word.text;
        std::string out = word.text;
        if (!word.digits) {
            sb_stemmer* const stemmer =
                each[language == Language::unknown ? 0 : static_cast<std::size_t>(language) - 1];
            const sb_symbol* stemmed =
                sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(out.data()), static_cast<int>(out.size()));
            if (!stemmed) throw std::bad_alloc();
            out.assign(reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer)));
        }
        std::erase(out, '\'');
        return without_accents(out);
    }
};

Tokenizer::Tokenizer() : stemmers_(std::make_unique<Stemmers>()) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

namespace {

Language language_of(const std::vector<Folded>& text) {
    std::array<int, 3> met{};
    walk(
        text,
        [&met](const Word& word) {
            for (std::size_t i = 0; i < met.size(); ++i) met[i] += has(frequent[i], word.text);
        },
        [](const Folded&) {});
    const auto most = std::max_element(met.begin(), met.end());
    if (*most < 2 || std::count(met.begin(), met.end(), *most) > 1) return Language::unknown;
    return static_cast<Language>(most - met.begin() + 1);
}

}  // namespace

Language Tokenizer::language(std::string_view text) {
    fold(text, stemmers_->scratch);
    return language_of(stemmers_->scratch);
}

std::vector<Token> Tokenizer::tokens(std::string_view text, Language language) {
    std::vector<Folded>& all = stemmers_->scratch;
    fold(text, all);
    if (language == Language::unknown) language = language_of(all);
    std::vector<Token> out;
    out.reserve(all.size() * 2);
    Token last_alone;           // to make pairs of
    std::size_t last_word = 0;  // 1 + its place in `out`, to make seams of
    walk(
        all,
        [&](const Word& word) {
            Token made{Kind::word, stemmers_->stem(word, language), word.begin, word.end};
            last_word = 0;
            if (made.text.empty()) return;
            out.push_back(std::move(made));
            last_word = out.size();
        },
        [&](const Folded& one) {
            Token character{Kind::character, {}, one.begin, one.end};
            append_utf8(character.text, one.c);
            if (!last_alone.text.empty() && last_alone.end == one.begin)
                out.push_back({Kind::pair, last_alone.text + character.text, last_alone.begin, one.end});
            else if (last_word > 0 && out[last_word - 1].end == one.begin)
                out.push_back(
                    {Kind::seam, out[last_word - 1].text + character.text, out[last_word - 1].begin, one.end});
            last_alone = character;
            last_word = 0;
            out.push_back(std::move(character));
        });
    return out;
}

std::vector<std::string> Tokenizer::stems(std::string_view word) {
    std::vector<std::string> out;
    for (const Language one : {Language::en, Language::de, Language::es})
        for (Token& token : tokens(word, one))
            if (token.kind == Kind::word && !token.text.empty()) out.push_back(std::move(token.text));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool Tokenizer::stop_word(std::string_view word) {
    return std::any_of(frequent.begin(), frequent.end(), [&](const auto& of) { return has(of, word); }) ||
           has(empty_words, word);
}

}  // namespace text
