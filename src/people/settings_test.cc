#include "settings.h"

#include <gtest/gtest.h>

#include <kernel/calendar.h>
#include <page/page.h>

#include "calendars.h"

namespace people {
namespace {

TEST(Settings, EachHasItsMeaningInEveryLanguage) {
    for (const SettingRule& rule : setting_rules())
        for (page::Lang lang : page::all_langs) EXPECT_FALSE(page::say(lang, meaning_key(rule)).empty()) << rule.name;
    EXPECT_EQ(meaning_key(*setting_rule("case.accept_days")), "people.setting_case_accept_days");
    EXPECT_EQ(setting_rule("case.accept_dayz"), nullptr);
    EXPECT_EQ(setting_rule(""), nullptr);
    EXPECT_EQ(setting_rule("zzz"), nullptr);
}

kernel::Calendar read(std::string_view id) {
    const std::optional<BuiltIn> found = built_in_calendar(id);
    EXPECT_TRUE(found) << id;
    return *kernel::parse_calendar(found->name, found->text);
}

kernel::Day day(std::string_view iso) { return kernel::parse_day(iso).value(); }

TEST(Calendars, AllCanBeRead) {
    std::vector<std::string> ids;
    for (const BuiltIn& one : built_in_calendars()) {
        ids.push_back(one.id);
        EXPECT_FALSE(one.name.empty());
        const auto calendar = kernel::parse_calendar(one.name, one.text);
        ASSERT_TRUE(calendar) << one.id;
        EXPECT_TRUE(same(*kernel::parse_calendar(one.name, text_of(*calendar)), *calendar)) << "written and read again";
        EXPECT_EQ(days_of(numbers_of(calendar->holidays)), calendar->holidays);
        EXPECT_EQ(weekdays_of(numbers_of(calendar->weekend)), calendar->weekend);
        for (kernel::Day each : calendar->makeup_days)
            EXPECT_TRUE(calendar->weekend.contains(kernel::weekday(each))) << one.id;
    }
    EXPECT_EQ(ids, (std::vector<std::string>{"cn", "gb-eng", "weekdays"}));
    EXPECT_FALSE(built_in_calendar("nowhere"));
    EXPECT_TRUE(days_of("").empty());
    EXPECT_THROW(days_of("20089 x"), std::runtime_error);
}

// Notices of the State Council's General Office for 2025 and 2026; for 2027, whose notice is not out, the days that the
// Regulation on public holidays fixes (State Council Decree 795, article 2). The lunar ones: new moons of 2027-02-06
// 23:56, 2027-06-05 03:40 and 2027-09-01 01:41 Beijing time; the sun at 15 degrees on 2027-04-05.
TEST(Calendars, ChinaWithMakeUpDays) {
    const kernel::Calendar cn = read("cn");
    EXPECT_EQ(cn.name, "中国 2025–2027");
    for (const char* off : {"2025-01-01", "2025-01-28", "2025-02-04", "2025-04-04", "2025-05-05", "2025-06-02",
                            "2025-10-08", "2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06", "2026-05-05",
                            "2026-06-19", "2026-09-25", "2026-10-07"})
        EXPECT_FALSE(cn.works(day(off))) << off;
    for (const char* on : {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
                           "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"})
        EXPECT_TRUE(cn.works(day(on))) << on;
    EXPECT_TRUE(cn.works(day("2025-01-27"))) << "the Monday before the New Year holidays";
    EXPECT_TRUE(cn.works(day("2026-02-24")));
    EXPECT_EQ(kernel::add_working_days(cn, day("2026-09-30"), 1), day("2026-10-08"));
    EXPECT_EQ(kernel::add_working_days(cn, day("2026-09-30"), 3), day("2026-10-10"));
    EXPECT_EQ(cn.makeup_days.size(), 11u);
    EXPECT_EQ(cn.holidays.size(), (1 + 8 + 3 + 5 + 3 + 8) + (3 + 9 + 3 + 5 + 3 + 3 + 7) + (1 + 4 + 1 + 2 + 1 + 1 + 3u));
    for (const char* off :
         {"2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01"})
        EXPECT_FALSE(cn.works(day(off))) << off;
    EXPECT_TRUE(cn.works(day("2027-02-04")));
    EXPECT_TRUE(cn.works(day("2027-02-09")));
    EXPECT_EQ(cn.covers_to, day("2026-12-31")) << "due days in 2027 are said to be uncertain";
}

TEST(Calendars, EnglandAndWales) {
    const kernel::Calendar gb = read("gb-eng");
    EXPECT_EQ(gb.holidays.size(), 24u);
    for (const char* off : {"2025-04-21", "2026-12-28", "2027-12-27", "2027-12-28"})
        EXPECT_FALSE(gb.works(day(off))) << off;
    EXPECT_EQ(kernel::add_working_days(gb, day("2026-12-24"), 1), day("2026-12-29"));
}

TEST(Calendars, PlainWeekdays) {
    const kernel::Calendar plain = read("weekdays");
    EXPECT_EQ(plain.name, "Mon–Fri");
    EXPECT_FALSE(plain.works(day("2026-11-21")));
    EXPECT_TRUE(plain.works(day("2026-12-25")));
}

}  // namespace
}  // namespace people
