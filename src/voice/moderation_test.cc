#include <gtest/gtest.h>

#include "test_world.h"

namespace voice {
namespace {

class VoiceModeration : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs() { return *world.needs; }
};

TEST_P(VoiceModeration, HiddenWithAGroundAndShownAgainByAnother) {
    const Received r = world.assigned();
    EXPECT_EQ(refused(hide(needs(), world.as("roads_moderator"), r.id, Ground::advertising, "Ad")),
              "voice.unit_concerned");
    EXPECT_EQ(refused(hide(needs(), world.as("roads"), r.id, Ground::advertising, "Ad")), "voice.needs_moderator");
    must(hide(needs(), world.as("moderator"), r.id, Ground::advertising, "Sells lamps"));
    auto db = world.database->read();
    EXPECT_EQ(voice(*db, r.id)->text, "");
    EXPECT_EQ(voice(*db, r.id)->ground, Ground::advertising);
    EXPECT_TRUE(withheld(*db, r.id.value()));
    EXPECT_EQ(world.count().hidden, 1);
    EXPECT_EQ(world.count().open_to_public, 0);
    ASSERT_EQ(hidden_counts(*db, world.desk).size(), 1u);
    EXPECT_EQ(hidden_counts(*db, world.desk)[0].unit, world.roads);

    EXPECT_EQ(refused(appeal(needs(), world.browser("stranger"), r.id, "", "It is no ad")), "voice.code_wrong");
    must(appeal(needs(), world.browser("another"), r.id, r.code, "It is no ad"));
    ASSERT_EQ(open_appeals(*db, 0, 10).size(), 1u);
    EXPECT_EQ(open_appeals(*db, 0, 10).front().voice, r.id);
    EXPECT_EQ(refused(show_again(needs(), world.as("moderator"), r.id, "Sorry")), "voice.same_person");
    EXPECT_EQ(refused(show_again(needs(), world.as("roads_moderator"), r.id, "Sorry")), "voice.unit_concerned");
    // The case moved meanwhile; what was counted is taken back where it was counted.
    must(assign(needs(), world.as("clerk"), r.id, world.lamps, {}));
    must(show_again(needs(), world.as("moderator2"), r.id, "It names a lamp, it sells none"));
    EXPECT_EQ(voice(*db, r.id)->text, world.draft().text);
    EXPECT_FALSE(withheld(*db, r.id.value()));
    EXPECT_EQ(world.count().hidden, 0);
    EXPECT_TRUE(hidden_counts(*db, world.desk).empty());
    EXPECT_TRUE(open_appeals(*db, 0, 10).empty());
    world.expect_same_after_rebuild();
}

TEST_P(VoiceModeration, ARefusedAppealIsFinalForThatHiding) {
    const Received r = world.said();
    must(hide(needs(), world.as("moderator"), r.id, Ground::empty, "Nothing in it"));
    must(appeal(needs(), world.browser(), r.id, "", "There is"));
    must(refuse_appeal(needs(), world.as("moderator2"), r.id, "There is not"));
    EXPECT_EQ(refused(appeal(needs(), world.browser(), r.id, "", "There is")), "voice.appealed_before");
    must(show_again(needs(), world.as("moderator"), r.id, "I was wrong"));
    must(hide(needs(), world.as("moderator2"), r.id, Ground::empty, "Nothing in it"));
    must(appeal(needs(), world.browser(), r.id, "", "There is"));
}

TEST_P(VoiceModeration, HeldEndsInTwoWorkingDaysOrIsPublishedLate) {
    const Received looked_at = world.said("Call 13812345678", "v1"), forgotten = world.said("Call 13812345679", "v2");
    EXPECT_EQ(world.get(forgotten.id).held_until, day_of("2026-11-25"));
    must(publish(needs(), world.as("moderator"), looked_at.id));
    EXPECT_EQ(world.get(looked_at.id).shown, Shown::published);
    world.go_to("2026-11-25");
    world.tick();
    EXPECT_EQ(world.get(forgotten.id).shown, Shown::held);
    world.go_to("2026-11-26");
    world.tick();
    world.tick();
    EXPECT_EQ(world.get(forgotten.id).shown, Shown::published);
    EXPECT_EQ(steps(*world.database->read(), forgotten.id).back().what, What::published_late);
    EXPECT_EQ(world.count().open_to_public, 2);
    EXPECT_EQ(world.count().held, 0);
    EXPECT_EQ(refused(publish(needs(), world.as("moderator"), forgotten.id)), "voice.refused_published");
    // A published voice can be held for a look once.
    must(hold(needs(), world.as("moderator"), looked_at.id, Ground::unlawful, "A look"));
    EXPECT_EQ(world.get(looked_at.id).held_until, day_of("2026-11-30"));
    must(publish(needs(), world.as("moderator"), looked_at.id));
    EXPECT_EQ(refused(hold(needs(), world.as("moderator"), looked_at.id, Ground::unlawful, "Again")),
              "voice.held_before");
}

TEST_P(VoiceModeration, AHeldVoiceCanBeHiddenOrAppealed) {
    const Received r = world.said("Call 13812345678");
    must(appeal(needs(), world.browser(), r.id, "", "It is the number of the office"));
    EXPECT_EQ(refused(appeal(needs(), world.browser(), r.id, "", "Again")), "voice.appealed_before");
    must(hide(needs(), world.as("moderator"), r.id, Ground::personal_data, "A private number"));
    EXPECT_EQ(world.count().held, 0);
    EXPECT_EQ(world.count().hidden, 1);
    must(appeal(needs(), world.browser(), r.id, "", "The hiding is another act"));
}

// Five of each kind in pages of two: each row once, in its order, and the counts say how many there are.
TEST_P(VoiceModeration, WhatWaitsIsReadByPages) {
    std::vector<VoiceId> hidden, held;
    std::vector<std::int64_t> reported, appealed;
    for (int i = 0; i < 5; ++i) {
        const std::string n = std::to_string(i);
        const Received r = world.said("Text " + n, "author" + n);
        reported.push_back(must(report(needs(), people::Actor{}, r.id, Ground::advertising, "")));
        must(hide(needs(), world.as("moderator"), r.id, Ground::advertising, "Ad"));
        must(appeal(needs(), world.browser("author" + n), r.id, "", "None"));
        appealed.push_back(world.get(r.id).appeal.value());
        hidden.push_back(r.id);
        held.push_back(world.said("Call me: 1381234567" + n).id);
    }
    auto db = world.database->read();
    const ToModerate in_all = to_moderate(*db);
    EXPECT_EQ(in_all.held, 5);
    EXPECT_EQ(in_all.appeals, 5);
    EXPECT_EQ(in_all.reports, 5);
    std::vector<VoiceId> appeals, found;
    std::vector<std::int64_t> entries, reports;
    std::optional<Ringing> day;
    for (std::int64_t appeal = 0, entry = 0, page = 0; page < 3; ++page) {
        for (const Ringing& one : held_voices(*db, day, 2)) found.push_back(one.voice), day = one;
        for (const Appeal& one : open_appeals(*db, appeal, 2))
            appeals.push_back(one.voice), entries.push_back(appeal = one.entry);
        for (const Report& one : open_reports(*db, entry, 2)) reports.push_back(entry = one.entry);
    }
    EXPECT_EQ(found, held);
    EXPECT_EQ(appeals, hidden);
    EXPECT_EQ(entries, appealed);
    EXPECT_EQ(reports, reported);
    EXPECT_TRUE(held_voices(*db, day, 2).empty());
}

TEST_P(VoiceModeration, ReportedByAnybodyDecidedByAModerator) {
    const Received r = world.said("One", "v1"), kept = world.said("Two", "v2");
    const std::int64_t first =
        must(report(needs(), people::Actor{}, r.id, Ground::threat_or_hate, "It threatens my neighbour"));
    const std::int64_t second = must(report(needs(), world.browser("x"), kept.id, Ground::advertising, ""));
    EXPECT_EQ(open_reports(*world.database->read(), 0, 10).size(), 2u);
    EXPECT_EQ(refused(decide_report(needs(), world.as("head"), first, true, "So it does")), "voice.needs_moderator");
    EXPECT_EQ(refused(decide_report(needs(), world.as("moderator"), 999'999, true, "x")), "voice.report_unknown");
    must(decide_report(needs(), world.as("moderator"), first, true, "So it does"));
    must(decide_report(needs(), world.as("moderator"), second, false, "It is criticism"));
    EXPECT_EQ(refused(decide_report(needs(), world.as("moderator"), second, false, "x")),
              "voice.report_decided_already");
    EXPECT_EQ(world.get(r.id).shown, Shown::hidden);
    EXPECT_EQ(world.get(kept.id).shown, Shown::published);
    EXPECT_TRUE(open_reports(*world.database->read(), 0, 10).empty());
    EXPECT_EQ(refused(report(needs(), people::Actor{}, r.id, Ground::empty, "")), "voice.refused_hidden");
    // What somebody reports is read by moderators alone.
    for (const ledger::PublicEntry& e : ledger::public_entries(*world.database->read(), first, 1))
        EXPECT_FALSE(e.words);
    world.erase(first);
}

TEST_P(VoiceModeration, ACopyNamesItsMaster) {
    const Received master = world.said("The lamp is dark", "v1"), copy = world.said("The lamp is dark", "v2");
    EXPECT_EQ(refused(hide(needs(), world.as("moderator"), copy.id, Ground::duplicate, "Same")), "voice.master_unfit");
    must(hide(needs(), world.as("moderator"), copy.id, Ground::duplicate, "Same", {}, master.id));
    EXPECT_EQ(voice(*world.database->read(), copy.id)->master, master.id);
    EXPECT_EQ(same_as(*world.database->read(), master.id, {}, 10), std::vector<VoiceId>{copy.id});
    const Received later = world.said("The lamp is dark", "v3");
    must(hide(needs(), world.as("moderator"), later.id, Ground::duplicate, "Same", {}, master.id));
    EXPECT_EQ(same_as(*world.database->read(), master.id, {}, 1), std::vector<VoiceId>{copy.id});
    EXPECT_EQ(same_as(*world.database->read(), master.id, copy.id, 10), std::vector<VoiceId>{later.id});
}

TEST_P(VoiceModeration, WordsAreServedOnlyWhileTheyArePublic) {
    Draft unit_only = world.draft("For the unit alone");
    unit_only.audience = Audience::unit_only;
    const Received closed = must(receive(needs(), world.browser("v1"), unit_only, {})), open = world.assigned("v2");
    must(assign(needs(), world.as("clerk"), closed.id, world.roads, {}));
    must(answer(needs(), world.as("roads"), closed.id, Answer::done, "A quiet answer", {}));
    must(answer(needs(), world.as("roads"), open.id, Answer::done, "A public answer", {}));
    int served = 0;
    for (const ledger::PublicEntry& e : ledger::public_entries(*world.database->read(), 0, 1000)) {
        if (!e.words) continue;
        EXPECT_EQ(e.words->find("unit alone"), std::string::npos);
        EXPECT_EQ(e.words->find("quiet"), std::string::npos);
        if (e.words->find("public answer") != std::string::npos || e.words->find("lamp") != std::string::npos) ++served;
    }
    EXPECT_EQ(served, 2);
    EXPECT_EQ(refused(hide(needs(), world.as("moderator"), closed.id, Ground::empty, "x")), "voice.refused_unit_only");
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceModeration, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice
