#include "calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kernel {
namespace {

Day the(std::string_view text) { return parse_day(text).value(); }

// The National Day week of 2026 in mainland China: 1 to 7 October closed, two weekend days worked instead.
Calendar october() {
    return parse_calendar("October 2026",
                          "# the state council's list\n"
                          "weekend Sat Sun\n"
                          "2026-10-01 holiday\n2026-10-02 holiday\n2026-10-03 holiday  # a Saturday\n"
                          "2026-10-04 holiday\n2026-10-05 holiday\n2026-10-06 holiday\n\t2026-10-07\tholiday \r\n"
                          "\n"
                          "2026-09-20 works\n2026-10-10 works")
        .
        operator*();
}

TEST(Calendars, WorkingDays) {
    const Calendar calendar = october();
    EXPECT_EQ(calendar.name, "October 2026");
    for (const char* open : {"2026-09-20", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"})
        EXPECT_TRUE(calendar.works(the(open))) << open;
    for (const char* closed : {"2026-09-19", "2026-10-01", "2026-10-03", "2026-10-07", "2026-10-11"})
        EXPECT_FALSE(calendar.works(the(closed))) << closed;
}

TEST(Calendars, CountsFromTheDayAfterOrTheSameDay) {
    struct Case {
        const char* start;
        int n;
        FirstDay first;
        const char* due;
    };
    for (const Case& one : std::initializer_list<Case>{
             {"2026-11-23", 1, FirstDay::next_day, "2026-11-24"},
             {"2026-11-23", 1, FirstDay::same_day, "2026-11-23"},
             {"2026-11-23", 5, FirstDay::next_day, "2026-11-30"},
             {"2026-11-23", 5, FirstDay::same_day, "2026-11-27"},
             {"2026-11-27", 1, FirstDay::next_day, "2026-11-30"},
             {"2026-11-28", 1, FirstDay::next_day, "2026-11-30"},  // a Saturday
             {"2026-11-28", 1, FirstDay::same_day, "2026-11-30"},
             {"2026-09-30", 1, FirstDay::next_day, "2026-10-08"},  // over the holidays
             {"2026-09-30", 3, FirstDay::next_day, "2026-10-10"},  // ends on the Saturday worked instead
             {"2026-09-30", 4, FirstDay::next_day, "2026-10-12"},
             {"2026-10-10", 1, FirstDay::same_day, "2026-10-10"},
             {"2026-10-04", 1, FirstDay::same_day, "2026-10-08"},
             {"2026-11-23", 20, FirstDay::next_day, "2026-12-21"},
         })
        EXPECT_EQ(iso(add_working_days(october(), the(one.start), one.n, one.first)), one.due)
            << one.start << " + " << one.n;
    EXPECT_THROW(add_working_days(october(), the("2026-10-01"), 0), std::invalid_argument);
    EXPECT_THROW(add_working_days(october(), the("2026-10-01"), -3), std::invalid_argument);
}

TEST(Calendars, WithoutWorkingDaysAreADefect) {
    Calendar never;
    never.weekend = {0, 1, 2, 3, 4, 5, 6};
    EXPECT_THROW(add_working_days(never, the("2026-10-01"), 1), std::logic_error);
    EXPECT_EQ(working_days_between(never, the("2026-10-01"), the("2026-12-01")), 0);
}

TEST(Calendars, DaysBetween) {
    const Calendar calendar = october();
    EXPECT_EQ(working_days_between(calendar, the("2026-11-23"), the("2026-11-23")), 0);
    EXPECT_EQ(working_days_between(calendar, the("2026-11-23"), the("2026-11-30")), 5);
    EXPECT_EQ(working_days_between(calendar, the("2026-11-27"), the("2026-11-29")), 0);
    EXPECT_EQ(working_days_between(calendar, the("2026-09-30"), the("2026-10-12")), 4);
    EXPECT_EQ(working_days_between(calendar, the("2026-11-30"), the("2026-11-23")), -5);
}

RC_GTEST_PROP(CalendarsProperty, AddingAndCountingAgree, ()) {
    Calendar calendar;
    calendar.weekend.clear();  // any of the 127 but the week without a working day
    for (int weekend = *rc::gen::inRange(0, 127), day = 0; day < 7; ++day)
        if (weekend >> day & 1) calendar.weekend.insert(day);
    for (int offset : *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 60)))
        (*rc::gen::arbitrary<bool>() ? calendar.holidays : calendar.makeup_days).insert(Day{20'000 + offset});
    const Day start{20'000 + *rc::gen::inRange(-5, 60)};
    const int n = *rc::gen::inRange(1, 60);
    const Day due = add_working_days(calendar, start, n);
    RC_ASSERT(calendar.works(due));
    RC_ASSERT(working_days_between(calendar, start, due) == n);
    RC_ASSERT(working_days_between(calendar, due, start) == -n);
    const bool starts_open = calendar.works(start);
    RC_ASSERT(add_working_days(calendar, start, n, FirstDay::same_day) ==
              (starts_open ? (n == 1 ? start : add_working_days(calendar, start, n - 1)) : due));
}

TEST(ParseCalendar, OtherWeekends) {
    const auto friday = parse_calendar("", "weekend Fri Sat");
    ASSERT_TRUE(friday.has_value());
    EXPECT_EQ(friday->weekend, (std::set<int>{5, 6}));
    EXPECT_EQ(parse_calendar("", "")->weekend, (std::set<int>{0, 6}));
    EXPECT_TRUE(parse_calendar("", "2026-10-03 holiday").has_value());  // a Saturday anyway
}

TEST(ParseCalendar, RefusesWithTheLine) {
    struct Case {
        const char *text, *key, *line, *what;
    };
    for (const Case& one : std::initializer_list<Case>{
             {"2026-10-01 closed", "kernel.calendar_line", "1", "2026-10-01 closed"},
             {"\n# x\n2026-10-01", "kernel.calendar_line", "3", "2026-10-01"},
             {"2026-10-01 holiday works", "kernel.calendar_line", "1", "2026-10-01 holiday works"},
             {"2026-10-01 works\n2026-02-30 holiday", "kernel.calendar_line", "2", "2026-02-30 holiday"},
             {"1-1-2026 holiday", "kernel.calendar_line", "1", "1-1-2026 holiday"},
             {"holiday 2026-10-01", "kernel.calendar_line", "1", "holiday 2026-10-01"},
             {"weekend", "kernel.calendar_line", "1", "weekend"},
             {"weekend Saturday", "kernel.calendar_line", "1", "weekend Saturday"},
             {"weekend Sat Sat", "kernel.calendar_line", "1", "weekend Sat Sat"},
             {"weekend Sun Mon Tue Wed Thu Fri Sat", "kernel.calendar_line", "1",
              "weekend Sun Mon Tue Wed Thu Fri Sat"},
             {"weekend Sat\nweekend Sun", "kernel.calendar_twice", "2", "weekend"},
             {"2026-10-01 holiday\n2026-10-01 holiday", "kernel.calendar_twice", "2", "2026-10-01"},
             {"2026-10-01 holiday\n\n2026-10-01 works", "kernel.calendar_twice", "3", "2026-10-01"},
         }) {
        const auto calendar = parse_calendar("c", one.text);
        ASSERT_FALSE(calendar.has_value()) << one.text;
        EXPECT_EQ(calendar.error(), invalid("calendar", one.key, {{"line", one.line}, {"text", one.what}}));
    }
}

TEST(ParseCalendar, SaysForWhichDaysItKnows) {
    const auto known = parse_calendar("x", "covers 2025-01-01 2026-12-31\n2026-10-01 holiday");
    ASSERT_TRUE(known);
    EXPECT_EQ(known->covers_from, the("2025-01-01"));
    EXPECT_EQ(known->covers_to, the("2026-12-31"));
    EXPECT_FALSE(parse_calendar("x", "")->covers_to);
    for (const char* bad : {"covers", "covers 2025-01-01", "covers 2025-01-02 2025-01-01", "covers 2025 2026",
                            "covers 2025-01-01 2025-02-01 2025-03-01", "covers 2025-01-01 2025-02-30"})
        EXPECT_EQ(parse_calendar("x", bad).error().key, "kernel.calendar_line") << bad;
    EXPECT_EQ(parse_calendar("x", "covers 2025-01-01 2025-02-01\ncovers 2025-03-01 2025-04-01").error().key,
              "kernel.calendar_twice");
}

// A six-day weekend, and every seventh day a holiday: nothing would ever be due.
TEST(ParseCalendar, RefusesWhatNeverOpens) {
    std::string never = "weekend Sun Mon Tue Wed Thu Fri\n";
    for (Day day = the("2026-11-28"); day < the("2030-01-01"); day = day + 7) never += iso(day) + " holiday\n";
    const auto refused = parse_calendar("x", never);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().key, "kernel.calendar_closed");
    EXPECT_EQ(refused.error().args[0].second, "2026-11-22");
    std::string days;
    for (Day day = the("2026-06-01"); day < the("2026-07-31"); day = day + 1) days += iso(day) + " holiday\n";
    EXPECT_TRUE(parse_calendar("x", "weekend Wed\n" + days)) << "sixty";
    EXPECT_FALSE(parse_calendar("x", "weekend Wed\n2026-07-31 holiday\n" + days));
}

}  // namespace
}  // namespace kernel
