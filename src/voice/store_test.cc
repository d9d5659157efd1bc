#include "store.h"

#include <set>

#include <gtest/gtest.h>

#include <people/acts.h>

#include "seal.h"
#include "test_world.h"

namespace voice {
namespace {

class VoiceStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
};

TEST_P(VoiceStore, AVoiceBecomesACaseAtOnce) {
    Draft draft = world.draft();
    draft.title = "Lamp";
    draft.place = "Bakery";
    draft.position = "31.2304,121.4737";
    draft.kind = Kind::help;
    draft.photos = {{kernel::sha256(kernel::view("a")), kernel::sha256(kernel::view("b")), 20, 10, "the lamp"}};
    ledger::Receipt receipt;
    const Received r = must(receive(*world.needs, world.browser(), draft, {}, &receipt));
    EXPECT_EQ(receipt.index, r.id.value());
    EXPECT_EQ(r.code.size(), 25u);
    EXPECT_EQ(r.due, day_of("2026-12-07"));
    const Case c = world.get(r.id);
    EXPECT_EQ(c.state, State::received);
    EXPECT_EQ(c.shown, Shown::published);
    EXPECT_EQ(c.author, people::ParticipantId(r.id.value()));
    EXPECT_EQ(c.next_day, day_of("2026-11-26")) << "by then a unit should have it";
    const auto words = find_words(*world.database->read(), r.id);
    ASSERT_TRUE(words);
    EXPECT_EQ(words->title, "Lamp");
    EXPECT_EQ(words->position, "31.2304,121.4737");
    ASSERT_EQ(words->pictures.size(), 1u);
    EXPECT_EQ(words->pictures[0], draft.photos[0]);
    const Voice v = voice(*world.database->read(), r.id).value();
    EXPECT_EQ(v.text, draft.text);
    EXPECT_EQ(v.kind, Kind::help);
    EXPECT_EQ(v.photos, 1);
    EXPECT_EQ(world.count().voices, 1);
    EXPECT_EQ(world.count().open_to_public, 1);
    EXPECT_EQ(people::turnout(*world.database->read(), world.desk).people, 1);
    const auto slipped = slip(*world.database->read(), r.id.value());
    ASSERT_TRUE(slipped);
    EXPECT_EQ(slipped->kind_key, "voice.kind_help");
    EXPECT_EQ(slipped->due, r.due);
    EXPECT_FALSE(slip(*world.database->read(), 0));
}

TEST_P(VoiceStore, APdfGoesWithItsMessage) {
    const auto hash = [](std::string_view text) { return kernel::sha256(kernel::view(text)); };
    Draft draft = world.draft();
    draft.papers = {
        {{{hash("1"), hash("1 small"), 1000, 1414, "A letter"}, {hash("2"), hash("2 small"), 1000, 700, ""}}, "about"},
        {{{hash("3"), hash("3 small"), 1000, 700, ""}}, ""}};
    const VoiceId id = must(receive(*world.needs, world.browser(), draft, {})).id;
    EXPECT_EQ(voice(*world.database->read(), id)->papers, 2);
    EXPECT_EQ(find_words(*world.database->read(), id)->papers, draft.papers);
    const std::vector<kernel::Hash> blobs = blobs_of(*world.database->read(), id.value());
    EXPECT_EQ(blobs.size(), 8u) << "pages, previews, and what the form kept of each";
    EXPECT_TRUE(blob_in_use(*world.database->read(), hash("2 small")));
    EXPECT_TRUE(blob_in_use(*world.database->read(), hash("3")));
    world.erase(id.value());
    EXPECT_FALSE(blob_in_use(*world.database->read(), hash("2 small")));
    EXPECT_EQ(voice(*world.database->read(), id)->papers, 2) << "how many there were is a fact";
    world.expect_same_after_rebuild();
}

TEST_P(VoiceStore, TheLeafTellsNothingOfTheSpeaker) {
    const Received first = world.said("One"), again = world.said("Two");
    const auto entry = ledger::entry(*world.database->read(), first.id.value()).value();
    EXPECT_EQ(entry.subject, world.desk.value());
    EXPECT_EQ(entry.time.ms % 60'000, 0);
    EXPECT_FALSE(entry.parent);
    // Facts are served: they must be alike whether or not somebody spoke before.
    const auto other = ledger::entry(*world.database->read(), again.id.value()).value();
    EXPECT_EQ(kernel::canonical(entry.facts).size(), kernel::canonical(other.facts).size());
    const auto shown = ledger::public_entries(*world.database->read(), 0, 100);
    for (const ledger::PublicEntry& one : shown)
        EXPECT_EQ(one.facts.value_or("").find("\"key\":"), std::string::npos) << "the seal's key is not served";
    EXPECT_EQ(author_of(*world.database->read(), first.id), author_of(*world.database->read(), again.id));
}

TEST_P(VoiceStore, OneCodeForEachBrowserAndCycle) {
    const Received first = world.said("One", "visitor-a"), again = world.said("Two", "visitor-a"),
                   other = world.said("Three", "visitor-b");
    EXPECT_EQ(first.code.size(), 25u);
    EXPECT_EQ(again.code, "");
    EXPECT_EQ(other.code.size(), 25u);
    EXPECT_NE(first.code, other.code);
    EXPECT_EQ(people::turnout(*world.database->read(), world.desk).people, 2);
    const auto mine = by_authors(*world.database->read(), {*author_of(*world.database->read(), first.id)}, {}, 10);
    EXPECT_EQ(mine, (std::vector<VoiceId>{again.id, first.id}));
}

TEST_P(VoiceStore, WhoIsKnownWithoutACodeGetsOneWithTheirNextVoice) {
    Draft typed = world.draft("A caller says the lamp is dark.");
    typed.way = Way::counter;
    const Received first = must(receive(*world.needs, world.as("roads"), typed, {}));
    const people::ParticipantId who = *author_of(*world.database->read(), first.id);
    const kernel::Hash code = kernel::random_hash();
    auto entry = ledger::entry(*world.database->read(), first.id.value()).value();
    change::Received again = std::get<change::Received>(change::decode(entry));
    again.speaker = close(begin_seal(*seal_key(*world.database->read()), again.cycle), {who, {}, code});
    must(world.ledger->perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> { return w.append(change::encode(again)); }));
    EXPECT_EQ(people::by_code(*world.database->read(), world.desk, code)->id, who);
    EXPECT_EQ(people::turnout(*world.database->read(), world.desk).people, 1);
    EXPECT_EQ(by_authors(*world.database->read(), {who}, {}, 10).size(), 2u);
}

TEST_P(VoiceStore, TheSameFormTwiceIsOneVoice) {
    const Once once = kernel::random_hash();
    ledger::Receipt one, two;
    const Received first = must(receive(*world.needs, world.browser(), world.draft(), once, &one));
    const std::int64_t size = world.ledger->size();
    const Received second = must(receive(*world.needs, world.browser(), world.draft(), once, &two));
    EXPECT_EQ(first.id, second.id);
    EXPECT_EQ(first.due, second.due);
    EXPECT_EQ(second.code, "") << "a code is given once";
    EXPECT_TRUE(two.repeated);
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(VoiceStore, StaffEnterForACallerAndNeverSeeACode) {
    Draft draft = world.draft("A caller says the lamp is dark.");
    draft.way = Way::telephone;
    const Received r = must(receive(*world.needs, world.as("roads"), draft, {}));
    EXPECT_EQ(r.code, "");
    const Case c = world.get(r.id);
    EXPECT_EQ(c.typist, world.as("roads").officer);
    const auto who = people::participant(*world.database->read(), *c.author);
    ASSERT_TRUE(who);
    EXPECT_FALSE(who->has_code);
    EXPECT_EQ(world.count().typed, 1);
    EXPECT_EQ(people::turnout(*world.database->read(), world.desk).people, 1) << "a caller is a person like any other";
    // In their own name they are a speaker of their own kind.
    people::Actor staff = world.as("roads");
    staff.visitor = "staff-browser";
    const Received own = must(receive(*world.needs, staff, world.draft("My own street is dark."), {}));
    EXPECT_TRUE(world.get(own.id).by_staff);
    EXPECT_EQ(own.code.size(), 25u);
    EXPECT_EQ(world.count().by_staff, 1);
}

TEST_P(VoiceStore, ARefusalLeavesNothing) {
    world.said();
    const std::int64_t size = world.ledger->size();
    Draft draft = world.draft("");
    EXPECT_EQ(refused(receive(*world.needs, world.browser(), draft, {})), "voice.text_missing");
    draft = world.draft();
    draft.cycle = people::CycleId(999'999);
    EXPECT_EQ(refused(receive(*world.needs, world.browser(), draft, {})), "cycle.unknown");
    draft = world.draft();
    draft.about_person = true;
    EXPECT_EQ(refused(receive(*world.needs, world.browser(), draft, {})), "voice.about_person_unsaid");
    must(people::change_setting(*world.needs, world.as("admin"), {"complaint.about_persons", "Room 12", "r"}));
    const auto where = receive(*world.needs, world.browser(), draft, {});
    EXPECT_EQ(refused(where), "voice.about_person");
    EXPECT_EQ(where.error().args.at(0).second, "Room 12");
    EXPECT_EQ(refused(assign(*world.needs, world.as("clerk"), VoiceId(999'999), world.roads, {})), "voice.unknown");
    EXPECT_EQ(world.ledger->size(), size + 1) << "the setting alone";
}

TEST_P(VoiceStore, ARoundTakesVoicesOnlyWhileItConsults) {
    cycle::Draft round;
    round.name = "Buses";
    round.lang = "en";
    round.organiser = world.root;
    round.context = {"Everybody", "A bus every ten minutes", "40 buses", "The budget"};
    round.criteria = {"Waiting is short"};
    const people::CycleId id = must(cycle::open(*world.needs, world.as("head"), round));
    Draft draft = world.draft("More buses");
    draft.cycle = id;
    EXPECT_EQ(refused(receive(*world.needs, world.browser(), draft, {})), "cycle.not_open");
    must(cycle::advance(*world.needs, world.as("head"), id, cycle::Phase::consult, day_of("2027-02-28"), ""));
    const Received r = must(receive(*world.needs, world.browser(), draft, {}));
    EXPECT_EQ(world.get(r.id).cycle, id);
    EXPECT_EQ(counts(*world.database->read(), id).voices, 1);
    EXPECT_EQ(world.count().voices, 0);
}

TEST_P(VoiceStore, PersonalNumbersHoldAVoiceForALook) {
    const Received r = world.said("Call me: 13812345678");
    EXPECT_EQ(world.get(r.id).shown, Shown::held);
    EXPECT_EQ(voice(*world.database->read(), r.id)->text, "");
    EXPECT_EQ(voice(*world.database->read(), r.id)->ground, Ground::personal_data);
    EXPECT_EQ(world.count().held, 1);
    EXPECT_EQ(world.count().open_to_public, 0);
    EXPECT_TRUE(withheld(*world.database->read(), r.id.value()));
    const auto held = held_voices(*world.database->read(), {}, 10);
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held.front().voice, r.id);
}

TEST_P(VoiceStore, ListsByFilterAndByKey) {
    std::vector<VoiceId> ids;
    for (int i = 0; i < 7; ++i) {
        Draft d = world.draft("Text " + std::to_string(i));
        d.kind = i % 2 == 0 ? Kind::complaint : Kind::praise;
        if (i == 3) d.audience = Audience::unit_only;
        ids.push_back(must(receive(*world.needs, world.browser("v" + std::to_string(i)), d, {})).id);
    }
    must(assign(*world.needs, world.as("clerk"), ids[2], world.roads, {}));
    const auto found = [&](const std::function<void(Filter&)>& set) {
        Filter f;
        f.at_most = 3;
        set(f);
        std::vector<VoiceId> all;
        for (const Voice& v : voices(*world.database->read(), f)) all.push_back(v.id);
        return all;
    };
    using Ids = std::vector<VoiceId>;
    EXPECT_EQ(found([](Filter&) {}), (Ids{ids[6], ids[5], ids[4]}));
    EXPECT_EQ(found([&](Filter& f) { f.before = ids[4]; }), (Ids{ids[3], ids[2], ids[1]}));
    EXPECT_EQ(found([&](Filter& f) { f.after = ids[1]; }), (Ids{ids[4], ids[3], ids[2]}));
    EXPECT_EQ(found([&](Filter& f) { f.kind = Kind::praise; }), (Ids{ids[5], ids[3], ids[1]}));
    EXPECT_EQ(found([&](Filter& f) { f.state = State::assigned; }), Ids{ids[2]});
    EXPECT_EQ(found([&](Filter& f) { f.unit = world.roads; }), Ids{ids[2]});
    EXPECT_EQ(found([&](Filter& f) { f.late_only = true; }), Ids{});
    EXPECT_EQ(found([&](Filter& f) { f.cycle = people::CycleId(1); }), Ids{});
    EXPECT_EQ(found([&](Filter& f) {
                  f.cycle = world.desk;
                  f.kind = Kind::complaint;
                  f.state = State::received;
                  f.before = ids[6];
              }),
              (Ids{ids[4], ids[0]}));
    Filter f;
    for (const Voice& v : voices(*world.database->read(), f))
        EXPECT_EQ(v.text.empty(), v.audience == Audience::unit_only);
    f.for_public = false;
    for (const Voice& v : voices(*world.database->read(), f)) EXPECT_FALSE(v.text.empty());
}

TEST_P(VoiceStore, WhatWaitsStandsByDueDay) {
    const Received first = world.said("One", "v1");
    world.go_to("2026-11-24");
    const Received second = world.said("Two", "v2"), third = world.said("Three", "v3");
    for (const Received& r : {third, first, second})
        must(assign(*world.needs, world.as("clerk"), r.id, world.roads, {}));
    std::vector<VoiceId> all;
    DeskFilter f;
    f.unit = world.roads;
    for (int page = 0; page < 3; ++page)
        for (const Waiting& w : waiting(*world.database->read(), f, 2)) {
            all.push_back(w.voice.id);
            f.after = Ringing{*w.voice.due, w.voice.id};
        }
    EXPECT_EQ(all, (std::vector<VoiceId>{first.id, second.id, third.id}));
    EXPECT_TRUE(waiting(*world.database->read(), {}, 10).empty());
    f.after.reset();
    f.officer = world.as("roads").officer;
    EXPECT_TRUE(waiting(*world.database->read(), f, 10).empty());
    must(assign(*world.needs, world.as("roads"), second.id, world.roads, f.officer));
    EXPECT_EQ(waiting(*world.database->read(), f, 10).at(0).voice.id, second.id);
    f.late_only = true;
    EXPECT_TRUE(waiting(*world.database->read(), f, 10).empty());
    const Received fourth = world.said("Four", "v4");
    EXPECT_EQ(waiting(*world.database->read(), {}, 10).at(0).voice.id, fourth.id);
}

TEST_P(VoiceStore, WhateverWaitsHasADayAndIsReachedByTurning) {
    const Received given = world.assigned("v0"), asked = world.assigned("v1"), again = world.answered("v2");
    must(ask_back(*world.needs, world.as("roads"), asked.id, "Which lamp?"));
    must(rate(*world.needs, world.browser("v2"), again.id, "", false, 1, ""));
    must(reopen(*world.needs, world.browser("v2"), again.id, "", "Still dark."));
    world.answered("v3");
    Draft praise = world.draft("Thank you.");
    praise.kind = Kind::praise;
    const Received thanks = must(receive(*world.needs, world.browser("v4"), praise, {}));
    must(assign(*world.needs, world.as("clerk"), thanks.id, world.roads, {}));
    for (int at_once : {1, 2, 3, 4, 5}) {
        std::set<std::int64_t> all;
        DeskFilter f;
        f.unit = world.roads;
        for (std::vector<Waiting> page; !(page = waiting(*world.database->read(), f, at_once)).empty();) {
            for (const Waiting& w : page) EXPECT_TRUE(all.insert(w.voice.id.value()).second) << at_once;
            ASSERT_TRUE(page.back().voice.due);
            f.after = Ringing{*page.back().voice.due, page.back().voice.id};
        }
        EXPECT_EQ(all, (std::set{given.id.value(), asked.id.value(), again.id.value(), thanks.id.value()})) << at_once;
    }
}

TEST_P(VoiceStore, ErasedWordsAreGoneAndTheCaseStays) {
    const Received r = world.said("Words to forget");
    world.erase(r.id.value());
    EXPECT_FALSE(find_words(*world.database->read(), r.id));
    EXPECT_EQ(voice(*world.database->read(), r.id)->text, "");
    EXPECT_EQ(world.count().voices, 1);
    must(assign(*world.needs, world.as("clerk"), r.id, world.roads, {}));
    DeskFilter f;
    f.unit = world.roads;
    EXPECT_EQ(waiting(*world.database->read(), f, 10).size(), 1u);
    EXPECT_EQ(refused(may_close(*world.database->read(), world.roads)), "voice.unit_has_cases");
    EXPECT_EQ(refused(may_close(*world.database->read(), world.lamps)), "");
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceStore, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
