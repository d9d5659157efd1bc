#include "letters.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include <kernel/text.h>

#include "mail.h"
#include "sanitizer.h"

namespace {

namespace fs = std::filesystem;

// Further mails, each against a second opinion, in test/mail.
class Letters : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "huiyin-mail-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder_); }
    kernel::Result<files::Letter> read(const std::string& bytes) {
        std::ofstream(folder_ / "mail", std::ios::binary | std::ios::trunc) << bytes;
        return letters_.read(folder_ / "mail");
    }
    std::string key_of(const std::string& bytes) {
        const auto letter = read(bytes);
        return letter ? "read" : letter.error().key;
    }
    fs::path folder_;
    files::Letters letters_{fs::path(PROGRAMS) / "huiyin-mail"};
};

std::string base64_lines(std::string_view bytes) {
    const std::string all = kernel::base64(kernel::view(bytes));
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\r\n";
    return out;
}
std::string part_of(const std::string& name, const std::string& base64) {
    return "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"" + name +
           "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64;
}
std::string file_part(const std::string& name, std::string_view content) {
    return part_of(name, base64_lines(content));
}
// `begin`, then 57 bytes in each of so many lines.
std::string large_part(const std::string& name, std::string_view begin, int lines) {
    std::string line, all = base64_lines(begin);
    for (int i = 0; i < 19; ++i) line += "eHh4";
    line += "\r\n";
    all.reserve(all.size() + line.size() * static_cast<std::size_t>(lines));
    for (int i = 0; i < lines; ++i) all += line;
    return part_of(name, all);
}
const std::string head =
    "Return-Path: <ming@example.org>\r\n"
    "Received: from laptop.lan ([203.0.113.77]) by mx.example.org; Fri, 27 Nov 2026 08:00:00 +0800\r\n"
    "X-Originating-IP: [203.0.113.77]\r\n"
    "Message-ID: <one@example.org>\r\nDate: Fri, 27 Nov 2026 08:00:00 +0800\r\n"
    "From: =?gb2312?B?wO7D9w==?= <ming@example.org>\r\nTo: voices@example.net\r\n"
    "Subject: =?utf-8?B?6Lev54Gv?=\r\nMIME-Version: 1.0\r\n";

TEST_F(Letters, AreReadWithTheirFiles) {
    std::ifstream in(fs::path(TESTDATA) / "turned.jpg", std::ios::binary);
    const std::string jpeg((std::istreambuf_iterator<char>(in)), {}), pdf = "%PDF-1.7 and so on";
    const auto letter =
        read(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\nNo text for anybody.\r\n" +
             "--b\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
             base64_lines("\xC2\xB7\xB5\xC6\xBB\xB5\xC1\xCB\xA1\xA3") + file_part("lamp.exe", jpeg) +
             file_part("plan", pdf) + file_part("photo.jpg", "MZ no photograph") + "--b--\r\n");
    ASSERT_TRUE(letter) << letter.error().key;
    EXPECT_EQ(letter->message_id, "one@example.org");
    EXPECT_EQ(letter->subject, "路灯");
    EXPECT_EQ(letter->from, "ming@example.org");
    EXPECT_EQ(letter->from_name, "李明");
    ASSERT_TRUE(letter->date);
    EXPECT_EQ(letter->date->ms, 1'795'737'600'000);
    EXPECT_EQ(letter->language, "zh-Hans");
    EXPECT_EQ(letter->sort, files::Letter::Sort::person);
    EXPECT_EQ(letter->text, "路灯坏了。");
    EXPECT_FALSE(letter->cut);
    using Fate = files::Attached::Fate;
    ASSERT_EQ(letter->files.size(), 3u);
    EXPECT_EQ(letter->files[0].fate, Fate::taken);
    EXPECT_EQ(kernel::text(letter->files[0].content), jpeg);
    EXPECT_EQ(letter->files[1].fate, Fate::taken);
    EXPECT_EQ(kernel::text(letter->files[1].content), pdf);
    EXPECT_EQ(letter->files[2].fate, Fate::other_kind);
    EXPECT_EQ(letter->files[2].name, "photo.jpg");
    EXPECT_EQ(letter->files[2].size, 16u);
    for (const std::string& said : {letter->message_id, letter->subject, letter->from, letter->from_name, letter->text})
        EXPECT_EQ(said.find("203.0.113.77"), said.npos);
}

TEST_F(Letters, WhatIsTooLargeIsLeftOutAndSaid) {
    const auto film = read(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe film shows it.\r\n" +
                           large_part("film.mp4", "xxx", 735'000) + "--b--\r\n");
    ASSERT_TRUE(film) << film.error().key;
    EXPECT_EQ(film->text, "The film shows it.");
    ASSERT_EQ(film->files.size(), 1u);
    EXPECT_EQ(film->files[0].fate, files::Attached::Fate::too_large);
    EXPECT_EQ(film->files[0].size, 3u + 57u * 735'000u) << "some 40 MB";
    EXPECT_TRUE(film->files[0].content.empty());
    const auto photo = read(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n" +
                            large_part("large.jpg", "\xFF\xD8\xFF", 150'000) + "--b--\r\n");
    ASSERT_TRUE(photo);
    EXPECT_EQ(photo->files.at(0).fate, files::Attached::Fate::too_large);
}

TEST_F(Letters, OfTooManyFilesTheFirstAreTaken) {
    std::string mail = head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 60; ++i) mail += file_part(std::to_string(i), "%PDF-" + std::to_string(i));
    const auto letter = read(mail + "--b--\r\n");
    ASSERT_TRUE(letter) << letter.error().key;
    ASSERT_EQ(letter->files.size(), files::most_mail_listed);
    EXPECT_EQ(letter->files[9].fate, files::Attached::Fate::taken);
    EXPECT_EQ(letter->files[10].fate, files::Attached::Fate::too_many);
    EXPECT_TRUE(letter->cut);
}

TEST_F(Letters, HostileOnesHarmNobody) {
    EXPECT_EQ(key_of(""), "files.mail_empty");
    EXPECT_EQ(key_of("\r\n"), "files.mail_broken");
    EXPECT_EQ(key_of(std::string(100'000, '\xFF')), "files.mail_broken");
    EXPECT_EQ(key_of(std::string(files::most_mail_bytes + 1, 'x')), "files.mail_too_large");
    const auto zero = read(head + "\r\n" + std::string("a\0b\r\n", 5));
    ASSERT_TRUE(zero);
    EXPECT_EQ(zero->text, "ab");
    const auto open = read(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nNobody closes it.");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->text, "Nobody closes it.");
    for (const int depth : {20, 200, 20'000}) {
        std::string nested = head;
        for (int i = 0; i < depth; ++i) {
            const std::string mark = "b" + std::to_string(i);
            nested += "Content-Type: multipart/mixed; boundary=" + mark + "\r\n\r\n--" + mark + "\r\n";
        }
        const auto letter = read(nested + "\r\nDeep inside.\r\n");
        ASSERT_TRUE(letter) << depth << " " << letter.error().key;
        EXPECT_EQ(letter->text.find("Deep inside.") != std::string::npos, depth == 20) << depth;
        EXPECT_EQ(letter->cut, depth != 20) << depth;
        EXPECT_EQ(letter->subject, "路灯");
    }
    std::string many = head;
    for (int i = 0; i < 100'000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
    EXPECT_EQ(key_of(many + "\r\ntext"), "read");
    EXPECT_EQ(key_of(head + "X-Long: " + std::string(files::sanitized ? 500'000 : 5'000'000, 'y') + "\r\n\r\ntext"),
              "read");
    const auto long_text = read(head + "\r\n" + std::string(600'000, 'y'));
    ASSERT_TRUE(long_text);
    EXPECT_EQ(long_text->text.size(), files::most_mail_text);
    EXPECT_TRUE(long_text->cut);
}

}  // namespace
