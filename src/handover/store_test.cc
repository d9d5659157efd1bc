// On both engines: what of a handover is entered, sent and shown, what erasing leaves of it, and replay.
#include "store.h"

#include <random>

#include "change.h"
#include "test_world.h"

namespace handover {
namespace {

TEST_P(Handing, TheKeyIsInNoEntryAndTheWordsThatWereSentAreServedToNobody) {
    const HandoverId h = handed(water, said());
    answers = {number("1")};
    run();
    auto db = database->read();
    for (const ledger::Entry& e : ledger::entries(*db, 0, 1000)) {
        const std::string all = kernel::canonical(e.facts) + (e.words ? kernel::canonical(*e.words) : "");
        EXPECT_EQ(all.find("very-secret-key"), std::string::npos);
    }
    const auto entry = ledger::public_entries(*db, h.value(), 1).at(0);
    EXPECT_TRUE(entry.facts);
    EXPECT_FALSE(entry.words);
    EXPECT_TRUE(ledger::public_entries(*db, last_of("handover.taken")->index, 1).at(0).words) << "their number";
}

TEST_P(Handing, WhatIsForTheUnitAloneGoesOnlyWithItsAuthor) {
    const VoiceId id = said(voice::Audience::unit_only);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(water))), "handover.not_agreed");
    EXPECT_EQ(refused(agree(*needs, "a-stranger's-token", "", id, water)), "voice.code_wrong");
    must(agree(*needs, visitor(visitors).visitor, "", id, water));
    EXPECT_EQ(refused(agree(*needs, visitor(visitors).visitor, "", id, water)), "handover.agreed_already");
    Draft quoting = draft(water);
    quoting.text = "They say: The pipe in Elm Street is leaking again";
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, quoting)), "handover.words_of_author");
    const HandoverId h = handed(water, id);
    answers = {number("1")};
    run();
    auto db = database->read();
    for (const char* kind : {"handover.agreed", "handover.handed"}) {
        const auto shown = ledger::public_entries(*db, last_of(kind)->index, 1).at(0);
        EXPECT_FALSE(shown.facts || shown.words) << kind;
    }
    EXPECT_FALSE(ledger::public_entries(*db, last_of("handover.taken")->index, 1).at(0).words);
    EXPECT_TRUE(withheld(*db, h.value()));
    const auto other = named("Parks", "https://park.example/v2");
    offers(other);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(other))), "handover.not_agreed") << "this one alone";
    expect_same_after_rebuild();
}

TEST_P(Handing, WhatIsHiddenMeanwhileIsWithheld) {
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    answers = {number("1")};
    run();
    EXPECT_FALSE(withheld(*database->read(), h.value()));
    must(voice::hide(*needs, as("moderator"), id, people::Ground::advertising, "An advertisement."));
    EXPECT_TRUE(withheld(*database->read(), last_of("handover.taken")->index));
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(named("B", "https://park.example/v2")))),
              "handover.not_shown");
}

TEST_P(Handing, NothingIsAskedWithoutAKeyInTheFile) {
    const AuthorityId bare = named("No key", "https://bare.example");
    offers(bare);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), said(), draft(bare))), "handover.no_key");
    const HandoverId h = handed(water, said());
    means.keys.clear();
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(errand_of(h)->fault, "no_key");
    EXPECT_TRUE(tasks(*needs, means).empty());
    EXPECT_FALSE(fault_of(Means{{{"https://a.example", kernel::Secret("k"), false}}}));
    EXPECT_TRUE(fault_of(Means{{{"http://a.example", kernel::Secret("k"), false}}}));
    EXPECT_TRUE(fault_of(Means{{{"https://a.example", kernel::Secret(""), false}}}));
    EXPECT_TRUE(fault_of(Means{{{"https://a.example", kernel::Secret("a\nb"), false}}}));
}

TEST_P(Handing, ErasedWordsAreNotSentAndAnErasedNumberIsNotFollowed) {
    const HandoverId waiting = handed(water, said());
    erase(waiting.value());
    EXPECT_EQ(now(waiting).text + now(waiting).reason + now(waiting).address, "");
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(steps(*database->read(), waiting).front().why, Why::words_erased);
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    answers = {number("1")};
    run();
    EXPECT_EQ(of_author(*database->read(), id).size(), 2u);
    for (const std::int64_t entry : of_author(*database->read(), id)) erase(entry);
    later(rules::day);
    run();
    EXPECT_EQ(requests.size(), 1u);
    EXPECT_FALSE(errand_of(h));
    expect_same_after_rebuild();
}

// Erased here, still said there: it does not come back by itself.
TEST_P(Handing, TheirWordsThatWereErasedAreNotEnteredAgain) {
    const HandoverId h = handed(water, said());
    answers = {number("1")};
    run();
    later(6 * rules::minute);
    answers = {status("1", "open", "Ms Sample was not at home.")};
    run();
    erase(last_of("handover.followed")->index);
    EXPECT_EQ(steps(*database->read(), h).front().notes, "");
    for (int i = 0; i < 3; ++i) {
        later(rules::day);
        answers = {status("1", "open", "Ms Sample was not at home.")};
        run();
    }
    EXPECT_EQ(entries_of_kind("handover.followed"), 1);
    later(rules::day);
    answers = {status("1", "open", "Done.")};
    run();
    EXPECT_EQ(entries_of_kind("handover.followed"), 2);
    expect_same_after_rebuild();
}

TEST_P(Handing, WhatIsHiddenOrWithdrawnBeforeItWasSentIsNotSent) {
    const VoiceId hidden = said();
    const HandoverId one = handed(water, hidden);
    must(voice::hide(*needs, as("moderator"), hidden, people::Ground::advertising, "An advertisement."));
    const VoiceId withdrawn = said();
    const HandoverId two = handed(water, withdrawn);
    // By the browser that sent it.
    people::Actor author = visitor(visitors);
    must(voice::withdraw(*needs, author, withdrawn, "", false));
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(errand_of(one)->fault, "not_shown");
    EXPECT_EQ(steps(*database->read(), two).front().why, Why::not_sent);
    must(voice::show_again(*needs, as("moderator"), hidden, "It is none."));
    later(6 * rules::minute);
    answers = {number("1")};
    run();
    EXPECT_EQ(now(one).number, "1");
}

TEST_P(Handing, ReplayEqualsLifeWhateverWasErased) {
    std::mt19937 random(20261129);
    const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    std::vector<std::int64_t> erasable;
    int taken = 0;
    for (int i = 0; i < 12; ++i) {
        const auto audience = pick(3) == 0 ? voice::Audience::unit_only : voice::Audience::open;
        const VoiceId id = said(audience);
        if (audience == voice::Audience::unit_only) must(agree(*needs, visitor(visitors).visitor, "", id, water));
        const HandoverId h = handed(water, id);
        erasable.push_back(h.value());
        switch (pick(4)) {
            case 0:
                answers = {answered(400, R"([{"code":400,"description":"no"}])")};
                break;
            case 1:
                answers = {answered(500, "")};
                break;
            default:
                answers = {number(std::to_string(++taken))};
        }
        run();
        later(6 * rules::minute);
        if (now(h).state == State::open) {
            answers = {status(now(h).number, pick(2) ? "open" : "closed", "Note " + std::to_string(i))};
            run();
        }
        for (const Step& s : steps(*database->read(), h)) erasable.push_back(s.entry);
        if (pick(2)) {
            const auto one = erasable.begin() + pick(static_cast<int>(erasable.size()));
            erase(*one);
            erasable.erase(one);
        }
        answers.clear();
    }
    must(end_authority(*needs, as("administrator"), water, "Over."));
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Handing, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace handover
