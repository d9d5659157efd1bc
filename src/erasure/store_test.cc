// On both engines: the rows of proposals, what approving does to words, files and notices, and replay after it.
#include <filesystem>

#include <cycle/cycle.h>
#include <db/database.h>
#include <db/testing.h>
#include <files/files.h>
#include <gtest/gtest.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>

#include "store.h"

namespace erasure {
namespace {

template <class T>
T must(kernel::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key + " at " + result.error().field);
    return *std::move(result);
}
void must(const kernel::Checked& checked) {
    if (!checked) throw std::runtime_error(checked.error().key + " at " + checked.error().field);
}
template <class T>
std::string refused(const kernel::Result<T>& result) {
    return result ? "" : result.error().key;
}
std::string refused(const kernel::Checked& result) { return result ? "" : result.error().key; }

class Erasures : public testing::TestWithParam<db::Engine> {
protected:
    Erasures() : place(GetParam()), database(db::Database::open(place.place())) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        voice::add_kinds(kinds);
        add_kinds(kinds);
        ledger = ledger::Ledger::start(*database, clock, key, kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample office"));
        const people::UnitId root = people::units(*database->read()).front().id;
        roads = must(people::add_unit(*needs, root, "Roads", false));
        using people::Role;
        for (auto [login, unit, role] : {std::tuple{"clerk", root, Role::clerk},
                                         {"moderator", root, Role::moderator},
                                         {"roads_head", roads, Role::head},
                                         {"officer", roads, Role::officer}})
            must(people::add_officer(*needs, unit, login, login, {role}, false));
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        hooks.concerned = {voice::concerns};
        hooks.blobs = {voice::blobs_of};
        hooks.blob_in_use = {voice::blob_in_use};
        folder = std::filesystem::temp_directory_path() / ("huiyin-erasure-" + kernel::hex(kernel::random_bytes(8)));
        store = std::make_unique<files::Store>(folder);
    }
    ~Erasures() override { std::filesystem::remove_all(folder); }

    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
    }
    voice::Received say(const std::string& text, const std::vector<voice::Photo>& photos = {}) {
        people::Actor author;
        author.visitor = "visitor-token-of-22-chars";
        voice::Draft draft;
        draft.cycle = desk;
        draft.text = text;
        draft.lang = "en";
        draft.photos = photos;
        return must(voice::receive(*needs, author, draft, {}));
    }
    voice::Photo photo(const std::string& bytes) {
        return {store->put(kernel::view(bytes)), store->put(kernel::view(bytes + " small")), 4, 3, {}};
    }
    ErasureId proposed(std::vector<std::int64_t> targets, std::string_view by = "clerk") {
        return must(propose(*needs, as(by), targets, Basis::personal_data));
    }
    Erasure get(ErasureId id) { return erasure(*database->read(), id).value(); }
    void scrub_now() {
        struct Once final : jobs::Run {
            bool stopping() const override { return false; }
            void progress(std::int64_t, std::int64_t) override {}
        } run;
        task(*needs, *store, hooks).work(run);
    }
    void expect_same_after_rebuild() {
        for (db::Engine engine : db::engines) {
            db::TestPlace other(engine);
            auto target = db::Database::open(other.place());
            auto source = database->read();
            ledger::rebuild(*source, *target, kinds);
            EXPECT_EQ(db::state_digests(*source), db::state_digests(*target->read()));
        }
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::parse_day("2026-11-23").value()) + 9 * 3'600'000};
    const merkle::SignerKey key = merkle::SignerKey::generate("test");
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    Hooks hooks;
    std::filesystem::path folder;
    std::unique_ptr<files::Store> store;
    people::UnitId roads;
    people::CycleId desk;
};

TEST_P(Erasures, TwoPeopleEraseWordsAndANoticeStays) {
    const auto said = say("Call Anna on 5551234").id;
    const ErasureId id = proposed({said.value(), said.value()});
    EXPECT_EQ(get(id).targets, std::vector<std::int64_t>{said.value()});
    EXPECT_EQ(refused(propose(*needs, as("moderator"), {said.value()}, Basis::child)), "erasure.proposed_already");
    EXPECT_EQ(refused(approve(*needs, hooks, as("clerk"), id)), "erasure.same_person");
    EXPECT_EQ(refused(approve(*needs, hooks, as("officer"), id)), "erasure.may_not_decide");
    EXPECT_EQ(refused(approve(*needs, hooks, {}, id)), "people.sign_in_first");
    EXPECT_FALSE(erased_by(*database->read(), said.value()));
    must(approve(*needs, hooks, as("moderator"), id));
    const Erasure e = get(id);
    EXPECT_EQ(e.state, State::approved);
    EXPECT_EQ(e.decided_by, as("moderator").officer);
    EXPECT_EQ(erased_by(*database->read(), said.value())->id, id);
    EXPECT_FALSE(ledger::entry(*database->read(), said.value())->words);
    EXPECT_EQ(voice::voice(*database->read(), said)->text, "");
    EXPECT_EQ(refused(approve(*needs, hooks, as("roads_head"), id)), "erasure.decided_already");
    EXPECT_EQ(refused(propose(*needs, as("clerk"), {said.value()}, Basis::child)), "erasure.nothing_to_erase");
    EXPECT_EQ(erasures(*database->read(), State::approved, {}, 10).size(), 1u);
    EXPECT_TRUE(erasures(*database->read(), State::approved, id, 10).empty());
    expect_same_after_rebuild();
}

TEST_P(Erasures, NobodyDecidesOnTheirOwnMatter) {
    const auto said = say("The road in front of us is broken").id;
    must(voice::assign(*needs, as("clerk"), said, roads, {}));
    const ErasureId id = proposed({said.value()});
    EXPECT_EQ(refused(approve(*needs, hooks, as("roads_head"), id)), "erasure.own_matter");
    EXPECT_EQ(refused(refuse(*needs, hooks, as("roads_head"), id, Ground::too_much)), "erasure.own_matter");
    must(refuse(*needs, hooks, as("moderator"), id, Ground::kept_by_law));
    EXPECT_EQ(get(id).ground, Ground::kept_by_law);
    EXPECT_TRUE(ledger::entry(*database->read(), said.value())->words);
    // The name and login of whoever would decide.
    const ErasureId mine = proposed({as("moderator").officer.value()});
    EXPECT_EQ(refused(approve(*needs, hooks, as("moderator"), mine)), "erasure.own_matter");
    expect_same_after_rebuild();
}

TEST_P(Erasures, WhatWasTakenBackCannotBeApproved) {
    const auto said = say("x").id;
    const ErasureId id = proposed({said.value()});
    EXPECT_EQ(refused(withdraw(*needs, as("moderator"), id)), "erasure.not_proposer");
    must(withdraw(*needs, as("clerk"), id));
    EXPECT_EQ(refused(approve(*needs, hooks, as("moderator"), id)), "erasure.decided_already");
    EXPECT_TRUE(ledger::entry(*database->read(), said.value())->words);
    proposed({said.value()}, "moderator");  // the way is free again
    expect_same_after_rebuild();
}

TEST_P(Erasures, NothingIsErasedThatIsNotThere) {
    EXPECT_EQ(refused(propose(*needs, as("clerk"), {}, Basis::child)), "erasure.no_target");
    EXPECT_EQ(refused(propose(*needs, as("clerk"), {999'999}, Basis::child)), "erasure.nothing_to_erase");
    EXPECT_EQ(refused(propose(*needs, as("clerk"), {-1}, Basis::child)), "erasure.nothing_to_erase");
    EXPECT_EQ(refused(propose(*needs, as("officer"), {1}, Basis::child)), "erasure.may_not_propose");
    EXPECT_EQ(refused(approve(*needs, hooks, as("clerk"), ErasureId(1))), "erasure.unknown");
    std::vector<std::int64_t> many;
    for (int i = 0; i < 60; ++i) many.push_back(i);
    EXPECT_NE(refused(propose(*needs, as("clerk"), many, Basis::child)), "");
}

TEST_P(Erasures, AuthorsAskForAllTheyWrote) {
    const auto said = say("My name is Anna");
    must(voice::assign(*needs, as("clerk"), said.id, roads, {}));
    must(voice::ask_back(*needs, as("officer"), said.id, "Where?", {}));
    people::Actor author;
    author.visitor = "visitor-token-of-22-chars";
    must(voice::add_word(*needs, author, said.id, "", "At my house, 5 Elm Street", {}));
    EXPECT_EQ(refused(propose_own(*needs, said.id, "somebody-else-of-22-chars", "")), "voice.code_wrong");
    EXPECT_EQ(refused(propose_own(*needs, voice::VoiceId(999'999), author.visitor, "")), "voice.code_wrong");
    const ErasureId id = must(propose_own(*needs, said.id, author.visitor, ""));
    EXPECT_EQ(get(id).targets.size(), 2u);
    EXPECT_FALSE(get(id).by);
    EXPECT_EQ(refused(propose_own(*needs, said.id, author.visitor, "")), "erasure.proposed_already");
    must(approve(*needs, hooks, as("moderator"), id));
    EXPECT_EQ(refused(propose_own(*needs, said.id, author.visitor, "")), "erasure.nothing_left");
    expect_same_after_rebuild();
}

TEST_P(Erasures, PicturesGoWithTheirWordsUnlessOthersNameThem) {
    const voice::Photo mine = photo("a picture"), shared = photo("a picture that two sent");
    const auto said = say("with pictures", {mine, shared}).id;
    const auto other = say("the same picture", {shared}).id;
    const ErasureId id = proposed({said.value()});
    must(approve(*needs, hooks, as("moderator"), id));
    EXPECT_TRUE(scrub(*database->read(), id).here);
    EXPECT_FALSE(scrub(*database->read(), id).gone);
    EXPECT_TRUE(store->size(mine.picture));
    scrub_now();
    EXPECT_TRUE(scrub(*database->read(), id).gone);
    EXPECT_FALSE(store->size(mine.picture));
    EXPECT_FALSE(store->size(mine.preview));
    EXPECT_TRUE(store->size(shared.picture));
    scrub_now();  // nothing is left to do
    must(approve(*needs, hooks, as("moderator"), proposed({other.value()})));
    scrub_now();
    EXPECT_FALSE(store->size(shared.picture));
    EXPECT_TRUE(std::filesystem::exists(folder));
    expect_same_after_rebuild();
}

// Whoever stops the program between the erasure and the scrubbing finds it done after the next start.
TEST_P(Erasures, WhatIsLeftToScrubSurvivesARestart) {
    const voice::Photo mine = photo("a picture");
    const ErasureId id = proposed({say("gone", {mine}).id.value()});
    must(approve(*needs, hooks, as("moderator"), id));
    {
        auto reading = database->read();
        EXPECT_EQ(to_scrub(*reading).size(), 1u);
        EXPECT_EQ(blobs_to_scrub(*reading, id).size(), 2u);
    }
    needs.reset();
    ledger.reset();
    database.reset();
    database = db::Database::open(place.place());
    ledger = ledger::Ledger::start(*database, clock, key, kinds);
    needs = std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
    scrub_now();
    EXPECT_TRUE(to_scrub(*database->read()).empty());
    EXPECT_TRUE(blobs_to_scrub(*database->read(), id).empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Erasures, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace erasure
