// Whole logs, sound and changed.
#include "test_log.h"

namespace {

using namespace verify;

void expect_fault(Memory log, const std::string& part, const Ask& ask = {}) {
    const std::string found = fault_of(std::move(log), ask);
    EXPECT_NE(found.find(part), found.npos) << "found: " << found;
}

TEST(Check, sound_logs_of_all_shapes) {
    for (std::int64_t size : {0, 1, 2, 255, 256, 257, 600}) {
        Memory log = log_of(entries(size));
        const Report report = check(log, {});
        EXPECT_EQ(report.figures.entries, size);
        EXPECT_EQ(report.figures.facts, size);
        EXPECT_EQ(report.figures.words, (size + 2) / 3);
        EXPECT_TRUE(report.own_key);
    }
}

TEST(Check, a_large_log_has_tiles_of_three_levels) {
    Memory log = log_of(entries(66'000));
    EXPECT_EQ(check(log, {}).figures.tiles, 258 + 2 + 1);
    log.files["tile/2/000.p/1"][3] ^= 1;
    expect_fault(log, "tile/2/000.p/1: this hash");
}

// Whatever bit is changed, wherever: it is found, in the file it is in.
TEST(Check, every_file_every_bit) {
    const Memory sound = log_of(entries(257));
    for (const auto& [name, content] : sound.files)
        for (std::size_t byte = 0; byte < content.size(); byte += 1 + content.size() / 60) {
            Memory log = sound;
            log.files[name][byte] = static_cast<char>(content[byte] ^ (1 << byte % 8));
            Fault fault("", {}, {}, "");
            EXPECT_NE(fault_of(log, {}, &fault), "") << name << ' ' << byte;
            EXPECT_EQ(fault.where, name) << byte << ' ' << fault.why;
        }
}

TEST(Check, the_fault_names_index_and_byte) {
    Memory log = log_of(entries(300));
    const std::string name = "tile/entries/001.p/44";
    const std::size_t at = log.files[name].find("toy.said", 2000);
    log.files[name][at] = 'T';
    Fault fault("", {}, {}, "");
    fault_of(log, {}, &fault);
    EXPECT_EQ(fault.byte, static_cast<std::int64_t>(at));
    ASSERT_TRUE(fault.index);
    EXPECT_EQ(*fault.index, 256 + static_cast<std::int64_t>(at / (log_of(entries(300)).files[name].size() / 44)));
}

TEST(Check, missing_and_uncovered_files) {
    const Memory sound = log_of(entries(300));
    for (const auto& [name, content] : sound.files) {
        if (name == "key") continue;
        Memory log = sound;
        log.files.erase(name);
        EXPECT_NE(fault_of(log), "") << name;
        log = sound;
        log.files[name] += content.substr(0, 40);
        EXPECT_NE(fault_of(log), "") << name;
    }
    for (const char* name : {"tile/0/002.p/1", "tile/0/001.p/45", "tile/1/000.p/2", "tile/entries/002",
                             "payloads/001.p/3", "payloads/001", "notes.txt", "tile/0/1", "tile/0/000.p/256"}) {
        Memory log = sound;
        log.files[name] = "x";
        expect_fault(log, name);
    }
    Memory log = sound;
    log.files["check.html"] = "<!doctype html>";
    EXPECT_EQ(check(log, {}).beside, std::vector<std::string>{"check.html"});
}

TEST(Check, narrower_tiles_are_beginnings) {
    Memory log = log_of(entries(300));
    log.files["tile/0/001.p/7"] = log.files["tile/0/001.p/44"].substr(0, 7 * 32);
    const Memory shorter = log_of(entries(263));
    log.files["tile/entries/001.p/7"] = shorter.files.at("tile/entries/001.p/7");
    EXPECT_EQ(fault_of(log), "");
    Memory changed = log;
    changed.files["tile/0/001.p/7"][9] ^= 1;
    expect_fault(changed, "tile/0/001.p/7: this older");
    changed = log;
    changed.files["tile/entries/001.p/7"].pop_back();
    expect_fault(changed, "tile/entries/001.p/7: this older");
    changed = log;
    changed.files["tile/0/001.p/7"] += log.files["tile/0/001.p/44"].substr(7 * 32, 32);
    expect_fault(changed, "tile/0/001.p/7: this older");
}

TEST(Check, order_of_times_and_parents) {
    expect_fault(log_of({entry(0, "", "toy.said", "{}", "", "05"), entry(1, "", "toy.said", "{}", "", "04")}),
                 "it is older");
    expect_fault(log_of({entry(0, "", "toy.said", "{}", ",\"parent\":0")}), "its parent comes after it");
    EXPECT_EQ(fault_of(log_of({entry(0), entry(1, "", "toy.said", "{}", ",\"parent\":0")})), "");
}

TEST(Check, erasures) {
    EXPECT_EQ(fault_of(log_of({erased(0, "a"), entry(1), erasure(2, 0)})), "");
    expect_fault(log_of({erased(0, "a"), entry(1)}), "no entry records that");
    expect_fault(log_of({entry(0, "a"), erasure(1, 0)}), "it erases words that are still there");
    expect_fault(log_of({erased(0, "a"), erasure(1, 0), erasure(2, 0)}), "it erases words that are still there");
    expect_fault(log_of({entry(0), erasure(1, 0)}), "it erases words");
    Made two = erasure(1, 0);
    two.leaf.replace(two.leaf.find("\"parent\":0"), 10, "\"parent\":1");
    expect_fault(log_of({erased(0, "a"), two}), "its parent comes after it");
    Made other = erasure(1, 0);
    other.leaf.replace(other.leaf.find("\"subject\":3"), 11, "\"subject\":4");
    expect_fault(log_of({erased(0, "a"), other}), "the subject of its target");
    Made closed = erasure(1, 0);
    closed.line = "{\"index\":1}";
    expect_fault(log_of({erased(0, "a"), closed}), "always served");
    expect_fault(log_of({entry(0, "", "ledger.other", "{}")}), "reserved");
}

TEST(Check, payloads) {
    Made swapped = entry(0), none = entry(0, "a");
    swapped.line = entry(1).line;
    expect_fault(log_of({swapped}), "this line is of another entry");
    swapped.line = entry(0, "", "toy.said", R"({"n":2})").line;
    expect_fault(log_of({swapped}), "not those that the leaf commits to");
    swapped.line = entry(0, "a").line;
    expect_fault(log_of({swapped}), "words that the leaf does not commit to");
    none.line = "{\"index\":0}";
    Memory log = log_of({none});
    const Report report = check(log, {});
    EXPECT_EQ(report.figures.words_kept, 1);
    EXPECT_EQ(report.figures.facts_kept, 1);
    // Committed to, but not in the one form that a payload has.
    for (const char* facts :
         {"{\"n\": 1}", "{\"n\":1.5}", "{\"n\":1,\"a\":2}", "[1]", "{\"n\":-0}", "{\"a\":1,\"a\":1}"})
        expect_fault(log_of({entry(0, "", "toy.said", facts)}), "payloads/000.p/1");
}

TEST(Check, keys) {
    Memory log = log_of(entries(3));
    const auto other = merkle::SignerKey::from_seed("log.example", kernel::Bytes(32, 8));
    Ask ask;
    ask.key = log_key().verifier().text();
    EXPECT_FALSE(check(log, ask).own_key);
    ask.key = other.verifier().text();
    expect_fault(log, "key: the log shows another key", ask);
    log.files.erase("key");
    expect_fault(log, "not signed by the log's key", ask);
    EXPECT_THROW(check(log, {}), std::runtime_error);
    ask.key = merkle::SignerKey::from_seed("elsewhere.example", kernel::Bytes(32, 7)).verifier().text();
    expect_fault(log, "of another log", ask);
}

}  // namespace
