// Golden cases of the clock, counted by hand: presets of the library over the National Day of 2026 in mainland China,
// extended, stopped, begun again after a correction.
#include <gtest/gtest.h>

#include <kernel/calendar.h>
#include <kernel/testing.h>

#include "library.h"

namespace preset {
namespace {

using kernel::Calendar;

// As the notice for 2026 has it: closed from 1 to 7 October, 20 September and 10 October worked.
Calendar october() {
    std::string text = "weekend Sat Sun\ncovers 2026-01-01 2026-12-31\n2026-09-20 works\n2026-10-10 works\n";
    for (int day = 1; day <= 7; ++day) text += "2026-10-0" + std::to_string(day) + " holiday\n";
    return *kernel::parse_calendar("October", text);
}

const Casework& cases(std::string_view id) { return in_library(id)->preset.casework(); }
deadline::Counted reply(std::string_view id, std::string_view from, std::string_view kind = "question") {
    return deadline::count(october(), kernel::on(from), cases(id).reply_term(kind));
}
std::string due(const deadline::Counted& counted) { return kernel::iso(counted.due); }

TEST(Golden, AcrossTheHoliday) {
    // Five working days from Monday 28 September: 29, 30, then 8, 9, and Saturday 10 October, which is worked.
    EXPECT_EQ(due(reply("cn.12345.ay", "2026-09-28")), "2026-10-10");
    // Two weekdays of the week before: 20 September is a Sunday that is worked.
    EXPECT_EQ(due(reply("cn.12345.jn", "2026-09-17")), "2026-09-23");
    // Sixty days are sixty days.
    EXPECT_EQ(due(reply("cn.xf", "2026-08-20")), "2026-10-19");
    // Three months from the day it was assigned.
    EXPECT_EQ(due(reply("cn.deputy", "2026-07-31")), "2026-10-31");
    // Ten working days of the neutral preset.
    EXPECT_EQ(due(reply("letters.generic", "2026-09-28")), "2026-10-16");
}

TEST(Golden, ByKind) {
    EXPECT_EQ(due(reply("example.hotline.kinds", "2026-09-28", "question")), "2026-10-08");
    EXPECT_EQ(due(reply("example.hotline.kinds", "2026-09-28", "complaint")), "2026-10-21");
    EXPECT_EQ(due(reply("example.hotline.kinds", "2026-09-28", "praise")), "2026-10-21") << "as all others";
}

TEST(Golden, Extended) {
    const Calendar calendar = october();
    const auto more = [&](std::string_view id, std::string_view from) {
        return due(deadline::extended(calendar, reply(id, from), cases(id).extension.longest));
    };
    EXPECT_EQ(more("cn.12345.ay", "2026-09-28"), "2026-10-16");
    EXPECT_EQ(more("cn.12345.biz", "2026-09-28"), "2026-10-23");
    EXPECT_EQ(more("cn.xf", "2026-08-20"), "2026-11-18");
    EXPECT_EQ(more("cn.deputy", "2026-07-31"), "2027-01-31");
}

TEST(Golden, StoppedAndBegunAgain) {
    const Calendar calendar = october();
    // Asked on 29 September, answered on 12 October: of five working days one was over, four are left.
    const auto stopped = deadline::resumed(calendar, reply("cn.12345.ay", "2026-09-28"), kernel::on("2026-09-29"),
                                           kernel::on("2026-10-12"));
    EXPECT_EQ(due(stopped), "2026-10-16");
    // A petition's hearing of ten days takes ten days.
    EXPECT_EQ(due(deadline::resumed(calendar, reply("cn.xf", "2026-08-20"), kernel::on("2026-09-01"),
                                    kernel::on("2026-09-11"))),
              "2026-10-29");
    // A request that was corrected on 9 October counts from that day, as if it had come then.
    const Steps& steps = std::get<Steps>(in_library("cn.ogi.answer")->preset.params);
    const auto corrected = deadline::count(calendar, kernel::on("2026-10-09"), *steps[3].term);
    EXPECT_EQ(due(corrected), "2026-11-05");
    EXPECT_EQ(due(deadline::extended(calendar, corrected, steps[3].extension.longest)), "2026-12-03");
}

TEST(Golden, StepsOfTheLadder) {
    const Calendar calendar = october();
    const auto counted = reply("letters.generic", "2026-09-17");
    ASSERT_EQ(due(counted), "2026-09-30");
    std::string days;
    for (const deadline::Step& step : cases("letters.generic").reply.ladder)
        days += kernel::iso(deadline::day_of(calendar, counted.from, counted.due, step)).substr(5) + ' ';
    EXPECT_EQ(days, "09-28 09-30 10-08 10-13 10-20 11-03 ");
}

// A holiday that is set later moves no day that was counted before it, and counts for what is counted after it.
TEST(Golden, AHolidaySetBetweenReceiptAndExtension) {
    const Calendar before{"Mon-Fri", {}, {}};
    const auto counted = deadline::count(before, kernel::on("2026-09-28"), cases("cn.12345.ay").reply_term("question"));
    EXPECT_EQ(due(counted), "2026-10-05");
    EXPECT_EQ(due(deadline::extended(october(), counted, cases("cn.12345.ay").extension.longest)), "2026-10-13");
    EXPECT_EQ(due(counted), "2026-10-05");
}

TEST(Golden, BeyondWhatTheCalendarCovers) {
    EXPECT_FALSE(reply("cn.12345.ay", "2026-12-14").beyond);
    EXPECT_TRUE(reply("cn.12345.ay", "2026-12-28").beyond);
    EXPECT_TRUE(reply("cn.deputy", "2026-10-12").beyond);
}

}  // namespace
}  // namespace preset
