#include "policy.h"

#include <gtest/gtest.h>

#include "cosignature.h"
#include "vectors.h"

namespace {

using merkle::Note;
using merkle::Policy;
using merkle::PolicyFault;
using merkle::SignerKey;

SignerKey seeded(const std::string& name, std::uint8_t type) {
    return SignerKey::from_seed(name, kernel::sha256(kernel::view(name)), type);
}
SignerKey log_of(const std::string& name = "example.org/log") { return seeded(name, merkle::log_key); }
SignerKey witness(int n) { return seeded("w" + std::to_string(n) + ".example", merkle::witness_key); }
std::string vkey(const SignerKey& key) { return key.verifier().text(); }

const std::string log_line = "log " + vkey(log_of()) + "\n";
std::string witnesses(int n) {
    std::string out;
    for (int i = 1; i <= n; ++i) out += "witness X" + std::to_string(i) + " " + vkey(witness(i)) + "\n";
    return out;
}
const std::string two_of_three = log_line + witnesses(3) + "group G 2 X1 X2 X3\nquorum G\n";

Policy read(const std::string& text) {
    auto out = Policy::parse(text);
    if (const auto* fault = std::get_if<PolicyFault>(&out))
        throw std::runtime_error(std::to_string(fault->line) + ": " + fault->why);
    return std::get<Policy>(std::move(out));
}

TEST(Policy, reads_and_writes) {
    const Policy policy =
        read("# who is asked\n\n" + log_line.substr(0, log_line.size() - 1) + " https://example.org/log\n" +
             witnesses(2) + "\twitness  X3\t" + vkey(witness(3)) + " https://w3.example/  \n" +
             "group inner any X1 X2\n  # a thought\ngroup outer all inner X3\nquorum outer");
    EXPECT_EQ(policy.logs.size(), 1u);
    EXPECT_EQ(policy.logs[0].url, "https://example.org/log");
    ASSERT_EQ(policy.witnesses.size(), 3u);
    EXPECT_EQ(policy.witnesses[2].url, "https://w3.example/");
    ASSERT_EQ(policy.groups.size(), 2u);
    EXPECT_EQ(policy.groups[0].threshold, 1);
    EXPECT_EQ(policy.groups[1].threshold, 2);
    EXPECT_EQ(policy.groups[1].members, (std::vector<std::string>{"inner", "X3"}));
    EXPECT_EQ(policy.quorum, "outer");
    EXPECT_EQ(read(policy.text()).text(), policy.text());
    EXPECT_EQ(read(two_of_three).text(), two_of_three);
}

TEST(Policy, says_where_it_is_wrong) {
    const std::string w1 = vkey(witness(1)), w2 = vkey(witness(2)), start = log_line + witnesses(2);
    const struct {
        std::string text;
        int line;
        const char* why;
    } cases[] = {
        {"", 1, "no log"},
        {"# nothing\n", 2, "no log"},
        {log_line, 2, "no quorum"},
        {witnesses(1) + "quorum X1\n", 3, "no log"},
        {"log\n", 1, "log: its key is missing"},
        {"log nonsense\nquorum none\n", 1, "not a verifier key: nonsense"},
        {"log " + w1 + "\n", 1, "not a log's key"},
        {"log " + vkey(log_of()) + " https://a https://b\n", 1, "too many words"},
        {log_line + log_line, 2, "one key twice"},
        {log_line + "witness X1\n", 2, "witness: name or key is missing"},
        {log_line + "witness X1 " + vkey(log_of("other")) + "\n", 2, "not a witness's key"},
        {log_line + "witness none " + w1 + "\n", 2, "\"none\" is the name of nobody"},
        {start + "witness X1 " + vkey(witness(3)) + "\n", 4, "\"X1\" is named twice"},
        {start + "witness X3 " + w2 + "\n", 4, "one key twice"},
        {start + "group X1 1 X2\n", 4, "\"X1\" is named twice"},
        {start + "group G 1\n", 4, "group: name, threshold or members are missing"},
        {start + "group G 1 X3\n", 4, "\"X3\" is not named above"},
        {start + "group G 1 G\n", 4, "\"G\" is not named above"},
        {start + "group G 1 none\n", 4, "\"none\" is not named above"},
        {start + "group G 1 X1 X1\n", 4, "\"X1\" is a member twice"},
        {start + "group G 0 X1 X2\n", 4, "group: the threshold is a number from 1 to 2, any or all"},
        {start + "group G 3 X1 X2\n", 4, "group: the threshold is a number from 1 to 2, any or all"},
        {start + "group G -1 X1 X2\n", 4, "group: the threshold is a number from 1 to 2, any or all"},
        {start + "group G 01 X1 X2\n", 4, "group: the threshold is a number from 1 to 2, any or all"},
        {start + "group G 1x X1 X2\n", 4, "group: the threshold is a number from 1 to 2, any or all"},
        {start + "group G 99999999999 X1 X2\n", 4, "group: the threshold is a number from 1 to 2, any or all"},
        {start + "quorum\n", 4, "quorum: one name"},
        {start + "quorum X1 X2\n", 4, "quorum: one name"},
        {start + "quorum X3\n", 4, "\"X3\" is not named above"},
        {start + "quorum X1\nquorum X1\n", 5, "a second quorum"},
        {start + "witnesses X1\n", 4, "unknown keyword \"witnesses\""},
        {start + "quorum X1\r\n", 4, "a control character"},
        {start + "# \xff\n", 4, "not UTF-8"},
        {std::string(64 * 1024 + 1, '#'), 1, "longer than 64 KiB"},
    };
    for (const auto& c : cases) {
        const auto got = Policy::parse(c.text);
        const auto* fault = std::get_if<PolicyFault>(&got);
        ASSERT_TRUE(fault) << c.why;
        EXPECT_EQ(fault->line, c.line) << c.why;
        EXPECT_EQ(fault->why, c.why);
    }
}

Note note_of(const std::string& origin, std::vector<std::pair<int, std::int64_t>> cosigned) {
    Note out = merkle::sign(origin + "\n3\nPh1P5cH7JjdfsbvgXiYnGLPV14oUzGl1+e6PL8XWkRg=\n", log_of(origin));
    for (const auto& [n, seconds] : cosigned) out.signatures.push_back(merkle::cosign(out.body, witness(n), seconds));
    return out;
}

TEST(Policy, quorum) {
    const std::string start = log_line + witnesses(5);
    const struct {
        const char* rules;
        std::vector<int> cosigned;
        bool met;
        std::vector<const char*> counted;
    } cases[] = {
        {"quorum none", {}, true, {}},
        {"quorum none", {1}, true, {}},
        {"quorum X2", {1, 3}, false, {}},
        {"quorum X2", {2, 1}, true, {"X2"}},
        {"group G 2 X1 X2 X3\nquorum G", {}, false, {}},
        {"group G 2 X1 X2 X3\nquorum G", {3}, false, {"X3"}},
        {"group G 2 X1 X2 X3\nquorum G", {3, 3, 3}, false, {"X3"}},
        {"group G 2 X1 X2 X3\nquorum G", {3, 4, 5}, false, {"X3"}},
        {"group G 2 X1 X2 X3\nquorum G", {9, 8, 7}, false, {}},
        {"group G 2 X1 X2 X3\nquorum G", {3, 1}, true, {"X1", "X3"}},
        {"group G all X1 X2 X3\nquorum G", {3, 1}, false, {"X1", "X3"}},
        {"group G all X1 X2 X3\nquorum G", {3, 2, 1}, true, {"X1", "X2", "X3"}},
        {"group G any X1 X2 X3\nquorum G", {2}, true, {"X2"}},
        {"group A any X1 X2\ngroup B any X3 X4\ngroup G all A B\nquorum G", {1, 2}, false, {"X1", "X2"}},
        {"group A any X1 X2\ngroup B any X3 X4\ngroup G all A B\nquorum G", {2, 4}, true, {"X2", "X4"}},
        {"group A any X1 X2\ngroup B any X3 X4\ngroup G 1 A B X5\nquorum G", {5}, true, {"X5"}},
        {"group A any X1 X2\ngroup B any X3 X4\nquorum B", {1, 4}, true, {"X4"}},
        {"group A any X1 X2\ngroup B 2 A X1\nquorum B", {1}, true, {"X1"}},
    };
    for (const auto& c : cases) {
        std::vector<std::pair<int, std::int64_t>> cosigned;
        for (int n : c.cosigned) cosigned.emplace_back(n, 1000 + n);
        const merkle::Verdict got = merkle::judge(read(start + c.rules), note_of("example.org/log", cosigned));
        EXPECT_TRUE(got.by_log);
        EXPECT_FALSE(got.broken);
        EXPECT_EQ(got.quorum, c.met) << c.rules;
        EXPECT_EQ(got.satisfied(), c.met);
        ASSERT_EQ(got.counted.size(), c.counted.size()) << c.rules;
        for (std::size_t i = 0; i < c.counted.size(); ++i) {
            EXPECT_EQ(got.counted[i].witness, c.counted[i]);
            EXPECT_EQ(got.counted[i].seconds, 1000 + std::stoi(got.counted[i].witness.substr(1)));
        }
    }
}

TEST(Policy, notes_that_are_worth_nothing) {
    const Policy policy = read(two_of_three);
    EXPECT_TRUE(merkle::judge(policy, note_of("example.org/log", {{1, 5}, {2, 6}})).satisfied());
    // Cosigned, but by a log that is not in the policy.
    merkle::Verdict got = merkle::judge(policy, note_of("example.org/other", {{1, 5}, {2, 6}}));
    EXPECT_FALSE(got.by_log);
    EXPECT_TRUE(got.quorum);
    EXPECT_FALSE(got.satisfied());
    // The policy's log signed a checkpoint of another origin, or something that is no checkpoint.
    for (const char* body : {"example.org/other\n3\nPh1P5cH7JjdfsbvgXiYnGLPV14oUzGl1+e6PL8XWkRg=\n", "a note\n"}) {
        Note note = merkle::sign(body, log_of());
        for (int n : {1, 2}) note.signatures.push_back(merkle::cosign(body, witness(n), 5));
        EXPECT_FALSE(merkle::judge(policy, note).satisfied());
    }
    // One bit of any line of a key that is known: worthless, even when enough others are right.
    for (std::size_t line = 0; line < 4; ++line) {
        Note note = note_of("example.org/log", {{1, 5}, {2, 6}, {3, 7}});
        note.signatures[line].signature[line * 9] ^= 1;
        got = merkle::judge(policy, note);
        EXPECT_TRUE(got.broken) << line;
        EXPECT_FALSE(got.satisfied() || got.quorum || got.by_log);
        EXPECT_TRUE(got.counted.empty());
    }
    merkle::Verdict broken{true, true, true, {}};
    EXPECT_FALSE(broken.satisfied());
    // A stranger's line may be anything, also when its key's id is that of a witness.
    Note alike = note_of("example.org/log", {{1, 5}, {2, 6}, {3, 7}});
    alike.signatures[3].name = "stranger.example";
    alike.signatures[3].signature[20] ^= 1;
    EXPECT_TRUE(merkle::judge(policy, alike).satisfied());
    EXPECT_EQ(merkle::judge(policy, alike).counted.size(), 2u);
    Note note = note_of("example.org/log", {{1, 5}, {2, 6}, {9, 7}});
    note.signatures[3].signature[3] ^= 1;
    EXPECT_TRUE(merkle::judge(policy, note).satisfied());
}

TEST(Policy, earliest_time_counts) {
    const merkle::Verdict got =
        merkle::judge(read(two_of_three), note_of("example.org/log", {{2, 900}, {1, 20}, {2, 30}, {2, 40}}));
    ASSERT_EQ(got.counted.size(), 2u);
    EXPECT_EQ(got.counted[0].seconds, 20);
    EXPECT_EQ(got.counted[1].seconds, 30);
}

TEST(Policy, log_of_others) {
    const Policy policy =
        read("log example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\nquorum none\n");
    for (int n = 1; n < 16; ++n) {
        auto note = Note::parse(merkle::test_file("tessera/checkpoint." + std::to_string(n)));
        ASSERT_TRUE(note);
        EXPECT_TRUE(merkle::judge(policy, *note).satisfied()) << n;
        note->signatures[0].signature[1] ^= 1;
        EXPECT_TRUE(merkle::judge(policy, *note).broken) << n;
    }
}

TEST(Policy, deep_groups) {
    std::string text = log_line + witnesses(1) + "group G0 1 X1\n";
    for (int i = 1; i < 2000; ++i) text += "group G" + std::to_string(i) + " 1 G" + std::to_string(i - 1) + "\n";
    const Policy policy = read(text + "quorum G1999\n");
    EXPECT_TRUE(merkle::judge(policy, note_of("example.org/log", {{1, 5}})).satisfied());
    EXPECT_FALSE(merkle::judge(policy, note_of("example.org/log", {{2, 5}})).satisfied());
}

// Any of several logs, and a group that two others name.
TEST(Policy, several_logs_and_a_group_named_twice) {
    const Policy policy = read(log_line + "log " + vkey(log_of("example.org/second")) + "\n" + witnesses(3) +
                               "group A 1 X1 X2\ngroup B any A X3\ngroup C all A B\nquorum C\n");
    for (const char* origin : {"example.org/log", "example.org/second"}) {
        EXPECT_TRUE(merkle::judge(policy, note_of(origin, {{2, 5}})).satisfied()) << origin;
        EXPECT_FALSE(merkle::judge(policy, note_of(origin, {{3, 5}})).quorum) << origin;
    }
    EXPECT_FALSE(merkle::judge(policy, note_of("example.org/third", {{2, 5}})).satisfied());
    // Both logs' keys below one checkpoint, the second's line being wrong: worthless.
    Note note = note_of("example.org/log", {{2, 5}});
    note.signatures.push_back(merkle::sign(note.body, log_of("example.org/second")).signatures[0]);
    EXPECT_TRUE(merkle::judge(policy, note).satisfied());
    note.signatures.back().signature[3] ^= 1;
    EXPECT_TRUE(merkle::judge(policy, note).broken);
}

}  // namespace
