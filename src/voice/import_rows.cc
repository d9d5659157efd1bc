#include "import_rows.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <kernel/text.h>

namespace voice {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& one : names) all += all.empty() ? one : ", " + one;
    return all;
}

bool unreadable(char32_t c) {
    if (c == '\t' || c == '\n') return false;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

std::optional<int> whole(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<kernel::Day> existing(int year, int month, int day) {
    std::string text = std::to_string(year);
    for (int part : {month, day}) text += (part < 10 ? "-0" : "-") + std::to_string(part);
    return kernel::parse_day(text);
}

}  // namespace

std::string header_words(const files::CsvReader& reader) { return joined(reader.header()); }

kernel::Result<Columns> columns_of(const files::CsvReader& reader, const ColumnMap& map) {
    Columns columns;
    std::optional<std::size_t> text;
    const Register none, &cases = map.cases ? *map.cases : none;
    const std::pair<const std::string&, std::optional<std::size_t>&> wanted[] = {{map.text, text},
                                                                                 {map.title, columns.title},
                                                                                 {map.kind, columns.kind},
                                                                                 {map.place, columns.place},
                                                                                 {map.lang, columns.lang},
                                                                                 {map.date, columns.date},
                                                                                 {cases.reply, columns.reply},
                                                                                 {cases.reply_date, columns.reply_date},
                                                                                 {cases.unit, columns.unit},
                                                                                 {cases.rating, columns.rating},
                                                                                 {cases.number, columns.number}};
    for (const auto& [name, column] : wanted) {
        const bool needed = &column == &text || (map.cases && &column == &columns.reply);
        if (name.empty() && !needed) continue;
        column = reader.column(name);
        if (!column)
            return kernel::refuse(kernel::Code::invalid, "voice.import_no_column",
                                  {{"column", name}, {"header", joined(reader.header())}});
    }
    columns.text = *text;
    return columns;
}

kernel::Result<Draft> draft_of(const std::vector<std::string>& cells, const Columns& columns, const ColumnMap& map,
                               std::int64_t line) {
    std::optional<kernel::Error> fault;
    const auto admitted = [&](std::optional<std::size_t> column, std::string_view field, std::size_t max,
                              kernel::Lines lines) {
        if (!column) return std::string();
        std::string text = readable(cells[*column]);
        if (lines == kernel::Lines::one) std::replace(text.begin(), text.end(), '\n', ' ');
        kernel::Result<std::string> one = kernel::admit(text, field, max, lines);
        if (one) return *std::move(one);
        if (!fault)
            fault = kernel::refuse(
                kernel::Code::malformed, "voice.import_row",
                {{"line", std::to_string(line)}, {"column", std::string(field)}, {"max", std::to_string(max)}});
        return std::string();
    };
    Draft draft;
    draft.way = Way::imported;
    draft.text = admitted(columns.text, "text", max_imported, kernel::Lines::many);
    draft.title = admitted(columns.title, "title", max_imported_title, kernel::Lines::one);
    // A row with a title alone says what it says in its title.
    if (draft.text.empty()) draft.text.swap(draft.title);
    draft.place = admitted(columns.place, "place", max_place, kernel::Lines::one);
    draft.lang = columns.lang ? std::string(kernel::trim(cells[*columns.lang])) : map.fixed_lang;
    if (draft.lang.empty()) draft.lang = "und";
    if (columns.kind) draft.kind = kind_said(kernel::trim(cells[*columns.kind])).value_or(Kind::suggestion);
    if (columns.date) draft.said_on = said_on(kernel::trim(cells[*columns.date]));
    if (fault) return *fault;
    return draft;
}

std::optional<kernel::Day> said_on(std::string_view text) {
    std::string_view date = text.substr(0, text.find_first_of("T "));
    const std::size_t mark = date.find_first_not_of("0123456789");
    if (mark == std::string_view::npos || std::string_view("-/.").find(date[mark]) == std::string_view::npos)
        return std::nullopt;
    const std::vector<std::string_view> parts = kernel::split(date, date[mark]);
    if (parts.size() != 3) return std::nullopt;
    std::array<int, 3> n{};
    for (std::size_t i = 0; i < 3; ++i) {
        const std::optional<int> value = whole(parts[i]);
        if (!value || *value < 1 || *value > 9999) return std::nullopt;
        n[i] = *value;
    }
    if (parts[0].size() == 4) return existing(n[0], n[1], n[2]);
    return parts[2].size() == 4 ? existing(n[2], n[1], n[0]) : std::nullopt;
}

std::optional<Kind> kind_said(std::string_view text) {
    constexpr std::pair<std::string_view, Kind> chinese[] = {
        {"求助", Kind::help},      {"請求協助", Kind::help},   {"投诉", Kind::complaint},  {"申訴", Kind::complaint},
        {"投訴", Kind::complaint}, {"建议", Kind::suggestion}, {"建議", Kind::suggestion}, {"咨询", Kind::question},
        {"詢問", Kind::question},  {"諮詢", Kind::question},   {"表扬", Kind::praise},     {"表揚", Kind::praise},
        {"肯定", Kind::praise}};
    for (const auto& [word, kind] : chinese)
        if (word == text) return kind;
    return parse_kind(text);
}

std::string readable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view one = kernel::first_code_points(text.substr(i), 1);
        i += one.size();
        if (one == "\r") {
            if (i < text.size() && text[i] == '\n') continue;
            out += '\n';
            continue;
        }
        const auto first = static_cast<unsigned char>(one[0]);
        char32_t c = one.size() == 1 ? first : first & (0xFFu >> (one.size() + 1));
        for (std::size_t k = 1; k < one.size(); ++k) c = c << 6 | (static_cast<unsigned char>(one[k]) & 0x3Fu);
        if (unreadable(c))
            out += "\uFFFD";
        else
            out += one;
    }
    return out;
}

}  // namespace voice
