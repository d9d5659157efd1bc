// On both engines: tables and their versions, what is kept in memory of them, and replay also after reasons were
// erased.
#include "store.h"

#include <random>

#include <people/acts.h>
#include <people/testing.h>

#include "change.h"

namespace routing {
namespace {

using people::Role;
using people::UnitId;

class Tables : public testing::TestWithParam<db::Engine>, protected people::TestOrganisation {
protected:
    Tables() : TestOrganisation(GetParam(), {add_kinds}) {
        roads = unit(root, "Roads");
        parks = unit(root, "Parks");
        officer(root, "administrator", {Role::administrator});
        officer(roads, "officer", {Role::officer});
        hooks.kinds = {{"help", "voice.kind_help"}, {"praise", "voice.kind_praise"}};
    }

    Lists lists(UnitId lamps) const {
        return {{{"lamps", {"路灯", "路燈", "Lamps"}}, {"trees", {"", "", "Trees"}}},
                {{"north", {"", "", "North"}}},
                {{"lamps", "", "", lamps, false}, {"trees", "north", "help", parks, true}}};
    }
    std::optional<TableId> now() {
        const auto found = in_force(*database->read());
        return found ? std::optional(found->id) : std::nullopt;
    }
    TableId set(Lists lists, std::string_view reason = "why") {
        return must(set_table(*needs, hooks, as("administrator"), {std::move(lists), std::string(reason), now()}));
    }
    std::optional<Routed> routed(TableId id, std::string_view category, std::string_view district,
                                 std::string_view kind) {
        return route(*database->read(), id, category, district, kind);
    }

    Hooks hooks;
    UnitId roads, parks;
};

TEST_P(Tables, TheNewestHoldsAndEachStaysReadable) {
    EXPECT_FALSE(in_force(*database->read()));
    EXPECT_FALSE(routed(TableId(1), "lamps", "", "help"));
    const TableId first = set(lists(roads), "The first.");
    const TableId second = set(lists(parks), "The lamps went over.");
    auto db = database->read();
    const Table table = in_force(*db).value();
    EXPECT_EQ(table.id, second);
    EXPECT_EQ(table.version, 2);
    EXPECT_EQ(table.by, as("administrator").officer);
    EXPECT_EQ(table.since, ledger::entry(*db, second.value())->time);
    EXPECT_EQ(table.sheet->lists(), lists(parks));
    EXPECT_EQ(routing::table(*db, first)->sheet->lists(), lists(roads));
    EXPECT_EQ(routing::table(*db, first)->version, 1);
    EXPECT_FALSE(routing::table(*db, TableId(first.value() - 1)));
    EXPECT_EQ(routed(first, "lamps", "north", "help"), (Routed{roads, false, 0}));
    EXPECT_EQ(routed(second, "lamps", "north", "help"), (Routed{parks, false, 0}));
    EXPECT_FALSE(routed(second, "trees", "", "help"));
    EXPECT_TRUE(table.sheet->has_category("trees") && table.sheet->has_district("north"));
    EXPECT_FALSE(table.sheet->has_category("north") || table.sheet->has_district("") || table.sheet->has_category("x"));
    ASSERT_EQ(versions(*db, {}, 10).size(), 2u);
    EXPECT_EQ(versions(*db, {}, 1)[0].id, second);
    EXPECT_EQ(versions(*db, second, 10)[0].reason, "The first.");
    EXPECT_EQ(slip(*db, first.value())->link, "/routing/" + std::to_string(first.value()));
    EXPECT_FALSE(slip(*db, 1));
    expect_same_after_rebuild();
}

// Read again it is the same object; equal lists are one, wherever they were set.
TEST_P(Tables, IsReadOnce) {
    const TableId first = set(lists(roads)), second = set(lists(parks)), third = set(lists(roads));
    auto db = database->read();
    EXPECT_EQ(routing::table(*db, first)->sheet, routing::table(*db, third)->sheet);
    EXPECT_EQ(in_force(*db)->sheet, routing::table(*db, first)->sheet);
    EXPECT_NE(in_force(*db)->sheet, routing::table(*db, second)->sheet);
}

// What was kept in memory of a table that was undone is not taken for the one that got its number.
TEST_P(Tables, AnActSeesWhatItsTransactionSetAndAnUndoneOneIsForgotten) {
    const TableId first = set(lists(roads));
    std::optional<TableId> undone;
    const auto refused_act = ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        EXPECT_EQ(in_force(w.db())->id, first);
        undone = TableId(w.append(change::encode({2, lists(parks), {}, "undone"}, w.next_index())));
        EXPECT_EQ(in_force(w.db())->id, *undone);
        EXPECT_EQ(route(w.db(), *undone, "lamps", "", "")->unit, parks);
        return kernel::refuse(kernel::Code::conflict, "test.undone");
    });
    ASSERT_FALSE(refused_act);
    EXPECT_EQ(now(), first);
    EXPECT_FALSE(routed(*undone, "lamps", "", ""));
    Lists other = lists(root);
    EXPECT_EQ(set(other), *undone);
    EXPECT_EQ(routed(*undone, "lamps", "", "")->unit, root);
}

TEST_P(Tables, IsRefusedWithItsRow) {
    const people::Actor administrator = as("administrator");
    const auto refusal = [&](const people::Actor& actor, const Draft& draft) {
        const auto done = set_table(*needs, hooks, actor, draft);
        return done ? kernel::Error{} : done.error();
    };
    EXPECT_EQ(refusal(as("officer"), {lists(roads), "why", {}}).key, "people.role_needed_administrator");
    EXPECT_EQ(refusal({}, {lists(roads), "why", {}}).key, "people.sign_in_first");
    const UnitId shut = unit(root, "Shut");
    must(people::close_unit(*needs, administrator, {shut, "merged"}, {}));
    const kernel::Error closed = refusal(administrator, {lists(shut), "why", {}});
    EXPECT_EQ(closed.key, "routing.unit_closed");
    EXPECT_EQ(closed.field, "row_1_unit");
    EXPECT_EQ(closed.args, (std::vector<std::pair<std::string, std::string>>{{"row", "1"}, {"unit", "Shut"}}));
    Lists unknown = lists(roads);
    unknown.rows[1].kind = "complaint";  // not among the kinds that this program was given
    EXPECT_EQ(refusal(administrator, {unknown, "why", {}}).field, "row_2_kind");
    EXPECT_FALSE(now());
    set(lists(roads));
    EXPECT_EQ(refusal(administrator, {lists(parks), "why", {}}).key, "routing.changed_meanwhile");
    EXPECT_EQ(refusal(administrator, {lists(roads), "why", now()}).key, "routing.nothing_changed");
    EXPECT_EQ(versions(*database->read(), {}, 10).size(), 1u);
}

TEST_P(Tables, TheSameFormTwiceIsOneTable) {
    const Once once = kernel::random_hash();
    const Draft draft{lists(roads), "why", {}};
    const TableId first = must(set_table(*needs, hooks, as("administrator"), draft, once));
    EXPECT_EQ(must(set_table(*needs, hooks, as("administrator"), draft, once)), first);
    EXPECT_EQ(versions(*database->read(), {}, 10).size(), 1u);
}

TEST_P(Tables, AUnitThatTheTableNamesIsNotClosed) {
    people::Hooks guarded;
    guarded.guards = {may_close};
    set(lists(roads));
    const UnitId empty = unit(root, "Empty");
    must(people::close_unit(*needs, as("administrator"), {empty, "merged"}, guarded));
    EXPECT_EQ(refused(people::close_unit(*needs, as("administrator"), {parks, "merged"}, guarded)),
              "routing.unit_has_rows");
    Lists without = lists(roads);
    without.rows.pop_back();
    set(without);
    must(people::close_unit(*needs, as("administrator"), {parks, "merged"}, guarded));
    EXPECT_EQ(in_force(*database->read())->sheet->lists(), without);
}

TEST_P(Tables, ErasingTheReasonLeavesTheTable) {
    const TableId first = set(lists(roads), "Anna asked for it");
    erase(first.value());
    EXPECT_EQ(version(*database->read(), first)->reason, "");
    EXPECT_EQ(in_force(*database->read())->sheet->lists(), lists(roads));
    expect_same_after_rebuild();
}

TEST_P(Tables, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(20261128);
    std::vector<std::pair<TableId, Lists>> lived;
    for (int step = 0; step < 30; ++step) {
        if (random() % 4 == 0 && !lived.empty()) {
            (void)ledger->perform([&](ledger::Writing& w) {
                return ledger::erase_words(w, lived[random() % lived.size()].first.value(), "test");
            });
            continue;
        }
        Lists next = lists(random() % 2 == 0 ? roads : parks);
        for (std::size_t n = random() % 9; n > 0; --n)
            next.categories.push_back({"c" + std::to_string(n), {"", "", std::to_string(random() % 9)}});
        if (now() && in_force(*database->read())->sheet->lists() == next) continue;
        const TableId id = set(next, "step " + std::to_string(step));
        lived.emplace_back(id, next);
    }
    for (const auto& [id, was] : lived) EXPECT_EQ(routing::table(*database->read(), id)->sheet->lists(), was);
    EXPECT_EQ(in_force(*database->read())->version, static_cast<std::int64_t>(lived.size()));
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Tables, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace routing
