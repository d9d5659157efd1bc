#include "time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <ctime>

#include "clock.h"

namespace kernel {
namespace {

// The process's zone for the length of a test.
class Zone {
public:
    explicit Zone(const char* name) {
        if (const char* now = std::getenv("TZ")) before_ = now;
        setenv("TZ", name, 1);
        tzset();
    }
    ~Zone() {
        if (before_)
            setenv("TZ", before_->c_str(), 1);
        else
            unsetenv("TZ");
        tzset();
    }
    Zone(const Zone&) = delete;
    Zone& operator=(const Zone&) = delete;

private:
    std::optional<std::string> before_;
};

Instant at(std::string_view text) { return parse_instant(text).value(); }
Day on(std::string_view text) { return parse_day(text).value(); }

TEST(Days, KnownOnes) {
    struct Case {
        const char* text;
        std::int64_t days;
        int weekday;
    };
    for (const Case& one : std::initializer_list<Case>{{"1970-01-01", 0, 4},
                                                       {"1969-12-31", -1, 3},
                                                       {"2000-02-29", 11016, 2},
                                                       {"2000-03-01", 11017, 3},
                                                       {"2026-11-23", 20780, 1},
                                                       {"1900-01-01", -25567, 1},
                                                       {"2100-03-01", 47541, 1},
                                                       {"2200-12-31", 84370, 3}}) {
        EXPECT_EQ(on(one.text).days, one.days) << one.text;
        EXPECT_EQ(weekday(on(one.text)), one.weekday) << one.text;
        EXPECT_EQ(iso(Day{one.days}), one.text);
    }
}

TEST(Days, EachIsTheNextOfTheOneBefore) {
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Date expected{-401, 1, 1};
    for (Day d = day(expected); d <= day(Date{2401, 1, 1}); d = d + 1) {
        const Date got = date(d);
        ASSERT_EQ(got.year, expected.year);
        ASSERT_EQ(got.month, expected.month);
        ASSERT_EQ(got.day, expected.day);
        ASSERT_EQ(day(got), d);
        ASSERT_EQ(weekday(d + 1), (weekday(d) + 1) % 7);
        const bool leap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0);
        const int last = lengths[expected.month - 1] + (leap && expected.month == 2 ? 1 : 0);
        if (++expected.day <= last) continue;
        expected.day = 1;
        if (++expected.month <= 12) continue;
        expected.month = 1;
        ++expected.year;
    }
}

TEST(Days, OnlyThatForm) {
    EXPECT_TRUE(parse_day("2024-02-29"));
    for (std::string_view wrong : {"",           "2026-1-01",   "2026-01-1",   "26-01-01",    "2026/01/01",
                                   "20260101",   "2026-01-01 ", " 2026-01-01", "2026-02-29",  "2100-02-29",
                                   "2026-00-10", "2026-13-01",  "2026-01-00",  "2026-01-32",  "2026-04-31",
                                   "1899-12-31", "2201-01-01",  "-026-01-01",  "2026-01-01T", "2026-0a-01",
                                   "+026-01-01"})
        EXPECT_FALSE(parse_day(wrong)) << wrong;
}

TEST(Instants, BothWays) {
    EXPECT_EQ(iso(Instant{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(iso(Instant{1'795'421'100'999}), "2026-11-23T08:05:00Z");
    EXPECT_EQ(iso(Instant{-1}), "1969-12-31T23:59:59Z");
    EXPECT_EQ(iso(Instant{-86'400'000}), "1969-12-31T00:00:00Z");
    EXPECT_EQ(at("2026-11-23T08:05:00Z").ms, 1'795'421'100'000);
    EXPECT_EQ(at("2026-11-23T08:05:00.5Z").ms, 1'795'421'100'500);
    EXPECT_EQ(at("2026-11-23T08:05:00.12Z").ms, 1'795'421'100'120);
    EXPECT_EQ(at("2026-11-23T08:05:00.123456789Z").ms, 1'795'421'100'123);
    EXPECT_EQ(at("1969-12-31T23:59:59.999Z").ms, -1);
    for (std::string_view wrong :
         {"", "2026-11-23", "2026-11-23T08:05:00", "2026-11-23T08:05Z", "2026-11-23 08:05:00Z", "2026-11-23t08:05:00z",
          "2026-11-23T24:00:00Z", "2026-11-23T08:60:00Z", "2026-11-23T08:05:60Z", "2026-11-23T08:05:00.Z",
          "2026-11-23T08:05:00.1234567890Z", "2026-11-23T08:05:00,5Z", "2026-11-23T08:05:00+00:00",
          "2026-02-30T08:05:00Z", "2026-11-23T-8:05:00Z", "2026-11-23T08:05:00ZZ", "2026-11-23T08:05:00.5aZ"})
        EXPECT_FALSE(parse_instant(wrong)) << wrong;
}

RC_GTEST_PROP(InstantsProperty, SecondsReadBack, ()) {
    const std::int64_t seconds = *rc::gen::inRange<std::int64_t>(-2'208'988'800, 7'289'654'400);  // 1900 .. 2200
    const Instant t{seconds * 1'000 + *rc::gen::inRange<int>(0, 1'000)};
    RC_ASSERT(at(iso(t)).ms == seconds * 1'000);
}

TEST(Instants, WholeMinutes) {
    EXPECT_EQ(whole_minute(Instant{119'999}).ms, 60'000);
    EXPECT_EQ(whole_minute(Instant{120'000}).ms, 120'000);
    EXPECT_EQ(whole_minute(Instant{-1}).ms, -60'000);
}

TEST(LocalTime, AcrossSummerTimeInBerlin) {
    const Zone zone("Europe/Berlin");
    struct Case {
        const char *instant, *day;
        int minutes;
    };
    for (const Case& one : std::initializer_list<Case>{{"2026-01-01T22:59:59Z", "2026-01-01", 23 * 60 + 59},
                                                       {"2026-01-01T23:00:00Z", "2026-01-02", 0},
                                                       {"2026-03-29T00:59:59Z", "2026-03-29", 60 + 59},
                                                       {"2026-03-29T01:00:00Z", "2026-03-29", 3 * 60},
                                                       {"2026-07-01T21:59:59Z", "2026-07-01", 23 * 60 + 59},
                                                       {"2026-07-01T22:00:00Z", "2026-07-02", 0},
                                                       {"2026-10-25T00:30:00Z", "2026-10-25", 2 * 60 + 30},
                                                       {"2026-10-25T01:30:00Z", "2026-10-25", 2 * 60 + 30},
                                                       {"1969-12-31T23:30:00Z", "1970-01-01", 30}}) {
        EXPECT_EQ(iso(local_day(at(one.instant))), one.day) << one.instant;
        EXPECT_EQ(local_minutes(at(one.instant)), one.minutes) << one.instant;
    }
    EXPECT_EQ(iso(start_of(on("2026-03-29"))), "2026-03-28T23:00:00Z");
    EXPECT_EQ(iso(start_of(on("2026-03-30"))), "2026-03-29T22:00:00Z");
    EXPECT_EQ(iso(start_of(on("2026-10-25"))), "2026-10-24T22:00:00Z");
    EXPECT_EQ(iso(start_of(on("2026-10-26"))), "2026-10-25T23:00:00Z");
}

TEST(LocalTime, InShanghai) {
    const Zone zone("Asia/Shanghai");
    EXPECT_EQ(iso(local_day(at("2026-11-23T15:59:59Z"))), "2026-11-23");
    EXPECT_EQ(iso(local_day(at("2026-11-23T16:00:00Z"))), "2026-11-24");
    EXPECT_EQ(local_minutes(at("2026-11-23T08:05:00Z")), 16 * 60 + 5);
    EXPECT_EQ(iso(start_of(on("2026-11-24"))), "2026-11-23T16:00:00Z");
    EXPECT_EQ(iso(start_of(on("1988-07-01"))), "1988-06-30T15:00:00Z");  // summer time, 1986 to 1991
}

TEST(LocalTime, DaysThatBeginOddly) {
    {
        const Zone zone("America/Sao_Paulo");  // midnight to one o'clock was skipped
        EXPECT_EQ(iso(start_of(on("2018-11-04"))), "2018-11-04T03:00:00Z");
        EXPECT_EQ(local_minutes(start_of(on("2018-11-04"))), 60);
    }
    {
        const Zone zone("America/St_Johns");  // a minute after midnight set back to a minute after eleven
        EXPECT_EQ(iso(start_of(on("2006-10-29"))), "2006-10-29T02:30:00Z");
    }
    {
        const Zone zone("Pacific/Apia");  // 30 December 2011 did not take place
        EXPECT_EQ(start_of(on("2011-12-30")), start_of(on("2011-12-31")));
        EXPECT_EQ(iso(start_of(on("2011-12-31"))), "2011-12-30T10:00:00Z");
    }
    {
        const Zone zone("Pacific/Kiritimati");
        EXPECT_EQ(iso(start_of(on("2026-01-01"))), "2025-12-31T10:00:00Z");
    }
}

TEST(LocalTime, StartsAreFirstInstantsInEachZone) {
    for (const char* name : {"UTC", "Europe/Berlin", "Asia/Shanghai", "America/Sao_Paulo", "America/St_Johns",
                             "Australia/Lord_Howe", "Asia/Tehran", "Africa/Cairo", "Pacific/Chatham"}) {
        const Zone zone(name);
        for (Day d = on("1985-01-01"); d < on("2030-01-01"); d = d + 1) {
            const Instant start = start_of(d);
            ASSERT_EQ(local_day(start), d) << name << " " << iso(d);
            ASSERT_LT(local_day(start + -1), d) << name << " " << iso(d);
        }
    }
}

TEST(Clocks, TheSetOneStandsStill) {
    SetClock clock(at("2026-11-23T08:05:00Z"));
    EXPECT_EQ(clock.now(), clock.now());
    clock.advance(1'500);
    EXPECT_EQ(clock.now() - at("2026-11-23T08:05:00Z"), 1'500);
    clock.set(Instant{7});
    EXPECT_EQ(clock.now().ms, 7);
}

TEST(Clocks, TheSystemsOneShowsUnixMilliseconds) {
    const std::int64_t before = std::time(nullptr);
    const std::int64_t seconds = SystemClock().now().ms / 1'000;
    EXPECT_GE(seconds, before - 1);  // time() may be a tick behind
    EXPECT_LE(seconds, std::time(nullptr) + 1);
    const double first = stopwatch();
    EXPECT_GE(stopwatch(), first);
}

}  // namespace
}  // namespace kernel
