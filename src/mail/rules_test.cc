#include "rules.h"

#include <gtest/gtest.h>

#include <kernel/code.h>
#include <kernel/testing.h>
#include <kernel/text.h>

namespace mail::rules {
namespace {

using page::Lang;

files::Letter letter(const std::string& text = "The lamp is dark.") {
    files::Letter l;
    l.message_id = "one@example.org";
    l.subject = "Lamp";
    l.from = "ming@example.org";
    l.date = kernel::Instant{1'795'737'600'000};
    l.text = text;
    return l;
}

TEST(MailRules, NothingIsTakenThatNoPersonWrote) {
    using Sort = files::Letter::Sort;
    const std::vector<std::string> own = {"Voices@example.org", "notices@example.org"};
    const std::pair<Sort, std::optional<Why>> cases[] = {
        {Sort::person, {}}, {Sort::automatic, Why::automatic}, {Sort::bulk, Why::bulk}, {Sort::bounce, Why::bounce}};
    for (const auto& [sort, wanted] : cases) {
        files::Letter l = letter();
        l.sort = sort;
        EXPECT_EQ(not_by_a_person(l, own), wanted);
    }
    files::Letter ours = letter();
    ours.from = "voices@EXAMPLE.org";
    EXPECT_EQ(not_by_a_person(ours, own), Why::own);
    ours.from = "";
    EXPECT_EQ(not_by_a_person(ours, {""}), std::nullopt);
    for (const Why why : all_whys) EXPECT_TRUE(page::has_message("mail.why_" + std::string(name(why))));
    EXPECT_EQ(why_of("files.mail_broken"), Why::broken);
    EXPECT_EQ(why_of("files.mail_busy"), std::nullopt) << "that passes";
}

TEST(MailRules, AMailIsWhatItsIdAndItsContentSay) {
    const kernel::Hash a = kernel::sha256(kernel::view("a")), b = kernel::sha256(kernel::view("b"));
    files::Letter one = letter(), other = letter();
    other.subject = "Another";
    EXPECT_EQ(origin_of(one, a), origin_of(other, a)) << "the id holds";
    EXPECT_NE(origin_of(one, a), origin_of(one, b)) << "one id, two contents: two mails";
    one.message_id = other.message_id = "";
    EXPECT_NE(origin_of(one, a), origin_of(other, a));
    EXPECT_EQ(origin_of(one, a), origin_of(files::Letter(one), a));
    other = one;
    other.from = "bert@example.org";
    EXPECT_NE(origin_of(one, a), origin_of(other, a));
    other = one;
    other.date = kernel::Instant{1'795'737'601'000};
    EXPECT_NE(origin_of(one, a), origin_of(other, a));
}

TEST(MailRules, NobodyMakesUpTheIdOfAReceipt) {
    const kernel::Bytes key(32, 7), other(32, 8);
    const std::string id = letter_id(key, VoiceId(17), "voices.example.org");
    EXPECT_TRUE(id.starts_with("huiyin-17."));
    EXPECT_TRUE(id.ends_with("@voices.example.org"));
    const std::string local = id.substr(0, id.find('@'));
    EXPECT_EQ(answered(key, local), VoiceId(17));
    EXPECT_EQ(answered(other, local), std::nullopt);
    std::string eighteen = local;
    eighteen[8] = '8';
    for (const std::string& wrong :
         {std::string(), std::string("huiyin-"), std::string("huiyin-17"), std::string("huiyin-17."), eighteen, id,
          "x" + local, local + "0", local.substr(0, local.size() - 1)})
        EXPECT_EQ(answered(key, wrong), std::nullopt) << wrong;
    EXPECT_EQ(host_of("https://voices.example.org:8443"), "voices.example.org");
}

TEST(MailRules, OfAnAnswerWhatItsAuthorWroteIsTaken) {
    const std::string mark = mark_line(Lang::en);
    const std::pair<std::string, std::string> cases[] = {
        {"Thank you.\n", "Thank you."},
        {"Thank you.\n\n> quoted\n> " + mark + "\n> code 12345\n", "Thank you."},
        {"Thank you.\n\nOn Mon, 23 Nov 2026, Office <notices@example.org> wrote:\n> " + mark + "\n> x", "Thank you."},
        {"Thank you.\n\nOn Mon, 23 Nov 2026 at 08:00, The Office of Lamps\n<notices@example.org> wrote:\n> x",
         "Thank you."},
        {"谢谢。\n\n在 2026年11月23日，市政 <notices@example.org> 写道：\n> x", "谢谢。"},
        {"Yes.\n\n-----Original Message-----\nFrom: Office\nSent: Monday\nTo: Ming\nSubject: x\n\n" + mark + "\n\ncode",
         "Yes."},
        {"是。\n\n________________________________\n寄件者: 市政\n主旨: x\n\n" + mark_line(Lang::zh_hant) + "\n碼",
         "是。"},
        {"> When did it go dark?\nOn Monday.\n> And where?\nAt the corner.", "On Monday.\nAt the corner."},
        {"It went dark at 8:\nI saw it.\n", "It went dark at 8:\nI saw it."},
        {"> " + mark + "\n> all quoted", ""},
        {mark + "\nbelow", ""},
        {"", ""},
    };
    for (const auto& [text, wanted] : cases) EXPECT_EQ(own_part(text), wanted) << text;
}

TEST(MailRules, FindsWhatHasTheFormOfACode) {
    const kernel::Code25 code = kernel::Code25::random();
    for (const std::string& written :
         {code.in_fives(), code.digits(), "> " + code.in_fives().substr(0, 12) + "\n> " + code.in_fives().substr(12)}) {
        const auto found = like_codes("code: " + written + ".");
        ASSERT_EQ(found.size(), 1u) << written;
        EXPECT_EQ(found[0].digits, code.digits());
    }
    EXPECT_TRUE(like_codes("call 021 5551 7306 or 138 0000 0000 now").empty());
    EXPECT_TRUE(like_codes(code.digits() + "1").empty());
    EXPECT_TRUE(like_codes("12345 67890, 12345 67890 12345").empty());
    EXPECT_EQ(like_codes(code.digits() + ". " + code.digits()).size(), 2u);
}

TEST(MailRules, WhatDoesNotFitIsLeftOutAndSaid) {
    for (const Lang lang : page::all_langs) {
        LeftOut none;
        EXPECT_EQ(fitted(lang, "short", none, 100), "short");
        EXPECT_FALSE(none.any());
        LeftOut left;
        left.documents = 2;
        left.large = 1;
        const std::string said = fitted(lang, "short", left, 300);
        EXPECT_TRUE(said.starts_with("short\n\n["));
        EXPECT_EQ(left.characters, 0u);
        std::string text;
        for (int i = 0; i < 600; ++i) text += i % 3 ? "x" : "字";
        for (std::size_t most : {200u, 400u, 599u}) {
            LeftOut more = left;
            const std::string cut = fitted(lang, text, more, most);
            EXPECT_LE(kernel::code_points(cut), most);
            EXPECT_GE(kernel::code_points(cut), most - 8) << "no more is left out than must be";
            EXPECT_GT(more.characters, 600 - most);
            EXPECT_EQ(cut.substr(0, cut.find("\n\n[")),
                      std::string(kernel::first_code_points(text, 600 - more.characters)));
        }
        LeftOut alone;
        EXPECT_EQ(fitted(lang, text, alone, 600), text);
    }
}

TEST(MailRules, ReceiptsAreTriedAgainAndGivenUp) {
    const kernel::Instant now{1'000'000};
    kernel::Instant last = now;
    for (int n = 1; n <= 7; ++n) {
        const auto at = try_again(now, n);
        ASSERT_TRUE(at);
        EXPECT_GE(*at, last);
        last = *at;
    }
    EXPECT_FALSE(try_again(now, 8));
    EXPECT_EQ(relay_pause_ms(1), 2'000);
    EXPECT_EQ(relay_pause_ms(40), 15 * 60'000);
}

}  // namespace
}  // namespace mail::rules
