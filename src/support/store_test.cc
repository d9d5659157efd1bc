// On both engines: who joins what, what is counted, and replay after all of it.
#include "store.h"

#include <random>

#include <voice/casework.h>

#include "change.h"
#include "test_world.h"

namespace support {
namespace {

class Supports : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Supports() : World(GetParam()) {}
};

TEST_P(Supports, EachPersonOnceAndNobodyLearnsWho) {
    const VoiceId id = say("anna");
    EXPECT_EQ(n(id), 0);
    const std::int64_t first = must(give(*needs, visitor("bert"), id)).index;
    must(give(*needs, visitor("carl"), id));
    EXPECT_EQ(n(id), 2);
    EXPECT_EQ(refused(give(*needs, visitor("bert"), id)), "support.given_already");
    EXPECT_EQ(refused(give(*needs, visitor("anna"), id)), "support.own");
    EXPECT_EQ(refused(give(*needs, {}, id)), "support.key_missing");
    EXPECT_EQ(refused(give(*needs, visitor("bert"), VoiceId(999'999))), "voice.unknown");
    EXPECT_EQ(n(id), 2);

    auto db = database->read();
    EXPECT_EQ(people::turnout(*db, desk).people, 3) << "whoever joins takes part in the round";
    const auto shown = ledger::public_entries(*db, first, 2);
    for (const auto& one : shown) {
        EXPECT_FALSE(one.facts || one.facts_salt || one.words || one.words_salt);
        EXPECT_EQ(one.leaf.size(), shown[0].leaf.size()) << "the leaves are of one size";
    }
    const auto entry = ledger::entry(*db, first).value();
    EXPECT_EQ(entry.subject, desk.value());
    EXPECT_FALSE(entry.parent);
    EXPECT_EQ(slip(*db, first)->link, "/cycles/" + std::to_string(desk.value())) << "not the message";
    EXPECT_FALSE(slip(*db, id.value()));
    expect_same_after_rebuild();
}

TEST_P(Supports, TheSameTokenTwiceIsOnce) {
    const VoiceId id = say("anna");
    const Once once = kernel::sha256(kernel::view("a form"));
    const auto first = must(give(*needs, visitor("bert"), id, once));
    EXPECT_EQ(must(give(*needs, visitor("bert"), id, once)).index, first.index);
    EXPECT_EQ(n(id), 1);
}

TEST_P(Supports, TakenBackAndGivenAgain) {
    const VoiceId id = say("anna");
    EXPECT_EQ(refused(take_back(*needs, visitor("bert"), id)), "support.none_given");
    must(give(*needs, visitor("bert"), id));
    EXPECT_EQ(refused(take_back(*needs, visitor("carl"), id)), "support.none_given");
    must(take_back(*needs, visitor("bert"), id));
    EXPECT_EQ(n(id), 0);
    EXPECT_EQ(refused(take_back(*needs, visitor("bert"), id)), "support.none_given");
    must(give(*needs, visitor("bert"), id));
    EXPECT_EQ(n(id), 1);
    EXPECT_EQ(people::turnout(*database->read(), desk).people, 2) << "one person, however often";
    expect_same_after_rebuild();
}

TEST_P(Supports, TakenBackFromAnotherDeviceByTheCode) {
    const VoiceId id = say("anna");
    voice::Draft draft;
    draft.cycle = desk;
    draft.text = "It is dirty.";
    draft.lang = "en";
    const std::string code = must(voice::receive(*needs, visitor("bert"), draft, {})).code;
    must(give(*needs, visitor("bert"), id));
    const std::string wrong = "12345 12345 12345 12345 12345";
    for (const std::string& typed : {wrong, std::string("no code"), std::string(" ")}) {
        const auto refusal = take_back(*needs, visitor("elsewhere"), id, typed);
        EXPECT_EQ(refused(refusal), "support.code_wrong") << typed;
        EXPECT_EQ(refusal.error().field, "code");
    }
    EXPECT_EQ(refused(take_back(*needs, visitor("bert"), id, wrong)), "support.code_wrong") << "what is typed counts";
    must(take_back(*needs, visitor("elsewhere"), id, code));
    EXPECT_EQ(n(id), 0);
    EXPECT_EQ(refused(take_back(*needs, visitor("elsewhere"), id, code)), "support.none_given");
    expect_same_after_rebuild();
}

TEST_P(Supports, CountedForAListInItsOrder) {
    const VoiceId one = say("anna"), two = say("bert"), three = say("carl");
    must(give(*needs, visitor("carl"), two));
    must(give(*needs, visitor("anna"), two));
    must(give(*needs, visitor("anna"), three));
    auto db = database->read();
    EXPECT_EQ(counts(*db, {three, one, two, two, VoiceId(999'999)}), (std::vector<std::int64_t>{1, 0, 2, 2, 0}));
    EXPECT_TRUE(counts(*db, {}).empty());
    std::vector<VoiceId> many(1'100, two);
    many.push_back(three);
    EXPECT_EQ(counts(*db, many).back(), 1) << "asked for in several goes";
}

TEST_P(Supports, StaffSpeakAsPersons) {
    const VoiceId id = say("anna");
    people::Actor officer = as("officer");
    EXPECT_EQ(refused(give(*needs, officer, id)), "support.key_missing") << "nobody joins for another";
    officer.visitor = visitor("officer").visitor;
    must(give(*needs, officer, id));
    EXPECT_EQ(refused(give(*needs, visitor("officer"), id)), "support.given_already");
}

TEST_P(Supports, OnlyWhatIsPublicAndStands) {
    const VoiceId secret = say("anna", {}, voice::Audience::unit_only);
    EXPECT_EQ(refused(give(*needs, visitor("bert"), secret)), "support.not_public");
    const VoiceId hidden = say("anna");
    must(give(*needs, visitor("bert"), hidden));
    must(voice::hide(*needs, as("moderator"), hidden, voice::Ground::advertising, "It sells lamps"));
    EXPECT_EQ(refused(give(*needs, visitor("carl"), hidden)), "support.not_public");
    EXPECT_EQ(n(hidden), 1);
    must(take_back(*needs, visitor("bert"), hidden));
    EXPECT_EQ(n(hidden), 0);
    const VoiceId withdrawn = say("anna");
    must(give(*needs, visitor("bert"), withdrawn));
    must(voice::withdraw(*needs, visitor("anna"), withdrawn, "", false));
    EXPECT_EQ(refused(give(*needs, visitor("carl"), withdrawn)), "support.withdrawn");
    EXPECT_EQ(n(withdrawn), 1) << "it stays in every figure";
    const VoiceId erased = say("anna");
    erase(erased.value());
    EXPECT_EQ(refused(give(*needs, visitor("bert"), erased)), "support.erased");
    expect_same_after_rebuild();
}

TEST_P(Supports, WhatSaysTheSameLeadsToTheOther) {
    const VoiceId master = say("anna"), joined = say("bert"), copy = say("carl");
    for (const VoiceId id : {master, joined}) must(voice::assign(*needs, as("clerk"), id, roads, {}));
    must(voice::join(*needs, as("clerk"), joined, master, "The same lamp"));
    must(voice::hide(*needs, as("moderator"), copy, voice::Ground::duplicate, "Said twice", {}, joined));
    auto db = database->read();
    const auto to = [&](VoiceId id) { return leads_to(*db, voice::voice(*db, id).value()); };
    EXPECT_FALSE(to(master));
    EXPECT_EQ(to(joined), master);
    EXPECT_EQ(to(copy), master) << "as far as it goes";
    for (const VoiceId id : {joined, copy}) {
        EXPECT_EQ(refused(give(*needs, visitor("dora"), id)), "support.says_the_same");
        EXPECT_EQ(may_be_joined(*db, voice::voice(*db, id).value()).error().args.front().second,
                  std::to_string(master.value()));
    }
    must(give(*needs, visitor("dora"), master));
    must(voice::keep_apart(*needs, visitor("bert"), joined, "", "It is another lamp"));
    must(give(*needs, visitor("dora"), joined));
    expect_same_after_rebuild();
}

TEST_P(Supports, APartOfAMessageThatIsOneAgainLeadsToTheWhole) {
    const VoiceId whole = say("anna", {}, voice::Audience::open, "It is dark. And it is dirty.");
    must(voice::split(*needs, as("clerk"), whole,
                      {{"Dark", "It is dark.", voice::Kind::help, "", "", roads},
                       {"Dirty", "And it is dirty.", voice::Kind::help, "", "", {}}}));
    const VoiceId part = voice::parts_of(*database->read(), whole).front().id;
    must(give(*needs, visitor("bert"), whole));
    must(give(*needs, visitor("bert"), part));
    must(voice::put_together(*needs, as("clerk"), whole, "It is one matter"));
    EXPECT_EQ(refused(give(*needs, visitor("carl"), part)), "support.says_the_same");
    EXPECT_EQ(leads_to(*database->read(), voice::voice(*database->read(), part).value()), whole);
    expect_same_after_rebuild();
}

TEST_P(Supports, ACaseThatIsOverTakesNoneAndSoDoesAClosedRound) {
    const VoiceId over = say("anna");
    must(voice::assign(*needs, as("clerk"), over, roads, as("officer").officer));
    must(voice::answer(*needs, as("officer"), over, voice::Answer::done, "It burns.", {}));
    must(give(*needs, visitor("bert"), over));
    go_to("2027-06-01");
    jobs::run_once(voice::tasks(*needs));
    ASSERT_EQ(voice::voice(*database->read(), over)->state, voice::State::closed_unrated);
    EXPECT_EQ(refused(give(*needs, visitor("carl"), over)), "support.case_over");
    must(take_back(*needs, visitor("bert"), over));

    const VoiceId in_round = say("anna", round);
    must(give(*needs, visitor("bert"), in_round));
    must(cycle::advance(*needs, as("head"), round, cycle::Phase::decide, {}, "Enough was said"));
    EXPECT_EQ(refused(give(*needs, visitor("carl"), in_round)), "cycle.not_open");
    EXPECT_EQ(refused(take_back(*needs, visitor("bert"), in_round)), "cycle.not_open") << "what was counted stays";
    EXPECT_EQ(n(in_round), 1);
    expect_same_after_rebuild();
}

TEST_P(Supports, AnErasedKeyIsNobodysAndTheNumberStays) {
    const VoiceId id = say("anna");
    const std::int64_t first = must(give(*needs, visitor("bert"), id)).index;
    erase(first);
    EXPECT_EQ(n(id), 1);
    EXPECT_EQ(refused(take_back(*needs, visitor("bert"), id)), "support.none_given") << "nobody can say any more";
    expect_same_after_rebuild();
}

TEST_P(Supports, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(20261129);
    std::vector<VoiceId> voices = {say("person0")};
    std::vector<std::int64_t> given;
    for (int step = 0; step < 120; ++step) {
        const std::string who = "person" + std::to_string(random() % 6);
        const VoiceId id = voices[random() % voices.size()];
        switch (random() % 9) {
            case 0:
                voices.push_back(say(who, random() % 2 ? std::optional(round) : std::nullopt));
                break;
            case 1:
                (void)voice::withdraw(*needs, visitor(who), id, "", false);
                break;
            case 2:
            case 3:
                (void)take_back(*needs, visitor(who), id);
                break;
            case 4:
                if (!given.empty()) {
                    // Once erased it has no words to erase.
                    erase(given.back());
                    given.pop_back();
                }
                break;
            default:
                if (const auto receipt = give(*needs, visitor(who), id)) given.push_back(receipt->index);
        }
    }
    auto db = database->read();
    std::int64_t in_all = 0;
    for (const std::int64_t one : counts(*db, voices)) in_all += one;
    EXPECT_EQ(in_all, number("select count(*) from support"));
    EXPECT_GT(in_all, 0);
    for (const VoiceId id : voices)
        EXPECT_EQ(n(id), db->one("select count(*) from support where voice = $1", id.value())->integer(0));
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Supports, testing::ValuesIn(db::engines),
                         [](const auto& one) { return db::engine_name(one); });

}  // namespace
}  // namespace support
