#include "rehearsal_day.h"

#include <gtest/gtest.h>

namespace server {
namespace {

kernel::Day on(std::string_view date) { return *kernel::parse_day(date); }

// Two days off in the week of Monday 2026-10-05, and a Saturday before it that is worked.
kernel::Calendar with_holidays() {
    kernel::Calendar calendar;
    calendar.holidays = {on("2026-10-05"), on("2026-10-06")};
    calendar.makeup_days = {on("2026-10-03")};
    return calendar;
}

TEST(RehearsalDay, IsAWorkingDayBeforeToday) {
    struct Case {
        std::string_view today;
        int days_ago;
        std::string_view day;
    };
    constexpr Case cases[] = {
        {"2026-11-27", 1, "2026-11-26"},  // a Friday: the day itself
        {"2026-11-27", 5, "2026-11-23"},  // a Sunday: the Monday after it
        {"2026-11-30", 1, "2026-11-27"},  // a Monday: the Monday after the weekend is today
        {"2026-11-30", 2, "2026-11-27"},
        {"2026-11-30", 3, "2026-11-27"},
        {"2026-11-30", 4, "2026-11-26"},
        {"2026-11-29", 1, "2026-11-27"},  // a Sunday: the next working day lies ahead
        {"2026-10-07", 1, "2026-10-03"},  // after the holidays: the Saturday that is worked
        {"2026-10-07", 4, "2026-10-03"},
        {"2026-10-08", 3, "2026-10-07"},
        {"2026-11-28", 0, "2026-11-30"},  // what is not in the past stays out of it
    };
    for (const Case& one : cases)
        EXPECT_EQ(kernel::iso(rehearsal_day(with_holidays(), on(one.today), one.days_ago)), one.day)
            << one.days_ago << " days before " << one.today;
}

TEST(RehearsalDay, IsNeverLaterForWhatIsLongerAgo) {
    const kernel::Calendar calendar = with_holidays();
    constexpr int year = 365;
    for (kernel::Day today = on("2026-01-01"); today < on("2027-01-01"); ++today.days) {
        kernel::Day later = today;
        for (int days_ago = 1; days_ago < year; ++days_ago) {
            const kernel::Day day = rehearsal_day(calendar, today, days_ago);
            ASSERT_TRUE(calendar.works(day) && day < today && day <= later) << days_ago << ' ' << today.days;
            later = day;
        }
    }
}

}  // namespace
}  // namespace server
