// huiyin-quality copies REAL.csv…           recall of edited letters among real messages, level by level, and false
// hits huiyin-quality categories LABELLED.csv    how well categories are suggested, by cross-validation Columns: text,
// title; user, where people are known; label. One JSON object a line: name, values, unit, against.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <files/csv.h>
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
    // Real messages by different people that are said to be copies although most of neither is in the other: to be
    // read.
    int unclear = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto first = static_cast<std::size_t>(found.copied[i].first) - 1;
        if (first == i) continue;
        const text::Print a = text::print_of(rows[i].at("text")), b = text::print_of(rows[first].at("text"));
        const auto user = rows[i].find("user");
        if (text::contained(a, b) >= 0.62 || (user != rows[i].end() && user->second == rows[first].at("user")))
            continue;
        ++unclear;
        if (std::getenv("HUIYIN_SHOW"))
            std::fprintf(stderr, "%s | %s\n", rows[i].at("title").c_str(), rows[first].at("title").c_str());
    }
    say("real messages of others that share less than 62 of 100 with what they are said to copy", unclear, "messages",
        "to be read");
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
    try {
        std::vector<Row> rows;
        for (int i = 2; i < argc; ++i)
            for (Row& row : read(argv[i])) rows.push_back(std::move(row));
        if (rows.empty() || (std::strcmp(argv[1], "copies") != 0 && std::strcmp(argv[1], "categories") != 0))
            return std::fputs("huiyin-quality copies|categories MESSAGES.csv…\n", stderr), 2;
        std::strcmp(argv[1], "copies") == 0 ? copies(rows) : categories(rows);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-quality: %s\n", error.what());
        return 1;
    }
}
