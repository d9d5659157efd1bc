// The figures of units: what each counts, and that the list behind it is exactly that.
#include <random>

#include "test_world.h"

namespace voice {
namespace {

// Of all that is handled here: what unit_counts() says each is.
std::vector<std::pair<Figure, std::int64_t>> numbers_of(const UnitCounts& c) {
    const std::int64_t settled = c.in_time + c.late + c.withdrawn;
    const std::int64_t over = c.agreed_kept + c.agreed_broken + c.agreed_denied + c.agreed_unsaid;
    return {{Figure::received, c.received},
            {Figure::settled, settled},
            {Figure::running, c.received - settled},
            {Figure::in_time, c.in_time},
            {Figure::late, c.late},
            {Figure::withdrawn, c.withdrawn},
            {Figure::solved, c.solved},
            {Figure::unsolved, c.unsolved},
            {Figure::silent, settled - c.solved - c.unsolved},
            {Figure::rated, c.rated},
            {Figure::satisfied, c.satisfied},
            {Figure::hidden, c.hidden},
            {Figure::typed, c.typed},
            {Figure::by_staff, c.by_staff},
            {Figure::called_back, c.called_back},
            {Figure::agreed_over, over},
            {Figure::agreed_kept, c.agreed_kept},
            {Figure::agreed_broken, c.agreed_broken},
            {Figure::agreed_denied, c.agreed_denied},
            {Figure::agreed_unsaid, c.agreed_unsaid},
            {Figure::agreed_open, c.agreed - over},
            {Figure::contracted, c.contracted}};
}

std::int64_t number_in(const UnitCounts& c, Figure what) {
    for (const auto& [figure, n] : numbers_of(c))
        if (figure == what) return n;
    throw std::logic_error("a figure that is not counted here");
}

class VoiceFigures : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const kernel::Day first = day_of("2026-11-01"), last = day_of("2027-03-31");
    const people::UnitId none{};

    UnitCounts of(people::UnitId unit) { return unit_counts(*world.database->read(), {unit}, first, last); }
    std::vector<VoiceId> list(const std::vector<people::UnitId>& units, kernel::Day from, kernel::Day to, Figure what) {
        Filter f;
        f.counted = Counting{units, from, to, what};
        f.at_most = 1000;
        std::vector<VoiceId> ids;
        for (const Voice& v : voices(*world.database->read(), f)) ids.push_back(v.id);
        return ids;
    }
    void expect_lists_show_what_is_counted() {
        const std::vector<people::UnitId> sets[] = {
            {none}, {world.root}, {world.roads}, {world.lamps}, {world.root, world.roads, world.lamps}};
        const kernel::Day middle = day_of("2026-12-02");
        for (const auto& units : sets)
            for (auto [from, to] : {std::pair{first, last}, {first, middle}, {middle + 1, last}}) {
                const UnitCounts c = unit_counts(*world.database->read(), units, from, to);
                for (const auto& [what, n] : numbers_of(c))
                    EXPECT_EQ(std::ssize(list(units, from, to, what)), n)
                        << name(what) << " of unit " << units[0].value();
                std::int64_t hidden = 0;
                for (const HiddenCount& h : hidden_counts(*world.database->read(), units, from, to)) {
                    hidden += h.n;
                    Filter f;
                    f.counted = Counting{units, from, to, Figure::hidden};
                    f.ground = h.ground, f.at_most = 1000;
                    EXPECT_EQ(std::ssize(voices(*world.database->read(), f)), h.n) << people::name(h.ground);
                }
                EXPECT_EQ(hidden, c.hidden);
            }
    }
};

TEST_P(VoiceFigures, ACaseCountsForWhoHasItUntilItIsKnownHowItCameOut) {
    const VoiceId id = world.said().id;
    EXPECT_EQ(of(none).received, 1);
    must(assign(*world.needs, world.as("clerk"), id, world.roads, {}));
    EXPECT_EQ(of(none).received, 0);
    EXPECT_EQ(list({world.roads}, first, last, Figure::running), std::vector<VoiceId>{id});
    must(bounce(*world.needs, world.as("roads"), id, "not ours"));
    EXPECT_EQ(of(none).received, 1);
    must(assign(*world.needs, world.as("clerk"), id, world.lamps, {}));
    must(answer(*world.needs, world.as("lamps"), id, Answer::done, "It burns.", {}));
    EXPECT_EQ(of(world.lamps).in_time, 1);
    EXPECT_EQ(number_in(of(world.lamps), Figure::silent), 1);
    must(rate(*world.needs, world.browser(), id, "", true, 4, ""));
    EXPECT_EQ(of(world.lamps).solved + of(world.lamps).satisfied + of(world.lamps).rated, 3);
    must(reopen(*world.needs, world.browser(), id, "", "dark again"));
    EXPECT_EQ(of(world.lamps).solved + of(world.lamps).satisfied + of(world.lamps).rated, 0);
    EXPECT_EQ(of(world.lamps).in_time, 1);
    expect_lists_show_what_is_counted();
}

TEST_P(VoiceFigures, LateStaysLateWithWhomItWasLate) {
    const VoiceId id = world.assigned().id;
    world.go_to("2026-12-15");
    world.tick();
    EXPECT_EQ(of(world.roads).late, 1);
    must(answer(*world.needs, world.as("roads"), id, Answer::done, "at last", {}));
    EXPECT_EQ(of(world.roads).late, 1);
    EXPECT_EQ(of(world.roads).in_time, 0);
    for (int n = 1; n <= 3; ++n) {
        must(reopen(*world.needs, world.browser(), id, "", "again"));
        if (n < 3) must(answer(*world.needs, world.as("roads"), id, Answer::done, "so", {}));
    }
    EXPECT_EQ(world.get(id).unit, world.root);
    EXPECT_EQ(of(world.root).received, 0);
    EXPECT_EQ(list({world.roads}, first, last, Figure::late), std::vector<VoiceId>{id});
    expect_lists_show_what_is_counted();
}

TEST_P(VoiceFigures, AnAnswerAfterTheTimeIsLateAlsoWhereTheClockDidNotRun) {
    const VoiceId id = world.assigned().id;
    world.go_to("2026-12-20");
    must(answer(*world.needs, world.as("roads"), id, Answer::done, "at last", {}));
    EXPECT_EQ(of(world.roads).late, 1);
    EXPECT_EQ(of(world.roads).in_time, 0);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceFigures, WithdrawnAndSilentStayInTheDenominator) {
    const VoiceId id = world.assigned().id;
    world.answered("visitor-b");
    must(withdraw(*world.needs, world.browser(), id, "", true));
    const UnitCounts c = of(world.roads);
    EXPECT_EQ(c.withdrawn, 1);
    EXPECT_EQ(number_in(c, Figure::settled), 2);
    EXPECT_EQ(number_in(c, Figure::silent), 2);
    EXPECT_EQ(number_in(c, Figure::running), 0);
    expect_lists_show_what_is_counted();
}

TEST_P(VoiceFigures, StaffInTheirOwnNameCountApartAndWhoWasTypedForIsSaid) {
    must(receive(*world.needs, world.as("inspector"), world.draft("mine"), {}));
    Draft typed = world.draft("a call");
    typed.way = Way::telephone;
    must(receive(*world.needs, world.as("roads"), typed, {}));
    const UnitCounts c = of(none);
    EXPECT_EQ(c.received, 1);
    EXPECT_EQ(c.by_staff, 1);
    EXPECT_EQ(c.typed, 1);
    EXPECT_EQ(c.sample, 0);
    Draft sample = world.draft("a rehearsal");
    sample.sample = true;
    must(receive(*world.needs, world.browser("visitor-c"), sample, {}));
    EXPECT_EQ(of(none).sample, 1);
    expect_lists_show_what_is_counted();
}

TEST_P(VoiceFigures, EveryListIsExactlyWhatItsFigureCounts) {
    std::mt19937 random(20261124);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    std::vector<std::pair<VoiceId, std::string>> said;
    for (int step = 0; step < 110; ++step) {
        if (step % 12 == 11) {
            world.clock.set(world.clock.now() + 86'400'000 * static_cast<std::int64_t>(1 + below(6)));
            world.tick();
        }
        if (said.empty() || below(4) == 0) {
            const std::string visitor = "visitor-" + std::to_string(step);
            said.emplace_back(world.said("no. " + std::to_string(step), visitor).id, visitor);
            continue;
        }
        const auto [id, visitor] = said[below(said.size())];
        const people::Needs& needs = *world.needs;
        switch (below(9)) {
            case 0:
            case 1:
                (void)assign(needs, world.as("clerk"), id, below(2) ? world.roads : world.lamps, {});
                break;
            case 2:
            case 3:
                (void)answer(needs, world.as(below(2) ? "roads" : "lamps"), id, Answer::done, "done", {});
                break;
            case 4:
                (void)rate(needs, world.browser(visitor), id, "", below(2) == 0, 1 + static_cast<int>(below(5)), "");
                break;
            case 5:
                (void)reopen(needs, world.browser(visitor), id, "", "again");
                break;
            case 6:
                if (below(3) == 0) (void)withdraw(needs, world.browser(visitor), id, "", false);
                break;
            case 7:
                (void)hide(needs, world.as("moderator"), id, below(2) ? Ground::advertising : Ground::empty, "hidden");
                break;
            default:
                (void)show_again(needs, world.as("moderator"), id, "a second thought");
        }
    }
    expect_lists_show_what_is_counted();
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceFigures, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace voice
