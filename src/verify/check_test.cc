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
    log.files["policy"] = "log\n";
    EXPECT_EQ(check(log, {}).beside, (std::vector<std::string>{"check.html", "policy"}));
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

// A log that was begun as a trial goes on as one.
TEST(Check, one_format_in_a_log) {
    const auto trial = [](Made one) {
        one.leaf.replace(one.leaf.find("\"format\":1"), 10, "\"format\":0");
        return one;
    };
    EXPECT_EQ(fault_of(log_of({trial(entry(0)), trial(entry(1))})), "");
    expect_fault(log_of({trial(entry(0)), entry(1)}), "it is of another format");
    expect_fault(log_of({entry(0), trial(entry(1))}), "it is of another format");
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
    Made elsewhere = erasure(2, 1);
    elsewhere.leaf.replace(elsewhere.leaf.find("\"parent\":1"), 10, "\"parent\":0");
    expect_fault(log_of({erased(0, "a"), erased(1, "b"), elsewhere}), "names its target as parent and has no words");
    const Made with_words = entry(1, "why", "ledger.words_erased", R"({"basis":"asked","target":0})", ",\"parent\":0");
    expect_fault(log_of({erased(0, "a"), with_words}), "names its target as parent and has no words");
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
    swapped.line = erased(0, "a").line;
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

TEST(Check, keys_that_are_none) {
    Memory log = log_of(entries(3));
    const std::string key = log.files["key"];
    log.files["key"] = key.substr(0, key.size() - 1);
    expect_fault(log, "key: this is no public key");
    const auto witness = merkle::SignerKey::from_seed("log.example", kernel::Bytes(32, 7), merkle::witness_key);
    log.files["key"] = witness.verifier().text() + "\n";
    expect_fault(log, "key: this is no public key of a log");
    log.files.erase("key");
    Ask ask;
    ask.key = witness.verifier().text();
    expect_fault(log, "--key: this is no public key of a log", ask);
    ask.key = "log.example";
    expect_fault(log, "--key: this is no public key of a log", ask);
    ask.key = log_key().verifier().text();
    EXPECT_EQ(fault_of(log, ask), "");
}

// A bundle that was cut, at whatever byte, ends too early; the entry at which it does is named.
TEST(Check, bundles_that_were_cut) {
    const Memory sound = log_of(entries(3));
    for (const char* name : {"tile/entries/000.p/3", "payloads/000.p/3"}) {
        const std::string& whole = sound.files.at(name);
        for (std::size_t cut : {std::size_t{1}, whole.size() / 2, whole.size() - 1, whole.size()}) {
            Memory log = sound;
            log.files[name].resize(whole.size() - cut);
            Fault fault("", {}, {}, "");
            EXPECT_EQ(fault_of(log, {}, &fault), std::string(name) + ": the bundle ends too early") << cut;
            EXPECT_EQ(fault.index, cut == 1 ? 2 : cut == whole.size() / 2 ? 1 : 0) << cut;
        }
    }
    // One byte of the length that stands before a leaf.
    Memory log = sound;
    const std::string& bundle = sound.files.at("tile/entries/000.p/3");
    log.files["tile/entries/000.p/3"] = bundle.substr(0, bundle.size() - entries(3)[2].leaf.size() - 1);
    expect_fault(log, "tile/entries/000.p/3: the bundle ends too early");
}

TEST(Check, tells_how_far_it_is) {
    std::vector<std::int64_t> told;
    Ask ask;
    ask.progress = [&told](std::int64_t done, std::int64_t of) {
        EXPECT_EQ(of, 600);
        told.push_back(done);
    };
    EXPECT_EQ(fault_of(log_of(entries(600)), ask), "");
    EXPECT_EQ(told, (std::vector<std::int64_t>{256, 512, 600}));
}

// An entry and its hash do not agree: what stands above the tile says which of the two was changed, while it is there.
TEST(Check, which_of_two_files_is_to_blame) {
    const Memory sound = log_of(entries(300));
    for (const auto& [bundle, tile] : std::initializer_list<std::pair<std::string, std::string>>{
             {"tile/entries/000", "tile/0/000"}, {"tile/entries/001.p/44", "tile/0/001.p/44"}}) {
        Memory log = sound;
        std::string& bytes = log.files[bundle];
        bytes.replace(bytes.find("\"subject\":3"), 11, "\"subject\":4");
        const std::string entry_changed = bundle + ": this entry is not the one whose hash the tree holds";
        const std::string hash_changed = tile + ": this hash is not that of what stands below it";
        EXPECT_EQ(fault_of(log), entry_changed);
        Memory less = log;
        less.files.erase("tile/1/000.p/1");
        EXPECT_EQ(fault_of(less), hash_changed);
        less.files["tile/1/000.p/1"] = std::string(31, 'x');
        EXPECT_EQ(fault_of(less), hash_changed);
        less.files["tile/1/000.p/1"] = std::string(32, 'x');
        EXPECT_EQ(fault_of(less), hash_changed);
    }
    // A payload that does not fit its leaf, and no tile that could say which of them was changed.
    Made other = entry(0);
    other.line = entry(0, "", "toy.said", R"({"n":2})").line;
    Memory log = log_of({other});
    const std::string payload = "payloads/000.p/1: the facts are not those that the leaf commits to";
    EXPECT_EQ(fault_of(log), payload);
    log.files["tile/0/000.p/1"].resize(31);
    EXPECT_EQ(fault_of(log), payload);
    log.files.erase("tile/0/000.p/1");
    EXPECT_EQ(fault_of(log), payload);
}

// The newest leaves, whose tile is not full yet; of others nothing is held.
TEST(Tiles, hold_the_newest_leaves) {
    Memory log = log_of(entries(300));
    Tiles tiles(log);
    EXPECT_FALSE(tiles.held(0));
    std::vector<merkle::Hash> leaves;
    for (const Made& one : entries(260)) {
        leaves.push_back(merkle::leaf_hash(kernel::view(one.leaf)));
        tiles.append(leaves.back());
    }
    EXPECT_EQ(tiles.compared(), 1);
    for (std::int64_t index : {256, 259}) {
        ASSERT_TRUE(tiles.held(index)) << index;
        EXPECT_EQ(*tiles.held(index), leaves[static_cast<std::size_t>(index)]);
    }
    for (std::int64_t index : {0, 255, 260}) EXPECT_FALSE(tiles.held(index)) << index;
}

}  // namespace
