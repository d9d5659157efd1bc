#include "rules.h"

#include <gtest/gtest.h>

#include "params.h"

namespace preset::rules {
namespace {

const people::OfficerId by(3);

Now now_of(std::string_view id, std::optional<std::string_view> in_force = {}) {
    Now now{in_library(id), {}, 0};
    if (in_force) now.in_force = in_library(*in_force)->preset;
    return now;
}

std::string outcome(const kernel::Result<change::Adopted>& r) {
    return r ? "ok" : r.error().field + ':' + r.error().key;
}

Casework figures(std::string_view id, int reply) {
    Casework c = in_library(id)->preset.casework();
    c.reply.term.n = reply;
    return c;
}

TEST(Adopting, TableOfCases) {
    struct Case {
        const char* id;
        const char* in_force;
        const char* reason;
        const char* expected;
    };
    for (const Case& one : std::initializer_list<Case>{
             {"cn.12345.ay", nullptr, "as in the city", "ok"},
             {"cn.12345.ay", "letters.generic", "as in the city", "ok"},
             {"cn.12345.ay", "cn.12345.ay", "again", ":preset.in_force_already"},
             {"cn.12345.ay", nullptr, "", "reason:people.reason_missing"},
             {"rect.audit", nullptr, "r", ":preset.not_adoptable"},
             {"cn.ogi.answer", nullptr, "r", ":preset.not_adoptable"},
             {"cn.consult", nullptr, "r", ":preset.not_adoptable"},
             {"cn.12345.pop", nullptr, "r", ":preset.unknown"},
             {"", nullptr, "r", ":preset.unknown"},
         }) {
        const std::optional<std::string_view> before =
            one.in_force ? std::optional<std::string_view>(one.in_force) : std::nullopt;
        EXPECT_EQ(outcome(adopt(now_of(one.id, before), {one.id, {}, one.reason}, by)), one.expected) << one.id;
    }
    EXPECT_EQ(outcome(adopt(now_of("cn.xf"), {"cn.xf", {}, std::string(max_reason + 1, 'x')}, by)),
              "reason:kernel.text_too_long");
}

TEST(Adopting, APresetAsItIs) {
    const auto made = adopt(now_of("cn.xf"), {"cn.xf", {}, "r"}, by);
    ASSERT_TRUE(made);
    const Preset& p = made->adopted;
    EXPECT_EQ(p.id, "cn.xf");
    EXPECT_EQ(p.tag, Tag::text);
    EXPECT_EQ(p.by, by);
    EXPECT_EQ(p.reason, "r");
    EXPECT_EQ(p.params, in_library("cn.xf")->preset.params);
    EXPECT_FALSE(p.based_on);
    const auto same = adopt(now_of("cn.xf"), {"cn.xf", in_library("cn.xf")->preset.params, "r"}, by);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->adopted.id, "cn.xf") << "the same figures are the preset itself";
}

TEST(Adopting, AChangedFigureStandsUnderNobodysNameButOnesOwn) {
    Now now = now_of("cn.12345.ay", "cn.12345.ay");
    now.own_before = 4;
    const auto made = adopt(now, {"cn.12345.ay", figures("cn.12345.ay", 7), "more time"}, by);
    ASSERT_TRUE(made);
    const Preset& p = made->adopted;
    EXPECT_EQ(p.id, "own");
    EXPECT_EQ(p.version, 5);
    EXPECT_EQ(p.tag, Tag::own);
    EXPECT_EQ(p.based_on, (Based{"cn.12345.ay", 1}));
    EXPECT_EQ(p.changed, std::vector<std::string>{"reply.term"});
    EXPECT_EQ(p.casework().reply.term.n, 7);
    EXPECT_EQ(p.stated, (std::vector<std::string>{"bounce.within_hours", "extension.approver", "extension.longest"}))
        << "what was changed, its source no longer says";
    now.in_force = p;
    EXPECT_EQ(outcome(adopt(now, {"cn.12345.ay", figures("cn.12345.ay", 7), "r"}, by)), ":preset.in_force_already");
    EXPECT_EQ(outcome(adopt(now, {"cn.12345.ay", figures("cn.12345.ay", 8), "r"}, by)), "ok");
    EXPECT_EQ(outcome(adopt(now, {"cn.12345.ay", {}, "r"}, by)), "ok");
}

TEST(Adopting, FiguresThatAreNone) {
    EXPECT_EQ(outcome(adopt(now_of("cn.xf"), {"cn.xf", figures("cn.xf", -1), "r"}, by)), "reply.term.n:deadline.span");
    EXPECT_EQ(outcome(adopt(now_of("cn.xf"), {"cn.xf", in_library("rect.audit")->preset.params, "r"}, by)),
              ":preset.not_adoptable");
    Casework c = figures("cn.xf", 5);
    c.superior_at = 0;
    EXPECT_EQ(outcome(adopt(now_of("cn.xf"), {"cn.xf", c, "r"}, by)), "superior_at:preset.superior");
    c = figures("cn.xf", 5);
    c.release = {"gossip"};
    EXPECT_EQ(outcome(adopt(now_of("cn.xf"), {"cn.xf", c, "r"}, by)), "release:preset.kind_unknown");
    c = figures("cn.xf", 5);
    c.rating.n = 0;
    EXPECT_EQ(outcome(adopt(now_of("cn.xf"), {"cn.xf", c, "r"}, by)), "rating.n:deadline.span_zero");
    Rectification r = in_library("rect.audit")->preset.rectification();
    r.rework.n = 0;
    EXPECT_EQ(outcome(adopt(now_of("rect.audit"), {"rect.audit", r, "r"}, by)), ":preset.not_adoptable")
        << "nothing goes by it yet";
}

}  // namespace
}  // namespace preset::rules
