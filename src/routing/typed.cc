#include "typed.h"

#include <algorithm>
#include <charconv>
#include <span>

#include <files/csv.h>
#include <kernel/text.h>
#include <ledger/ledger.h>

namespace routing {
namespace {

using kernel::Error;
using kernel::invalid;

constexpr std::size_t most_typed = 200;  // code points of a cell; what a cell may be, the rules say
constexpr std::size_t most_lines = 2 * max_rows;

// "row_7_unit" -> line 7, "unit", where the name begins with this list's.
std::optional<std::pair<std::size_t, std::string_view>> line_of(std::string_view field, std::string_view list) {
    if (!field.starts_with(list) || field.size() <= list.size() || field[list.size()] != '_') return std::nullopt;
    field.remove_prefix(list.size() + 1);
    std::size_t line = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), line);
    field.remove_prefix(static_cast<std::size_t>(end - field.data()));
    if (error != std::errc() || line < 1 || line > most_lines || field.empty() || field[0] != '_') return std::nullopt;
    return std::pair(line, field.substr(1));
}

void put(std::vector<Line>& lines, std::span<const std::string_view> columns, std::string_view list,
         const std::string& field, const std::string& value) {
    const auto at = line_of(field, list);
    const auto column = at ? std::find(columns.begin(), columns.end(), at->second) : columns.end();
    if (column == columns.end()) return;
    if (lines.size() < at->first) lines.resize(at->first, Line(columns.size()));
    lines[at->first - 1][static_cast<std::size_t>(column - columns.begin())] = value;
}

// Whether it may be handed back is always chosen: a row that says nothing else is none.
void drop_empty(std::vector<Line>& lines, std::size_t columns_that_count) {
    std::erase_if(lines, [&](const Line& line) {
        return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(columns_that_count),
                           [](const std::string& cell) { return kernel::trim(cell).empty(); });
    });
}

constexpr std::size_t conditions_and_unit = 4;

std::vector<Line> typed_of(const std::vector<Listed>& list) {
    std::vector<Line> lines;
    for (const Listed& one : list) lines.push_back({one.code, one.names.zh_hans, one.names.zh_hant, one.names.en});
    return lines;
}

std::vector<Error> read_file(const http::Request& request, std::string_view field,
                             std::span<const std::string_view> columns, std::string_view needed, std::size_t most,
                             std::vector<Line>& lines) {
    const auto sent = std::find_if(request.uploads.begin(), request.uploads.end(),
                                   [&](const auto& upload) { return upload->field == field && upload->size > 0; });
    if (sent == request.uploads.end()) return {};
    const auto wrong = [&](Error error) {
        error.field = field;
        return std::vector<Error>{std::move(error)};
    };
    auto file = files::CsvReader::open((*sent)->path);
    if (!file) return wrong(file.error());
    std::vector<std::optional<std::size_t>> at;
    for (std::string_view column : columns) {
        at.push_back(file->column(column));
        if (column == needed && !at.back())
            return wrong(invalid("", "routing.csv_column", {{"column", std::string(column)}}));
    }
    std::vector<Line> read;
    for (;;) {
        auto row = file->next();
        if (!row) return wrong(row.error());
        if (!*row) break;
        if (read.size() == most) return wrong(invalid("", "routing.csv_too_many", {{"max", std::to_string(most)}}));
        Line line;
        for (const auto& column : at) line.push_back(column ? (**row)[*column] : std::string());
        read.push_back(std::move(line));
    }
    drop_empty(read, std::min(columns.size(), conditions_and_unit));
    lines = std::move(read);
    return {};
}

class Admitting {
public:
    explicit Admitting(const rules::Known& known) : known_(known) {}

    std::vector<Listed> list(const std::vector<Line>& lines, std::string_view list) {
        std::vector<Listed> all;
        for (const Line& line : lines) {
            const auto cell = [&](std::size_t column) {
                return admitted(line[column], list, all.size() + 1, listed_columns[column]);
            };
            all.push_back({cell(0), {cell(1), cell(2), cell(3)}});
        }
        return all;
    }

    std::vector<Row> rows(const std::vector<Line>& lines) {
        std::vector<Row> all;
        for (const Line& line : lines) {
            const std::size_t n = all.size() + 1;
            const auto cell = [&](std::size_t column) { return admitted(line[column], "row", n, row_columns[column]); };
            Row row{cell(0), cell(1), cell(2), unit(cell(3), n), true};
            const std::string returnable = cell(4);
            if (returnable == "no")
                row.returnable = false;
            else if (!returnable.empty() && returnable != "yes")
                wrong.push_back(invalid(rules::field_of("row", n, "returnable"), "routing.returnable_form",
                                        {{"row", std::to_string(n)}}));
            all.push_back(std::move(row));
        }
        return all;
    }

    std::vector<Error> wrong;

private:
    std::string admitted(std::string_view raw, std::string_view list, std::size_t line, std::string_view column) {
        const std::string field = rules::field_of(list, line, column);
        auto text = kernel::admit(raw, field, most_typed, kernel::Lines::one);
        if (text) return *std::move(text);
        Error error = text.error();
        if (error.key == "kernel.text_too_long")
            error = invalid(field, std::string("routing.").append(list).append("_too_long"),
                            {{"row", std::to_string(line)}, {"max", std::to_string(max_name)}});
        wrong.push_back(std::move(error));
        return {};
    }

    // No unit where there is none: the rules refuse that.
    people::UnitId unit(const std::string& typed, std::size_t line) {
        if (const auto number = kernel::parse_index(typed)) return people::UnitId(*number);
        people::UnitId found;
        for (const people::Unit& one : known_.units) {
            if (!one.open || one.name != typed) continue;
            if (found) {
                wrong.push_back(invalid(rules::field_of("row", line, "unit"), "routing.unit_ambiguous",
                                        {{"row", std::to_string(line)}, {"unit", typed}}));
                return found;
            }
            found = one.id;
        }
        return found;
    }

    const rules::Known& known_;
};

}  // namespace

Typed typed_of(const http::Request& request) {
    Typed typed;
    for (const auto& [field, value] : request.form) {
        put(typed.categories, listed_columns, "category", field, value);
        put(typed.districts, listed_columns, "district", field, value);
        put(typed.rows, row_columns, "row", field, value);
    }
    drop_empty(typed.categories, std::size(listed_columns));
    drop_empty(typed.districts, std::size(listed_columns));
    drop_empty(typed.rows, conditions_and_unit);
    typed.reason = request.field("reason").value_or("");
    typed.seen = request.field("seen").value_or("");
    return typed;
}

Typed typed_of(const Lists& lists, const std::vector<people::Unit>& units) {
    Typed typed{typed_of(lists.categories), typed_of(lists.districts), {}, {}, {}};
    for (const Row& row : lists.rows)
        typed.rows.push_back(
            {row.category, row.district, row.kind, unit_as_typed(units, row.unit), row.returnable ? "yes" : "no"});
    return typed;
}

std::vector<Error> read_files(const http::Request& request, Typed& typed) {
    std::vector<Error> wrong;
    const auto add = [&](std::vector<Error> more) { wrong.insert(wrong.end(), more.begin(), more.end()); };
    add(read_file(request, "categories_csv", listed_columns, "code", max_categories, typed.categories));
    add(read_file(request, "districts_csv", listed_columns, "code", max_districts, typed.districts));
    add(read_file(request, "rows_csv", row_columns, "unit", max_rows, typed.rows));
    return wrong;
}

std::pair<Lists, std::vector<Error>> lists_of(const Typed& typed, const rules::Known& known) {
    Admitting door(known);
    Lists lists{door.list(typed.categories, "category"), door.list(typed.districts, "district"), door.rows(typed.rows)};
    for (Error& error : rules::faults(lists, known)) {
        const bool told = std::any_of(door.wrong.begin(), door.wrong.end(),
                                      [&](const Error& other) { return other.field == error.field; });
        if (!told) door.wrong.push_back(std::move(error));
    }
    if (door.wrong.size() > rules::most_faults) door.wrong.resize(rules::most_faults);
    return {std::move(lists), std::move(door.wrong)};
}

std::string unit_as_typed(const std::vector<people::Unit>& units, people::UnitId id) {
    const auto is = std::find_if(units.begin(), units.end(), [&](const people::Unit& one) { return one.id == id; });
    const bool enough = is != units.end() && is->open && !kernel::parse_index(is->name) &&
                        std::count_if(units.begin(), units.end(),
                                      [&](const people::Unit& one) { return one.open && one.name == is->name; }) == 1;
    return enough ? is->name : std::to_string(id.value());
}

std::string csv_of(const Lists& lists, List list, const std::vector<people::Unit>& units) {
    const Typed typed = typed_of(lists, units);
    const auto& lines = list == List::categories  ? typed.categories
                        : list == List::districts ? typed.districts
                                                  : typed.rows;
    const std::span<const std::string_view> columns =
        list == List::rows ? std::span<const std::string_view>(row_columns) : listed_columns;
    std::string text(files::csv_bom);
    text += files::csv_row({columns.begin(), columns.end()});
    for (const Line& line : lines) text += files::csv_row(line);
    return text;
}

}  // namespace routing
