// Leaves, payloads and lines: one spelling each.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <kernel/json.h>
#include <fstream>
#include <iterator>

#include "cursor.h"
#include "leaf.h"
#include "test_log.h"

namespace {

using namespace verify;

std::optional<std::size_t> wrong_at(const std::function<void()>& read) {
    try {
        read();
        return std::nullopt;
    } catch (const Wrong& wrong) { return wrong.byte; }
}
bool leaf_good(const std::string& bytes) {
    return !wrong_at([&] { read_leaf(bytes); });
}
bool payload_good(const std::string& bytes) {
    return !wrong_at([&] { check_payload(bytes); });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    EXPECT_NE(text.find(from), text.npos) << from;
    return text.replace(text.find(from), from.size(), to);
}

TEST(Leaf, its_members) {
    const std::string bytes = entry(0, "a", "voice.received", "{}", ",\"parent\":12").leaf;
    const Leaf leaf = read_leaf(bytes);
    EXPECT_EQ(leaf.kind, "voice.received");
    EXPECT_EQ(leaf.subject, 3);
    EXPECT_EQ(leaf.parent, 12);
    EXPECT_EQ(leaf.v, 1);
    EXPECT_EQ(kernel::iso(leaf.time), "2026-11-23T08:00:00Z");
    EXPECT_TRUE(leaf.words);
}

TEST(Leaf, one_spelling) {
    const std::string good = entry(0, "a", "toy.said", "{}", ",\"parent\":12").leaf;
    ASSERT_TRUE(leaf_good(good));
    EXPECT_TRUE(leaf_good(replaced(good, "toy.said", "t_0.s9_")));
    EXPECT_TRUE(leaf_good(replaced(good, "\"format\":1", "\"format\":0")));
    for (const auto& [from, to] :
         std::initializer_list<std::pair<const char*, const char*>>{{"\"format\":1", "\"format\":2"},
                                                                    {"\"format\":1", "\"format\": 1"},
                                                                    {"\"format\":1", "\"format\":01"},
                                                                    {"\"format\":1", "\"format\":-1"},
                                                                    {"toy.said", "toysaid"},
                                                                    {"toy.said", "Toy.said"},
                                                                    {"toy.said", "toy.sai{"},
                                                                    {"toy.said", "toy.sai:"},
                                                                    {"toy.said", "toy.9said"},
                                                                    {"toy.said", "toy.said.again"},
                                                                    {"toy.said", ".said"},
                                                                    {":12", ":012"},
                                                                    {":12", ":-1"},
                                                                    {":12", ":9007199254740992"},
                                                                    {":12", ":1.0"},
                                                                    {":3,", ":null,"},
                                                                    {"08:00:00Z", "08:00:01Z"},
                                                                    {"08:00:00Z", "08:60:00Z"},
                                                                    {"11-23T", "11-31T"},
                                                                    {"T08", " 08"},
                                                                    {"\"v\":1", "\"v\":0"},
                                                                    {"\"v\":1", "\"v\":1,\"w\":1"},
                                                                    {"=\"", "\""},
                                                                    {",\"parent\":12", ",\"parent\":12,\"parent\":12"},
                                                                    {"{\"facts\"", "{ \"facts\""}})
        EXPECT_FALSE(leaf_good(replaced(good, from, to))) << from << " -> " << to;
    EXPECT_FALSE(leaf_good(good + " "));
    EXPECT_FALSE(leaf_good(good.substr(0, good.size() - 1)));
    const std::string word(40, 'a');
    EXPECT_FALSE(leaf_good(replaced(good, "toy.said", word + "." + word)));
    for (std::size_t length = 0; length < good.size(); ++length) EXPECT_FALSE(leaf_good(good.substr(0, length)));
}

TEST(Leaf, says_where) {
    const std::string good = entry(0).leaf;
    const std::string bad = replaced(good, "\"v\":1", "\"v\":x");
    EXPECT_EQ(wrong_at([&] { read_leaf(bad); }), bad.find(":x") + 1);
}

TEST(Payload, what_is_not_canonical) {
    for (const char* good : {"{}", R"({"a":1,"b":[true,false,null,{}],"c":"\u0001\n\"\\/é"})",
                             R"({"n":-9007199254740991})", "{\"\":0,\"\u20ac\":1,\"\U0001F600\":2,\"\uFB33\":3}"})
        EXPECT_TRUE(payload_good(good)) << good;
    for (const char* bad : {"",
                            "[]",
                            "1",
                            "{",
                            "{}x",
                            "{} ",
                            R"({"a":1,})",
                            R"({"b":1,"a":1})",
                            R"({"a":1,"a":1})",
                            R"({"a":01})",
                            R"({"a":-0})",
                            R"({"a":1e1})",
                            R"({"a":1E1})",
                            R"({"a":1.0})",
                            R"({"a":9007199254740992})",
                            R"({"a":"\/"})",
                            R"({"a":"\u000a"})",
                            R"({"a":"\u0041"})",
                            R"({"a":"\u001F"})",
                            R"({"a":"\u001g"})",
                            R"({"a":"\x"})",
                            "{\"a\":\"\n\"}",
                            "{\"a\":\"\xff\"}",
                            R"({"a":tru})",
                            R"({"a")",
                            R"({"a":"x)",
                            R"({"a":[1,]})",
                            R"({"a":[1 ,2]})",
                            R"({"a":--1})",
                            R"({a:1})",
                            "{\"\U0001F600\":1,\"\u20ac\":2}"})
        EXPECT_FALSE(payload_good(bad)) << bad;
    EXPECT_FALSE(payload_good(std::string("{\"a\":\"\\\0\"}", 10)));
    std::string deep = "{\"a\":", close;
    for (int i = 0; i < 62; ++i) deep += "[", close += "]";
    EXPECT_TRUE(payload_good(deep + "1" + close + "}"));
    EXPECT_FALSE(payload_good(deep + "[[1]]" + close + "}"));
}

// What our writer writes, this reader, which shares nothing with it, takes; and a changed byte it takes only where the
// writer would have written just that.
RC_GTEST_PROP(Payload, agrees_with_the_writer, ()) {
    kernel::Json::Object object;
    const auto names = *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>());
    for (const std::string& name : names) {
        std::string text = name;
        for (char& c : text) c = static_cast<char>(c & 0x7f);
        object[text] =
            *rc::gen::element<kernel::Json>(kernel::Json(1), kernel::Json(text), kernel::Json(true), kernel::Json(),
                                            kernel::Json(kernel::Json::Array{kernel::Json(-5), kernel::Json(text)}));
    }
    std::string bytes = kernel::canonical(kernel::Json(object));
    RC_ASSERT(payload_good(bytes));
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] = *rc::gen::arbitrary<char>();
    const auto parsed = kernel::parse_json(bytes, kernel::Numbers::canonical);
    bool same = false;
    if (parsed && parsed->object()) same = kernel::canonical(*parsed) == bytes;
    RC_ASSERT(payload_good(bytes) == same);
}

TEST(Line, one_spelling) {
    PayloadLine line;
    const std::string good = entry(5, "a").line, gone = erased(5, "a").line;
    read_payload_line(good, line);
    EXPECT_TRUE(line.has_facts && line.has_words && !line.words_erased);
    EXPECT_EQ(line.index, 5);
    EXPECT_EQ(line.facts.bytes, R"({"n":1})");
    EXPECT_EQ(line.words.bytes, R"({"t":"a"})");
    read_payload_line(gone, line);
    EXPECT_TRUE(line.has_facts && !line.has_words && line.words_erased);
    read_payload_line("{\"index\":7}", line);
    EXPECT_TRUE(!line.has_facts && !line.has_words && !line.words_erased && line.index == 7);
    for (const std::string& bad :
         {replaced(good, ",\"index\"", ", \"index\""), replaced(good, "\"index\":5", "\"index\":05"), good + ",",
          replaced(good, ",\"facts_salt\":\"" + base64_of('f') + "\"", ""), replaced(good, base64_of('w'), "AAAA"),
          replaced(gone, "true", "false"), replaced(good, "}", ",\"x\":1}"), std::string("{}"), std::string(),
          replaced(good, "\"words\":", "\"words_erased\":true,\"words\":")})
        EXPECT_TRUE(wrong_at([&] { read_payload_line(bad, line); })) << bad;
}

std::string block(const std::string& name) {
    std::ifstream in(std::string(SOURCE) + "/docs/ledger-format.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(in), {}}, open = "\n```" + name + "\n";
    const std::size_t at = page.find(open);
    EXPECT_NE(at, page.npos) << name;
    return page.substr(at + open.size(), page.find("```\n", at + open.size()) - at - open.size());
}

std::string output(const std::string& name) {
    const std::string all = "\n" + block("outputs"), begin = "\n" + name + " = ";
    const std::size_t at = all.find(begin);
    EXPECT_NE(at, all.npos) << name;
    return all.substr(at + begin.size(), all.find('\n', at + 1) - at - begin.size());
}

// The worked example of docs/ledger-format.md is a sound log, down to its receipt.
TEST(Example, is_a_sound_log) {
    std::vector<Made> made;
    std::istringstream lines(block("payloads"));
    for (const char* leaf : {"0 leaf", "1 leaf", "2 leaf"}) {
        made.push_back({output(leaf), ""});
        std::getline(lines, made.back().line);
    }
    Memory log = log_of(made);
    log.files["key"] = output("public key") + "\n";
    log.files["checkpoint"] = block("checkpoint");
    Ask ask;
    ask.receipts = {{"receipt", block("receipt")}};
    const Report report = check(log, ask);
    EXPECT_EQ(report.figures.words_erased, 1);
    EXPECT_EQ(report.figures.receipts, 1);
    EXPECT_EQ(kernel::hex(report.checkpoint.root), output("root"));
}

}  // namespace
