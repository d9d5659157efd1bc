#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "measure.h"

namespace measure {
namespace {

TEST(MeasureDecimal, ReadsWhatItWrites) {
    const std::pair<const char*, Decimal> cases[] = {{"0", {0, 0}},
                                                     {"12.5", {125, 1}},
                                                     {"-12.50", {-1250, 2}},
                                                     {"0.000001", {1, 6}},
                                                     {"-0.5", {-5, 1}},
                                                     {"999999999999", {999999999999, 0}},
                                                     {"123456.654321", {123456654321, 6}},
                                                     {"10", {10, 0}},
                                                     {"0.0", {0, 1}}};
    for (const auto& [text, value] : cases) {
        EXPECT_EQ(Decimal::parse(text), value) << text;
        EXPECT_EQ(value.text(), text);
    }
    EXPECT_EQ(Decimal::parse("007"), (Decimal{7, 0}));
    EXPECT_EQ(Decimal::parse("-0"), (Decimal{0, 0}));
}

TEST(MeasureDecimal, RefusesEverythingElse) {
    for (const char* bad :
         {"",      "-",    ".",   "1.",   ".5", "--1", "+1",   "1e3",           "1,000",     "1 000",          "0x10",
          "1.2.3", "１２", "abc", "12 %", " 1", "1 ",  "1.-5", "1234567890123", "0.1234567", "1234567.654321", "NaN",
          "-.5"})
        EXPECT_FALSE(Decimal::parse(bad)) << bad;
}

TEST(MeasureDecimal, ComparesAsNumbers) {
    const auto less = [](const char* a, const char* b) {
        return compare(*Decimal::parse(a), *Decimal::parse(b)) == std::strong_ordering::less;
    };
    EXPECT_TRUE(less("9.99", "10"));
    EXPECT_TRUE(less("-10", "-9.99"));
    EXPECT_TRUE(less("999999999998", "999999999999"));
    EXPECT_TRUE(less("0", "0.000001"));
    EXPECT_EQ(compare(*Decimal::parse("1.0"), *Decimal::parse("1")), std::strong_ordering::equal);
}

TEST(MeasureDecimal, PercentOfTheWay) {
    struct Case {
        const char *baseline, *target, *now;
        int percent;
    };
    for (const Case& c : std::initializer_list<Case>{{"24", "6", "24", 0},
                                                     {"24", "6", "6", 100},
                                                     {"24", "6", "15", 50},
                                                     {"24", "6", "30", 0},
                                                     {"24", "6", "2", 100},
                                                     {"0", "3", "1", 33},
                                                     {"0", "3", "2.999999", 99},
                                                     {"-5", "5", "0", 50},
                                                     {"0", "0.000003", "0.000001", 33},
                                                     {"-999999999999", "999999999999", "0", 50},
                                                     {"999999999999", "-999999999999", "-999999999998", 99}})
        EXPECT_EQ(percent_of_way(*Decimal::parse(c.baseline), *Decimal::parse(c.target), *Decimal::parse(c.now)),
                  c.percent)
            << c.baseline << " " << c.target << " " << c.now;
}

TEST(MeasureDecimal, AnyDecimalSurvivesText) {
    EXPECT_TRUE(rc::check("parse(text(d)) is d", [] {
        const int decimals = *rc::gen::inRange(0, 7);
        const auto value = *rc::gen::inRange<std::int64_t>(-99'999'999'999, 99'999'999'999);
        const Decimal d{value, decimals};
        RC_ASSERT(Decimal::parse(d.text()) == d);
    }));
    EXPECT_TRUE(rc::check("the way is 0 at the start, 100 at the target, and never runs backwards", [] {
        const auto any = [] {
            return Decimal{*rc::gen::inRange<std::int64_t>(-100'000, 100'000), *rc::gen::inRange(0, 4)};
        };
        const Decimal baseline = any(), target = any();
        RC_PRE(compare(baseline, target) != std::strong_ordering::equal);
        RC_ASSERT(percent_of_way(baseline, target, baseline) == 0);
        RC_ASSERT(percent_of_way(baseline, target, target) == 100);
        Decimal a = any(), b = any();
        const bool rises = compare(baseline, target) == std::strong_ordering::less;
        if ((compare(a, b) == std::strong_ordering::greater) == rises) std::swap(a, b);
        RC_ASSERT(percent_of_way(baseline, target, a) <= percent_of_way(baseline, target, b));
    }));
}

}  // namespace
}  // namespace measure
