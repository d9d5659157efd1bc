// Checks of what really happened, on both engines; replay also after words were erased.
#include "store.h"

#include <set>

#include <cycle/cycle.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <jobs/testing.h>
#include <ledger/ledger.h>
#include <measure/testing.h>
#include <merkle/merkle.h>
#include <voice/casework.h>
#include <voice/found.h>

#include "change.h"
#include "draw.h"
#include "who.h"

namespace spotcheck {
namespace {

using kernel::on;

class SpotChecks : public testing::TestWithParam<db::Engine>, protected measure::TestTown {
protected:
    SpotChecks()
        : TestTown(GetParam(), {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds,
                                measure::add_kinds, add_kinds}) {}

    // Said, answered by Roads, and closed by the clock when the term for rating is over.
    voice::VoiceId answered(int n, voice::Audience audience = voice::Audience::open) {
        voice::Draft d;
        d.cycle = desk;
        d.text = "no. " + std::to_string(n);
        d.lang = "en";
        d.audience = audience;
        const voice::VoiceId id = must(voice::receive(*needs, visitor(n), d, {})).id;
        must(voice::assign(*needs, as("clerk"), id, roads, {}));
        must(voice::answer(*needs, as("owner"), id, voice::Answer::done, "done", {}));
        return id;
    }
    std::vector<voice::VoiceId> closed(int n) {
        std::vector<voice::VoiceId> all;
        for (int i = 0; i < n; ++i) all.push_back(answered(i));
        go_to("2026-12-15");
        jobs::run_once(voice::tasks(*needs));
        return all;
    }
    measure::MeasureId closed_measure() {
        const measure::MeasureId id(must(within([&](ledger::Writing& w) -> kernel::Checked {
            measure::adopt(w, promise(on("2026-12-18")), 7);
            return {};
        })));
        must(measure::report_done(*needs, as("owner"), id, {100, measure::Decimal::parse("6"), "Two buses", "Table"}));
        must(measure::verify(*needs, as("auditor"), id, true, "Counted"));
        must(within([&](ledger::Writing& w) { return measure::judge(w, id, 9, true); }));
        must(measure::close(*needs, as("clerk"), id, "All said"));
        return id;
    }
    void tick() { jobs::run_once(tasks(*needs)); }
    std::vector<Check> all_checks() { return checks(*database->read(), {}); }
    Check newest() { return all_checks().front(); }
    voice::State state_of(voice::VoiceId id) { return voice::voice(*database->read(), id)->state; }
    UnitCounts counted() { return unit_counts(*database->read(), {roads}, on("2026-10-01"), on("2027-03-31")); }
    Look seen(Outcome outcome, const std::string& words = "I stood there.") { return {outcome, today(), true, words}; }
};

TEST_P(SpotChecks, OnceInAQuarterTheClockAnnouncesAndDraws) {
    const auto voices = closed(5);
    answered(9, voice::Audience::unit_only);
    tick();
    EXPECT_TRUE(all_checks().empty()) << "the quarter is not over";
    go_to("2027-01-01");
    jobs::run_once(voice::tasks(*needs));
    tick();
    ASSERT_EQ(all_checks().size(), 1u);
    const Check c = newest();
    EXPECT_EQ(c.unit, roads);
    EXPECT_FALSE(c.by);
    EXPECT_EQ(c.to, c.id.value());
    EXPECT_EQ(c.population, 5) << "what is for the unit alone is not drawn";
    EXPECT_EQ(c.drawn, 3);
    EXPECT_EQ(c.due, on("2027-01-29"));
    // Anybody draws the same.
    std::vector<Candidate> all;
    for (voice::VoiceId id : voices) all.push_back({Matter::voice, id.value()});
    auto db = database->read();
    EXPECT_EQ(c.root, merkle::root(c.to + 1, ledger::hashes(*db)));
    const auto by_lot = lot(c.root, roads, all, 3);
    const auto drawn_now = drawn(*db, c.id);
    ASSERT_EQ(drawn_now.size(), by_lot.size());
    for (std::size_t i = 0; i < by_lot.size(); ++i) EXPECT_EQ(drawn_now[i].matter, by_lot[i].matter);
    tick();
    EXPECT_EQ(all_checks().size(), 1u) << "once";
    // The next quarter draws from what was closed since, and from nothing where nothing was.
    go_to("2027-04-01");
    tick();
    EXPECT_EQ(all_checks().size(), 1u);
    expect_same_after_rebuild();
}

TEST_P(SpotChecks, FewerThanAskedForAreAllDrawn) {
    closed(2);
    const measure::MeasureId measure = closed_measure();
    const CheckId id = must(order(*needs, as("inspector"), roads));
    const Check c = *check(*database->read(), id);
    EXPECT_EQ(c.by, as("inspector").officer);
    EXPECT_EQ(c.population, 3);
    EXPECT_EQ(c.drawn, 3);
    must(look(*needs, as("inspector"), id, measure.value(), seen(Outcome::not_as_said)));
    const auto m = *measure::measure(*database->read(), measure);
    EXPECT_EQ(m.state, measure::State::under_way) << "a rebound";
    EXPECT_EQ(m.reopened, 1);
    EXPECT_GT(m.promised.due, today());
    expect_same_after_rebuild();
}

TEST_P(SpotChecks, WhatIsNotAsSaidIsOpenAgain) {
    const auto voices = closed(3);
    const CheckId id = must(order(*needs, as("inspector"), roads));
    EXPECT_EQ(refused(order(*needs, as("inspector"), roads)), "spotcheck.still_open");
    EXPECT_EQ(refused(order(*needs, as("auditor"), roads)), "spotcheck.may_not_order");
    const std::int64_t first = voices[0].value(), second = voices[1].value(), third = voices[2].value();
    EXPECT_EQ(refused(look(*needs, as("owner"), id, first, seen(Outcome::as_said))), "spotcheck.unit_concerned");
    EXPECT_EQ(refused(look(*needs, as("lamps_head"), id, first, seen(Outcome::as_said))), "spotcheck.unit_concerned")
        << "under it";
    EXPECT_EQ(refused(look(*needs, as("clerk"), id, first, seen(Outcome::as_said))), "spotcheck.had_a_hand")
        << "gave it to the unit";
    EXPECT_EQ(refused(look(*needs, {}, id, first, seen(Outcome::as_said))), "people.sign_in_first");
    EXPECT_EQ(refused(look(*needs, as("auditor"), id, 1, seen(Outcome::as_said))), "spotcheck.not_drawn");
    EXPECT_EQ(refused(look(*needs, as("auditor"), CheckId(1), first, seen(Outcome::as_said))), "spotcheck.unknown");

    const auto before = *voice::voice(*database->read(), voices[0]);
    must(look(*needs, as("auditor"), id, first, seen(Outcome::not_as_said)));
    EXPECT_EQ(refused(look(*needs, as("inspector"), id, first, seen(Outcome::as_said))), "spotcheck.looked_before");
    const auto after = *voice::voice(*database->read(), voices[0]);
    EXPECT_EQ(after.state, voice::State::assigned);
    EXPECT_EQ(after.unit, roads);
    EXPECT_EQ(after.reopened, before.reopened) << "none of the author's";
    EXPECT_GT(*after.due, today());
    must(look(*needs, as("chief"), id, second, seen(Outcome::as_said)));
    must(look(*needs, as("auditor"), id, third, seen(Outcome::could_not_see)));
    EXPECT_EQ(state_of(voices[1]), voice::State::closed_unrated);
    EXPECT_EQ(state_of(voices[2]), voice::State::closed_unrated);
    const UnitCounts n = counted();
    EXPECT_EQ(n.drawn, 3);
    EXPECT_EQ(n.looked, 3);
    EXPECT_EQ(n.as_said, 1);
    EXPECT_EQ(n.not_as_said, 1);
    EXPECT_EQ(n.could_not_see, 1);
    EXPECT_EQ(n.on_site, 3);
    // Answered and closed again, it can be drawn again.
    must(voice::answer(*needs, as("owner"), voices[0], voice::Answer::done, "Now it is.", {}));
    EXPECT_EQ(refused(order(*needs, as("inspector"), roads)), "spotcheck.nothing_closed");
    go_to("2027-01-20");
    jobs::run_once(voice::tasks(*needs));
    EXPECT_EQ(check(*database->read(), must(order(*needs, as("inspector"), roads)))->population, 1);
    const auto looks = looks_of(*database->read(), Matter::voice, first);
    ASSERT_EQ(looks.size(), 2u);
    EXPECT_FALSE(looks[0].look);
    EXPECT_TRUE(looks[1].look->reopened);
    erase(looks[1].look->entry);
    EXPECT_EQ(looks_of(*database->read(), Matter::voice, first)[1].look->seen, "");
    expect_same_after_rebuild();
}

TEST_P(SpotChecks, WhatNobodyLooksAtInTimeIsCountedAndMayStillBeLookedAt) {
    const auto voices = closed(2);
    const CheckId id = must(order(*needs, as("inspector"), roads));
    must(look(*needs, as("auditor"), id, voices[0].value(), seen(Outcome::as_said)));
    go_to("2027-02-15");
    tick();
    tick();
    EXPECT_EQ(counted().overdue, 1);
    EXPECT_TRUE(newest().overdue_entry);
    must(look(*needs, as("auditor"), id, voices[1].value(), seen(Outcome::as_said)));
    EXPECT_EQ(counted().overdue, 1);
    EXPECT_EQ(counted().looked, 2);
    expect_same_after_rebuild();
}

TEST_P(SpotChecks, StoppedBetweenAnnouncementAndDrawItGoesOnWithTheSameLot) {
    closed(6);
    const CheckId id(must(within([&](ledger::Writing& w) -> kernel::Checked {
        const auto g = ground(w.db(), roads, w.next_index(), today());
        w.append(change::encode(rules::announce(g, on("2026-09-30")), w.next_index()));
        return {};
    })));
    std::vector<Candidate> expected;
    {
        const Check announced = newest();
        auto db = database->read();
        expected =
            lot(merkle::root(id.value() + 1, ledger::hashes(*db)), roads, population(*db, announced), announced.n);
    }
    answered(20);  // the log goes on meanwhile
    restart();
    tick();
    const auto now = drawn(*database->read(), id);
    ASSERT_EQ(now.size(), expected.size());
    for (std::size_t i = 0; i < now.size(); ++i) EXPECT_EQ(now[i].matter, expected[i].matter);
    EXPECT_EQ(refused(draw(*needs, id)), "spotcheck.drawn_already");
}

TEST_P(SpotChecks, NothingIsDrawnFromNothing) {
    const auto voices = closed(1);
    const voice::Reopening reopen = voice::reopening(*needs);
    const CheckId id(must(within([&](ledger::Writing& w) -> kernel::Checked {
        const auto g = ground(w.db(), roads, w.next_index(), today());
        w.append(change::encode(rules::announce(g, on("2026-09-30")), w.next_index()));
        // Another finding opens it again before the lot is drawn.
        const auto opened = reopen(w, voices[0], 1);
        return opened ? kernel::Checked() : opened.error();
    })));
    tick();
    const Check c = *check(*database->read(), id);
    EXPECT_TRUE(c.drawn_entry);
    EXPECT_EQ(c.population, 0);
    EXPECT_EQ(c.drawn, 0);
    EXPECT_EQ(counted().drawn, 0);
    EXPECT_EQ(refused(order(*needs, as("inspector"), roads)), "spotcheck.nothing_closed");
    go_to("2027-02-15");
    tick();
    EXPECT_FALSE(newest().overdue_entry);
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, SpotChecks, testing::ValuesIn(db::engines));

}  // namespace
}  // namespace spotcheck
