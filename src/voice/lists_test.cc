// That no list reads the whole table: how it is looked up, not how long that takes.
#include <gtest/gtest.h>

#include <db/testing.h>

#include "lists.h"
#include "test_world.h"

namespace voice {
namespace {

struct Asked {
    const char* what;
    Filter filter;
    const char* index;  // "" for the table's own key
    bool sorts = false;
};

Filter with(auto set) {
    Filter f;
    set(f);
    return f;
}

TEST(VoiceLists, AreLookedUpByAnIndex) {
    World world(db::Engine::sqlite);
    auto db = world.database->read();
    const auto counting = [&](Figure what) {
        return with([&](Filter& f) { f.counted = Counting{{world.roads}, {20'000}, {20'100}, what, false}; });
    };
    const Asked all[] = {
        {"all", {}, ""},
        {"a round", with([&](Filter& f) { f.cycle = world.desk; }), "voice_of_cycle"},
        {"a kind", with([](Filter& f) { f.kind = Kind::help; }), "voice_of_kind"},
        {"a state", with([](Filter& f) { f.state = State::answered; }), "voice_in_state"},
        {"a unit", with([&](Filter& f) { f.unit = world.roads; }), "voice_of_unit"},
        {"late", with([](Filter& f) { f.late_only = true; }), "voice_late"},
        {"a unit's late ones", with([&](Filter& f) { f.unit = world.roads, f.late_only = true; }), "voice_late_of"},
        {"a kind, the next page", with([](Filter& f) { f.kind = Kind::help, f.before = VoiceId(9); }), "voice_of_kind"},
        {"behind a figure", counting(Figure::late), "voice_counted", true},
        {"behind a figure of another register", counting(Figure::before_late), "voice_before_of", true},
    };
    for (const Asked& one : all) {
        const std::string plan = db::plan_of(*db, list_of(*db, one.filter));
        const std::string used = *one.index ? std::string("INDEX ") + one.index : "SCAN v\n";
        EXPECT_NE(plan.find(used), std::string::npos) << one.what << ": " << plan;
        EXPECT_EQ(plan.find("TEMP B-TREE") != std::string::npos, one.sorts) << one.what << ": " << plan;
    }
}

TEST(VoiceLists, QueuesAreReadInTheirOrder) {
    World world(db::Engine::sqlite);
    auto db = world.database->read();
    const auto plan = [&](auto set) {
        DeskFilter f;
        set(f);
        return db::plan_of(*db, waiting_query(f, 21));
    };
    const auto of_unit = plan([&](DeskFilter& f) { f.unit = world.roads; });
    EXPECT_NE(of_unit.find("INDEX voice_waiting "), std::string::npos) << of_unit;
    EXPECT_EQ(of_unit.find("TEMP B-TREE"), std::string::npos) << of_unit;
    const auto mine = plan([&](DeskFilter& f) { f.unit = world.roads, f.officer = people::OfficerId(3); });
    EXPECT_NE(mine.find("INDEX voice_queue "), std::string::npos) << mine;
    EXPECT_EQ(mine.find("TEMP B-TREE"), std::string::npos) << mine;
}

}  // namespace
}  // namespace voice
