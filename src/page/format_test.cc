#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "markup.h"
#include "page.h"

namespace page {
namespace {

TEST(Format, full_dates) {
    const kernel::Day day = kernel::day({2026, 11, 23});
    EXPECT_EQ(full_date(Lang::en, day), "23 November 2026");
    EXPECT_EQ(full_date(Lang::zh_hans, day), "2026年11月23日");
    EXPECT_EQ(full_date(Lang::zh_hant, kernel::day({2028, 2, 29})), "2028年2月29日");
    EXPECT_EQ(full_date(Lang::en, kernel::day({1999, 1, 1})), "1 January 1999");
}

TEST(Format, date_and_minute_in_the_organisations_zone) {
    const kernel::Instant at{kernel::start_of(kernel::day({2026, 3, 2})).ms + (9 * 60 + 5) * 60'000 + 59'999};
    EXPECT_EQ(date_time(Lang::en, at), "2 March 2026, 09:05");
    EXPECT_EQ(date_time(Lang::zh_hans, at), "2026年3月2日 09:05");
}

TEST(Format, numbers) {
    const std::pair<std::int64_t, const char*> cases[] = {{0, "0"},
                                                          {999, "999"},
                                                          {1000, "1,000"},
                                                          {49997, "49,997"},
                                                          {-1234567, "-1,234,567"},
                                                          {-999, "-999"},
                                                          {9007199254740991, "9,007,199,254,740,991"},
                                                          {INT64_MIN, "-9,223,372,036,854,775,808"}};
    for (const auto& [value, text] : cases) EXPECT_EQ(number(Lang::en, value), text);
}

TEST(Format, percent_never_flatters) {
    struct Case {
        std::int64_t part, whole;
        const char* text;
    };
    const Case cases[] = {{63, 100, "63%"},
                          {1, 3, "33%"},
                          {2, 3, "67%"},
                          {1, 2, "50%"},
                          {5, 1000, "1%"},
                          {4, 1000, "0.4%"},
                          {1, 100000, "0.1%"},
                          {0, 7, "0%"},
                          {7, 7, "100%"},
                          {999, 1000, "99.9%"},
                          {99999, 100000, "99.9%"},
                          {996, 1000, "99.6%"},
                          {1, 0, "–"},
                          {0, 0, "–"},
                          {9007199254740990, 9007199254740991, "99.9%"}};
    for (const Case& c : cases) EXPECT_EQ(percent(Lang::zh_hans, c.part, c.whole), c.text) << c.part << "/" << c.whole;
    EXPECT_EQ(percent(Lang::en, 63, 100), "63\xC2\xA0%");
}

TEST(Format, svg_numbers) {
    const std::pair<double, const char*> cases[] = {{0, "0"},         {-0.001, "0"}, {12.5, "12.5"}, {33.3333, "33.33"},
                                                    {-1.05, "-1.05"}, {100, "100"},  {0.1, "0.1"},   {2.999, "3"}};
    for (const auto& [value, text] : cases) EXPECT_EQ(svg_number(value), text);
}

TEST(Wilson, published_values) {
    // 8 of 10: 0.490–0.943. The others: R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
    struct Case {
        std::int64_t successes, n;
        double low, high;
    };
    const Case cases[] = {{8, 10, 0.4902, 0.9433},
                          {81, 263, 0.2553, 0.3662},
                          {15, 148, 0.0624, 0.1605},
                          {0, 20, 0, 0.1611},
                          {1, 29, 0.0061, 0.1718}};
    for (const Case& c : cases) {
        const auto [low, high] = wilson(c.successes, c.n);
        EXPECT_NEAR(low, c.low, 0.0001) << c.successes << "/" << c.n;
        EXPECT_NEAR(high, c.high, 0.0001) << c.successes << "/" << c.n;
    }
    EXPECT_EQ(wilson(0, 0), std::make_pair(0.0, 1.0));
}

RC_GTEST_PROP(Wilson, holds_the_share_and_mirrors, ()) {
    const auto n = *rc::gen::inRange<std::int64_t>(1, 5000);
    const auto k = *rc::gen::inRange<std::int64_t>(0, n + 1);
    const auto [low, high] = wilson(k, n);
    const double share = static_cast<double>(k) / static_cast<double>(n);
    RC_ASSERT(0 <= low && low <= share && share <= high && high <= 1);
    const auto [other_low, other_high] = wilson(n - k, n);
    RC_ASSERT(std::abs(low - (1 - other_high)) < 1e-9 && std::abs(high - (1 - other_low)) < 1e-9);
}

}  // namespace
}  // namespace page
