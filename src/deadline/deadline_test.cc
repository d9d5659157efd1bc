#include "deadline.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>
#include <rapidcheck/gtest.h>

namespace deadline {
namespace {

using kernel::Calendar;
using kernel::Day;

// National Day 2026 in mainland China, from 1 to 7 October, with 20 September and 10 October worked for it.
Calendar october() {
    std::string text = "weekend Sat Sun\ncovers 2026-01-01 2026-12-31\n2026-09-20 works\n2026-10-10 works\n";
    for (int day = 1; day <= 7; ++day) text += "2026-10-0" + std::to_string(day) + " holiday\n";
    return *kernel::parse_calendar("October", text);
}

Term term(Unit unit, int n, First first = First::next_day, Ending ending = Ending::as_it_falls) {
    return {unit, n, first, ending};
}
constexpr auto wd = Unit::working_days, d = Unit::days, week = Unit::weeks, month = Unit::months;
constexpr auto same = First::same_day, next = First::next_day, working = First::next_working_day;
constexpr auto falls = Ending::as_it_falls, open = Ending::next_working_day;

TEST(Count, TableOfCases) {
    struct Case {
        const char* from;
        Term term;
        const char* due;
    };
    const Calendar calendar = october();
    for (const Case& one : std::initializer_list<Case>{
             {"2026-09-30", term(wd, 0), "2026-09-30"},
             {"2026-09-30", term(wd, 1), "2026-10-08"},  // over the holiday
             {"2026-09-30", term(wd, 1, same), "2026-09-30"},
             {"2026-10-03", term(wd, 1, same), "2026-10-08"},  // received while closed
             {"2026-09-30", term(wd, 3), "2026-10-10"},        // a Saturday that is worked
             {"2026-09-30", term(wd, 20), "2026-11-03"},
             {"2026-09-19", term(wd, 1), "2026-09-20"},
             {"2026-09-30", term(d, 0), "2026-09-30"},
             {"2026-10-03", term(d, 0, next, open), "2026-10-08"},
             {"2026-09-30", term(d, 5), "2026-10-05"},
             {"2026-09-30", term(d, 5, next, open), "2026-10-08"},
             {"2026-09-30", term(d, 5, same), "2026-10-04"},
             {"2026-09-30", term(d, 5, working), "2026-10-12"},  // the first that counts is 8 October
             {"2026-09-30", term(d, 60, next, open), "2026-11-30"},
             {"2026-10-08", term(week, 4), "2026-11-05"},
             {"2026-10-08", term(week, 4, same), "2026-11-04"},
             {"2026-10-31", term(month, 1), "2026-11-30"},  // there is no 31 November
             {"2026-10-31", term(month, 4), "2027-02-28"},
             {"2027-10-31", term(month, 4), "2028-02-29"},
             {"2026-10-15", term(month, 3), "2027-01-15"},
             {"2026-12-31", term(month, 12), "2027-12-31"},
             {"2026-08-03", term(month, 2, next, open), "2026-10-08"},
         }) {
        const Counted c = count(calendar, kernel::on(one.from), one.term);
        EXPECT_EQ(kernel::iso(c.due), one.due) << one.from << ' ' << name(one.term.unit) << ' ' << one.term.n;
        EXPECT_EQ(c.late, kernel::add_working_days(calendar, c.due, 1));
        EXPECT_EQ(c.term, one.term);
        EXPECT_TRUE(check(one.term));
    }
}

TEST(Count, SaysWhatMadeTheDay) {
    const Counted c = count(october(), kernel::on("2026-09-30"), term(wd, 3));
    EXPECT_EQ(c.closed, (std::vector<Day>{kernel::on("2026-10-01"), kernel::on("2026-10-02"), kernel::on("2026-10-05"),
                                          kernel::on("2026-10-06"), kernel::on("2026-10-07")}));
    EXPECT_EQ(c.worked, std::vector<Day>{kernel::on("2026-10-10")});
    EXPECT_EQ(kernel::iso(c.late), "2026-10-12");
    EXPECT_EQ(c.calendar, "October");
    EXPECT_FALSE(c.beyond);
}

TEST(Count, SaysWhenTheHolidaysAreNotKnown) {
    const Calendar calendar = october();
    EXPECT_FALSE(count(calendar, kernel::on("2026-12-29"), term(wd, 1)).beyond);
    EXPECT_TRUE(count(calendar, kernel::on("2026-12-30"), term(wd, 1)).beyond) << "what is late begins in 2027";
    EXPECT_FALSE(count(Calendar{"Mon-Fri", {}, {}}, kernel::on("2036-12-30"), term(wd, 9)).beyond)
        << "there are none to know";
}

TEST(Count, WhatNobodyMayBeGiven) {
    for (const Term& bad : {term(wd, -1), term(wd, 1'001), term(d, 3'661), term(week, 521), term(month, 121)})
        EXPECT_EQ(check(bad).error().key, "deadline.span") << bad.n;
}

TEST(Resumed, WhatWasLeftIsLeft) {
    struct Case {
        Term term;
        const char *from, *stopped, *again, *due;
    };
    const Calendar calendar = october();
    for (const Case& one : std::initializer_list<Case>{
             {term(wd, 5), "2026-10-12", "2026-10-14", "2026-10-20", "2026-10-23"},  // three were left
             {term(wd, 5), "2026-10-12", "2026-10-18", "2026-10-20", "2026-10-21"},  // one
             {term(wd, 5), "2026-10-12", "2026-10-19", "2026-10-25", "2026-10-19"},  // on the last day: nothing to gain
             {term(wd, 5), "2026-10-12", "2026-11-02", "2026-11-09", "2026-10-19"},  // late before
             {term(wd, 5), "2026-10-12", "2026-10-14", "2026-10-14", "2026-10-19"},
             {term(wd, 8), "2026-09-21", "2026-09-30", "2026-10-04", "2026-10-08"},  // stopped over closed days
             {term(d, 10), "2026-10-12", "2026-10-14", "2026-10-20", "2026-10-28"},
             {term(d, 10, next, open), "2026-10-12", "2026-10-14", "2026-10-17", "2026-10-26"},
         }) {
        const Counted before = count(calendar, kernel::on(one.from), one.term);
        const Counted after = resumed(calendar, before, kernel::on(one.stopped), kernel::on(one.again));
        EXPECT_EQ(kernel::iso(after.due), one.due) << one.from << ' ' << one.stopped << ' ' << one.again;
        EXPECT_EQ(after.from, before.from);
    }
}

TEST(Extended, FromTheLastDay) {
    const Calendar calendar = october();
    const Counted before = count(calendar, kernel::on("2026-09-10"), term(wd, 13));
    ASSERT_EQ(kernel::iso(before.due), "2026-09-28");
    EXPECT_EQ(kernel::iso(extended(calendar, before, term(wd, 3)).due), "2026-10-08");
    EXPECT_EQ(kernel::iso(extended(calendar, before, term(d, 5)).due), "2026-10-03");
    EXPECT_EQ(kernel::iso(extended(calendar, before, term(d, 5, next, open)).due), "2026-10-08");
    EXPECT_EQ(extended(calendar, before, term(wd, 3)).term, before.term);
}

// Stopping never takes days away, and never gives more than it lasted.
RC_GTEST_PROP(Properties, AStopGivesNoMoreThanItLasted, ()) {
    const Calendar calendar = october();
    const Day from = kernel::on("2026-09-01") + *rc::gen::inRange(0, 60);
    const Term one = term(static_cast<Unit>(*rc::gen::inRange(0, 2)), *rc::gen::inRange(0, 40));
    const Counted before = count(calendar, from, one);
    const Day stopped = from + *rc::gen::inRange(0, 40), again = stopped + *rc::gen::inRange(0, 30);
    const Counted after = resumed(calendar, before, stopped, again);
    RC_ASSERT(after.due >= before.due);
    if (stopped < before.due && one.unit == Unit::working_days) {
        RC_ASSERT(kernel::working_days_between(calendar, again, after.due) >=
                  kernel::working_days_between(calendar, stopped, before.due));
        RC_ASSERT(kernel::working_days_between(calendar, before.due, after.due) <=
                  kernel::working_days_between(calendar, stopped, again) + 1);
    }
}

TEST(Names, BothWays) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(parse_unit(name(static_cast<Unit>(i))), static_cast<Unit>(i));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(parse_first(name(static_cast<First>(i))), static_cast<First>(i));
    for (int i = 0; i < 2; ++i) EXPECT_EQ(parse_ending(name(static_cast<Ending>(i))), static_cast<Ending>(i));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(parse_level(name(static_cast<Level>(i))), static_cast<Level>(i));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(parse_whom(name(static_cast<Whom>(i))), static_cast<Whom>(i));
    EXPECT_FALSE(parse_unit("hours"));
    EXPECT_FALSE(parse_level(""));
}

}  // namespace
}  // namespace deadline
