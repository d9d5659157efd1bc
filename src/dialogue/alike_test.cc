// What says nearly the same is shown before it is said twice.
#include "alike.h"

#include "routes_for_tests.h"

namespace dialogue {
namespace {

TEST_F(DialogueRoutes, WhatOthersSaidIsShownBeforeItIsSaidTwice) {
    const StatementId night =
        must(seed(*world.needs, world.as("clerk"), id, "Buses should run all night at weekends", "en"));
    const StatementId han = must(seed(*world.needs, world.as("clerk"), id, "末班车应该开到夜里十二点", "zh-Hans"));
    const std::int64_t before = world.count(id).statements();
    const auto asked = post(at("/statements?lang=en"), {{"text", "The buses should run all night at the weekend"}});
    EXPECT_EQ(asked.status, 200);
    EXPECT_TRUE(has(asked, "Others said nearly the same."));
    EXPECT_TRUE(has(asked, "Buses should run all night at weekends"));
    EXPECT_TRUE(has(asked, "?after=" + std::to_string(night.value() - 1)));
    EXPECT_TRUE(has(asked, "\nThe buses should run all night at the weekend</textarea>")) << "what was typed stays";
    EXPECT_TRUE(has(asked, "name=\"sure\" value=\"yes\""));
    EXPECT_EQ(world.count(id).statements(), before);
    const auto traditional = post(at("/statements"), {{"text", "末班車應該開到夜裡十二點"}});
    EXPECT_TRUE(has(traditional, "?after=" + std::to_string(han.value() - 1))) << "in the other script";

    const auto sure =
        post(at("/statements"), {{"text", "The buses should run all night at the weekend"}, {"sure", "yes"}});
    EXPECT_EQ(sure.status, 303);
    EXPECT_EQ(world.count(id).statements(), before + 1);
    EXPECT_EQ(post(at("/statements"), {{"text", "Tickets are too expensive for families"}}).status, 303);

    // Once it is set aside nobody is led there.
    must(set_aside(*world.needs, world.as("moderator"), night, Ground::duplicate, ""));
    EXPECT_EQ(post(at("/statements"), {{"text", "Buses should run all night at the weekends"}}).status, 303);
}

TEST_F(DialogueRoutes, SomethingElseIsAskedWithoutMoreAdo) {
    Alike alike;
    auto db = world.database->read();
    for (const char* text : {"", " ", "🚌", "Statement", "x",
                             "\xE2\x80\xAE"
                             "abc"})
        EXPECT_LE(alike.near(*db, id, text, 3).size(), 3U) << text;
    EXPECT_TRUE(alike.near(*db, DialogueId(999'999), "Buses", 3).empty());
}

}  // namespace
}  // namespace dialogue
