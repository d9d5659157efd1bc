#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "house.h"

namespace server {
namespace {

class Config : public testing::Test {
protected:
    Config() { std::filesystem::create_directories(folder_); }
    ~Config() override { std::filesystem::remove_all(folder_); }

    Options read(const std::string& text, Options options = {}) {
        std::ofstream(folder_ / "huiyin.toml", std::ios::binary) << text;
        options.data = folder_;
        return with_file(std::move(options));
    }
    // What the refusal says after the file's name; empty when the file is taken.
    std::string refusal(const std::string& text) {
        try {
            read(text);
        } catch (const std::runtime_error& error) {
            const std::string said = error.what(), file = (folder_ / "huiyin.toml").string();
            return said.starts_with(file) ? said.substr(file.size()) : "without the file's name: " + said;
        }
        return {};
    }

private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("huiyin-config-test-" + std::to_string(getpid()));
};

TEST_F(Config, FillsWhatTheCommandLineLeftOpen) {
    Options given;
    given.port = 9000;
    const Options read = this->read(R"(# 市政府 – the hall
postgres = "host=db password=pässwörd"  # schön
address = '0.0.0.0'
port = 80
rate_per_minute = 5
work_from_per_minute = 0
clock_patience = 20
origin = "huiyin.example.org/log"
trusted_proxies = ["10.0.0.1", "10.0.0.2"]
quorum = 1
[[witness]]
name = "见证"
key = "k"
url = "http://witness.example.org"
)",
                                    given);
    EXPECT_EQ(read.postgres, "host=db password=pässwörd");
    EXPECT_EQ(read.address, "0.0.0.0");
    EXPECT_EQ(read.port, 9000);
    EXPECT_EQ(read.rate_per_minute, 5);
    EXPECT_EQ(read.work_from_per_minute, 0);
    EXPECT_EQ(read.clock_patience, 20);
    EXPECT_EQ(read.origin, "huiyin.example.org/log");
    EXPECT_EQ(read.trusted_proxies.size(), 2U);
    EXPECT_EQ(read.quorum, 1);
    ASSERT_EQ(read.witnesses.size(), 1U);
    EXPECT_EQ(read.witnesses[0].name, "见证");
}

TEST_F(Config, WhatNoticesAreSentWith) {
    EXPECT_FALSE(read("").smtp);
    const Options found = read(R"(public_address = "https://voices.example.org"
[smtp]
url = "smtps://mail.example.org"
from = "notices@example.org"
user = "u"
password_file = "smtp.password"
[[webhook]]
url = "https://gateway.example.org/x"
secret_file = "webhook.secret"
kinds = ["voice.answered", "cycle."]
[[webhook]]
url = "https://other.example.org/"
)");
    EXPECT_EQ(found.public_address, "https://voices.example.org");
    ASSERT_TRUE(found.smtp);
    EXPECT_EQ(found.smtp->from, "notices@example.org");
    EXPECT_EQ(found.smtp->password_file, "smtp.password");
    ASSERT_EQ(found.webhooks.size(), 2U);
    EXPECT_EQ(found.webhooks[0].kinds, (std::vector<std::string>{"voice.answered", "cycle."}));
}

TEST_F(Config, WhoseSitesMayShowMaps) {
    EXPECT_EQ(read("frames_on = ['https://www.example.org', 'https://b.example:8443']").frames_on,
              (std::vector<std::string>{"https://www.example.org", "https://b.example:8443"}));
}

TEST_F(Config, WhetherOthersReachItWithoutTls) {
    EXPECT_FALSE(without_tls(Options{})) << "unless told otherwise";
    EXPECT_FALSE(without_tls(read("address = '::1'")));
    EXPECT_TRUE(without_tls(read("address = '0.0.0.0'")));
    EXPECT_TRUE(without_tls(read("address = '::'")));
    EXPECT_TRUE(without_tls(read("address = '192.0.2.1'")));
    EXPECT_FALSE(without_tls(read("address = '192.0.2.1'\ntrusted_proxies = ['192.0.2.2']")));
}

TEST_F(Config, AnAbsentOrEmptyFileChangesNothing) {
    EXPECT_EQ(with_file(Options{.data = "/nowhere"}).port, 8080);
    EXPECT_EQ(read("").port, 8080);
    EXPECT_EQ(read("\xEF\xBB\xBFport = 81\n").port, 81);
    EXPECT_EQ(read("port = 81\r\n").port, 81);
}

TEST_F(Config, LettersBeyondAsciiStandInEveryKindOfString) {
    for (const std::string text :
         {"origin = \"é、\"", "origin = 'é、'", "origin = \"\"\"\\\n é、\"\"\"", "origin = '''é、'''"})
        EXPECT_EQ(read(text).origin, "é、") << text;
}

TEST_F(Config, ABrokenFileIsRefusedByItsNameAndLine) {
    struct Case {
        std::string text, said;
    };
    const Case cases[] = {
        {"port = 1\nport = 2\n", ", line 2: "},
        {"port = \"1\"", ": port is no port number"},
        {"port = 65536", ": port is no port number"},
        {"port = -1", ": port is no port number"},
        {"port = 80.0", ": port is no port number"},
        {"port = 6e100", ": port is no port number"},
        {"quorum = inf", ": quorum is no such number"},
        {"clock_patience = nan", ": clock_patience is no such number of seconds"},
        {"mail.keep_days = 1e300", ": [mail] keep_days is no such number of days"},
        {"rate_per_minute = 0", ": rate_per_minute is no such number"},
        {"work_from_per_minute = -1", ": work_from_per_minute is no such number"},
        {"clock_patience = -1", ": clock_patience is no such number of seconds"},
        {"quorum = 64", ": quorum is no such number"},
        {"origin = 5", ": origin is no text"},
        {"frames_on = ['http://www.example.org']", ": frames_on holds sites such as https://www.example.org"},
        {"frames_on = ['https://a.example/b']", ": frames_on holds sites such as https://www.example.org"},
        {"frames_on = ['https://a.example; script-src *']", ": frames_on holds sites such as https://www.example.org"},
        {"frames_on = ['https://']", ": frames_on holds sites such as https://www.example.org"},
        {"prot = 80", ": unknown key prot"},
        {"trusted_proxies = [5]", ": trusted_proxies is no text"},
        {"[[witness]]\nnamed = \"w\"", ": a witness has name, key and url, and they are texts"},
        {"[smtp]\npassword = \"x\"", ": [smtp] has no password of that kind"},
        {"[smtp]\nurl = 5", ": [smtp] has no url of that kind"},
        {"smtp = \"x\"", ": unknown key smtp"},
        {"[[webhook]]\nheader = \"x\"", ": a webhook has no header of that kind"},
        {"[[authority]]\nkey = \"x\"", ": an authority has no key of that kind"},
        {"[[authority]]\ninside = \"yes\"", ": an authority has no inside of that kind"},
        {"authority = \"x\"", ": unknown key authority"},
        {"public_address = 1", ": public_address is no text"},
        {"origin = \"a", ", line 1: "},
        {"origin = \"\xFF\"", ", line 1: "},
        {"origin = \"\x01\"", ": holds control characters"},
        {"[=opn0[", ": this is no TOML"},
        {"port = 1\n\xC2\xA1", ", line 2: "},
        {"\xE3\x80\x81", ", line 1: "},
        {"k\xC3\xA9y = 1", ", line 1: "},
        {"origin = \"a\" \xC3\xA9", ", line 1: "},
        {"origin = \"a\\\\\" \xC3\xA9", ", line 1: "},
        {"port = 8o'\xC3\xA9'", ", line 1: "},
        {"origin = 'a\\' \xC3\xA9", ", line 1: "},
    };
    for (const auto& one : cases) {
        const std::string said = refusal(one.text);
        EXPECT_EQ(said.substr(0, one.said.size()), one.said) << one.text << "\n" << said;
    }
}

TEST_F(Config, SaysWhatIsWrongOfMails) {
    const Options read =
        this->read("[mail]\naddress = \"voices@example.org\"\nmaildir = \"mail\"\nkind = \"praise\"\nkeep_days = 30\n");
    ASSERT_TRUE(read.mail);
    EXPECT_EQ(read.mail->address, "voices@example.org");
    EXPECT_EQ(read.mail->maildir, "mail");
    EXPECT_EQ(read.mail->kind, "praise");
    EXPECT_EQ(read.mail->keep_days, 30);
    for (const char* days : {"0", "-1", "4000", "\"30\"", "1.5"})
        EXPECT_EQ(refusal("[mail]\nkeep_days = " + std::string(days) + "\n"),
                  ": [mail] keep_days is no such number of days");
    EXPECT_FALSE(this->read("port = 80\n").mail);
    EXPECT_EQ(refusal("[mail]\nmailbox = \"x\"\n"), ": [mail] has no mailbox of that kind");
    EXPECT_EQ(refusal("[mail]\naddress = 5\n"), ": [mail] has no address of that kind");
    EXPECT_EQ(refusal("mail = \"x\"\n"), ": unknown key mail");
}

}  // namespace
}  // namespace server
