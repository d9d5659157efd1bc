#include "change.h"

#include <ledger/payload.h>

namespace routing::change {
namespace {

using kernel::Json;

void set_given(Json& object, std::string_view member, const std::string& text) {
    if (!text.empty()) object.set(std::string(member), text);
}

std::string text_of(const Json& object, std::string_view member) {
    return object[member].is_null() ? std::string() : object.need_string(member);
}

Json json_of(const std::vector<Listed>& list) {
    Json::Array all;
    for (const Listed& one : list) {
        Json names = Json::Object{};
        set_given(names, "en", one.names.en);
        set_given(names, "zh-Hans", one.names.zh_hans);
        set_given(names, "zh-Hant", one.names.zh_hant);
        all.push_back(Json::Object{{"code", one.code}, {"names", std::move(names)}});
    }
    return all;
}

std::vector<Listed> list_of(const Json::Array& array) {
    std::vector<Listed> all;
    for (const Json& one : array) {
        const Json& names = one["names"];
        all.push_back(
            {one.need_string("code"), {text_of(names, "zh-Hans"), text_of(names, "zh-Hant"), text_of(names, "en")}});
    }
    return all;
}

}  // namespace

Json json_of(const Lists& lists) {
    Json::Array rows;
    for (const Row& row : lists.rows) {
        Json one = Json::Object{{"returnable", row.returnable}, {"unit", row.unit.value()}};
        set_given(one, "category", row.category);
        set_given(one, "district", row.district);
        set_given(one, "kind", row.kind);
        rows.push_back(std::move(one));
    }
    return Json::Object{
        {"categories", json_of(lists.categories)}, {"districts", json_of(lists.districts)}, {"rows", std::move(rows)}};
}

Lists lists_of(const Json& json) {
    Lists lists{list_of(json.need_array("categories")), list_of(json.need_array("districts")), {}};
    for (const Json& one : json.need_array("rows"))
        lists.rows.push_back({text_of(one, "category"), text_of(one, "district"), text_of(one, "kind"),
                              people::UnitId(one.need_integer("unit")), one.need_boolean("returnable")});
    return lists;
}

ledger::Draft encode(const TableSet& c, std::int64_t index) {
    Json facts = json_of(c.lists);
    facts.set("by", c.by.value()).set("version", c.version);
    return ledger::draft(table_set_kind, index, std::move(facts), Json::Object{{"reason", c.reason}});
}

TableSet decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind != table_set_kind) ledger::unreadable(entry, "no kind of routing");
    return {entry.facts.need_integer("version"), lists_of(entry.facts),
            people::OfficerId(entry.facts.need_integer("by")), ledger::word(entry, "reason")};
}

}  // namespace routing::change
