// The life of cases: officers, authors and the clock, on both engines.
#include <gtest/gtest.h>

#include "test_world.h"

namespace voice {
namespace {

class VoiceCase : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs() { return *world.needs; }
    std::vector<What> history(VoiceId id) {
        std::vector<What> all;
        for (const Step& s : steps(*world.database->read(), id)) all.push_back(s.what);
        return all;
    }
};

TEST_P(VoiceCase, AnsweredRatedClosed) {
    const Received r = world.answered();
    EXPECT_EQ(world.get(r.id).state, State::answered);
    EXPECT_EQ(world.get(r.id).term, day_of("2026-12-07"));
    must(rate(needs(), world.browser(), r.id, "", true, 4, "Thank you"));
    const Case rated = world.get(r.id);
    EXPECT_EQ(rated.state, State::rated);
    EXPECT_EQ(rated.rating, 4);
    EXPECT_EQ(rated.solved, true);
    world.go_to("2026-12-07");
    world.tick();
    EXPECT_EQ(world.get(r.id).state, State::rated) << "the last day belongs to the author";
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.get(r.id).state, State::closed);
    EXPECT_EQ(history(r.id), (std::vector<What>{What::assigned, What::answered, What::rated, What::closed}));
    EXPECT_EQ(world.count().answered, 1);
    EXPECT_EQ(world.count().rated, 1);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceCase, SilenceIsCounted) {
    const Received r = world.answered();
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.get(r.id).state, State::closed_unrated);
    EXPECT_EQ(world.count().silent, 1);
    EXPECT_EQ(world.count().rated, 0);
    EXPECT_EQ(refused(rate(needs(), world.browser(), r.id, r.code, true, 5, "")), "voice.refused_closed_unrated");
}

TEST_P(VoiceCase, OnlyTheAuthorSpeaksForTheAuthor) {
    const Received r = world.answered();
    const Received other = world.said("Another matter", "visitor-b");
    for (std::string code : {std::string(), std::string("nonsense"), std::string(25, '7'), other.code}) {
        EXPECT_EQ(refused(rate(needs(), world.browser("somebody"), r.id, code, true, 5, "")), "voice.code_wrong");
        EXPECT_EQ(refused(withdraw(needs(), world.browser("somebody"), r.id, code, false)), "voice.code_wrong");
    }
    EXPECT_EQ(refused(rate(needs(), world.as("roads"), r.id, "", true, 5, "")), "voice.code_wrong");
    EXPECT_EQ(refused(rate(needs(), world.as("roads"), r.id, r.code, true, 5, "")), "voice.same_person")
        << "who answered does not rate, whatever code they hold";
    // In fives, and from another browser.
    std::string fives;
    for (std::size_t i = 0; i < 25; i += 5) fives += (i ? " " : "") + r.code.substr(i, 5);
    must(rate(needs(), world.browser("another device"), r.id, fives, false, 1, ""));
    EXPECT_EQ(world.get(r.id).solved, false);
}

TEST_P(VoiceCase, NobodyRatesWhatStaffTyped) {
    Draft draft = world.draft();
    draft.way = Way::telephone;
    const Received r = must(receive(needs(), world.as("roads2"), draft, {}));
    must(assign(needs(), world.as("clerk"), r.id, world.roads, {}));
    must(answer(needs(), world.as("roads"), r.id, Answer::done, "It burns.", {}));
    people::Actor typist = world.as("roads2");
    typist.visitor = "visitor-a";
    EXPECT_EQ(refused(rate(needs(), typist, r.id, std::string(25, '0'), true, 5, "")), "voice.code_wrong");
    EXPECT_EQ(refused(rate(needs(), world.browser(), r.id, "", true, 5, "")), "voice.code_wrong");
}

TEST_P(VoiceCase, ReopenedThreeTimesGoesALevelUp) {
    const Received r = world.answered();
    for (int nth = 1; nth <= 3; ++nth) {
        must(reopen(needs(), world.browser(), r.id, "", "Still dark"));
        const Case c = world.get(r.id);
        EXPECT_EQ(c.state, State::assigned);
        EXPECT_EQ(c.reopened, nth);
        EXPECT_EQ(c.unit, nth < 3 ? world.roads : world.root);
        EXPECT_FALSE(c.rating);
        if (nth < 3) must(answer(needs(), world.as("roads"), r.id, Answer::done, "Now it burns.", {}));
    }
    EXPECT_EQ(refused(answer(needs(), world.as("roads"), r.id, Answer::done, "x", {})), "voice.not_yours");
    EXPECT_EQ(refused(assign(needs(), world.as("clerk"), r.id, world.roads, {})), "voice.superior_keeps");
    must(answer(needs(), world.as("head"), r.id, Answer::done, "I went to see.", {}));
    EXPECT_EQ(refused(reopen(needs(), world.browser(), r.id, "", "Again")), "voice.reopened_enough");
    EXPECT_EQ(world.count().reopened, 1) << "one voice, however often";
    EXPECT_EQ(world.count().answered, 1);
}

TEST_P(VoiceCase, ARatingIsTakenBackByReopening) {
    const Received r = world.answered();
    must(rate(needs(), world.browser(), r.id, "", false, 1, "No"));
    EXPECT_EQ(world.count().rated, 1);
    must(reopen(needs(), world.browser(), r.id, "", "Still dark"));
    EXPECT_EQ(world.count().rated, 0);
    must(answer(needs(), world.as("roads"), r.id, Answer::cannot, "No budget this year.", {}));
    must(rate(needs(), world.browser(), r.id, "", false, 2, ""));
    EXPECT_EQ(world.count().rated, 1);
    EXPECT_EQ(world.get(r.id).rating, 2);
}

TEST_P(VoiceCase, AskedBackStopsTheClockOnce) {
    const Received r = world.assigned();
    must(ask_back(needs(), world.as("roads"), r.id, "Which corner?"));
    world.go_to("2026-11-26");
    must(add_word(needs(), world.browser(), r.id, "", "At the bakery"));
    EXPECT_EQ(world.get(r.id).state, State::assigned);
    EXPECT_EQ(world.get(r.id).due, day_of("2026-12-10"));
    EXPECT_EQ(refused(ask_back(needs(), world.as("roads"), r.id, "And?")), "voice.asked_before");

    const Received silent = world.assigned("visitor-b");
    must(ask_back(needs(), world.as("roads"), silent.id, "Which corner?"));
    world.go_to("2026-12-10");
    world.tick();
    EXPECT_EQ(world.get(silent.id).state, State::asked_back) << "ten working days are not over";
    world.go_to("2026-12-11");
    world.tick();
    EXPECT_EQ(world.get(silent.id).state, State::assigned);
    EXPECT_EQ(world.get(silent.id).due, day_of("2026-12-24"));
}

TEST_P(VoiceCase, LatenessIsEnteredByTheClockOnceForEachMark) {
    const Received r = world.assigned();
    world.go_to("2026-12-07");
    world.tick();
    EXPECT_EQ(world.get(r.id).late_days, 0) << "the due day itself is in time";
    for (const auto& [day, late, entries] :
         {std::tuple("2026-12-08", 1, 1), std::tuple("2026-12-09", 1, 1), std::tuple("2026-12-14", 5, 2)}) {
        world.go_to(day);
        world.tick();
        world.tick();
        EXPECT_EQ(world.get(r.id).late_days, late) << day;
        EXPECT_EQ(history(r.id).size(), 2u + static_cast<std::size_t>(entries)) << day << ": assigned, due, late";
    }
    EXPECT_EQ(world.count().late, 1);
    EXPECT_EQ(voices(*world.database->read(),
                     [] {
                         Filter f;
                         f.late_only = true;
                         return f;
                     }())
                  .size(),
              1u);
    must(answer(needs(), world.as("roads"), r.id, Answer::done, "At last.", {}));
    EXPECT_EQ(world.get(r.id).late_days, 5) << "late stays late";
}

TEST_P(VoiceCase, WaitingForAUnitIsLateToo) {
    const Received r = world.said();
    world.go_to("2026-11-25");
    world.tick();
    EXPECT_TRUE(history(r.id).empty());
    world.go_to("2026-11-26");
    world.tick();
    world.tick();
    EXPECT_EQ(history(r.id), std::vector<What>{What::late_accept});
    EXPECT_EQ(world.count().late, 0) << "the answer is not late yet";
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(history(r.id), (std::vector<What>{What::late_accept, What::late_reply}));
    EXPECT_EQ(world.count().late, 1);
}

TEST_P(VoiceCase, AHundredLateCasesInPages) {
    for (int i = 0; i < 300; ++i) world.said("Text", "v" + std::to_string(i));
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.count().late, 300);
    const std::int64_t size = world.ledger->size();
    world.tick();
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(VoiceCase, BouncedKeepsTheFirstDay) {
    const Received r = world.assigned();
    const auto due = world.get(r.id).due;
    world.go_to("2026-11-25");
    must(bounce(needs(), world.as("roads"), r.id, "Lamps are not ours"));
    EXPECT_EQ(world.get(r.id).state, State::received);
    EXPECT_EQ(world.get(r.id).due, due);
    EXPECT_FALSE(world.get(r.id).unit);
    must(assign(needs(), world.as("clerk"), r.id, world.lamps, world.as("lamps").officer));
    EXPECT_EQ(world.get(r.id).officer, world.as("lamps").officer);
    EXPECT_EQ(refused(answer(needs(), world.as("roads"), r.id, Answer::done, "x", {})), "voice.not_yours");
}

TEST_P(VoiceCase, ExtendedOnceByTheHead) {
    const Received r = world.assigned();
    EXPECT_EQ(refused(extend(needs(), world.as("roads"), r.id, day_of("2026-12-14"), "Parts")), "voice.needs_head");
    must(extend(needs(), world.as("roads_head"), r.id, day_of("2026-12-14"), "Parts are late"));
    EXPECT_EQ(world.get(r.id).due, day_of("2026-12-14"));
    EXPECT_EQ(refused(extend(needs(), world.as("head"), r.id, day_of("2026-12-15"), "More")), "voice.extended_before");
    world.go_to("2026-12-14");
    world.tick();
    EXPECT_EQ(world.get(r.id).late_days, 0);
    world.go_to("2026-12-15");
    world.tick();
    EXPECT_EQ(world.get(r.id).late_days, 1);
}

TEST_P(VoiceCase, CorrectedByANewEntryThatNamesTheOld) {
    const Received r = world.answered();
    EXPECT_EQ(refused(correct_kind(needs(), world.as("roads"), r.id, Kind::praise, "x")), "voice.needs_clerk");
    must(correct_kind(needs(), world.as("clerk"), r.id, Kind::complaint, "It complains"));
    must(correct_answer(needs(), world.as("roads"), r.id, Answer::dated, day_of("2027-01-15"), "Not done yet"));
    const Case c = world.get(r.id);
    EXPECT_EQ(c.kind, Kind::complaint);
    EXPECT_EQ(c.answer, Answer::dated);
    EXPECT_EQ(c.promised, day_of("2027-01-15"));
    EXPECT_EQ(history(r.id),
              (std::vector<What>{What::assigned, What::answered, What::kind_corrected, What::answer_corrected}));
}

TEST_P(VoiceCase, WithdrawnStaysInEveryDenominator) {
    const Received r = world.assigned();
    must(withdraw(needs(), world.browser(), r.id, "", true));
    EXPECT_EQ(world.get(r.id).state, State::withdrawn);
    EXPECT_EQ(world.count().voices, 1);
    EXPECT_EQ(world.count().withdrawn, 1);
    EXPECT_EQ(history(r.id).back(), What::withdrawn_asked);
    EXPECT_EQ(refused(answer(needs(), world.as("roads"), r.id, Answer::done, "x", {})), "voice.refused_withdrawn");
    world.go_to("2027-06-01");
    world.tick();
    EXPECT_EQ(world.get(r.id).late_days, 0);
}

TEST_P(VoiceCase, RolesAreThoseOfNowNotOfTheSession) {
    const Received r = world.assigned();
    people::Actor pretender = world.as("inspector");
    pretender.roles = {people::Role::officer};
    pretender.unit = world.roads;
    EXPECT_EQ(refused(answer(needs(), pretender, r.id, Answer::done, "x", {})), "voice.needs_officer");
    EXPECT_EQ(refused(answer(needs(), people::Actor{}, r.id, Answer::done, "x", {})), "people.sign_in_first");
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceCase, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
