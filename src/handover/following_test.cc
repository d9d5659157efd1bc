// On both engines: what is handed over is sent once whatever happens, and followed until it is over.
#include "following.h"

#include "test_world.h"

namespace handover {
namespace {

class SentAndFollowed : public Handing {};

TEST_P(SentAndFollowed, IsSentOnceTakenAndFollowedUntilTheyCloseIt) {
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    EXPECT_EQ(now(h).state, State::waiting);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(water))), "handover.there_already");
    answers = {number("638344")};
    run();
    ASSERT_EQ(requests.size(), 1u);
    EXPECT_EQ(requests[0].url, "https://water.example/v2/requests.json");
    EXPECT_NE(requests[0].body.find("api_key=very-secret-key"), std::string::npos);
    EXPECT_TRUE(requests[0].outside_only);
    EXPECT_EQ(now(h).state, State::open);
    EXPECT_EQ(now(h).number, "638344");
    run();
    EXPECT_EQ(requests.size(), 1u) << "nothing is due";
    later(6 * rules::minute);
    answers = {status("638344", "open", "Somebody goes to see."), status("638344", "open", "Somebody goes to see.")};
    run();
    EXPECT_EQ(entries_of_kind("handover.followed"), 1);
    later(6 * rules::minute);
    run();
    EXPECT_EQ(entries_of_kind("handover.followed"), 1) << "what did not change is no entry";
    later(rules::day);
    answers = {status("638344", "closed", "The pipe is new.")};
    run();
    EXPECT_EQ(now(h).state, State::closed);
    EXPECT_EQ(steps(*database->read(), h).front().notes, "The pipe is new.");
    EXPECT_EQ(voice::voice(*database->read(), id)->state, voice::State::assigned) << "our answer is still owed";
    later(2 * rules::day);
    answers = {status("638344", "open", "Once more.")};
    run();
    EXPECT_EQ(now(h).state, State::open) << "opened again there";
    later(2 * rules::day);
    answers = {status("638344", "closed", "Done.")};
    run();
    later(31 * rules::day);
    answers = {status("638344", "closed", "Done.")};
    run();
    EXPECT_FALSE(errand_of(h)) << "long closed";
    EXPECT_EQ(slip(*database->read(), h.value())->link, "/voices/" + std::to_string(id.value()));
    expect_same_after_rebuild();
}

// Killed between the row and the answer: the row says so, and nothing is sent a second time by itself.
TEST_P(SentAndFollowed, WhatWasOnItsWayWhenTheProgramEndedIsUncertain) {
    const HandoverId h = handed(water, said());
    {
        Following killed(*needs, means, [this](const http::Asked& asked) -> http::Answered {
            requests.push_back(asked);
            throw std::runtime_error("killed");
        });
        run(killed);
    }
    EXPECT_EQ(errand_of(h)->state, Errand::State::sending);
    restart();
    run();
    EXPECT_EQ(errand_of(h)->state, Errand::State::uncertain);
    EXPECT_EQ(errand_of(h)->fault, "stopped");
    later(20 * rules::day);
    run();
    EXPECT_EQ(requests.size(), 1u);
    EXPECT_EQ(refused(say_taken(*needs, as("colleague"), h, "5")), "handover.not_yours");
    EXPECT_EQ(refused(say_taken(*needs, as("handler"), h, "..")), "handover.number_missing");
    must(say_taken(*needs, as("handler"), h, "5"));
    EXPECT_EQ(now(h).number, "5");
    EXPECT_EQ(refused(send_again(*needs, as("handler"), h)), "handover.not_uncertain");
    answers = {status("5", "open")};
    run();
    EXPECT_EQ(requests.back().url, "https://water.example/v2/requests/5.json");
    expect_same_after_rebuild();
}

TEST_P(SentAndFollowed, AHuiyinIsSentTheSameReportAgain) {
    offers(water, true);
    const HandoverId h = handed(water, said());
    {
        Following killed(*needs, means, [this](const http::Asked& asked) -> http::Answered {
            requests.push_back(asked);
            throw std::runtime_error("killed");
        });
        run(killed);
    }
    restart();
    answers = {silence(true), number("7")};
    run();
    EXPECT_EQ(errand_of(h)->state, Errand::State::waiting);
    later(6 * rules::minute);
    run();
    EXPECT_EQ(now(h).number, "7");
    ASSERT_EQ(requests.size(), 3u);
    for (const http::Asked& each : requests) {
        EXPECT_EQ(each.body, requests[0].body);
        EXPECT_EQ(each.headers, requests[0].headers);
    }
}

TEST_P(SentAndFollowed, WithoutAnAnswerThatCanBeReadItIsUncertain) {
    for (const http::Answered& answer : {silence(true), answered(500, ""), answered(200, "?"), answered(200, "[]")}) {
        const HandoverId h = handed(water, said());
        answers = {answer};
        run();
        EXPECT_EQ(errand_of(h)->state, Errand::State::uncertain) << answer.status;
        must(give_up(*needs, as("clerk"), h, "They do not have it."));
        EXPECT_EQ(now(h).state, State::let_go);
        EXPECT_FALSE(errand_of(h));
        EXPECT_EQ(refused(give_up(*needs, as("clerk"), h, "again")), "handover.taken_already");
    }
    expect_same_after_rebuild();
}

TEST_P(SentAndFollowed, WhatNeverLeftIsTriedAgainAndThenLetGo) {
    const HandoverId h = handed(water, said());
    run();
    EXPECT_EQ(errand_of(h)->state, Errand::State::waiting);
    EXPECT_EQ(errand_of(h)->fault, "not_reached");
    http::Answered wait = answered(503, "");
    wait.retry_after = 3600;
    answers = {wait};
    later(6 * rules::minute);
    run();
    EXPECT_EQ(errand_of(h)->next_at.ms - clock.now().ms, rules::hour) << "Retry-After";
    later(15 * rules::day);
    run();
    EXPECT_EQ(now(h).state, State::let_go);
    EXPECT_EQ(steps(*database->read(), h).front().why, Why::not_reached);
    EXPECT_EQ(requests.size(), 3u);
}

TEST_P(SentAndFollowed, ARefusalIsEnteredWithTheirWordsAndItMayBeHandedAgain) {
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    answers = {answered(400, R"([{"code":400,"description":"No such <b>place</b>."}])")};
    run();
    EXPECT_EQ(now(h).state, State::let_go);
    EXPECT_EQ(steps(*database->read(), h).front().notes, "No such <b>place</b>.");
    handed(water, id);
    expect_same_after_rebuild();
}

TEST_P(SentAndFollowed, ANumberThatAnotherReportHasIsNone) {
    const HandoverId one = handed(water, said()), two = handed(water, said());
    answers = {number("5"), number("5")};
    run();
    EXPECT_EQ(now(one).number, "5");
    EXPECT_EQ(now(two).number, "");
    EXPECT_EQ(errand_of(two)->state, Errand::State::uncertain);
    EXPECT_EQ(errand_of(two)->fault, "number_known");
    EXPECT_EQ(refused(say_taken(*needs, as("handler"), two, "5")), "handover.number_known");
    must(send_again(*needs, as("handler"), two));
    answers = {number("6")};
    run();
    EXPECT_EQ(now(two).number, "6");
}

TEST_P(SentAndFollowed, ATokenLeadsToTheNumber) {
    const HandoverId h = handed(water, said());
    answers = {answered(200, R"([{"token":"t 1"}])")};
    run();
    EXPECT_EQ(errand_of(h)->state, Errand::State::token);
    EXPECT_EQ(refused(give_up(*needs, as("handler"), h, "x")), "handover.taken_already");
    later(6 * rules::minute);
    answers = {answered(200, R"([{"token":"t 1"}])")};
    run();
    later(6 * rules::minute);
    answers = {answered(200, R"([{"token":"t 1","service_request_id":"9"}])")};
    run();
    EXPECT_EQ(requests.back().url, "https://water.example/v2/tokens/t%201.json");
    EXPECT_EQ(now(h).number, "9");
}

TEST_P(SentAndFollowed, FaultsWhileFollowingAreShownAndEndSomeDay) {
    const HandoverId h = handed(water, said());
    answers = {number("1")};
    run();
    for (int i = 0; i < rules::most_unknown; ++i) {
        EXPECT_EQ(now(h).state, State::open) << i;
        later(rules::day);
        answers = {answered(404, "")};
        run();
    }
    EXPECT_EQ(now(h).state, State::let_go);
    EXPECT_EQ(steps(*database->read(), h).front().why, Why::unknown_there);

    const HandoverId quiet = handed(water, said());
    answers = {number("2")};
    run();
    later(6 * rules::minute);
    answers = {status("2", "resolved")};
    run();
    EXPECT_EQ(errand_of(quiet)->fault, "status_unknown");
    EXPECT_EQ(now(quiet).state, State::open);
    later(366 * rules::day);
    answers = {status("2", "open")};
    run();
    EXPECT_EQ(steps(*database->read(), quiet).front().why, Why::silent);
    expect_same_after_rebuild();
}

TEST_P(SentAndFollowed, ARestoredPlaceSendsNothingByItself) {
    const HandoverId h = handed(water, said());
    begin_restored(*database);
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(errand_of(h)->state, Errand::State::uncertain);
    EXPECT_EQ(errand_of(h)->fault, "restored");
    must(send_again(*needs, as("clerk"), h));
    answers = {number("1")};
    run();
    EXPECT_EQ(now(h).number, "1");
}

TEST_P(SentAndFollowed, OthersAreAskedWhatTheyTake) {
    const AuthorityId parks = named("Parks", "https://park.example/v2");
    Asking asking(*needs, means, other_side());
    Quiet one;
    answers = {answered(200, R"([{"service_code":"tree","service_name":"Trees"}])"),
               answered(200, R"({"endpoints":[{"idempotency_key":true}]})")};
    asking.run(one);
    EXPECT_EQ(requests.size(), 2u) << "water is not due";
    EXPECT_TRUE(directory(*database->read(), parks)->once);
    EXPECT_EQ(service(*database->read(), parks, "tree")->name, "Trees");
    later(7 * rules::hour);
    answers = {answered(200, "<services/>", "text/xml")};
    asking.run(one);
    EXPECT_EQ(directory(*database->read(), parks)->fault, "no_json");
    EXPECT_EQ(directory(*database->read(), parks)->services.size(), 1u) << "what they offered stays";
    must(end_authority(*needs, as("administrator"), parks, "Moved."));
    later(7 * rules::day);
    requests.clear();
    asking.run(one);
    for (const http::Asked& each : requests) EXPECT_EQ(each.url.find("park"), std::string::npos);
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, SentAndFollowed, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace handover
