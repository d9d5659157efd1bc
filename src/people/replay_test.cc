// Replay equals live: whatever administrators do and whatever is erased, the ledger alone makes the same rows again.
#include <random>

#include <gtest/gtest.h>

#include "rules.h"
#include "settings.h"
#include "site_for_tests.h"

namespace people {
namespace {

class Administration {
public:
    Administration(TestSite& site, unsigned seed) : site_(site), boss_(site.administrator()), random_(seed) {}

    // One random act; whether it is refused is the rules' business.
    void act() {
        const int n = ++count_;
        switch (below(11)) {
            case 0:
            case 1:
                made(units_, make_unit(site_.needs, boss_, {some_unit(), "Unit " + std::to_string(n)}));
                break;
            case 2:
                (void)rename_unit(site_.needs, boss_, {some_unit(), "Renamed " + std::to_string(n), reason()});
                break;
            case 3:
                (void)move_unit(site_.needs, boss_, {some_unit(), some_unit(), reason()});
                break;
            case 4:
                (void)close_unit(site_.needs, boss_, {some_unit(), reason()}, {});
                break;
            case 5: {
                const std::string login = "user" + std::to_string(n);
                made(officers_, make_officer(site_.needs, boss_,
                                             {some_unit(), login, "Name " + login, "Post " + login, some_roles(), false,
                                              some_contractor()}));
                break;
            }
            case 6:
                (void)change_officer(site_.needs, boss_,
                                     {some_officer(), some_unit(), "Post " + std::to_string(n), some_roles(),
                                      below(4) != 0, reason(), some_contractor()});
                break;
            case 9:
                made(contractors_, make_contractor(site_.needs, boss_, "Firm " + std::to_string(n)));
                break;
            case 10:
                if (const auto one = some_contractor()) (void)end_contractor(site_.needs, boss_, {*one, reason()});
                break;
            case 7:
                (void)change_setting(site_.needs, boss_, {"figures.min_cell", std::to_string(3 + below(40)), reason()});
                break;
            case 8: {
                const std::string day = kernel::iso(kernel::Day{20'800 + below(300)});
                (void)set_calendar(site_.needs, boss_, {"Calendar " + std::to_string(n), day + " holiday", reason()});
                break;
            }
        }
        site_.clock.advance(60'000);
    }

    // Erases the words of an entry that has some left; the administrator's own account stays.
    void erase() {
        const std::int64_t index = 4 + below(std::max<std::int64_t>(1, site_.ledger->size() - 4));
        (void)site_.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "asked for"); });
    }

    std::int64_t below(std::int64_t n) { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random_); }

private:
    template <class SomeId>
    static void made(std::vector<SomeId>& all, const kernel::Result<SomeId>& result) {
        if (result) all.push_back(*result);
    }
    UnitId some_unit() { return units_[static_cast<std::size_t>(below(static_cast<std::int64_t>(units_.size())))]; }
    OfficerId some_officer() {
        return officers_.empty()
                   ? OfficerId()
                   : officers_[static_cast<std::size_t>(below(static_cast<std::int64_t>(officers_.size())))];
    }
    std::optional<ContractorId> some_contractor() {
        if (contractors_.empty() || below(3) != 0) return std::nullopt;
        return contractors_[static_cast<std::size_t>(below(static_cast<std::int64_t>(contractors_.size())))];
    }
    std::vector<Role> some_roles() {
        std::vector<Role> roles;
        for (Role role : all_roles)
            if (below(3) == 0) roles.push_back(role);
        return roles;
    }
    std::string reason() { return "because " + std::to_string(below(1000)); }

    TestSite& site_;
    Actor boss_;
    std::mt19937 random_;
    int count_ = 0;
    std::vector<UnitId> units_{boss_.unit};
    std::vector<OfficerId> officers_;
    std::vector<ContractorId> contractors_;
};

class ReplayTest : public testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(Engines, ReplayTest, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

kernel::Hash rebuilt(TestSite& site, db::Engine engine) {
    const db::TestPlace place(engine, db::TestPlace::Tables::all);
    const auto copy = db::Database::open(place.place());
    ledger::rebuild(*site.read(), *copy, kinds_of_people());
    return db::state_digest(*copy->read());
}

TEST_P(ReplayTest, GivesTheSameRowsOnBothEngines) {
    const unsigned seeds = GetParam() == db::Engine::sqlite ? 4 : 1;  // a fresh PostgreSQL place takes seconds
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        TestSite site(GetParam());
        Administration administration(site, seed);
        for (int i = 0; i < 60; ++i) {
            administration.act();
            if (administration.below(6) == 0) administration.erase();
        }
        EXPECT_GT(site.ledger->size(), 30) << "most acts are taken";
        const kernel::Hash live = db::state_digest(*site.read());
        for (db::Engine engine : db::engines) EXPECT_EQ(rebuilt(site, engine), live) << "seed " << seed;
    }
}

// Every kind with words, erased one by one, leaves what a replay without the words leaves.
TEST_P(ReplayTest, ErasingEachKindLeavesWhatReplayLeaves) {
    TestSite site(GetParam());
    const Actor boss = site.administrator();
    const UnitId roads = *make_unit(site.needs, boss, {boss.unit, "Roads"});
    const OfficerId chief = *make_officer(site.needs, boss, {roads, "chief", "N. N.", "Head", {Role::head}});
    ASSERT_TRUE(rename_unit(site.needs, boss, {roads, "Streets", "secret reason 1"}));
    const UnitId works = *make_unit(site.needs, boss, {boss.unit, "Works"});
    ASSERT_TRUE(move_unit(site.needs, boss, {roads, works, "secret reason 2"}));
    ASSERT_TRUE(change_officer(site.needs, boss, {chief, works, "Chief", {Role::head}, true, "secret reason 3"}));
    ASSERT_TRUE(close_unit(site.needs, boss, {roads, "secret reason 4"}, {}));
    ASSERT_TRUE(change_setting(site.needs, boss, {"figures.min_cell", "9", "secret reason 5"}));
    ASSERT_TRUE(set_calendar(site.needs, boss, {"Ours", "2026-10-01 holiday", "secret reason 6"}));
    const ContractorId firm = *make_contractor(site.needs, boss, "Acme Calls Ltd.");
    ASSERT_TRUE(make_officer(site.needs, boss, {works, "hot", "M. M.", "Hotline", {Role::clerk}, false, firm}));
    const ContractorId over = *make_contractor(site.needs, boss, "Over Ltd.");
    ASSERT_TRUE(end_contractor(site.needs, boss, {over, "secret reason 7"}));
    const std::int64_t end = site.ledger->size();
    int erased = 0;
    for (std::int64_t index = 4; index < end; ++index) {
        if (!site.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "asked for"); }))
            continue;
        ++erased;
        if (GetParam() == db::Engine::sqlite || erased == 7) {
            EXPECT_EQ(rebuilt(site, db::Engine::sqlite), db::state_digest(*site.read())) << "entry " << index;
        }
    }
    EXPECT_EQ(erased, 9);
    auto db = site.read();
    EXPECT_EQ(public_name(*db, chief), std::nullopt);
    EXPECT_EQ(officer_by_login(*db, "chief"), std::nullopt);
    EXPECT_EQ(calendar(*db).name, "Ours") << "facts stay";
    EXPECT_EQ(setting(*db, "figures.min_cell"), "9");
    EXPECT_EQ(calendar_row(*db)->reason, std::nullopt);
    for (const UnitEvent& event : history(*db, works, {}, 10)) EXPECT_EQ(event.reason, std::nullopt);
    EXPECT_TRUE(make_officer(site.needs, boss, {works, "chief", "", "Desk", {Role::officer}}))
        << "the login is free again";
}

}  // namespace
}  // namespace people
