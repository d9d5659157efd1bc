// What a table's lists mean: which row fits, and what two tables say differently.
#include <algorithm>

#include <page/page.h>

#include "routing.h"

namespace routing {
namespace {

bool has(const std::vector<Listed>& list, std::string_view code) {
    return std::any_of(list.begin(), list.end(), [&](const Listed& one) { return one.code == code; });
}

// `same`: whether two lines are about the same thing.
template <class T, class Same>
std::vector<Altered<T>> changes(const std::vector<T>& before, const std::vector<T>& after, Same same) {
    std::vector<Altered<T>> all;
    const auto in = [&](const std::vector<T>& list, const T& one) {
        return std::find_if(list.begin(), list.end(), [&](const T& other) { return same(one, other); });
    };
    for (const T& one : after) {
        const auto was = in(before, one);
        if (was == before.end())
            all.push_back({std::nullopt, one});
        else if (*was != one)
            all.push_back({*was, one});
    }
    for (const T& one : before)
        if (in(after, one) == after.end()) all.push_back({one, std::nullopt});
    return all;
}

}  // namespace

Named name_in(page::Lang lang, const Names& names) {
    using page::Lang;
    const Named hans{names.zh_hans, Lang::zh_hans}, hant{names.zh_hant, Lang::zh_hant}, en{names.en, Lang::en};
    const std::array<Named, 3> order = lang == Lang::zh_hans   ? std::array{hans, hant, en}
                                       : lang == Lang::zh_hant ? std::array{hant, hans, en}
                                                               : std::array{en, hans, hant};
    for (const Named& one : order)
        if (!one.text.empty()) return one;
    return {"", lang};
}

Sheet::Sheet(Lists lists) : lists_(std::move(lists)) {
    for (std::size_t i = 0; i < lists_.rows.size(); ++i) {
        const Row& row = lists_.rows[i];
        rows_.emplace(Conditions{row.category, row.district, row.kind}, i);
    }
}

bool Sheet::has_category(std::string_view code) const { return has(lists_.categories, code); }
bool Sheet::has_district(std::string_view code) const { return has(lists_.districts, code); }

std::optional<Routed> Sheet::route(std::string_view category, std::string_view district, std::string_view kind) const {
    const Conditions most_specific_first[] = {
        {category, district, kind}, {category, district, ""}, {category, "", kind}, {"", district, kind},
        {category, "", ""},         {"", district, ""},       {"", "", kind},       {"", "", ""}};
    for (const Conditions& conditions : most_specific_first)
        if (const auto found = rows_.find(conditions); found != rows_.end()) {
            const Row& row = lists_.rows[found->second];
            return Routed{row.unit, row.returnable, found->second};
        }
    return std::nullopt;
}

Difference difference(const Lists& before, const Lists& after) {
    const auto same_code = [](const Listed& a, const Listed& b) { return a.code == b.code; };
    const auto same_conditions = [](const Row& a, const Row& b) {
        return a.category == b.category && a.district == b.district && a.kind == b.kind;
    };
    return {changes(before.categories, after.categories, same_code),
            changes(before.districts, after.districts, same_code), changes(before.rows, after.rows, same_conditions)};
}

}  // namespace routing
