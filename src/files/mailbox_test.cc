#include "mailbox.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "mail.h"

namespace {

namespace fs = std::filesystem;
const std::string from = "From ming@example.org Fri Nov 27 08:00:00 2026\n";

class Mailbox : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "huiyin-mbox-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder_); }
    void write(const std::string& bytes) {
        std::ofstream(folder_ / "mbox", std::ios::binary | std::ios::trunc) << bytes;
    }
    std::string taken() {
        std::ifstream in(folder_ / "one", std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::vector<std::string> all(std::uint64_t place = 0) {
        auto box = files::Mbox::open(folder_ / "mbox", place);
        std::vector<std::string> mails;
        if (!box) return {box.error().key};
        while (box->next(folder_ / "one")) mails.push_back(taken());
        return mails;
    }
    fs::path folder_;
};

using Mails = std::vector<std::string>;

TEST_F(Mailbox, MailsComeOneByOne) {
    write(from + "Subject: a\n\nFirst.\n\n" + from + "Subject: b\n\nSecond.\n\n\n" + from + "\nThird.");
    EXPECT_EQ(all(), (Mails{"Subject: a\n\nFirst.\n", "Subject: b\n\nSecond.\n\n", "\nThird."}));
    write("");
    EXPECT_EQ(all(), Mails{});
    write(from);
    EXPECT_EQ(all(), Mails{""});
    write("From ming@example.org Fri Nov 27 08:00:00 2026\r\nSubject: a\r\n\r\nFirst.\r\n\r\n" + from + "x");
    EXPECT_EQ(all(), (Mails{"Subject: a\r\n\r\nFirst.\r\n", "x"}));
}

TEST_F(Mailbox, LinesThatBeginWithFromArePartOfAMail) {
    write(from +
          "Subject: a\n\n>From me.\n>>From you.\n> From them.\nFrom May on it is dark.\n\nFrom 8:00 to 9:00 too.\n\n" +
          from + "x\n" + from);
    EXPECT_EQ(all(), (Mails{"Subject: a\n\nFrom me.\n>From you.\n> From them.\nFrom May on it is dark.\n\nFrom 8:00 to "
                            "9:00 too.\n",
                            "x\n" + from}))
        << "no empty line before the last";
}

TEST_F(Mailbox, ReadingGoesOnWhereItStopped) {
    write(from + "a\n\n" + from + "b\n\n" + from + "c\n");
    auto box = files::Mbox::open(folder_ / "mbox");
    ASSERT_TRUE(box);
    auto first = box->next(folder_ / "one");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->place, 0u);
    EXPECT_EQ(all(first->next), (Mails{"b\n", "c\n"}));
    auto last = box->next(folder_ / "one");
    last = box->next(folder_ / "one");
    EXPECT_EQ(all(last->next), Mails{}) << "at the end";
    EXPECT_EQ(all(1), Mails{"files.mailbox_kind"});
    EXPECT_EQ(all(1'000'000), Mails{"files.mailbox_kind"});
    write("<html>");
    EXPECT_EQ(all(), Mails{"files.mailbox_kind"});
    EXPECT_EQ(files::Mbox::open(folder_ / "nothing").error().key, "files.mailbox_missing");
    EXPECT_EQ(files::Mbox::open(folder_).error().key, "files.mailbox_missing");
}

TEST_F(Mailbox, OfOneThatIsTooLargeTheRestIsLeftOut) {
    {
        std::ofstream out(folder_ / "mbox", std::ios::binary);
        out << from << "\n";
        const std::string megabyte(1u << 20, 'x');  // one line longer than any buffer
        for (int i = 0; i < 70; ++i) out << megabyte;
        out << "\n\n"
            << "From " << std::string(200'000, 'y') << "\n"
            << from << "Small.\n";
    }
    auto box = files::Mbox::open(folder_ / "mbox");
    ASSERT_TRUE(box);
    const auto large = box->next(folder_ / "one");
    ASSERT_TRUE(large);
    EXPECT_FALSE(large->whole);
    EXPECT_EQ(large->size, files::most_mail_bytes + 1);
    EXPECT_EQ(fs::file_size(folder_ / "one"), large->size);
    EXPECT_FALSE(box->next(folder_ / "one")) << "no empty line before the second";
}

TEST_F(Mailbox, OfAMaildirUnreadAndReadOnesInTheOrderOfArrival) {
    EXPECT_EQ(files::maildir(folder_ / "nothing").error().key, "files.mailbox_missing");
    EXPECT_EQ(files::maildir(folder_).error().key, "files.mailbox_kind");
    for (const char* part : {"new", "cur", "tmp"}) fs::create_directory(folder_ / part);
    for (const char* name :
         {"new/1700000003.a", "cur/1700000001.b:2,S", "cur/1700000002.c:2,", "tmp/1700000000.d", "new/.hidden"})
        std::ofstream(folder_ / name) << "x";
    fs::create_symlink(folder_ / "mbox", folder_ / "new" / "1700000004.link");
    const auto mails = files::maildir(folder_);
    ASSERT_TRUE(mails);
    ASSERT_EQ(mails->size(), 3u);
    EXPECT_EQ((*mails)[0].filename(), "1700000001.b:2,S");
    EXPECT_EQ((*mails)[2].filename(), "1700000003.a");
}

}  // namespace
