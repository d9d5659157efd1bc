#include "taken_over.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <db/database.h>
#include <files/csv.h>
#include <kernel/bytes.h>
#include <kernel/text.h>

#include "import_rows.h"
#include "personal.h"
#include "rules.h"
#include "there.h"

namespace voice {
namespace {

kernel::Error at_line(std::string key, std::int64_t line, std::vector<std::pair<std::string, std::string>> more) {
    more.insert(more.begin(), {"line", std::to_string(line)});
    return kernel::refuse(kernel::Code::malformed, std::move(key), std::move(more));
}

// What stands in a cell, without blanks around it; "" where the column was not named.
std::string cell_of(const std::vector<std::string>& cells, std::optional<std::size_t> column) {
    return column ? std::string(kernel::trim(cells[*column])) : std::string();
}

std::int64_t first_bytes(const kernel::Hash& hash) {
    std::int64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | hash[i];
    return number;
}

bool covers(const kernel::Calendar& calendar, kernel::Day from, kernel::Day to) {
    return (!calendar.covers_from || *calendar.covers_from <= from) &&
           (!calendar.covers_to || to <= *calendar.covers_to);
}

}  // namespace

kernel::Result<deadline::Term> parse_term(std::string_view text) {
    deadline::Term term;
    int n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc() || n < 1) return kernel::invalid("term", "voice.import_term");
    if (unit == "wd")
        term.unit = deadline::Unit::working_days;
    else if (unit == "d")
        term.unit = deadline::Unit::days;
    else if (unit == "w")
        term.unit = deadline::Unit::weeks;
    else if (unit == "m")
        term.unit = deadline::Unit::months;
    else
        return kernel::invalid("term", "voice.import_term");
    term.n = n;
    if (!deadline::check(term)) return kernel::invalid("term", "voice.import_term");
    return term;
}

std::optional<int> rating_said(std::string_view text) {
    constexpr std::pair<std::string_view, int> chinese[] = {
        {"非常满意", 5}, {"非常滿意", 5}, {"满意", 4},   {"滿意", 4},   {"基本满意", 3},   {"基本滿意", 3},
        {"一般", 3},     {"普通", 3},     {"不满意", 2}, {"不滿意", 2}, {"非常不满意", 1}, {"非常不滿意", 1}};
    for (const auto& [word, stars] : chinese)
        if (word == text) return stars;
    return text.size() == 1 && text[0] >= '1' && text[0] <= '5' ? std::optional(text[0] - '0') : std::nullopt;
}

Before came(const Outcome& o) {
    if (!o.replied) return Before::unanswered;
    if (!o.said_on || !o.replied_on || !o.due || *o.replied_on < *o.said_on) return Before::replied;
    return *o.replied_on <= *o.due ? Before::in_time : Before::late;
}

kernel::Hash origin_of(const people::Needs& needs, std::string_view source, std::string_view number) {
    std::string text = "huiyin register v1";
    for (std::string_view part : {source, number}) text += '\0', text += part;
    return kernel::hmac_sha256(needs.server_key, kernel::view(text));
}

kernel::Checked Cases::take(const std::vector<std::string>& cells, const Columns& at, std::int64_t line,
                            change::Imported& c) {
    const auto day_in = [&](std::optional<std::size_t> column) -> kernel::Result<std::optional<kernel::Day>> {
        const std::string text = cell_of(cells, column);
        std::optional<kernel::Day> day = said_on(text);
        if (!day && !text.empty())
            return at_line("voice.import_date", line, {{"column", header_[*column]}, {"text", readable(text)}});
        return day;
    };
    const auto words_in = [&](std::optional<std::size_t> column, std::string_view field, std::size_t max,
                              kernel::Lines lines) -> kernel::Result<std::string> {
        if (!column) return std::string();
        kernel::Result<std::string> text = kernel::admit(readable(cells[*column]), field, max, lines);
        if (text) return text;
        return at_line("voice.import_row", line, {{"column", header_[*column]}, {"max", std::to_string(max)}});
    };
    change::TakenOver t;
    const auto said = day_in(at.date), replied = day_in(at.reply_date);
    if (!said) return said.error();
    if (!replied) return replied.error();
    auto reply = words_in(at.reply, "reply", max_imported, kernel::Lines::many);
    auto number = words_in(at.number, "number", max_place, kernel::Lines::one);
    auto named = words_in(at.unit, "unit", max_place, kernel::Lines::one);
    for (const auto* one : {&reply, &number, &named})
        if (!*one) return one->error();
    t.reply = *std::move(reply), t.number = *std::move(number), t.named = *std::move(named);
    t.replied = !t.reply.empty() || *replied;
    t.replied_on = *replied;
    const std::string rating = cell_of(cells, at.rating);
    t.rating = rating_said(rating);
    if (!t.rating && !rating.empty()) return at_line("voice.import_rating", line, {{"text", readable(rating)}});
    if (how_.all_of && t.named.empty()) t.unit = how_.all_of;
    if (!t.named.empty()) {
        const auto found = how_.units.find(t.named);
        if (found == how_.units.end()) return at_line("voice.import_unit_open", line, {{"unit", t.named}});
        if (found->second) t.unit = found->second;
    }
    if (how_.term && c.said_on) {
        t.term = counted_there(*c.said_on);
        if (how_.term->unit == deadline::Unit::working_days && !covers(calendar_, *c.said_on, t.term->due))
            return at_line("voice.import_uncovered", line,
                           {{"from", calendar_.covers_from ? kernel::iso(*calendar_.covers_from) : "…"},
                            {"to", calendar_.covers_to ? kernel::iso(*calendar_.covers_to) : "…"}});
    }
    if (!t.number.empty()) t.origin = origin_of(needs_, c.source, t.number);
    const auto tells = [](const std::string& text) { return !find_personal(text).empty(); };
    t.unit_only = how_.unit_only || tells(c.words->title) || tells(c.words->text) || tells(c.words->place);
    c.before = std::move(t);
    return {};
}

change::Counted Cases::counted_there(kernel::Day said_on) const {
    return {deadline::count(calendar_, said_on, *how_.term), {}};
}

kernel::Result<bool> Cases::repeats(const change::Imported& c, std::int64_t line) {
    if (!c.before->origin) return false;
    const ledger::Draft said = change::encode(c);
    const std::string all = kernel::canonical(said.facts) + kernel::canonical(*said.words);
    const auto [found, fresh] =
        seen_.emplace(first_bytes(*c.before->origin), first_bytes(kernel::sha256(kernel::view(all))));
    if (fresh) return false;
    if (found->second == first_bytes(kernel::sha256(kernel::view(all)))) return true;
    return at_line("voice.import_number_twice", line, {{"number", c.before->number}});
}

// ---- units ---------------------------------------------------------------------------------------------------------
kernel::Result<std::vector<NamedUnit>> units_named(const people::Needs& needs, const std::string& path,
                                                   const ColumnMap& map) {
    auto reader = files::CsvReader::open(path, map.encoding);
    if (!reader) return reader.error();
    const auto columns = columns_of(*reader, map);
    if (!columns) return columns.error();
    std::unordered_map<std::string, std::int64_t> rows;
    for (;;) {
        const auto cells = reader->next();
        if (!cells) return cells.error();
        if (!*cells) break;
        if (!columns->unit) continue;
        const auto name = kernel::admit(readable((**cells)[*columns->unit]), "unit", max_place, kernel::Lines::one);
        if (!name)
            return at_line("voice.import_row", reader->line(),
                           {{"column", reader->header()[*columns->unit]}, {"max", std::to_string(max_place)}});
        if (!name->empty()) ++rows[*name];
    }
    std::unordered_map<std::string, std::vector<people::UnitId>> called;
    for (const people::Unit& unit : people::units(*needs.database.read()))
        if (unit.open) called[unit.name].push_back(unit.id);
    std::vector<NamedUnit> all;
    for (const auto& [name, n] : rows) {
        const auto found = called.find(name);
        const bool one = found != called.end() && found->second.size() == 1;
        all.push_back({name, n, one ? std::optional(found->second.front()) : std::nullopt});
    }
    std::sort(all.begin(), all.end(), [](const NamedUnit& a, const NamedUnit& b) {
        return a.rows != b.rows ? a.rows > b.rows : a.name < b.name;
    });
    return all;
}

std::string units_list(const std::vector<NamedUnit>& all) {
    std::string text(files::csv_bom);
    text += files::csv_row({"name", "rows", "unit"});
    for (const NamedUnit& one : all)
        text += files::csv_row(
            {one.name, std::to_string(one.rows), one.unit ? std::to_string(one.unit->value()) : std::string()});
    return text;
}

kernel::Result<std::map<std::string, people::UnitId>> read_units(const people::Needs& needs, const std::string& path) {
    auto reader = files::CsvReader::open(path);
    if (!reader) return reader.error();
    const auto name = reader->column("name"), unit = reader->column("unit");
    if (!name || !unit)
        return kernel::refuse(kernel::Code::invalid, "voice.import_no_column",
                              {{"column", name ? "unit" : "name"}, {"header", header_words(*reader)}});
    std::map<std::string, people::UnitId> all;
    std::vector<std::string> open;
    for (;;) {
        const auto cells = reader->next();
        if (!cells) return cells.error();
        if (!*cells) break;
        // A spreadsheet's guard against formulas is no part of the name.
        std::string_view called = (**cells)[*name];
        if (called.size() > 1 && called[0] == '\'' &&
            std::string_view("=+-@").find(called[1]) != std::string_view::npos)
            called.remove_prefix(1);
        const std::string said(kernel::trim((**cells)[*unit]));
        if (said.empty()) {
            open.emplace_back(called);
            continue;
        }
        const auto id = kernel::parse_index(said);
        if (!id || (*id != 0 && !people::unit(*needs.database.read(), people::UnitId(*id))))
            return at_line("voice.import_unit_unknown", reader->line(), {{"unit", readable(said)}});
        all[std::string(called)] = people::UnitId(*id);
    }
    if (open.empty()) return all;
    std::string names;
    for (std::size_t i = 0; i < open.size() && i < 5; ++i) names += (i ? ", " : "") + open[i];
    return kernel::refuse(kernel::Code::invalid, "voice.import_units_open",
                          {{"n", std::to_string(open.size())}, {"names", names}});
}

}  // namespace voice
