// Runs test/smuggling.txt: raw requests with the exact statuses expected.
#include <gtest/gtest.h>

#include <fstream>

#include "raw_client_for_tests.h"

namespace {

using http::testing::RawClient;
using http::testing::Reply;

struct RawCase {
    std::string name, bytes, expected;
    int line = 0;
};

int hex_value(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

// "\r", "\n", "\t", "\0", "\\", "\xHH", "\{N*text}".
void append_unescaped(std::string_view line, std::string& out) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\') {
            out += line[i];
            continue;
        }
        switch (line.at(++i)) {
            case 'r':
                out += '\r';
                break;
            case 'n':
                out += '\n';
                break;
            case 't':
                out += '\t';
                break;
            case '0':
                out += '\0';
                break;
            case '\\':
                out += '\\';
                break;
            case 'x':
                out += static_cast<char>(hex_value(line.at(i + 1)) * 16 + hex_value(line.at(i + 2)));
                i += 2;
                break;
            case '{': {
                const std::size_t star = line.find('*', i), end = line.find('}', i);
                std::string piece;
                append_unescaped(line.substr(star + 1, end - star - 1), piece);
                for (int n = std::stoi(std::string(line.substr(i + 1, star - i - 1))); n > 0; --n) out += piece;
                i = end;
                break;
            }
            default:
                throw std::runtime_error("smuggling.txt: unknown escape in " + std::string(line));
        }
    }
}

std::vector<RawCase> raw_cases() {
    std::ifstream file(SOURCE "/test/smuggling.txt");
    std::vector<RawCase> out;
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.empty() || line.starts_with("#")) continue;
        if (line.starts_with("== "))
            out.push_back({line.substr(3), {}, {}, number});
        else if (line.starts_with("=> "))
            out.at(out.size() - 1).expected = line.substr(3);
        else
            append_unescaped(line, out.at(out.size() - 1).bytes);
    }
    return out;
}

// "200:body 400! ": each answer's status, with its body when it is 200, and "!" where the server says it will close.
std::string answers_to(std::uint16_t port, const RawCase& one) {
    RawClient client(port);
    client.send(one.bytes);
    client.end_sending();
    std::string out;
    const bool of_head = one.bytes.starts_with("HEAD ");
    while (const std::optional<Reply> reply = client.reply(of_head)) {
        if (!out.empty()) out += ' ';
        out += std::to_string(reply->status);
        if (reply->status == 200 && !of_head) out += ":" + reply->body;
        if (reply->header("connection") == "close") out += "!";
        EXPECT_TRUE(reply->whole) << one.name;
        EXPECT_TRUE(reply->status < 200 || !reply->header("content-security-policy").empty()) << one.name;
    }
    if (!client.buffer().empty()) out += " +" + client.buffer();
    return out.empty() ? "closed" : out;
}

TEST(Smuggling, EachRawRequestHasItsExactAnswer) {
    http::testing::Running house;
    const auto echo = [](const http::Request& request) {
        return http::testing::text("[" + request.body + request.path + "]");
    };
    http::Limits raw = http::testing::without_csrf();
    raw.any_type = true;
    raw.body = 1000;
    house.router.get("/", echo);
    house.router.get("/items/{id}", echo);
    house.router.post("/", echo, raw);
    house.router.post("/form", echo, http::testing::without_csrf());
    const std::uint16_t port = house.start();
    const std::vector<RawCase> cases = raw_cases();
    EXPECT_GT(cases.size(), 80u);
    for (const RawCase& one : cases)
        EXPECT_EQ(answers_to(port, one), one.expected) << "test/smuggling.txt:" << one.line << ": " << one.name;
}

// However a request is cut into packets, the answer is the same.
TEST(Smuggling, PiecesChangeNothing) {
    http::testing::Running house;
    http::Limits raw = http::testing::without_csrf();
    raw.any_type = true;
    house.router.post(
        "/", [](const http::Request& request) { return http::testing::text("[" + request.body + "]"); }, raw);
    RawClient client(house.start());
    const std::string chunked =
        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
    const std::string sized = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 6\r\n\r\nhello!";
    for (const std::string& request : {chunked, sized}) {
        for (char c : request) client.send(std::string_view(&c, 1));
        const std::optional<Reply> reply = client.reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, "[hello!]");
    }
}

}  // namespace
