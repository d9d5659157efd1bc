// What somebody kept, and what witnesses saw.
#include <limits>

#include "report.h"
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
    EXPECT_EQ(report.seen->ms, (eight + 9) * 1000);
    auto note = merkle::Note::parse(log.files["checkpoint"]);
    note->signatures.back().signature[20] ^= 1;
    log.files["checkpoint"] = note->text();
    EXPECT_NE(fault_of(log, two_of_three()).find("the signature of a key in the policy is wrong"), std::string::npos);
}

// What a log without witnesses serves as its policy: nobody has seen it, and nothing else is said.
TEST(Witnesses, a_quorum_of_nobody_has_seen_nothing) {
    Memory log = log_of(entries(20));
    Ask ask;
    ask.policy = Text{"policy", "log " + log_key().verifier().text() + "\nquorum none\n"};
    const Report report = check(log, ask);
    EXPECT_FALSE(report.witnessed);
    EXPECT_FALSE(report.seen);
    EXPECT_NE(text(report, 1).find("none asked for"), std::string::npos);
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
    EXPECT_EQ(fault_of(made("19"), ask), "");  // within its minute and the slack
    EXPECT_NE(fault_of(made("18"), ask).find("it is back-dated"), std::string::npos);
    EXPECT_NE(fault_of(made("33"), ask).find("it is dated later than witnesses saw it"), std::string::npos);
    cosign(ask.since[0].content, 3, eight + 19 * 60 + 50);  // the first to see it; what was said at 08:18:59.9 is of 18
    ask.slack_seconds = 49;
    EXPECT_NE(fault_of(made("18"), ask).find("it is back-dated"), std::string::npos);
    ask.slack_seconds = 50;
    EXPECT_EQ(fault_of(made("18"), ask), "");
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

// What is found in a log that shows first these entries, and when its checkpoint is asked for again is changed.
std::string found_while_it_grows(const std::vector<Made>& first, const std::function<void(Memory&)>& change,
                                 Figures* into = nullptr) {
    Memory log = log_of(first);
    log.growing = true;
    int asked = 0;
    log.before_get = [&](const std::string& address) {
        if (address == "checkpoint" && ++asked == 2) change(log);
    };
    try {
        const Report report = check(log, {});
        if (into) *into = report.figures;
        return "";
    } catch (const Fault& fault) { return fault.where + ": " + fault.why; }
}

TEST(Growing, never_becomes_shorter_or_another) {
    const std::vector<Made> first = {erased(0, "a"), entry(1), entry(2)};
    EXPECT_EQ(found_while_it_grows(first,
                                   [](Memory& log) {
                                       log.files["checkpoint"] = log_of({erased(0, "a"), entry(1)}).files["checkpoint"];
                                   }),
              "checkpoint: the log became shorter while it was read");
    EXPECT_EQ(found_while_it_grows(first,
                                   [](Memory& log) {
                                       for (const auto& [name, content] :
                                            log_of({erased(0, "a"), entry(1, "b"), entry(2), erasure(3, 0)}).files)
                                           log.files[name] = content;
                                   }),
              "tile/entries/000.p/4: this entry was another one a moment ago");
}

// Entry 1 was read with its words; now they are said to be erased, and so they must be gone from what is served.
TEST(Growing, words_that_are_erased_meanwhile_are_gone) {
    const auto found = [](const std::function<void(Memory&)>& more, Figures* into = nullptr) {
        return found_while_it_grows(
            {erased(0, "a"), entry(1, "b")},
            [&more](Memory& log) {
                for (const auto& [name, content] :
                     log_of({erased(0, "a"), erased(1, "b"), erasure(2, 0), erasure(3, 1)}).files)
                    log.files[name] = content;
                more(log);
            },
            into);
    };
    const std::string narrow = payload_path(0, 2), first = erased(0, "a").line + "\n",
                      second = erased(1, "b").line + "\n";
    Figures figures;
    EXPECT_EQ(found([&](Memory& log) { log.files[narrow] = first + second; }, &figures), "");
    EXPECT_EQ(figures.entries, 4);
    EXPECT_EQ(figures.words_erased, 2);
    const std::string still =
        "payloads/000.p/4: it erases words that are still there, were never there, or were erased "
        "before";
    EXPECT_EQ(found([](Memory&) {}), still);
    EXPECT_EQ(found([&](Memory& log) { log.files.erase(narrow); }), still);
    EXPECT_EQ(found([&](Memory& log) { log.files[narrow] = second + first; }), still);
    // Of an entry that was read with its erasure there is no "meanwhile".
    EXPECT_EQ(found_while_it_grows({entry(0, "a"), erasure(1, 0)}, [](Memory&) {}),
              "payloads/000.p/2: it erases words that are still there, were never there, or were erased before");
}

TEST(Witnesses, whose_policy_it_is) {
    Memory log = log_of(entries(20));
    cosign(log.files["checkpoint"], 1, eight + 5);
    cosign(log.files["checkpoint"], 2, eight + 9);
    Ask ask = two_of_three();
    ask.key = log_key().verifier().text();
    EXPECT_TRUE(check(log, ask).witnessed);
    // Without the log's own word for its key it is the policy's; of two the policy cannot say which.
    Memory silent = log;
    silent.files.erase("key");
    ask.key.clear();
    EXPECT_FALSE(check(silent, ask).own_key);
    const std::string other =
        "log " + merkle::SignerKey::from_seed("other.example", kernel::Bytes(32, 9)).verifier().text() + "\n";
    ask.policy->content = other + ask.policy->content;
    EXPECT_THROW(check(silent, ask), std::runtime_error);
    EXPECT_TRUE(check(log, ask).witnessed);
    // A policy for another log says nothing of this one.
    Ask foreign = two_of_three();
    foreign.key = log_key().verifier().text();
    foreign.policy->content.replace(0, foreign.policy->content.find('\n') + 1, other);
    EXPECT_NE(fault_of(log, foreign).find("have not all signed it"), std::string::npos);
    foreign.policy->content = "log nonsense\n";
    try {
        check(log, foreign);
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("policy, line 1: ")) << error.what();
    }
}

// Section 8: a quorum had seen it when the second of two had, whoever signed first; the earliest bounds what came
// after.
TEST(Witnesses, the_time_of_a_quorum) {
    Memory log = log_of(entries(20));
    cosign(log.files["checkpoint"], 1, eight + 9);
    cosign(log.files["checkpoint"], 2, eight + 5);
    EXPECT_EQ(check(log, two_of_three()).seen->ms, (eight + 9) * 1000);
    cosign(log.files["checkpoint"], 3, eight + 7);
    EXPECT_EQ(check(log, two_of_three()).seen->ms, (eight + 7) * 1000);
    // One witness whose clock is an hour behind accuses nobody, and one that lives in another age moves nothing.
    log = log_of(entries(20));
    cosign(log.files["checkpoint"], 1, eight - 3600);
    cosign(log.files["checkpoint"], 2, eight + 5);
    EXPECT_EQ(fault_of(log, two_of_three()), "");
    cosign(log.files["checkpoint"], 3, std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(check(log, two_of_three()).seen->ms, (eight + 5) * 1000);
    log = log_of(entries(20));
    cosign(log.files["checkpoint"], 1, eight + 5);
    cosign(log.files["checkpoint"], 3, std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(kernel::iso(*check(log, two_of_three()).seen), "9999-12-31T23:59:59Z");
}

// Entries of 08:00, of 08:11 and one of 08:22, and what was kept after the tenth and after the twentieth.
TEST(Witnesses, each_kept_checkpoint_bounds_what_follows_it) {
    std::vector<Made> all = entries(10);
    for (std::int64_t i = 10; i < 21; ++i) all.push_back(entry(i, "", "toy.said", "{}", "", i < 20 ? "11" : "22"));
    Memory log = log_of(all);
    const auto seen = [&all](std::ptrdiff_t size, int minute) {
        Text out = kept(log_of({all.begin(), all.begin() + size}));
        for (std::uint8_t n : {1, 2}) cosign(out.content, n, eight + minute * 60);
        return out;
    };
    for (std::uint8_t n : {1, 2}) cosign(log.files["checkpoint"], n, eight + 40 * 60);
    Ask ask = two_of_three();
    for (const auto& [tenth, twentieth] : {std::pair(10, 12), std::pair(12, 11)}) {  // the clocks may differ a little
        ask.since = {seen(20, twentieth), seen(10, tenth)};
        EXPECT_EQ(fault_of(log, ask), "") << tenth;
    }
    ask.since = {seen(10, 10), seen(20, 30)};
    EXPECT_EQ(fault_of(log, ask),
              "tile/entries/000.p/21: it is back-dated: witnesses had not seen it yet at 2026-11-23T08:30:00Z");
    ask.since = {seen(10, 20), seen(20, 21)};
    EXPECT_EQ(fault_of(log, ask),
              "tile/entries/000.p/21: it is back-dated: witnesses had not seen it yet at 2026-11-23T08:20:00Z");
    ask.since = {seen(10, 5), seen(20, 9)};
    EXPECT_EQ(fault_of(log, ask),
              "tile/entries/000.p/21: it is dated later than witnesses saw it, at 2026-11-23T08:09:00Z");
}

}  // namespace
