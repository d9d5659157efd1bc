// Reports of what is shown and appeals against what is hidden: rules, rows on both engines, pages.
#include "routes_for_tests.h"
#include "rules.h"
#include "store.h"

namespace dialogue {
namespace {

template <class T>
std::string key_at(const T& result) {
    return result ? "" : result.error().field + " " + result.error().key;
}

people::Actor moderator_of(std::int64_t unit, std::int64_t officer = 8) {
    people::Actor actor;
    actor.officer = people::OfficerId(officer);
    actor.unit = people::UnitId(unit);
    actor.roles = {people::Role::moderator};
    return actor;
}

cycle::Cycle round_of(std::int64_t organiser) {
    cycle::Cycle round;
    round.id = CycleId(40);
    round.organiser = people::UnitId(organiser);
    return round;
}

Statement statement_in(State state) {
    Statement s;
    s.id = StatementId(60);
    s.state = state;
    return s;
}

TEST(DialogueComplaintRules, OnlyWhatIsShownIsReportedAndOnAPublishedGround) {
    const auto report = [](State state, Ground ground, std::size_t length) {
        return key_at(rules::report(round_of(1), statement_in(state), ground, std::string(length, 'x')));
    };
    EXPECT_EQ(report(State::accepted, Ground::empty, 0), "");
    EXPECT_EQ(report(State::accepted, Ground::empty, 1000), "");
    EXPECT_EQ(report(State::accepted, Ground::empty, 1001), "remark kernel.text_too_long");
    EXPECT_EQ(report(State::accepted, Ground::not_recorded, 0), "ground people.ground_missing");
    EXPECT_EQ(report(State::pending, Ground::empty, 0), " dialogue.not_shown");
    EXPECT_EQ(report(State::set_aside, Ground::empty, 0), " dialogue.not_shown");
}

TEST(DialogueComplaintRules, WhoDecidesAReport) {
    const auto decide = [](const people::Actor& actor, bool decided, std::string_view remark) {
        Report report;
        report.statement = StatementId(60);
        report.decided = decided;
        return key_at(rules::decide_report(actor, round_of(1), report, true, remark));
    };
    people::Actor clerk = moderator_of(2);
    clerk.roles = {people::Role::clerk};
    EXPECT_EQ(decide(moderator_of(2), false, "so"), "");
    EXPECT_EQ(decide(people::Actor(), false, "so"), " people.sign_in_first");
    EXPECT_EQ(decide(clerk, false, "so"), " people.role_needed_moderator");
    EXPECT_EQ(decide(moderator_of(1), false, "so"), " dialogue.own_unit");
    EXPECT_EQ(decide(moderator_of(2), true, "so"), " dialogue.report_decided_already");
    EXPECT_EQ(decide(moderator_of(2), false, ""), "remark dialogue.reason_missing");
}

TEST(DialogueComplaintRules, AppealOnceByTheAuthorAndDecidedByAnother) {
    Removal removal;
    removal.entry = 81;
    removal.by = people::OfficerId(8);
    const auto appeal = [&](bool author, State state, std::optional<Removal> of, std::string_view reason) {
        return key_at(rules::appeal(author, round_of(1), statement_in(state), of, reason));
    };
    EXPECT_EQ(appeal(true, State::set_aside, removal, "mine"), "");
    EXPECT_EQ(appeal(false, State::set_aside, removal, "mine"), "code people.not_the_author");
    EXPECT_EQ(appeal(true, State::accepted, removal, "mine"), " dialogue.not_set_aside");
    EXPECT_EQ(appeal(true, State::set_aside, std::nullopt, "mine"), " dialogue.not_set_aside");
    EXPECT_EQ(appeal(true, State::set_aside, removal, ""), "reason dialogue.reason_missing");
    EXPECT_EQ(appeal(true, State::set_aside, removal, std::string(2001, 'x')), "reason kernel.text_too_long");
    const auto refuse = [&](const people::Actor& actor, std::string_view remark) {
        return key_at(rules::refuse_appeal(actor, round_of(1), statement_in(State::set_aside), removal, remark));
    };
    EXPECT_EQ(refuse(moderator_of(2, 9), "no"), " dialogue.no_appeal");
    removal.appeal = 83;
    removal.waiting = true;
    EXPECT_EQ(appeal(true, State::set_aside, removal, "mine"), " dialogue.appealed_before");
    EXPECT_EQ(refuse(moderator_of(2, 9), "no"), "");
    EXPECT_EQ(refuse(moderator_of(2, 8), "no"), " dialogue.same_person");
    EXPECT_EQ(refuse(moderator_of(1, 9), "no"), " dialogue.own_unit");
    EXPECT_EQ(refuse(moderator_of(2, 9), ""), "remark dialogue.reason_missing");
    EXPECT_EQ(refuse(people::Actor(), "no"), " people.sign_in_first");
    EXPECT_EQ(key_at(rules::uphold(moderator_of(2, 8), round_of(1), removal)), " dialogue.same_person");
    EXPECT_EQ(key_at(rules::uphold(moderator_of(2, 9), round_of(1), removal)), "");
    removal.waiting = false;
    EXPECT_EQ(key_at(rules::uphold(moderator_of(2, 8), round_of(1), removal)), "") << "a second thought of one's own";
}

class DialogueComplaints : public testing::TestWithParam<db::Engine> {
protected:
    DialogueComplaints() {
        must(people::add_officer(*world.needs, world.audit, "second", "Moderator", {people::Role::moderator}, false));
        id = world.seeded(1, seeds);
        own = must(propose(*world.needs, World::visitor(1), id, "Mine", "en"));
        must(accept(*world.needs, world.as("moderator"), own, ""));
    }
    std::string happened() {
        std::string all;
        for (const Happened& h : history(*world.database->read(), own.value()))
            all += std::string(key_of(h.what)).substr(std::string_view("dialogue.event_").size()) + " ";
        return all;
    }

    World world{GetParam()};
    std::vector<StatementId> seeds;
    DialogueId id;
    StatementId own;
};

TEST_P(DialogueComplaints, AReportIsKeptOrSetsAside) {
    const auto first = must(report(*world.needs, World::visitor(2), own, Ground::empty, "Says nothing"));
    const auto second = must(report(*world.needs, {}, own, Ground::advertising, ""));
    auto waiting = open_reports(*world.database->read(), id, 0, 10);
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[0].remark, "Says nothing");
    must(decide_report(*world.needs, world.as("moderator"), first, false, "It says something"));
    EXPECT_EQ(world.get(own).state, State::accepted);
    EXPECT_EQ(key_at(decide_report(*world.needs, world.as("inside"), second, true, "x")), " dialogue.own_unit");
    must(decide_report(*world.needs, world.as("moderator"), second, true, "It sells"));
    EXPECT_EQ(world.get(own).state, State::set_aside);
    EXPECT_EQ(world.get(own).ground, Ground::advertising);
    EXPECT_EQ(key_at(decide_report(*world.needs, world.as("moderator"), second, true, "x")),
              " dialogue.report_decided_already");
    EXPECT_EQ(key_at(decide_report(*world.needs, world.as("moderator"), 999, true, "x")), " dialogue.report_unknown");
    EXPECT_EQ(key_at(report(*world.needs, {}, own, Ground::empty, "")), " dialogue.not_shown");
    EXPECT_EQ(key_at(report(*world.needs, {}, StatementId(999), Ground::empty, "")), " dialogue.statement_unknown");
    EXPECT_TRUE(open_reports(*world.database->read(), std::nullopt, 0, 10).empty());
    EXPECT_EQ(happened(), "made accepted reported reported report_kept report_hidden set_aside ");
    EXPECT_EQ(slip(*world.database->read(), first)->link, "/statements/" + std::to_string(own.value()));
    must(world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, first, "test"); }));
    EXPECT_EQ(find_report(*world.database->read(), first)->remark, "");
    world.expect_same_after_rebuild();
}

// Five of each kind in pages of two: each once, in its order; a second dialogue has none of them.
TEST_P(DialogueComplaints, WhatWaitsIsReadByPages) {
    std::vector<std::int64_t> reported, appealed;
    std::vector<StatementId> proposed;
    for (int i = 0; i < 5; ++i) {
        const std::string n = std::to_string(i);
        reported.push_back(must(report(*world.needs, {}, own, Ground::empty, n)));
        const StatementId mine = must(propose(*world.needs, World::visitor(10 + i), id, "Mine " + n, "en"));
        must(set_aside(*world.needs, world.as("moderator"), mine, Ground::unlawful, "It is"));
        must(appeal(*world.needs, World::visitor(10 + i), mine, "", "It is not"));
        appealed.push_back(removal(*world.database->read(), mine)->appeal.value());
        proposed.push_back(must(propose(*world.needs, World::visitor(10 + i), id, "Waits " + n, "en")));
    }
    auto db = world.database->read();
    for (const std::optional<DialogueId> of : {std::optional(id), std::optional<DialogueId>()}) {
        EXPECT_EQ(complaining(*db, of).reports, 5);
        EXPECT_EQ(complaining(*db, of).appeals, 5);
        std::vector<std::int64_t> reports, appeals;
        for (std::int64_t r = 0, a = 0, page = 0; page < 3; ++page) {
            for (const Report& one : open_reports(*db, of, r, 2)) reports.push_back(r = one.entry);
            for (const Removal& one : open_appeals(*db, of, a, 2)) appeals.push_back(a = one.appeal.value());
        }
        EXPECT_EQ(reports, reported);
        EXPECT_EQ(appeals, appealed);
    }
    EXPECT_EQ(complaining(*db, DialogueId(own.value())).reports, 0);
    std::vector<StatementId> waiting;
    std::optional<StatementId> last;
    for (int page = 0; page < 3; ++page)
        for (const Statement& s : to_moderate(*db, id, last, 2)) waiting.push_back(s.id), last = s.id;
    EXPECT_EQ(waiting, proposed);
    must(accept(*world.needs, world.as("moderator"), proposed[1], ""));  // where a page ended goes on holding
    ASSERT_EQ(to_moderate(*db, id, proposed[1], 2).size(), 2u);
    EXPECT_EQ(to_moderate(*db, id, proposed[1], 2).front().id, proposed[2]);
}

TEST_P(DialogueComplaints, AnAppealIsDecidedByAnother) {
    must(set_aside(*world.needs, world.as("moderator"), own, Ground::unlawful, "It is"));
    EXPECT_EQ(key_at(appeal(*world.needs, World::visitor(2), own, "", "x")), "code people.not_the_author");
    EXPECT_EQ(key_at(appeal(*world.needs, {}, own, "12345", "x")), "code people.not_the_author");
    must(appeal(*world.needs, World::visitor(1), own, "", "It is not"));
    EXPECT_EQ(key_at(appeal(*world.needs, World::visitor(1), own, "", "again")), " dialogue.appealed_before");
    EXPECT_EQ(key_at(accept(*world.needs, world.as("moderator"), own, "well")), " dialogue.same_person");
    EXPECT_EQ(key_at(refuse_appeal(*world.needs, world.as("moderator"), own, "no")), " dialogue.same_person");
    EXPECT_EQ(key_at(accept(*world.needs, world.as("inside"), own, "well")), " dialogue.own_unit");
    ASSERT_EQ(open_appeals(*world.database->read(), id, 0, 10).size(), 1u);
    const std::int64_t entry = open_appeals(*world.database->read(), id, 0, 10)[0].appeal.value();
    must(world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, entry, "test"); }));
    EXPECT_EQ(removal(*world.database->read(), own)->reason, "");
    world.expect_same_after_rebuild();
    must(refuse_appeal(*world.needs, world.as("second"), own, "It is"));
    EXPECT_EQ(key_at(appeal(*world.needs, World::visitor(1), own, "", "again")), " dialogue.appealed_before");
    must(accept(*world.needs, world.as("moderator"), own, "On second thought"));
    must(set_aside(*world.needs, world.as("second"), own, Ground::unlawful, "It is after all"));
    must(appeal(*world.needs, World::visitor(1), own, "", "a new one"));
    must(accept(*world.needs, world.as("moderator"), own, "It is not"));
    EXPECT_EQ(world.get(own).state, State::accepted);
    EXPECT_FALSE(removal(*world.database->read(), own));
    EXPECT_EQ(happened(), "made accepted set_aside appealed appeal_refused accepted set_aside appealed accepted ");
    EXPECT_EQ(key_at(appeal(*world.needs, World::visitor(1), own, "", "x")), " dialogue.not_set_aside");
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, DialogueComplaints, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

TEST_F(DialogueRoutes, ReportsAndAppealsThroughThePages) {
    const StatementId own =
        must(propose(*world.needs, people::actor(request(http::Method::get, "/")), id, "Mine", "en"));
    must(accept(*world.needs, world.as("moderator"), own, ""));
    EXPECT_TRUE(has(get(address(own) + "?lang=en"), address(own) + "/report"));
    for (const char* lang : {"en", "zh-Hans", "zh-Hant"})
        EXPECT_EQ(get(address(own) + "/report?lang=" + lang).status, 200);
    EXPECT_EQ(post(address(own) + "/report", {{"remark", "x"}}).status, 422);
    EXPECT_EQ(post("/statements/999/report", {{"ground", "empty"}}).status, 404);
    const auto sent = post(address(own) + "/report", {{"ground", "empty"}, {"remark", "Says <nothing>"}});
    EXPECT_EQ(sent.status, 303);
    const std::string entry = header(sent, "Location").substr(std::string("/receipts/").size());
    EXPECT_FALSE(has(get(address(own) + "?lang=en"), "Says &lt;nothing&gt;")) << "for moderators alone";
    const std::string decide = address(own) + "/reports/" + entry;
    EXPECT_TRUE(has(get(at("/moderation?lang=en"), "moderator"), decide));
    {
        auto db = world.database->read();
        EXPECT_NE(part_of_moderation(request(http::Method::get, "/?lang=en"), *db).text().find("Says &lt;nothing&gt;"),
                  std::string::npos);
    }
    EXPECT_NE(get(decide).status, 200);
    EXPECT_EQ(get(decide, "clerk").status, 403);
    EXPECT_EQ(get(address(s[0]) + "/reports/" + entry, "moderator").status, 404);
    for (const char* lang : {"en", "zh-Hans", "zh-Hant"})
        EXPECT_EQ(get(decide + "?lang=" + lang, "moderator").status, 200);
    EXPECT_EQ(post(decide, {{"outcome", "maybe"}, {"remark", "x"}}, "moderator").status, 422);
    EXPECT_EQ(post(decide, {{"outcome", "yes"}, {"remark", ""}}, "moderator").status, 422);
    EXPECT_EQ(post(decide, {{"outcome", "yes"}, {"remark", "It says nothing"}}, "moderator").status, 303);
    EXPECT_EQ(get(decide, "moderator").status, 409);

    const auto hidden = get(address(own) + "?lang=en");
    EXPECT_TRUE(has(hidden, "Ground: says nothing"));
    EXPECT_TRUE(has(hidden, address(own) + "/appeal"));
    EXPECT_EQ(get(address(own) + "/report").status, 409);
    EXPECT_EQ(get(address(s[0]) + "/appeal").status, 409);
    EXPECT_FALSE(has(get(address(own) + "/appeal?lang=en"), "name=\"code\"")) << "this browser sent it";
    EXPECT_TRUE(has(get(address(own) + "/appeal?lang=en", "", "the browser of somebody else"), "name=\"code\""));
    EXPECT_EQ(post(address(own) + "/appeal", {{"reason", "x"}}, "", "the browser of somebody else").status, 403);
    EXPECT_EQ(post(address(own) + "/appeal", {{"reason", ""}}).status, 422);
    EXPECT_EQ(get(address(own) + "/appeal/decision", "moderator").status, 409);
    EXPECT_EQ(post(address(own) + "/appeal", {{"reason", "It says a lot"}}).status, 303);
    EXPECT_TRUE(has(get(address(own) + "/appeal/decision?lang=en", "moderator"), "It says a lot"));
    EXPECT_EQ(post(address(own) + "/appeal/decision", {{"outcome", "yes"}, {"remark", "x"}}, "moderator").status, 403)
        << "who set it aside";
}

}  // namespace
}  // namespace dialogue
