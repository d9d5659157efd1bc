#include "store.h"

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include <jobs/jobs.h>

#include "test_world.h"

namespace dialogue {
namespace {

std::string text(const Counts& c) {
    return std::to_string(c.agree) + "/" + std::to_string(c.disagree) + "/" + std::to_string(c.pass);
}

class DialogueStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    kernel::Result<ledger::Receipt> cast(std::int64_t who, DialogueId id, std::vector<Vote> votes) {
        return vote(*world.needs, World::visitor(who), id, votes);
    }
    StatementId proposed(std::int64_t who, DialogueId id, const std::string& words) {
        return must(propose(*world.needs, World::visitor(who), id, words, "en"));
    }
    void tick() {
        struct Now : jobs::Run {
            bool stopping() const override { return false; }
            void progress(std::int64_t, std::int64_t) override {}
        } run;
        for (const jobs::Task& task : tasks(*world.needs)) task.work(run);
    }
};

TEST_P(DialogueStore, OneVoteEachChangeableCountedAtOnce) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(3, s);
    must(cast(1, id, {{s[0], Choice::agree}, {s[1], Choice::disagree}, {s[2], Choice::pass}}));
    EXPECT_EQ(text(world.get(s[0]).counts), "1/0/0");
    must(cast(1, id, {{s[0], Choice::disagree}}));
    must(cast(1, id, {{s[0], Choice::disagree}}));
    EXPECT_EQ(text(world.get(s[0]).counts), "0/1/0");
    must(cast(2, id, {{s[0], Choice::agree}, {s[2], Choice::agree}}));
    EXPECT_EQ(text(world.get(s[0]).counts), "1/1/0");
    EXPECT_EQ(text(world.get(s[2]).counts), "1/0/1");
    Figures f = world.count(id);
    EXPECT_EQ(f.people, 2);
    EXPECT_EQ(f.votes, 5);
    EXPECT_EQ(f.votes_cast, 7);
    EXPECT_EQ(f.accepted, 3);
    EXPECT_EQ(people::turnout(*world.database->read(), world.round).people, 2);

    must(cast(2, id, {{s[0], std::nullopt}, {s[2], std::nullopt}}));
    f = world.count(id);
    EXPECT_EQ(text(world.get(s[0]).counts), "0/1/0");
    EXPECT_EQ(f.people, 1);
    EXPECT_EQ(f.votes, 3);
    EXPECT_EQ(f.votes_cast, 7);
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(DialogueStore, ARefusedArrayChangesNothing) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(2, s);
    const DialogueId other = world.opened();
    const StatementId elsewhere = must(seed(*world.needs, world.as("head"), other, "Elsewhere", "en"));
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(refused(cast(1, id, {{s[0], Choice::agree}, {elsewhere, Choice::agree}})), "dialogue.statement_not_open");
    EXPECT_EQ(refused(cast(1, id, {{s[0], Choice::agree}, {StatementId(id.value()), Choice::agree}})),
              "dialogue.statement_not_open");
    EXPECT_EQ(refused(cast(1, id, {{s[0], Choice::agree}, {s[0], Choice::pass}})), "dialogue.statement_twice");
    EXPECT_EQ(refused(cast(1, id, {})), "dialogue.votes_missing");
    EXPECT_EQ(refused(cast(1, id, std::vector<Vote>(1001, {s[0], Choice::agree}))), "dialogue.votes_too_many");
    EXPECT_EQ(refused(cast(1, id, {{s[0], std::nullopt}})), "dialogue.nothing_to_take_back");
    EXPECT_EQ(refused(cast(1, DialogueId(s[0].value()), {{s[0], Choice::agree}})), "dialogue.unknown");
    EXPECT_EQ(refused(vote(*world.needs, people::Actor{}, id, {{s[0], Choice::agree}})), "dialogue.key_length");
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(world.count(id).people, 0);
}

TEST_P(DialogueStore, AThousandVotesAreOneEntry) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(1, s);
    std::vector<Vote> votes;
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        std::int64_t last = 0;
        for (int i = 0; i < 1000; ++i) {
            last = w.append(encode(Seeded{id, "S", "en", kernel::Day{20000}, people::OfficerId(0)}, w.next_index()));
            votes.push_back({StatementId(last), static_cast<Choice>(i % 3 - 1)});
        }
        return last;
    }));
    const std::int64_t size = world.ledger->size();
    const ledger::Receipt receipt = must(cast(1, id, votes));
    EXPECT_EQ(receipt.index, size);
    EXPECT_EQ(world.ledger->size(), size + 1);
    EXPECT_EQ(world.count(id).votes, 1000);
    const auto log = ledger::public_entries(*world.database->read(), size, 1);
    ASSERT_EQ(log.size(), 1u);
    EXPECT_FALSE(log[0].facts.has_value());
    EXPECT_FALSE(log[0].words.has_value());
    // Nothing in the leaf is by the statement (its digits may stand in a commitment), and its time is a whole minute.
    const kernel::Json leaf = must(kernel::parse_json(log[0].leaf));
    for (const auto& [name, value] : *leaf.object())
        for (const Vote& vote : votes)
            EXPECT_TRUE(!value.integer() || *value.integer() != vote.statement.value()) << name;
    EXPECT_EQ(receipt.time.ms % 60'000, 0);
}

TEST_P(DialogueStore, TheSameFormTwiceIsOneVote) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(1, s);
    const Once once = kernel::random_hash();
    const std::vector<Vote> votes = {{s[0], Choice::agree}};
    const auto first = must(vote(*world.needs, World::visitor(1), id, votes, once));
    const auto again = must(vote(*world.needs, World::visitor(1), id, votes, once));
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.index, first.index);
    EXPECT_EQ(world.count(id).votes_cast, 1);
}

TEST_P(DialogueStore, AStatementWaitsForItsModeratorAndItsAuthorAgrees) {
    const DialogueId id = world.opened();
    ledger::Receipt receipt;
    const StatementId s = must(propose(*world.needs, World::visitor(1), id, "More buses", "en", {}, &receipt));
    EXPECT_EQ(receipt.index, s.value());
    Statement made = world.get(s);
    EXPECT_EQ(made.state, State::pending);
    EXPECT_EQ(made.origin, Origin::participant);
    EXPECT_EQ(made.until, kernel::parse_day("2026-11-25"));
    EXPECT_EQ(text(made.counts), "1/0/0");
    EXPECT_EQ(author_of(*world.database->read(), s), people::ParticipantId(s.value() + 1));
    EXPECT_TRUE(statements(*world.database->read(), {id}).empty());
    EXPECT_FALSE(ledger::public_entries(*world.database->read(), s.value(), 1).at(0).words.has_value());
    EXPECT_EQ(refused(cast(2, id, {{s, Choice::agree}})), "dialogue.statement_not_open");

    EXPECT_EQ(refused(accept(*world.needs, world.as("head"), s, "")), "people.role_needed_moderator");
    EXPECT_EQ(refused(accept(*world.needs, people::Actor{}, s, "")), "people.sign_in_first");
    must(accept(*world.needs, world.as("moderator"), s, ""));
    EXPECT_EQ(refused(accept(*world.needs, world.as("moderator"), s, "")), "dialogue.accepted_already");
    must(cast(2, id, {{s, Choice::disagree}}));
    must(cast(1, id, {{s, Choice::pass}}));  // the author may think again
    EXPECT_EQ(text(world.get(s).counts), "0/1/1");
    EXPECT_EQ(world.count(id).people, 2);
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(DialogueStore, SettingAsideNeedsAGroundAndAnotherUnit) {
    const DialogueId id = world.opened(Admission::at_once);
    const StatementId s = proposed(1, id, "Buy from us");
    EXPECT_EQ(world.get(s).state, State::accepted);
    EXPECT_EQ(refused(set_aside(*world.needs, world.as("inside"), s, Ground::advertising, "")), "dialogue.own_unit");
    EXPECT_EQ(refused(set_aside(*world.needs, world.as("moderator"), s, Ground::not_recorded, "")),
              "dialogue.ground_missing");
    must(set_aside(*world.needs, world.as("moderator"), s, Ground::advertising, "a shop"));
    EXPECT_EQ(world.get(s).ground, Ground::advertising);
    EXPECT_TRUE(withheld(*world.database->read(), s.value()));
    EXPECT_FALSE(withheld(*world.database->read(), id.value()));
    EXPECT_EQ(world.count(id).set_aside, 1);
    EXPECT_EQ(world.count(id).accepted, 0);
    EXPECT_EQ(refused(cast(2, id, {{s, Choice::agree}})), "dialogue.statement_not_open");
    EXPECT_EQ(refused(set_aside(*world.needs, world.as("moderator"), s, Ground::advertising, "")),
              "dialogue.set_aside_already");
    EXPECT_EQ(export_statements(*world.database->read(), id, StatementId(0), 10).at(0).text, "");
    EXPECT_EQ(refused(accept(*world.needs, world.as("moderator"), s, "")), "dialogue.reason_missing");
    must(accept(*world.needs, world.as("moderator"), s, "no shop after all"));
    EXPECT_EQ(world.get(s).ground, std::nullopt);
    EXPECT_FALSE(withheld(*world.database->read(), s.value()));
    EXPECT_EQ(text(world.get(s).counts), "1/0/0");
    ASSERT_EQ(history(*world.database->read(), s.value()).size(), 3u);
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(DialogueStore, TheClockShowsWhatNobodyModeratedInTime) {
    const DialogueId id = world.opened();
    const StatementId s = proposed(1, id, "More buses");
    world.clock.advance(2 * 86'400'000);
    tick();
    EXPECT_EQ(world.get(s).state, State::pending);
    world.clock.advance(86'400'000);
    tick();
    EXPECT_EQ(world.get(s).state, State::accepted);
    EXPECT_EQ(history(*world.database->read(), s.value()).back().what, What::accepted_late);
    const std::int64_t size = world.ledger->size();
    tick();
    EXPECT_EQ(world.ledger->size(), size);
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(DialogueStore, ClosesByAClerkOrWithTheAsking) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(1, s), still = world.seeded(1, s);
    EXPECT_EQ(refused(close(*world.needs, world.as("clerk"), id, "")), "dialogue.reason_missing");
    must(close(*world.needs, world.as("clerk"), id, "asked elsewhere"));
    EXPECT_EQ(refused(close(*world.needs, world.as("clerk"), id, "again")), "dialogue.closed_already");
    EXPECT_EQ(refused(cast(1, id, {{s[0], Choice::agree}})), "dialogue.closed");
    EXPECT_EQ(refused(propose(*world.needs, World::visitor(1), id, "More", "en")), "dialogue.closed");
    EXPECT_EQ(refused(seed(*world.needs, world.as("head"), id, "More", "en")), "dialogue.closed");
    must(cast(1, still, {{s[1], Choice::agree}}));

    cycle::set_gates({gate()});
    const StatementId waits = proposed(2, still, "More");
    EXPECT_EQ(refused(cycle::advance(*world.needs, world.as("head"), world.round, cycle::Phase::decide, {}, "")),
              "cycle.gates_not_met");
    must(accept(*world.needs, world.as("moderator"), waits, ""));
    must(cycle::advance(*world.needs, world.as("head"), world.round, cycle::Phase::decide, {}, ""));
    cycle::set_gates({});
    EXPECT_EQ(refused(cast(1, still, {{s[1], Choice::pass}})), "cycle.not_open");
    EXPECT_EQ(refused(accepts_votes(*world.database->read(), dialogue(*world.database->read(), still).value())),
              "cycle.not_open");
    EXPECT_EQ(refused(open(*world.needs, world.as("head"), world.draft())), "dialogue.round_past_asking");
}

TEST_P(DialogueStore, ListsByKeyAndFindsWhatIsUnvoted) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(5, s);
    auto ids = [](const std::vector<Statement>& all) {
        std::vector<StatementId> out;
        for (const Statement& one : all) out.push_back(one.id);
        return out;
    };
    using Ids = std::vector<StatementId>;
    Filter f{id};
    f.at_most = 2;
    EXPECT_EQ(ids(statements(*world.database->read(), f)), (Ids{s[0], s[1]}));
    f.after = s[1];
    EXPECT_EQ(ids(statements(*world.database->read(), f)), (Ids{s[2], s[3]}));
    f.after.reset();
    f.before = s[4];
    EXPECT_EQ(ids(statements(*world.database->read(), f)), (Ids{s[2], s[3]}));

    EXPECT_EQ(unvoted(*world.database->read(), id, std::nullopt, s[3], 9), (Ids{s[4], s[0], s[1], s[2], s[3]}));
    const auto receipt = must(cast(1, id, {{s[4], Choice::pass}, {s[1], Choice::agree}}));
    const people::ParticipantId who(receipt.index);
    EXPECT_EQ(unvoted(*world.database->read(), id, who, s[3], 2), (Ids{s[0], s[2]}));
    EXPECT_EQ(votes_of(*world.database->read(), who, id), 2);
    EXPECT_EQ(vote_of(*world.database->read(), who, s[4]), Choice::pass);
    EXPECT_EQ(vote_of(*world.database->read(), who, s[0]), std::nullopt);
}

// Against a slow and obvious twin, with everything that can happen; then replay, on both engines, also without words.
TEST_P(DialogueStore, CountsAndReplayWhateverWasDone) {
    std::mt19937 random(GetParam() == db::Engine::sqlite ? 21 : 22);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const auto any = [&](const auto& from) {
        return from[static_cast<std::size_t>(below(static_cast<std::int64_t>(from.size())))];
    };
    must(people::add_officer(*world.needs, world.audit, "second", "Moderator", {people::Role::moderator}, false));
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(6, s);
    std::map<std::pair<std::int64_t, StatementId>, Choice> twin;
    std::int64_t cast_in_twin = 0;
    int erased = 0;
    for (int step = 0; step < 280; ++step) {
        const std::int64_t who = below(8);
        const std::int64_t kind = below(14);
        if (kind < 6) {
            std::map<StatementId, std::optional<Choice>> chosen;
            for (std::int64_t i = below(5); i >= 0; --i) {
                const std::int64_t c = below(4) - 1;
                chosen[any(s)] = c == 2 ? std::nullopt : std::optional(static_cast<Choice>(c));
            }
            std::vector<Vote> votes;
            for (const auto& [statement, choice] : chosen) votes.push_back({statement, choice});
            if (!cast(who, id, votes)) continue;
            for (const auto& [statement, choice] : chosen) {
                if (choice) ++cast_in_twin;
                if (choice)
                    twin[{who, statement}] = *choice;
                else
                    twin.erase({who, statement});
            }
        } else if (kind == 6) {
            s.push_back(proposed(who, id, "Statement at " + std::to_string(step)));
            twin[{who, s.back()}] = Choice::agree;
            ++cast_in_twin;
        } else if (kind == 7) {
            (void)accept(*world.needs, world.as("moderator"), any(s), "looked at").has_value();
        } else if (kind == 8) {
            (void)set_aside(*world.needs, world.as("moderator"), any(s), Ground::duplicate, "").has_value();
        } else if (kind == 9) {
            (void)report(*world.needs, World::visitor(who), any(s), Ground::unlawful, "because").has_value();
        } else if (kind == 10) {
            const auto waiting = open_reports(*world.database->read(), id, 0, 1);
            if (!waiting.empty())
                (void)decide_report(*world.needs, world.as("second"), waiting[0].entry, below(2) == 0, "looked at")
                    .has_value();
        } else if (kind == 11) {
            (void)appeal(*world.needs, World::visitor(who), any(s), "", "it is mine").has_value();
        } else if (kind == 12) {
            (void)refuse_appeal(*world.needs, world.as("second"), any(s), "weighed").has_value();
        } else {
            // The words of statements and remarks; not the keys of votes, without which a person is a new one.
            const std::int64_t index = id.value() + below(world.ledger->size() - id.value());
            if (ledger::entry(*world.database->read(), index)->kind == votes_cast_kind) continue;
            erased += world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
                              .has_value()
                          ? 1
                          : 0;
        }
    }
    for (StatementId statement : s) {
        Counts counts;
        for (const auto& [key, choice] : twin)
            if (key.second == statement)
                ++(choice == Choice::agree ? counts.agree : choice == Choice::disagree ? counts.disagree : counts.pass);
        EXPECT_EQ(text(world.get(statement).counts), text(counts)) << statement.value();
    }
    const Figures f = world.count(id);
    std::set<std::int64_t> people;
    for (const auto& [key, choice] : twin) people.insert(key.first);
    EXPECT_EQ(f.votes, static_cast<std::int64_t>(twin.size()));
    EXPECT_EQ(f.people, static_cast<std::int64_t>(people.size()));
    EXPECT_EQ(f.votes_cast, cast_in_twin);
    EXPECT_EQ(f.statements(), static_cast<std::int64_t>(s.size()));
    EXPECT_GT(erased, 3);
    world.expect_same_after_rebuild();

    for (std::int64_t index = id.value(), end = world.ledger->size(); index < end; ++index)
        (void)world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
            .has_value();
    EXPECT_EQ(world.count(id).votes, f.votes);
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(DialogueStore, SlipsNameTheKindAndNoMoreThanTheLeaf) {
    std::vector<StatementId> s;
    const DialogueId id = world.seeded(1, s);
    const auto receipt = must(cast(1, id, {{s[0], Choice::agree}}));
    auto db = world.database->read();
    EXPECT_EQ(slip(*db, id.value())->link, "/dialogues/" + std::to_string(id.value()));
    EXPECT_EQ(slip(*db, s[0].value())->kind_key, "dialogue.event_seeded");
    EXPECT_EQ(slip(*db, receipt.index)->link, "/cycles/" + std::to_string(world.round.value()));
    EXPECT_FALSE(slip(*db, world.round.value()).has_value());
}

INSTANTIATE_TEST_SUITE_P(Engines, DialogueStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace dialogue
