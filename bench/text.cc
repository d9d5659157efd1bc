// huiyin-text all|neighbours MESSAGES [REAL.csv]
// Groups so many made messages (of the clauses of REAL.csv's column `text`, where it is given), and finds the
// neighbours of new ones among them; or the latter alone. One JSON object a line: name, values, unit, against.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <files/csv.h>
#include <text/discover.h>
#include <text/index.h>
#include <text/quality.h>
#include <text/testing.h>

#include "figures.h"

namespace {

using bench::most_memory_mb, bench::processor, bench::say, kernel::stopwatch;

std::vector<std::string> clauses_of(const char* path) {
    auto file = files::CsvReader::open(path);
    if (!file) throw std::runtime_error(file.error().key);
    const auto column = file->column("text");
    if (!column) throw std::runtime_error(std::string(path) + ": there is no column text");
    std::vector<std::string> out;
    while (true) {
        auto row = file->next();
        if (!row) throw std::runtime_error(row.error().key);
        if (!*row) break;
        const std::string& text = (**row)[*column];
        std::string clause;
        for (std::size_t i = 0; i < text.size();) {
            const auto byte = static_cast<unsigned char>(text[i]);
            const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
            const std::string c = text.substr(i, length);
            i += length;
            if (c == "，" || c == "。" || c == "！" || c == "？" || c == "；" || c == "\n" || c == "." || c == ",") {
                if (clause.size() >= 18 && clause.size() <= 120) out.push_back(clause);
                clause.clear();
            } else {
                clause += c;
            }
        }
    }
    return out;
}

using Made = text::testing::Made;

void group_all(const Made& made, const std::string& of) {
    const std::size_t n = made.titles.size();
    double bytes = 0;
    for (const std::string& body : made.bodies) bytes += static_cast<double>(body.size());
    const double before = most_memory_mb();
    const std::vector<text::Message> messages = made.messages();
    text::Discovery how;
    double last = processor();
    how.on_step = [&](std::string_view step) {
        say(of + ", " + std::string(step) + ", processor time", processor() - last, "s", "");
        last = processor();
    };
    const double start = stopwatch(), used = processor();
    const text::Found found = text::discover(messages, how);
    const char* const limit = n <= 4326 ? "≤ 1" : n <= 10'000 ? "≤ 3" : n <= 100'000 ? "≤ 60" : "≤ 1200";
    say(of + " grouped", stopwatch() - start, "s", limit);
    say(of + " grouped, processor time", processor() - used, "s", "");
    say(of + ": memory, that of their own bytes left out", most_memory_mb() - before, "MB", "≤ 6144");
    say(of + ": bytes of one", bytes / static_cast<double>(n), "bytes", "");
    std::vector<std::uint32_t> group(n);
    for (std::uint32_t g = 0; g < found.groups.size(); ++g)
        for (const std::int64_t id : found.groups[g].messages) group[static_cast<std::size_t>(id - 1)] = g;
    const text::Quality quality = text::quality(group, made.issue);
    say(of + ": B-cubed F of the made issues", quality.f, "", "");
    say(of + ": largest group", static_cast<double>(quality.largest), "messages", "");
}

void neighbours(const Made& made, const Made& others, const std::string& of) {
    text::Index index;
    std::vector<text::Text> texts;
    for (std::size_t i = 0; i < made.titles.size(); ++i) texts.push_back({made.titles[i], made.bodies[i]});
    index.add(texts, 2);
    index.settle();
    std::vector<double> times, used;
    for (std::size_t i = 0; i < others.titles.size(); ++i) {
        // Half of them belong to something that is there.
        const std::string& title = i % 2 ? made.titles[i * 37 % made.titles.size()] : others.titles[i];
        const double from = stopwatch(), before = processor();
        index.neighbours(title, others.bodies[i], 60, 0.05F);
        index.add(title, others.bodies[i]);
        times.push_back(1000 * (stopwatch() - from));
        used.push_back(1000 * (processor() - before));
    }
    for (auto* each : {&times, &used}) {
        std::sort(each->begin(), each->end());
        const std::string what =
            of + ": a new one finds its neighbours and is added" + (each == &used ? ", processor time" : "");
        say(what + ", p50", (*each)[each->size() / 2], "ms", "");
        say(what + ", p99", (*each)[each->size() * 99 / 100], "ms", each == &used ? "" : "≤ 20");
    }
    say(of + ": index", static_cast<double>(index.bytes()) / 1e6, "MB", "");
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (argc < 3 || argc > 4 || (what != "all" && what != "neighbours"))
        return std::fputs("huiyin-text all|neighbours MESSAGES [REAL.csv]\n", stderr), 2;
    try {
        const auto n = static_cast<std::size_t>(std::atoll(argv[2]));
        const std::string of = std::to_string(n) + " messages";
        const std::vector<std::string> clauses = argc > 3 ? clauses_of(argv[3]) : std::vector<std::string>();
        const Made made = text::testing::make(n, 1, clauses);
        if (what == "all") group_all(made, of);
        neighbours(made, text::testing::make(1000, 2, clauses), of);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-text: %s\n", error.what());
        return 1;
    }
}
