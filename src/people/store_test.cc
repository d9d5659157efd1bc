#include "store.h"

#include <gtest/gtest.h>

#include <page/page.h>

#include "change.h"
#include "settings.h"
#include "site_for_tests.h"

namespace people {
namespace {

class StoreTest : public testing::TestWithParam<db::Engine> {
protected:
    // What a test asks for is taken: a refusal fails it.
    UnitId make(std::string name, std::optional<UnitId> parent, bool sample = false) {
        const auto made = make_unit(site.needs, boss, {parent, std::move(name), sample});
        EXPECT_TRUE(made) << key_of(made);
        return *made;
    }
    OfficerId hire(UnitId unit, std::string login, std::vector<Role> roles, std::string name = "") {
        const auto made =
            make_officer(site.needs, boss, {unit, login, std::move(name), "Post of " + login, std::move(roles)});
        EXPECT_TRUE(made) << key_of(made);
        return *made;
    }

    TestSite site{GetParam()};
    const Actor boss = site.administrator();
    const UnitId root = boss.unit;
};
INSTANTIATE_TEST_SUITE_P(Engines, StoreTest, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

std::vector<std::string> names_of(const std::vector<Unit>& units) {
    std::vector<std::string> names;
    for (const Unit& unit : units) names.push_back(unit.name);
    return names;
}

TEST_P(StoreTest, SettingUpRecordsFourEntries) {
    auto db = site.read();
    EXPECT_EQ(site.ledger->size(), 4);
    EXPECT_EQ(organisation(*db), "Test office 测试处");
    ASSERT_EQ(units(*db).size(), 1u);
    EXPECT_EQ(units(*db)[0].id, UnitId(1));
    EXPECT_EQ(calendar(*db).name, "Mon–Fri");
    const std::optional<Officer> admin = officer_by_login(*db, "admin");
    ASSERT_TRUE(admin);
    EXPECT_EQ(admin->id, site.admin.officer);
    EXPECT_EQ(admin->roles, std::vector<Role>{Role::administrator});
    EXPECT_TRUE(changed_settings(*db).empty());
    EXPECT_EQ(key_of(set_up(site.needs, "Another", "admin")), "people.already_installed");
    EXPECT_EQ(site.ledger->size(), 4);
}

TEST_P(StoreTest, AccountsAreListedByLogin) {
    const OfficerId desk = *make_officer(site.needs, boss, {root, "desk", "", "Road desk", {Role::officer}});
    const OfficerId left = *make_officer(site.needs, boss, {root, "gone", "", "Desk", {Role::officer}});
    ASSERT_TRUE(change_officer(site.needs, boss, {left, root, "Desk", {Role::officer}, false, "left"}));
    auto db = site.read();
    const std::vector<Account> all = accounts(*db);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].login, "admin");
    EXPECT_EQ(all[1].login, "desk");
    EXPECT_EQ(all[1].officer.id, desk);
    EXPECT_EQ(all[1].officer.post, "Road desk");
}

TEST_P(StoreTest, UnitsFormATree) {
    const UnitId roads = make("Roads", root), parks = make("Parks", root), lamps = make("Lamps", roads);
    const UnitId other = make("Sample office", std::nullopt, true);
    auto db = site.read();
    EXPECT_EQ(names_of(units(*db)),
              (std::vector<std::string>{"Test office 测试处", "Roads", "Lamps", "Parks", "Sample office"}));
    EXPECT_TRUE(is_under(*db, lamps, root));
    EXPECT_TRUE(is_under(*db, lamps, roads));
    EXPECT_TRUE(is_under(*db, lamps, lamps));
    EXPECT_FALSE(is_under(*db, roads, lamps));
    EXPECT_FALSE(is_under(*db, lamps, parks));
    EXPECT_FALSE(is_under(*db, UnitId(99), root));
    EXPECT_TRUE(independent(*db, parks, roads));
    EXPECT_FALSE(independent(*db, lamps, roads)) << "under it";
    EXPECT_TRUE(independent(*db, roads, lamps)) << "above it";
    const auto in = [](UnitId unit) {
        Actor actor;
        actor.unit = unit;
        return actor;
    };
    EXPECT_TRUE(own_unit(*db, in(roads), roads));
    EXPECT_TRUE(own_unit(*db, in(lamps), roads)) << "under it";
    EXPECT_FALSE(own_unit(*db, in(roads), lamps)) << "above it";
    EXPECT_FALSE(own_unit(*db, in(parks), roads));
    EXPECT_TRUE(own_unit(*db, in(root), root));
    EXPECT_FALSE(own_unit(*db, in(roads), root)) << "everybody is under the root";
    EXPECT_FALSE(own_unit(*db, in(roads), UnitId(99)));
    EXPECT_TRUE(unit(*db, other)->sample);
    EXPECT_FALSE(unit(*db, UnitId(99)));
    EXPECT_FALSE(unit(*db, UnitId()));
}

TEST_P(StoreTest, TheHistoryOfAUnitIsReadByPages) {
    const UnitId parks = make("Parks", root);
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(rename_unit(site.needs, boss, {parks, "Parks " + std::to_string(i), "r"}));
    auto db = site.read();
    const auto entries = [&](std::optional<std::int64_t> before, int at_most) {
        return entries_of(history(*db, parks, before, at_most));
    };
    const std::vector<std::int64_t> all = entries({}, 100);
    ASSERT_EQ(all.size(), 7u);
    std::vector<std::int64_t> found;
    for (std::vector<std::int64_t> page = entries({}, 3); !page.empty(); page = entries(found.front(), 3))
        found.insert(found.begin(), page.begin(), page.end());
    EXPECT_EQ(found, all);
}

TEST_P(StoreTest, UnitsAreRenamedMovedAndClosed) {
    const UnitId roads = make("Roads", root), parks = make("Parks", root), lamps = make("Lamps", roads);
    EXPECT_EQ(key_of(rename_unit(site.needs, boss, {parks, "Roads", "r"})), "people.unit_name_taken");
    EXPECT_TRUE(rename_unit(site.needs, boss, {parks, "Green", "new name"}));
    EXPECT_EQ(key_of(move_unit(site.needs, boss, {roads, lamps, "r"})), "people.unit_cycle");
    EXPECT_EQ(key_of(move_unit(site.needs, boss, {roads, roads, "r"})), "people.unit_cycle");
    EXPECT_TRUE(move_unit(site.needs, boss, {lamps, parks, "moved"}));
    EXPECT_EQ(key_of(close_unit(site.needs, boss, {parks, "r"}, {})), "people.unit_has_units");
    EXPECT_TRUE(close_unit(site.needs, boss, {lamps, "done with"}, {}));
    EXPECT_TRUE(close_unit(site.needs, boss, {parks, "done with"}, {}));
    auto db = site.read();
    EXPECT_EQ(unit(*db, parks)->name, "Green");
    EXPECT_FALSE(unit(*db, parks)->open);
    EXPECT_EQ(unit(*db, lamps)->parent, parks);
    EXPECT_EQ(key_of(make_unit(site.needs, boss, {parks, "New"})), "people.unit_closed");
    EXPECT_TRUE(make_unit(site.needs, boss, {root, "Green"})) << "the name of a closed unit is free";
    std::vector<std::string> what;
    for (const UnitEvent& event : history(*db, parks, {}, 10))
        what.push_back(event.what + " " + event.reason.value_or("-"));
    EXPECT_EQ(what, (std::vector<std::string>{"people.unit_made -", "people.unit_renamed new name",
                                              "people.unit_closed done with"}));
}

TEST_P(StoreTest, HigherFeaturesCanKeepAUnitOpen) {
    const UnitId roads = make("Roads", root);
    Hooks hooks;
    hooks.guards.push_back([&](db::Connection& db, UnitId id) -> kernel::Checked {
        EXPECT_EQ(unit(db, id)->name, "Roads");
        return kernel::refuse(kernel::Code::conflict, "test.owns_something");
    });
    EXPECT_EQ(key_of(close_unit(site.needs, boss, {roads, "r"}, hooks)), "test.owns_something");
    EXPECT_TRUE(unit(*site.read(), roads)->open);
}

TEST_P(StoreTest, OfficersAndTheirRoles) {
    const UnitId roads = make("Roads", root), parks = make("Parks", root);
    const OfficerId desk = hire(roads, "desk", {Role::officer});
    const OfficerId chief = hire(roads, "chief", {Role::head, Role::officer}, "N. N.");
    EXPECT_EQ(key_of(make_officer(site.needs, boss, {parks, "desk", "", "Desk", {Role::officer}})),
              "people.login_taken");
    auto db = site.read();
    EXPECT_EQ(officers(*db, roads).size(), 2u);
    EXPECT_EQ(officer(*db, chief)->roles, (std::vector<Role>{Role::officer, Role::head}));
    EXPECT_EQ(public_name(*db, chief), "N. N.");
    EXPECT_EQ(public_name(*db, desk), std::nullopt);
    EXPECT_EQ(officers_with(*db, Role::officer).size(), 2u);
    EXPECT_EQ(officers_with(*db, Role::moderator).size(), 0u);

    EXPECT_TRUE(change_officer(site.needs, boss, {chief, parks, "Head of parks", {Role::officer}, true, "moved"}));
    EXPECT_EQ(public_name(*db, chief), std::nullopt) << "no head any more: the name is not shown";
    ASSERT_TRUE(change_officer(site.needs, boss, {chief, parks, "Head of parks", {Role::head}, true, "elected"}));
    EXPECT_EQ(public_name(*db, chief), "N. N.");
    ASSERT_TRUE(change_officer(site.needs, boss, {chief, parks, "Head of parks", {Role::head}, false, "retired"}));
    EXPECT_EQ(public_name(*db, chief), std::nullopt) << "nor of who has left";
    EXPECT_EQ(officers(*db, roads).size(), 1u);
    EXPECT_EQ(officers_with(*db, Role::officer).size(), 1u);
    EXPECT_EQ(history(*db, roads, {}, 10).back().what, "people.officer_changed")
        << "the unit that lost an officer knows it";
    EXPECT_EQ(history(*db, parks, {}, 10).back().about, "Head of parks");
    EXPECT_TRUE(change_officer(site.needs, boss, {desk, roads, "Post of desk", {Role::officer}, false, "left"}));
    EXPECT_TRUE(officers_with(*db, Role::officer).empty());
    EXPECT_TRUE(officers(*db, roads).empty());
    EXPECT_FALSE(officer(*db, desk)->active);
    EXPECT_TRUE(close_unit(site.needs, boss, {roads, "empty"}, {}));
}

TEST_P(StoreTest, AdministratorsKeepEachOther) {
    EXPECT_EQ(
        key_of(change_officer(site.needs, boss, {boss.officer, root, "Admin", {Role::administrator}, false, "r"})),
        "people.last_administrator");
    const OfficerId second = hire(root, "second", {Role::administrator});
    EXPECT_TRUE(
        change_officer(site.needs, boss, {boss.officer, root, "Admin", {Role::inspector}, true, "another role now"}));
    // The act asks the state, not the session: the first has lost the role, and the second is now the last.
    EXPECT_EQ(key_of(make_unit(site.needs, boss, {root, "Roads"})), "people.role_needed_administrator");
    const Actor other = actor(*site.read(), second);
    EXPECT_EQ(key_of(change_officer(site.needs, other, {second, root, "Admin", {Role::officer}, true, "r"})),
              "people.last_administrator");
    EXPECT_TRUE(make_unit(site.needs, other, {root, "Roads"}));
}

TEST_P(StoreTest, WhoMayWhat) {
    const OfficerId desk = hire(root, "desk", {Role::officer});
    auto db = site.read();
    const Actor nobody, console_actor = console(), officer_actor = actor(*db, desk);
    EXPECT_EQ(need_role(nobody, Role::officer).error().code, kernel::Code::unauthenticated);
    EXPECT_EQ(key_of(need_staff(nobody)), "people.sign_in_first");
    EXPECT_TRUE(need_staff(officer_actor));
    EXPECT_TRUE(need_role(officer_actor, Role::officer));
    EXPECT_EQ(need_role(officer_actor, Role::head).error().code, kernel::Code::forbidden);
    EXPECT_EQ(key_of(need_role(*db, nobody, Role::administrator)), "people.sign_in_first");
    EXPECT_TRUE(need_role(*db, console_actor, Role::administrator));
    EXPECT_EQ(key_of(need_role(*db, console_actor, Role::officer)), "people.sign_in_first")
        << "the console acts on no matter";
    EXPECT_TRUE(need_role(*db, officer_actor, Role::officer));
    EXPECT_EQ(key_of(need_role(*db, boss, Role::officer)), "people.role_needed_officer")
        << "an administrator acts on no matter";
    Actor forged = officer_actor;
    forged.roles = {Role::administrator};
    EXPECT_EQ(key_of(need_role(*db, forged, Role::administrator)), "people.role_needed_administrator");
    EXPECT_EQ(key_of(make_unit(site.needs, forged, {root, "Roads"})), "people.role_needed_administrator");
    EXPECT_EQ(key_of(make_unit(site.needs, nobody, {root, "Roads"})), "people.sign_in_first");
    EXPECT_TRUE(change_officer(site.needs, boss, {desk, root, "Post of desk", {Role::officer}, false, "left"}));
    EXPECT_EQ(key_of(need_role(*db, officer_actor, Role::officer)), "people.account_closed");
    EXPECT_FALSE(actor(*db, desk).staff());
    for (Role role : all_roles) EXPECT_EQ(parse_role(name(role)), role);
    EXPECT_EQ(parse_role("Officer"), std::nullopt);
}

TEST_P(StoreTest, TheSameFormTwiceIsOneAct) {
    const Once once = kernel::sha256(kernel::view("form"));
    const auto first = make_unit(site.needs, boss, {root, "Roads"}, once),
               again = make_unit(site.needs, boss, {root, "Roads"}, once);
    ASSERT_TRUE(first);
    ASSERT_TRUE(again);
    EXPECT_EQ(*first, *again);
    const Once other = kernel::sha256(kernel::view("other form"));
    EXPECT_TRUE(open_account(site.needs, boss, {root, "desk", "", "Desk", {Role::officer}}, other));
    EXPECT_EQ(key_of(open_account(site.needs, boss, {root, "desk", "", "Desk", {Role::officer}}, other)),
              "people.password_shown");
}

TEST_P(StoreTest, Settings) {
    auto db = site.read();
    EXPECT_EQ(setting(*db, "figures.min_cell"), "5");
    EXPECT_EQ(setting_number(*db, "figures.min_cell"), 5);
    EXPECT_THROW(setting(*db, "figures.min_sell"), std::logic_error);
    EXPECT_THROW(setting_number(*db, "organisation.zone"), std::logic_error);
    EXPECT_TRUE(change_setting(site.needs, boss, {"figures.min_cell", "10", "charter article 4"}));
    EXPECT_EQ(setting_number(*db, "figures.min_cell"), 10);
    const std::vector<Setting> changed = changed_settings(*db);
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_EQ(changed[0].name, "figures.min_cell");
    EXPECT_EQ(changed[0].value, "10");
    EXPECT_EQ(changed[0].standard, "5");
    EXPECT_EQ(changed[0].entry, 4);
    EXPECT_EQ(changed[0].since, kernel::whole_minute(site.clock.now()));
    EXPECT_EQ(changed[0].by, "系统管理员 Administrator");
    EXPECT_EQ(key_of(change_setting(site.needs, boss, {"figures.min_cell", "10", "again"})), "people.unchanged");
    EXPECT_TRUE(change_setting(site.needs, boss, {"figures.min_cell", "5", "back to the default"}));
    EXPECT_TRUE(changed_settings(*db).empty());
}

TEST_P(StoreTest, AllSettingsAreInForceAlsoAtTheirDefaults) {
    ASSERT_TRUE(change_setting(site.needs, boss, {"figures.min_cell", "10", "charter article 4"}));
    auto db = site.read();
    const std::vector<Setting> all = settings_in_force(*db);
    ASSERT_EQ(all.size(), setting_rules().size());
    for (const Setting& one : all) {
        EXPECT_EQ(one.value, setting(*db, one.name));
        EXPECT_EQ(one.entry.has_value(), one.name == "figures.min_cell");
        EXPECT_EQ(one.differs(), one.name == "figures.min_cell");
        for (page::Lang lang : page::all_langs) EXPECT_NE(setting_meaning(lang, one.name), one.name);
    }
    EXPECT_EQ(setting_words(page::Lang::en, "complaint.about_persons", ""), "(empty)");
    EXPECT_EQ(setting_words(page::Lang::en, "organisation.language", "zh-Hant"), "繁體");
    EXPECT_EQ(setting_words(page::Lang::en, "sign_in.code_roles", "administrator clerk"),
              "administrator · clerk of a body");
}

// An earlier program let the size of uploads be set, and nothing read it. What is in a ledger is replayed for ever.
TEST_P(StoreTest, ASettingThatIsNoMoreIsKeptAndSaysNothing) {
    for (const char* gone : {"upload.photo_megabytes", "upload.document_megabytes"}) {
        EXPECT_EQ(key_of(change_setting(site.needs, boss, {gone, "4", "r"})), "people.setting_unknown");
        ASSERT_TRUE(site.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            return w.append(encode(SettingChanged{gone, "4", boss.officer, "small disks"}, w.next_index()));
        }));
    }
    auto db = site.read();
    EXPECT_TRUE(changed_settings(*db).empty());
    EXPECT_EQ(settings_in_force(*db).size(), setting_rules().size());
    const db::TestPlace place(GetParam(), db::TestPlace::Tables::all);
    const auto copy = db::Database::open(place.place());
    ledger::rebuild(*db, *copy, kinds_of_people());
    EXPECT_EQ(db::state_digest(*copy->read()), db::state_digest(*db));
}

TEST_P(StoreTest, AnInventedOrganisationIsMarkedFromItsRoot) {
    auto db = site.read();
    EXPECT_FALSE(rehearsal(*db));
    make("Rehearsal", root, true);
    EXPECT_TRUE(rehearsal(*db));
    const db::TestPlace place(GetParam(), db::TestPlace::Tables::all);
    const auto database = db::Database::open(place.place());
    const auto ledger = ledger::Ledger::start(*database, site.clock, site.signer, kinds_of_people());
    ASSERT_TRUE(set_up({*database, *ledger, site.clock, kernel::Bytes(32, 7), {.passes = 1, .kibibytes = 8}},
                       "Sample office", "admin", true));
    EXPECT_TRUE(units(*database->read()).front().sample);
    EXPECT_TRUE(rehearsal(*database->read()));
}

// Each stays readable as it was set; the last covered day is told when it comes near.
TEST_P(StoreTest, CalendarsSetBefore) {
    ASSERT_TRUE(set_calendar(site.needs, boss, {"One", "covers 2026-01-01 2026-12-31\n2026-11-20 holiday", "first"}));
    ASSERT_TRUE(set_calendar(site.needs, boss, {"Two", "2026-11-23 holiday", "second"}));
    auto db = site.read();
    const std::vector<CalendarRow> all = calendar_rows(*db, {}, 10);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].calendar.name, "Two");
    EXPECT_FALSE(all[0].calendar.covers_to);
    EXPECT_EQ(all[1].calendar.covers_from, kernel::parse_day("2026-01-01"));
    EXPECT_EQ(all[1].calendar.covers_to, kernel::parse_day("2026-12-31"));
    EXPECT_EQ(all[1].reason, "first");
    EXPECT_EQ(all[2].calendar.name, "Mon–Fri");
    EXPECT_EQ(calendar_rows(*db, all[1].entry, 1).front().entry, all[2].entry);
    EXPECT_EQ(calendar_row(*db, all[1].entry)->calendar.name, "One");
    EXPECT_FALSE(calendar_row(*db, all[1].entry + 1'000));
    const auto ends = [&](std::string_view today) { return calendar_ends(*db, kernel::parse_day(today).value()); };
    EXPECT_FALSE(ends("2026-12-31")) << "this one says nothing of an end";
    ASSERT_TRUE(set_calendar(site.needs, boss, {"One", "covers 2026-01-01 2026-12-31", "third"}));
    EXPECT_FALSE(ends("2026-11-01"));
    EXPECT_EQ(ends("2026-11-02"), kernel::parse_day("2026-12-31"));
    EXPECT_EQ(ends("2026-12-31"), kernel::parse_day("2026-12-31"));
    EXPECT_EQ(ends("2027-02-01"), kernel::parse_day("2026-12-31")) << "over for a month, and nobody set the next";
}

TEST_P(StoreTest, TheNewestCalendarIsInForce) {
    auto db = site.read();
    EXPECT_TRUE(set_calendar(site.needs, boss, {"Ours", "2026-11-20 holiday\n2026-11-21 works", "gazette"}));
    const kernel::Calendar now = calendar(*db);
    EXPECT_EQ(now.name, "Ours");
    EXPECT_FALSE(now.works(*kernel::parse_day("2026-11-20")));
    EXPECT_TRUE(now.works(*kernel::parse_day("2026-11-21")));
    EXPECT_EQ(key_of(set_calendar(site.needs, boss, {"Ours", "2026-11-20 closed", "r"})), "kernel.calendar_line");
    EXPECT_EQ(calendar_row(*db)->by, "系统管理员 Administrator");
}

TEST_P(StoreTest, HostileTextIsKeptAsItIsOrRefused) {
    const std::string odd = "Robert'); drop table unit; -- <script> & \"$1\"";
    const UnitId unit_id = make(odd, root);
    EXPECT_EQ(unit(*site.read(), unit_id)->name, odd);
    EXPECT_EQ(key_of(add_unit(site.needs, root, "a\xff", false)), "kernel.text_not_utf8");
    EXPECT_EQ(key_of(add_unit(site.needs, root, std::string("a\0b", 3), false)), "kernel.text_control");
    EXPECT_EQ(key_of(add_unit(site.needs, root, "  ", false)), "people.unit_name_missing");
    EXPECT_EQ(key_of(add_officer(site.needs, root, "x", "Post", {Role::officer}, false)), "people.login_form");
    EXPECT_EQ(key_of(add_officer(site.needs, UnitId(77), "desk", "Post", {Role::officer}, false)),
              "people.unit_unknown");
    EXPECT_EQ(key_of(add_officer(site.needs, root, "desk", std::string(81, 'p'), {Role::officer}, false)),
              "kernel.text_too_long");
}

}  // namespace
}  // namespace people
