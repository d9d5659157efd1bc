#include "categories.h"

#include <gtest/gtest.h>
#include <preset/preset.h>
#include <routing/routing.h>

#include "test_world.h"

namespace discovery {
namespace {

class CategoriesTest : public testing::Test {
protected:
    World world{db::Engine::sqlite};
    Categories categories;

    void learn() {
        categories.learn(*world.database, world.needs->clock, [] { return true; });
    }
    // A message of this category, answered.
    void answered(const std::string& category, const std::string& text) {
        voice::Draft draft;
        draft.cycle = world.desk, draft.kind = voice::Kind::question;
        draft.text = text, draft.lang = "en", draft.category = category;
        const auto id = must(voice::receive(*world.needs, world.visitor("p" + std::to_string(n_++)), draft, {})).id;
        must(voice::answer(*world.needs, world.as("officer"), id, voice::Answer::done, "Yes.", {}));
    }
    int n_ = 0;
};

TEST_F(CategoriesTest, LearnsFromAnsweredCasesAndSaysHowWell) {
    learn();
    EXPECT_EQ(categories.learnt(), std::nullopt);
    EXPECT_TRUE(categories.suggest("", "The lamp is dark").empty());
    routing::Lists lists;
    lists.categories = {{"lamps", {"", "", "Lamps"}}, {"buses", {"", "", "Buses"}}, {"rare", {"", "", "Rare"}}};
    lists.rows = {{"", "", "", world.root, true}};
    routing::Hooks hooks;
    for (const char* kind : {"help", "complaint", "suggestion", "question", "praise"})
        hooks.kinds.push_back({kind, ""});
    must(routing::set_table(*world.needs, hooks, world.as("admin"), {lists, "the first", {}}));
    for (int i = 0; i < 12; ++i) {
        const std::string n = std::to_string(i);
        answered("lamps", "When is the dark street lamp number " + n + " repaired and lit again?");
        answered("buses", "When does the late bus of line " + n + " come to the stop again?");
    }
    answered("rare", "What is a rare thing?");
    learn();
    const auto learnt = categories.learnt();
    ASSERT_TRUE(learnt);
    EXPECT_EQ(learnt->cases, 24) << "a category of one case is left out";
    ASSERT_EQ(learnt->categories.size(), 2u);
    EXPECT_GT(learnt->right, 0.9);
    EXPECT_EQ(categories.suggest("", "The lamp in our street is dark"), std::vector<std::string>{"lamps"});
    EXPECT_EQ(categories.suggest("", "The bus was late at our stop"), std::vector<std::string>{"buses"});
    const kernel::Instant before = learnt->at;
    world.go_to("2026-12-01");
    learn();
    EXPECT_EQ(categories.learnt()->at, before) << "nothing new, nothing learnt";
}

}  // namespace
}  // namespace discovery
