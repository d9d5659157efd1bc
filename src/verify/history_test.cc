// What somebody kept, and what witnesses saw.
#include "test_log.h"

namespace {

using namespace verify;

Text kept(const Memory& log) { return {"kept", log.files.at("checkpoint")}; }

TEST(History, continues_what_was_kept) {
    Ask ask;
    for (std::int64_t size : {0, 1, 256, 299, 300}) ask.since.push_back(kept(log_of(entries(size))));
    Memory log = log_of(entries(300));
    EXPECT_EQ(check(log, ask).figures.kept, 5);
}

TEST(History, fork_rollback_and_stale_view) {
    Ask ask;
    ask.since = {kept(log_of(entries(20)))};
    std::vector<Made> forked = entries(30);
    forked[5] = entry(5, "another");
    EXPECT_NE(fault_of(log_of(forked), ask).find("kept: its root of 20 entries"), std::string::npos);
    EXPECT_NE(fault_of(log_of(entries(19)), ask).find("kept: it is of 20 entries, and the log shows 19"),
              std::string::npos);
    EXPECT_EQ(fault_of(log_of(entries(21)), ask), "");
}

std::string receipt(const std::vector<Made>& all, std::int64_t index) {
    std::vector<merkle::Hash> hashes;
    for (const Made& one : all) hashes.push_back(merkle::leaf_hash(kernel::view(one.leaf)));
    const merkle::Reader reader = [&hashes](int level, std::int64_t at) {
        std::function<merkle::Hash(int, std::int64_t)> of = [&](int l, std::int64_t i) -> merkle::Hash {
            return l == 0 ? hashes[static_cast<std::size_t>(i)]
                          : merkle::node_hash(of(l - 1, 2 * i), of(l - 1, 2 * i + 1));
        };
        return of(level, at);
    };
    const auto size = static_cast<std::int64_t>(all.size());
    return merkle::TlogProof{index, merkle::inclusion_proof(index, size, reader),
                             signed_checkpoint(size, merkle::root(size, reader)), std::nullopt}
        .text();
}

TEST(History, receipts) {
    Ask ask;
    for (std::int64_t index : {0, 7, 19}) ask.receipts.push_back({"receipt", receipt(entries(20), index)});
    Memory log = log_of(entries(300));
    EXPECT_EQ(check(log, ask).figures.receipts, 3);
    EXPECT_NE(fault_of(log_of(entries(10)), ask).find("receipt: it is of 20 entries"), std::string::npos);
    std::vector<Made> other = entries(20);
    other[7] = entry(7, "another");
    ask.receipts = {{"receipt", receipt(other, 7)}};
    EXPECT_NE(fault_of(log_of(entries(300)), ask), "");
    ask.receipts = {{"receipt", "no receipt"}};
    EXPECT_EQ(fault_of(log_of(entries(300)), ask), "receipt: this is no receipt");
}

merkle::SignerKey witness(std::uint8_t n) {
    return merkle::SignerKey::from_seed("witness" + std::to_string(n), kernel::Bytes(32, n), 4);
}

void cosign(std::string& checkpoint, std::uint8_t n, std::int64_t seconds) {
    auto note = merkle::Note::parse(checkpoint);
    note->signatures.push_back(merkle::cosign(note->body, witness(n), seconds));
    checkpoint = note->text();
}

Ask two_of_three() {
    Ask ask;
    std::string policy = "log " + log_key().verifier().text() + "\n";
    for (std::uint8_t n : {1, 2, 3})
        policy += "witness W" + std::to_string(n) + " " + witness(n).verifier().text() + "\n";
    ask.policy = Text{"policy", policy + "group G 2 W1 W2 W3\nquorum G\n"};
    return ask;
}

constexpr std::int64_t eight = 1'795'420'800;  // 2026-11-23T08:00:00Z

TEST(Witnesses, quorum) {
    Memory log = log_of(entries(20));
    EXPECT_NE(fault_of(log, two_of_three()).find("have not all signed it"), std::string::npos);
    cosign(log.files["checkpoint"], 1, eight + 5);
    EXPECT_NE(fault_of(log, two_of_three()).find("have not all signed it"), std::string::npos);
    cosign(log.files["checkpoint"], 3, eight + 9);
    const Report report = check(log, two_of_three());
    EXPECT_TRUE(report.witnessed);
    EXPECT_FALSE(report.own_key);
    ASSERT_TRUE(report.seen);
    EXPECT_EQ(report.seen->ms, (eight + 5) * 1000);
    auto note = merkle::Note::parse(log.files["checkpoint"]);
    note->signatures.back().signature[20] ^= 1;
    log.files["checkpoint"] = note->text();
    EXPECT_NE(fault_of(log, two_of_three()).find("the signature of a key in the policy is wrong"), std::string::npos);
}

// Entries of 08:00 and 08:30; witnesses saw the first twenty at 08:20.
TEST(Witnesses, back_dating_is_bounded) {
    const auto made = [](const char* minute) {
        std::vector<Made> all = entries(20);
        all.push_back(entry(20, "", "toy.said", "{}", "", minute));
        Memory log = log_of(all);
        cosign(log.files["checkpoint"], 1, eight + 31 * 60);
        cosign(log.files["checkpoint"], 2, eight + 31 * 60);
        return log;
    };
    Ask ask = two_of_three();
    Text old = kept(log_of(entries(20)));
    cosign(old.content, 1, eight + 20 * 60);
    cosign(old.content, 2, eight + 20 * 60 + 30);
    ask.since = {old};
    EXPECT_EQ(fault_of(made("30"), ask), "");
    EXPECT_EQ(fault_of(made("19"), ask), "");  // within the slack
    EXPECT_NE(fault_of(made("18"), ask).find("it is back-dated"), std::string::npos);
    EXPECT_NE(fault_of(made("33"), ask).find("it is dated later than witnesses saw it"), std::string::npos);
    ask.slack_seconds = 600;
    EXPECT_EQ(fault_of(made("18"), ask), "");
    EXPECT_EQ(fault_of(made("33"), ask), "");
}

// The log goes on while it is read: words of entry 0 are erased between the reading of the checkpoint and of its
// payload.
TEST(Growing, an_erasure_newer_than_the_checkpoint) {
    std::vector<Made> before = entries(3), after = before;
    after[0] = erased(0, "hello");
    after.push_back(erasure(3, 0));
    const Memory late = log_of(after);
    Memory log = log_of(before);
    log.growing = true;
    bool first = true;
    log.before_get = [&](const std::string& address) {
        if (address == "checkpoint" || address == "key") return;
        if (!first) return;
        first = false;
        for (const auto& [name, content] : late.files) log.files[name] = content;
        log.files[payload_path(0, 3)] =
            late.files.at(payload_path(0, 4)).substr(0, late.files.at(payload_path(0, 4)).rfind("{\"facts\""));
    };
    const Report report = check(log, {});
    EXPECT_EQ(report.figures.entries, 4);
    EXPECT_EQ(report.figures.words_erased, 1);
    // And one that is claimed, but never comes.
    log = log_of({erased(0, "hello")});
    log.growing = true;
    EXPECT_NE(fault_of(log).find("no entry records that"), std::string::npos);
}

}  // namespace
