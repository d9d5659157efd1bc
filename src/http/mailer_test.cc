#include "mailer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace http {
namespace {

Letter letter() {
    Letter l;
    l.from = "notices@voices.example.org";
    l.from_name = "Sample office";
    l.to = "anna@example.org";
    l.subject = "Message 17 was answered";
    l.text = "See there:\nhttps://voices.example.org/voices/17\n";
    l.lang = "en";
    l.message_id = "17.0.ab@voices.example.org";
    l.date = kernel::parse_instant("2026-11-28T22:05:09Z").value();
    l.more = {{"Auto-Submitted", "auto-generated"}};
    return l;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(MailLetter, is_as_rfc_5322_wants_it) {
    EXPECT_EQ(bytes_of(letter()),
              "Date: Sat, 28 Nov 2026 22:05:09 +0000\r\n"
              "From: \"Sample office\" <notices@voices.example.org>\r\n"
              "To: <anna@example.org>\r\n"
              "Subject: Message 17 was answered\r\n"
              "Message-ID: <17.0.ab@voices.example.org>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Language: en\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
              "See there:\r\nhttps://voices.example.org/voices/17\r\n");
}

TEST(MailLetter, words_beyond_ascii_are_encoded_within_the_lengths_of_rfc_2047) {
    Letter l = letter();
    l.from_name = "某市交通运输局";
    for (int i = 0; i < 12; ++i) l.subject += "意见 17 已答复";
    l.text = "一";
    for (int i = 0; i < 80; ++i) l.text += "二";
    l.text += " \nx = y\n";
    const std::string bytes = bytes_of(l);
    EXPECT_TRUE(has(bytes, "From: =?UTF-8?B?"));
    EXPECT_TRUE(has(bytes, "\r\n <notices@voices.example.org>\r\n"));
    EXPECT_TRUE(has(bytes, "=20\r\nx =3D y\r\n")) << "a blank at the end of a line, and the sign itself";
    std::size_t longest = 0, at = 0;
    while (at < bytes.size()) {
        const std::size_t end = bytes.find("\r\n", at);
        longest = std::max(longest, end - at);
        at = end + 2;
    }
    EXPECT_LE(longest, 76U);
    for (const char c : bytes) EXPECT_TRUE(static_cast<unsigned char>(c) < 0x80);
    l.from_name = "A \"quoted\" \\ name";
    EXPECT_TRUE(has(bytes_of(l), "From: \"A \\\"quoted\\\" \\\\ name\" <"));
    l.from_name = "=?UTF-8?B?eA==?=";
    EXPECT_FALSE(has(bytes_of(l), "From: \"=?")) << "what looks like an encoded word is none of ours";
}

TEST(MailLetter, nothing_adds_a_header_or_a_recipient) {
    const auto refused = [](const auto& change) {
        Letter l = letter();
        change(l);
        EXPECT_THROW(bytes_of(l), std::invalid_argument);
    };
    for (const std::string bad : {"x\r\nBcc: b@example.org", "x\nBcc: b@example.org", "x\rBcc: b@example.org"}) {
        refused([&](Letter& l) { l.subject = bad; });
        refused([&](Letter& l) { l.from_name = bad; });
        refused([&](Letter& l) { l.to = bad; });
        refused([&](Letter& l) { l.from = bad; });
        refused([&](Letter& l) { l.message_id = bad; });
        refused([&](Letter& l) { l.lang = bad; });
        refused([&](Letter& l) { l.more = {{"X", bad}}; });
        refused([&](Letter& l) { l.more = {{bad, "x"}}; });
    }
    refused([](Letter& l) { l.subject = std::string("x\0y", 3); });
    refused([](Letter& l) { l.more = {{"X", "é"}}; });
    Letter l = letter();
    l.text = "before\r\n.\r\nQUIT\r\n";
    EXPECT_FALSE(has(bytes_of(l), "\r\r")) << "a carriage return in a text is no end of a line";
    EXPECT_TRUE(has(bytes_of(l), "=0D"));
}

TEST(MailLetter, which_addresses) {
    for (const char* good : {"a@b.example", "anna.bauer+17@mail.example.org", "x_y-z=1@a-b.co", "o'neil@example.org"})
        EXPECT_TRUE(mailable(good)) << good;
    for (const char* bad : {"",
                            "@",
                            "a@",
                            "@b.example",
                            "a@b",
                            "a b@c.example",
                            "a@b .example",
                            "a@b..example",
                            ".a@b.example",
                            "a.@b.example",
                            "a..b@c.example",
                            "\"a\"@b.example",
                            "a@[127.0.0.1]",
                            "a@127.0.0.1",
                            "a@-b.example",
                            "a@b-.example",
                            "a@b.example\r\nRCPT TO:<c@d.example>",
                            "a@b.example>",
                            "<a@b.example",
                            "a,b@c.example",
                            "ä@b.example",
                            "a@bücher.example",
                            "a\0@b.example",
                            "a@b@c d.example"})
        EXPECT_FALSE(mailable(bad)) << bad;
    EXPECT_FALSE(mailable(std::string(65, 'a') + "@b.example"));
    EXPECT_FALSE(mailable("a@" + std::string(250, 'b') + ".example"));
}

TEST(Mailer, which_servers) {
    for (const char* good : {"smtps://mail.example.org", "smtps://mail.example.org:465", "smtp://127.0.0.1:25",
                             "smtp://[::1]:2525", "smtp://localhost"})
        EXPECT_TRUE(relayable(good)) << good;
    for (const char* bad : {"", "mail.example.org", "https://mail.example.org", "smtp://", "smtp://user@host",
                            "smtp://host/path", "smtp://host\r\n", "smtps://:465", "SMTP://host"})
        EXPECT_FALSE(relayable(bad)) << bad;
    EXPECT_THROW(Mailer(Relay{"smtp://a b", "h", "a@b.example", "", {}}), std::invalid_argument);
    EXPECT_THROW(Mailer(Relay{"smtp://localhost", "h", "nobody", "", {}}), std::invalid_argument);
}

// What is said to a command: put in by the test while the server's thread reads.
class Reply {
public:
    Reply(const char* text) : text_(text) {}
    Reply& operator=(const char* text) {
        const std::lock_guard lock(mutex_);
        text_ = text;
        return *this;
    }
    std::string get() const {
        const std::lock_guard lock(mutex_);
        return text_;
    }

private:
    mutable std::mutex mutex_;
    std::string text_;
};

// A mail server for one letter after another: what it says to each command is given, "" closes the connection.
class MailSink {
public:
    Reply hello{"220 sink"}, mail{"250 ok"}, rcpt{"250 ok"}, data{"354 go on"}, done{"250 taken"};

    MailSink() {
        listening_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listening_, any, size) != 0 || ::listen(listening_, 8) != 0 ||
            ::getsockname(listening_, any, &size) != 0)
            throw std::runtime_error("no port");
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] {
            for (int fd = 0; (fd = ::accept(listening_, nullptr, nullptr)) >= 0; ::close(fd)) talk(fd);
        });
    }
    ~MailSink() {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
    }
    std::string letters() {
        const std::lock_guard lock(mutex_);
        return letters_;
    }
    int port = 0;

private:
    static bool say(int fd, const std::string& reply) {
        if (reply.empty()) return false;
        const std::string line = reply + "\r\n";
        return ::send(fd, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
    }
    void talk(int fd) {
        if (!say(fd, hello.get())) return;
        std::string waiting;
        char some[4096];
        for (ssize_t n = 0; (n = ::recv(fd, some, sizeof some, 0)) > 0;) {
            waiting.append(some, static_cast<std::size_t>(n));
            for (std::size_t end = 0; (end = waiting.find(in_data_ ? "\r\n.\r\n" : "\r\n")) != waiting.npos;) {
                const std::string line = waiting.substr(0, end);
                waiting.erase(0, end + (in_data_ ? 5 : 2));
                if (!answer(fd, line)) {
                    in_data_ = false;
                    return;
                }
            }
        }
        in_data_ = false;
    }
    bool answer(int fd, const std::string& line) {
        if (in_data_) {
            in_data_ = false;
            const std::lock_guard lock(mutex_);
            letters_ += line + "\n----\n";
            return say(fd, done.get());
        }
        if (line.starts_with("MAIL")) return say(fd, mail.get());
        if (line.starts_with("RCPT")) return say(fd, rcpt.get());
        if (line.starts_with("DATA")) {
            const std::string reply = data.get();
            in_data_ = reply.starts_with("354");
            return say(fd, reply);
        }
        if (line.starts_with("QUIT")) return false;
        return say(fd, "250 ok");
    }

    int listening_ = -1;
    bool in_data_ = false;
    std::thread thread_;
    std::mutex mutex_;
    std::string letters_;
};

class Sent : public ::testing::Test {
protected:
    Taken send(const Letter& l = letter()) {
        Mailer mailer({"smtp://127.0.0.1:" + std::to_string(sink.port),
                       "voices.example.org",
                       "notices@voices.example.org",
                       "",
                       {}});
        return mailer.send(l);
    }
    void expect(Taken::How how, bool uncertain, const char* where) {
        const Taken taken = send();
        EXPECT_EQ(taken.how, how) << where << ": " << taken.fault << " " << taken.status;
        EXPECT_EQ(taken.uncertain, uncertain) << where;
    }
    MailSink sink;
};
using How = Taken::How;

TEST_F(Sent, letters_arrive_whole_one_after_another_on_one_connection) {
    Mailer mailer(
        {"smtp://127.0.0.1:" + std::to_string(sink.port), "voices.example.org", "notices@voices.example.org", "", {}});
    Letter l = letter();
    l.text = ".a line that begins with a dot\n.\nand goes on\n";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(mailer.send(l).how, How::taken);
    const std::string got = sink.letters();
    EXPECT_TRUE(has(got, "\r\n..a line that begins with a dot\r\n..\r\nand goes on"));
    EXPECT_EQ(std::count(got.begin(), got.end(), '\x04'), 0);
}

TEST_F(Sent, what_the_server_says_at_each_step_is_told_apart) {
    expect(How::taken, false, "nothing wrong");
    sink.rcpt = "550 no such user";
    expect(How::refused, false, "RCPT 550");
    sink.rcpt = "451 try later";
    expect(How::later, false, "RCPT 451");
    sink.rcpt = "250 ok";
    sink.mail = "550 not from you";
    expect(How::unreachable, false, "MAIL 550: no word about this letter");
    sink.mail = "250 ok";
    sink.data = "451 not now";
    expect(How::later, false, "DATA 451");
    sink.data = "354 go on";
    sink.done = "554 not such a letter";
    expect(How::later, false, "end of DATA 554: the letter, not the recipient");
    sink.done = "452 full";
    expect(How::later, false, "end of DATA 452");
}

TEST_F(Sent, a_connection_that_breaks_is_told_by_how_far_it_came) {
    sink.hello = "";
    expect(How::unreachable, false, "at the greeting");
    sink.hello = "220 sink";
    sink.mail = "";
    expect(How::unreachable, false, "at MAIL");
    sink.mail = "250 ok";
    sink.rcpt = "";
    expect(How::unreachable, false, "at RCPT");
    sink.rcpt = "250 ok";
    sink.data = "";
    expect(How::later, false, "at DATA");
    sink.data = "354 go on";
    sink.done = "";
    expect(How::later, true, "after the whole letter: it may have been taken");
}

TEST(Mailer, nobody_there) {
    Mailer mailer({"smtp://127.0.0.1:1", "voices.example.org", "a@b.example", "", {}});
    EXPECT_EQ(mailer.send(letter()).how, How::unreachable);
    EXPECT_FALSE(mailer.send(letter()).fault.empty());
}

}  // namespace
}  // namespace http
