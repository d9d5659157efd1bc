#include "reception.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include <http/testing.h>
#include <ledger/testing.h>

#include "reception_pages.h"
#include "reception_rules.h"
#include "reception_store.h"
#include "test_world.h"

namespace visit {
namespace {

using people::Role;

constexpr kernel::Day now_day{20'000};
constexpr rules::Moment at_nine{now_day, 9 * 60};

people::Actor officer_of(std::int64_t unit, std::initializer_list<Role> roles = {Role::officer}) {
    return {people::OfficerId(9), people::UnitId(unit), roles, ""};
}
ReceptionDraft good_draft() {
    ReceptionDraft d;
    d.day = now_day + 3, d.from = 9 * 60, d.slots = 4, d.minutes = 15;
    d.post = "head of roads", d.where = "Town hall", d.lang = "en";
    return d;
}
Reception standing_one() {
    Reception r;
    r.id = ReceptionId(60), r.unit = people::UnitId(1), r.cycle = people::CycleId(30);
    r.day = now_day, r.from = 9 * 60, r.slots = 4, r.minutes = 15, r.where = "Town hall", r.taken = 2;
    return r;
}
template <class T>
std::string why(const kernel::Result<T>& result) {
    return result ? "" : result.error().field + " " + result.error().key;
}

TEST(ReceptionRules, AnnouncingRefusesEachFieldAtItself) {
    struct {
        void (*spoil)(ReceptionDraft&);
        const char* refused;
    } cases[] = {
        {[](ReceptionDraft&) {}, ""},
        {[](ReceptionDraft& d) { d.day = now_day + -1; }, "day visit.plan_day_over"},
        {[](ReceptionDraft& d) { d.day = now_day + 367; }, "day visit.plan_day_far"},
        {[](ReceptionDraft& d) { d.from = 24 * 60 - 60; }, ""},
        {[](ReceptionDraft& d) { d.from = 24 * 60 - 59; }, "from visit.past_midnight"},
        {[](ReceptionDraft& d) { d.from = -1; }, "from visit.from_missing"},
        {[](ReceptionDraft& d) { d.from = 24 * 60; }, "from visit.from_missing"},
        {[](ReceptionDraft& d) { d.slots = 0; }, "slots visit.slots_number"},
        {[](ReceptionDraft& d) { d.slots = 61; }, "slots visit.slots_number"},
        {[](ReceptionDraft& d) { d.slots = 1'000'000; }, "slots visit.slots_number"},
        {[](ReceptionDraft& d) { d.minutes = 4; }, "minutes visit.minutes_number"},
        {[](ReceptionDraft& d) { d.minutes = 121; }, "minutes visit.minutes_number"},
        {[](ReceptionDraft& d) { d.post = ""; }, "post visit.post_missing"},
        {[](ReceptionDraft& d) { d.where = ""; }, "where visit.where_missing"},
        {[](ReceptionDraft& d) { d.topics = std::string(1001, 'x'); }, "topics kernel.text_too_long"},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        ReceptionDraft d = good_draft();
        cases[i].spoil(d);
        EXPECT_EQ(why(rules::announce(officer_of(1), d, people::CycleId(30), now_day)), cases[i].refused) << i;
    }
    EXPECT_EQ(why(rules::announce(officer_of(1, {Role::moderator}), good_draft(), people::CycleId(30), now_day)),
              " visit.may_not_record");
    for (const auto& [ahead, is_short] : {std::pair{0, true}, {1, true}, {2, false}}) {
        ReceptionDraft d = good_draft();
        d.day = now_day + ahead;
        EXPECT_EQ(rules::announce(officer_of(1), d, people::CycleId(30), now_day)->short_notice, is_short) << ahead;
    }
}

TEST(ReceptionRules, ASlotIsTakenOnceByOneUntilItBegins) {
    struct {
        void (*change)(Reception&, rules::Want&);
        const char* refused;
    } cases[] = {
        {[](Reception&, rules::Want&) {}, ""},
        {[](Reception&, rules::Want& w) { w.slot = 4; }, ""},
        {[](Reception&, rules::Want& w) { w.slot = 0; }, "slot visit.slot_unknown"},
        {[](Reception&, rules::Want& w) { w.slot = 5; }, "slot visit.slot_unknown"},
        {[](Reception&, rules::Want& w) { w.slot = 1; }, "slot visit.slot_over"},  // it is nine
        {[](Reception&, rules::Want& w) { w.gone = true; }, "slot visit.slot_gone"},
        {[](Reception&, rules::Want& w) { w.has_one = true; }, "slot visit.slot_have_one"},
        {[](Reception& r, rules::Want&) { r.day = now_day + -1; }, "slot visit.slot_over"},
        {[](Reception& r, rules::Want& w) { r.day = now_day + 1, w.slot = 1; }, ""},
        {[](Reception& r, rules::Want&) { r.called_off = true; }, " visit.reception_is_off"},
        {[](Reception& r, rules::Want&) { r.held = true; }, " visit.reception_is_held"},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        Reception r = standing_one();
        rules::Want want{2, false, false};
        cases[i].change(r, want);
        EXPECT_EQ(why(rules::take(r, want, "", at_nine)), cases[i].refused) << i;
    }
    EXPECT_EQ(why(rules::take(standing_one(), {2, false, false}, std::string(201, 'x'), at_nine)),
              "matter kernel.text_too_long");
    EXPECT_EQ(why(rules::give_back(standing_one(), Slot{2, 70, ""}, at_nine)), "");
    EXPECT_EQ(why(rules::give_back(standing_one(), Slot{1, 70, ""}, at_nine)), " visit.slot_over");
    EXPECT_EQ(why(rules::give_back(standing_one(), std::nullopt, at_nine)), "code visit.slot_not_yours");
}

TEST(ReceptionRules, MovingCallingOffAndHolding) {
    Reception r = standing_one(), off = r, held = r;
    off.called_off = true, held.held = true;
    r.day = now_day + 1;
    const auto by = officer_of(1);
    EXPECT_EQ(why(rules::move(by, r, {now_day + 5, 600, "Library"}, "snow", at_nine)), "");
    EXPECT_EQ(why(rules::move(by, r, {r.day, r.from, r.where}, "snow", at_nine)), "day visit.nothing_changed");
    EXPECT_EQ(why(rules::move(by, r, {now_day + -1, 600, "x"}, "snow", at_nine)), "day visit.plan_day_over");
    EXPECT_EQ(why(rules::move(by, r, {now_day + 5, 600, "x"}, "", at_nine)), "reason visit.move_missing");
    EXPECT_EQ(why(rules::move(by, standing_one(), {now_day + 5, 600, "x"}, "snow", at_nine)), " visit.reception_over");
    EXPECT_EQ(why(rules::move(officer_of(2), r, {now_day + 5, 600, "x"}, "snow", at_nine)), " visit.may_not_go_on");
    EXPECT_EQ(why(rules::call_off(by, r, "")), "reason visit.off_missing");
    EXPECT_EQ(why(rules::call_off(by, r, "ill")), "");
    EXPECT_EQ(why(rules::call_off(by, off, "ill")), " visit.reception_is_off");
    EXPECT_EQ(why(rules::call_off(by, held, "ill")), " visit.reception_is_held");
    const Reception today = standing_one();
    EXPECT_EQ(why(rules::hold(by, r, {1, 0, {}, "Lamps"}, {}, now_day)), " visit.reception_ahead");
    EXPECT_EQ(why(rules::hold(by, today, {9, 2, {}, "Lamps"}, {}, now_day)), "");
    EXPECT_EQ(why(rules::hold(by, today, {9, 3, {}, "Lamps"}, {}, now_day)), "absent visit.absent_number");
    EXPECT_EQ(why(rules::hold(by, today, {-1, 0, {}, "Lamps"}, {}, now_day)), "came visit.met_number");
    EXPECT_EQ(why(rules::hold(by, today, {9, 0, {}, ""}, {}, now_day)), "said visit.said_missing");
    EXPECT_EQ(why(rules::hold(by, today, {9, 0, {voice::VoiceId(17)}, "x"}, {}, now_day)),
              "voices visit.voice_unknown");
}

TEST(ReceptionTimes, AreReadAndWrittenInOneForm) {
    EXPECT_EQ(clock_text(545), "09:05");
    EXPECT_EQ(parse_clock("09:05"), 545);
    EXPECT_EQ(parse_clock("23:59"), 1439);
    for (const char* wrong : {"", "9:05", "24:00", "09:60", "09.05", "09:05:00", "0a:00", "-1:00"})
        EXPECT_FALSE(parse_clock(wrong)) << wrong;
}

const std::vector<change::ReceptionChange>& reception_samples() {
    static const std::vector<change::ReceptionChange> all = [] {
        using namespace change;
        Announced a;
        a.unit = people::UnitId(1), a.cycle = people::CycleId(30), a.by = people::OfficerId(5), a.short_notice = true;
        a.draft.day = kernel::on("2026-12-01"), a.draft.from = 540, a.draft.slots = 8, a.draft.minutes = 15;
        a.draft.post = "head of roads", a.draft.where = "Town hall, room 3", a.draft.topics = "路灯",
        a.draft.lang = "en";
        SlotTaken newcomer;
        newcomer.cycle = people::CycleId(30), newcomer.reception = ReceptionId(60), newcomer.slot = 3;
        newcomer.matter = "the lamp";
        newcomer.browser.emplace().fill(1), newcomer.code.emplace().fill(2);
        SlotTaken known;
        known.cycle = people::CycleId(30), known.reception = ReceptionId(60), known.slot = 4;
        known.who = people::ParticipantId(55);
        return std::vector<ReceptionChange>{
            a,
            ReceptionMoved{
                ReceptionId(60), {kernel::on("2026-12-02"), 600, "Library"}, false, "snow", people::OfficerId(5)},
            ReceptionCalledOff{ReceptionId(60), "ill", people::OfficerId(6)},
            Held{ReceptionId(60), {9, 1, {voice::VoiceId(17)}, "Lamps"}, people::OfficerId(5)},
            newcomer,
            known,
            SlotGivenBack{people::CycleId(30), ReceptionId(60), 4, 70},
        };
    }();
    return all;
}

TEST(ReceptionChange, WhatWasWrittenOnceIsReadForEver) {
    const auto encode = [](const change::ReceptionChange& c, std::int64_t index) { return change::encode(c, index); };
    ledger::expect_permanent(TESTDATA "/receptions.v1.jsonl", reception_samples(), encode, change::decode_reception);
    for (const change::ReceptionChange& each : reception_samples()) {
        const ledger::Draft d = change::encode(each, 77);
        const bool of_a_slot = d.kind.starts_with("visit.slot");
        EXPECT_EQ(d.facts_served, of_a_slot ? ledger::Served::closed : ledger::Served::open) << d.kind;
        if (d.kind == change::slot_taken_kind) { EXPECT_EQ(d.words_served, ledger::Served::closed); }
        if (of_a_slot) { EXPECT_EQ(d.subject, 30) << "never the reception"; }
        const auto left = change::decode_reception(ledger::as_entry(ledger::as_json(d), false));
        EXPECT_EQ(left.index(), each.index());
        if (const auto* slot = std::get_if<change::SlotTaken>(&left)) {
            EXPECT_EQ(slot->matter, "");
            EXPECT_FALSE(slot->browser || slot->code);
        }
    }
}

class ReceptionStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    ReceptionId announced(std::int64_t days_ahead = 3, int slots = 4) {
        ReceptionDraft d = good_draft();
        d.day = world.today() + days_ahead, d.slots = slots, d.from = 10 * 60;
        return must(announce(*world.needs, world.as("engineer"), d));
    }
    kernel::Result<Taken> takes(std::int64_t visitor, ReceptionId id, int slot, const char* matter = "the lamp") {
        return take(*world.needs, world.visitor(visitor), id, slot, matter);
    }
    Reception get(ReceptionId id) { return reception(*world.database->read(), id).value(); }
};

TEST_P(ReceptionStore, SlotsAreTakenWithoutAnAccountAndGivenBackByCodeOrBrowser) {
    const ReceptionId id = announced();
    const Taken first = must(takes(1, id, 2));
    EXPECT_EQ(first.code.size(), 25u);
    EXPECT_EQ(get(id).taken, 1);
    EXPECT_EQ(refused(takes(1, id, 3)), "visit.slot_have_one");
    EXPECT_EQ(refused(takes(2, id, 2)), "visit.slot_gone");
    EXPECT_EQ(refused(takes(2, ReceptionId(9999), 2)), "visit.reception_unknown");
    const Taken second = must(takes(2, id, 3));
    EXPECT_EQ(must(takes(2, announced(5), 1)).code, "") << "the code of the desk was given before";
    // By another browser with the code, and by the own browser without.
    EXPECT_EQ(refused(give_back(*world.needs, world.visitor(3), id, "")), "visit.slot_not_yours");
    EXPECT_EQ(refused(give_back(*world.needs, world.visitor(3), id, "1234512345123451234512345")),
              "visit.slot_not_yours");
    must(give_back(*world.needs, world.visitor(3), id, first.code));
    must(give_back(*world.needs, world.visitor(2), id, ""));
    EXPECT_EQ(refused(give_back(*world.needs, world.visitor(2), id, "")), "visit.slot_not_yours");
    EXPECT_EQ(get(id).taken, 0);
    must(takes(3, id, 2));
    EXPECT_EQ(slots_taken(*world.database->read(), id).at(0).matter, "the lamp");
    EXPECT_FALSE(slip(*world.database->read(), second.entry));
    EXPECT_EQ(slip(*world.database->read(), id.value())->link, "/receptions/" + std::to_string(id.value()));
    // Whoever has a code of the desk already uses that one.
    voice::Draft said;
    said.cycle = world.desk, said.text = "No light", said.lang = "en";
    const auto voice = must(voice::receive(*world.needs, world.visitor(7), said, {}));
    EXPECT_EQ(must(takes(7, id, 4)).code, "");
    must(give_back(*world.needs, world.visitor(8), id, voice.code));
    world.expect_same_after_rebuild();
}

TEST_P(ReceptionStore, OfTwoForTheLastSlotOneGetsIt) {
    const ReceptionId id = announced(3, 1);
    std::vector<std::string> said(4);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            const auto taken = takes(20 + i, id, 1);
            said[static_cast<std::size_t>(i)] = taken ? "taken" : taken.error().key;
        });
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(std::ranges::count(said, "taken"), 1);
    EXPECT_EQ(std::ranges::count(said, "visit.slot_gone"), 3);
    EXPECT_EQ(get(id).taken, 1);
}

TEST_P(ReceptionStore, IsMovedCalledOffAndHeld) {
    const auto officer = world.as("engineer");
    const ReceptionId id = announced(), off = announced(6);
    must(takes(1, id, 1));
    must(move(*world.needs, officer, id, {world.today() + 1, 11 * 60, "Library"}, "snow"));
    EXPECT_EQ(get(id).where, "Library");
    EXPECT_TRUE(get(id).short_notice);
    EXPECT_EQ(get(id).taken, 1);
    must(call_off(*world.needs, world.as("clerk"), off, "ill"));
    EXPECT_EQ(refused(takes(2, off, 1)), "visit.reception_is_off");
    EXPECT_EQ(receptions_to_come(*world.database->read(), world.today(), 9).size(), 1u);
    const auto voice = world.said();
    EXPECT_EQ(refused(hold(*world.needs, officer, id, {3, 1, {voice}, "Lamps"})), "visit.reception_ahead");
    world.go_to("2026-11-25");
    EXPECT_EQ(refused(takes(2, id, 2)), "visit.slot_over");
    EXPECT_EQ(refused(hold(*world.needs, world.as("chief"), id, {3, 1, {voice}, "Lamps"})), "visit.may_not_go_on");
    must(hold(*world.needs, officer, id, {3, 1, {voice}, "Lamps"}));
    EXPECT_EQ(refused(hold(*world.needs, officer, id, {3, 1, {}, "Lamps"})), "visit.reception_is_held");
    const Reception r = get(id);
    EXPECT_TRUE(r.held);
    EXPECT_EQ(r.came, 3);
    EXPECT_EQ(r.voices, std::vector{voice});
    const auto events = history(*world.database->read(), id);
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[1].reason, "snow");
    EXPECT_EQ(events[1].from_start, 10 * 60);
    world.expect_same_after_rebuild();
}

TEST_P(ReceptionStore, ErasingTakesTheWordsAndTheKeys) {
    const ReceptionId id = announced();
    const Taken taken = must(takes(1, id, 2));
    const std::int64_t moved = world.ledger->size();
    must(move(*world.needs, world.as("engineer"), id, {world.today() + 4, 660, "Library"}, "snow"));
    world.erase(taken.entry);
    EXPECT_EQ(slots_taken(*world.database->read(), id).at(0).matter, "");
    EXPECT_EQ(refused(give_back(*world.needs, world.visitor(1), id, taken.code)), "visit.slot_not_yours");
    world.erase(id.value());
    EXPECT_EQ(get(id).where, "Library");
    EXPECT_EQ(get(id).post, "");
    world.expect_same_after_rebuild();
    world.erase(moved);
    EXPECT_EQ(get(id).where, "");
    world.expect_same_after_rebuild();
}

TEST(ReceptionPages, ASlotThatHasBegunIsNotCalledTaken) {
    World world{db::Engine::sqlite};
    ReceptionDraft d = good_draft();
    d.day = world.today(), d.from = 10 * 60, d.slots = 2;
    const ReceptionId id = must(announce(*world.needs, world.as("engineer"), d));
    http::Request asked = http::testing::request(http::Method::get, "/receptions");
    asked.headers.emplace("accept-language", "en");
    const auto says = [&](int minutes, std::string_view words) {
        auto db = world.database->read();
        const Reception r = reception(*db, id).value();
        const rules::Moment now{world.today(), minutes};
        const std::string one = reception_page(asked, *db, r, {}, now, page::Form(asked)).main.text();
        const std::string list = receptions_page(asked, *db, {}, now).main.text();
        return std::pair{one.find(words) != one.npos, list.find(words) != list.npos};
    };
    EXPECT_EQ(says(9 * 60, "2 of 2 slots free"), std::pair(true, true));
    EXPECT_EQ(says(9 * 60, "have begun"), std::pair(false, false));
    EXPECT_EQ(says(15 * 60, "2 of 2 slots free"), std::pair(false, false));
    EXPECT_EQ(says(15 * 60, "have begun"), std::pair(true, false));
    EXPECT_EQ(says(15 * 60, "All slots are taken"), std::pair(false, false));
}

INSTANTIATE_TEST_SUITE_P(Engines, ReceptionStore, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace visit
