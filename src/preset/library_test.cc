// The library: each file is read, whole, and says what its source says; figures that are confirmed nowhere stand under
// nobody's name.
#include "library.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "params.h"

namespace preset {
namespace {

using kernel::Json;

bool names_an_institution(std::string_view id) {
    return !(id.starts_with("letters.") || id.starts_with("rect.") || id.starts_with("example."));
}

TEST(Library, StandsUnderAnInstitutionsNameOnlyAsItsTextSays) {
    ASSERT_EQ(library().size(), 29u);
    for (const LibraryPreset& one : library()) {
        const Preset& p = one.preset;
        EXPECT_TRUE(check(p.params)) << p.id;
        EXPECT_FALSE(p.source.empty()) << p.id;
        EXPECT_TRUE(!one.title.zh_hans.empty() && !one.title.zh_hant.empty() && !one.title.en.empty()) << p.id;
        EXPECT_FALSE(p.stated.empty()) << p.id;
        EXPECT_TRUE(p.tag == Tag::text || !names_an_institution(p.id)) << p.id << ": nobody has read the text";
        if (p.tag == Tag::text) {
            EXPECT_FALSE(p.jurisdiction.empty()) << p.id;
            EXPECT_TRUE(p.retrieved) << p.id;
        } else {
            EXPECT_TRUE(p.jurisdiction.empty()) << p.id << ": of no place";
        }
        EXPECT_EQ(p.source == "Huiyin", p.tag == Tag::own) << p.id;
    }
}

// The figures of the rules' own texts, beside the articles they stand in.
TEST(Library, SaysWhatTheTextsSay) {
    struct Case {
        const char *id, *path;
        Json figure;
    };
    const auto term = [](const char* unit, int n) {
        return Json(Json::Object{{"unit", unit}, {"n", n}, {"first", "next_day"}, {"ending", "as_it_falls"}});
    };
    const auto wd = [&](int n) { return term("working_days", n); };
    const auto d = [&](int n) { return term("days", n); };
    for (const Case& one : std::initializer_list<Case>{
             {"cn.xf", "accept.term", d(15)},
             {"cn.xf", "reply.term", d(60)},
             {"cn.xf", "reply.start", "accepted"},
             {"cn.xf", "extension.longest", d(30)},
             {"cn.xf", "extension.approver", "head"},
             {"cn.xf", "bounce.within", wd(5)},
             {"cn.12345.jn", "reply.term", wd(5)},
             {"cn.12345.wf", "reply.term", wd(5)},
             {"cn.12345.ay", "reply.term", wd(5)},
             {"cn.12345.ay", "extension.longest", wd(5)},
             {"cn.12345.ay", "extension.approver", "head"},
             {"cn.12345.ay", "bounce.within_hours", 24},
             {"cn.12345.biz", "reply.term", wd(5)},
             {"cn.12345.biz", "extension.longest", wd(10)},
             {"cn.deputy", "reply.term", term("months", 3)},
             {"cn.deputy", "reply.start", "assigned"},
             {"cn.deputy", "extension.longest", term("months", 3)},
             {"cn.deputy", "bounce.within", wd(5)},
             {"cn.disclosure.workplace", "reply.term", d(30)},
             {"cn.audit.rectify", "due.term", d(60)},
             {"rect.labour", "due.term", d(90)},
             {"rect.service", "due.term", wd(15)},
         }) {
        const LibraryPreset* found = in_library(one.id);
        ASSERT_TRUE(found) << one.id;
        const std::string path = one.path;
        const std::size_t dot = path.find('.');
        const Json whole = as_json(found->preset.params);
        EXPECT_EQ(whole[path.substr(0, dot)][path.substr(dot + 1)], one.figure) << one.id << ' ' << path;
        EXPECT_EQ(std::count(found->preset.stated.begin(), found->preset.stated.end(), path), 1)
            << one.id << ' ' << path;
    }
}

TEST(Library, StepsOfWhatIsNoCase) {
    struct Case {
        const char *id, *step;
        deadline::Unit unit;
        int n;
        bool at_least;
    };
    using enum deadline::Unit;
    for (const Case& one : std::initializer_list<Case>{
             {"cn.ogi.answer", "correct", working_days, 7, false},
             {"cn.ogi.answer", "third_party", working_days, 15, false},
             {"cn.ogi.answer", "coauthor", working_days, 15, false},
             {"cn.ogi.answer", "answer", working_days, 20, false},
             {"cn.ogi.publish", "publish", working_days, 20, false},
             {"cn.xf.review", "object", days, 30, false},
             {"cn.xf.review", "review", days, 30, false},
             {"cn.xf.review", "ask_again", days, 30, false},
             {"cn.xf.review", "review_again", days, 30, false},
             {"cn.inspect.objection", "object", days, 30, false},
             {"cn.inspect.objection", "decide", days, 30, false},
             {"cn.consult", "consult", days, 30, true},
             {"cn.consult", "hearing_papers", days, 7, true},
             {"cn.consult", "hearing_notice", days, 30, true},
             {"cn.consult", "legal", working_days, 7, true},
             {"cn.rule.effect", "take_effect", days, 30, true},
             {"cn.publicity.personnel", "show", working_days, 5, true},
             {"cn.audit.report", "hear_report", months, 6, false},
         }) {
        const LibraryPreset* found = in_library(one.id);
        ASSERT_TRUE(found) << one.id;
        const Steps& steps = std::get<Steps>(found->preset.params);
        const auto step = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.name == one.step; });
        ASSERT_NE(step, steps.end()) << one.id << ' ' << one.step;
        EXPECT_EQ(step->term->unit, one.unit) << one.id << ' ' << one.step;
        EXPECT_EQ(step->term->n, one.n) << one.id << ' ' << one.step;
        EXPECT_EQ(step->at_least, one.at_least) << one.id << ' ' << one.step;
    }
    const Steps& report = std::get<Steps>(in_library("cn.ogi.report")->preset.params);
    EXPECT_EQ(report[0].on, (YearDay{1, 31}));
    EXPECT_EQ(report[1].on, (YearDay{3, 31}));
    const Steps& answer = std::get<Steps>(in_library("cn.ogi.answer")->preset.params);
    EXPECT_EQ(answer[1].silence, Silence::authority_decides);
    EXPECT_EQ(answer[2].silence, Silence::consent);
    EXPECT_EQ(answer[3].extension.longest.n, 20);
}

TEST(Library, WhatASourceDoesNotSayIsNeutral) {
    const Casework& neutral_one = neutral(Applies::cases).preset.casework();
    const Preset& p = in_library("cn.12345.jn")->preset;
    Casework c = p.casework();
    EXPECT_EQ(c.reply.term.n, 5);
    c.reply.term = neutral_one.reply.term;
    EXPECT_EQ(c, neutral_one);
    EXPECT_EQ(p.stated, std::vector<std::string>{"reply.term"});
    EXPECT_FALSE(in_library("cn.12345.beijing")) << "its text has no figures";
    EXPECT_FALSE(in_library("cn.ogi.2008")) << "no longer the rule";
}

// ---- files that are none
// ---------------------------------------------------------------------------------------------

Json file() {
    return *kernel::parse_json(R"({"id":"example.one","version":1,"applies":"cases","jurisdiction":"","tag":"S",
        "source":"a page","article":"","title":{"zh-Hans":"a","zh-Hant":"b","en":"c"},
        "params":{"reply":{"term":{"unit":"days","n":5}}}})");
}

kernel::Result<LibraryPreset> parsed(const Json& json) {
    return parse_preset(kernel::canonical(json), [](Applies applies) {
        return adoptable(applies) ? as_json(neutral(applies).preset.params) : Json(Json::Object{});
    });
}

std::string refused(const Json& json) {
    const auto read = parsed(json);
    return read ? "" : read.error().field + ':' + read.error().key;
}

Json with(const char* member, Json value) { return file().set(member, std::move(value)); }
Json params(std::string_view text) { return with("params", *kernel::parse_json(text)); }

TEST(LibraryFile, IsRead) {
    const auto read = parsed(file());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->preset.casework().reply.term.unit, deadline::Unit::days);
    EXPECT_EQ(read->title.en, "c");
    EXPECT_EQ(refused(with("retrieved", "2026-11-01")), "");
}

TEST(LibraryFile, Faults) {
    EXPECT_EQ(refused(with("id", "Two words")), "id:preset.id");
    EXPECT_EQ(refused(with("id", 7)), "id:deadline.json_member");
    EXPECT_EQ(refused(with("version", 0)), "version:deadline.json_member");
    EXPECT_EQ(refused(with("tag", "K")), "tag:deadline.json_word") << "what nobody confirmed is not shipped";
    EXPECT_EQ(refused(with("applies", "everything")), "applies:deadline.json_word");
    EXPECT_EQ(refused(with("retrieved", "2026-02-30")), "retrieved:deadline.json_member");
    EXPECT_EQ(refused(with("more", true)), "more:deadline.json_unknown");
    EXPECT_EQ(refused(with("title", Json::Object{{"en", "c"}})), "title.zh-Hans:deadline.json_member");
    EXPECT_EQ(refused(with("params", Json::Array{})), "params:deadline.json_member");
    EXPECT_EQ(refused(params(R"({"reply":{"term":{"unit":"days","n":-1}}})")), "params.reply.term.n:deadline.span");
    EXPECT_EQ(refused(params(R"({"reply":{"term":{"unit":"hours","n":1}}})")),
              "params.reply.term.unit:deadline.json_word");
    EXPECT_EQ(refused(params(R"({"rating":{"unit":"days","n":0}})")), "params.rating.n:deadline.span_zero");
    EXPECT_EQ(refused(params(R"({"replies":{}})")), "params.replies:deadline.json_unknown");
    EXPECT_EQ(refused(params(R"({"reply_of":{"gossip":{"unit":"days","n":1}}})")),
              "params.reply_of.gossip:deadline.json_unknown");
    EXPECT_EQ(refused(params(R"({"release":["gossip"]})")), "params.release:preset.kind_unknown");
    EXPECT_EQ(refused(params(R"({"superior_at":6})")), "params.superior_at:preset.superior");
    EXPECT_EQ(refused(params(R"({"bounce":{"within_hours":0}})")), "params.bounce.within_hours:deadline.hours");
    EXPECT_EQ(refused(params(R"({"bounce":{"within_hours":24}})")), "") << "instead of the days of the neutral one";
    EXPECT_EQ(refused(params(R"({"reply":{"ladder":[{"at":5,"level":"overdue"},{"at":5,"level":"overdue"}]}})")),
              "params.reply.ladder:deadline.ladder_order");
    EXPECT_EQ(refused(with("applies", "reviews")), "params.steps:deadline.json_member");
    const auto steps = [](std::string_view text) {
        return refused(with("applies", "reviews").set("params", *kernel::parse_json(text)));
    };
    EXPECT_EQ(steps(R"({"steps":[]})"), "params.steps:preset.steps_none");
    EXPECT_EQ(steps(R"({"steps":[{"name":"dance","term":{"unit":"days","n":1}}]})"),
              "params.steps:preset.step_unknown");
    EXPECT_EQ(steps(R"({"steps":[{"name":"object"}]})"), "params.steps:preset.step_day");
    EXPECT_EQ(steps(R"({"steps":[{"name":"object","on":{"month":2,"day":30}}]})"), "params.steps:preset.step_day");
    EXPECT_EQ(steps(R"({"steps":[{"name":"object","on":{"month":2,"day":29}}]})"), "");
    EXPECT_EQ(steps(R"({"steps":[{"name":"object","on":{"month":1,"day":1},"term":{"unit":"days","n":1}}]})"),
              "params.steps:preset.step_day");
}

TEST(LibraryFile, ThatIsNoJsonOrFarTooLong) {
    const auto nothing = [](Applies) { return Json(Json::Object{}); };
    for (const char* text : {"", "{", "[]", "{\"id\":\"a\",\"id\":\"b\"}", "\xff", "null"})
        EXPECT_FALSE(parse_preset(text, nothing)) << text;
    const auto huge = parse_preset(std::string(1'000'000, ' '), nothing);
    ASSERT_FALSE(huge);
    EXPECT_EQ(huge.error().key, "preset.too_large");
}

TEST(Figures, OverAndDiffering) {
    const Json base = as_json(neutral(Applies::cases).preset.params);
    EXPECT_TRUE(differing(base, base).empty());
    Casework c = neutral(Applies::cases).preset.casework();
    c.reply.term.n = 7;
    c.release = {"complaint"};
    EXPECT_EQ(differing(base, as_json(Params(c))), (std::vector<std::string>{"release", "reply.term"}));
    c = neutral(Applies::cases).preset.casework();
    c.bounce = {1, {}, 24};
    c.reply_again = c.rating;
    EXPECT_EQ(differing(base, as_json(Params(c))),
              (std::vector<std::string>{"bounce.most", "bounce.within", "bounce.within_hours", "reply_again"}));
    EXPECT_EQ(over(base, Json::Object{}), Json(Json::Object{})) << "nothing is a figure, too: it stands for itself";
}

}  // namespace
}  // namespace preset
