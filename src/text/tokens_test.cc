#include "tokens.h"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "characters.h"

namespace {

using text::Kind;
using text::Language;
using text::Tokenizer;

// "kind:text" of each, of the kinds' first letters.
std::string shown(std::string_view of, Language language = Language::unknown) {
    Tokenizer tokenizer;
    std::string out;
    for (const text::Token& one : tokenizer.tokens(of, language)) {
        if (!out.empty()) out += ' ';
        out += "wcps"[static_cast<int>(one.kind)];
        out += ":" + one.text;
    }
    return out;
}

TEST(Tokens, table) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"搅拌站", "c:搅 p:搅拌 c:拌 p:拌站 c:站"},
        {"攪拌站", "c:搅 p:搅拌 c:拌 p:拌站 c:站"},
        {"搅，拌", "c:搅 c:拌"},
        {"A3区 petitions", "w:a3 s:a3区 c:区 w:petit"},
        {"ＡＢＣ１２３", "w:abc123"},
        {"58车贷", "w:58 s:58车 c:车 p:车贷 c:贷"},
        {"don't stop", "w:dont w:stop"},
        {"Straße STRASSE", "w:strass w:strass"},
        {"the noise and the dust of the street", "w:the w:nois w:and w:the w:dust w:of w:the w:street"},
        {"los vecinos de la calle y el ruido", "w:los w:vecin w:de w:la w:call w:y w:el w:ruid"},
        {"die Häuser und die Straßen sind nicht", "w:die w:haus w:und w:die w:strass w:sind w:nicht"},
        {"ｶﾞｽ", "c:ガ p:ガス c:ス"},
        {"한국어", "c:한 p:한국 c:국 p:국어 c:어"},
        {"Привет мир", "w:привет w:мир"},
        {"😀👍🏽 !!! ——", ""},
        {"a\u200Bb", "w:ab"},  // invisible
        {"a\u202Eb", "w:ab"},  // turns the direction
        {"\xff\xfe搅\xe6\x90拌", "c:搅 c:拌"},
        {"x\x01y\x1fz", "w:x w:y w:z"},
        {"<script>alert(1)</script>", "w:script w:alert w:1 w:script"},
        {"' or 1=1 --", "w:or w:1 w:1"},
    };
    for (const auto& [given, wanted] : cases) EXPECT_EQ(shown(given), wanted) << given;
}

TEST(Tokens, language_is_found_by_its_frequent_words) {
    Tokenizer tokenizer;
    EXPECT_EQ(tokenizer.language("We the people ask that the roads are repaired"), Language::en);
    EXPECT_EQ(tokenizer.language("Wir sind für den Ausbau der Radwege und gegen das Parken"), Language::de);
    EXPECT_EQ(tokenizer.language("Que los autobuses pasen por la noche y los fines de semana"), Language::es);
    EXPECT_EQ(tokenizer.language("petitions"), Language::unknown);
    EXPECT_EQ(tokenizer.language("请解决噪音问题"), Language::unknown);
    EXPECT_EQ(tokenizer.language(""), Language::unknown);
}

TEST(Tokens, a_query_has_all_stems_of_its_word) {
    Tokenizer tokenizer;
    for (const auto& [sentence, word] : {std::pair("I have signed the petitions of my town for you", "petitions"),
                                         {"las peticiones de los vecinos", "peticiones"},
                                         {"die Forderungen der Bürger und der Vereine", "Forderungen"}}) {
        const auto stems = tokenizer.stems(word);
        const std::set<std::string> known(stems.begin(), stems.end());
        bool met = false;
        for (const text::Token& token : tokenizer.tokens(sentence)) met = met || known.contains(token.text);
        EXPECT_TRUE(met) << sentence;
    }
}

TEST(Tokens, accents_and_n_with_tilde_are_left_out) {
    EXPECT_EQ(shown("Año", Language::es), shown("ano", Language::es));
    EXPECT_EQ(shown("café", Language::en), shown("cafe", Language::en));
}

TEST(Tokens, five_thousand_of_one_letter) {
    const auto one = shown(std::string(5000, 'a'));
    EXPECT_LE(one.size(), 66U);
    EXPECT_EQ(shown(std::string(9000, 'a')), one);
    std::string han;
    for (int i = 0; i < 5000; ++i) han += "啊";
    Tokenizer tokenizer;
    EXPECT_EQ(tokenizer.tokens(han).size(), 9999U);
    std::string marks = "a";
    for (int i = 0; i < 5000; ++i) marks += "\u0301";
    EXPECT_LE(shown(marks).size(), 70U);
}

TEST(Folding, simplified_characters_are_their_own_and_agree_with_another_table) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> other(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    ASSERT_TRUE(U_SUCCESS(status));
    int agree = 0, known = 0;
    for (char32_t c = 0x4E00; c < 0xA000; ++c) {
        const char32_t mine = text::simplified(c);
        ASSERT_EQ(text::simplified(mine), mine) << std::hex << static_cast<unsigned>(c);
        icu::UnicodeString one(static_cast<UChar32>(c));
        other->transliterate(one);
        if (one.char32At(0) == static_cast<UChar32>(c)) continue;
        ++known;
        agree += text::simplified(static_cast<char32_t>(one.char32At(0))) == mine;
    }
    EXPECT_GT(known, 2000);
    EXPECT_GT(agree, known * 96 / 100) << known;
    EXPECT_EQ(text::simplified(U'臺'), U'台');
    EXPECT_EQ(text::simplified(U'著'), U'着');
    EXPECT_EQ(text::simplified(U'a'), U'a');
}

RC_GTEST_PROP(Tokens, any_bytes_give_tokens_of_their_own_bytes, (const std::string& given)) {
    Tokenizer tokenizer;
    std::uint32_t last = 0;
    for (const text::Token& one : tokenizer.tokens(given)) {
        RC_ASSERT(one.begin < one.end);
        RC_ASSERT(one.end <= given.size());
        RC_ASSERT(!one.text.empty());
        RC_ASSERT(one.text.size() <= 200);
        if (one.kind == Kind::character || one.kind == Kind::word) {
            RC_ASSERT(one.begin >= last);
            last = one.begin;
        }
    }
}

// A text made of pieces of many scripts, and what is hostile in texts.
rc::Gen<std::string> mixed() {
    return rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
            "搅拌站", "攪", "臺灣", "A3区", "noise", "Straße", "año", " ", "，", "。", "\n", "😀", "ｶﾞ", "한국", "\xff",
            "\xe6\x90", "1", "e\u0301", "\u200d", "'", "ﬁ", "㎡", "ภาษา", "עברית", "\x01")),
        [](const std::vector<std::string>& parts) {
            std::string out;
            for (const std::string& part : parts) out += part;
            return out;
        });
}

RC_GTEST_PROP(Folding, is_its_own_fixed_point, ()) {
    const std::string given = *mixed();
    std::string once;
    for (const char32_t c : text::folded(given)) text::append_utf8(once, c);
    RC_ASSERT(text::folded(once) == text::folded(given));
}

RC_GTEST_PROP(Tokens, a_part_between_separators_gives_the_same_tokens_as_in_the_whole, ()) {
    const std::string a = *mixed(), b = *mixed();
    Tokenizer tokenizer;
    const auto text_of = [&](std::string_view of) {
        std::vector<std::pair<Kind, std::string>> out;
        for (text::Token& one : tokenizer.tokens(of, Language::en)) out.emplace_back(one.kind, std::move(one.text));
        return out;
    };
    auto parts = text_of(a);
    for (auto& one : text_of(b)) parts.push_back(std::move(one));
    RC_ASSERT(text_of(a + " 。 " + b) == parts);
}

TEST(Tokens, the_version_that_indexes_were_made_with) {
    // A change of any line here asks for another token_version.
    EXPECT_EQ(text::token_version, 1);
    EXPECT_EQ(shown("A7县107国道，請加快擴建！Noise and dust of the NEW roads"),
              "w:a7 s:a7县 c:县 w:107 s:107国 c:国 p:国道 c:道 c:请 p:请加 c:加 p:加快 c:快 p:快扩 c:扩 p:扩建 c:建 "
              "w:nois w:and w:dust w:of w:the w:new "
              "w:road");
}

}  // namespace
