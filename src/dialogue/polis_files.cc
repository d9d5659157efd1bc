#include "polis_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>

#include <kernel/text.h>

#include "polis_table.h"
#include "store.h"

namespace dialogue::polis {
namespace {

using kernel::Error;

constexpr std::string_view votes_file = "votes.csv", matrix_file = "participants-votes.csv",
                           comments_file = "comments.csv", summary_file = "summary.csv";

std::string path_of(const std::string& folder, std::string_view file) {
    return (std::filesystem::path(folder) / file).string();
}

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return n;
}

// A number of a person or statement of the source.
std::optional<std::int64_t> source_number(std::string_view text) {
    const auto n = integer(text);
    return n && *n >= 0 && *n <= max_person ? n : std::nullopt;
}

std::optional<Choice> choice_of(std::string_view text) {
    if (text == "1") return Choice::agree;
    if (text == "0") return Choice::pass;
    if (text == "-1") return Choice::disagree;
    return std::nullopt;
}

std::optional<State> state_of(std::string_view moderated) {
    if (moderated == "1") return State::accepted;
    if (moderated == "0") return State::pending;
    if (moderated == "-1") return State::set_aside;
    return std::nullopt;
}

// Milliseconds of 1970 to 2199, as a UTC day.
std::optional<kernel::Day> day_of(std::string_view milliseconds) {
    constexpr std::int64_t a_day = 86'400'000, latest = 84'000 * a_day;
    const auto ms = integer(milliseconds);
    if (!ms || *ms < 0 || *ms > latest) return std::nullopt;
    return kernel::Day{*ms / a_day};
}

// Our own exports put ' before what a spreadsheet would take for a formula (files/csv.h).
std::string without_guard(std::string text) {
    if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string_view::npos)
        text.erase(0, 1);
    return text;
}

kernel::Result<std::vector<SourceStatement>> read_statements(const std::string& folder) {
    auto table = open_table(folder, comments_file);
    if (!table) return table.error();
    const auto time = table->column("timestamp"), number = table->column("comment-id"),
               state = table->column("moderated"), text = table->column("comment-body");
    for (const auto* column : {&time, &number, &state, &text})
        if (!*column) return column->error();
    std::vector<SourceStatement> all;
    std::set<std::int64_t> seen;
    while (true) {
        auto row = table->next();
        if (!row) return row.error();
        if (!*row) break;
        const std::vector<std::string>& cells = **row;
        const auto n = source_number(cells[*number]);
        if (!n) return table->fault("dialogue.polis_number", *number);
        if (!seen.insert(*n).second) return table->fault("dialogue.polis_twice", *number);
        const auto day = day_of(cells[*time]);
        if (!day) return table->fault("dialogue.polis_number", *time);
        const auto shown = state_of(cells[*state]);
        if (!shown) return table->fault("dialogue.polis_state", *state);
        auto admitted = kernel::admit(cells[*text], "comment-body", max_imported, kernel::Lines::many);
        if (!admitted || admitted->empty()) return table->fault("dialogue.polis_text", *text);
        all.push_back({*n, *shown, *day, without_guard(*std::move(admitted))});
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return all;
}

kernel::Checked read_summary(const std::string& folder, Source& source) {
    auto table = open_table(folder, summary_file);
    if (!table) return table.error();
    // A list of names and values without a header: the first pair stands where a header would.
    std::vector<std::vector<std::string>> pairs = {table->reader.header()};
    while (true) {
        auto row = table->next();
        if (!row) return row.error();
        if (!*row) break;
        pairs.push_back(**std::move(row));
    }
    const auto value = [&](std::string_view name, std::size_t max) {
        for (const auto& pair : pairs)
            if (pair.size() >= 2 && pair[0] == name) {
                const auto admitted = kernel::admit(pair[1], name, 100'000, kernel::Lines::many);
                return admitted ? std::string(kernel::first_code_points(*admitted, max)) : std::string();
            }
        return std::string();
    };
    source.topic = value("topic", max_question);
    source.about = value("conversation-description", max_about);
    source.url = value("url", 300);
    if (source.topic.empty())
        return Error{kernel::Code::malformed,
                     "dialogue.polis_column",
                     std::string(summary_file),
                     {{"file", std::string(summary_file)}, {"line", "1"}, {"column", "1"}, {"name", "topic"}}};
    return {};
}

// Chained over pieces, so that no file is held whole.
void add_file(const std::string& path, kernel::Hash& hash) {
    std::ifstream in(path, std::ios::binary);
    std::string piece(1 << 20, '\0');
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hash = kernel::sha256(
            {kernel::View(hash), kernel::view(std::string_view(piece.data(), static_cast<std::size_t>(in.gcount())))});
    }
}

bool has_votes_file(const std::string& folder) { return std::filesystem::exists(path_of(folder, votes_file)); }

}  // namespace

// ---- votes ---------------------------------------------------------------------------------------------------------

struct VoteReader::Scan {
    Table table;
    bool matrix = false;
    std::unordered_set<std::int64_t> statements;
    std::size_t person = 0, statement = 0, choice = 0,
                time = 0;                   // columns; in a matrix `statement` is the first of many
    std::vector<std::int64_t> numbers;      // of a matrix' columns, from `statement` on
    std::unordered_set<std::int64_t> seen;  // people of a matrix
    std::vector<std::string> row;           // of a matrix, being read
    std::size_t cell = 0;

    kernel::Checked columns();
    kernel::Checked matrix_columns();
    kernel::Result<std::optional<SourceVote>> from_row();
    kernel::Result<std::optional<SourceVote>> from_matrix();
};

kernel::Checked VoteReader::Scan::columns() {
    for (const auto& [name, at] :
         {std::pair{"voter-id", &person}, {"comment-id", &statement}, {"vote", &choice}, {"timestamp", &time}}) {
        const auto found = table.column(name);
        if (!found) return found.error();
        *at = *found;
    }
    return {};
}

kernel::Checked VoteReader::Scan::matrix_columns() {
    const auto found = table.column("participant");
    if (!found) return found.error();
    person = *found;
    const auto& header = table.reader.header();
    while (statement < header.size() && !source_number(header[statement])) ++statement;
    for (std::size_t i = statement; i < header.size(); ++i) {
        const auto n = source_number(header[i]);
        if (!n) return table.fault("dialogue.polis_number", i);
        if (!statements.contains(*n)) return table.fault("dialogue.polis_unknown", i);
        numbers.push_back(*n);
    }
    std::vector<std::int64_t> sorted = numbers;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        return table.fault("dialogue.polis_twice", statement);
    return {};
}

kernel::Result<std::optional<SourceVote>> VoteReader::Scan::from_row() {
    auto next = table.next();
    if (!next) return next.error();
    if (!*next) return std::optional<SourceVote>();
    const std::vector<std::string>& cells = **next;
    const auto who = source_number(cells[person]), what = source_number(cells[statement]);
    if (!who) return table.fault("dialogue.polis_number", person);
    if (!what) return table.fault("dialogue.polis_number", statement);
    if (!statements.contains(*what)) return table.fault("dialogue.polis_unknown", statement);
    const auto chosen = choice_of(cells[choice]);
    if (!chosen) return table.fault("dialogue.polis_choice", choice);
    const auto day = day_of(cells[time]);
    if (!day) return table.fault("dialogue.polis_number", time);
    return std::optional(SourceVote{*who, *what, *chosen, day});
}

kernel::Result<std::optional<SourceVote>> VoteReader::Scan::from_matrix() {
    while (true) {
        for (; cell < row.size(); ++cell) {
            if (row[cell].empty()) continue;
            const auto chosen = choice_of(row[cell]);
            if (!chosen) return table.fault("dialogue.polis_choice", cell);
            const SourceVote vote{*source_number(row[person]), numbers[cell - statement], *chosen, std::nullopt};
            ++cell;
            return std::optional(vote);
        }
        auto next = table.next();
        if (!next) return next.error();
        if (!*next) return std::optional<SourceVote>();
        row = **std::move(next);
        cell = statement;
        const auto who = source_number(row[person]);
        if (!who) return table.fault("dialogue.polis_number", person);
        if (!seen.insert(*who).second) return table.fault("dialogue.polis_twice", person);
    }
}

VoteReader::VoteReader(std::unique_ptr<Scan> scan) : scan_(std::move(scan)) {}
VoteReader::VoteReader(VoteReader&&) noexcept = default;
VoteReader& VoteReader::operator=(VoteReader&&) noexcept = default;
VoteReader::~VoteReader() = default;

kernel::Result<VoteReader> VoteReader::open(const std::string& folder, const std::vector<SourceStatement>& statements) {
    const bool matrix = !has_votes_file(folder);
    auto table = open_table(folder, matrix ? matrix_file : votes_file);
    if (!table) return table.error();
    auto scan = std::make_unique<Scan>(Scan{*std::move(table), matrix, {}, 0, 0, 0, 0, {}, {}, {}, 0});
    for (const SourceStatement& s : statements) scan->statements.insert(s.number);
    const auto ok = matrix ? scan->matrix_columns() : scan->columns();
    if (!ok) return ok.error();
    return VoteReader(std::move(scan));
}

kernel::Result<std::optional<SourceVote>> VoteReader::next() {
    return scan_->matrix ? scan_->from_matrix() : scan_->from_row();
}

kernel::Result<Source> check(const std::string& folder) {
    Source source;
    if (auto ok = read_summary(folder, source); !ok) return ok.error();
    auto statements = read_statements(folder);
    if (!statements) return statements.error();
    source.statements = *std::move(statements);
    auto reader = VoteReader::open(folder, source.statements);
    if (!reader) return reader.error();
    while (true) {
        const auto vote = reader->next();
        if (!vote) return vote.error();
        if (!*vote) break;
        ++source.votes;
    }
    for (std::string_view file : {summary_file, comments_file, has_votes_file(folder) ? votes_file : matrix_file})
        add_file(path_of(folder, file), source.files);
    return source;
}

}  // namespace dialogue::polis
