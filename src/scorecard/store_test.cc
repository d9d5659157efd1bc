// Cards of what really happened, on both engines; what was published stays.
#include "store.h"

#include <cycle/cycle.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <jobs/testing.h>
#include <people/testing.h>
#include <voice/casework.h>

#include "pages.h"

namespace scorecard {
namespace {

using kernel::on;

// 2026-11-23, nine o'clock; a unit with one under it.
class ScorecardStore : public testing::TestWithParam<db::Engine>, protected people::TestOrganisation {
protected:
    ScorecardStore()
        : TestOrganisation(GetParam(), {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds,
                                        measure::add_kinds, add_kinds}) {
        roads = unit(root, "Roads");
        lamps = unit(roads, "Lamps");
        using people::Role;
        officer(root, "clerk", {Role::clerk});
        officer(roads, "roads", {Role::officer});
        officer(lamps, "lamps", {Role::officer});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
    }
    // Said by the n-th visitor and given to a unit; answered and rated where asked for.
    voice::VoiceId said(int n, people::UnitId unit, bool answered = false, std::optional<int> stars = {},
                        bool sample = false) {
        voice::Draft d;
        d.cycle = desk;
        d.text = "no. " + std::to_string(n);
        d.lang = "en";
        d.sample = sample;
        const voice::VoiceId id = must(voice::receive(*needs, visitor(n), d, {})).id;
        must(voice::assign(*needs, as("clerk"), id, unit, {}));
        if (answered)
            must(voice::answer(*needs, as(unit == roads ? "roads" : "lamps"), id, voice::Answer::done, "done", {}));
        if (stars) must(voice::rate(*needs, visitor(n), id, "", *stars > 2, *stars, ""));
        return id;
    }
    Card card_of(people::UnitId unit) { return card(*database->read(), unit, on("2026-10-01"), on("2026-12-31")); }

    people::UnitId roads, lamps;
    people::CycleId desk;
};

TEST_P(ScorecardStore, OwnFiguresAndApartThoseWithTheUnitsUnderIt) {
    for (int n = 0; n < 3; ++n) said(n, roads, true, 5);
    said(3, roads, true, 1);
    said(4, roads, true);
    said(5, roads);
    said(6, lamps, true, 2, true);
    const Card c = card_of(roads);
    EXPECT_EQ(c.k, 5);
    ASSERT_EQ(c.figures.size(), 10u);
    EXPECT_EQ(c.figures[0].part, 5);
    EXPECT_EQ(c.figures[0].whole, 5);
    EXPECT_EQ(c.figures[0].outside[0].n, 1);
    EXPECT_EQ(c.figures[1].part, 3);
    EXPECT_EQ(c.figures[1].whole, 5);
    EXPECT_EQ(c.figures[2].whole, 4);
    EXPECT_FALSE(c.figures[2].shown);
    EXPECT_EQ(c.below, std::vector<people::UnitId>{lamps});
    EXPECT_EQ(c.with_below[0].whole, 6);
    EXPECT_TRUE(c.with_below[2].shown);
    EXPECT_TRUE(c.sample);
    const Card under = card_of(lamps);
    EXPECT_TRUE(under.below.empty());
    EXPECT_TRUE(under.with_below.empty());
    EXPECT_EQ(under.figures[0].whole, 1);
    EXPECT_EQ(card_of(root).figures[0].whole, 0);
    EXPECT_FALSE(card_of(root).with_below.empty());
    // Another quarter has none of it; any day of a month means the month.
    EXPECT_EQ(card(*database->read(), roads, on("2026-07-01"), on("2026-09-30")).figures[5].whole, 0);
    EXPECT_EQ(card(*database->read(), roads, on("2026-11-30"), on("2026-11-30")).figures[5].whole, 6);
}

// The addresses of everything that a card counts.
std::vector<std::string> links_of(const Card& c) {
    std::vector<std::string> all = {c.typed_link, c.by_staff_link};
    const auto add = [&](const std::vector<Figure>& figures) {
        for (const Figure& f : figures) {
            all.push_back(f.link), all.push_back(f.link_part);
            for (const Count& one : f.inside) all.push_back(one.link);
            for (const Count& one : f.outside) all.push_back(one.link);
        }
    };
    add(c.figures), add(c.with_below);
    for (const Card::Hidden& h : c.hidden_by) all.push_back(h.link);
    return all;
}

TEST_P(ScorecardStore, EveryFigureHasItsList) {
    officer(root, "moderator", {people::Role::moderator});
    const voice::VoiceId id = said(0, roads);
    must(voice::hide(*needs, as("moderator"), id, people::Ground::personal_data, "a name"));
    const Card c = card_of(roads);
    ASSERT_EQ(c.hidden_by.size(), 1u);
    const std::string days = "&from=2026-10-01&to=2026-12-31&figure=";
    const std::string unit = "?unit=" + std::to_string(roads.value());
    EXPECT_EQ(c.hidden_by[0].link, "/voices" + unit + days + "hidden&ground=personal_data");
    EXPECT_EQ(c.typed_link, "/voices" + unit + days + "typed");
    EXPECT_EQ(c.figures[4].outside[0].link, "/measures" + unit + days + "not_judged");
    EXPECT_EQ(c.with_below[0].link, "/voices" + unit + days + "settled&below=yes");
    for (const std::string& link : links_of(c)) EXPECT_NE(link, "");
}

TEST_P(ScorecardStore, CountsAllUnitsBelowHoweverMany) {
    people::UnitId last;
    for (int n = 0; n < 520; ++n) last = unit(lamps, "Lamp " + std::to_string(n));
    said(0, last);
    said(1, lamps);
    const Card c = card_of(roads);
    EXPECT_EQ(c.below.size(), 521u);
    EXPECT_EQ(c.with_below[5].whole, 2);
    voice::Filter f;
    f.counted = voice::Counting{{roads}, c.from, c.to, voice::Figure::received, true};
    EXPECT_EQ(voice::voices(*database->read(), f).size(), 2u);
}

TEST_P(ScorecardStore, WhatWasPublishedStaysAndIsPublishedOnce) {
    said(0, roads, true);
    EXPECT_EQ(refused(publish(*needs, roads, on("2026-10-01"), on("2026-12-31"))), "scorecard.not_over");
    go_to("2027-01-04");
    EXPECT_EQ(refused(publish(*needs, lamps, on("2026-10-01"), on("2026-12-31"))), "scorecard.nothing_counted");
    const std::int64_t before = ledger->size();
    jobs::run_once(tasks(*needs));
    EXPECT_EQ(ledger->size(), before + 1);
    jobs::run_once(tasks(*needs));
    EXPECT_EQ(ledger->size(), before + 1);
    EXPECT_EQ(refused(publish(*needs, roads, on("2026-10-01"), on("2026-12-31"))), "scorecard.published_already");
    auto all = published(*database->read(), roads, on("2026-10-01"), on("2026-12-31"));
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].entry, before);
    EXPECT_EQ(all[0].k, 5);
    ASSERT_EQ(all[0].values.size(), 10u);
    EXPECT_EQ(all[0].values[0], (Published::Value{"answered_in_time", 1, 1}));
    EXPECT_EQ(slip(*database->read(), before)->link,
              "/units/" + std::to_string(roads.value()) + "/scorecard?from=2026-10-01&to=2026-12-31");
    EXPECT_FALSE(slip(*database->read(), before - 1));
    page::set_up({});
    http::Request r;
    r.path = r.target = "/units/" + std::to_string(roads.value()) + "/scorecard";
    r.headers["accept-language"] = "en";
    auto db = database->read();
    const Period quarter{on("2026-10-01"), on("2026-12-31")};
    const page::Page shown = card_page(r, *db, roads, quarter, on("2027-01-04"));
    EXPECT_NE(shown.main.text().find("As published"), std::string::npos);
    EXPECT_NE(shown.main.text().find("/receipts/" + std::to_string(before)), std::string::npos);
    EXPECT_EQ(shown.main.text().find("This period is not over"), std::string::npos);
    EXPECT_FALSE(shown.sample);
    const std::string json =
        kernel::canonical(as_json(card_of(roads), 7, published(*db, roads, quarter.from, quarter.to)));
    EXPECT_NE(json.find("\"published\":[{"), std::string::npos);
    EXPECT_NE(json.find("\"position\":7"), std::string::npos);
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, ScorecardStore, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace scorecard
