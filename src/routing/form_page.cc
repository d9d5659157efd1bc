// The form in which a table is written, and what a trial of it on past cases shows.
#include <algorithm>

#include "pages.h"

namespace routing {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

// Cells of the form's tables: each with a label of its own, since a table's headings label no field.
class Cells {
public:
    Cells(Lang lang, const Hooks& hooks, const std::vector<kernel::Error>& errors)
        : lang_(lang), hooks_(hooks), errors_(errors) {}

    std::vector<Data> lines(const std::vector<Line>& typed, std::string_view list,
                            std::span<const std::string_view> columns, int empty) {
        std::vector<Data> all;
        for (std::size_t i = 0; i < typed.size() + static_cast<std::size_t>(empty); ++i) {
            Data line;
            std::vector<Data> cells;
            for (std::size_t column = 0; column < columns.size(); ++column)
                cells.push_back(cell(list, i + 1, columns[column], i < typed.size() ? typed[i][column] : ""));
            line.set("n", static_cast<std::int64_t>(i + 1)).set("cells", std::move(cells));
            all.push_back(std::move(line));
        }
        return all;
    }

    std::vector<std::string> fields_with_errors() const {
        std::vector<std::string> all;
        for (const kernel::Error& error : errors_) all.push_back(error.field);
        return all;
    }

private:
    Data cell(std::string_view list, std::size_t n, std::string_view column, const std::string& value) {
        const std::string field = rules::field_of(list, n, column);
        Data d;
        d.set("id", field).set("value", value);
        d.set("label",
              say(lang_, "routing.cell",
                  {{"n", std::to_string(n)}, {"column", say(lang_, "routing.column_" + std::string(column))}}));
        for (const kernel::Error& error : errors_)
            if (error.field == field) {
                d.set("error", say(lang_, error));
                break;
            }
        if (column == "category" || column == "district" || column == "unit") d.set("list", column);
        if (column == "kind") {
            std::vector<Data> choices = {choice("", say(lang_, "routing.any"), value)};
            for (const Kind& kind : hooks_.kinds)
                choices.push_back(choice(kind.code, say(lang_, kind.message_key), value));
            // what a file said stays to be seen, and is refused
            const bool known = std::any_of(hooks_.kinds.begin(), hooks_.kinds.end(),
                                           [&](const Kind& kind) { return kind.code == value; });
            if (!known && !value.empty()) choices.push_back(choice(value, value, value));
            d.set("choices", std::move(choices)).set("chosen_from", true);
        }
        if (column == "returnable") {
            std::vector<Data> choices = {choice("yes", say(lang_, "routing.returnable_yes"), value),
                                         choice("no", say(lang_, "routing.returnable_no"), value)};
            if (!value.empty() && value != "yes" && value != "no") choices.push_back(choice(value, value, value));
            d.set("choices", std::move(choices)).set("chosen_from", true);
        }
        return d;
    }

    static Data choice(std::string_view value, std::string label, const std::string& chosen) {
        Data d;
        return d.set("value", value).set("label", std::move(label)).set("chosen", value == chosen);
    }

    Lang lang_;
    const Hooks& hooks_;
    const std::vector<kernel::Error>& errors_;
};

// To choose from while typing.
std::vector<Data> codes(const std::vector<Line>& typed) {
    std::vector<Data> all;
    for (const Line& line : typed) {
        const std::string& name = !line[1].empty() ? line[1] : !line[2].empty() ? line[2] : line[3];
        all.push_back(Data().set("value", line[0]).set("label", name));
    }
    return all;
}

std::vector<Data> units(const std::vector<people::Unit>& all) {
    std::vector<Data> rows;
    for (const people::Unit& one : all)
        if (one.open) rows.push_back(Data().set("value", unit_as_typed(all, one.id)).set("label", one.name));
    return rows;
}

Data fit_data(Lang lang, std::string_view key, const rules::Fit& fit, std::int64_t of) {
    const auto n = [&](std::int64_t part) {
        return say(lang, "routing.fit_n",
                   {{"n", page::number(lang, part)}, {"percent", page::percent(lang, part, of)}});
    };
    Data d;
    d.set("what", say(lang, key)).set("agree", n(fit.agree)).set("differ", n(fit.differ));
    return d.set("none", n(fit.none));
}

std::string name_of(Lang lang, const std::vector<people::Unit>& all, const std::optional<people::UnitId>& id) {
    if (!id) return say(lang, "routing.fits_none");
    for (const people::Unit& one : all)
        if (one.id == *id) return one.name;
    return std::to_string(id->value());
}

std::string told(Lang lang, const std::optional<std::string>& code) {
    if (!code) return say(lang, "routing.not_recorded");
    return code->empty() ? say(lang, "routing.not_told") : *code;
}

page::Html verdict(Lang lang, const rules::Tried& one) {
    if (!one.past.comparable()) return page::state(lang, "routing.not_comparable", page::Tone::neutral);
    if (!one.after) return page::state(lang, "routing.fits_none", page::Tone::due);
    if (*one.after == one.past.unit) return page::state(lang, "routing.agrees", page::Tone::done);
    return page::state(lang, "routing.differs", page::Tone::late);
}

}  // namespace

page::Html trial_part(Lang lang, const Hooks& hooks, const rules::Known& known, const rules::Trial& trial) {
    Data d;
    const std::int64_t compared = trial.compared();
    const auto n = [&](std::int64_t number) { return page::number(lang, number); };
    d.set("no_cases", trial.cases.empty()).set("cases_n", n(static_cast<std::int64_t>(trial.cases.size())));
    d.set("compared", n(compared)).set("not_comparable", n(trial.not_comparable)).set("moved", n(trial.moved));
    d.set("first", !known.now).set("any_compared", compared > 0);
    std::vector<Data> fits;
    if (known.now) fits.push_back(fit_data(lang, "routing.old_table", trial.before, compared));
    fits.push_back(fit_data(lang, "routing.new_table", trial.after, compared));
    d.set("fits", std::move(fits));
    std::vector<Data> rows;
    for (const rules::Tried& one : trial.cases) {
        Data row;
        const Past& past = one.past;
        row.set("number", past.number).set("link", hooks.case_link ? hooks.case_link(past.number) : std::string());
        row.set("kind", kind_words(lang, hooks, past.kind));
        row.set("category", told(lang, past.category)).set("district", told(lang, past.district));
        const bool comparable = past.comparable();
        row.set("before", comparable && known.now ? name_of(lang, known.units, one.before) : "–");
        row.set("after", comparable ? name_of(lang, known.units, one.after) : "–");
        row.set("answered", name_of(lang, known.units, past.unit)).set("verdict", verdict(lang, one));
        rows.push_back(std::move(row));
    }
    d.set("cases", std::move(rows));
    return page::render(lang, "routing/trial.html", d);
}

page::Page form_page(const Request& r, const Hooks& hooks, const rules::Known& known, const Filling& filling) {
    const Lang lang = page::lang_of(r);
    const Typed& typed = filling.typed;
    Data d;
    Cells cells(lang, hooks, filling.errors);
    d.set("categories", cells.lines(typed.categories, "category", listed_columns, filling.empty_rows));
    d.set("districts", cells.lines(typed.districts, "district", listed_columns, filling.empty_rows));
    d.set("rows", cells.lines(typed.rows, "row", row_columns, filling.empty_rows));
    d.set("category_codes", codes(typed.categories)).set("district_codes", codes(typed.districts));
    d.set("units", units(known.units));
    std::vector<std::string> fields = cells.fields_with_errors();
    for (const char* field : {"reason", "categories_csv", "districts_csv", "rows_csv"}) fields.push_back(field);
    page::Form::again(r, filling.errors).fill(lang, d, std::vector<std::string_view>(fields.begin(), fields.end()));
    d.set("action", filling.action).set("seen", typed.seen).set("files_read", filling.files_read);
    d.set("reason_value", typed.reason);
    if (filling.trial) d.set("trial", trial_part(lang, hooks, known, *filling.trial));
    d.set("tried", filling.trial.has_value());
    page::Page p;
    p.title = say(lang, "routing.form_title");
    p.section = "work";
    p.main = page::render(lang, "routing/form.html", d);
    p.status = filling.errors.empty() ? 200 : http::status_of(filling.errors.front().code);
    return p;
}

}  // namespace routing
