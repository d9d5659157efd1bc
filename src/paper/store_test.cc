// On both engines: what is there after each act, who gets at it, and that replaying the log arrives at the same rows.
#include <algorithm>
#include <random>
#include <thread>

#include <voice/call_back.h>

#include "test_world.h"

namespace paper {
namespace {

using kernel::must;
using kernel::refused;
using voice::VoiceId;

class Paper : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;

    voice::Voice message(VoiceId id) { return voice::voice(*world.database->read(), id).value(); }
};

TEST_P(Paper, OnlyWhatASecondPersonComparedIsAMessage) {
    const BatchId b = world.opened();
    const SheetId one = world.typed(b, 1);
    EXPECT_EQ(voice::counts(*world.database->read(), world.cycle).voices, 0);
    EXPECT_EQ(refused(check(needs, world.as("ann"), one, world.same(one))), "paper.same_person");
    EXPECT_EQ(refused(check(needs, world.as("roads"), one, world.same(one))), "paper.not_yours");
    EXPECT_EQ(refused(check(needs, world.as("dot"), one, world.same(one))), "people.contractor_may_not");
    EXPECT_EQ(refused(check(needs, {}, one, world.same(one))), "people.sign_in_first");
    EXPECT_EQ(refused(check(needs, world.as("ben"), SheetId(3), world.same(one))), "paper.sheet_unknown");
    must(check(needs, world.as("ben"), one, world.same(one)));
    const VoiceId id = world.get(one).voice.value();
    EXPECT_EQ(message(id).way, voice::Way::paper);
    EXPECT_EQ(message(id).text, World::said().text);
    EXPECT_FALSE(message(id).by_staff);
    EXPECT_EQ(voice::counts(*world.database->read(), world.cycle).typed, 1);
    EXPECT_EQ(refused(check(needs, world.as("cai"), one, world.same(one))), "paper.sheet_decided");
    EXPECT_EQ(refused(send_back(needs, world.as("cai"), one, "late")), "paper.sheet_decided");
    const Batch now = world.get(b);
    EXPECT_EQ(now.taken, 1);
    EXPECT_EQ(now.waiting, 0);
    EXPECT_EQ(now.untyped(), 2);
    EXPECT_FALSE(now.complete());
    world.expect_same_after_rebuild();
}

TEST_P(Paper, CorrectingKeepsBothTexts) {
    const BatchId b = world.opened();
    const SheetId one = world.typed(b, 1, World::said("The lamb is dark."));
    Compared asked = world.same(one);
    asked.typed.text = "The lamp is dark.";
    EXPECT_EQ(refused(check(needs, world.as("ben"), one, asked)), "paper.not_the_same");
    asked.same = false;
    must(check(needs, world.as("ben"), one, asked));
    EXPECT_EQ(message(world.get(one).voice.value()).text, "The lamp is dark.");
    EXPECT_EQ(versions(*world.database->read(), one)[0].typed.text, "The lamb is dark.");
    EXPECT_TRUE(world.get(one).corrected);
    EXPECT_EQ(world.get(b).corrected, 1);
    // What voice refuses of the correction, it refuses at its field, and the sheet still waits.
    const SheetId two = world.typed(b, 2);
    Compared bad = world.same(two);
    bad.same = false;
    bad.typed.category = "of another table";
    const auto done = check(needs, world.as("ben"), two, bad);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().field, "category");
    EXPECT_EQ(world.get(two).state, SheetState::waits);
}

TEST_P(Paper, SentBackAndTypedAgain) {
    const BatchId b = world.opened();
    const SheetId one = world.typed(b, 1);
    const Compared old = world.same(one);
    EXPECT_EQ(refused(send_back(needs, world.as("ben"), one, "")), "paper.remark_missing");
    must(send_back(needs, world.as("ben"), one, "The second page is missing."));
    EXPECT_EQ(world.get(b).returned, 1);
    EXPECT_EQ(refused(check(needs, world.as("ben"), one, old)), "paper.sheet_returned");
    EXPECT_EQ(must(type(needs, world.as("cai"), b, 1, World::said("Both pages."))), one);
    EXPECT_EQ(refused(check(needs, world.as("ben"), one, old)), "paper.retyped");
    EXPECT_EQ(refused(check(needs, world.as("ann"), one, world.same(one))), "paper.same_person")
        << "typed an older one";
    EXPECT_EQ(refused(check(needs, world.as("cai"), one, world.same(one))), "paper.same_person");
    must(check(needs, world.as("ben"), one, world.same(one)));
    EXPECT_EQ(versions(*world.database->read(), one).size(), 2u);
    EXPECT_EQ(world.get(b).returned, 0);
    // Who typed it takes it back without a reason.
    const SheetId two = world.typed(b, 2);
    must(send_back(needs, world.as("ann"), two, ""));
    EXPECT_EQ(world.get(two).state, SheetState::returned);
    world.expect_same_after_rebuild();
}

TEST_P(Paper, ABatchIsCompleteWhenEverySheetIsSettled) {
    const BatchId b = world.opened(3);
    world.taken(b, 1);
    const SheetId wet = world.typed(b, 2, World::none(What::unreadable)),
                  blank = world.typed(b, 3, World::none(What::empty));
    EXPECT_EQ(refused(type(needs, world.as("ann"), b, 2, World::said())), "paper.sheet_there");
    EXPECT_EQ(refused(type(needs, world.as("ann"), b, 4, World::said())), "paper.number_range");
    EXPECT_EQ(refused(check(needs, world.as("ann"), wet, world.same(wet))), "paper.same_person");
    must(check(needs, world.as("ben"), wet, world.same(wet)));
    EXPECT_FALSE(world.get(b).complete());
    must(check(needs, world.as("ben"), blank, world.same(blank)));
    const Batch now = world.get(b);
    EXPECT_TRUE(now.complete());
    EXPECT_EQ(now.unreadable + now.empty, 2);
    // There was a fourth: somebody else says so, and it is open again.
    EXPECT_EQ(refused(recount(needs, world.as("ann"), b, 4, "Stuck together.")), "paper.same_count");
    EXPECT_EQ(refused(recount(needs, world.as("ben"), b, 2, "x")), "paper.sheets_fewer");
    must(recount(needs, world.as("ben"), b, 4, "Two stuck together."));
    EXPECT_FALSE(world.get(b).complete());
    EXPECT_EQ(refused(recount(needs, world.as("ben"), b, 5, "x")), "paper.same_count");
    const SheetId fourth = world.typed(b, 4, World::none(What::elsewhere, "To the receivers of confidential letters."));
    must(check(needs, world.as("ben"), fourth, world.same(fourth)));
    EXPECT_TRUE(world.get(b).complete());
    // Fewer than were said: it never completes by itself, but by a count with a reason.
    const BatchId few = world.opened(2);
    world.taken(few, 1);
    EXPECT_FALSE(world.get(few).complete());
    must(recount(needs, world.as("cai"), few, 1, "There was one."));
    EXPECT_TRUE(world.get(few).complete());
    const Sums of = sums(*world.database->read(), world.cycle);
    EXPECT_EQ(of.batches, 2);
    EXPECT_EQ(of.open, 0);
    EXPECT_EQ(of.sheets, 5);
    EXPECT_EQ(of.taken, 2);
    EXPECT_EQ(of.aside, 3);
    world.expect_same_after_rebuild();
}

// Two compare at once: one of them takes it, and it is one message.
TEST_P(Paper, TwoWhoCompareAtOnce) {
    const BatchId b = world.opened(10);
    for (int n = 1; n <= 10; ++n) {
        const SheetId id = world.typed(b, n);
        const Compared asked = world.same(id);
        const people::Actor ben = world.as("ben"), cai = world.as("cai");
        int done = 0;
        std::thread other([&] {
            const auto made = check(needs, ben, id, asked);
            if (made) ++done;
        });
        const auto mine = check(needs, cai, id, asked);
        other.join();
        done += mine ? 1 : 0;
        EXPECT_EQ(done, 1) << n;
    }
    EXPECT_EQ(voice::counts(*world.database->read(), world.cycle).voices, 10);
    EXPECT_EQ(world.get(b).taken, 10);
}

TEST_P(Paper, TheSameFormTwiceIsOneSheetAndOneMessage) {
    const BatchId b = world.opened();
    const auto once = [](const char* text) { return Once(kernel::sha256(kernel::view(text))); };
    const SheetId first = must(type(needs, world.as("ann"), b, 1, World::said(), once("a")));
    EXPECT_EQ(must(type(needs, world.as("ann"), b, 1, World::said(), once("a"))), first);
    const Compared asked = world.same(first);
    EXPECT_EQ(must(check(needs, world.as("ben"), first, asked, once("b"))), first);
    EXPECT_EQ(must(check(needs, world.as("ben"), first, asked, once("b"))), first);
    EXPECT_EQ(voice::counts(*world.database->read(), world.cycle).voices, 1);
    EXPECT_EQ(must(open(needs, world.as("ann"), {world.cycle, "Box", world.today(), 2}, once("c"))),
              must(open(needs, world.as("ann"), {world.cycle, "Box", world.today(), 2}, once("c"))));
    const Codes codes = must(make_codes(needs, world.as("cai"), b, once("d")));
    EXPECT_EQ(codes.all.size(), 1u);
    const Codes again = must(make_codes(needs, world.as("cai"), b, once("d")));
    EXPECT_TRUE(again.repeated);
    EXPECT_TRUE(again.all.empty()) << "nobody gets a code twice";
}

// The answer is due from the day of collection, however long the box waited for somebody to type it.
TEST_P(Paper, TheTermRunsFromTheDayOfCollection) {
    world.go_to("2026-11-23");
    const BatchId b = must(open(needs, world.as("ann"), {world.cycle, "Box", kernel::on("2026-11-16"), 2}));
    const VoiceId letter = world.taken(b, 1);
    voice::Draft d;
    d.cycle = world.cycle;
    d.kind = voice::Kind::help;
    d.text = "By the web.";
    d.lang = "en";
    const VoiceId web = must(voice::receive(needs, World::visitor(1), d, {})).id;
    const int apart = kernel::working_days_between(people::calendar(*world.database->read()),
                                                   message(letter).due.value(), message(web).due.value());
    EXPECT_EQ(apart, 5);
    world.expect_same_after_rebuild();
}

TEST_P(Paper, ARoundThatHasEndedGivesItsLettersToTheDesk) {
    cycle::Draft draft;
    draft.name = "Stops";
    draft.lang = "en";
    draft.organiser = world.root;
    draft.criteria = {"Fair"};
    draft.context = {"a", "b", "c", "d"};
    const people::CycleId round = must(cycle::open(needs, world.as("clerk"), draft));
    EXPECT_EQ(refused(open(needs, world.as("ann"), {round, "Box", world.today(), 2})), "cycle.not_open");
    must(cycle::advance(needs, world.as("clerk"), round, cycle::Phase::consult, {}, ""));
    const BatchId b = must(open(needs, world.as("ann"), {round, "Box", world.today(), 2}));
    EXPECT_EQ(message(world.taken(b, 1)).cycle, round);
    const SheetId late = world.typed(b, 2);
    // Whatever closes it: a letter that came in time is not lost.
    if (cycle::advance(needs, world.as("clerk"), round, cycle::Phase::decide, {}, "")) {
        must(check(needs, world.as("ben"), late, world.same(late)));
        EXPECT_EQ(message(world.get(late).voice.value()).cycle, world.cycle);
    }
}

TEST_P(Paper, ACodeIsMadeOnceByWhoHadNoPart) {
    const BatchId b = world.opened(3);
    const VoiceId one = world.taken(b, 1), two = world.taken(b, 2);
    must(voice::assign(needs, world.as("clerk"), two, world.roads, {}));
    EXPECT_EQ(refused(make_codes(needs, world.as("dot"), b)), "people.contractor_may_not");
    EXPECT_EQ(refused(make_codes(needs, world.as("moderator"), b)), "paper.not_yours");
    EXPECT_EQ(refused(make_codes(needs, world.as("ann"), b)), "paper.no_codes_left") << "typed them";
    EXPECT_EQ(refused(make_codes(needs, world.as("ben"), b)), "paper.no_codes_left") << "compared them";
    const Codes some = must(make_codes(needs, world.as("roads_clerk"), b));
    ASSERT_EQ(some.all.size(), 1u) << "not of what their own unit has";
    EXPECT_EQ(some.all[0].voice, one);
    const ToCode left = to_code(*world.database->read(), world.as("cai"), world.get(b));
    EXPECT_EQ(left.mine, 1);
    const Codes rest = must(make_codes(needs, world.as("cai"), b));
    ASSERT_EQ(rest.all.size(), 1u);
    EXPECT_EQ(refused(make_codes(needs, world.as("cai"), b)), "paper.no_codes_left");
    EXPECT_EQ(world.get(b).codes, 2);
    // The code opens this message and no other, and with it its author rates.
    must(voice::answer(needs, world.as("roads"), two, voice::Answer::done, "It burns.", {}));
    EXPECT_EQ(refused(voice::rate(needs, World::visitor(1), two, some.all[0].code.digits(), true, 5, "")),
              "voice.code_wrong");
    must(voice::rate(needs, World::visitor(1), two, rest.all[0].code.in_fives(), true, 4, "Yes."));
    EXPECT_EQ(message(two).rating, 4);
    // Served to nobody: neither codes nor which message they open.
    for (const auto& e : ledger::public_entries(*world.database->read(), 0, 200)) {
        if (!e.facts || e.leaf.find("paper.codes_made") == std::string::npos) continue;
        ADD_FAILURE() << *e.facts;
    }
    world.expect_same_after_rebuild();
}

TEST_P(Paper, WhoHadAPartNeitherCallsNorRates) {
    const BatchId b = world.opened(1);
    const VoiceId id = world.taken(b, 1);
    must(voice::assign(needs, world.as("clerk"), id, world.roads, {}));
    must(voice::answer(needs, world.as("roads"), id, voice::Answer::done, "It burns.", {}));
    auto db = world.database->read();
    EXPECT_EQ(refused(voice::may_call_back(*db, world.as("ann"), id)), "voice.same_person");
    EXPECT_EQ(refused(voice::may_call_back(*db, world.as("ben"), id)), "voice.same_person") << "compared it";
    EXPECT_TRUE(voice::may_call_back(*db, world.as("cai"), id));
    EXPECT_TRUE(had_part(*db, world.as("ben").officer, id));
    EXPECT_FALSE(had_part(*db, world.as("cai").officer, id));
    EXPECT_TRUE(concerns(*db, world.as("roads"), world.get(sheet_of(*db, id)->id).version));
    EXPECT_FALSE(concerns(*db, world.as("cai"), world.get(sheet_of(*db, id)->id).version));
}

TEST_P(Paper, WhatAContractorTypedIsCounted) {
    const BatchId b = world.opened(2);
    const SheetId id = world.typed(b, 1, World::said(), "dot");
    must(check(needs, world.as("ben"), id, world.same(id)));
    EXPECT_EQ(world.get(b).contracted, 1);
    world.taken(b, 2);
    EXPECT_EQ(world.get(b).contracted, 1);
    EXPECT_EQ(refused(open(needs, world.as("moderator"), {world.cycle, "Box", world.today(), 1})), "paper.not_yours");
    world.expect_same_after_rebuild();
}

TEST_P(Paper, ErasingLeavesTheFigures) {
    const BatchId b = world.opened(3);
    const SheetId waits = world.typed(b, 1, World::said("Secret of Mrs Example."));
    world.erase(waits.value());
    EXPECT_EQ(refused(check(needs, world.as("ben"), waits, {true, {}, waits.value()})), "paper.words_gone");
    must(send_back(needs, world.as("ben"), waits, "Type it again, without the name."));
    const VoiceId id = world.taken(b, 2, World::said("Another secret."));
    auto db = world.database->read();
    const auto mine = of_author(*db, id);
    ASSERT_EQ(mine.size(), 1u);
    world.erase(mine[0]);
    world.erase(id.value());
    EXPECT_EQ(message(id).text, "");
    EXPECT_EQ(versions(*db, sheet_of(*db, id)->id)[0].typed.text, "");
    world.erase(b.value());
    EXPECT_EQ(world.get(b).place, "");
    EXPECT_EQ(world.get(b).taken, 1);
    EXPECT_EQ(world.number("select count(*) from paper_version where text like '%ecret%'"), 0);
    world.expect_same_after_rebuild();
}

TEST_P(Paper, ListsThatAreReadAllDayNeverScan) {
    auto db = world.database->read();
    const std::pair<db::Query, const char*> rows[] = {
        {sheets_query(BatchId(9), SheetState::waits, 0, 50), "paper_sheet_state"},
        {without_code_query(BatchId(9), 0, 50), "paper_sheet_state"},
    };
    for (const auto& [query, index] : rows) {
        const std::string plan = db::plan_of(*db, query);
        EXPECT_NE(plan.find(index), std::string::npos) << plan;
        for (const char* slow : {"SCAN", "TEMP B-TREE", "Seq Scan", "Sort"})
            EXPECT_EQ(plan.find(slow), std::string::npos) << plan;
    }
}

// Whatever happens, and whatever is erased in between.
TEST_P(Paper, ReplayEqualsLife) {
    std::mt19937 random(20261129);
    const auto below = [&](std::size_t n) { return random() % n; };
    std::vector<BatchId> opened = {world.opened(6), world.opened(4, "ben")};
    std::vector<SheetId> sheets;
    const char* names[] = {"ann", "ben", "cai", "dot", "clerk"};
    int done = 0;
    const auto count = [&](const auto& made) { done += made ? 1 : 0; };
    for (int step = 0; step < 160; ++step) {
        const people::Actor who = world.as(names[below(5)]);
        const BatchId b = opened[below(opened.size())];
        const std::string n = std::to_string(step);
        const auto any = [&] { return sheets[below(sheets.size())]; };
        switch (below(9)) {
            case 0:
                count(make_codes(needs, who, b));
                break;
            case 1:
                count(recount(needs, who, b, static_cast<std::int64_t>(3 + below(8)), "counted " + n));
                break;
            case 2:
                if (!sheets.empty()) count(send_back(needs, who, any(), "back " + n));
                break;
            case 3:
            case 4:
            case 5: {
                if (sheets.empty()) break;
                const SheetId id = any();
                Compared asked = world.same(id);
                if (below(3) == 0) asked.same = false, asked.typed.text += " corrected";
                count(check(needs, who, id, asked));
                break;
            }
            default: {
                const Typed t =
                    below(4) == 0 ? World::none(static_cast<What>(1 + below(3)), "why " + n) : World::said("text " + n);
                const auto made = type(needs, who, b, static_cast<int>(1 + below(6)), t);
                count(made);
                if (made) sheets.push_back(*made);
                break;
            }
        }
        const std::int64_t last = world.ledger->size() - 1;
        const auto entry = ledger::entry(*world.database->read(), last);
        if (below(5) == 0 && entry->words) world.erase(last);
    }
    EXPECT_GT(done, 40);
    for (BatchId b : opened) {
        const Batch now = world.get(b);
        EXPECT_GE(now.untyped(), 0);
        EXPECT_EQ(now.complete(), now.settled() == now.sheets);
    }
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Paper, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace paper
