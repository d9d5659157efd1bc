#include <gtest/gtest.h>

#include "deadline.h"

namespace deadline {
namespace {

using kernel::Day;

Day the(std::string_view text) { return kernel::parse_day(text).value(); }

Step step(int at, Level level) { return {at, level, {Whom::handler}, false}; }
constexpr auto reminder = Level::reminder, on_day = Level::due, overdue = Level::overdue, far = Level::far_overdue;

TEST(Ladders, WhatIsOne) {
    struct Case {
        Ladder ladder;
        const char* refused;
    };
    Ladder long_one;
    for (int i = 1; i <= 21; ++i) long_one.push_back(step(i, overdue));
    for (const Case& one : std::initializer_list<Case>{
             {{}, ""},
             {{step(-2, reminder), step(0, on_day), step(1, overdue), step(5, overdue), step(20, far)}, ""},
             {{step(0, reminder)}, ""},
             {{step(1, far), step(5, far)}, ""},
             {{step(-61, reminder)}, "deadline.ladder_range"},
             {{step(251, far)}, "deadline.ladder_range"},
             {{step(1, overdue), step(1, far)}, "deadline.ladder_order"},
             {{step(5, overdue), step(2, overdue)}, "deadline.ladder_order"},
             {{step(1, reminder)}, "deadline.ladder_level"},
             {{step(-1, overdue)}, "deadline.ladder_level"},
             {{step(-1, on_day)}, "deadline.ladder_level"},
             {{step(0, overdue)}, "deadline.ladder_level"},
             {{step(1, far), step(2, overdue)}, "deadline.ladder_level"},
             {long_one, "deadline.ladder_long"},
         }) {
        const kernel::Checked said = check(one.ladder);
        EXPECT_EQ(said ? "" : said.error().key, one.refused);
        if (!said) EXPECT_EQ(said.error().field, "ladder");
    }
}

TEST(Ladders, OnWhichDay) {
    struct Case {
        const char *from, *due;
        int at;
        const char* day;
    };
    const kernel::Calendar calendar{"Mon-Fri", {the("2026-10-01")}, {}};
    for (const Case& one : std::initializer_list<Case>{
             {"2026-09-01", "2026-10-02", 0, "2026-10-02"},
             {"2026-09-01", "2026-10-02", -1, "2026-09-30"},  // 1 October is closed
             {"2026-09-01", "2026-10-02", -2, "2026-09-29"},
             {"2026-09-01", "2026-10-02", 1, "2026-10-05"},
             {"2026-09-01", "2026-10-02", 5, "2026-10-09"},
             {"2026-09-01", "2026-10-04", 0, "2026-10-02"},  // a Sunday
             {"2026-09-01", "2026-10-04", -1, "2026-09-30"},
             {"2026-09-01", "2026-10-04", 1, "2026-10-05"},
             {"2026-09-30", "2026-10-02", -5, "2026-09-30"},  // not before it began
             {"2026-10-03", "2026-10-04", 0, "2026-10-03"},
         })
        EXPECT_EQ(kernel::iso(day_of(calendar, the(one.from), the(one.due), step(one.at, reminder))), one.day)
            << one.due << ' ' << one.at;
}

}  // namespace
}  // namespace deadline
