// On both engines: the rows of proposals, what approving does to words, files and notices, and replay after it.
#include <filesystem>

#include <cycle/cycle.h>
#include <files/files.h>
#include <jobs/testing.h>
#include <people/acts.h>
#include <people/testing.h>
#include <voice/casework.h>

#include "store.h"

namespace erasure {
namespace {

class Erasures : public testing::TestWithParam<db::Engine>, protected people::TestOrganisation {
protected:
    Erasures() : TestOrganisation(GetParam(), {cycle::add_kinds, voice::add_kinds, add_kinds}) {
        roads = unit(root, "Roads");
        using people::Role;
        officer(root, "administrator", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
        officer(root, "moderator", {Role::moderator});
        officer(roads, "roads_head", {Role::head});
        officer(roads, "officer", {Role::officer});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        hooks.concerned = {voice::concerns};
        hooks.blobs = {voice::blobs_of};
        hooks.blob_in_use = {voice::blob_in_use};
        folder = std::filesystem::temp_directory_path() / ("huiyin-erasure-" + kernel::hex(kernel::random_bytes(8)));
        store = std::make_unique<files::Store>(folder);
    }
    ~Erasures() override { std::filesystem::remove_all(folder); }

    voice::Received say(const std::string& text, const std::vector<voice::Photo>& photos = {}) {
        voice::Draft draft;
        draft.cycle = desk;
        draft.text = text;
        draft.lang = "en";
        draft.photos = photos;
        return must(voice::receive(*needs, visitor(1), draft, {}));
    }
    voice::Photo photo(const std::string& bytes) {
        return {store->put(kernel::view(bytes)), store->put(kernel::view(bytes + " small")), 4, 3, {}};
    }
    ErasureId proposed(std::vector<std::int64_t> targets, std::string_view by = "clerk") {
        return must(propose(*needs, as(by), targets, Basis::personal_data));
    }
    Erasure get(ErasureId id) { return erasure(*database->read(), id).value(); }
    void scrub_now() { jobs::run_once({task(*needs, *store, hooks)}); }

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
    // What a unit did is its own matter, and of those under it; of the root's, only the root's own.
    must(people::rename_unit(*needs, as("administrator"), {roads, "Roads and lamps", "Anna asked for it"}));
    const ErasureId of_roads = proposed({ledger->size() - 1});
    EXPECT_EQ(refused(approve(*needs, hooks, as("roads_head"), of_roads)), "erasure.own_matter");
    must(approve(*needs, hooks, as("moderator"), of_roads));
    must(people::rename_unit(*needs, as("administrator"), {root, "The office", "Anna asked for it"}));
    const ErasureId of_root = proposed({ledger->size() - 1});
    EXPECT_EQ(refused(approve(*needs, hooks, as("moderator"), of_root)), "erasure.own_matter");
    must(approve(*needs, hooks, as("roads_head"), of_root));
    // The name and login of whoever would decide.
    const ErasureId mine = proposed({as("moderator").officer.value()});
    EXPECT_EQ(refused(approve(*needs, hooks, as("moderator"), mine)), "erasure.own_matter");
    expect_same_after_rebuild();
}

// Of a message the round's unit is not concerned; of what the unit that runs a round wrote into it, it is.
TEST_P(Erasures, WhatIsSaidInARoundIsNotItsUnitsMatter) {
    const people::Actor moderator = as("moderator");
    const std::int64_t said = say("The road in front of us is broken").id.value();
    auto db = database->read();
    EXPECT_EQ(ledger::entry(*db, said)->subject, desk.value());
    EXPECT_FALSE(own_matter(*db, {}, moderator, said));
    EXPECT_TRUE(own_matter(*db, {}, moderator, desk.value()));
    EXPECT_FALSE(own_matter(*db, {}, as("roads_head"), desk.value()));
    EXPECT_FALSE(own_matter(*db, {}, moderator, 999'999));
    EXPECT_TRUE(own_matter(*db, {[](auto&, auto&, std::int64_t entry) { return entry > 0; }}, moderator, said));
}

// Words with a last day: here every message is kept for thirty days.
TEST_P(Erasures, WhatHasALastDayGoesWhenItHasPassed) {
    std::vector<voice::VoiceId> said;
    for (int i = 0; i < 51; ++i) said.push_back(say("Call Anna on 555" + std::to_string(i)).id);
    const voice::VoiceId with_picture = say("Look", {photo("a lamp")}).id;
    const Term term{"retention.test_days", [](db::Connection& db, kernel::Day today, int at_most) {
                        std::vector<std::int64_t> over;
                        voice::Filter filter;
                        filter.at_most = 1000;
                        auto all = voice::voices(db, filter);
                        for (auto v = all.rbegin(); v != all.rend() && std::ssize(over) < at_most; ++v)
                            if (!v->text.empty() && kernel::local_day(v->received) + 30 < today)
                                over.push_back(v->id.value());
                        return over;
                    }};
    const auto look = [&] { jobs::run_once({retention(*needs, hooks, {term})}); };
    const std::int64_t before = ledger->size();
    go_to("2026-12-23");
    look();
    EXPECT_EQ(ledger->size(), before) << "the last day itself";
    // Somebody has asked for one of them, and for another entry, before the clock comes round.
    const ErasureId asked = proposed({said[0].value(), say("A later message").id.value()});
    const ErasureId alone = proposed({said[1].value()});
    go_to("2026-12-24");
    look();
    const auto by_clock = erasures(*database->read(), State::approved, {}, 10, By::clock);
    ASSERT_EQ(by_clock.size(), 2U) << "fifty at a time";
    EXPECT_EQ(by_clock[1].targets.size(), 50U);
    EXPECT_EQ(by_clock[0].targets, (std::vector<std::int64_t>{said[50].value(), with_picture.value()}));
    EXPECT_EQ(by_clock[0].rule, "retention.test_days");
    EXPECT_EQ(by_clock[0].basis, Basis::term_over);
    EXPECT_EQ(by_clock[0].decided_entry, by_clock[0].id.value());
    EXPECT_TRUE(erasures(*database->read(), State::approved, {}, 10, By::people).empty());
    EXPECT_FALSE(ledger::entry(*database->read(), said[7].value())->words);
    EXPECT_EQ(erased_by(*database->read(), said[7].value())->id, by_clock[1].id);
    const std::int64_t after = ledger->size();
    look();
    EXPECT_EQ(ledger->size(), after) << "once";

    // What two people decide on later takes what is left.
    EXPECT_EQ(refused(approve(*needs, hooks, as("moderator"), alone)), "ledger.nothing_to_erase");
    must(approve(*needs, hooks, as("moderator"), asked));
    EXPECT_EQ(erased_by(*database->read(), said[0].value())->id, by_clock[1].id);
    EXPECT_EQ(erased_by(*database->read(), get(asked).targets[1])->id, asked);

    // Scrubbed like the others, also after a restart in between.
    EXPECT_TRUE(scrub(*database->read(), by_clock[0].id).here);
    EXPECT_FALSE(scrub(*database->read(), by_clock[0].id).gone);
    restart();
    std::vector<std::int64_t> keys;
    hooks.destroy_keys = [&](const auto& entries, std::string_view basis, const auto& blobs) {
        keys.insert(keys.end(), entries.begin(), entries.end());
        if (!blobs.empty()) { EXPECT_EQ(basis, "term_over"); }
    };
    scrub_now();
    EXPECT_TRUE(scrub(*database->read(), by_clock[0].id).gone);
    EXPECT_EQ(std::count(keys.begin(), keys.end(), said[50].value()), 1);
    EXPECT_FALSE(store->size(kernel::sha256(kernel::view("a lamp")))) << "pictures go with the words";
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
    const people::Actor author = visitor(1);
    must(voice::add_word(*needs, author, said.id, "", "At my house, 5 Elm Street", {}));
    EXPECT_EQ(refused(propose_own(*needs, hooks, said.id, "somebody-else-of-22-chars", "")), "voice.code_wrong");
    EXPECT_EQ(refused(propose_own(*needs, hooks, voice::VoiceId(999'999), author.visitor, "")), "voice.code_wrong");
    const ErasureId id = must(propose_own(*needs, hooks, said.id, author.visitor, ""));
    EXPECT_EQ(get(id).targets.size(), 2u);
    EXPECT_FALSE(get(id).by);
    EXPECT_EQ(refused(propose_own(*needs, hooks, said.id, author.visitor, "")), "erasure.proposed_already");
    must(approve(*needs, hooks, as("moderator"), id));
    EXPECT_EQ(refused(propose_own(*needs, hooks, said.id, author.visitor, "")), "erasure.nothing_left");
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
    restart();
    scrub_now();
    EXPECT_TRUE(to_scrub(*database->read()).empty());
    EXPECT_TRUE(blobs_to_scrub(*database->read(), id).empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Erasures, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace erasure
