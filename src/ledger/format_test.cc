// The worked example of docs/ledger-format.md, recomputed from its inputs.
#include <fstream>
#include <map>

#include "leaf.h"
#include "log.h"
#include "toy.h"

namespace {

std::string page() {
    std::ifstream in(std::string(SOURCE) + "/docs/ledger-format.md", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// What stands in the fenced block with this name.
std::string block(const std::string& name) {
    const std::string text = page(), open = "\n```" + name + "\n";
    const std::size_t at = text.find(open);
    EXPECT_NE(at, text.npos) << name;
    const std::size_t from = at + open.size();
    return text.substr(from, text.find("```\n", from) - from);
}

using Lines = std::map<std::string, std::string>;
Lines lines(const std::string& name) {
    Lines out;
    std::istringstream in(block(name));
    for (std::string line; std::getline(in, line);) {
        const std::size_t sign = line.find(" = ");
        EXPECT_NE(sign, line.npos) << line;
        EXPECT_TRUE(out.emplace(line.substr(0, sign), line.substr(sign + 3)).second) << line;
    }
    return out;
}

struct Example {
    std::string outputs, checkpoint, receipt;
};

Example recomputed() {
    Example out;
    Lines in = lines("inputs");
    const auto key = merkle::SignerKey::from_seed(in.at("origin"), *kernel::parse_hex(in.at("seed")));
    out.outputs = "public key = " + key.verifier().text() + "\n";
    merkle::Frontier frontier;
    std::map<std::pair<int, std::int64_t>, merkle::Hash> nodes;
    for (const std::string i : {"0", "1", "2"}) {
        const auto commitment = [&](const std::string& payload) {
            EXPECT_EQ(kernel::canonical(*kernel::parse_json(in.at(i + payload))), in.at(i + payload));
            const auto hash = ledger::commitment(*kernel::parse_hex(in.at(i + payload + " salt")), in.at(i + payload));
            out.outputs += i + payload + " commitment = " + kernel::hex(hash) + "\n";
            return hash;
        };
        ledger::Leaf leaf;
        leaf.kind = in.at(i + " kind");
        leaf.v = std::stoi(in.at(i + " v"));
        leaf.subject = std::stoll(in.at(i + " subject"));
        if (in.contains(i + " parent")) leaf.parent = std::stoll(in.at(i + " parent"));
        leaf.time = *kernel::parse_instant(in.at(i + " time"));
        leaf.facts = commitment(" facts");
        if (in.contains(i + " words")) leaf.words = commitment(" words");
        const std::string bytes = ledger::write_leaf(leaf);
        const merkle::Hash hash = merkle::leaf_hash(kernel::view(bytes));
        out.outputs += i + " leaf = " + bytes + "\n" + i + " leaf hash = " + kernel::hex(hash) + "\n";
        frontier.append(hash, [&](int level, std::int64_t index, const merkle::Hash& node) {
            nodes[{level, index}] = node;
        });
    }
    out.outputs += "root = " + kernel::hex(frontier.root()) + "\n";
    out.checkpoint = ledger::checkpoint_of(frontier, key);
    ledger::Receipt receipt;
    receipt.checkpoint = out.checkpoint;
    receipt.proof = merkle::inclusion_proof(0, 3, [&](int level, std::int64_t index) {
        return nodes.at({level, index});
    });
    out.receipt = receipt.tlog_proof();
    return out;
}

TEST(Format, the_worked_example_is_true) {
    const Example example = recomputed();
    EXPECT_EQ(block("outputs"), example.outputs);
    EXPECT_EQ(block("checkpoint"), example.checkpoint);
    EXPECT_EQ(block("receipt"), example.receipt);
}

// The leaf of the example as the ledger itself writes it, but for the random salts.
TEST(Format, the_ledger_writes_what_the_page_says) {
    toy::Place place(db::Engine::sqlite);
    place.clock.set(*kernel::parse_instant("2026-11-23T08:05:37Z"));
    const auto receipt = place.ledger->perform(toy::say(1, "x"));
    ASSERT_TRUE(receipt);
    const std::string& leaf = receipt->leaf;
    EXPECT_EQ(leaf.substr(0, 10), "{\"facts\":\"");
    EXPECT_EQ(leaf.substr(54, leaf.find("words") - 54),
              "\",\"format\":1,\"kind\":\"toy.said\",\"subject\":7,\"time\":\"2026-11-23T08:05:00Z\",\"v\":1,\"");
    EXPECT_NE(place.ledger->perform(toy::say(1, "x"))->leaf, leaf);
}

}  // namespace
