// Calling back: who may, when, how often, and what of it counts.
#include "call_back.h"

#include <http/testing.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "rules.h"
#include "test_cases.h"
#include "test_world.h"

namespace voice {
namespace {

using people::Role;
using rules::a_case;
using rules::key;
using rules::on;

constexpr std::int64_t typist = 70, handler = 31;

Case typed(State state) {
    Case c = a_case(state);
    c.typist = people::OfficerId(typist);
    return c;
}
Called rated(bool solved = true, int stars = 4, bool again = false) { return {Call::rated, solved, stars, again}; }
std::string refusal_of(const Case& c, const rules::Who& who, const Called& asked = rated(),
                       std::string_view said = "Fine.", std::string_view day = "2026-12-01") {
    return key(rules::call_back(c, who, asked, said, {}, on(day)));
}

TEST(VoiceCallRules, WhoMayInWhichState) {
    for (State state : all_states)
        EXPECT_EQ(refusal_of(typed(state), rules::officer(Role::clerk, false)),
                  state == State::answered ? "" : "voice.refused_" + std::string(name(state)));
    const Case c = typed(State::answered);
    for (Role role : people::all_roles) {
        const bool may = role == Role::officer || role == Role::head || role == Role::clerk;
        EXPECT_EQ(refusal_of(c, rules::officer(role, false)), may ? "" : "voice.needs_officer") << people::name(role);
        EXPECT_NE(refusal_of(c, rules::officer(role, true)), "") << "of the unit that has it";
    }
    EXPECT_EQ(refusal_of(c, rules::officer(Role::clerk, true)), "voice.call_by_another");
    EXPECT_EQ(refusal_of(c, rules::officer(Role::officer, false, typist)), "voice.same_person");
    EXPECT_EQ(refusal_of(c, rules::officer(Role::officer, false, handler)), "voice.same_person");
    rules::Who compared = rules::officer(Role::officer, false);
    compared.had_part = true;
    EXPECT_EQ(refusal_of(c, compared), "voice.same_person") << "wrote it down with who typed it";
    Case given = c;
    given.officer = people::OfficerId(50);
    EXPECT_EQ(refusal_of(given, rules::officer(Role::officer, false, 50)), "voice.same_person");
    EXPECT_EQ(refusal_of(c, rules::Who()), "people.sign_in_first");
    EXPECT_EQ(refusal_of(c, rules::the_author()), "people.sign_in_first");
    EXPECT_EQ(refusal_of(a_case(State::answered), rules::officer(Role::clerk, false)), "voice.call_unneeded");
    Case closed = c;
    closed.shown = Shown::unit_only;
    EXPECT_EQ(refusal_of(closed, rules::officer(Role::officer, false)), "voice.needs_clerk");
    EXPECT_EQ(refusal_of(closed, rules::officer(Role::clerk, false)), "");
}

TEST(VoiceCallRules, ThreeTriesWithinTheTerm) {
    Case c = typed(State::answered);
    const rules::Who who = rules::officer(Role::clerk, false);
    for (int tries : {0, 1, 2}) {
        c.call_tries = tries;
        EXPECT_EQ(rules::call_back(c, who, {}, "", {}, on("2026-12-01"))->nth, tries + 1);
    }
    c.call_tries = 3;
    EXPECT_EQ(refusal_of(c, who), "voice.called_enough");
    EXPECT_EQ(refusal_of(c, who, {}), "voice.called_enough");
    c.call_tries = 0;
    EXPECT_EQ(refusal_of(c, who, rated(), "Fine.", "2026-12-07"), "");
    EXPECT_EQ(refusal_of(c, who, rated(), "Fine.", "2026-12-08"), "voice.term_over");
}

TEST(VoiceCallRules, WhatIsSaidIsWhole) {
    const Case c = typed(State::answered);
    const rules::Who who = rules::officer(Role::clerk, false);
    const struct {
        Called asked;
        std::string said, wrong, field;
    } all[] = {
        {{Call::rated, {}, 4, false}, "Fine.", "voice.solved_missing", "call_solved"},
        {{Call::rated, true, {}, false}, "Fine.", "voice.stars_missing", "call_stars"},
        {rated(true, 0), "Fine.", "voice.stars_range", "call_stars"},
        {rated(true, 6), "Fine.", "voice.stars_range", "call_stars"},
        {rated(true, 4, true), "Fine.", "voice.again_solved", "call_again"},
        {rated(), "", "voice.said_missing", "call_said"},
        {rated(), std::string(1001, 'x'), "kernel.text_too_long", "call_said"},
        {{Call::not_reached, true, {}, false}, "", "voice.call_not_rated", "call"},
        {{Call::refused, {}, 3, false}, "", "voice.call_not_rated", "call"},
        {{Call::refused, {}, {}, true}, "", "voice.call_not_rated", "call"},
    };
    for (const auto& one : all) {
        const auto made = rules::call_back(c, who, one.asked, one.said, {}, on("2026-12-01"));
        EXPECT_EQ(key(made), one.wrong);
        EXPECT_EQ(rules::at(made), one.field);
    }
}

TEST(VoiceCallRules, TakenUpAgainWithinTheAuthorsBounds) {
    Case c = typed(State::answered);
    const rules::Who who = rules::officer(Role::clerk, false);
    const auto again = [&] {
        return rules::call_back(c, who, rated(false, 1, true), "Dark.", people::UnitId(3), on("2026-12-01"));
    };
    EXPECT_EQ(again()->again->nth, 1);
    EXPECT_FALSE(again()->again->superior);
    EXPECT_EQ(kernel::iso(again()->again->reply.due), "2026-12-15");
    EXPECT_FALSE(again()->term);
    c.reopened = 2;
    EXPECT_EQ(again()->again->superior, people::UnitId(3)) << "the third time a level up";
    c.reopened = 3;
    EXPECT_EQ(key(again()), "voice.reopened_enough");
    EXPECT_EQ(refusal_of(c, who, rated(false, 1)), "") << "rated all the same";
}

class VoiceCalls : public testing::TestWithParam<db::Engine> {
protected:
    VoiceCalls() {
        world.officer(world.root, "audit", {Role::officer});
        audit = world.unit(world.root, "Audit");
        world.officer(audit, "caller", {Role::officer});
    }
    VoiceId answered(const std::string& text = "It is dark.") {
        Draft draft = world.draft(text);
        draft.way = Way::telephone;
        const VoiceId id = must(receive(*world.needs, world.as("roads2"), draft, {})).id;
        must(assign(*world.needs, world.as("clerk"), id, world.roads, world.as("roads").officer));
        must(answer(*world.needs, world.as("roads"), id, Answer::done, "It burns again.", {}));
        return id;
    }
    kernel::Checked call(VoiceId id, const Called& asked, std::string_view by = "caller",
                         std::string_view said = "Yes, it burns.") {
        return call_back(*world.needs, world.as(by), id, asked, asked.outcome == Call::rated ? said : "");
    }
    UnitCounts figures() {
        return unit_counts(*world.database->read(), {world.roads}, day_of("2026-11-01"), day_of("2027-03-31"));
    }
    std::vector<VoiceId> queue() {
        std::vector<VoiceId> all;
        for (const ToCall& one : to_call(*world.database->read(), {}, 100)) all.push_back(one.voice);
        return all;
    }

    World world{GetParam()};
    people::UnitId audit;
};

TEST_P(VoiceCalls, RatedMarkedAndCountedApart) {
    const VoiceId id = answered(), later = answered("And here.");
    EXPECT_EQ(queue(), (std::vector<VoiceId>{id, later}));
    EXPECT_EQ(to_call(*world.database->read(), ToCall{world.get(id).term.value(), id}, 10).size(), 1U);
    EXPECT_EQ(refused(call(id, rated(), "roads2")), "voice.call_by_another");
    EXPECT_EQ(refused(call_back(*world.needs, {}, id, rated(), "x")), "people.sign_in_first");
    EXPECT_EQ(refused(call(VoiceId(999'999), rated())), "voice.unknown");
    must(call(id, rated(true, 5)));
    const Case c = world.get(id);
    EXPECT_EQ(c.state, State::rated);
    EXPECT_EQ(c.rating, 5);
    EXPECT_EQ(c.rating_unit, audit);
    EXPECT_EQ(queue(), std::vector<VoiceId>{later});
    EXPECT_EQ(refused(call(id, rated())), "voice.refused_rated");
    const auto shown = voice(*world.database->read(), id);
    EXPECT_EQ(shown->rating_unit, audit);
    // An author's own rating is no call, and silence is neither.
    const Received own = world.answered();
    must(rate(*world.needs, world.browser(), own.id, "", false, 2, "No."));
    const UnitCounts f = figures();
    EXPECT_EQ(f.rated, 2);
    EXPECT_EQ(f.called_back, 1);
    EXPECT_EQ(f.satisfied, 1);
    EXPECT_EQ(world.count().rated, 2);
    EXPECT_EQ(world.count().called_back, 1);
    Filter filter;
    filter.counted = Counting{{world.roads}, day_of("2026-11-01"), day_of("2027-03-31"), Figure::called_back};
    ASSERT_EQ(voices(*world.database->read(), filter).size(), 1U);
    EXPECT_EQ(voices(*world.database->read(), filter)[0].id, id);
    world.go_to("2027-01-15");
    world.tick();
    EXPECT_EQ(world.get(id).state, State::closed) << "as rated ones do";
    EXPECT_EQ(world.get(later).state, State::closed_unrated);
    EXPECT_EQ(world.count().silent, 1);
    world.erase(steps(*world.database->read(), id)[2].entry);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceCalls, NotReachedThreeTimesOrRefusedEndsIt) {
    const VoiceId id = answered(), other = answered("Elsewhere.");
    for (int n = 0; n < 3; ++n) {
        EXPECT_EQ(queue().front(), id);
        must(call(id, {}));
    }
    EXPECT_EQ(refused(call(id, {})), "voice.called_enough");
    must(call(other, {Call::refused, {}, {}, false}));
    EXPECT_TRUE(queue().empty());
    EXPECT_EQ(refused(call(other, rated())), "voice.called_enough");
    EXPECT_EQ(world.get(id).state, State::answered);
    EXPECT_EQ(world.count().called_back, 0);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceCalls, TakenUpAgainItIsCalledAnew) {
    const VoiceId id = answered();
    must(call(id, {}));
    must(call(id, rated(false, 1, true), "caller", "Still dark."));
    Case c = world.get(id);
    EXPECT_EQ(c.state, State::assigned);
    EXPECT_EQ(c.reopened, 1);
    EXPECT_EQ(c.call_tries, 0);
    EXPECT_FALSE(c.rating);
    EXPECT_EQ(world.count().reopened, 1);
    EXPECT_EQ(world.count().called_back, 0) << "the judgement was of the answer that is now redone";
    must(answer(*world.needs, world.as("roads"), id, Answer::done, "Now.", {}));
    EXPECT_EQ(queue(), std::vector<VoiceId>{id});
    must(call(id, rated(false, 2, true), "caller", "No."));
    must(answer(*world.needs, world.as("roads"), id, Answer::done, "Now.", {}));
    must(call(id, rated(false, 2, true), "caller", "No."));
    c = world.get(id);
    EXPECT_EQ(c.unit, world.root) << "the third time a level up";
    must(answer(*world.needs, world.as("head"), id, Answer::cannot, "No.", {}));
    EXPECT_EQ(refused(call(id, rated(false, 1), "caller", "No.")), "voice.call_by_another")
        << "under the highest unit nobody is independent of it";
    world.expect_same_after_rebuild();
}

TEST_P(VoiceCalls, WhatHappenedMeanwhileIsSaid) {
    const VoiceId id = answered();
    const std::int64_t seen = newest_act(*world.database->read(), id);
    must(call(id, {}));
    EXPECT_EQ(refused(call_back(*world.needs, world.as("caller"), id, rated(), "Fine.", {{}, seen})),
              "voice.changed_meanwhile");
    EXPECT_EQ(world.get(id).call_tries, 1);
}

TEST_P(VoiceCalls, WhatSomebodyHasToDoWithIt) {
    const VoiceId id = answered();
    auto db = world.database->read();
    EXPECT_TRUE(part_in(*db, world.as("roads"), id)->handles);
    EXPECT_FALSE(part_in(*db, world.as("roads"), id)->independent);
    EXPECT_FALSE(part_in(*db, world.as("roads2"), id)->handles) << "of the unit, but it was given to somebody else";
    EXPECT_FALSE(part_in(*db, world.as("caller"), id)->handles);
    EXPECT_TRUE(part_in(*db, world.as("caller"), id)->independent);
    EXPECT_TRUE(part_in(*db, world.as("clerk"), id)->clerk);
    EXPECT_FALSE(part_in(*db, {}, id)->reads);
    EXPECT_FALSE(part_in(*db, world.as("caller"), VoiceId(999'999)));
    EXPECT_TRUE(may_call_back(*db, world.as("caller"), id));
    EXPECT_FALSE(may_call_back(*db, world.as("roads2"), id));
}

// The pages: the queue shows whom this officer may call and who can be, the form keeps what was typed.
class VoiceCallPages : public testing::Test {
protected:
    VoiceCallPages() {
        audit = world.unit(world.root, "Audit");
        world.officer(audit, "caller", {Role::officer});
        Hooks hooks;
        hooks.can_be_called = [this](db::Connection&, VoiceId id) { return id != anonymous; };
        add_routes(router, *world.needs, {}, std::move(hooks));
    }
    VoiceId answered(const std::string& text, Audience audience = Audience::open) {
        Draft draft = world.draft(text);
        draft.way = Way::counter;
        draft.audience = audience;
        const VoiceId id = must(receive(*world.needs, world.as("roads2"), draft, {})).id;
        must(assign(*world.needs, world.as("clerk"), id, world.roads, {}));
        must(answer(*world.needs, world.as("roads"), id, Answer::done, "Done.", {}));
        return id;
    }
    http::Response send(std::string_view who, http::Method method, const std::string& path,
                        http::testing::Fields form = {}) {
        http::Request r = people::request_by(world.as(who), method, path);
        r.headers.emplace("accept-language", "en");
        r.form = std::move(form);
        return http::testing::answer(router, std::move(r));
    }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

    World world{db::Engine::sqlite};
    http::Router router;
    people::UnitId audit;
    VoiceId anonymous;
};

TEST_F(VoiceCallPages, TheQueueAndTheForm) {
    using http::Method;
    const VoiceId one = answered("A lamp is dark."), closed = answered("My neighbour's lamp", Audience::unit_only);
    anonymous = answered("Nobody says who.");
    const std::string act = "/desk/voices/" + std::to_string(one.value()) + "/call-back";
    const http::Response queue = send("caller", Method::get, "/desk/call-back");
    EXPECT_EQ(queue.status, 200);
    EXPECT_TRUE(has(queue, act));
    EXPECT_TRUE(has(queue, "0 of 3"));
    EXPECT_FALSE(has(queue, "Nobody says who.")) << "who left no number";
    EXPECT_FALSE(has(queue, "My neighbour")) << "what is not for everybody is called about by clerks";
    EXPECT_FALSE(has(send("roads", Method::get, "/desk/call-back"), act)) << "the own unit";
    EXPECT_EQ(send("inspector", Method::get, "/desk/call-back").status, 403);
    EXPECT_EQ(send("caller", Method::get, "/desk/call-back?after=x-y").status, 200);
    EXPECT_FALSE(has(send("caller", Method::get, "/desk/call-back?after=99999999-1"), act));
    EXPECT_EQ(send("roads", Method::get, act).status, 403);
    const std::string of_closed = "/desk/voices/" + std::to_string(closed.value()) + "/call-back";
    EXPECT_EQ(send("caller", Method::get, of_closed).status, 403);
    EXPECT_TRUE(has(send("caller", Method::get, act), "Call number 1 of at most 3"));

    const struct {
        http::testing::Fields form;
        std::string_view said;
    } wrong[] = {
        {{}, "Say what came of the call."},
        {{{"call", "shouted"}}, "Say what came of the call."},
        {{{"call", "rated"}, {"call_stars", "4"}, {"call_said", "kept"}}, "Say whether it is solved."},
        {{{"call", "rated"}, {"call_solved", "perhaps"}, {"call_stars", "4"}, {"call_said", "kept"}},
         "Say whether it is solved."},
        {{{"call", "rated"}, {"call_solved", "yes"}, {"call_stars", "99999999999"}, {"call_said", "kept"}},
         "from 1 to 5"},
        {{{"call", "rated"}, {"call_solved", "yes"}, {"call_stars", "4"}, {"call_said", "\xff"}}, "call_said"},
        {{{"call", "not_reached"}, {"call_again", "yes"}, {"call_said", "kept"}}, "belong only to a call"},
    };
    for (const auto& one_wrong : wrong) {
        const http::Response again = send("caller", Method::post, act, one_wrong.form);
        EXPECT_EQ(again.status, 422);
        EXPECT_TRUE(has(again, one_wrong.said)) << one_wrong.said;
    }
    EXPECT_TRUE(has(send("caller", Method::post, act, wrong[6].form), "kept</textarea>"));
    EXPECT_EQ(world.get(one).call_tries, 0) << "nothing was entered";
    EXPECT_EQ(send("caller", Method::post, act,
                   {{"call", "rated"}, {"call_solved", "no"}, {"call_stars", "2"}, {"call_said", "Half of it."}})
                  .status,
              303);
    const http::Response shown = send("caller", Method::get, "/voices/" + std::to_string(one.value()));
    EXPECT_TRUE(has(shown, "Not solved · 2 of 5 (asked by telephone by Audit)"));
    EXPECT_TRUE(has(shown, "Half of it."));
    EXPECT_TRUE(has(send("caller", Method::get, "/voices"), "asked by telephone by Audit"));
    EXPECT_TRUE(has(send("caller", Method::get, "/api/v1/voices/" + std::to_string(one.value())),
                    "\"rating_unit\":" + std::to_string(audit.value())));
    EXPECT_FALSE(has(send("caller", Method::get, "/desk/call-back"), act));
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceCalls, testing::ValuesIn(db::engines),
                         [](const auto& one) { return db::engine_name(one); });

}  // namespace
}  // namespace voice
