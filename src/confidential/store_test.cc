// On both engines: who can open what, the hour, the clock, and replay also after the words were erased.
#include "store.h"

#include <algorithm>
#include <random>

#include <kernel/json.h>
#include <kernel/text.h>
#include <merkle/note.h>

#include "test_world.h"

namespace confidential {
namespace {

class Confidential : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;

    static std::size_t readable(const Thread& t) {
        return static_cast<std::size_t>(
            std::count_if(t.said.begin(), t.said.end(), [](const Said& s) { return s.content.has_value(); }));
    }
    std::string refused_to_send(const Draft& d) { return kernel::refused_at(send(needs, d, kernel::random_hash())); }
};

TEST_P(Confidential, NobodyInLineWithAUnitConcernedIsOffered) {
    const auto offered = [&](std::vector<people::UnitId> units) {
        return World::officers_of(outside(*world.database->read(), units));
    };
    EXPECT_EQ(offered({world.lamps}), world.ids({"ann", "ben", "cyd"})) << "not in it, not above it";
    EXPECT_EQ(offered({world.works}), world.ids({"ann", "ben", "cyd"})) << "nor under it";
    EXPECT_EQ(offered({world.board}), world.ids({"of_lamps", "of_works"}));
    EXPECT_EQ(offered({world.lamps, world.board}), world.ids({}));
    EXPECT_EQ(offered({world.root}), world.ids({}));
    EXPECT_EQ(offered({}).size(), 6u);
    const auto order = outside(*world.database->read(), {world.lamps});
    EXPECT_EQ(order.front().officer, world.id("cyd")) << "the lowest first";
    for (const char* who : {"of_lamps", "of_works", "of_root"}) {
        Draft d = world.draft();
        d.receivers.push_back(world.id(who));
        EXPECT_EQ(refused_to_send(d), "receivers confidential.receiver_not_offered") << who;
    }
    Draft none = world.draft();
    none.receivers.clear();
    EXPECT_EQ(refused_to_send(none), "receivers confidential.receiver_missing");
    Draft nowhere = world.draft();
    nowhere.units.emplace_back(99'999);
    EXPECT_EQ(refused_to_send(nowhere), "units people.unit_unknown");
    EXPECT_EQ(refused_to_send(world.draft("")), "text confidential.text_missing");
    EXPECT_EQ(refused_to_send(world.draft(std::string(2001, 'x'))), "text kernel.text_too_long");
    std::string wide;
    for (int i = 0; i < 2000; ++i) wide += "\xf0\x9f\x92\xa1";
    world.sent(world.draft(wide));
}

TEST_P(Confidential, OpensForTheChosenAndTheAuthorAlone) {
    Draft d = world.draft();
    d.receivers = {world.id("ann"), world.id("cyd")};
    const kernel::Code25 code = world.sent(d);
    world.hour();
    EXPECT_EQ(world.look(code).opened()->text, d.text);
    for (const char* who : {"ann", "cyd"}) {
        const Thread t = world.look(code, who);
        ASSERT_TRUE(t.opened()) << who;
        EXPECT_EQ(t.opened()->text, d.text);
        EXPECT_EQ(t.opened()->place, d.place);
        EXPECT_EQ(t.opened()->units, d.units);
        EXPECT_EQ(t.opened()->struck, std::vector{world.id("ben")});
    }
    for (const char* who : {"ben", "of_lamps", "of_root"}) EXPECT_EQ(readable(world.look(code, who)), 0u) << who;
    // Nor with a key of theirs in a place that is another's.
    const Matter m = world.look(code).matter;
    for (int place = 0; place <= 2; ++place) EXPECT_FALSE(key_at(m.now(), *m.parts[0].words, place, world.key("ben")));
    EXPECT_FALSE(thread(needs, *world.database->read(), kernel::Code25::random()));
    EXPECT_EQ(kernel::refused(world.answers("ben", code, "x")), "confidential.unknown");
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, WaitsForItsHourWithoutAnOrder) {
    const std::int64_t size = world.ledger->size();
    const std::string checkpoint = world.ledger->checkpoint();
    const std::int64_t tokens = world.number("select count(*) from once");
    std::vector<std::string> tags;
    for (int i = 0; i < 24; ++i) {
        world.clock.set(world.clock.now() + 60'000);
        tags.push_back(world.look(world.sent()).matter.tag);
    }
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(world.ledger->checkpoint(), checkpoint);
    EXPECT_EQ(world.number("select count(*) from once"), tokens) << "no token tells the order";
    EXPECT_EQ(world.number("select count(distinct enters) from confidential_waiting"), 1) << "no minute";
    EXPECT_EQ(enter(needs), 0) << "not before the full hour";
    std::vector<std::string> stored, entered;
    for (const db::Row& row : world.database->read()->query("select tag from confidential_waiting"))
        stored.push_back(row.text(0));
    EXPECT_NE(stored, tags);
    if (GetParam() == db::Engine::postgres) {
        EXPECT_LT(world.number("select count(distinct xmin::text) from confidential_waiting"), 24)
            << "many moved together";
    }
    EXPECT_EQ(world.hour(), 24);
    EXPECT_EQ(world.number("select count(*) from confidential_waiting"), 0);
    std::set<std::int64_t> minutes;
    auto db = world.database->read();
    for (const ledger::Entry& entry : ledger::entries(*db, size, 100)) {
        entered.push_back(entry.facts.need_string("matter"));
        minutes.insert(entry.time.ms);
        EXPECT_EQ(entry.kind, change::entered_kind);
        EXPECT_EQ(entry.subject, cycle::standing_desk(*db).id.value());
    }
    EXPECT_EQ(minutes.size(), 1u);
    EXPECT_NE(entered, tags);
    EXPECT_NE(entered, stored) << "nor in the order of the random keys";
    EXPECT_TRUE(std::is_permutation(entered.begin(), entered.end(), tags.begin(), tags.end()));
}

TEST_P(Confidential, TheActsOfOneMatterStayInTheirOrder) {
    std::vector<kernel::Code25> codes;
    for (int i = 0; i < 3; ++i) codes.push_back(world.sent());
    for (int i = 0; i < 12; ++i) world.say(codes[static_cast<std::size_t>(i % 3)], "and " + std::to_string(i));
    EXPECT_EQ(world.look(codes[1]).said.size(), 5u) << "the author sees at once what waits";
    EXPECT_FALSE(world.look(codes[1]).matter.id);
    world.hour();
    for (const kernel::Code25& code : codes) {
        const Thread t = world.look(code);
        ASSERT_EQ(t.said.size(), 5u);
        EXPECT_EQ(readable(t), 5u);
        for (std::size_t i = 1; i < 5; ++i) EXPECT_LT(*t.said[i - 1].part.entry, *t.said[i].part.entry);
    }
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, ThePromiseNamesTheWordsThatAreInTheLogThen) {
    const kernel::Code25 code = world.sent();
    const auto note = merkle::Note::parse(world.promises.back());
    ASSERT_TRUE(note);
    EXPECT_TRUE(merkle::signed_by(*note, world.ledger->key()));
    const kernel::Instant by = rules::enters(world.clock.now()) + rules::promised_after;
    EXPECT_NE(note->body.find("in the log by " + kernel::iso(by)), note->body.npos) << note->body;
    world.restart();
    EXPECT_EQ(readable(world.look(code)), 1u) << "a restart loses nothing";
    world.hour();
    const auto whole = ledger::whole_entries(*world.database->read(), world.of(code).value(), world.ledger->size(), 1);
    EXPECT_NE(note->body.find(kernel::hex(kernel::sha256(kernel::view(whole[0].words->bytes)))), note->body.npos);
}

TEST_P(Confidential, TheSameFormTwiceIsOneMatter) {
    const kernel::Hash once = kernel::random_hash();
    kernel::must(send(needs, world.draft(), once));
    EXPECT_EQ(kernel::refused(send(needs, world.draft(), once)), "confidential.sent_already");
    EXPECT_EQ(world.hour(), 1);
}

TEST_P(Confidential, ThereAndBack) {
    const kernel::Code25 code = world.sent();
    world.hour();
    EXPECT_EQ(world.look(code).matter.now().due, kernel::on("2026-12-02"));
    must(world.answers("ann", code, "Which depot?"));
    EXPECT_FALSE(world.look(code).matter.now().due);
    world.say(code, "The one by the river");
    must(world.closes("cyd", code));
    EXPECT_TRUE(world.look(code).matter.closed);
    world.hour();
    EXPECT_EQ(kernel::refused(world.closes("ann", code)), "confidential.closed_already");
    world.say(code, "It began again");
    world.hour();
    const Thread t = world.look(code);
    EXPECT_FALSE(t.matter.closed) << "opening again belongs to the author";
    EXPECT_EQ(readable(t), 5u);
    EXPECT_EQ(t.said[1].content->by, world.id("ann"));
    EXPECT_EQ(t.said[1].content->text, "Which depot?");
    EXPECT_EQ(readable(world.look(code, "ben")), 5u);
    EXPECT_EQ(kernel::refused_at(add_word(needs, kernel::Code25::random(), "x", "en", kernel::random_hash())),
              "code confidential.code_wrong");
    EXPECT_EQ(kernel::refused_at(add_word(needs, code, "", "en", kernel::random_hash())),
              "text confidential.text_missing");
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, LatenessGoesToTheNextReceiverUp) {
    const kernel::Code25 code = world.sent(), answered = world.sent();
    world.hour();
    must(world.answers("ann", answered, "Yes"));
    const auto turn = [&] {
        const Thread t = world.look(code);
        return t.matter.now().receivers[static_cast<std::size_t>(t.matter.now().holder)];
    };
    EXPECT_EQ(turn(), world.id("cyd"));
    world.go_to("2026-12-02");
    EXPECT_EQ(ring(needs), 0) << "the day itself is in time";
    world.go_to("2026-12-03");
    EXPECT_EQ(ring(needs), 1);
    EXPECT_EQ(ring(needs), 0) << "once";
    EXPECT_EQ(turn(), world.id("ann"));
    EXPECT_EQ(world.look(code).said.back().content->days, 1);
    EXPECT_EQ(world.look(code, "ben").said.back().content->act, Act::late);
    world.hour();
    for (const char* day : {"2026-12-15", "2026-12-28", "2027-01-12"}) {
        world.go_to(day);
        EXPECT_EQ(ring(needs), 1) << day;
        world.hour();
    }
    EXPECT_EQ(turn(), world.id("ben")) << "there is nobody above";
    EXPECT_EQ(world.look(code).matter.late, 4);
    EXPECT_EQ(world.look(answered).matter.late, 0);
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, HandedOverWithAllThatWasSaid) {
    Draft d = world.draft();
    d.receivers = {world.id("ann")};
    const kernel::Code25 code = world.sent(d), open_to_all = world.sent();
    world.hour();
    must(world.answers("ann", code, "Which depot?"));
    EXPECT_EQ(kernel::refused_at(world.hands("ann", code, "of_lamps")), "to confidential.receiver_not_offered");
    EXPECT_EQ(kernel::refused_at(world.hands("ann", code, "ben")), "to confidential.receiver_not_offered") << "struck";
    EXPECT_EQ(kernel::refused_at(world.hands("ann", open_to_all, "ben")), "to confidential.receiver_not_offered")
        << "has a part in it already";
    world.officer(world.integrity, "dee", {people::Role::officer});
    world.receives("dee");
    must(world.hands("ann", code, "dee"));
    world.hour();
    EXPECT_EQ(readable(world.look(code, "dee")), 3u) << "what was said before, too";
    EXPECT_EQ(readable(world.look(code, "ann")), 2u);
    world.say(code, "The one by the river");
    must(world.answers("dee", code, "Thank you"));
    EXPECT_EQ(readable(world.look(code, "dee")), 5u);
    EXPECT_EQ(readable(world.look(code, "ann")), 2u);
    EXPECT_EQ(kernel::refused(world.answers("ann", code, "x")), "confidential.unknown");
    world.hour();
    EXPECT_TRUE(received_by(*world.database->read(), world.id("dee"), {}, 10).front().id == world.of(code));
    EXPECT_EQ(received_by(*world.database->read(), world.id("ann"), {}, 10).size(), 1u);
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, RetaliationGoesStraightToTheHigherBody) {
    const auto report = [&](const kernel::Code25& code, Draft d) {
        return send_retaliation(needs, code, d, kernel::random_hash());
    };
    Draft first = world.draft();
    first.receivers = {world.id("ann")};
    const kernel::Code25 code = world.sent(first);
    world.hour();
    must(world.answers("ann", code, "We look into it"));
    Draft second = world.draft("My shifts were cut");
    second.receivers = {world.id("cyd")};
    EXPECT_EQ(kernel::refused(report(code, second)), "confidential.nobody_above");
    must(people::change_setting(needs, world.as("admin"),
                                {"confidential.higher_body", std::to_string(world.board.value()), "Charter 4"}));
    EXPECT_EQ(World::officers_of(above(*world.database->read(), {world.lamps})), world.ids({"cyd"}));
    EXPECT_TRUE(above(*world.database->read(), {world.board}).empty());
    EXPECT_EQ(kernel::refused_at(report(kernel::Code25::random(), second)), "code confidential.code_wrong");
    second.receivers = {world.id("cyd"), world.id("ann")};
    EXPECT_EQ(kernel::refused_at(report(code, second)), "receivers confidential.receiver_not_offered");
    second.receivers = {world.id("cyd")};
    const kernel::Code25 its = kernel::Code25::parse(must(report(code, second)).code_fives).value();
    world.hour();
    const Thread t = world.look(its, "cyd");
    ASSERT_TRUE(t.opened());
    EXPECT_EQ(t.opened()->retaliation_of, world.look(code).matter.tag);
    const Thread before = opened_with(world.look(code).matter, t.opened()->keys);
    EXPECT_EQ(readable(before), 2u) << "the first one and its answers";
    EXPECT_EQ(before.opened()->text, first.text);
    EXPECT_EQ(readable(world.look(its, "ann")), 0u);
    EXPECT_EQ(readable(world.look(code, "cyd")), 0u) << "not by a key of their own";
    EXPECT_TRUE(others(*world.database->read(), t).empty()) << "handed over within the higher body alone";
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, ErasingTakesSealAndBoxes) {
    const kernel::Code25 code = world.sent(), other = world.sent();
    world.hour();
    must(world.answers("ann", code, "Which depot?"));
    world.hour();
    const Thread t = world.look(code);
    world.erase(*t.said[1].part.entry);
    EXPECT_EQ(readable(world.look(code)), 1u);
    EXPECT_EQ(readable(world.look(code, "ann")), 1u);
    world.say(code, "And on");  // the first words stand: there is somebody to answer
    world.expect_same_after_rebuild();
    world.hour();
    world.erase(*t.said[0].part.entry);
    EXPECT_EQ(readable(world.look(code)), 1u);
    EXPECT_EQ(kernel::refused(world.answers("ann", code, "x")), "confidential.erased");
    EXPECT_EQ(kernel::refused(add_word(needs, code, "x", "en", kernel::random_hash())), "confidential.erased");
    world.go_to("2027-02-01");
    EXPECT_EQ(ring(needs), 1) << "the other one alone";
    EXPECT_EQ(readable(world.look(other)), 2u);
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, WhoReceivesNoMoreGetsABoxThatNobodyOpens) {
    const kernel::Code25 code = world.sent();
    world.hour();
    must(end_receiver(needs, world.as("ann"), world.id("ann"), "A new post"));
    world.say(code, "More");
    world.hour();
    EXPECT_EQ(readable(world.look(code, "ann")), 1u) << "what was boxed to them before";
    EXPECT_EQ(readable(world.look(code, "cyd")), 2u);
    EXPECT_EQ(kernel::refused(world.answers("ann", code, "x")), "confidential.unknown");
    EXPECT_EQ(World::officers_of(outside(*world.database->read(), {world.lamps})), world.ids({"ben", "cyd"}));
    world.expect_same_after_rebuild();
}

TEST_P(Confidential, YearsArePublicWhenTheyAreOverAndLarge) {
    const auto years = [&](int now) { return years_before(*world.database->read(), now); };
    for (int i = 0; i < 5; ++i) world.sent();
    world.hour();
    EXPECT_TRUE(years(2026).empty()) << "nothing of this year";
    world.go_to("2027-03-01");
    for (int i = 0; i < 4; ++i) world.sent();
    world.hour();
    const auto all = years(2028);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].year, 2027);
    EXPECT_FALSE(all[0].shown) << "four are too few";
    EXPECT_TRUE(all[1].shown);
    EXPECT_EQ(all[1].matters, 5);
}

INSTANTIATE_TEST_SUITE_P(Engines, Confidential, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace confidential
