// The log's side against witnesses that answer as a test wants them to. Against the real program: test/witness.leg.
#include "witnesses.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include <db/database.h>
#include <db/testing.h>
#include <http/http.h>
#include <http/server.h>
#include <kernel/clock.h>
#include <kernel/id.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <merkle/cosignature.h>
#include <watch/watch.h>

#include "store.h"

namespace {

using merkle::SignerKey;
using witnesses::Alarm;
using witnesses::Named;
using witnesses::Witnesses;

const kernel::Instant morning{1'790'000'000'000};

// Signs whatever continues what it signed, or does what `answers` says.
class FakeWitness {
public:
    enum class Mode { right, wrong_signature, no_lines, other_body, fails, refuses, ahead, mad, hangs };

    explicit FakeWitness(int n)
        : key(SignerKey::from_seed("w" + std::to_string(n) + ".example",
                                   kernel::sha256(kernel::view("seed " + std::to_string(n))), merkle::witness_key)) {
        http::Limits any;
        any.csrf = false;
        any.any_type = true;
        router.post(
            "/sub/add-checkpoint", [this](const http::Request& request) { return answer(request.body); }, any);
        http::Settings settings;
        settings.port = 0;
        settings.workers = 2;
        settings.access_log = false;
        settings.rate_per_minute = 0;
        server = http::Server::start(router, settings, {});
    }
    Named named() const {
        return {key.verifier().name, key.verifier().text(),
                "http://127.0.0.1:" + std::to_string(server->port()) + "/sub"};
    }

    const SignerKey key;
    std::atomic<Mode> mode = Mode::right;
    std::atomic<std::int64_t> seconds = morning.ms / 1000;
    std::atomic<int> asked = 0;

private:
    static http::Response text(int status, std::string body, std::string type = "text/plain") {
        http::Response out;
        out.status = status;
        out.content_type = std::move(type);
        out.body = std::move(body);
        return out;
    }
    http::Response answer(const std::string& body) {
        ++asked;
        const std::size_t blank = body.find("\n\n");
        const auto lines = kernel::split(std::string_view(body).substr(0, blank), '\n');
        const auto note = merkle::Note::parse(body.substr(blank + 2));
        const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
        const auto old = kernel::parse_index(std::string_view(body).substr(4, body.find('\n') - 4));
        if (!checkpoint || !old) return text(400, "unreadable\n");
        switch (mode.load()) {
            case Mode::right:
                break;
            case Mode::wrong_signature: {
                auto line = merkle::cosign(note->body, key, seconds);
                line.signature[20] ^= 1;
                return text(200, line.text());
            }
            case Mode::no_lines:
                return text(200, "thank you\n");
            case Mode::other_body:
                return text(200, merkle::cosign("other\n" + note->body, key, seconds).text());
            case Mode::fails:
                return text(500, "no\n");
            case Mode::refuses:
                return text(422, "a fork\n");
            case Mode::ahead:
                return text(409, "1000000\n", "text/x.tlog.size");
            case Mode::mad:
                return text(409, std::to_string(*old == 0 ? 1 : 0) + "\n", "text/x.tlog.size");
            case Mode::hangs:
                std::this_thread::sleep_for(std::chrono::milliseconds(2500));
                return text(500, "late\n");
        }
        const std::lock_guard lock(mutex_);
        if (*old != last_.size) return text(409, std::to_string(last_.size) + "\n", "text/x.tlog.size");
        merkle::Proof proof;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            merkle::Hash hash{};
            const auto bytes = kernel::parse_base64(lines[i]);
            if (bytes && bytes->size() == 32) std::copy(bytes->begin(), bytes->end(), hash.begin());
            proof.push_back(hash);
        }
        if (last_.size > 0 &&
            !merkle::verify_consistency(last_.size, checkpoint->size, proof, last_.root, checkpoint->root))
            return text(422, "no\n");
        last_ = *checkpoint;
        return text(200,
                    merkle::cosign(note->body, SignerKey::generate("stranger.example", merkle::witness_key), 1).text() +
                        merkle::cosign(note->body, key, seconds).text());
    }

    http::Router router;
    std::unique_ptr<http::Server> server;
    std::mutex mutex_;
    merkle::Checkpoint last_;
};

class WitnessesTest : public testing::TestWithParam<db::Engine> {
protected:
    WitnessesTest() : place(GetParam()) {
        watch::quiet(true);
        for (int i = 0; i < 3; ++i) fakes.push_back(std::make_unique<FakeWitness>(i));
        open();
    }
    void open() {
        all.reset();
        log.reset();
        database.reset();
        database = db::Database::open(place.place());
        log = ledger::Ledger::start(*database, clock, key,
                                    {{"toy.said", [](db::Connection&, const ledger::Entry&) {}, {}}});
        start();
    }
    void start(int quorum = 2, int patience_ms = 20'000) {
        std::vector<Named> named;
        for (const auto& fake : fakes) named.push_back(fake->named());
        all = std::make_unique<Witnesses>(*database, *log, clock, witnesses::policy_of(log->key(), named, quorum),
                                          Witnesses::Timing{patience_ms, 0, 1e9});
    }
    std::int64_t say(int times = 1) {
        std::int64_t index = -1;
        for (int i = 0; i < times; ++i)
            index = log->perform([](ledger::Writing& writing) -> kernel::Result<std::int64_t> {
                           ledger::Draft draft;
                           draft.kind = "toy.said";
                           return writing.append(draft);
                       })
                        ->index;
        return index;
    }
    // A receipt, proven with nothing but the policy; how many witnesses stand under it.
    std::size_t proven(std::int64_t index) {
        const auto cosigned = all->covering(index);
        if (!cosigned) return 0;
        auto lease = database->read();
        const auto receipt = witnesses::receipt(*lease, index, *cosigned);
        EXPECT_TRUE(receipt);
        const auto file = merkle::TlogProof::parse(receipt->tlog_proof());
        const auto note = merkle::Note::parse(file->checkpoint);
        const auto head = merkle::Checkpoint::parse(note->body);
        EXPECT_TRUE(merkle::verify_inclusion(index, head->size, merkle::leaf_hash(kernel::view(receipt->leaf)),
                                             file->proof, head->root));
        const merkle::Verdict verdict = merkle::judge(all->policy(), *note);
        EXPECT_FALSE(verdict.broken);
        EXPECT_TRUE(verdict.by_log);
        return verdict.counted.size();
    }

    kernel::SetClock clock{morning};
    SignerKey key = SignerKey::from_seed("toy.example/log", kernel::sha256(kernel::view("toy key")));
    db::TestPlace place;
    std::vector<std::unique_ptr<FakeWitness>> fakes;
    std::unique_ptr<db::Database> database;
    std::unique_ptr<ledger::Ledger> log;
    std::unique_ptr<Witnesses> all;
};
std::string named(const testing::TestParamInfo<db::Engine>& engine) { return db::engine_name(engine); }
// The middle of what the witnesses' clocks show: one that errs or lies moves nothing.
TEST_P(WitnessesTest, what_time_it_is_there) {
    EXPECT_EQ(all->their_time(), std::nullopt);
    const std::int64_t base = morning.ms / 1000;
    fakes[0]->seconds = base + 7, fakes[1]->seconds = base + 9, fakes[2]->seconds = base + 1'000'000;
    say();
    all->round();
    const auto about = [](std::optional<kernel::Instant> time, std::int64_t wanted) {
        return time && time->ms / 1000 >= wanted && time->ms / 1000 < wanted + 60;
    };
    EXPECT_TRUE(about(all->their_time(), base + 9));
    fakes[2]->mode = FakeWitness::Mode::fails;
    say();
    all->round();
    EXPECT_TRUE(about(all->their_time(), base + 9));
}

TEST_P(WitnessesTest, asks_anew_when_the_clock_is_in_doubt) {
    all = std::make_unique<Witnesses>(*database, *log, clock, all->policy(), Witnesses::Timing{20'000, 0, 1e9, 0});
    say();
    all->round();
    const int asked = fakes[0]->asked;
    all->round();
    EXPECT_EQ(fakes[0]->asked, asked);
    fakes[0]->seconds = fakes[0]->seconds + 500;
    all->round(true);
    EXPECT_EQ(fakes[0]->asked, asked + 1);
    EXPECT_EQ(all->standings()[0].seconds, fakes[0]->seconds);
}

INSTANTIATE_TEST_SUITE_P(Engines, WitnessesTest, testing::ValuesIn(db::engines), named);

TEST_P(WitnessesTest, receipts_are_upgraded) {
    const std::int64_t first = say(5);
    EXPECT_EQ(proven(first), 0u);
    EXPECT_EQ(all->checkpoint(), log->checkpoint());
    all->round();
    EXPECT_EQ(proven(first), 3u);
    EXPECT_EQ(all->newest()->size, 5);
    EXPECT_NE(all->checkpoint(), log->checkpoint());
    EXPECT_EQ(merkle::Note::parse(all->checkpoint())->signatures.size(), 4u);  // no stranger's line
    // New entries are behind it until the next round; the old ones are covered by the newer checkpoint then.
    const std::int64_t later = say(300);
    EXPECT_EQ(proven(later), 0u);
    EXPECT_EQ(proven(first), 3u);
    all->round();
    EXPECT_EQ(proven(later), 3u);
    EXPECT_EQ(proven(first), 3u);
    EXPECT_EQ(all->covering(first)->size, 305);
    EXPECT_FALSE(all->covering(305));
    // Nothing new: nobody is asked.
    const int asked = fakes[0]->asked;
    all->round();
    EXPECT_EQ(fakes[0]->asked, asked);
    auto lease = database->read();
    EXPECT_EQ(witnesses::store::notes(*lease).size(), 1u);
}

TEST_P(WitnessesTest, one_is_down_and_comes_back) {
    fakes[2]->mode = FakeWitness::Mode::fails;
    const std::int64_t first = say(5);
    all->round();
    EXPECT_EQ(proven(first), 2u);
    EXPECT_EQ(all->newest()->size, 5);
    const std::int64_t second = say(5);
    fakes[1]->mode = FakeWitness::Mode::hangs;
    start(2, 2000);
    all->round();
    start();
    // One alone is no quorum: the receipt shows the one, and the quorum's checkpoint stays what it was.
    EXPECT_EQ(proven(second), 1u);
    EXPECT_EQ(all->newest()->size, 5);
    EXPECT_EQ(all->latest()->size, 10);
    EXPECT_EQ(proven(first), 2u);
    EXPECT_EQ(all->checkpoint(), all->newest()->text);
    clock.advance(61'000);  // too old to stand for the log
    EXPECT_EQ(all->checkpoint(), all->latest()->text);
    // Back again: what is missing of the same checkpoint is added.
    fakes[2]->mode = FakeWitness::Mode::right;
    all->round();
    EXPECT_EQ(proven(second), 2u);
    EXPECT_EQ(all->newest()->size, 10);
    fakes[1]->mode = FakeWitness::Mode::right;
    all->round();
    EXPECT_EQ(proven(second), 3u);
    auto lease = database->read();
    EXPECT_EQ(witnesses::store::notes(*lease).size(), 1u);
}

TEST_P(WitnessesTest, what_is_wrong_is_not_kept) {
    const std::int64_t index = say(5);
    for (const auto mode : {FakeWitness::Mode::wrong_signature, FakeWitness::Mode::no_lines,
                            FakeWitness::Mode::other_body, FakeWitness::Mode::mad, FakeWitness::Mode::fails}) {
        for (const auto& fake : fakes) fake->mode = mode;
        all->round();
        EXPECT_FALSE(all->latest());
        EXPECT_EQ(proven(index), 0u);
        for (const witnesses::Standing& one : all->standings()) {
            EXPECT_TRUE(one.answers);
            EXPECT_EQ(one.alarm, Alarm::none);
            EXPECT_EQ(one.size, 0);
        }
    }
}

TEST_P(WitnessesTest, alarms) {
    say(5);
    all->round();
    fakes[0]->mode = FakeWitness::Mode::refuses;
    fakes[1]->mode = FakeWitness::Mode::ahead;
    const std::int64_t index = say(5), version = all->version();
    all->round();
    EXPECT_GT(all->version(), version);
    const auto standings = all->standings();
    EXPECT_EQ(standings[0].alarm, Alarm::fork);
    EXPECT_EQ(standings[1].alarm, Alarm::ahead);
    EXPECT_EQ(standings[2].alarm, Alarm::none);
    EXPECT_EQ(standings[0].size, 5);
    EXPECT_EQ(proven(index), 1u);
    const std::string metrics = watch::metrics();
    EXPECT_NE(metrics.find("huiyin_witness_alarm{witness=\"w0.example\"} 1"), metrics.npos);
    EXPECT_NE(metrics.find("huiyin_witness_alarm{witness=\"w2.example\"} 0"), metrics.npos);
    // It signs again: then it was a mistake of its own.
    fakes[0]->mode = FakeWitness::Mode::right;
    all->round();
    EXPECT_EQ(all->standings()[0].alarm, Alarm::none);
    EXPECT_EQ(proven(index), 2u);
}

TEST_P(WitnessesTest, kept_over_a_restart) {
    const std::int64_t index = say(5);
    fakes[0]->mode = FakeWitness::Mode::fails;
    all->round();
    const std::string text = all->newest()->text;
    open();
    ASSERT_TRUE(all->newest());
    EXPECT_EQ(all->newest()->text, text);
    EXPECT_EQ(proven(index), 2u);
    EXPECT_EQ(all->standings()[1].size, 5);
    EXPECT_EQ(all->standings()[1].seconds, morning.ms / 1000);
    // Other settings judge what was kept anew.
    start(3);
    EXPECT_FALSE(all->newest());
    EXPECT_EQ(all->latest()->text, text);
    say();
    fakes[0]->mode = FakeWitness::Mode::right;
    all->round();  // a witness that signed before this start is asked from there; one that did not says where it is
    EXPECT_EQ(all->newest()->verdict.counted.size(), 3u);
    EXPECT_EQ(all->newest()->size, 6);
}

// local.db remembers what main.db does not know (any more): an older copy was put back.
TEST_P(WitnessesTest, rolled_back_or_forked_at_home) {
    say(5);
    all->round();
    merkle::Checkpoint ahead{key.verifier().name, 9, merkle::leaf_hash({})},
        fork{key.verifier().name, 4, merkle::leaf_hash({})};
    for (const auto& [checkpoint, alarm] : {std::pair{ahead, Alarm::ahead}, std::pair{fork, Alarm::fork}}) {
        merkle::Note note = merkle::sign(checkpoint.body(), key);
        note.signatures.push_back(merkle::cosign(note.body, fakes[1]->key, 7));
        {
            auto lease = database->local();
            witnesses::store::keep(*lease, checkpoint.size, note.text(), 5);
        }
        start();
        EXPECT_EQ(all->standings()[1].alarm, alarm);
        EXPECT_EQ(all->standings()[0].alarm, Alarm::none);
        EXPECT_EQ(all->newest()->size, 5);  // what agrees with the log still stands
    }
}

TEST_P(WitnessesTest, without_witnesses) {
    fakes.clear();
    start(0);
    say(3);
    all->round();
    EXPECT_FALSE(all->latest());
    EXPECT_FALSE(all->covering(0));
    EXPECT_EQ(all->needed(), 0);
    EXPECT_EQ(all->checkpoint(), log->checkpoint());
    EXPECT_EQ(all->policy().text(), "log " + log->key().text() + "\nquorum none\n");
}

TEST(Settings, what_cannot_be) {
    const SignerKey log = SignerKey::from_seed("toy.example/log", kernel::Bytes(32, 1));
    const std::string
        one = SignerKey::from_seed("a.example", kernel::Bytes(32, 2), merkle::witness_key).verifier().text(),
        two = SignerKey::from_seed("b.example", kernel::Bytes(32, 3), merkle::witness_key).verifier().text();
    const Named good{"a", one, "https://a.example/"};
    auto policy = [&](std::vector<Named> named, int quorum) {
        return witnesses::policy_of(log.verifier(), named, quorum);
    };
    EXPECT_EQ(policy({good, {"b", two, "http://127.0.0.1:1"}}, 2).text(),
              "log " + log.verifier().text() + "\nwitness a " + one + " https://a.example/\nwitness b " + two +
                  " http://127.0.0.1:1\ngroup witnesses 2 a b\nquorum witnesses\n");
    for (int quorum : {-1, 0, 2}) EXPECT_THROW(policy({good}, quorum), std::runtime_error);
    EXPECT_THROW(policy({}, 1), std::runtime_error);
    for (const Named& bad : std::initializer_list<Named>{{"", two, "https://b.example"},
                                                         {"b c", two, "https://b.example"},
                                                         {"a", two, "https://b.example"},
                                                         {"none", two, "https://b.example"},
                                                         {"witnesses", two, "https://b.example"},
                                                         {"b", one, "https://b.example"},
                                                         {"b", "nonsense", "https://b.example"},
                                                         {"b", log.verifier().text(), "https://b.example"},
                                                         {"b", two, "http://b.example"},
                                                         {"b", two, "https://b example"},
                                                         {"b", two, ""}})
        EXPECT_THROW(policy({good, bad}, 1), std::runtime_error) << bad.name << " " << bad.url;
}

}  // namespace
