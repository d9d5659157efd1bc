#include <gtest/gtest.h>

#include <kernel/testing.h>

#include "deadline.h"

namespace deadline {
namespace {

Step rung(int at, Level level) { return {at, level, {Whom::handler}, false}; }
constexpr auto reminder = Level::reminder, on_day = Level::due, overdue = Level::overdue, far = Level::far_overdue;

TEST(Ladders, WhatIsOne) {
    struct Case {
        Ladder ladder;
        const char* refused;
    };
    Ladder long_one;
    for (int i = 1; i <= 21; ++i) long_one.push_back(rung(i, overdue));
    for (const Case& one : std::initializer_list<Case>{
             {{}, ""},
             {{rung(-2, reminder), rung(0, on_day), rung(1, overdue), rung(5, overdue), rung(20, far)}, ""},
             {{rung(0, reminder)}, ""},
             {{rung(1, far), rung(5, far)}, ""},
             {{rung(-61, reminder)}, "deadline.ladder_range"},
             {{rung(251, far)}, "deadline.ladder_range"},
             {{rung(1, overdue), rung(1, far)}, "deadline.ladder_order"},
             {{rung(5, overdue), rung(2, overdue)}, "deadline.ladder_order"},
             {{rung(1, reminder)}, "deadline.ladder_level"},
             {{rung(-1, overdue)}, "deadline.ladder_level"},
             {{rung(-1, on_day)}, "deadline.ladder_level"},
             {{rung(0, overdue)}, "deadline.ladder_level"},
             {{rung(1, far), rung(2, overdue)}, "deadline.ladder_level"},
             {long_one, "deadline.ladder_long"},
         }) {
        const kernel::Checked said = check(one.ladder);
        EXPECT_EQ(said ? "" : said.error().key, one.refused);
        EXPECT_EQ(said ? "" : said.error().field, *one.refused ? "ladder" : "");
    }
}

TEST(Ladders, OnWhichDay) {
    struct Case {
        const char *from, *due;
        int at;
        const char* day;
    };
    const kernel::Calendar calendar{"Mon-Fri", {kernel::on("2026-10-01")}, {}};
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
        EXPECT_EQ(kernel::iso(day_of(calendar, kernel::on(one.from), kernel::on(one.due), rung(one.at, reminder))),
                  one.day)
            << one.due << ' ' << one.at;
}

}  // namespace
}  // namespace deadline
