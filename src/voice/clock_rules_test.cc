// Cases that go by a preset of their own: months and days, reasons to stop, whose extension it is, steps and reminders.
#include "rules.h"

#include <gtest/gtest.h>

#include "test_cases.h"

namespace voice::rules {
namespace {

using deadline::Level;
using deadline::Reason;
using deadline::Unit;
using people::Role;

kernel::Day day(std::string_view iso) { return kernel::parse_day(iso).value(); }

// Sixty days, then thirty more that only a unit above gives; another body may be asked; a day to hand it back.
preset::Casework petition() {
    preset::Casework c = preset::neutral_casework();
    c.reply.term = {Unit::days, 60, deadline::First::next_day, deadline::Ending::next_working_day};
    c.reply.ladder = {{-5, Level::reminder, {deadline::Whom::handler}, false},
                      {0, Level::due, {deadline::Whom::handler}, false},
                      {3, Level::overdue, {deadline::Whom::head}, false},
                      {10, Level::far_overdue, {deadline::Whom::unit_above}, true}};
    c.reply.then_every = 0;
    c.stops = {{Reason::other_body, {Unit::days, 30}}};
    c.extension = {1, {Unit::days, 30}, deadline::Whom::unit_above, true};
    c.bounce = {1, {}, 24};
    c.superior_at = 2;
    return c;
}
const preset::Casework& the_petition() {
    static const preset::Casework one = petition();
    return one;
}
Today petition_on(std::string_view iso) {
    return {day(iso), weekdays, the_petition(), kernel::start_of(day(iso)) + 12 * 3'600'000};
}

Case petitioned(State state = State::assigned) {
    Case c = a_case(state);
    c.preset = 12;
    const change::Counted reply = counted(petition_on("2026-11-23"), day("2026-11-23"), the_petition().reply.term);
    c.due = reply.due;
    c.late_from = reply.late;
    c.reply_next = reply.look.value_or(reply.late);
    c.assigned_at = kernel::start_of(day("2026-11-23")) + 12 * 3'600'000;
    return c;
}

TEST(VoiceClockRules, DaysAndMonthsAreCountedAsThePresetSays) {
    const Case c = petitioned();
    EXPECT_EQ(kernel::iso(*c.due), "2027-01-22") << "sixty days after Monday 23 November";
    EXPECT_EQ(kernel::iso(*c.late_from), "2027-01-25");
    EXPECT_EQ(kernel::iso(*c.reply_next), "2027-01-15") << "five working days before";
    const deadline::Term month{Unit::months, 1};
    EXPECT_EQ(kernel::iso(counted(petition_on("2026-11-23"), day("2027-01-31"), month).due), "2027-02-28");
}

TEST(VoiceClockRules, OneEntryForEachStepOfTheLadder) {
    Case c = petitioned();
    EXPECT_FALSE(due_soon(c, petition_on("2027-01-14")));
    const auto reminder = due_soon(c, petition_on("2027-01-15"));
    ASSERT_TRUE(reminder);
    EXPECT_EQ(reminder->left, 5);
    EXPECT_EQ(reminder->rung.level, Level::reminder);
    EXPECT_EQ(reminder->rung.to, std::vector{deadline::Whom::handler});
    EXPECT_EQ(reminder->next, day("2027-01-22"));
    c.reply_next = reminder->next;
    EXPECT_FALSE(due_soon(c, petition_on("2027-01-21"))) << "entered once";
    const auto due = due_soon(c, petition_on("2027-01-22"));
    ASSERT_TRUE(due);
    EXPECT_EQ(due->rung.level, Level::due);
    EXPECT_EQ(due->left, 0);
    EXPECT_EQ(due->next, day("2027-01-25"));
    EXPECT_FALSE(late(c, petition_on("2027-01-22")));
    c.reply_next = due->next;
    const auto late_now = late(c, petition_on("2027-01-25"));
    ASSERT_TRUE(late_now) << "that it is late is entered although this ladder has no step there";
    EXPECT_EQ(late_now->days, 1);
    EXPECT_FALSE(late_now->rung->is_public) << "no more public than the step after it";
    EXPECT_EQ(late_now->next, day("2027-01-27"));
    c.reply_next = late_now->next;
    c.late_days = 1;
    const auto far = late(c, petition_on("2027-02-05"));
    ASSERT_TRUE(far) << "after a time without the clock, the newest step alone";
    EXPECT_EQ(far->days, 10);
    EXPECT_EQ(far->rung->level, Level::far_overdue);
    EXPECT_TRUE(far->rung->is_public);
    EXPECT_FALSE(far->next) << "the last step, and nothing comes again";
    EXPECT_FALSE(due_soon(c, petition_on("2027-02-05")));
}

TEST(VoiceClockRules, ItStandsForTheReasonsGrantedAndOnceForEach) {
    Case c = petitioned();
    const Who who = officer(Role::officer, true);
    EXPECT_EQ(key(pause(c, who, Reason::hearing, "a hearing", petition_on("2026-12-01"))), "voice.pause_unknown");
    EXPECT_EQ(at(pause(c, who, Reason::hearing, "a hearing", petition_on("2026-12-01"))), "stop");
    EXPECT_EQ(key(pause(c, who, Reason::author_asked, "which?", petition_on("2026-12-01"))), "voice.pause_unknown")
        << "asking has a form of its own";
    EXPECT_EQ(key(ask_back(c, who, "which?", petition_on("2026-12-01"))), "voice.asking_not_granted");
    EXPECT_EQ(key(pause(c, who, Reason::other_body, "", petition_on("2026-12-01"))), "voice.reason_missing");
    const auto paused = pause(c, who, Reason::other_body, "the water board", petition_on("2026-12-01"));
    ASSERT_TRUE(paused);
    EXPECT_EQ(kernel::iso(paused->until), "2026-12-31");
    EXPECT_EQ(key(resume(c, who, petition_on("2026-12-05"))), "voice.refused_assigned");
    c.state = State::asked_back;
    c.pause = Reason::other_body;
    c.paused_for = 1 << static_cast<int>(Reason::other_body);
    c.asked_on = paused->day;
    c.next_day = paused->until + 1;
    EXPECT_EQ(key(pause(c, who, Reason::other_body, "again", petition_on("2026-12-02"))), "voice.refused_asked_back");
    const auto word = add_word(c, the_author(), "and another thing", petition_on("2026-12-02"));
    ASSERT_TRUE(word);
    EXPECT_FALSE(word->resumed) << "nobody asked the author";
    const auto resumed = resume(c, who, petition_on("2026-12-11"));
    ASSERT_TRUE(resumed);
    EXPECT_EQ(kernel::iso(resumed->reply.due), "2027-02-01") << "ten days more";
    EXPECT_EQ(resumed->reply.term.unit, Unit::days);
    EXPECT_EQ(resumed->by, who.officer);
    EXPECT_EQ(key(resume(c, officer(Role::officer, false), petition_on("2026-12-11"))), "voice.not_yours");
    EXPECT_FALSE(resume_over(c, petition_on("2026-12-31")));
    const auto over = resume_over(c, petition_on("2027-03-01"));
    ASSERT_TRUE(over);
    EXPECT_EQ(kernel::iso(over->reply.due), "2027-02-22") << "thirty days, which end on a Sunday, and no more";
    c.state = State::assigned;
    c.pause.reset();
    EXPECT_EQ(key(pause(c, who, Reason::other_body, "again", petition_on("2026-12-12"))), "voice.paused_before");
}

TEST(VoiceClockRules, WhatWasLateBeforeAPauseStaysSo) {
    Case c = petitioned(State::asked_back);
    c.pause = Reason::other_body;
    c.asked_on = day("2027-01-25");
    c.next_day = day("2027-02-25");
    EXPECT_EQ(resume(c, officer(Role::officer, true), petition_on("2027-02-10"))->reply.due, *c.due);
}

TEST(VoiceClockRules, WhoExtendsAndHowFar) {
    Case c = petitioned();
    Who above = officer(Role::head, false);
    above.above = true;
    const Who own = officer(Role::head, true);
    EXPECT_EQ(key(extend(c, own, day("2027-02-01"), "parts", petition_on("2026-12-01"))), "voice.extension_above");
    EXPECT_EQ(key(extend(c, above, day("2027-02-22"), "parts", petition_on("2026-12-01"))), "voice.extension_too_long");
    const auto longest = extend(c, above, day("2027-02-21"), "parts", petition_on("2026-12-01"));
    ASSERT_FALSE(longest) << "a Sunday: the Monday after it would be beyond";
    const auto extended = extend(c, above, day("2027-02-19"), "parts", petition_on("2026-12-01"));
    ASSERT_TRUE(extended);
    EXPECT_EQ(extended->reply.term.n, 28);
    EXPECT_EQ(kernel::iso(extended->reply.due), "2027-02-19");
    EXPECT_EQ(key(extend(c, above, day("2027-02-01"), "parts", petition_on("2027-01-23"))), "voice.extension_late");
    c.extended = 1;
    EXPECT_EQ(key(extend(c, above, day("2027-02-01"), "parts", petition_on("2026-12-01"))), "voice.extended_before");
}

TEST(VoiceClockRules, HandedBackWithinItsHoursIfAtAll) {
    Case c = petitioned();
    const Who who = officer(Role::officer, true);
    Today today = petition_on("2026-11-24");
    EXPECT_EQ(key(bounce(c, who, "not ours", today)), "") << "twenty-four hours to the minute";
    today.now = today.now + 60'000;
    EXPECT_EQ(key(bounce(c, who, "not ours", today)), "voice.bounce_late");
    c.returnable = false;
    EXPECT_EQ(key(bounce(c, who, "not ours", petition_on("2026-11-24"))), "voice.not_returnable");
    c.returnable = true;
    c.bounced = 1;
    EXPECT_EQ(key(bounce(c, who, "not ours", petition_on("2026-11-24"))), "voice.bounced_enough");
}

TEST(VoiceClockRules, TheReopeningThatGoesALevelUp) {
    Case c = petitioned(State::answered);
    c.reopened = 1;
    EXPECT_EQ(reopen(c, the_author(), "still dark", people::UnitId(10), petition_on("2026-12-01"))->superior,
              people::UnitId(10));
    c.reopened = 2;
    EXPECT_EQ(key(reopen(c, the_author(), "still dark", people::UnitId(10), petition_on("2026-12-01"))),
              "voice.reopened_enough");
}

TEST(VoiceClockRules, ADayWhoseHolidaysAreNotKnownIsMarked) {
    kernel::Calendar calendar = weekdays;
    calendar.covers_from = day("2026-01-01");
    calendar.covers_to = day("2026-12-31");
    const Today today{day("2026-12-28"), calendar, the_casework()};
    EXPECT_TRUE(counted(today, today.day, the_casework().reply.term).beyond);
    EXPECT_FALSE(counted(today, today.day, {Unit::working_days, 2}).beyond);
}

TEST(VoiceClockRules, WhatTheTableListsAndWhereItSends) {
    routing::Lists lists;
    lists.categories = {{"lamps", {"", "", "Lamps"}}};
    lists.districts = {{"north", {"", "", "North"}}};
    lists.rows = {{"lamps", "", "", unit, false}, {"", "north", "", elsewhere, true}};
    routing::Table table{routing::TableId(15), 1, {}, {}, std::make_shared<const routing::Sheet>(lists)};
    Draft d;
    d.cycle = people::CycleId(9);
    d.text = "The lamp is dark.";
    d.lang = "en";
    d.category = "lamps";
    Incoming in{on("2026-11-23"), the_terms};
    EXPECT_EQ(at(receive(d, in)), "category") << "no table, no categories";
    in.table = &table;
    const auto lamps = receive(d, in);
    ASSERT_TRUE(lamps);
    EXPECT_EQ(lamps->table, 15);
    EXPECT_EQ(lamps->district, "") << "asked for and not said";
    const auto to = routed(VoiceId(100), *lamps, table, day("2026-11-23"));
    ASSERT_TRUE(to);
    EXPECT_EQ(to->unit, unit);
    EXPECT_FALSE(to->returnable);
    EXPECT_FALSE(to->by);
    d.district = "south";
    EXPECT_EQ(key(receive(d, in)), "voice.district_unknown");
    d.category = "";
    d.district = "north";
    EXPECT_EQ(routed(VoiceId(100), *receive(d, in), table, day("2026-11-23"))->unit, elsewhere);
    d.audience = Audience::unit_only;
    const auto closed = receive(d, in);
    ASSERT_TRUE(closed);
    EXPECT_FALSE(closed->district) << "a district in public would say where its author lives";
    EXPECT_FALSE(routed(VoiceId(100), *closed, table, day("2026-11-23"))) << "nor does the row say it";
}

TEST(VoiceClockRules, OnlyTheProgramsOwnReadersBringMailAndRequests) {
    Draft d;
    d.cycle = people::CycleId(9);
    d.text = "The lamp is dark.";
    d.lang = "en";
    const Incoming in{on("2026-11-23"), the_terms};
    for (Way way : {Way::email, Way::open311}) {
        d.way = way;
        EXPECT_EQ(key(receive(d, in)), "voice.way_needs_staff");
    }
    d.client = "Street app";
    const auto received = receive(d, in);
    ASSERT_TRUE(received);
    EXPECT_EQ(received->client, "Street app");
    EXPECT_FALSE(received->typist);
    d.way = Way::email;
    d.origin = "<1@example.org>";
    EXPECT_TRUE(receive(d, in));
}

}  // namespace
}  // namespace voice::rules
