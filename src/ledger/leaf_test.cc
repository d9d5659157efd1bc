#include "leaf.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "nodes.h"
#include "toy.h"

namespace {

using ledger::Leaf;

Leaf sample() {
    Leaf leaf;
    leaf.kind = "voice.received";
    leaf.subject = 1;
    leaf.time = *kernel::parse_instant("2026-11-23T08:05:00Z");
    leaf.facts = kernel::sha256(kernel::view("f"));
    return leaf;
}

const std::string sample_bytes =
    R"({"facts":"JS8QyDYQ68oaBZwLroJV66L5W+TR17z6idckioLZ8RE=","format":1,"kind":"voice.received","subject":1,)"
    R"("time":"2026-11-23T08:05:00Z","v":1})";

TEST(Leaf, is_written_in_canonical_json) {
    Leaf leaf = sample();
    EXPECT_EQ(ledger::write_leaf(leaf), sample_bytes);
    leaf.parent = 0;
    leaf.words = kernel::Hash{};
    leaf.v = 2;
    const std::string bytes = ledger::write_leaf(leaf);
    EXPECT_EQ(bytes, kernel::canonical(*kernel::parse_json(bytes, kernel::Numbers::canonical)));
    const Leaf back = ledger::read_leaf(bytes, 5);
    EXPECT_EQ(back.parent, 0);
    EXPECT_EQ(back.words, kernel::Hash{});
    EXPECT_EQ(back.v, 2);
    EXPECT_EQ(back.subject, 1);
    EXPECT_EQ(back.time, leaf.time);
    EXPECT_EQ(back.facts, leaf.facts);
    EXPECT_EQ(back.kind, "voice.received");
}

// Logs that were begun as trials are read for ever.
TEST(Leaf, format_0_is_read_and_written_as_it_was) {
    const std::string trial =
        R"({"facts":"JS8QyDYQ68oaBZwLroJV66L5W+TR17z6idckioLZ8RE=","format":0,"kind":"voice.received","subject":1,)"
        R"("time":"2026-11-23T08:05:00Z","v":1})";
    const Leaf leaf = ledger::read_leaf(trial, 0);
    EXPECT_EQ(leaf.format, ledger::trial_format);
    EXPECT_EQ(ledger::write_leaf(leaf), trial);
}

TEST(Leaf, reads_nothing_else) {
    ASSERT_EQ(ledger::write_leaf(ledger::read_leaf(sample_bytes, 0)), sample_bytes);
    const auto with = [](const std::string& from, const std::string& to) {
        std::string out = sample_bytes;
        return out.replace(out.find(from), from.size(), to);
    };
    for (const std::string& wrong : std::vector<std::string>{"",
                                                             "{}",
                                                             "[]",
                                                             "null",
                                                             sample_bytes + "\n",
                                                             " " + sample_bytes,
                                                             with("\"format\":1", "\"format\":2"),
                                                             with("\"format\":1", "\"format\":-1"),
                                                             with("\"format\":1,", ""),
                                                             with("\"v\":1", "\"v\":0"),
                                                             with("\"v\":1", "\"v\":1.0"),
                                                             with("\"v\":1", "\"v\":4294967297"),
                                                             with("\"v\":1", "\"v\":1,\"w\":1"),
                                                             with("\"subject\":1", "\"subject\":-1"),
                                                             with("\"subject\":1", "\"subject\":\"1\""),
                                                             with("\"subject\":1", "\"subject\": 1"),
                                                             with("\"subject\":1", "\"parent\":null,\"subject\":1"),
                                                             with("\"subject\":1", "\"parent\":-1,\"subject\":1"),
                                                             with("08:05:00", "08:05:01"),
                                                             with("08:05:00Z", "08:05:00.000Z"),
                                                             with("2026", "26"),
                                                             with("voice.received", "voice"),
                                                             with("voice.received", "Voice.received"),
                                                             with("JS8Q", "JS8=="),
                                                             with("JS8Q", "JS8"),
                                                             with("JS8Q", ""),
                                                             with("voice.received", "voice." + std::string(60, 'x')),
                                                             with("\"v\":1", "\"v\":1,\"words\":null"),
                                                             with("\"v\":1", "\"v\":1,\"words\":\"\""),
                                                             with("voice.received", std::string(1100, 'x'))})
        EXPECT_THROW(ledger::read_leaf(wrong, 3), std::runtime_error) << wrong;
    try {
        ledger::read_leaf("{}", 17);
    } catch (const std::runtime_error& e) { EXPECT_EQ(std::string(e.what()).substr(0, 16), "ledger entry 17:"); }
}

TEST(Leaf, payloads_are_read_in_their_one_spelling_alone) {
    EXPECT_EQ(ledger::payload_bytes(ledger::read_payload(R"({"a":"A","b":[1,{"c":null}]})", 7)),
              R"({"a":"A","b":[1,{"c":null}]})");
    for (const char* other : {R"({"b":1,"a":2})", R"({ "a":1})", R"({"a":"\u0041"})", R"({"a":"\/"})", R"({"a":1}
)",
                              R"([1])", R"("a")", "", R"({"a":1000000000000000000})", R"({"a":[{"b":1.5}]})"})
        EXPECT_THROW(ledger::read_payload(other, 7), std::runtime_error) << other;
}

TEST(Leaf, one_bit_makes_another_leaf_or_none) {
    for (std::size_t i = 0; i < sample_bytes.size() * 8; ++i) {
        std::string flipped = sample_bytes;
        flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
        try {
            EXPECT_EQ(ledger::write_leaf(ledger::read_leaf(flipped, 0)), flipped);
        } catch (const std::runtime_error&) { continue; }
    }
}

TEST(Leaf, acts_of_one_kind_have_leaves_of_one_length) {
    Leaf a = sample(), b = sample();
    b.facts = kernel::random_hash();
    b.time = b.time + 86'400'000ll * 3000;
    EXPECT_EQ(ledger::write_leaf(a).size(), ledger::write_leaf(b).size());
}

RC_GTEST_PROP(LeafProperty, reads_what_it_wrote, ()) {
    Leaf leaf;
    leaf.kind = *rc::gen::element<std::string>("a.b", "voice.received", "x_1.y_2",
                                               std::string(31, 'k') + "." + std::string(32, 'k'));
    leaf.v = *rc::gen::inRange(1, 1'000'000);
    leaf.subject = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 53);
    if (*rc::gen::arbitrary<bool>()) leaf.parent = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 53);
    if (*rc::gen::arbitrary<bool>()) leaf.words = kernel::random_hash();
    leaf.time = kernel::whole_minute({*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)});
    leaf.facts = kernel::random_hash();
    const std::string bytes = ledger::write_leaf(leaf);
    RC_ASSERT(bytes.size() <= ledger::longest_leaf);
    RC_ASSERT(bytes == kernel::canonical(*kernel::parse_json(bytes)));
    RC_ASSERT(ledger::write_leaf(ledger::read_leaf(bytes, 0)) == bytes);
}

// The newest tiles alone give the proofs of all new leaves, whatever is rolled back, trimmed or loaded on the way.
RC_GTEST_PROP(NodesProperty, proofs_of_new_leaves_from_the_edge_alone, ()) {
    merkle::Frontier frontier;
    ledger::Nodes nodes;
    std::vector<merkle::Hash> leaves;
    std::map<std::pair<int, std::int64_t>, merkle::Hash> all;
    const auto append = [&](merkle::Frontier& to, const merkle::Hash& leaf, bool keep) {
        to.append(leaf, [&](int level, std::int64_t index, const merkle::Hash& hash) {
            nodes.push(level, index, hash);
            if (keep) all[{level, index}] = hash;
        });
    };
    const int rounds = *rc::gen::inRange(1, 8);
    for (int round = 0; round < rounds; ++round) {
        const int lost = *rc::gen::inRange(0, 300), kept = *rc::gen::inRange(1, 700);
        merkle::Frontier undone = frontier;
        for (int i = 0; i < lost; ++i) append(undone, kernel::random_hash(), false);
        nodes.truncate(frontier.size());
        const std::int64_t first = frontier.size();
        for (int i = 0; i < kept; ++i) {
            leaves.push_back(merkle::leaf_hash(kernel::view(std::to_string(leaves.size()))));
            append(frontier, leaves.back(), true);
        }
        const merkle::Reader full = [&](int level, std::int64_t index) { return all.at({level, index}); };
        const merkle::Prover edge(frontier, [&](int level, std::int64_t index) { return nodes.at(level, index); });
        for (std::int64_t i = first; i < frontier.size(); i += 13)
            RC_ASSERT(edge.inclusion(i) == merkle::inclusion_proof(i, frontier.size(), full));
        nodes.trim(frontier.size());
        if (*rc::gen::arbitrary<bool>()) {  // as after a restart
            ledger::Nodes loaded;
            for (int level = 0; level < 3; ++level) {
                const std::int64_t hashes = frontier.size() >> (8 * level);
                loaded.load_tile(level, hashes / 256,
                                 nodes.tile_bytes(level, hashes / 256, static_cast<int>(hashes % 256)));
            }
            nodes = loaded;
        }
    }
}

}  // namespace
