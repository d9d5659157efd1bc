#include "handed_over.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <fstream>

#include "framed.h"
#include "mail.h"

namespace {

TEST(Framed, WhatWasPutTogetherIsReadAgain) {
    std::string out;
    for (const std::string& part : {std::string(), std::string("a"), std::string(300, 'b')}) files::add_part(out, part);
    const auto parts = files::parts_of(out, 3);
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->size(), 3u);
    EXPECT_EQ((*parts)[2], std::string(300, 'b'));
    EXPECT_FALSE(files::parts_of(out, 2)) << "too many";
    for (std::size_t cut = 1; cut < 300; ++cut)
        EXPECT_FALSE(files::parts_of(std::string_view(out).substr(0, out.size() - cut), 3)) << cut;
    EXPECT_FALSE(files::parts_of(out + "x", 9));
    EXPECT_FALSE(files::parts_of("\xFF\xFF\xFF\xFFx", 9));
    EXPECT_TRUE(files::parts_of("", 9)->empty());
}

TEST(HandedOver, PlainTextIsWhatTheDoorAdmits) {
    using kernel::Lines;
    EXPECT_EQ(files::plain("a\r\nb\rc\n", Lines::many, 100), "a\nb\nc\n");
    EXPECT_EQ(files::plain("a\r\nb\tc", Lines::one, 100), "a b c");
    EXPECT_EQ(files::plain(std::string("a\0b\x1B[31m", 8), Lines::many, 100), "ab[31m");
    EXPECT_EQ(files::plain("a\xFFz\xE4\xBD", Lines::many, 100), "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(files::plain("路灯坏了", Lines::many, 7), "路灯");
    EXPECT_EQ(files::plain("e\xCC\x81\xE2\x80\xAE", Lines::many, 100), "\xC3\xA9");
    rc::check("of any bytes", [](const std::string& bytes) {
        for (const Lines lines : {Lines::one, Lines::many}) {
            const std::string text = files::plain(bytes, lines, 20);
            RC_ASSERT(text.size() <= 20u);
            RC_ASSERT(kernel::admit(text, "", 20, lines).has_value());
        }
    });
}

std::string webp() {
    std::ifstream in(std::string(TESTDATA) + "/plain.webp", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
std::string pages(std::size_t width, std::size_t height, const std::string& picture, const std::string& preview,
                  const std::string& text) {
    std::string size, out;
    files::add_number(size, width);
    files::add_number(size, height);
    for (const std::string& part : {size, picture, preview, text}) files::add_part(out, part);
    return out;
}

TEST(HandedOver, PagesAreLossyWebpOfTheSizeTheySay) {
    const std::string picture = webp();
    const auto size = files::size_of_plain_webp(picture);
    ASSERT_TRUE(size);
    EXPECT_EQ(size->width, 120);
    EXPECT_EQ(size->height, 80);
    const auto read = files::read_pages(pages(120, 80, picture, picture, "text\x1B"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->at(0).text, "text");
    EXPECT_FALSE(files::read_pages(""));
    EXPECT_FALSE(files::read_pages(pages(121, 80, picture, picture, "")));
    EXPECT_FALSE(files::read_pages(pages(120, 0xFFFFFFFF, picture, picture, "")));
    EXPECT_FALSE(files::read_pages(pages(120, 80, picture, "", "")));
    EXPECT_FALSE(files::read_pages(pages(120, 80, "<svg onload=alert(1)>", picture, "")));
    // Something behind it, a chunk of metadata before it, a file cut short, another kind of frame.
    EXPECT_FALSE(files::size_of_plain_webp(picture + "Exif"));
    std::string longer = picture + "EXIF\4\0\0\0abcd";
    longer[4] = static_cast<char>(longer[4] + 12);
    EXPECT_FALSE(files::size_of_plain_webp(longer));
    for (std::size_t i = 0; i < picture.size(); ++i) EXPECT_FALSE(files::size_of_plain_webp(picture.substr(0, i)));
    std::string extended = picture;
    extended[15] = 'X';
    EXPECT_FALSE(files::size_of_plain_webp(extended));
    std::string many;
    for (int i = 0; i < 21; ++i) many += pages(120, 80, picture, picture, "");
    EXPECT_FALSE(files::read_pages(many));
}

std::vector<std::string> a_letter() {
    return {"a@b.example", "Lamp", "ming@example.org", "Ming", "1700000000", "zh-Hans", "0", "0", "It is dark.", ""};
}
std::string letter(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) files::add_part(out, part);
    return out;
}

TEST(HandedOver, LettersAreReadAsHostile) {
    const auto good = files::read_letter(letter(a_letter()));
    ASSERT_TRUE(good);
    EXPECT_EQ(good->subject, "Lamp");
    EXPECT_EQ(good->date->ms, 1'700'000'000'000);
    EXPECT_EQ(good->sort, files::Letter::Sort::person);
    const auto with = [&](std::size_t which, const std::string& value) {
        auto parts = a_letter();
        parts[which] = value;
        return files::read_letter(letter(parts));
    };
    EXPECT_FALSE(with(files::mail_sort, "4"));
    EXPECT_FALSE(with(files::mail_sort, ""));
    EXPECT_FALSE(with(files::mail_cut, "2"));
    EXPECT_FALSE(with(files::mail_date, "99999999999999999")->date);
    EXPECT_FALSE(with(files::mail_date, "yesterday")->date);
    EXPECT_EQ(with(files::mail_language, "<b>")->language, "");
    EXPECT_EQ(with(files::mail_subject, "two\r\nBcc: x")->subject, "two Bcc: x");
    EXPECT_EQ(with(files::mail_text, "x\x1B\xFF")->text, "x\xEF\xBF\xBD");
    EXPECT_EQ(with(files::mail_text, std::string(files::most_mail_text + 9, 'x'))->text.size(), files::most_mail_text);
    EXPECT_EQ(with(files::mail_answers, "huiyin-17.ab@x one@x huiyin-\n9@x")->answers,
              (std::vector<std::string>{"huiyin-17.ab@x", "huiyin-"}));
    EXPECT_FALSE(files::read_letter(""));
    auto parts = a_letter();
    parts.pop_back();
    EXPECT_FALSE(files::read_letter(letter(parts)));
    const auto file = [&](const std::string& fate, const std::string& size, const std::string& content) {
        auto with_file = a_letter();
        with_file.insert(with_file.end(), {"n\name.pdf", fate, size, content});
        return files::read_letter(letter(with_file));
    };
    EXPECT_EQ(file("0", "8", "%PDF-1.7")->files.at(0).name, "n ame.pdf");
    EXPECT_EQ(file("1", "40000000", "")->files.at(0).fate, files::Attached::Fate::too_large);
    EXPECT_FALSE(file("0", "9", "%PDF-1.7")) << "another size";
    EXPECT_FALSE(file("0", "4", "MZ\x90\x00")) << "none of the kinds that are taken";
    EXPECT_FALSE(file("1", "8", "%PDF-1.7")) << "it was left out";
    EXPECT_FALSE(file("7", "8", ""));
    EXPECT_FALSE(file("0", "-8", "%PDF-1.7"));
}

}  // namespace
