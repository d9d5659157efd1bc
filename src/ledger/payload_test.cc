#include "payload.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace ledger {
namespace {

using kernel::Json;

Entry sample() {
    Entry e;
    e.index = 7;
    e.kind = "voice.received";
    e.facts = Json::Object{{"day", "2026-02-28"}, {"no_day", "2026-02-30"}, {"number", 3}};
    e.facts.set("all", Json::Array{1, 2}).set("mixed", Json::Array{1, "2"});
    e.words = Json::Object{{"text", "a bus"}};
    return e;
}

template <class Read>
std::string thrown(Read read) {
    try {
        read();
    } catch (const std::runtime_error& e) { return e.what(); }
    return "nothing";
}

TEST(Payload, ADraftSaysWhatItWasGivenAndIsOpen) {
    const Draft d = draft("voice.received", 5, Json::Object{{"by", 1}}, Json::Object{{"text", "x"}});
    EXPECT_EQ(d.kind, "voice.received");
    EXPECT_EQ(d.v, 1);
    EXPECT_EQ(d.subject, 5);
    EXPECT_EQ(d.parent, std::nullopt);
    EXPECT_EQ(d.facts, Json(Json::Object{{"by", 1}}));
    EXPECT_EQ(d.words, Json(Json::Object{{"text", "x"}}));
    EXPECT_EQ(d.facts_served, Served::open);
    EXPECT_EQ(d.words_served, Served::open);
    EXPECT_EQ(draft("voice.closed", 5, Json::Object{}).words, std::nullopt);
}

TEST(Payload, ReadsFactsAndWords) {
    Entry e = sample();
    EXPECT_EQ(word(e, "text"), "a bus");
    EXPECT_EQ(kernel::iso(day_in(e, "day")), "2026-02-28");
    EXPECT_EQ(maybe_day(e, "day"), day_in(e, "day"));
    EXPECT_EQ(maybe_day(e, "until"), std::nullopt);
    EXPECT_EQ(maybe_integer(e, "number"), 3);
    EXPECT_EQ(maybe_integer(e, "motion"), std::nullopt);
    EXPECT_EQ(integers_in(e, "all"), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(readable(e, std::optional(4), "no four"), 4);
    need_version(e, 1);
    e.words.reset();
    EXPECT_EQ(word(e, "text"), "");
}

TEST(Payload, NamesTheEntryThatContradictsItself) {
    const Entry e = sample();
    EXPECT_EQ(thrown([&] { unreadable(e, "why"); }), "entry 7, voice.received: why");
    EXPECT_EQ(thrown([&] { readable(e, std::optional<int>(), "why"); }), "entry 7, voice.received: why");
    EXPECT_EQ(thrown([&] { need_version(e, 2); }), "entry 7, voice.received: unknown version 1");
    EXPECT_EQ(thrown([&] { day_in(e, "no_day"); }), "entry 7, voice.received: no_day is no day");
    EXPECT_EQ(thrown([&] { maybe_day(e, "no_day"); }), "entry 7, voice.received: no_day is no day");
    EXPECT_EQ(thrown([&] { integers_in(e, "mixed"); }), "entry 7, voice.received: no integer in mixed");
    EXPECT_NE(thrown([&] { word(e, "title"); }), "nothing");
    EXPECT_NE(thrown([&] { day_in(e, "until"); }), "nothing");
    EXPECT_NE(thrown([&] { day_in(e, "number"); }), "nothing");
    EXPECT_NE(thrown([&] { maybe_integer(e, "day"); }), "nothing");
    EXPECT_NE(thrown([&] { integers_in(e, "day"); }), "nothing");
}

}  // namespace
}  // namespace ledger
