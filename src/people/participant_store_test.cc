#include <gtest/gtest.h>

#include "site_for_tests.h"

namespace people {
namespace {

// A higher feature's entry in which somebody first speaks, as small as can be.
ledger::Kinds kinds_with_speaking() {
    ledger::Kinds kinds = kinds_of_people();
    kinds.push_back({"test.spoke",
                     [](db::Connection& db, const ledger::Entry& entry) {
                         std::optional<kernel::Hash> browser, code;
                         if (entry.words) {
                             browser = kernel::sha256(kernel::view(
                                 (*entry.words)["browser"].string() ? *(*entry.words)["browser"].string() : ""));
                             if (const std::string* text = (*entry.words)["code"].string())
                                 code = kernel::sha256(kernel::view(*text));
                         }
                         enrol(db, ParticipantId(entry.index), CycleId(entry.subject), browser, code);
                     },
                     [](db::Connection& db, std::int64_t index) { forget_keys(db, ParticipantId(index)); }});
    kinds.push_back({"test.took_code",
                     [](db::Connection& db, const ledger::Entry& entry) {
                         give_code(db, ParticipantId(*entry.parent),
                                   kernel::sha256(kernel::view(entry.facts.need_string("code"))));
                     },
                     {}});
    kinds.push_back({"test.verified",
                     [](db::Connection& db, const ledger::Entry& entry) { verify(db, ParticipantId(*entry.parent)); },
                     {}});
    return kinds;
}

class ParticipantTest : public testing::TestWithParam<db::Engine> {
protected:
    std::int64_t append(ledger::Draft draft) {
        return ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.append(draft); })
            ->index;
    }
    ParticipantId speak(std::int64_t cycle, std::string browser, std::optional<std::string> code = {}) {
        kernel::Json words;
        words.set("browser", browser);
        if (code) words.set("code", *code);
        return ParticipantId(append({.kind = "test.spoke", .subject = cycle, .parent = {}, .words = words}));
    }
    static kernel::Hash key(std::string_view text) { return kernel::sha256(kernel::view(text)); }

    db::TestPlace place{GetParam(), db::TestPlace::Tables::all};
    kernel::SetClock clock{{1'795'000'020'000}};
    std::unique_ptr<db::Database> database = db::Database::open(place.place());
    merkle::SignerKey signer = merkle::SignerKey::generate("test.example/log");
    std::unique_ptr<ledger::Ledger> ledger = ledger::Ledger::start(*database, clock, signer, kinds_with_speaking());
    const std::int64_t first = append(
        {.kind = "people.installed", .parent = {}, .facts = kernel::Json().set("organisation", "T"), .words = {}});
};
INSTANTIATE_TEST_SUITE_P(Engines, ParticipantTest, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

TEST_P(ParticipantTest, AreFoundByBrowserAndByCode) {
    const ParticipantId one = speak(70, "b1", "c1"), two = speak(70, "b2"), elsewhere = speak(71, "b3");
    auto db = database->read();
    EXPECT_EQ(by_browser(*db, CycleId(70), key("b1"))->id, one);
    EXPECT_EQ(by_code(*db, CycleId(70), key("c1"))->id, one);
    EXPECT_EQ(by_browser(*db, CycleId(71), key("b1")), std::nullopt) << "of another cycle";
    EXPECT_EQ(by_code(*db, CycleId(71), key("c1")), std::nullopt);
    EXPECT_EQ(by_code(*db, CycleId(70), key("c2")), std::nullopt);
    EXPECT_TRUE(by_browser(*db, CycleId(70), key("b1"))->has_code);
    EXPECT_FALSE(by_browser(*db, CycleId(70), key("b2"))->has_code);
    append({.kind = "test.took_code",
            .subject = 70,
            .parent = two.value(),
            .facts = kernel::Json().set("code", "c2"),
            .words = {}});
    EXPECT_EQ(by_code(*db, CycleId(70), key("c2"))->id, two);
    EXPECT_EQ(participant(*db, elsewhere)->cycle, CycleId(71));
    EXPECT_EQ(participant(*db, ParticipantId(999)), std::nullopt);
}

TEST_P(ParticipantTest, AreCountedAsTheyCome) {
    auto db = database->read();
    EXPECT_EQ(turnout(*db, CycleId(70)).people, 0);
    const ParticipantId one = speak(70, "b1");
    speak(70, "b2");
    speak(71, "b3");
    for (int twice = 0; twice < 2; ++twice)
        append({.kind = "test.verified", .subject = 70, .parent = one.value(), .words = {}});
    EXPECT_EQ(turnout(*db, CycleId(70)).people, 2);
    EXPECT_EQ(turnout(*db, CycleId(70)).verified, 1);
    EXPECT_EQ(turnout(*db, CycleId(71)).people, 1);
    EXPECT_EQ(turnout(*db, CycleId(71)).verified, 0);
    EXPECT_TRUE(participant(*db, one)->verified);
}

TEST_P(ParticipantTest, ErasedKeysLeaveTheCount) {
    const ParticipantId one = speak(70, "b1", "c1");
    speak(70, "b2");
    ASSERT_TRUE(ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, one.value(), "asked for"); }));
    auto db = database->read();
    EXPECT_EQ(by_browser(*db, CycleId(70), key("b1")), std::nullopt);
    EXPECT_EQ(by_code(*db, CycleId(70), key("c1")), std::nullopt);
    EXPECT_FALSE(participant(*db, one)->has_code);
    EXPECT_EQ(turnout(*db, CycleId(70)).people, 2);
    const db::TestPlace other(db::Engine::sqlite);
    const auto copy = db::Database::open(other.place());
    ledger::rebuild(*db, *copy, kinds_with_speaking());
    EXPECT_EQ(db::state_digest(*copy->read()), db::state_digest(*db));
}

TEST_P(ParticipantTest, KeysDifferBetweenCyclesAndBrowsers) {
    const kernel::Bytes server(32, 1), other_server(32, 2);
    const kernel::Hash base = browser_key(server, CycleId(1), "visitor");
    EXPECT_EQ(browser_key(server, CycleId(1), "visitor"), base);
    EXPECT_NE(browser_key(server, CycleId(2), "visitor"), base);
    EXPECT_NE(browser_key(server, CycleId(1), "visitos"), base);
    EXPECT_NE(browser_key(other_server, CycleId(1), "visitor"), base);
    EXPECT_NE(browser_key(server, CycleId(11), "visitor"), browser_key(server, CycleId(1), "1visitor"));
}

}  // namespace
}  // namespace people
