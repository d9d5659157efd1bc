#include <random>

#include <gtest/gtest.h>

#include "store.h"
#include "test_world.h"

namespace issue {
namespace {

class Arranging : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    Taking taking(Items items, State to = State::confirmed) {
        return {{world.round, "Late buses", "They come late", "en"}, std::move(items), to, 1, "many people"};
    }
    IssueId taken(Items items, State to = State::confirmed) {
        return must(take_up(*world.needs, world.as("clerk"), taking(std::move(items), to)));
    }
    Items held(IssueId id) {
        auto db = world.database->read();
        Items all{voices_of(*db, id, std::nullopt, 10'000), statements_of(*db, id, {}, 10'000),
                  answers_of(*db, id, {}, 10'000)};
        std::sort(all.voices.begin(), all.voices.end());
        return all;
    }
    kernel::Checked undone(IssueId id) { return undo(*world.needs, world.as("clerk"), id); }
    int entries_since(std::int64_t size) { return static_cast<int>(world.ledger->size() - size); }
};

TEST_P(Arranging, ASuggestionIsTakenUpInOneAct) {
    const auto a = world.say("anna", "The 7 is late"), b = world.say("bert", "So is the 8");
    const auto s = world.state("Buses should come on time");
    const auto written = world.write({"buses late", "buses very late"});
    const std::int64_t before = world.ledger->size();
    const IssueId id = taken({{b, a, a}, {s}, written});
    EXPECT_EQ(entries_since(before), 4);
    EXPECT_EQ(held(id), (Items{{a, b}, {s}, written}));
    EXPECT_EQ(world.get(id).state, State::confirmed);
    EXPECT_EQ(world.get(id).marks, 1);
    EXPECT_EQ(answers(*world.database->read(), id).people, 2);
    world.expect_same_after_rebuild();
}

TEST_P(Arranging, ARefusalLeavesNothingBehind) {
    const auto a = world.say("anna", "The 7 is late");
    const std::int64_t before = world.ledger->size();
    const auto refusal = [&](Taking asked, const char* who = "clerk") {
        return refused(take_up(*world.needs, world.as(who), asked));
    };
    EXPECT_EQ(refusal(taking({})), "issue.nothing_chosen");
    EXPECT_EQ(refusal(taking({{voice::VoiceId(999)}, {}, {}})), "issue.voice_unknown");
    EXPECT_EQ(refusal(taking({{a}, {}, {{a.value(), 1}}})), "issue.answer_unknown");
    EXPECT_EQ(refusal(taking({{a}, {}, {}}), "officer"), "issue.may_not_confirm");
    Taking without_reason = taking({{a}, {}, {}}, State::dismissed);
    without_reason.reason = "";
    EXPECT_EQ(refusal(without_reason), "issue.reason_missing");
    EXPECT_EQ(world.ledger->size(), before);
    EXPECT_EQ(refused(put_in(*world.needs, world.as("officer"), IssueId(999), {{a}, {}, {}})), "issue.unknown");
}

TEST_P(Arranging, MoreThanOneEntryHolds) {
    std::vector<voice::VoiceId> many;
    for (int i = 0; i < 603; ++i) many.push_back(world.say("p" + std::to_string(i % 7), "late " + std::to_string(i)));
    const std::int64_t before = world.ledger->size();
    const IssueId id = taken({many, {}, {}});
    EXPECT_EQ(entries_since(before), 4);
    EXPECT_EQ(world.get(id).voices, 603);
    EXPECT_EQ(world.get(id).people, 7);
    must(undone(id));
    EXPECT_EQ(world.get(id).voices, 0);
    EXPECT_EQ(world.get(id).state, State::dismissed);
    must(undone(id));
    EXPECT_EQ(world.get(id).voices, 603);
    EXPECT_EQ(world.get(id).state, State::confirmed);
    world.expect_same_after_rebuild();
}

TEST_P(Arranging, MergedAndParted) {
    const auto a = world.say("anna", "a"), b = world.say("bert", "b"), both = world.say("carl", "both");
    const auto written = world.write({"late"});
    const IssueId one = taken({{a, both}, {}, written}), other = taken({{b, both}, {}, {}}, State::suggested);
    const auto clerk = world.as("clerk");
    EXPECT_EQ(refused(merge(*world.needs, clerk, one, one, "same")), "issue.merge_itself");
    EXPECT_EQ(refused(merge(*world.needs, clerk, one, IssueId(999), "same")), "issue.unknown");
    EXPECT_EQ(refused(merge(*world.needs, clerk, one, other, "")), "issue.reason_missing");
    EXPECT_EQ(refused(merge(*world.needs, world.as("officer"), one, other, "same")), "issue.may_not_confirm");
    must(merge(*world.needs, clerk, one, other, "the same matter"));
    EXPECT_EQ(held(other), (Items{{a, b, both}, {}, written}));
    EXPECT_TRUE(held(one).empty());
    EXPECT_EQ(world.get(one).state, State::dismissed);
    EXPECT_EQ(merged_into(*world.database->read(), one), other);
    EXPECT_EQ(refused(merge(*world.needs, clerk, one, other, "again")), "issue.wrong_state");
    const auto parted = [&](IssueId asked) {
        must(undone(asked));
        EXPECT_EQ(held(one), (Items{{a, both}, {}, written}));
        EXPECT_EQ(held(other), (Items{{b, both}, {}, {}})) << "what both held stays in both";
        EXPECT_EQ(world.get(one).state, State::confirmed);
        EXPECT_EQ(world.get(one).marks, 1);
        EXPECT_EQ(merged_into(*world.database->read(), one), std::nullopt);
    };
    parted(one);
    must(merge(*world.needs, clerk, one, other, "the same matter"));
    parted(other);
    world.expect_same_after_rebuild();
}

TEST_P(Arranging, SplitAndMovedAndUndone) {
    const auto a = world.say("anna", "a"), b = world.say("bert", "b"), c = world.say("carl", "c");
    const IssueId id = taken({{a, b, c}, {}, {}});
    const Draft draft{{}, "Dirty buses", "", "en"};
    const auto officer = world.as("officer");
    EXPECT_EQ(refused(split(*world.needs, officer, id, draft, {{a, b, c}, {}, {}})), "issue.split_all");
    EXPECT_EQ(refused(split(*world.needs, officer, id, draft, {})), "issue.nothing_chosen");
    EXPECT_EQ(refused(split(*world.needs, officer, id, {{}, "", "", "en"}, {{a}, {}, {}})), "issue.title_missing");
    const IssueId part = must(split(*world.needs, officer, id, draft, {{a}, {}, {}}));
    EXPECT_EQ(held(part), (Items{{a}, {}, {}}));
    EXPECT_EQ(held(id), (Items{{b, c}, {}, {}}));
    EXPECT_EQ(world.get(part).state, State::suggested);
    must(move(*world.needs, officer, id, part, {{b}, {}, {}}));
    EXPECT_EQ(held(part), (Items{{a, b}, {}, {}}));
    must(undone(part));
    EXPECT_EQ(held(id), (Items{{b, c}, {}, {}})) << "the newest step of the part: what was moved goes back";
    EXPECT_EQ(held(part), (Items{{a}, {}, {}}));
    EXPECT_EQ(refused(move(*world.needs, officer, id, part, {{a}, {}, {}})), "issue.nothing_chosen");
    EXPECT_EQ(refused(move(*world.needs, world.as("moderator"), id, part, {{b}, {}, {}})), "issue.may_not_gather");

    const IssueId again = must(split(*world.needs, officer, id, draft, {{c}, {}, {}}));
    must(undone(again));
    EXPECT_EQ(held(id), (Items{{b, c}, {}, {}}));
    EXPECT_EQ(world.get(again).state, State::dismissed) << "nothing is left of it";
    world.expect_same_after_rebuild();
}

TEST_P(Arranging, WhatIsKeptOutIsSaid) {
    const auto a = world.say("anna", "a"), b = world.say("bert", "b");
    const auto written = world.write({"late"});
    const IssueId id = taken({{a}, {}, {}});
    const std::int64_t before = world.ledger->size();
    must(keep_out(*world.needs, world.as("officer"), id, {{a, b}, {}, written}));
    EXPECT_EQ(entries_since(before), 3);
    EXPECT_TRUE(held(id).empty());
    std::vector<Placed> all;
    for (const auto& e : ledger::entries(*world.database->read(), before, 10)) all.push_back(*placed(e));
    EXPECT_EQ(all[0].place, Place::out);
    EXPECT_EQ(all[0].items, (Items{{a}, {}, {}}));
    EXPECT_EQ(all[1].place, Place::out);
    EXPECT_EQ(all[1].items, (Items{{}, {}, written}));
    EXPECT_EQ(all[2].place, Place::kept_out);
    EXPECT_EQ(all[2].items, (Items{{b}, {}, {}}));
    must(undone(id));
    EXPECT_EQ(held(id), (Items{{a}, {}, {written}}));
    world.expect_same_after_rebuild();
}

TEST_P(Arranging, UndoesOnlyWhatCanBeUndone) {
    const auto a = world.say("anna", "a");
    const IssueId id = world.suggested();
    EXPECT_EQ(refused(undone(id)), "issue.nothing_to_undo") << "a suggestion is dismissed";
    EXPECT_EQ(refused(undone(IssueId(999))), "issue.unknown");
    must(gather(*world.needs, world.as("officer"), id, {a}, {}));
    must(confirm(*world.needs, world.as("clerk"), id, 3, "many"));
    must(confirm(*world.needs, world.as("clerk"), id, 1, "fewer"));
    EXPECT_EQ(refused(undo(*world.needs, world.as("officer"), id)), "issue.may_not_confirm");
    EXPECT_EQ(refused(undo(*world.needs, world.as("moderator"), id)), "issue.may_not_gather");
    must(undone(id));
    EXPECT_EQ(world.get(id).marks, 3);
    must(dismiss(*world.needs, world.as("clerk"), id, "a mistake"));
    must(undone(id));
    EXPECT_EQ(world.get(id).state, State::confirmed);
    EXPECT_EQ(world.get(id).marks, 3);
    must(world.within([&](ledger::Writing& w) { return put_before(w, id, 5); }));
    EXPECT_EQ(refused(undone(id)), "issue.nothing_to_undo") << "a body has it";
    const Counts n = counts(*world.database->read(), world.round);
    EXPECT_EQ(n.before_body, 1);
    EXPECT_EQ(n.confirmed + n.dismissed + n.suggested, 0);
    world.expect_same_after_rebuild();
}

TEST_P(Arranging, ReplayEqualsLifeWhateverWasArranged) {
    std::mt19937 random(20261129);
    std::vector<voice::VoiceId> voices;
    for (int i = 0; i < 12; ++i) voices.push_back(world.say("p" + std::to_string(i % 5), "m" + std::to_string(i)));
    const auto written = world.write({"x", "y", "z"});
    std::vector<IssueId> issues = {world.suggested(), world.suggested("other")};
    const auto any = [&](const auto& list) { return list[random() % list.size()]; };
    const auto some = [&] {
        Items items;
        for (const auto v : voices)
            if (random() % 4 == 0) items.voices.push_back(v);
        if (random() % 3 == 0) items.answers.push_back(any(written));
        return items;
    };
    const auto clerk = world.as("clerk");
    for (int step = 0; step < 120; ++step) switch (random() % 8) {
            case 0:
                if (const auto made =
                        take_up(*world.needs, clerk,
                                taking(some(), any(std::vector{State::suggested, State::confirmed, State::dismissed}))))
                    issues.push_back(*made);
                break;
            case 1:
                (void)put_in(*world.needs, clerk, any(issues), some());
                break;
            case 2:
                (void)keep_out(*world.needs, clerk, any(issues), some());
                break;
            case 3:
                (void)merge(*world.needs, clerk, any(issues), any(issues), "same");
                break;
            case 4:
                if (const auto made = split(*world.needs, clerk, any(issues), {{}, "part", "", "en"}, some()))
                    issues.push_back(*made);
                break;
            case 5:
                (void)move(*world.needs, clerk, any(issues), any(issues), some());
                break;
            default:
                (void)undone(any(issues));
        }
    world.expect_same_after_rebuild();
    auto db = world.database->read();
    for (const IssueId id : issues) {
        const Items all = held(id);
        EXPECT_EQ(world.get(id).voices, std::ssize(all.voices));
        EXPECT_EQ(answers(*db, id).answers, std::ssize(all.answers));
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, Arranging, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace issue
