#include "translation.h"

#include <gtest/gtest.h>

#include "routes_for_tests.h"
#include "rules.h"
#include "store.h"

namespace dialogue {
namespace {

people::Actor with(std::initializer_list<people::Role> roles) {
    people::Actor a;
    a.officer = people::OfficerId(5);
    a.unit = people::UnitId(2);
    a.roles = roles;
    return a;
}

Statement shown() {
    Statement s;
    s.id = StatementId(60);
    s.state = State::accepted;
    s.text = "More buses at night";
    s.lang = "en";
    return s;
}

cycle::Cycle round_of(people::UnitId organiser) {
    cycle::Cycle c;
    c.id = CycleId(40);
    c.organiser = organiser;
    c.phase = cycle::Phase::consult;
    return c;
}

TEST(TranslationRules, WhoTranslatesWhat) {
    const cycle::Cycle round = round_of(people::UnitId(2));
    const people::Actor clerk = with({people::Role::clerk}), moderator = with({people::Role::moderator});
    const auto key = [&](const people::Actor& who, const Statement& s, std::string_view lang, const std::string& text,
                         std::int64_t times = 0) {
        const auto done = rules::translate(who, round, s, lang, text, times);
        return done ? std::string() : done.error().key;
    };
    EXPECT_EQ(key(clerk, shown(), "zh-Hans", "夜里多开几班车"), "");
    EXPECT_EQ(key(moderator, shown(), "zh-Hans", "夜里多开几班车"), "");
    EXPECT_EQ(key(moderator, shown(), "zh-Hans", ""), "") << "takes back";
    EXPECT_NE(key(people::Actor(), shown(), "zh-Hans", "夜"), "");
    EXPECT_EQ(key(clerk, shown(), "en", "More"), "dialogue.translated_same_language");
    EXPECT_EQ(key(clerk, shown(), "en-GB", "More"), "dialogue.translated_same_language");
    EXPECT_EQ(key(clerk, shown(), "no language", "More"), "dialogue.lang_unknown");
    EXPECT_NE(key(clerk, shown(), "de", std::string(max_translation + 1, 'x')), "");
    EXPECT_EQ(key(clerk, shown(), "de", std::string(max_translation, 'x')), "");
    EXPECT_EQ(key(clerk, shown(), "de", "Mehr", max_times_translated), "dialogue.translated_often");
    Statement aside = shown(), erased = shown();
    aside.state = State::set_aside;
    erased.text = "";
    EXPECT_EQ(key(clerk, aside, "de", "Mehr"), "dialogue.not_shown");
    EXPECT_EQ(key(clerk, erased, "de", "Mehr"), "dialogue.not_shown");
}

TEST(TranslationRules, TagsOfOneLanguage) {
    EXPECT_TRUE(same_language("zh-TW", "zh-Hant"));
    EXPECT_TRUE(same_language("en", "en-GB"));
    EXPECT_TRUE(same_language("de", "de"));
    EXPECT_FALSE(same_language("zh-Hans", "zh-Hant"));
    EXPECT_FALSE(same_language("de", "fr"));
}

class TranslationStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(3, s);

    std::string stands(StatementId one, std::string_view lang = "zh-Hans") {
        const auto found = translation(*world.database->read(), one, lang);
        return found ? found->text : "";
    }
    void translate_now(StatementId one, const std::string& text, std::string_view lang = "zh-Hans") {
        must(translate(*world.needs, world.as("clerk"), id, lang, {{one, text}}));
    }
    std::size_t left(std::string_view lang = "zh-Hans") {
        return untranslated(*world.database->read(), id, lang, StatementId(), 10).size();
    }
};

TEST_P(TranslationStore, TheNewestIntoALanguageStands) {
    EXPECT_EQ(left(), 3u);
    EXPECT_EQ(left("en"), 0u) << "they are in English";
    const std::int64_t before = world.ledger->size();
    must(translate(*world.needs, world.as("clerk"), id, "zh-Hans", {{s[0], "一"}, {s[2], "三"}}));
    EXPECT_EQ(world.ledger->size(), before + 2);
    EXPECT_EQ(left(), 1u);
    translate_now(s[0], "壹");
    translate_now(s[0], "第一", "zh-Hant");
    EXPECT_EQ(stands(s[0]), "壹");
    EXPECT_EQ(translations(*world.database->read(), s[0]).size(), 2u);
    EXPECT_EQ(times_translated(*world.database->read(), s[0]), 3);
    EXPECT_EQ(refused(translate(*world.needs, world.as("clerk"), id, "zh-Hans", {{s[0], "壹"}})),
              "dialogue.nothing_translated");
    translate_now(s[0], "");
    EXPECT_EQ(stands(s[0]), "");
    EXPECT_EQ(stands(s[0], "zh-Hant"), "第一");
    EXPECT_EQ(left(), 2u);
    world.expect_same_after_rebuild();
}

TEST_P(TranslationStore, AllOrNoneAndOfOneDialogue) {
    const DialogueId other = world.opened();
    const StatementId elsewhere = must(seed(*world.needs, world.as("head"), other, "Elsewhere", "en"));
    must(set_aside(*world.needs, world.as("moderator"), s[1], Ground::duplicate, ""));
    const std::int64_t size = world.ledger->size();
    const auto key = [&](std::string_view login, std::vector<Translating> all) {
        return refused(translate(*world.needs, world.as(login), id, "zh-Hans", all));
    };
    EXPECT_EQ(key("clerk", {{s[0], "一"}, {elsewhere, "别处"}}), "dialogue.statement_unknown");
    EXPECT_EQ(key("clerk", {{s[0], "一"}, {s[1], "二"}}), "dialogue.not_shown");
    EXPECT_EQ(key("clerk", {}), "dialogue.nothing_translated");
    EXPECT_EQ(key("clerk", std::vector<Translating>(translated_at_once + 1, {s[0], "一"})),
              "dialogue.translations_too_many");
    EXPECT_EQ(world.ledger->size(), size);
    const auto wrong = translate(*world.needs, world.as("clerk"), id, "zh-Hans", {{s[0], "一"}, {s[1], "二"}});
    EXPECT_EQ(wrong.error().field, "text-" + std::to_string(s[1].value()));
}

TEST_P(TranslationStore, ErasedWithItsStatementAndTheSameAfterARebuild) {
    translate_now(s[0], "一");
    translate_now(s[0], "壹");
    translate_now(s[0], "一條", "zh-Hant");
    translate_now(s[1], "二");
    const auto repeated = repeated_in(*world.database->read(), s[0].value());
    ASSERT_EQ(repeated.size(), 3u);
    EXPECT_TRUE(repeated_in(*world.database->read(), id.value()).empty());
    // The one that stood is gone, and none before it comes back.
    world.erase(repeated[1]);
    EXPECT_EQ(stands(s[0]), "");
    EXPECT_EQ(stands(s[0], "zh-Hant"), "一條");
    world.expect_same_after_rebuild();
    world.erase(repeated[0]);
    world.erase(repeated[2]);
    world.erase(s[0].value());
    EXPECT_TRUE(translations(*world.database->read(), s[0]).empty());
    EXPECT_EQ(stands(s[1]), "二");
    world.expect_same_after_rebuild();
}

TEST_P(TranslationStore, WhatIsSetAsideIsNotReadInTranslationEither) {
    translate_now(s[0], "一");
    const std::int64_t entry = repeated_in(*world.database->read(), s[0].value()).at(0);
    EXPECT_FALSE(withheld(*world.database->read(), entry));
    must(set_aside(*world.needs, world.as("moderator"), s[0], Ground::personal_data, ""));
    EXPECT_TRUE(withheld(*world.database->read(), entry));
    EXPECT_EQ(line_for(page::Lang::zh_hans, *world.database->read(), world.get(s[0])).text, "");
    must(accept(*world.needs, world.as("moderator"), s[0], "a mistake"));
    EXPECT_FALSE(withheld(*world.database->read(), entry));
}

TEST_P(TranslationStore, SeedsOfManyLines) {
    const auto key = [&](const std::vector<std::string>& texts) {
        return refused(seed(*world.needs, world.as("clerk"), id, texts, "en"));
    };
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(key({}), "dialogue.text_missing");
    EXPECT_EQ(key({"Good", std::string(max_statement + 1, 'x')}), "dialogue.seed_line");
    EXPECT_EQ(key(std::vector<std::string>(max_seeds + 1, "Same")), "dialogue.seeds_too_many");
    EXPECT_EQ(world.ledger->size(), size);
    const auto first =
        must(seed(*world.needs, world.as("clerk"), id, std::vector<std::string>{"One more", "And another"}, "en"));
    EXPECT_EQ(world.ledger->size(), size + 2);
    EXPECT_EQ(world.get(first).text, "One more");
    EXPECT_EQ(world.get(StatementId(first.value() + 1)).text, "And another");
}

INSTANTIATE_TEST_SUITE_P(Engines, TranslationStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

std::string whole(http::Response response) {
    std::string all;
    while (response.stream(all)) {}
    return all;
}

TEST_F(DialogueRoutes, TranslationsArePutInByStaffAndReadByEverybody) {
    EXPECT_EQ(get(at("/translations")).status, 303) << "to sign in";
    EXPECT_EQ(get("/dialogues/999/translations", "clerk").status, 404);
    for (const char* lang : {"en", "zh-Hans", "zh-Hant"})
        EXPECT_EQ(get(at("/translations?lang=") + lang, "moderator").status, 200);
    const auto page = get(at("/translations?to=zh-Hans&lang=en"), "clerk");
    EXPECT_TRUE(has(page, "name=\"text-" + number(s[0]) + "\""));
    // An empty field is left for later.
    const auto saved =
        post(at("/translations"),
             {{"to", "zh-Hans"}, {"text-" + number(s[0]), "夜里多开几班车"}, {"text-" + number(s[1]), ""}}, "clerk");
    EXPECT_EQ(header(saved, "Location"), at("/translations?to=zh-Hans"));
    EXPECT_FALSE(has(get(at("/translations?to=zh-Hans&lang=en"), "clerk"), "name=\"text-" + number(s[0]) + "\""));

    for (const std::string& path : {address(s[0]), at("/statements")}) {
        EXPECT_TRUE(has(get(path + "?lang=zh-Hans"), "夜里多开几班车")) << path;
        EXPECT_TRUE(has(get(path + "?lang=zh-Hans"), "Statement 0")) << path << ": the author's own words stay";
        EXPECT_FALSE(has(get(path + "?lang=en"), "夜里多开几班车")) << path;
    }
    EXPECT_NE(
        whole(get(at("/statements.jsonl"))).find(R"("translations":[{"lang":"zh-Hans","text":"夜里多开几班车"}])"),
        std::string::npos);
    EXPECT_TRUE(has(get("/api/v1/dialogues/" + std::to_string(id.value()) + "/statements"), "夜里多开几班车"));

    // One alone: what stands can be corrected, and taken back by emptying it.
    const std::string one = at("/translations?to=zh-Hans&lang=en&statement=") + number(s[0]);
    EXPECT_TRUE(has(get(one, "clerk"), "夜里多开几班车</textarea>"));
    const auto long_one = post(
        at("/translations"),
        {{"to", "zh-Hans"}, {"statement", number(s[0])}, {"text-" + number(s[0]), std::string(500, 'x')}}, "clerk");
    EXPECT_EQ(long_one.status, 422);
    EXPECT_TRUE(has(long_one, std::string(500, 'x'))) << "what was typed stays";
    EXPECT_TRUE(has(long_one, "id=\"text-" + number(s[0]) + "-error\""));
    const auto back = post(at("/translations"),
                           {{"to", "zh-Hans"}, {"statement", number(s[0])}, {"text-" + number(s[0]), ""}}, "clerk");
    EXPECT_EQ(header(back, "Location"), address(s[0]));
    EXPECT_FALSE(has(get(address(s[0]) + "?lang=zh-Hans"), "夜里多开几班车"));
    EXPECT_EQ(post(at("/translations"), {{"to", "xx"}}, "clerk").status, 400);
    EXPECT_EQ(post(at("/translations"), {{"to", "en"}, {"text-" + number(s[0]), "x"}}, "").status, 401);
    EXPECT_TRUE(has(get(address(s[0]), "clerk"), "/translations?statement=" + number(s[0])));
    EXPECT_FALSE(has(get(address(s[0])), "/translations?statement="));
}

TEST_F(DialogueRoutes, JsonLinesHaveEveryStatementOnceAndNoHiddenText) {
    must(set_aside(*world.needs, world.as("moderator"), s[1], Ground::duplicate, ""));
    const std::string file = whole(get(at("/statements.jsonl")));
    std::size_t lines = 0;
    for (std::string_view rest = file; !rest.empty(); ++lines) {
        const std::size_t cut = rest.find('\n');
        ASSERT_NE(cut, rest.npos);
        const auto json = kernel::parse_json(rest.substr(0, cut));
        ASSERT_TRUE(json);
        EXPECT_EQ((*json)["text"].is_null(), (*json)["id"] == kernel::Json(s[1].value()));
        rest.remove_prefix(cut + 1);
    }
    EXPECT_EQ(lines, 3u);
}

}  // namespace
}  // namespace dialogue
