// The protocol as a table, asked over HTTP; two at once; what is remembered.
#include "witness.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <thread>

#include <http/client.h>
#include <http/server.h>
#include <merkle/cosignature.h>
#include <watch/watch.h>

#include "test_log.h"

namespace {

using merkle::SignerKey;
using witness::TestLog;
using witness::Witness;

const kernel::Instant noon{1'790'000'000'000};

SignerKey own_key(const char* seed = "a witness's seed") {
    return SignerKey::from_seed("witness.example", kernel::sha256(kernel::view(seed)), merkle::witness_key);
}

class WitnessTest : public testing::Test {
protected:
    WitnessTest() {
        watch::quiet(true);
        folder = std::filesystem::temp_directory_path() / ("witness-test-" + kernel::hex(kernel::random_bytes(8)));
        log.grow(300);
        open();
    }
    ~WitnessTest() override {
        witness.reset();
        std::filesystem::remove_all(folder);
    }
    void open(const SignerKey& key = own_key()) {
        witness.reset();
        witness = std::make_unique<Witness>(
            folder, key, std::vector<merkle::VerifierKey>{log.key().verifier(), other.key().verifier()}, clock);
    }
    std::filesystem::path kept() const { return folder / kernel::hex(kernel::sha256(kernel::view("log.example"))); }
    // The time of a 200's cosignature over this checkpoint; -1 for any other answer.
    std::int64_t cosigned(const Witness::Answer& answer, const merkle::Checkpoint& checkpoint) {
        if (answer.status != 200) return -1;
        const auto lines = merkle::parse_signatures(answer.body);
        EXPECT_TRUE(lines && lines->size() == 1);
        return merkle::cosigned_at(checkpoint.body(), lines->at(0), witness->key()).value_or(-1);
    }

    kernel::SetClock clock{noon};
    std::filesystem::path folder;
    TestLog log, other{"other.example"};
    std::unique_ptr<Witness> witness;
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    if (at == text.npos) throw std::logic_error("nothing to replace");
    return text.replace(at, what.size(), with);
}

// Every answer of the protocol, over HTTP, one after the other: a witness that has cosigned 100 entries is asked.
TEST_F(WitnessTest, conformance) {
    TestLog fork = TestLog().grow(60).grow(300, "b");
    TestLog stranger{"stranger.example"}, impostor{"log.example", "another seed"};
    stranger.grow(10), impostor.grow(300);
    http::Router router;
    witness::add_routes(router, *witness);
    http::Settings settings;
    settings.port = 0;
    settings.workers = 4;
    settings.access_log = false;
    auto server = http::Server::start(router, settings, {});
    http::Client client;
    const std::string base = "http://127.0.0.1:" + std::to_string(server->port());
    auto ask = [&](const std::string& body) {
        return client.send({base + "/add-checkpoint", "text/plain", body, 10'000, 100'000});
    };
    ASSERT_EQ(ask(log.request(0, 100)).status, 200);

    merkle::Proof wrong = log.proof(100, 200), long_proof(64), most_proof(63);
    wrong.at(1)[5] ^= 1;
    const std::string good = log.request(100, 200), note = log.note(200);
    merkle::Note broken = *merkle::Note::parse(note);
    broken.signatures[0].signature[20] ^= 1;
    const std::string broken_line = broken.text();
    const merkle::Checkpoint odd{"log.example", 100, fork.root(100)};
    const merkle::Checkpoint empty_wrong{"other.example", 0, log.root(5)};
    const struct {
        const char* name;
        std::string body;
        int status;
        const char* answer;  // "" is not looked at
    } cases[] = {
        {"empty", " ", 400, ""},
        {"no old", note, 400, ""},
        {"old without a number", replaced(good, "old 100", "old "), 400, ""},
        {"old with a sign", replaced(good, "old 100", "old +100"), 400, ""},
        {"old with a leading zero", replaced(good, "old 100", "old 0100"), 400, ""},
        {"old too large for a number", replaced(good, "old 100", "old 99999999999999999999"), 400, ""},
        {"old in capitals", replaced(good, "old 100", "OLD 100"), 400, ""},
        {"CR LF", replaced(good, "old 100\n", "old 100\r\n"), 400, ""},
        {"no blank line", replaced(good, "\n\n", "\n"), 400, ""},
        {"proof with a short hash", replaced(good, "old 100\n", "old 100\nAAAA\n"), 400, ""},
        {"proof not in base64", replaced(good, "old 100\n", "old 100\n???\n"), 400, ""},
        {"64 lines of proof", TestLog::request(100, long_proof, note), 400, ""},
        {"63 lines of proof", TestLog::request(100, most_proof, note), 422, ""},
        {"nothing after the proof", "old 100\n\n", 400, ""},
        {"no checkpoint", "old 100\n\n" + merkle::sign("hello\n", log.key()).text(), 400, ""},
        {"size with a leading zero",
         "old 100\n\n" + merkle::sign(replaced(log.checkpoint(200).body(), "\n200\n", "\n0200\n"), log.key()).text(),
         400, ""},
        {"note without signatures", "old 100\n\n" + log.checkpoint(200).body() + "\n", 400, ""},
        {"unknown origin", stranger.request(0, 10), 404, ""},
        {"unknown origin comes before old", stranger.request(20, 10), 404, ""},
        {"the origin's name by another key", impostor.request(100, 200), 403, ""},
        {"one bit of the signature", "old 100\n\n" + broken_line, 403, ""},
        {"a right and a wrong line of one key",
         "old 100\n\n" + note + merkle::Note::parse(broken_line)->signatures[0].text(), 403, ""},
        {"another log's line under this origin",
         "old 100\n\n" + merkle::sign(log.checkpoint(200).body(), other.key()).text(), 403, ""},
        {"signed, and old is larger", log.request(201, 200), 400, ""},
        {"old is behind", log.request(50, 200), 409, "100\n"},
        {"old is nothing", log.request(0, 200), 409, "100\n"},
        {"old is ahead", log.request(150, 200), 409, "100\n"},
        {"a smaller checkpoint", log.request(90, 90), 409, "100\n"},
        {"a fork that names the right size", fork.request(100, 200), 422, ""},
        {"the same size, another root", TestLog::request(100, {}, merkle::sign(odd.body(), log.key()).text()), 422, ""},
        {"a proof with one bit wrong", TestLog::request(100, wrong, note), 422, ""},
        {"a proof that is missing", TestLog::request(100, {}, note), 422, ""},
        {"a proof for the same size", TestLog::request(100, log.proof(100, 200), log.note(100)), 422, ""},
        {"size 0 with a root", TestLog::request(0, {}, merkle::sign(empty_wrong.body(), other.key()).text()), 422, ""},
        {"a log never seen, old is not 0", replaced(other.grow(10).request(0, 10), "old 0", "old 5"), 409, "0\n"},
        {"a proof from nothing", TestLog::request(0, log.proof(100, 200), other.note(10)), 422, ""},
        {"size 0", TestLog::request(0, {}, other.note(0)), 200, ""},
        {"the first of another log", other.request(0, 10), 200, ""},
        {"signed twice by the same key",
         TestLog::request(100, log.proof(100, 150),
                          log.note(150) + merkle::Note::parse(log.note(150))->signatures[0].text()),
         200, ""},
        {"the same again", log.request(150, 150), 200, ""},
        {"one more", log.request(150, 151), 200, ""},
        {"an extension line",
         TestLog::request(151, log.proof(151, 160),
                          merkle::sign(log.checkpoint(160).body() + "more\n", log.key()).text()),
         200, ""},
        {"an empty extension line",
         TestLog::request(160, log.proof(160, 161),
                          merkle::sign(log.checkpoint(161).body() + "\nmore\n", log.key()).text()),
         400, ""},
        {"the next", log.request(160, 300), 200, ""},
        {"a body of 70,000 bytes", std::string(70'000, 'x'), 413, ""},
    };
    for (const auto& c : cases) {
        const http::Answered answer = ask(c.body);
        EXPECT_EQ(answer.status, c.status) << c.name << ": " << answer.body << answer.fault;
        if (*c.answer) { EXPECT_EQ(answer.body, c.answer) << c.name; }
        EXPECT_EQ(answer.content_type == "text/x.tlog.size", answer.status == 409) << c.name;
        if (answer.status == 200) { EXPECT_TRUE(merkle::parse_signatures(answer.body)) << c.name; }
    }
    // What it shows to everybody.
    auto get = [&](const std::string& path) { return client.send({base + path, "", "", 10'000, 100'000}); };
    http::Answered shown = get("/" + kernel::hex(kernel::sha256(kernel::view("log.example"))) + "/checkpoint");
    EXPECT_EQ(shown.status, 200);
    const auto newest = merkle::Note::parse(shown.body);
    ASSERT_TRUE(newest);
    EXPECT_EQ(newest->body, log.checkpoint(300).body());
    EXPECT_TRUE(merkle::signed_by(*newest, witness->key()) && merkle::signed_by(*newest, log.key().verifier()));
    EXPECT_EQ(get("/" + kernel::hex(kernel::sha256(kernel::view("stranger.example"))) + "/checkpoint").status, 404);
    EXPECT_EQ(get("/add-checkpoint").status, 405);
    EXPECT_EQ(get("/nothing").status, 404);
    EXPECT_EQ(get("/key").body, witness->key().text() + "\n");
}

TEST_F(WitnessTest, remembers) {
    EXPECT_EQ(cosigned(witness->add(log.request(0, 100)), log.checkpoint(100)), noon.ms / 1000);
    open();
    TestLog fork = TestLog().grow(60).grow(300, "b");
    EXPECT_EQ(witness->add(fork.request(0, 100)).status, 409);
    EXPECT_EQ(witness->add(fork.request(100, 200)).status, 422);
    // The clock goes back: the time said before is said again.
    clock.set(noon + -86'400'000);
    EXPECT_EQ(cosigned(witness->add(log.request(100, 200)), log.checkpoint(200)), noon.ms / 1000);
    open();
    EXPECT_EQ(cosigned(witness->add(log.request(200, 200)), log.checkpoint(200)), noon.ms / 1000);
    clock.set(noon + 5'000);
    EXPECT_EQ(cosigned(witness->add(log.request(200, 200)), log.checkpoint(200)), noon.ms / 1000 + 5);
    EXPECT_EQ(std::filesystem::status(kept()).permissions() & std::filesystem::perms(0777),
              std::filesystem::perms(0600));
}

// The route takes 64 KiB, and a note may have as much: with one more line it would be one that nobody can read.
TEST_F(WitnessTest, keeps_only_what_it_can_read_again) {
    ASSERT_EQ(witness->add(log.request(0, 100)).status, 200);
    merkle::Note note = merkle::sign(log.checkpoint(200).body(), log.key());
    const std::size_t room = 65'536 - note.text().size();
    std::string body = log.checkpoint(200).body() + std::string(room - 1, 'x') + "\n";
    note = merkle::sign(body, log.key());
    ASSERT_EQ(note.text().size(), 65'536U);
    EXPECT_EQ(witness->add(TestLog::request(100, log.proof(100, 200), note.text())).status, 400);
    open();
    EXPECT_EQ(cosigned(witness->add(log.request(100, 200)), log.checkpoint(200)), noon.ms / 1000);
}

TEST_F(WitnessTest, does_not_start_on_what_it_cannot_trust) {
    ASSERT_EQ(witness->add(log.request(0, 100)).status, 200);
    EXPECT_THROW(open(own_key("another")), std::runtime_error);  // whatever this key signed before is not known
    std::string text;
    {
        std::ifstream in(kept(), std::ios::binary);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    witness.reset();
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string damaged = text;
        damaged[at] ^= 1;
        std::ofstream(kept(), std::ios::binary | std::ios::trunc) << damaged;
        // The log's own line may be damaged: it is not what this witness swore to, but then it is not shown as right.
        const bool in_logs_line = at > text.find("\n\n") && at < text.rfind("\u2014");
        if (in_logs_line) continue;
        EXPECT_THROW(open(), std::runtime_error) << at;
    }
    std::ofstream(kept(), std::ios::binary | std::ios::trunc) << text.substr(0, text.size() / 2);
    EXPECT_THROW(open(), std::runtime_error);
    std::ofstream(kept(), std::ios::binary | std::ios::trunc) << text;
    open();
    EXPECT_EQ(witness->add(log.request(100, 101)).status, 200);
}

TEST_F(WitnessTest, one_process_alone) {
    EXPECT_THROW(Witness(folder, own_key(), {log.key().verifier()}, clock), std::runtime_error);
}

TEST_F(WitnessTest, a_file_that_was_not_finished_is_nothing) {
    ASSERT_EQ(witness->add(log.request(0, 100)).status, 200);
    std::ofstream(kept().string() + ".new") << "half";
    open();
    EXPECT_EQ(witness->add(log.request(100, 200)).status, 200);
}

// Two histories race: of each size one root at most is ever signed.
TEST_F(WitnessTest, two_at_once) {
    const TestLog fork = TestLog().grow(10).grow(300, "b");
    ASSERT_EQ(witness->add(log.request(0, 10)).status, 200);
    std::mutex mutex;
    std::map<std::int64_t, std::set<merkle::Hash>> roots;
    auto race = [&](const TestLog& branch) {
        std::int64_t old = 10;
        for (int i = 0; i < 150; ++i) {
            const std::int64_t size = std::min<std::int64_t>(old + 1 + i % 2, 300);
            const Witness::Answer answer = witness->add(branch.request(old, size));
            if (answer.status == 409) old = std::min<std::int64_t>(std::stoll(answer.body), 299);
            if (answer.status != 200) continue;
            EXPECT_GE(cosigned(answer, branch.checkpoint(size)), 0);
            const std::lock_guard lock(mutex);
            roots[size].insert(branch.root(size));
            old = size;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&, i] { race(i % 2 ? fork : log); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_GT(roots.size(), 10u);
    for (const auto& [size, found] : roots) EXPECT_EQ(found.size(), 1u) << size;
    // All that was signed is one history.
    const bool right = roots.begin()->second.contains(log.root(roots.begin()->first));
    for (const auto& [size, found] : roots)
        if (size > 10) { EXPECT_EQ(found.contains((right ? log : fork).root(size)), true) << size; }
}

}  // namespace
