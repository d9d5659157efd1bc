// The index beside a reader who reads everything, on both engines.
#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace search {
namespace {

class Searching : public testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(Engines, Searching, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

// Few words, so that much is found; in both scripts.
class Talker {
public:
    explicit Talker(std::uint32_t seed) : random_(seed) {}
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string words(std::size_t n) {
        static const char* const all[] = {"搅",      "拌",    "站",      "噪音", "扰民", "攪拌站",   "公交",   "车",
                                          "車",      "，",    "。",      " ",    "A3",   "区",       " late ", " bus ",
                                          " buses ", " the ", " lamps ", "灯",   "不亮", " Straße ", "吵"};
        std::string out;
        for (std::size_t i = 0; i < n; ++i) out += all[below(std::size(all))];
        return out + "吧";
    }
    std::string query() {
        static const char* const all[] = {"站",   "搅拌",       "搅拌站",       "車",      "公交车",  "噪音 站",
                                          "bus",  "late buses", "\"late bus\"", "吵 -车",  "灯不亮",  "-bus 站",
                                          "A3区", "A3",         "the lamp",     "扰民 搅", "strasse", "吧",
                                          "站站", "\"站 吵\"",  "吧 -站 -bus"};
        return below(4) == 0 ? words(1 + below(3)) : all[below(std::size(all))];
    }

private:
    std::mt19937 random_;
};

void act(World& world, Talker& talker, std::vector<voice::VoiceId>& voices) {
    const auto some = [&] { return voices[talker.below(voices.size())]; };
    switch (voices.empty() ? 0 : talker.below(12)) {
        case 0:
        case 1:
        case 2:
        case 3:
            voices.push_back(world.say(talker.below(2) ? talker.words(3) : "", talker.words(2 + talker.below(12)),
                                       talker.below(3) ? "" : talker.words(2),
                                       talker.below(6) ? voice::Audience::open : voice::Audience::unit_only,
                                       talker.below(2) ? world.desk : world.round));
            break;
        case 4:
            world.state(talker.words(6));
            break;
        case 5: {
            const auto about = world.suggest(talker.words(3), talker.words(8));
            if (talker.below(2)) world.went(about, talker.words(3), talker.words(6));
            break;
        }
        case 6:
            world.promised(talker.words(3), talker.words(6));
            break;
        case 7:
        case 8: {
            const auto id = some();
            if (voice::voice(*world.database->read(), id)->state < voice::State::answered)
                world.answer(id, talker.words(5));
            break;
        }
        case 9:
            world.hide(some());
            break;
        case 10:
            world.withdraw(some());
            break;
        case 11: {
            const auto id = some();
            (void)world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, id.value(), "test"); });
            break;
        }
    }
}

TEST_P(Searching, FindsWhatAReaderOfEverythingFindsInTheSameOrder) {
    World world(GetParam());
    Talker talker(7);
    std::vector<voice::VoiceId> voices;
    world.moved(world.suggest("搅拌站搬迁", "噪音扰民"), "Move the mixing plant 搅拌站", "Room 站 3");
    world.asked("Late buses, 公交", true);
    world.asked("Buses that are not asked about yet", false);
    std::size_t found = 0;
    for (int turn = 0; turn < 12; ++turn) {
        for (int i = 0; i < 25; ++i) act(world, talker, voices);
        if (turn == 5) world.go_to("2026-12-01");
        world.index();
        for (int i = 0; i < 12; ++i) {
            Asked asked;
            const std::string text = talker.query();
            auto parsed = parse_query(text, world.tokenizer);
            if (!parsed) continue;
            asked.query = *std::move(parsed);
            if (talker.below(3) == 0) asked.kind = all_kinds[talker.below(std::size(all_kinds))];
            if (talker.below(4) == 0) asked.cycle = (talker.below(2) ? world.desk : world.round).value();
            if (talker.below(5) == 0) asked.unit = world.roads.value();
            if (asked.kind == Kind::voice && talker.below(2)) asked.state = "answered";
            if (talker.below(5) == 0) asked.from = kernel::on("2026-12-01");
            if (talker.below(5) == 0) asked.until = kernel::on("2026-11-30");
            asked.order = talker.below(2) ? Order::fitting : Order::newest;
            const std::vector<Hit> hits = world.all(asked);
            found += hits.size();
            ASSERT_EQ(World::shown(hits), World::shown(world.slowly(asked))) << text << ", turn " << turn;
        }
    }
    EXPECT_GT(found, 500u);
    // What was added, changed and taken out again and again is what would be written down today.
    const auto kept = world.lists();
    world.index_anew();
    EXPECT_EQ(kept, world.lists());
}

TEST(SearchLists, BothEnginesKeepTheSameLists) {
    std::map<std::int64_t, kernel::Bytes> lists[2];
    std::string found[2];
    for (const db::Engine engine : db::engines) {
        World world(engine);
        Talker talker(11);
        std::vector<voice::VoiceId> voices;
        for (int i = 0; i < 120; ++i) {
            act(world, talker, voices);
            if (i % 10 == 0) world.index();
        }
        world.index();
        lists[engine == db::Engine::postgres] = world.lists();
        for (const char* text : {"站", "bus -车", "搅拌站 吵", "\"late bus\""})
            found[engine == db::Engine::postgres] += World::shown(world.all(world.query(text))) + "\n";
    }
    EXPECT_EQ(lists[0], lists[1]);
    EXPECT_EQ(found[0], found[1]);
}

TEST_P(Searching, OneOfEachKindIsFoundAndNothingThatIsNotForEverybody) {
    World world(GetParam());
    const auto open = world.say("", "紫檀木 one");
    const auto apart = world.say("", "紫檀木 two", "", voice::Audience::unit_only);
    const auto hidden = world.say("", "紫檀木 three"), gone = world.say("", "紫檀木 four"),
               erased = world.say("", "紫檀木 five");
    world.answer(open, "answered with a 翡翠 stone");
    const auto statement = world.state("紫檀木 six");
    const auto issue = world.suggest("紫檀木", "seven"), another = world.suggest("another", "紫檀木");
    const auto visit = world.went(another, "紫檀木", "eight");
    const auto measure = world.promised("紫檀木", "nine");
    const auto motion = world.moved(issue, "紫檀木 ten", "紫檀木 hall");
    const auto survey = world.asked("紫檀木", true), draft = world.asked("紫檀木 later", false);
    world.index();
    ASSERT_TRUE(world.hide(hidden) && world.withdraw(gone));
    world.erase(erased.value());
    world.index();
    const auto addresses = world.addresses("紫檀木");
    const auto has = [&](std::string_view folder, std::int64_t id) {
        return std::count(addresses.begin(), addresses.end(), std::string(folder) + std::to_string(id)) == 1;
    };
    EXPECT_TRUE(has("/voices/", open.value()) && has("/statements/", statement.value()) &&
                has("/issues/", issue.value()));
    EXPECT_TRUE(has("/issues/", another.value()) && has("/visits/", visit.value()) &&
                has("/measures/", measure.value()));
    EXPECT_TRUE(has("/motions/", motion.value()) && has("/surveys/", survey.value()));
    EXPECT_EQ(world
                  .all([&] {
                      Asked asked = world.query("紫檀木");
                      asked.kind = Kind::sitting;
                      return asked;
                  }())
                  .size(),
              1u);
    for (const auto& id : {apart, hidden, gone, erased}) EXPECT_FALSE(has("/voices/", id.value())) << id.value();
    EXPECT_FALSE(has("/surveys/", draft.value()));
    EXPECT_EQ(world.addresses("翡翠"), std::vector<std::string>{"/voices/" + std::to_string(open.value())});
    EXPECT_EQ(world.addresses("紫檀木 翡翠").size(), 1u) << "one word in the message, the other in its answer";
}

TEST_P(Searching, WhatWasErasedIsInNoListAndNoRow) {
    World world(GetParam());
    world.say("", "common words");
    world.index();
    const auto before = world.lists();
    const auto id = world.say("翡翠", "Xylophonquartz");
    world.index();
    EXPECT_EQ(world.addresses("xylophonquartz").size(), 1u);
    EXPECT_NE(world.lists(), before);
    world.erase(id.value());
    world.index();
    EXPECT_EQ(world.lists(), before);
    EXPECT_TRUE(world.addresses("翡翠").empty());
    const auto row = row_of(*world.database->read(), {Kind::voice, id.value()});
    ASSERT_TRUE(row);
    EXPECT_EQ(row->own_print, 0) << "not even what would prove a guess";
}

TEST_P(Searching, TheIndexIsMadeAnewByOtherRulesAndWhenItsTablesAreEmpty) {
    World world(GetParam());
    for (int i = 0; i < 20; ++i) world.say("", "bus " + std::to_string(i));
    world.index();
    const auto lists = world.lists();
    EXPECT_EQ(world.addresses("bus").size(), 20u);
    {
        auto derived = world.database->derived();
        derived->run("update derived.search_made set rules = 'older'");
        derived->run("update derived.search_word set list = $1", kernel::Bytes{2, 0});
    }
    world.index();
    EXPECT_EQ(world.lists(), lists);
    world.index_anew();
    EXPECT_EQ(world.lists(), lists);
    std::vector<std::int64_t> told;
    Indexer indexer(*world.needs);
    world.say("", "bus");
    indexer.catch_up([&](std::int64_t read) { told.push_back(read); });
    EXPECT_EQ(told, std::vector<std::int64_t>{world.ledger->size()});
    world.say("", "bus");
    indexer.catch_up({}, [] { return true; });
    EXPECT_EQ(world.addresses("bus").size(), 21u) << "it was told to stop";
    indexer.catch_up();
    EXPECT_EQ(world.addresses("bus").size(), 22u);
}

// Statements alone, because they are made fast: more than fill a block, and more than are ranked.
TEST_P(Searching, LargeNumbersAreCountedHonestlyAndTurnedByKey) {
    World world(GetParam());
    const std::int64_t n = block_size + 300;
    for (std::int64_t i = 0; i < n; ++i)
        kernel::must(dialogue::seed(*world.needs, world.as("head"), world.talk,
                                    (i % 50 == 0 ? "rare bus " : "bus ") + std::to_string(i), "en"));
    world.index();
    auto db = world.database->read();
    Asked asked = world.query("bus");
    const Found first = find(*db, world.needs->server_key, asked);
    EXPECT_EQ(first.count, most_ranked);
    EXPECT_TRUE(first.more);
    for (const Order order : {Order::fitting, Order::newest}) {
        asked.order = order;
        const std::vector<Hit> all = world.all(asked, 100);
        ASSERT_EQ(all.size(), static_cast<std::size_t>(n));
        for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i].n, n - 1 - static_cast<std::int64_t>(i));
    }
    asked = world.query("rare");
    const Found rare = find(*db, world.needs->server_key, asked);
    EXPECT_EQ(rare.count, (n + 49) / 50);
    EXPECT_FALSE(rare.more);
    EXPECT_FALSE(rare.stopped_at);
    EXPECT_EQ(world.all(asked, 10).size(), static_cast<std::size_t>((n + 49) / 50));
}

TEST(Cursors, AreReadAsWrittenAndNothingElseIs) {
    EXPECT_EQ((Cursor{17, {}}.text()), "17");
    EXPECT_EQ((Cursor{17, std::pair(12, 4)}.text()), "17.12.4");
    for (const char* good : {"17", "17.12.4"}) EXPECT_EQ(Cursor::parse(good)->text(), good);
    for (const char* bad : {"", "x", "-1", "1.2", "1.2.3.4", "1.99999999999.3", "1..3", "01"})
        EXPECT_FALSE(Cursor::parse(bad)) << bad;
}

}  // namespace
}  // namespace search
