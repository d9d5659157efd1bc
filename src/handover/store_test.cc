// On both engines: what is handed over, sent once whatever happens, followed, and the same after a rebuild.
#include "store.h"

#include <random>

#include "change.h"
#include "test_world.h"

namespace handover {
namespace {

class Handing : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Handing() : World(GetParam()) {
        water = named();
        offers(water);
    }
    static http::Answered number(const std::string& n) {
        return answered(200, R"([{"service_request_id":")" + n + R"("}])");
    }
    static http::Answered status(const std::string& n, const std::string& is, const std::string& notes = "") {
        return answered(200, R"([{"service_request_id":")" + n + R"(","status":")" + is + R"(","status_notes":")" +
                                 notes + R"("}])");
    }
    std::int64_t entries_of_kind(std::string_view kind) {
        std::int64_t n = 0;
        for (const ledger::Entry& e : ledger::entries(*database->read(), 0, 1000)) n += e.kind == kind;
        return n;
    }
    std::optional<ledger::Entry> last_of(std::string_view kind) {
        std::optional<ledger::Entry> last;
        for (ledger::Entry& e : ledger::entries(*database->read(), 0, 1000))
            if (e.kind == kind) last = std::move(e);
        return last;
    }
    AuthorityId water;
};

TEST_P(Handing, IsSentOnceTakenAndFollowedUntilTheyCloseIt) {
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

TEST_P(Handing, TheKeyIsInNoEntryAndTheWordsThatWereSentAreServedToNobody) {
    const HandoverId h = handed(water, said());
    answers = {number("1")};
    run();
    auto db = database->read();
    for (const ledger::Entry& e : ledger::entries(*db, 0, 1000)) {
        const std::string all = kernel::canonical(e.facts) + (e.words ? kernel::canonical(*e.words) : "");
        EXPECT_EQ(all.find("very-secret-key"), std::string::npos);
    }
    const auto entry = ledger::public_entries(*db, h.value(), 1).at(0);
    EXPECT_TRUE(entry.facts);
    EXPECT_FALSE(entry.words);
    EXPECT_TRUE(ledger::public_entries(*db, last_of("handover.taken")->index, 1).at(0).words) << "their number";
}

// Killed between the row and the answer: the row says so, and nothing is sent a second time by itself.
TEST_P(Handing, WhatWasOnItsWayWhenTheProgramEndedIsUncertain) {
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

TEST_P(Handing, AHuiyinIsSentTheSameReportAgain) {
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

TEST_P(Handing, WithoutAnAnswerThatCanBeReadItIsUncertain) {
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

TEST_P(Handing, WhatNeverLeftIsTriedAgainAndThenLetGo) {
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

TEST_P(Handing, ARefusalIsEnteredWithTheirWordsAndItMayBeHandedAgain) {
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    answers = {answered(400, R"([{"code":400,"description":"No such <b>place</b>."}])")};
    run();
    EXPECT_EQ(now(h).state, State::let_go);
    EXPECT_EQ(steps(*database->read(), h).front().notes, "No such <b>place</b>.");
    handed(water, id);
    expect_same_after_rebuild();
}

TEST_P(Handing, ANumberThatAnotherReportHasIsNone) {
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

TEST_P(Handing, ATokenLeadsToTheNumber) {
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

TEST_P(Handing, FaultsWhileFollowingAreShownAndEndSomeDay) {
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

TEST_P(Handing, WhatIsForTheUnitAloneGoesOnlyWithItsAuthor) {
    const VoiceId id = said(voice::Audience::unit_only);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(water))), "handover.not_agreed");
    EXPECT_EQ(refused(agree(*needs, "a-stranger's-token", "", id, water)), "voice.code_wrong");
    must(agree(*needs, visitor(visitors).visitor, "", id, water));
    EXPECT_EQ(refused(agree(*needs, visitor(visitors).visitor, "", id, water)), "handover.agreed_already");
    Draft quoting = draft(water);
    quoting.text = "They say: The pipe in Elm Street is leaking again";
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, quoting)), "handover.words_of_author");
    const HandoverId h = handed(water, id);
    answers = {number("1")};
    run();
    auto db = database->read();
    for (const char* kind : {"handover.agreed", "handover.handed"}) {
        const auto shown = ledger::public_entries(*db, last_of(kind)->index, 1).at(0);
        EXPECT_FALSE(shown.facts || shown.words) << kind;
    }
    EXPECT_FALSE(ledger::public_entries(*db, last_of("handover.taken")->index, 1).at(0).words);
    EXPECT_TRUE(withheld(*db, h.value()));
    const auto other = named("Parks", "https://park.example/v2");
    offers(other);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(other))), "handover.not_agreed") << "this one alone";
    expect_same_after_rebuild();
}

TEST_P(Handing, WhatIsHiddenMeanwhileIsWithheld) {
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    answers = {number("1")};
    run();
    EXPECT_FALSE(withheld(*database->read(), h.value()));
    must(voice::hide(*needs, as("moderator"), id, people::Ground::advertising, "An advertisement."));
    EXPECT_TRUE(withheld(*database->read(), last_of("handover.taken")->index));
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), id, draft(named("B", "https://park.example/v2")))),
              "handover.not_shown");
}

TEST_P(Handing, NothingIsAskedWithoutAKeyInTheFile) {
    const AuthorityId bare = named("No key", "https://bare.example");
    offers(bare);
    EXPECT_EQ(refused(hand(*needs, means, as("handler"), said(), draft(bare))), "handover.no_key");
    const HandoverId h = handed(water, said());
    means.keys.clear();
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(errand_of(h)->fault, "no_key");
    EXPECT_TRUE(tasks(*needs, means).empty());
    EXPECT_FALSE(fault_of(Means{{{"https://a.example", kernel::Secret("k"), false}}}));
    EXPECT_TRUE(fault_of(Means{{{"http://a.example", kernel::Secret("k"), false}}}));
    EXPECT_TRUE(fault_of(Means{{{"https://a.example", kernel::Secret(""), false}}}));
    EXPECT_TRUE(fault_of(Means{{{"https://a.example", kernel::Secret("a\nb"), false}}}));
}

TEST_P(Handing, ErasedWordsAreNotSentAndAnErasedNumberIsNotFollowed) {
    const HandoverId waiting = handed(water, said());
    erase(waiting.value());
    EXPECT_EQ(now(waiting).text + now(waiting).reason + now(waiting).address, "");
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(steps(*database->read(), waiting).front().why, Why::words_erased);
    const VoiceId id = said();
    const HandoverId h = handed(water, id);
    answers = {number("1")};
    run();
    EXPECT_EQ(of_author(*database->read(), id).size(), 2u);
    for (const std::int64_t entry : of_author(*database->read(), id)) erase(entry);
    later(rules::day);
    run();
    EXPECT_EQ(requests.size(), 1u);
    EXPECT_FALSE(errand_of(h));
    expect_same_after_rebuild();
}

// Erased here, still said there: it does not come back by itself.
TEST_P(Handing, TheirWordsThatWereErasedAreNotEnteredAgain) {
    const HandoverId h = handed(water, said());
    answers = {number("1")};
    run();
    later(6 * rules::minute);
    answers = {status("1", "open", "Ms Sample was not at home.")};
    run();
    erase(last_of("handover.followed")->index);
    EXPECT_EQ(steps(*database->read(), h).front().notes, "");
    for (int i = 0; i < 3; ++i) {
        later(rules::day);
        answers = {status("1", "open", "Ms Sample was not at home.")};
        run();
    }
    EXPECT_EQ(entries_of_kind("handover.followed"), 1);
    later(rules::day);
    answers = {status("1", "open", "Done.")};
    run();
    EXPECT_EQ(entries_of_kind("handover.followed"), 2);
    expect_same_after_rebuild();
}

TEST_P(Handing, WhatIsHiddenOrWithdrawnBeforeItWasSentIsNotSent) {
    const VoiceId hidden = said();
    const HandoverId one = handed(water, hidden);
    must(voice::hide(*needs, as("moderator"), hidden, people::Ground::advertising, "An advertisement."));
    const VoiceId withdrawn = said();
    const HandoverId two = handed(water, withdrawn);
    // By the browser that sent it.
    people::Actor author = visitor(visitors);
    must(voice::withdraw(*needs, author, withdrawn, "", false));
    run();
    EXPECT_TRUE(requests.empty());
    EXPECT_EQ(errand_of(one)->fault, "not_shown");
    EXPECT_EQ(steps(*database->read(), two).front().why, Why::not_sent);
    must(voice::show_again(*needs, as("moderator"), hidden, "It is none."));
    later(6 * rules::minute);
    answers = {number("1")};
    run();
    EXPECT_EQ(now(one).number, "1");
}

TEST_P(Handing, ARestoredPlaceSendsNothingByItself) {
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

TEST_P(Handing, OthersAreAskedWhatTheyTake) {
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

TEST_P(Handing, ReplayEqualsLifeWhateverWasErased) {
    std::mt19937 random(20261129);
    const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    std::vector<std::int64_t> erasable;
    int taken = 0;
    for (int i = 0; i < 12; ++i) {
        const auto audience = pick(3) == 0 ? voice::Audience::unit_only : voice::Audience::open;
        const VoiceId id = said(audience);
        if (audience == voice::Audience::unit_only) must(agree(*needs, visitor(visitors).visitor, "", id, water));
        const HandoverId h = handed(water, id);
        erasable.push_back(h.value());
        switch (pick(4)) {
            case 0:
                answers = {answered(400, R"([{"code":400,"description":"no"}])")};
                break;
            case 1:
                answers = {answered(500, "")};
                break;
            default:
                answers = {number(std::to_string(++taken))};
        }
        run();
        later(6 * rules::minute);
        if (now(h).state == State::open) {
            answers = {status(now(h).number, pick(2) ? "open" : "closed", "Note " + std::to_string(i))};
            run();
        }
        for (const Step& s : steps(*database->read(), h)) erasable.push_back(s.entry);
        if (pick(2)) {
            const auto one = erasable.begin() + pick(static_cast<int>(erasable.size()));
            erase(*one);
            erasable.erase(one);
        }
        answers.clear();
    }
    must(end_authority(*needs, as("administrator"), water, "Over."));
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Handing, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace handover
