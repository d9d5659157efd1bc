#include "rules.h"

#include <gtest/gtest.h>

namespace routing::rules {
namespace {

using people::Role;
using people::UnitId;

people::Unit unit(std::int64_t id, bool open) {
    people::Unit u;
    u.id = UnitId(id);
    u.name = "Unit " + std::to_string(id);
    u.open = open;
    return u;
}
Known known() { return {{unit(1, true), unit(2, true), unit(3, false)}, {"help", "praise"}, {}}; }

Names english(std::string name) { return {"", "", std::move(name)}; }
Lists good() {
    return {{{"lamps", english("Lamps")}, {"other", english("Other")}},
            {{"north", english("North")}},
            {{"lamps", "north", "help", UnitId(2), true}, {"", "", "", UnitId(1), false}}};
}
// "field:key" of each.
std::vector<std::string> told(const std::vector<kernel::Error>& errors) {
    std::vector<std::string> all;
    for (const kernel::Error& error : errors) all.push_back(error.field + ":" + error.key);
    return all;
}
using Told = std::vector<std::string>;

TEST(RoutingRules, GoodListsHaveNoFault) { EXPECT_EQ(told(faults(good(), known())), Told{}); }

TEST(RoutingRules, EachFaultStandsAtItsLine) {
    const struct {
        const char* what;
        void (*spoil)(Lists&);
        Told expected;
    } cases[] = {
        {"no category",
         [](Lists& l) { l.categories.clear(), l.rows.erase(l.rows.begin()); },
         {"category_1_code:routing.no_categories"}},
        {"no row", [](Lists& l) { l.rows.clear(); }, {"row_1_unit:routing.no_rows"}},
        {"no district is no fault", [](Lists& l) { l.districts.clear(), l.rows[0].district = ""; }, {}},
        {"an empty code", [](Lists& l) { l.categories[1].code = ""; }, {"category_2_code:routing.category_code_form"}},
        {"a code in capitals",
         [](Lists& l) { l.categories[1].code = "Other"; },
         {"category_2_code:routing.category_code_form"}},
        {"a code with a sign",
         [](Lists& l) { l.categories[1].code = "-other"; },
         {"category_2_code:routing.category_code_form"}},
        {"a code of Han",
         [](Lists& l) { l.categories[1].code = "其他"; },
         {"category_2_code:routing.category_code_form"}},
        {"a code too long",
         [](Lists& l) { l.categories[1].code = std::string(max_code + 1, 'x'); },
         {"category_2_code:routing.category_code_form"}},
        {"the longest code", [](Lists& l) { l.categories[1].code = std::string(max_code, 'x'); }, {}},
        {"a code twice",
         [](Lists& l) { l.categories[1].code = "lamps"; },
         {"category_2_code:routing.category_code_twice"}},
        {"no name", [](Lists& l) { l.districts[0].names = {}; }, {"district_1_zh_hans:routing.district_name_missing"}},
        {"a name too long",
         [](Lists& l) { l.districts[0].names.en = std::string(max_name + 1, 'x'); },
         {"district_1_en:routing.district_too_long"}},
        {"an unknown category",
         [](Lists& l) { l.rows[0].category = "x"; },
         {"row_1_category:routing.category_unknown"}},
        {"a district as category",
         [](Lists& l) { l.rows[0].category = "north"; },
         {"row_1_category:routing.category_unknown"}},
        {"an unknown district",
         [](Lists& l) { l.rows[1].district = "x"; },
         {"row_2_district:routing.district_unknown"}},
        {"an unknown kind", [](Lists& l) { l.rows[1].kind = "x"; }, {"row_2_kind:routing.kind_unknown"}},
        {"an unknown unit", [](Lists& l) { l.rows[1].unit = UnitId(9); }, {"row_2_unit:routing.unit_unknown"}},
        {"no unit", [](Lists& l) { l.rows[1].unit = {}; }, {"row_2_unit:routing.unit_unknown"}},
        {"a closed unit", [](Lists& l) { l.rows[1].unit = UnitId(3); }, {"row_2_unit:routing.unit_closed"}},
        {"two rows with the same conditions",
         [](Lists& l) {
             l.rows.push_back({"lamps", "north", "help", UnitId(1), true});
         },
         {"row_3_category:routing.row_twice"}},
        {"two rows without conditions",
         [](Lists& l) {
             l.rows.push_back({"", "", "", UnitId(1), false});
         },
         {"row_3_category:routing.row_twice"}},
        {"several at once",
         [](Lists& l) {
             l.categories[0].names = {};
             l.rows[0].unit = UnitId(3), l.rows[1].kind = "x";
         },
         {"category_1_zh_hans:routing.category_name_missing", "row_1_unit:routing.unit_closed",
          "row_2_kind:routing.kind_unknown"}},
    };
    for (const auto& one : cases) {
        Lists lists = good();
        one.spoil(lists);
        EXPECT_EQ(told(faults(lists, known())), one.expected) << one.what;
    }
}

TEST(RoutingRules, TooManyLinesAreRefusedUnread) {
    Lists lists = good();
    while (lists.categories.size() < max_categories)
        lists.categories.push_back({"c" + std::to_string(lists.categories.size()), english("x")});
    while (lists.districts.size() < max_districts)
        lists.districts.push_back({"d" + std::to_string(lists.districts.size()), english("x")});
    for (std::size_t n = lists.rows.size(); n < max_rows; ++n)
        lists.rows.push_back({lists.categories[n % max_categories].code, lists.districts[n / max_categories].code,
                              "praise", UnitId(1), true});
    EXPECT_EQ(told(faults(lists, known())), Told{});
    lists.categories.push_back(lists.categories[0]);
    lists.districts.push_back(lists.districts[0]);
    lists.rows.push_back(lists.rows[0]);
    EXPECT_EQ(told(faults(lists, known())),
              (Told{"category_201_code:routing.too_many_category", "district_201_code:routing.too_many_district",
                    "row_1001_category:routing.too_many_row"}));
}

TEST(RoutingRules, FaultsWithoutEndAreNotAllTold) {
    Lists lists = good();
    for (std::size_t n = 0; n < max_rows - 2; ++n) lists.rows.push_back({"x", "x", "x", {}, true});
    EXPECT_EQ(faults(lists, known()).size(), most_faults);
}

people::Actor as(Role role) {
    people::Actor actor;
    actor.officer = people::OfficerId(5);
    actor.roles = {role};
    return actor;
}
std::string key(const kernel::Result<change::TableSet>& r) {
    return r ? "" : r.error().field.empty() ? r.error().key : r.error().field + ":" + r.error().key;
}

TEST(RoutingRules, AnAdministratorSetsItWithAReason) {
    Known none = known(), second = known();
    second.now = Table{TableId(60), 4, {}, {}, std::make_shared<const Sheet>(good())};
    Lists other = good();
    other.rows[1].returnable = true;
    for (const Role role : people::all_roles)
        EXPECT_EQ(key(set_table(as(role), {good(), "why", {}}, none)),
                  role == Role::administrator ? "" : "people.role_needed_administrator");
    EXPECT_EQ(key(set_table({}, {good(), "why", {}}, none)), "people.sign_in_first");
    const people::Actor actor = as(Role::administrator);
    EXPECT_EQ(set_table(actor, {good(), "why", {}}, none)->version, 1);
    EXPECT_EQ(set_table(actor, {other, "why", TableId(60)}, second)->version, 5);
    EXPECT_EQ(key(set_table(actor, {other, "", TableId(60)}, second)), "reason:people.reason_missing");
    EXPECT_EQ(key(set_table(actor, {other, std::string(max_reason + 1, 'x'), TableId(60)}, second)),
              "reason:kernel.text_too_long");
    EXPECT_EQ(key(set_table(actor, {good(), "why", TableId(60)}, second)), "reason:routing.nothing_changed");
    EXPECT_EQ(key(set_table(actor, {{}, "why", TableId(60)}, second)), "category_1_code:routing.no_categories");
    EXPECT_EQ(key(set_table(actor, {other, "why", TableId(59)}, second)), "routing.changed_meanwhile");
    EXPECT_EQ(key(set_table(actor, {other, "why", {}}, second)), "routing.changed_meanwhile");
    EXPECT_EQ(key(set_table(actor, {other, "why", TableId(60)}, none)), "routing.changed_meanwhile");
}

TEST(RoutingRules, ATrialCountsWhatCanBeComparedAndNothingElse) {
    const Sheet before({{}, {}, {{"lamps", "", "", UnitId(1), true}}});
    const Sheet after({{}, {}, {{"lamps", "", "", UnitId(2), true}, {"", "north", "", UnitId(1), true}}});
    const std::vector<Past> past = {
        {90, "lamps", "north", "help", UnitId(2)},  // was 1, is 2
        {80, "lamps", "", "help", UnitId(1)},       // was 1, is 2
        {70, "other", "north", "help", UnitId(1)},  // was none, is 1
        {60, "other", "", "help", UnitId(1)},       // none by either
        {50, std::nullopt, std::nullopt, "help", UnitId(1)},
        {40, "lamps", std::nullopt, "help", UnitId(1)},
        {30, std::nullopt, "north", "help", UnitId(1)},
    };
    const Trial made = trial(&before, after, past);
    EXPECT_EQ(made.before, (Fit{1, 1, 2}));
    EXPECT_EQ(made.after, (Fit{2, 1, 1}));
    EXPECT_EQ(made.moved, 3);
    EXPECT_EQ(made.not_comparable, 3);
    EXPECT_EQ(made.compared(), 4);
    ASSERT_EQ(made.cases.size(), 7u);
    EXPECT_EQ(made.cases[0].before, UnitId(1));
    EXPECT_EQ(made.cases[0].after, UnitId(2));
    EXPECT_FALSE(made.cases[2].before);
    for (std::size_t i = 4; i < 7; ++i) EXPECT_FALSE(made.cases[i].before || made.cases[i].after);
    const Trial first = trial(nullptr, after, past);
    EXPECT_EQ(first.before, Fit{});
    EXPECT_EQ(first.moved, 0);
    EXPECT_EQ(first.after, made.after);
}

}  // namespace
}  // namespace routing::rules
