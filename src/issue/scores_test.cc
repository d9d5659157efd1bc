// What issues weigh: out of which parts, counted anew by whom an entry touches and whose day has come, and the same
// however often it is made from nothing.
#include "scores.h"

#include <cmath>

#include <gtest/gtest.h>

#include <jobs/testing.h>
#include <voice/casework.h>

#include "test_world.h"

namespace issue {
namespace {

const kernel::Day today = kernel::on("2026-11-23");

voice::Weighed message(std::int64_t id, std::int64_t author, std::int64_t days_ago) {
    voice::Weighed m;
    m.id = voice::VoiceId(id);
    if (author > 0) m.author = people::ParticipantId(author);
    m.received = kernel::start_of(today + -days_ago) + 9 * 3'600'000;
    m.open = true;
    return m;
}

Weight weighed(const std::vector<voice::Weighed>& messages, std::int64_t rounds = 0,
               const std::vector<std::vector<Opinion>>& opinions = {}, State state = State::confirmed) {
    Issue i;
    i.id = IssueId(50);
    i.state = state;
    return weigh({i, messages, {}, rounds, opinions}, today);
}

TEST(IssueWeight, NothingWeighsNothing) {
    const Score s = weighed({}).score;
    EXPECT_EQ(s.heat, 0);
    EXPECT_EQ(s.difficulty, 0);
    EXPECT_EQ(s.focus, 0);
    EXPECT_FALSE(s.division || s.first_day);
    EXPECT_EQ(s.next_day, today + 1);
    EXPECT_EQ(weighed({}, 0, {}, State::resolved).score.next_day, today + 7);
}

TEST(IssueWeight, OfItsParts) {
    auto a = message(60, 1, 40), b = message(61, 2, 3), c = message(62, 1, 3);
    a.answered = a.refused = a.appealed = true, a.days = 90, a.reopened = 1;
    b.owed = true, b.days = 30, b.extended = 2, b.district = "east", b.joined_to = a.id;
    a.units = {people::UnitId(3), people::UnitId(4)}, b.units = {people::UnitId(4), people::UnitId(5)};
    a.joined = 3;
    c.open = false, c.district = "east";
    const Weight w = weighed({a, b, c}, 1);
    EXPECT_EQ(w.score.messages, 3);
    EXPECT_EQ(w.score.heat_people, 2);
    EXPECT_EQ(w.score.oldest_days, 30) << "what is open, where something is";
    EXPECT_EQ(w.score.difficulty, std::llround(1000 * (1 + 1 + 1 + 1 + 2.0)));
    EXPECT_EQ(w.score.focus, std::llround(1000 * (1 + 1 + 2.0) / (1 + 3 + 5)));
    EXPECT_EQ(w.score.first_day, today + -40);
    EXPECT_EQ(w.districts, (std::vector<District>{{"", 2}, {"east", 1}})) << "never of what not everybody may read";
    ASSERT_EQ(w.weeks.size(), 2u);
    EXPECT_EQ(w.weeks[1].messages, 2);
    EXPECT_EQ(w.weeks[1].people, 2);
    // Of three who said the same, one is here, a person of their own.
    auto alone = message(60, 1, 3);
    alone.joined = 1;
    auto twice = message(61, 2, 3);
    twice.joined_to = alone.id;
    auto before = message(60, 1, 3);
    EXPECT_EQ(weighed({alone, twice}).score.heat, weighed({before, message(61, 2, 3)}).score.heat);
    EXPECT_GT(weighed({alone}).score.heat, weighed({before}).score.heat);
}

TEST(IssueWeight, WhoNamesNobodyCountsSingly) {
    EXPECT_EQ(weighed({message(60, 0, 1), message(61, 0, 1)}).score.heat_people, 2);
    EXPECT_EQ(weighed({message(60, 7, 1), message(61, 7, 1)}).score.heat_people, 1);
}

TEST(IssueWeight, DivisionIsNotKnownOrAFigure) {
    EXPECT_FALSE(weighed({}, 0, {{}}).score.division);
    EXPECT_FALSE(weighed({}, 0, {{{100, 0, 0}}}).score.division);
    const Score s = weighed({}, 0, {{{100, 0, 0}, {0, 100, 0}}}).score;
    EXPECT_EQ(s.division, 1000);
    EXPECT_EQ(s.divided_votes, 200);
}

TEST(IssueWeight, WeeksBeginOnMondays) {
    EXPECT_EQ(week_of(kernel::on("1970-01-04")), 0);
    EXPECT_EQ(week_of(kernel::on("1970-01-05")), 1);
    EXPECT_EQ(week_of(kernel::on("1969-12-28")), -1);
    EXPECT_EQ(first_day_of_week(week_of(today)), today);  // a Monday
    EXPECT_EQ(week_of(today + -1), week_of(today) - 1);
}

class IssueScores : public testing::TestWithParam<db::Engine> {
protected:
    void run(OpinionGroups groups = {}) { jobs::run_once(tasks(*world.needs, std::move(groups))); }
    std::optional<Weight> of(IssueId id) { return weight(*world.database->read(), id); }
    Score score(IssueId id) { return of(id).value().score; }
    IssueId gathered(const std::vector<voice::VoiceId>& voices, const std::string& title = "Late buses") {
        const IssueId id = world.suggested(title);
        if (!voices.empty()) must(gather(*world.needs, world.as("officer"), id, voices, {}));
        return id;
    }
    std::vector<std::int64_t> order(Sort sort, std::optional<State> state = {}) {
        std::vector<std::int64_t> all;
        std::optional<Ranked> before;
        for (;;) {
            const auto some = ranked(*world.database->read(), world.round, state, sort, before, 2);
            for (const Ranked& one : some) all.push_back(one.issue.value());
            if (some.size() < 2) return all;
            before = some.back();
        }
    }

    World world{GetParam()};
};

const std::string letter =
    "The bus in the east comes once an hour and stops at nine in the evening, so that whoever works late walks home "
    "along the road without a pavement; please let it run every half hour until midnight.";

TEST_P(IssueScores, CopiesOfOthersCountAQuarterAndAreShown) {
    const auto first = world.say("anna", letter), copy = world.say("bert", letter + " I say so too."),
               own = world.say("carl", "My stop has no lamp.");
    const IssueId id = gathered({first, copy, own});
    run();
    const Score s = score(id);
    EXPECT_EQ(s.people, 3);
    EXPECT_EQ(s.heat_people, 3);
    EXPECT_EQ(s.copying, 1);
    EXPECT_EQ(copies_of(*world.database->read(), id), std::vector<voice::VoiceId>{copy});
    EXPECT_LT(s.heat, s.heat_plain);
    // Erased, or hidden, it is a copy of nothing any more.
    world.erase(copy.value());
    run();
    EXPECT_EQ(score(id).copying, 0);
    EXPECT_EQ(score(id).people, 3);
    // Somebody's own text again is no campaign.
    const IssueId twice = gathered({world.say("dora", letter), world.say("dora", letter)}, "Again");
    run();
    EXPECT_EQ(score(twice).copying, 0);
    EXPECT_EQ(score(twice).heat_people, 1);
}

TEST_P(IssueScores, HowItsCasesWentIsCountedAsItHappens) {
    const auto a = world.say("anna", "The 7 is late"), b = world.say("bert", "So is the 8");
    const IssueId id = gathered({a, b});
    run();
    EXPECT_EQ(score(id).difficulty, 0);
    must(voice::assign(*world.needs, world.as("clerk"), a, world.root, {}));
    world.go_to("2026-12-03");
    must(voice::answer(*world.needs, world.as("officer"), a, voice::Answer::cannot, "No money", {}));
    must(voice::rate(*world.needs, world.visitor("anna"), a, "", false, 1, "no"));
    must(voice::reopen(*world.needs, world.visitor("anna"), a, "", "It is not done"));
    run();
    const Score s = score(id);
    EXPECT_EQ(s.oldest_days, 10);
    EXPECT_EQ(s.reopened, 1);
    EXPECT_EQ(s.units, 1);
    EXPECT_EQ(s.messages, 2);
    EXPECT_GT(s.difficulty, 1000);
    EXPECT_GT(s.focus, 0);
    EXPECT_EQ(s.day, kernel::on("2026-12-03"));
}

TEST_P(IssueScores, ADayIsCountedWhenItComesAndNothingIsCountedTwice) {
    const IssueId id = gathered({world.say("anna", "late")}), empty = gathered({}, "Nothing yet");
    run();
    const std::int64_t times = times_counted(*world.database->read());
    run();
    EXPECT_EQ(times_counted(*world.database->read()), times) << "nothing happened";
    const Score before = score(id);
    world.go_to("2026-12-23");
    run();
    EXPECT_LT(score(id).heat, before.heat);
    EXPECT_EQ(score(id).heat_people, 1);
    EXPECT_EQ(score(empty).day, kernel::on("2026-12-23"));
    world.say("bert", "another matter");
    const std::int64_t later = times_counted(*world.database->read());
    run();
    EXPECT_EQ(times_counted(*world.database->read()), later) << "it touches no issue";
}

TEST_P(IssueScores, InTheOrderOfEachFigure) {
    const IssueId one = gathered({world.say("anna", "late")}, "One"),
                  three = gathered({world.say("bert", "a"), world.say("carl", "b"), world.say("dora", "c")}, "Three"),
                  none = gathered({}, "None"), also_none = gathered({}, "None either");
    run();
    using Order = std::vector<std::int64_t>;
    const Order by_people = {three.value(), one.value(), also_none.value(), none.value()};
    EXPECT_EQ(order(Sort::people), by_people) << "of equals the newest first, and none is lost between pages";
    EXPECT_EQ(order(Sort::heat), by_people);
    EXPECT_EQ(order(Sort::division), Order{}) << "not known of any";
    EXPECT_EQ(order(Sort::heat, State::confirmed), Order{});
    must(confirm(*world.needs, world.as("clerk"), one, 0, ""));
    must(dismiss(*world.needs, world.as("clerk"), none, "about nobody"));
    run();
    EXPECT_EQ(order(Sort::heat, State::confirmed), Order{one.value()});
    EXPECT_EQ(order(Sort::people, State::suggested), (Order{three.value(), also_none.value()}));
}

TEST_P(IssueScores, DividedByGroupsOfOpinionWhereThereAreAny) {
    const auto s = world.state("Buses should run at night");
    const IssueId id = world.suggested();
    must(gather(*world.needs, world.as("officer"), id, {}, {s}));
    run();
    EXPECT_FALSE(score(id).division);
    world.go_to("2026-11-24");
    run([&](db::Connection&, dialogue::StatementId asked) {
        EXPECT_EQ(asked, s);
        return std::vector<Opinion>{{40, 0, 0}, {0, 40, 0}};
    });
    EXPECT_EQ(score(id).division, 1000);
    EXPECT_EQ(order(Sort::division), std::vector<std::int64_t>{id.value()});
}

TEST_P(IssueScores, MadeAnewTheyAreWhatWasKept) {
    std::vector<voice::VoiceId> said;
    std::vector<IssueId> issues;
    for (int n = 0; n < 12; ++n) {
        said.push_back(world.say("p" + std::to_string(n % 7), n % 3 ? letter : "Message " + std::to_string(n)));
        if (n % 3 == 2) {
            issues.push_back(gathered({said[static_cast<std::size_t>(n)], said[static_cast<std::size_t>(n - 1)]},
                                      "Issue " + std::to_string(n)));
            run();
        }
        world.go_to(n < 9 ? "2026-12-0" + std::to_string(n + 1) : "2026-12-1" + std::to_string(n - 9));
    }
    must(gather(*world.needs, world.as("officer"), issues[0], {said[5], said[8]}, {}));
    must(put_aside(*world.needs, world.as("officer"), issues[1], {said[4]}, {}));
    must(confirm(*world.needs, world.as("clerk"), issues[0], 1, "many"));
    must(voice::assign(*world.needs, world.as("clerk"), said[1], world.root, {}));
    world.erase(said[8].value());
    run();
    std::vector<Weight> kept;
    for (IssueId id : issues) kept.push_back(of(id).value());
    const auto ranks = order(Sort::heat);
    {
        auto derived = world.database->derived();
        derived->run("delete from derived.issue_score");
        derived->run("delete from derived.issue_rank");
        derived->run("delete from derived.issue_week");
        derived->run("delete from derived.issue_district");
        derived->run("delete from derived.issue_copy");
        derived->run("delete from derived.mark where name = 'issue.scores'");
    }
    EXPECT_FALSE(of(issues[0]).has_value());
    run();
    for (std::size_t n = 0; n < issues.size(); ++n) EXPECT_EQ(of(issues[n]).value(), kept[n]) << n;
    EXPECT_EQ(order(Sort::heat), ranks);
}

TEST_P(IssueScores, WhoIsStoppedGoesOnNextTime) {
    for (int n = 0; n < 5; ++n) gathered({world.say("p" + std::to_string(n), "late")});
    ledger::catch_up(*world.database, follower());
    int asked = 0;
    EXPECT_EQ(count_some(*world.needs, {}, 50, [&] { return ++asked > 2; }), 2);
    EXPECT_EQ(how_many_to_count(*world.database->read(), today), 3);
    EXPECT_EQ(count_some(*world.needs, {}, 2, [] { return false; }), 2);
    EXPECT_EQ(count_some(*world.needs, {}, 50, [] { return false; }), 1);
    EXPECT_EQ(count_some(*world.needs, {}, 50, [] { return false; }), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, IssueScores, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace issue
