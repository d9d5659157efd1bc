// What search, grouping and the finding of copies take a text for: folded characters and tokens. Tokens are kept in
// indexes, so what comes out for a text never changes; a changed rule gets another `token_version`, and whoever keeps
// tokens makes them anew.
//
// Folding: invalid UTF-8 separates words; NFKC and case folding as Unicode says (NFKC_Casefold: wide and narrow forms
// are one, invisible characters go, ß is ss); each Han character becomes the simplified one of its kind
// (simplified.cc), by itself and not by its neighbours, so that 攪拌站 and 搅拌站 are the same and a part of a text
// folds as it does within the whole.
//
// Tokens, in the order of the text; everything that is neither letter, mark nor number separates and is dropped:
//   word       a run of letters and digits of scripts that part words by spaces: Latin, Greek, Cyrillic, Arabic … At
//   most 64 bytes of it.
//              In Latin letters it is the Snowball stem in the text's language, then without accents (ñ and n are one).
//   character  one character of a script that does not part words, or glues endings on: Han, Kana, Bopomofo, Hangul,
//   Thai, Lao, Khmer,
//              Burmese, Tibetan
//   pair       two such characters that touch; it begins where its first character does and stands after that character
//   seam       a word with the character that touches its end, as "a3区" in A3区: names of places are written so
// 搅拌站 gives 搅 搅拌 拌 拌站 站; "A3区 petitions" gives a3 a3区 区 petit.
//
// Language: of the words in Latin letters, the one of English, German and Spanish whose most frequent words are met
// most often, at least twice; else English. One word says too little: a query asks for `stems`, all that a word may
// have become.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace text {

inline constexpr int token_version = 1;

enum class Kind : std::uint8_t { word, character, pair, seam };
enum class Language : std::uint8_t { unknown, en, de, es };

struct Token {
    Kind kind = Kind::word;
    std::string text;         // folded, and stemmed
    std::uint32_t begin = 0;  // bytes of the text that was given: [begin, end)
    std::uint32_t end = 0;
    friend bool operator==(const Token&, const Token&) = default;
};

// The characters that a text is compared by, one after another, without what separates: for an equal text, equal
// characters.
std::u32string folded(std::string_view any_bytes);
char32_t simplified(char32_t);
bool without_spaces(char32_t folded);  // a character of the scripts of Kind::character

// Not to be used by two threads at once: stemmers have a state.
class Tokenizer {
public:
    Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;
    ~Tokenizer();
    // `unknown` finds out.
    std::vector<Token> tokens(std::string_view any_bytes, Language = Language::unknown);
    Language language(std::string_view any_bytes);          // unknown where no language is met twice
    std::vector<std::string> stems(std::string_view word);  // of one word in Latin letters, each once, sorted
    // Words so frequent in their language that they say nothing: folded, not stemmed.
    static bool stop_word(std::string_view folded);

private:
    struct Stemmers;
    std::unique_ptr<Stemmers> stemmers_;
};

}  // namespace text
