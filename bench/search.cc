// huiyin-search: made messages taken by the acts themselves, indexed, and searched through the routes, without a
// network.
//   huiyin-search MESSAGES FOLDER
// Prints one JSON object a line: {"name", "values", "unit", "against"}.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <http/testing.h>
#include <search/search.h>
#include <text/testing.h>
#include <voice/voice.h>

#include "figures.h"
#include "site.h"

namespace {

using bench::processor, bench::say, kernel::stopwatch;

struct Site : bench::Site<> {
    explicit Site(const std::filesystem::path& folder) : bench::Site<>(folder, {voice::add_kinds}) {
        search::add_routes(router, *needs);
    }
    void said(const std::string& title, const std::string& text, std::size_t who) {
        voice::Draft d;
        d.cycle = desk, d.title = title, d.text = text, d.lang = "zh-Hans";
        people::Actor author;
        author.visitor = "browser-token-of-22-" + std::to_string(who);
        must(voice::receive(*needs, author, d, {}));
    }
    void index() { search::catch_up(*needs); }
    std::string ask(const std::string& path, const std::string& query, http::testing::Fields more = {}) {
        http::Request r = http::testing::request(http::Method::get, path);
        r.query = std::move(more);
        r.query.insert(r.query.begin(), {"q", query});
        const http::Response answer = http::testing::answer(router, std::move(r));
        if (answer.status != 200) throw std::runtime_error("a search was answered " + std::to_string(answer.status));
        return answer.body;
    }

    http::Router router;
};

void fill(Site& site, const text::testing::Made& made, std::size_t from, std::size_t to) {
    std::atomic<std::size_t> next = from;
    const std::jthread moving = site.mover();
    std::vector<std::jthread> threads;
    for (int t = 0; t < 64; ++t)
        threads.emplace_back([&] {
            for (std::size_t i; (i = next++) < to;) site.said(made.titles[i], made.bodies[i], i);
        });
}

std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t n = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        out.push_back(text.substr(at, n));
        at += n;
    }
    return out;
}
bool han(const std::string& character) { return character.size() == 3 && character != "，" && character != "。"; }

// So many characters in a row out of some message, as somebody would type them.
std::vector<std::string> queries(const text::testing::Made& made, std::size_t length, std::size_t n) {
    text::testing::Random random(length);
    std::vector<std::string> out;
    while (out.size() < n) {
        const auto all = characters(made.bodies[random.below(made.bodies.size())]);
        if (all.size() < length) continue;
        const std::size_t at = random.below(all.size() - length + 1);
        std::string query;
        bool good = true;
        for (std::size_t i = at; i < at + length; ++i) good = good && han(all[i]), query += all[i];
        if (good) out.push_back(query);
    }
    return out;
}

void time_all(Site& site, const std::string& name, const std::vector<std::string>& all, const char* limit,
              const http::testing::Fields& more = {}) {
    std::vector<double> times, used;
    for (const std::string& query : all) {
        const double start = stopwatch(), before = processor();
        site.ask("/search", query, more);
        times.push_back(1000 * (stopwatch() - start));
        used.push_back(1000 * (processor() - before));
    }
    for (auto* each : {&times, &used}) {
        std::sort(each->begin(), each->end());
        const std::string what = name + (each == &used ? ", processor time" : "");
        say(what + ", p50", (*each)[each->size() / 2], "ms", "");
        say(what + ", p99", (*each)[each->size() * 99 / 100], "ms", each == &used ? "" : limit);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return std::fputs("huiyin-search MESSAGES FOLDER\n", stderr), 2;
    try {
        const auto n = static_cast<std::size_t>(std::atoll(argv[1]));
        const text::testing::Made made = text::testing::make(n + 2000, 1);
        const std::string of = std::to_string(n) + " messages";
        Site site(argv[2]);
        double start = stopwatch();
        fill(site, made, 0, n);
        const double taken = static_cast<double>(n) / (stopwatch() - start);
        say(of + ": taken by 64 threads, nothing indexed meanwhile", taken, "/s", "");
        site.database->checkpoint(db::Wal::empty);
        start = stopwatch();
        const double used = processor();
        site.index();
        say(of + ": indexed", static_cast<double>(n) / (stopwatch() - start), "/s", "≥ 5,000, intake's budget");
        say(of + ": indexed, by a second of processor time", static_cast<double>(n) / (processor() - used), "/s", "");
        site.database->checkpoint(db::Wal::empty);
        const auto bytes =
            static_cast<double>(std::filesystem::file_size(std::filesystem::path(argv[2]) / "derived.db"));
        say(of + ": the index", bytes / 1e6, "MB", "");
        say(of + ": the index, of one message", bytes / static_cast<double>(n), "bytes", "");

        for (std::size_t length = 1; length <= 4; ++length)
            time_all(site, of + ": " + std::to_string(length) + (length == 1 ? " character" : " characters"),
                     queries(made, length, 1000), "≤ 30");
        std::map<std::string, std::size_t> often;
        for (std::size_t i = 0; i < std::min<std::size_t>(made.bodies.size(), 5000); ++i)
            for (const std::string& c : characters(made.bodies[i]))
                if (han(c)) ++often[c];
        std::vector<std::pair<std::size_t, std::string>> most;
        for (const auto& [c, times] : often) most.emplace_back(times, c);
        std::sort(most.rbegin(), most.rend());
        most.resize(20);
        std::vector<std::string> common, two, excluded, rare;
        for (int round = 0; round < 10; ++round)
            for (std::size_t i = 0; i < most.size(); ++i) {
                const std::string& other = most[(i + 7) % most.size()].second;
                common.push_back(most[i].second);
                two.push_back(most[i].second + " " + other);
                excluded.push_back(most[i].second + " -" + most[i].second);
                rare.push_back(most[i].second + " 鑫淼犇");
            }
        time_all(site, of + ": the 20 most common characters", common, "≤ 30");
        time_all(site, of + ": the same, newest first", common, "≤ 30", {{"order", "newest"}});
        time_all(site, of + ": two of them", two, "≤ 30");
        time_all(site, of + ": one of them and what is nowhere", rare, "");
        time_all(site, of + ": one of them without itself, the most work there is", excluded, "");
        time_all(site, of + ": four characters of messages of one kind and state", queries(made, 4, 300), "≤ 30",
                 {{"kind", "voice"}, {"state", "received"}});

        fill(site, made, n, n + 1000);
        start = stopwatch();
        site.index();
        say(of + ": 1,000 more indexed", 1000 / (stopwatch() - start), "/s", "");
        for (std::size_t i = n + 1000; i < n + 1020; ++i) site.said(made.titles[i], made.bodies[i], i);
        start = stopwatch();
        site.index();
        say(of + ": 20 more, until they can be found", 1000 * (stopwatch() - start), "ms", "");
        must(site.ledger->perform(
            [&](ledger::Writing& w) { return ledger::erase_words(w, w.next_index() / 2, "test"); }));
        start = stopwatch();
        site.index();
        say(of + ": one erased, until it is in no list", 1000 * (stopwatch() - start), "ms", "");
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-search: %s\n", error.what());
        return 1;
    }
}
