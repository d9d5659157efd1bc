// What administrators type or upload becomes lists, or is shown again with what is wrong; a table written as files is
// read as it was.
#include "typed.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <http/testing.h>

namespace routing {
namespace {

using people::UnitId;

people::Unit unit(std::int64_t id, std::string name, bool open = true) {
    people::Unit u;
    u.id = UnitId(id);
    u.name = std::move(name);
    u.open = open;
    return u;
}
rules::Known known() {
    return {
        {unit(1, "Office"), unit(2, "Roads"), unit(3, "Twin"), unit(4, "Twin"), unit(5, "7"), unit(6, "Gone", false)},
        {"help"},
        {}};
}
http::Request request(std::vector<std::pair<std::string, std::string>> form) {
    http::Request r = http::testing::request(http::Method::post, "/admin/routing/new");
    r.form = std::move(form);
    return r;
}

class Files : public testing::Test {
protected:
    ~Files() override { std::filesystem::remove_all(folder_); }
    void send(http::Request& r, const std::string& field, const std::string& content) {
        std::filesystem::create_directories(folder_);
        auto upload = std::make_shared<http::Upload>();
        upload->field = field, upload->path = folder_ / field, upload->size = content.size();
        std::ofstream(upload->path, std::ios::binary) << content;
        r.uploads.push_back(std::move(upload));
    }
    std::vector<std::string> refused(const std::string& field, const std::string& content) {
        http::Request r = request({});
        send(r, field, content);
        Typed typed;
        typed.rows = {{"", "", "", "kept", ""}};
        std::vector<std::string> all;
        for (const kernel::Error& error : read_files(r, typed)) all.push_back(error.field + ":" + error.key);
        EXPECT_EQ(typed.rows.size(), 1u);  // what was typed stays
        return all;
    }

private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("routing-files-" + kernel::hex(kernel::random_bytes(8)));
};
using Told = std::vector<std::string>;

TEST(RoutingTyped, LinesComeInAnyOrderAndEmptyOnesAreNone) {
    const Typed typed = typed_of(request({{"row_3_unit", "Roads"},
                                          {"row_3_returnable", "no"},
                                          {"row_1_returnable", "yes"},
                                          {"category_2_en", "Lamps"},
                                          {"category_2_code", "lamps"},
                                          {"category_1_code", "  "},
                                          {"row_4_category", "lamps"},
                                          {"reason", "why"},
                                          {"seen", "60"}}));
    EXPECT_EQ(typed.categories, (std::vector<Line>{{"lamps", "", "", "Lamps"}}));
    EXPECT_EQ(typed.rows, (std::vector<Line>{{"", "", "", "Roads", "no"}, {"lamps", "", "", "", ""}}));
    EXPECT_TRUE(typed.districts.empty());
    EXPECT_EQ(typed.reason, "why");
    EXPECT_EQ(typed.seen, "60");
}

TEST(RoutingTyped, FieldsThatNoFormHasAreNothing) {
    for (const char* field :
         {"row_0_unit", "row_-1_unit", "row_99999999999999999999_unit", "row_999999_unit", "row__unit", "row_1", "row_",
          "row", "row_1_x", "rows_1_unit", "row_1unit", "category_1_unit"}) {
        const Typed typed = typed_of(request({{field, "x"}}));
        EXPECT_TRUE(typed.rows.empty() && typed.categories.empty()) << field;
    }
}

TEST(RoutingTyped, AUnitIsFoundByNumberOrByANameOfItsOwn) {
    const struct {
        const char *typed, *wrong;
        std::int64_t unit;
    } cases[] = {
        {"2", "", 2},
        {"Roads", "", 2},
        {" Roads ", "", 2},
        {"7", "row_1_unit:routing.unit_unknown", 7},
        {"5", "", 5},
        {"roads", "row_1_unit:routing.unit_unknown", 0},
        {"Gone", "row_1_unit:routing.unit_unknown", 0},
        {"6", "row_1_unit:routing.unit_closed", 6},
        {"Twin", "row_1_unit:routing.unit_ambiguous", 3},
        {"4", "", 4},
        {"-2", "row_1_unit:routing.unit_unknown", 0},
        {"99999999999999999999", "row_1_unit:routing.unit_unknown", 0},
    };
    for (const auto& one : cases) {
        Typed typed;
        typed.categories = {{"lamps", "", "", "Lamps"}};
        typed.rows = {{"lamps", "", "", one.typed, "yes"}};
        const auto [lists, errors] = lists_of(typed, known());
        EXPECT_EQ(lists.rows[0].unit, UnitId(one.unit)) << one.typed;
        EXPECT_EQ(errors.empty() ? "" : errors[0].field + ":" + errors[0].key, one.wrong) << one.typed;
        EXPECT_LE(errors.size(), 1u) << one.typed;
    }
    EXPECT_EQ(unit_as_typed(known().units, UnitId(2)), "Roads");
    EXPECT_EQ(unit_as_typed(known().units, UnitId(3)), "3");  // two have that name
    EXPECT_EQ(unit_as_typed(known().units, UnitId(5)), "5");  // its name is another's number
    EXPECT_EQ(unit_as_typed(known().units, UnitId(6)), "6");
    EXPECT_EQ(unit_as_typed(known().units, UnitId(9)), "9");
}

TEST(RoutingTyped, HostileCellsAreRefusedAtTheirLine) {
    Typed typed;
    typed.categories = {{"lamps", std::string("a\0b", 3), "", "\xff"}, {"x", std::string(100'000, 'x'), "", ""}};
    typed.rows = {{"lamps", "", "", "Roads", "maybe"}};
    Told told;
    for (const kernel::Error& error : lists_of(typed, known()).second) told.push_back(error.field + ":" + error.key);
    EXPECT_EQ(told, (Told{"category_1_zh_hans:kernel.text_control", "category_1_en:kernel.text_not_utf8",
                          "category_2_zh_hans:routing.category_too_long", "row_1_returnable:routing.returnable_form"}));
}

TEST_F(Files, ATableWrittenAsFilesIsReadAsItWas) {
    const Lists lists{{{"lamps", {"路灯, \"LED\"", "路燈", "Lamps"}}, {"other", {"", "", "Other"}}},
                      {{"north", {"城北", "", ""}}},
                      {{"lamps", "north", "help", UnitId(2), false}, {"", "", "", UnitId(3), true}}};
    http::Request r = request({});
    send(r, "categories_csv", csv_of(lists, List::categories, known().units));
    send(r, "districts_csv", csv_of(lists, List::districts, known().units));
    send(r, "rows_csv", csv_of(lists, List::rows, known().units));
    Typed typed;
    EXPECT_TRUE(read_files(r, typed).empty());
    const auto [read, errors] = lists_of(typed, known());
    EXPECT_TRUE(errors.empty());
    EXPECT_EQ(read, lists);
}

TEST_F(Files, AFileReplacesItsListAloneAndNeedsOneColumn) {
    http::Request r = request({{"category_1_code", "kept"}, {"row_1_unit", "gone"}});
    send(r, "rows_csv", "note,unit\r\nx,Roads\r\n,\r\ny,2\r\n");
    Typed typed = typed_of(r);
    EXPECT_TRUE(read_files(r, typed).empty());
    EXPECT_EQ(typed.categories.size(), 1u);
    EXPECT_EQ(typed.rows, (std::vector<Line>{{"", "", "", "Roads", ""}, {"", "", "", "2", ""}}));
    EXPECT_TRUE(lists_of(typed, known()).first.rows[0].returnable);
}

TEST_F(Files, BrokenFilesAreRefusedAtTheirField) {
    EXPECT_EQ(refused("rows_csv", "category,kind\nlamps,help\n"), (Told{"rows_csv:routing.csv_column"}));
    EXPECT_EQ(refused("categories_csv", "name\nLamps\n"), (Told{"categories_csv:routing.csv_column"}));
    EXPECT_EQ(refused("rows_csv", "category,unit\nlamps\n"), (Told{"rows_csv:files.csv_columns"}));
    EXPECT_EQ(refused("rows_csv", "category,unit\n\"lamps,2\n"), (Told{"rows_csv:files.csv_quote"}));
    EXPECT_EQ(refused("rows_csv", std::string("unit\na\0b\n", 9)), (Told{"rows_csv:files.csv_nul"}));
    std::string many = "unit\n";
    for (std::size_t n = 0; n <= max_rows; ++n) many += "2\n";
    EXPECT_EQ(refused("rows_csv", many), (Told{"rows_csv:routing.csv_too_many"}));
    EXPECT_EQ(refused("rows_csv", ""), Told{});  // none chosen
}

}  // namespace
}  // namespace routing
