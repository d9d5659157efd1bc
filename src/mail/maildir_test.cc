// What lies in a Maildir is taken one by one and moved; nothing is overwritten, and one mail holds up no other.
#include "maildir.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <jobs/jobs.h>
#include <page/page.h>
#include <watch/watch.h>

namespace mail {
namespace {

namespace fs = std::filesystem;
using How = Outcome::How;

class MaildirTest : public testing::Test {
protected:
    void SetUp() override {
        watch::quiet(true);
        std::string name = (fs::temp_directory_path() / "huiyin-maildir-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        for (const char* part : {"new", "cur", "tmp"}) fs::create_directory(folder_ / part);
    }
    void TearDown() override { fs::remove_all(folder_); }
    void put(const std::string& name, const std::string& text = "x") {
        std::ofstream(folder_ / "new" / name, std::ios::binary) << text;
    }
    std::vector<std::string> names(const fs::path& folder) const {
        std::vector<std::string> all;
        std::error_code none;
        for (const auto& one : fs::directory_iterator(folder_ / folder, none))
            all.push_back(one.path().filename().string());
        std::sort(all.begin(), all.end());
        return all;
    }
    void run(Maildir& maildir) {
        struct Once final : jobs::Run {
            bool stopping() const override { return false; }
            void progress(std::int64_t, std::int64_t) override {}
        } once;
        maildir.run(once);
    }
    using Names = std::vector<std::string>;
    fs::path folder_;
};

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(MaildirTest, WhatWasTakenAndWhatIsRefusedLieApart) {
    const std::pair<const char*, Outcome> fates[] = {{"1", {How::message, {}, false}},
                                                     {"2", {How::reply, {}, false}},
                                                     {"3", {How::known, {}, false}},
                                                     {"4", {How::refused, rules::Why::bulk, false}},
                                                     {"5:2,RS", {How::message, {}, false}}};
    for (const auto& [name, fate] : fates) put(name);
    Maildir maildir(folder_, [&](const fs::path& mail) {
        for (const auto& [name, fate] : fates)
            if (mail.filename() == name) return fate;
        return Outcome{};
    });
    run(maildir);
    EXPECT_EQ(names(".taken/cur"), (Names{"1:2,S", "2:2,S", "3:2,S", "5:2,S"}));
    EXPECT_EQ(names(".refused.bulk/cur"), (Names{"4:2,"}));
    EXPECT_EQ(names("new"), Names());
    EXPECT_TRUE(fs::exists(folder_ / ".taken" / "maildirfolder"));
}

TEST_F(MaildirTest, AMoveOverwritesNothing) {
    Maildir maildir(folder_, [](const fs::path&) { return Outcome{How::message, {}, false}; });
    for (const char* text : {"first", "second", "third"}) {
        put("same", text);
        run(maildir);
    }
    EXPECT_EQ(names(".taken/cur"), (Names{"same,1:2,S", "same,2:2,S", "same:2,S"}));
    EXPECT_EQ(text_of(folder_ / ".taken/cur/same:2,S"), "first");
    EXPECT_FALSE(move_to(folder_ / "new" / "gone", folder_ / ".taken", true));
}

TEST_F(MaildirTest, OneThatCannotBeReadHoldsUpNone) {
    put("1");
    put("2");
    Maildir maildir(folder_, [](const fs::path& mail) {
        if (mail.filename() == "1") return Outcome{How::later, {}, false};
        return Outcome{How::message, {}, false};
    });
    for (int i = 1; i < rules::tries_to_read; ++i) {
        run(maildir);
        EXPECT_EQ(names("new"), Names{"1"});
        EXPECT_EQ(names(".taken/cur"), Names{"2:2,S"});
    }
    run(maildir);
    EXPECT_EQ(names("new"), Names());
    EXPECT_EQ(names(".refused.heavy/cur"), Names{"1:2,"});
    put("3");
    put("4");
    Maildir broken(folder_, [](const fs::path& mail) -> Outcome {
        if (mail.filename() == "3") throw std::system_error(EIO, std::generic_category(), "reading a mail");
        return {How::message, {}, false};
    });
    run(broken);
    EXPECT_EQ(names("new"), Names{"3"});
}

TEST_F(MaildirTest, WhenNothingCanBeTakenAllWait) {
    for (const char* name : {"1", "2", "3"}) put(name);
    int asked = 0;
    Maildir maildir(folder_, [&](const fs::path&) {
        ++asked;
        return Outcome{How::later, {}, true};
    });
    for (int i = 0; i < 5; ++i) run(maildir);
    EXPECT_EQ(asked, 5);
    EXPECT_EQ(names("new"), (Names{"1", "2", "3"})) << "however often";
}

TEST_F(MaildirTest, WhatIsWrongWithItIsSaid) {
    EXPECT_FALSE(fault_of_maildir(folder_));
    fs::remove(folder_ / "tmp");
    EXPECT_EQ(fault_of_maildir(folder_), "there is no folder " + (folder_ / "tmp").string());
    put("1");
    Maildir maildir(folder_, [](const fs::path&) { return Outcome{How::message, {}, false}; });
    run(maildir);
    EXPECT_EQ(names("new"), Names{"1"}) << "nothing is moved in what is no Maildir";
    EXPECT_TRUE(fault_of_maildir(folder_ / "nowhere"));
}

TEST_F(MaildirTest, WhatWasTakenIsWipedAfterItsTime) {
    for (const char* name : {"1", "2"}) put(name);
    Maildir maildir(folder_, [](const fs::path& mail) {
        return mail.filename() == "1" ? Outcome{How::message, {}, false}
                                      : Outcome{How::refused, rules::Why::bulk, false};
    });
    run(maildir);
    const auto going_on = [] { return false; };
    EXPECT_EQ(wipe_taken(folder_, kernel::Instant{0}, going_on), 0);
    EXPECT_EQ(names(".taken/cur").size(), 1u);
    EXPECT_EQ(wipe_taken(folder_, kernel::Instant{99'999'999'999'999}, going_on), 1);
    EXPECT_EQ(names(".taken/cur").size(), 0u);
    EXPECT_EQ(names(".refused.bulk/cur").size(), 1u) << "what was refused stays";
    EXPECT_EQ(wipe_taken(folder_ / "nowhere", kernel::Instant{99'999'999'999'999}, going_on), 0);
}

TEST_F(MaildirTest, ABodyIsTheSameWhicheverWayItCame) {
    const auto hash = [&](const std::string& bytes) {
        put("m", bytes);
        return body_hash(folder_ / "new" / "m");
    };
    const kernel::Hash one = hash("Subject: x\r\nReceived: a\r\n\r\nText,\r\n\r\nmore.\r\n");
    EXPECT_EQ(one, hash("Received: b\nReceived: a\nSubject: x\n\nText,\n\nmore."));
    EXPECT_EQ(one, hash("A: b\n\nText,\n\nmore.\n\n\n"));
    EXPECT_NE(one, hash("A: b\n\nText,\nmore."));
    EXPECT_NE(one, hash("A: b\n\nText,\n\nmore\r."));
    EXPECT_EQ(hash("no header, no body"), hash(""));
    std::string large(5u << 20, 'x');
    const kernel::Hash all = hash("A: b\n\n" + large);
    large.back() = 'y';
    EXPECT_NE(all, hash("A: b\n\n" + large));
}

}  // namespace
}  // namespace mail
