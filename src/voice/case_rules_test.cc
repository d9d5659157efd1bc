#include "rules.h"

#include <functional>

#include <gtest/gtest.h>

#include "test_cases.h"

namespace voice::rules {
namespace {

using people::Role;

TEST(VoiceRules, RolesThatCheckEachOtherAreNeverOnePerson) {
    Case c = a_case(State::assigned);
    c.officer = people::OfficerId(50);
    EXPECT_EQ(key(may(Act::extend, c, officer(Role::head, true, 50))), "voice.same_person");
    EXPECT_EQ(key(may(Act::extend, c, officer(Role::head, true, 51))), "");
    EXPECT_EQ(key(may(Act::hide, c, officer(Role::moderator, false, 50))), "voice.same_person");
    c = a_case(State::answered);
    for (Act act : {Act::hide, Act::hold, Act::decide_report})
        EXPECT_EQ(key(may(act, c, officer(Role::moderator, false, 31))), "voice.same_person");
    Who answering_author = officer(Role::officer, false, 31);
    answering_author.author = true;
    EXPECT_EQ(key(may(Act::rate, c, answering_author)), "voice.same_person");
    EXPECT_EQ(key(may(Act::reopen, c, answering_author)), "voice.same_person");
    c.typist = people::OfficerId(70);
    Who typing_author = officer(Role::officer, false, 70);
    typing_author.author = true;
    EXPECT_EQ(key(may(Act::rate, c, typing_author)), "voice.same_person");
    c = a_case(State::assigned);
    c.shown = Shown::hidden;
    c.hidden_by = people::OfficerId(60);
    c.hidden_entry = 110;
    EXPECT_EQ(key(may(Act::show_again, c, officer(Role::moderator, false, 60))), "") << "a second thought of one's own";
    c.appeal = 120;
    EXPECT_EQ(key(may(Act::show_again, c, officer(Role::moderator, false, 60))), "voice.same_person");
    EXPECT_EQ(key(may(Act::refuse_appeal, c, officer(Role::moderator, false, 60))), "voice.same_person");
    EXPECT_EQ(key(may(Act::refuse_appeal, c, officer(Role::moderator, false, 61))), "");
    EXPECT_EQ(key(may(Act::refuse_appeal, c, officer(Role::moderator, true, 61))), "voice.unit_concerned");
}

TEST(VoiceRules, AClosedAccountDoesNothing) {
    Who gone = officer(Role::officer, true);
    gone.active = false;
    EXPECT_EQ(key(may(Act::answer, a_case(State::assigned), gone)), "people.account_closed");
}

TEST(VoiceRules, TheDueDayIsCountedInTheOpen) {
    kernel::Calendar calendar{"cn",
                              {kernel::parse_day("2026-10-01").value(), kernel::parse_day("2026-10-02").value()},
                              {kernel::parse_day("2026-10-10").value()},
                              {0, 6}};
    const kernel::Day wednesday = kernel::parse_day("2026-09-30").value();
    const Today today{wednesday, calendar, the_casework()};
    const change::Counted c = counted(today, wednesday, {deadline::Unit::working_days, 5});
    // Wednesday; closed Thursday and Friday; 5, 6, 7, 8, 9 October.
    EXPECT_EQ(kernel::iso(c.due), "2026-10-09");
    EXPECT_EQ(kernel::iso(c.late), "2026-10-10") << "a Saturday that is worked";
    EXPECT_EQ(c.closed.size(), 2u);
    EXPECT_EQ(c.worked.size(), 1u);
    EXPECT_EQ(c.calendar, "cn");
    const kernel::Day monday = kernel::parse_day("2026-10-05").value();
    EXPECT_EQ(counted(today, monday, {deadline::Unit::working_days, 0}).due, monday);
}

TEST(VoiceRules, AnswersNeedWhatTheirClassNeeds) {
    const Case c = a_case(State::assigned);
    const Who who = officer(Role::officer, true);
    const auto day = kernel::parse_day("2026-12-31");
    EXPECT_EQ(key(answer(c, who, Answer::done, "Done.", {}, on("2026-11-24"))), "");
    EXPECT_EQ(key(answer(c, who, Answer::done, "", {}, on("2026-11-24"))), "voice.text_missing");
    EXPECT_EQ(key(answer(c, who, Answer::cannot, "", {}, on("2026-11-24"))), "voice.reason_missing");
    EXPECT_EQ(at(answer(c, who, Answer::cannot, "", {}, on("2026-11-24"))), "text");
    EXPECT_EQ(key(answer(c, who, Answer::dated, "Soon.", {}, on("2026-11-24"))), "voice.answer_day_missing");
    EXPECT_EQ(key(answer(c, who, Answer::long_term, "Later.", {}, on("2026-11-24"))), "voice.answer_day_missing");
    EXPECT_EQ(key(answer(c, who, Answer::agreed, "We agreed.", {}, on("2026-11-24"))), "voice.answer_day_missing");
    EXPECT_EQ(key(answer(c, who, Answer::agreed, "We agreed.", day, on("2026-11-24"))), "");
    EXPECT_EQ(key(answer(c, who, Answer::dated, "Soon.", day, on("2026-11-24"))), "");
    EXPECT_EQ(key(answer(c, who, Answer::dated, "Soon.", day, on("2026-12-31"))), "voice.day_past");
    EXPECT_EQ(key(answer(c, who, Answer::done, "Done.", day, on("2026-11-24"))), "voice.answer_day_unneeded");
    EXPECT_EQ(key(answer(c, who, Answer::done, std::string(5001, 'x'), {}, on("2026-11-24"))), "kernel.text_too_long");
    EXPECT_EQ(kernel::iso(answer(c, who, Answer::done, "Done.", {}, on("2026-11-24"))->term), "2026-12-08");
}

TEST(VoiceRules, OneExtensionBeforeTheDueDayByWhoDoesNotHandleIt) {
    Case c = a_case(State::assigned);
    const Who head = officer(Role::head, true);
    const auto day = [](std::string_view iso) { return kernel::parse_day(iso).value(); };
    const auto extended = extend(c, head, day("2026-12-14"), "Parts are late", on("2026-11-24"));
    ASSERT_TRUE(extended);
    EXPECT_EQ(extended->reply.term.n, 5);
    EXPECT_EQ(kernel::iso(extended->reply.due), "2026-12-14");
    EXPECT_EQ(key(extend(c, head, day("2026-12-14"), "", on("2026-11-24"))), "voice.reason_missing");
    EXPECT_EQ(key(extend(c, head, day("2026-12-07"), "r", on("2026-11-24"))), "voice.extension_backwards");
    EXPECT_EQ(key(extend(c, head, day("2026-12-01"), "r", on("2026-11-24"))), "voice.extension_backwards");
    EXPECT_EQ(key(extend(c, head, day("2026-12-21"), "r", on("2026-12-07"))), "")
        << "the due day itself, ten days more";
    EXPECT_EQ(key(extend(c, head, day("2026-12-22"), "r", on("2026-12-07"))), "voice.extension_too_long");
    EXPECT_EQ(at(extend(c, head, day("2026-12-22"), "r", on("2026-12-07"))), "due");
    EXPECT_EQ(key(extend(c, head, day("2026-12-14"), "r", on("2026-12-08"))), "voice.extension_late");
    c.extended = 1;
    EXPECT_EQ(key(extend(c, head, day("2026-12-14"), "r", on("2026-11-24"))), "voice.extended_before");
}

TEST(VoiceRules, AskedBackOnceAndTheClockStands) {
    Case c = a_case(State::assigned);
    const Who who = officer(Role::officer, true);
    const auto asked = ask_back(c, who, "Which corner?", on("2026-11-25"));
    ASSERT_TRUE(asked);
    EXPECT_EQ(kernel::iso(asked->until), "2026-12-09");
    EXPECT_EQ(key(ask_back(c, who, "", on("2026-11-25"))), "voice.question_missing");
    c.asked_on = kernel::parse_day("2026-11-25");
    c.next_day = kernel::parse_day("2026-12-10");
    c.pause = deadline::Reason::author_asked;
    c.paused_for = 1 << static_cast<int>(deadline::Reason::author_asked);
    EXPECT_EQ(key(ask_back(c, who, "And?", on("2026-11-26"))), "voice.asked_before");
    c.state = State::asked_back;
    const auto word = add_word(c, the_author(), "The one at the bakery", on("2026-11-30"));
    ASSERT_TRUE(word && word->resumed);
    EXPECT_EQ(word->resumed->term.n, 3);
    EXPECT_EQ(kernel::iso(word->resumed->due), "2026-12-10");
    EXPECT_FALSE(resume_over(c, on("2026-12-09")));
    const auto resumed = resume_over(c, on("2027-02-01"));
    ASSERT_TRUE(resumed);
    EXPECT_EQ(resumed->reply.term.n, 10) << "never more than was granted";
    c.typist = people::OfficerId(70);
    c.paused_for = 0;
    c.state = State::assigned;
    EXPECT_EQ(key(ask_back(c, who, "Which?", on("2026-11-25"))), "voice.ask_by_telephone");
}

TEST(VoiceRules, BouncedTwiceAndSoon) {
    Case c = a_case(State::assigned);
    const Who who = officer(Role::officer, true);
    EXPECT_EQ(key(bounce(c, who, "Not our road", on("2026-11-30"))), "");
    EXPECT_EQ(key(bounce(c, who, "", on("2026-11-30"))), "voice.reason_missing");
    EXPECT_EQ(key(bounce(c, who, "Not our road", on("2026-12-01"))), "voice.bounce_late");
    c.bounced = 2;
    EXPECT_EQ(key(bounce(c, who, "Not our road", on("2026-11-24"))), "voice.bounced_enough");
}

Assignment to(people::UnitId id, bool under = true) {
    Assignment a;
    a.unit = people::Unit{id, {}, "Somewhere"};
    a.under_actor = under;
    return a;
}
Assignment to(people::UnitId id, people::Officer officer) {
    Assignment a = to(id);
    a.officer_asked = true;
    a.officer = officer;
    return a;
}

TEST(VoiceRules, Assigning) {
    const Today today = on("2026-11-24");
    const Who clerk = officer(Role::clerk, false), head = officer(Role::head, true), one = officer(Role::officer, true);
    people::Officer self;
    self.id = one.officer;
    self.unit = unit;
    self.roles = {Role::officer};
    people::Officer other = self;
    other.id = people::OfficerId(77);
    const Case fresh = a_case(State::received), given = a_case(State::assigned);
    EXPECT_EQ(key(assign(fresh, clerk, to(unit), today)), "");
    EXPECT_EQ(key(assign(fresh, clerk, to(unit, false), today)), "voice.not_yours");
    EXPECT_EQ(key(assign(fresh, clerk, Assignment{}, today)), "voice.unit_unknown");
    EXPECT_EQ(key(assign(given, clerk, to(unit), today)), "voice.assigned_already");
    EXPECT_EQ(key(assign(given, clerk, to(elsewhere), today)), "");
    EXPECT_EQ(key(assign(given, head, to(unit, other), today)), "");
    EXPECT_EQ(key(assign(given, head, to(elsewhere), today)), "") << "handed down";
    EXPECT_EQ(key(assign(given, head, to(elsewhere, false), today)), "voice.not_yours");
    EXPECT_EQ(key(assign(given, one, to(unit, self), today)), "") << "taken";
    EXPECT_EQ(key(assign(given, one, to(unit, other), today)), "voice.needs_head");
    EXPECT_EQ(key(assign(given, one, to(elsewhere), today)), "voice.not_yours");
    people::Officer unfit = other;
    unfit.active = false;
    EXPECT_EQ(key(assign(given, head, to(unit, unfit), today)), "voice.officer_unfit");
    unfit = other;
    unfit.unit = elsewhere;
    EXPECT_EQ(key(assign(given, head, to(unit, unfit), today)), "voice.officer_unfit");
    unfit = other;
    unfit.roles = {Role::moderator};
    EXPECT_EQ(key(assign(given, head, to(unit, unfit), today)), "voice.officer_unfit");
    Case risen = given;
    risen.reopened = 3;
    EXPECT_EQ(key(assign(risen, clerk, to(elsewhere), today)), "voice.superior_keeps");
    people::Unit closed{unit, {}, "Gone"};
    closed.open = false;
    Assignment to_closed = to(unit);
    to_closed.unit = closed;
    EXPECT_EQ(key(assign(fresh, clerk, to_closed, today)), "voice.unit_unknown");
}

TEST(VoiceRules, RatingAndReopeningEndWithTheTerm) {
    Case c = a_case(State::answered);
    EXPECT_EQ(key(rate(c, the_author(), true, 5, "", on("2026-12-07"))), "");
    EXPECT_EQ(key(rate(c, the_author(), true, 5, "", on("2026-12-08"))), "voice.term_over");
    EXPECT_EQ(key(rate(c, the_author(), true, 0, "", on("2026-12-01"))), "voice.stars_range");
    EXPECT_EQ(key(rate(c, the_author(), true, 6, "", on("2026-12-01"))), "voice.stars_range");
    EXPECT_EQ(key(reopen(c, the_author(), "Still dark", {}, on("2026-12-08"))), "voice.term_over");
    EXPECT_EQ(key(reopen(c, the_author(), "", {}, on("2026-12-01"))), "voice.reason_missing");
    const people::UnitId superior(10);
    for (int before = 0; before < 3; ++before) {
        c.reopened = before;
        const auto again = reopen(c, the_author(), "Still dark", superior, on("2026-12-01"));
        ASSERT_TRUE(again);
        EXPECT_EQ(again->nth, before + 1);
        EXPECT_EQ(again->superior.has_value(), before == 2) << "the third time a level up";
        EXPECT_EQ(kernel::iso(again->reply.due), "2026-12-15");
    }
    c.reopened = 3;
    EXPECT_EQ(key(reopen(c, the_author(), "Still dark", superior, on("2026-12-01"))), "voice.reopened_enough");
}

TEST(VoiceRules, HidingNeedsAGroundARemarkAndForCopiesAMaster) {
    const Who moderator = officer(Role::moderator, false);
    const Case c = a_case(State::assigned);
    EXPECT_EQ(key(hide(c, moderator, Ground::advertising, "Sells lamps", {})), "");
    EXPECT_EQ(key(hide(c, moderator, Ground::advertising, "", {})), "voice.remark_missing");
    EXPECT_EQ(key(hide(c, moderator, Ground::duplicate, "Same", {})), "voice.master_unfit");
    EXPECT_EQ(key(hide(c, moderator, Ground::duplicate, "Same", c)), "voice.master_unfit") << "not of itself";
    Case master = c;
    master.id = VoiceId(90);
    EXPECT_EQ(hide(c, moderator, Ground::duplicate, "Same", master)->master, master.id);
    EXPECT_FALSE(hide(c, moderator, Ground::empty, "Nothing in it", master)->master) << "only a copy has a master";
    master.shown = Shown::hidden;
    EXPECT_EQ(key(hide(c, moderator, Ground::duplicate, "Same", master)), "voice.master_unfit") << "no copy of a copy";
    Case once = c;
    once.held_once = true;
    EXPECT_EQ(key(hold(once, moderator, Ground::unlawful, "A look", 2, on("2026-11-24"))), "voice.held_before");
    EXPECT_EQ(kernel::iso(hold(c, moderator, Ground::unlawful, "A look", 2, on("2026-11-24"))->held.until),
              "2026-11-26");
}

TEST(VoiceRules, OneAppealAgainstEachHiding) {
    Case c = a_case(State::assigned);
    c.shown = Shown::hidden;
    c.hidden_entry = 110;
    EXPECT_EQ(key(appeal(c, the_author(), "It is true")), "");
    EXPECT_EQ(key(appeal(c, the_author(), "")), "voice.reason_missing");
    c.appeal = 120;
    EXPECT_EQ(key(appeal(c, the_author(), "It is true")), "voice.appealed_before");
    c.appeal.reset();
    c.appealed_of = 110;
    EXPECT_EQ(key(appeal(c, the_author(), "It is true")), "voice.appealed_before");
    c.hidden_entry = 130;
    EXPECT_EQ(key(appeal(c, the_author(), "It is true")), "") << "hidden anew";
}

TEST(VoiceRules, LatenessIsEnteredAtItsMarks) {
    Case c = a_case(State::assigned);
    c.reply_next = c.late_from;
    EXPECT_FALSE(late(c, on("2026-12-07")));
    struct Row {
        std::string_view today;
        int days;
        std::string_view next;
    };
    for (const Row& row : {Row{"2026-12-08", 1, "2026-12-14"}, Row{"2026-12-13", 4, "2026-12-14"},
                           Row{"2026-12-14", 5, "2026-12-21"}, Row{"2026-12-21", 10, "2027-01-04"},
                           Row{"2027-01-04", 20, "2027-02-01"}, Row{"2027-03-01", 60, "2027-03-29"}}) {
        const auto entered = late(c, on(row.today));
        ASSERT_TRUE(entered) << row.today;
        EXPECT_EQ(entered->days, row.days) << row.today;
        EXPECT_EQ(kernel::iso(entered->next.value()), row.next) << row.today;
    }
    c.reply_next = kernel::parse_day("2026-12-14");
    EXPECT_FALSE(late(c, on("2026-12-10"))) << "once for each mark";
    Case waiting = a_case(State::received);
    waiting.received = kernel::start_of(kernel::parse_day("2026-11-23").value());
    waiting.accept_next = kernel::parse_day("2026-11-26");
    waiting.reply_next = waiting.late_from;
    const auto unassigned = late(waiting, on("2026-11-26"));
    ASSERT_TRUE(unassigned);
    EXPECT_EQ(unassigned->duty, change::Duty::accept);
    EXPECT_EQ(unassigned->days, 3);
    EXPECT_FALSE(unassigned->next) << "the neutral ladder has one step";
    for (State state : all_states) {
        if (state == State::received || state == State::assigned || state == State::joined) continue;
        Case other = a_case(state);
        other.reply_next = kernel::parse_day("2026-11-01");
        EXPECT_FALSE(late(other, on("2027-01-01"))) << name(state);
    }
}

TEST(VoiceRules, WhereASecondPersonReleasesNobodyAnswersAlone) {
    const Who who = officer(Role::officer, true);
    preset::Casework casework = the_casework();
    casework.release = {"complaint"};
    const Today today{kernel::parse_day("2026-11-27").value(), weekdays, casework};
    for (State state : {State::assigned, State::asked_back, State::answered}) {
        for (Kind kind : all_kinds) {
            Case c = a_case(state);
            c.kind = kind;
            const auto alone = answer(c, who, Answer::done, "Done.", {}, today);
            EXPECT_EQ(key(alone), kind == Kind::complaint ? "voice.needs_release" : "") << name(state) << name(kind);
            EXPECT_EQ(key(answer(c, who, Answer::done, "Done.", {}, today, true)), "") << name(state) << name(kind);
        }
    }
    // Who may not answer at all is told that first.
    Case c = a_case(State::assigned);
    c.kind = Kind::complaint;
    EXPECT_EQ(key(answer(c, officer(Role::officer, false), Answer::done, "Done.", {}, today)), "voice.not_yours");
}

}  // namespace
}  // namespace voice::rules
