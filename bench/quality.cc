// huiyin-quality copies REAL.csv…          recall of edited letters among real messages, level by level
// huiyin-quality hits REAL.csv…            what is said to be a copy in each file, by the program's own way, and is not
//                                          equal: to be read. With HUIYIN_SHOW=FILE it is written there as JSON lines,
//                                          in an order drawn with a seed: the first of each file are a sample
// huiyin-quality categories LABELLED.csv   how well categories are suggested, by cross-validation
// Columns: text or content, title; user, where people are known; label. One JSON object a line: name, values, unit,
// against.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <files/csv.h>
#include <kernel/json.h>
#include <text/categories.h>
#include <text/copies.h>
#include <text/discover.h>
#include <text/testing_edits.h>

#include "figures.h"

namespace {

using bench::say;

using Row = std::map<std::string, std::string>;

std::vector<Row> read(const char* path) {
    auto file = files::CsvReader::open(path);
    if (!file) throw std::runtime_error(std::string(path) + ": " + file.error().key);
    std::vector<Row> out;
    while (true) {
        auto row = file->next();
        if (!row) throw std::runtime_error(std::string(path) + ": " + row.error().key);
        if (!*row) return out;
        Row& named = out.emplace_back();
        for (std::size_t i = 0; i < (**row).size(); ++i) named[file->header()[i]] = (**row)[i];
    }
}

void copies(const std::vector<Row>& rows) {
    constexpr int letters = 40, variants = 6;
    text::testing::Random random(7);
    std::vector<std::string> own;
    for (const Row& row : rows)
        for (std::string& one : text::testing::sentences(row.at("text")))
            if (one.size() > 30 && one.size() < 150) own.push_back(std::move(one));
    std::vector<text::Message> messages;
    for (const Row& row : rows)
        messages.push_back({static_cast<std::int64_t>(messages.size()) + 1, row.at("title"), row.at("text")});
    std::vector<std::size_t> chosen;
    while (chosen.size() < letters) {
        const std::size_t i = random.below(rows.size()), n = text::testing::characters(rows[i].at("text")).size();
        if (n > 120 && n < 900) chosen.push_back(i);
    }
    text::testing::Editor editor(7, own);
    std::vector<std::string> bodies;
    std::vector<std::pair<int, std::size_t>> of;
    for (int level = 0; level < text::testing::edit_levels; ++level)
        for (const std::size_t i : chosen)
            for (int n = 0; n < variants; ++n)
                bodies.push_back(editor.edit(rows[i].at("text"), level)), of.emplace_back(level, i);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        // Half of them under a title of somebody else's.
        const std::string& title = rows[random.below(2) ? of[i].second : random.below(rows.size())].at("title");
        messages.push_back({static_cast<std::int64_t>(messages.size()) + 1, title, bodies[i]});
    }
    const text::Found found = text::discover(messages);
    std::vector<int> right(text::testing::edit_levels);
    for (std::size_t i = 0; i < bodies.size(); ++i)
        right[static_cast<std::size_t>(of[i].first)] +=
            found.copied[rows.size() + i].first == found.copied[of[i].second].first;
    for (int level = 0; level < text::testing::edit_levels; ++level)
        say("copies among " + std::to_string(rows.size()) + " real messages, found at level " + std::to_string(level),
            right[static_cast<std::size_t>(level)] / static_cast<double>(letters * variants), "", "≥ .95");
}

std::string cell(const Row& row, const char* column) {
    const auto found = row.find(column);
    return found == row.end() ? std::string() : found->second;
}

void hits(const char* path) {
    const std::string of = std::filesystem::path(path).filename().string();
    std::vector<std::string> titles, bodies;
    for (const Row& row : read(path)) {
        titles.push_back(cell(row, "title"));
        bodies.push_back(row.contains("text") ? row.at("text") : cell(row, "content"));
    }
    std::vector<text::Message> messages;
    for (std::size_t i = 0; i < titles.size(); ++i)
        messages.push_back({static_cast<std::int64_t>(i) + 1, titles[i], bodies[i]});
    struct Hit {
        std::size_t message = 0, first = 0;
    };
    const auto compared = [&](std::size_t i) -> const std::string& {
        return bodies[i].empty() ? titles[i] : bodies[i];
    };
    std::vector<Hit> unequal;
    int equal = 0;
    for (const text::Copied& one : text::discover(messages).copied) {
        const Hit hit{static_cast<std::size_t>(one.message) - 1, static_cast<std::size_t>(one.first) - 1};
        if (hit.message == hit.first) continue;
        if (text::same_text(compared(hit.message)) == text::same_text(compared(hit.first)))
            ++equal;
        else
            unequal.push_back(hit);
    }
    say(of + ": messages", static_cast<double>(messages.size()), "messages", "");
    say(of + ": said to be copies, and equal", equal, "messages", "");
    say(of + ": said to be copies, and not equal", static_cast<double>(unequal.size()), "messages", "to be read");
    const char* const shown = std::getenv("HUIYIN_SHOW");
    if (!shown) return;
    text::testing::Random random(7);
    for (std::size_t i = 0; i + 1 < unequal.size(); ++i)
        std::swap(unequal[i], unequal[i + random.below(unequal.size() - i)]);
    std::ofstream out(shown, std::ios::app);
    for (const Hit& hit : unequal)
        out << kernel::canonical(kernel::Json::Object{{"file", of},
                                                      {"shared", text::contained(text::print_of(compared(hit.message)),
                                                                                 text::print_of(compared(hit.first)))},
                                                      {"title", titles[hit.message]},
                                                      {"text", bodies[hit.message]},
                                                      {"first_title", titles[hit.first]},
                                                      {"first_text", bodies[hit.first]},
                                                      {"row", static_cast<std::int64_t>(hit.message) + 1},
                                                      {"first_row", static_cast<std::int64_t>(hit.first) + 1}})
            << '\n';
}

void categories(const std::vector<Row>& rows) {
    std::map<std::string, int> numbers;
    std::vector<text::Example> examples;
    for (const Row& row : rows)
        examples.push_back({row.at("title"), row.at("text"),
                            numbers.emplace(row.at("label"), static_cast<int>(numbers.size())).first->second});
    const text::Measured measured = text::measure(examples);
    const std::string of = std::to_string(rows.size()) + " labelled messages";
    say("categories of " + of + ", macro F of five parts", measured.macro_f, "", "");
    say("categories of " + of + ", right", measured.right, "", "");
    for (const auto& [name, number] : numbers)
        for (const text::LabelQuality& one : measured.categories)
            if (one.label == number) say("category " + name + " (" + std::to_string(one.n) + "), F", one.f, "", "");
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (argc < 3 || (what != "copies" && what != "hits" && what != "categories"))
        return std::fputs("huiyin-quality copies|hits|categories MESSAGES.csv…\n", stderr), 2;
    try {
        if (what == "hits") {
            for (int i = 2; i < argc; ++i) hits(argv[i]);
            return 0;
        }
        std::vector<Row> rows;
        for (int i = 2; i < argc; ++i)
            for (Row& row : read(argv[i])) rows.push_back(std::move(row));
        if (rows.empty()) throw std::runtime_error("no messages");
        what == "copies" ? copies(rows) : categories(rows);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-quality: %s\n", error.what());
        return 1;
    }
}
