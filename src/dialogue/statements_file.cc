#include "statements_file.h"

#include <filesystem>
#include <fstream>
#include <set>

#include <files/csv.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <text/tokens.h>

#include "change.h"
#include "rules.h"

namespace dialogue {
namespace {

struct Row {
    std::string text, lang;
};

// Collects the statements of a file, line by line.
class Reading {
public:
    explicit Reading(const StatementsFile& asked)
        : asked_(asked), name_(std::filesystem::path(asked.file).filename().string()) {}

    kernel::Error fault(std::string_view key, std::int64_t line) const {
        return {kernel::Code::malformed, std::string(key), "file", {{"file", name_}, {"line", std::to_string(line)}}};
    }
    kernel::Error named(kernel::Error error) const {
        error.field = "file";
        error.args.emplace_back("file", name_);
        return error;
    }
    kernel::Checked take(std::int64_t line, std::string_view state, std::string_view text, std::string_view lang) {
        if ((!state.empty() && state != name(State::accepted)) || text.empty()) return ++passed_over, kernel::Checked();
        auto admitted = kernel::admit(text, "text", max_statement, kernel::Lines::one);
        if (!admitted || text::folded(*admitted).empty()) return fault("dialogue.file_text", line);
        const std::string tag(lang.empty() ? std::string_view(asked_.lang) : lang);
        if (!kernel::language_tag(tag)) return fault("dialogue.file_lang", line);
        if (!seen_.insert(*admitted).second) return ++passed_over, kernel::Checked();
        rows.push_back({*std::move(admitted), tag});
        return {};
    }

    std::vector<Row> rows;
    std::int64_t passed_over = 0;

private:
    const StatementsFile& asked_;
    const std::string name_;
    std::set<std::string> seen_;
};

kernel::Checked read_csv(const std::string& path, Reading& into) {
    auto reader = files::CsvReader::open(path);
    if (!reader) return into.named(reader.error());
    const auto text = reader->column("text"), lang = reader->column("lang"), state = reader->column("state");
    if (!text) return into.fault("dialogue.file_column", 1);
    while (true) {
        auto row = reader->next();
        if (!row) return into.named(row.error());
        if (!*row) return {};
        const std::vector<std::string>& cells = **row;
        // What our own exports put before a cell that a spreadsheet would take for a formula.
        const std::string& cell = cells[*text];
        const bool guarded =
            cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@").find(cell[1]) != std::string_view::npos;
        if (auto ok = into.take(reader->line(), state ? cells[*state] : "",
                                std::string_view(cell).substr(guarded ? 1 : 0), lang ? cells[*lang] : "");
            !ok)
            return ok;
    }
}

kernel::Checked read_lines(const std::string& path, Reading& into) {
    constexpr std::size_t longest = 1U << 20;
    std::ifstream in(path, std::ios::binary);
    if (!in) return into.named(kernel::refuse(kernel::Code::not_found, "files.csv_missing", {{"path", path}}));
    std::int64_t line = 0;
    for (std::string text; std::getline(in, text);) {
        ++line;
        if (text.empty() || text == "\r") continue;
        const auto json = text.size() > longest ? std::nullopt : std::optional(kernel::parse_json(text));
        if (!json || !*json || !(**json).object()) return into.fault("dialogue.file_json", line);
        const auto member = [&](const char* key) {
            const std::string* found = (**json)[key].string();
            return found ? std::string_view(*found) : std::string_view();
        };
        if (auto ok = into.take(line, member("state"), member("text"), member("lang")); !ok) return ok;
    }
    return {};
}

// Of one language, and no more than one act takes.
std::size_t end_of_act(const std::vector<Row>& rows, std::size_t from) {
    std::size_t end = from;
    while (end < rows.size() && end - from < max_seeds && rows[end].lang == rows[from].lang) ++end;
    return end;
}

}  // namespace

kernel::Result<StatementsTaken> import_statements(
    const people::Needs& needs, const StatementsFile& asked,
    const std::function<void(std::int64_t done, std::int64_t of)>& progress) {
    Reading read(asked);
    const bool lines = std::filesystem::path(asked.file).extension() == ".jsonl";
    if (auto ok = lines ? read_lines(asked.file, read) : read_csv(asked.file, read); !ok) return ok.error();
    std::string all;
    for (const Row& row : read.rows) all.append(row.lang).append("\t").append(row.text).append("\n");
    const auto total = static_cast<std::int64_t>(read.rows.size());
    progress(0, total);
    for (std::size_t from = 0, end = 0; from < read.rows.size(); from = end) {
        end = end_of_act(read.rows, from);
        std::vector<std::string> texts;
        for (std::size_t i = from; i < end; ++i) texts.push_back(read.rows[i].text);
        const std::string act = "huiyin import statements " + std::to_string(asked.dialogue.value()) + " " +
                                std::to_string(from) + "\n" + all;
        const auto done = needs.ledger.perform(
            [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                const auto found = dialogue(w.db(), asked.dialogue);
                if (!found) return kernel::refuse(kernel::Code::not_found, "dialogue.unknown");
                const auto changes = rules::seeds(cycle::cycle(w.db(), found->cycle).value(), *found, texts,
                                                  read.rows[from].lang, kernel::local_day(w.now()), {});
                if (!changes) return changes.error();
                const std::int64_t first = w.next_index();
                for (const Seeded& change : *changes) w.append(encode(change, w.next_index()));
                return first;
            },
            kernel::sha256(kernel::view(act)));
        if (!done) return done.error();
        progress(static_cast<std::int64_t>(end), total);
    }
    return StatementsTaken{total, read.passed_over};
}

}  // namespace dialogue
