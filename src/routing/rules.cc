#include "rules.h"

#include <algorithm>
#include <map>

#include <kernel/text.h>

namespace routing::rules {
namespace {

using kernel::Error;
using kernel::invalid;

// A spreadsheet takes what begins with a sign for a formula.
bool good_code(std::string_view code) {
    if (code.empty() || code.size() > max_code || code[0] == '-' || code[0] == '.' || code[0] == '_') return false;
    return std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

class Search {
public:
    explicit Search(const Known& known) : known_(known) {}

    // `list` as in field_of(); `missing` is the key for an empty list, "" where it may be empty.
    void look(const std::vector<Listed>& all, std::string_view list, std::size_t most, std::string_view missing) {
        if (all.empty() && !missing.empty()) add(invalid(field_of(list, 1, "code"), std::string(missing)));
        if (too_many(all.size(), most, list, "code")) return;
        std::map<std::string_view, std::size_t> seen;
        for (std::size_t i = 0; i < all.size() && room(); ++i) {
            const std::size_t line = i + 1;
            const std::string row = std::to_string(line);
            const std::string& code = all[i].code;
            const auto [first, fresh] = seen.emplace(code, line);
            if (!good_code(code))
                add(invalid(field_of(list, line, "code"), key(list, "code_form"), {{"row", row}}));
            else if (!fresh)
                add(invalid(field_of(list, line, "code"), key(list, "code_twice"),
                            {{"row", row}, {"first", std::to_string(first->second)}, {"code", code}}));
            names(all[i].names, list, line);
        }
    }

    void look(const Lists& lists) {
        if (lists.rows.empty()) add(invalid(field_of("row", 1, "unit"), "routing.no_rows"));
        if (too_many(lists.rows.size(), max_rows, "row", "category")) return;
        std::map<std::array<std::string_view, 3>, std::size_t> seen;
        for (std::size_t i = 0; i < lists.rows.size() && room(); ++i) {
            const Row& row = lists.rows[i];
            const std::size_t line = i + 1;
            listed(lists.categories, row.category, line, "category", "routing.category_unknown");
            listed(lists.districts, row.district, line, "district", "routing.district_unknown");
            if (!row.kind.empty() &&
                std::find(known_.kinds.begin(), known_.kinds.end(), row.kind) == known_.kinds.end())
                add(invalid(field_of("row", line, "kind"), "routing.kind_unknown",
                            {{"row", std::to_string(line)}, {"code", row.kind}}));
            unit(row.unit, line);
            const auto [first, fresh] =
                seen.emplace(std::array<std::string_view, 3>{row.category, row.district, row.kind}, line);
            if (!fresh)
                add(invalid(field_of("row", line, "category"), "routing.row_twice",
                            {{"row", std::to_string(line)}, {"first", std::to_string(first->second)}}));
        }
    }

    std::vector<Error> found;

private:
    // "routing.category_code_form": each list says for itself which of its lines it is.
    static std::string key(std::string_view list, std::string_view what) {
        return std::string("routing.").append(list).append("_").append(what);
    }

    bool room() const { return found.size() < most_faults; }
    void add(Error error) {
        if (room()) found.push_back(std::move(error));
    }

    bool too_many(std::size_t got, std::size_t most, std::string_view list, std::string_view column) {
        if (got <= most) return false;
        add(invalid(field_of(list, most + 1, column), "routing.too_many_" + std::string(list),
                    {{"row", std::to_string(most + 1)}, {"max", std::to_string(most)}, {"got", std::to_string(got)}}));
        return true;
    }

    void names(const Names& names, std::string_view list, std::size_t line) {
        if (names == Names{})
            add(invalid(field_of(list, line, "zh_hans"), key(list, "name_missing"), {{"row", std::to_string(line)}}));
        const std::pair<std::string_view, const std::string&> each[] = {
            {"zh_hans", names.zh_hans}, {"zh_hant", names.zh_hant}, {"en", names.en}};
        for (const auto& [column, text] : each)
            if (kernel::code_points(text) > max_name)
                add(invalid(field_of(list, line, column), key(list, "too_long"),
                            {{"row", std::to_string(line)}, {"max", std::to_string(max_name)}}));
    }

    void listed(const std::vector<Listed>& list, const std::string& code, std::size_t line, std::string_view column,
                std::string_view unknown) {
        if (code.empty()) return;
        if (std::none_of(list.begin(), list.end(), [&](const Listed& one) { return one.code == code; }))
            add(invalid(field_of("row", line, column), std::string(unknown),
                        {{"row", std::to_string(line)}, {"code", code}}));
    }

    void unit(people::UnitId id, std::size_t line) {
        const auto found_unit = std::find_if(known_.units.begin(), known_.units.end(),
                                             [&](const people::Unit& one) { return one.id == id; });
        const std::string row = std::to_string(line);
        if (found_unit == known_.units.end())
            add(invalid(field_of("row", line, "unit"), "routing.unit_unknown", {{"row", row}}));
        else if (!found_unit->open)
            add(invalid(field_of("row", line, "unit"), "routing.unit_closed",
                        {{"row", row}, {"unit", found_unit->name}}));
    }

    const Known& known_;
};

void count(Fit& fit, const std::optional<people::UnitId>& given, people::UnitId answered) {
    if (!given)
        ++fit.none;
    else if (*given == answered)
        ++fit.agree;
    else
        ++fit.differ;
}

std::optional<people::UnitId> unit_of(const Sheet* sheet, const Past& past) {
    const auto routed = sheet ? sheet->route(*past.category, *past.district, past.kind) : std::nullopt;
    return routed ? std::optional(routed->unit) : std::nullopt;
}

}  // namespace

std::string field_of(std::string_view list, std::size_t line, std::string_view column) {
    return std::string(list).append("_").append(std::to_string(line)).append("_").append(column);
}

std::vector<Error> faults(const Lists& lists, const Known& known) {
    Search search(known);
    search.look(lists.categories, "category", max_categories, "routing.no_categories");
    search.look(lists.districts, "district", max_districts, "");
    search.look(lists);
    return std::move(search.found);
}

kernel::Result<change::TableSet> set_table(const people::Actor& actor, const Draft& draft, const Known& known) {
    if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    const std::optional<TableId> now = known.now ? std::optional(known.now->id) : std::nullopt;
    if (draft.seen != now)
        return kernel::refuse(kernel::Code::conflict, "routing.changed_meanwhile",
                              {{"entry", std::to_string(now ? now->value() : 0)}});
    if (const auto wrong = faults(draft.lists, known); !wrong.empty()) return wrong.front();
    if (auto good = kernel::need_text(draft.reason, "reason", max_reason, "people.reason_missing"); !good)
        return good.error();
    if (known.now && known.now->sheet->lists() == draft.lists) return invalid("reason", "routing.nothing_changed");
    return change::TableSet{known.now ? known.now->version + 1 : 1, draft.lists, actor.officer, draft.reason};
}

Trial trial(const Sheet* before, const Sheet& after, std::vector<Past> cases) {
    Trial made;
    for (Past& past : cases) {
        Tried one{std::move(past), {}, {}};
        if (one.past.comparable()) {
            one.before = unit_of(before, one.past);
            one.after = unit_of(&after, one.past);
            if (before) count(made.before, one.before, one.past.unit);
            count(made.after, one.after, one.past.unit);
            if (before && one.before != one.after) ++made.moved;
        } else {
            ++made.not_comparable;
        }
        made.cases.push_back(std::move(one));
    }
    return made;
}

}  // namespace routing::rules
