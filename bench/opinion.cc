// huiyin-opinion real FOLDER NAME…|made PEOPLE STATEMENTS [MEAN_LOG]|blocs PEOPLE STATEMENTS|flood
// Pictures of real conversations (testdata of src/opinion) or of made ones from a cold start and after one more vote;
// blocs put among made people and how many are found; what a flood does. One JSON object a line: name, values, unit,
// against.
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <kernel/json.h>
#include <opinion/blocs.h>
#include <opinion/picture.h>
#include <opinion/placement.h>
#include <opinion/stability.h>
#include <opinion/testing.h>

namespace {

using opinion::Picture;
using opinion::Votes;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double processor() {  // seconds of all threads
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}
double most_memory_mb() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}
void say(const std::string& name, std::vector<double> values, const char* unit, const std::string& against) {
    std::printf("{\"name\":\"%s\",\"values\":[", name.c_str());
    for (std::size_t i = 0; i < values.size(); ++i) std::printf("%s%.4f", i ? "," : "", values[i]);
    std::printf("],\"unit\":\"%s\",\"against\":\"%s\"}\n", unit, against.c_str());
    std::fflush(stdout);
}

std::string unzipped(const std::string& path) {
    gzFile file = gzopen(path.c_str(), "rb");
    if (!file) throw std::runtime_error(path + ": cannot be read");
    std::string out, piece(1U << 16, '\0');
    for (int n; (n = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0;)
        out.append(piece, 0, static_cast<std::size_t>(n));
    gzclose(file);
    return out;
}
Votes real_votes(const std::string& folder, const std::string& name) {
    const std::string lines = unzipped(folder + "/" + name + ".votes.gz");
    Votes out;
    opinion::Person person = 0;
    for (std::size_t at = 0; at < lines.size(); ++person) {
        const std::size_t end = lines.find('\n', at);
        out.grow(person + std::size_t{1}, end - at);
        for (opinion::Statement s = 0; s < end - at; ++s)
            if (const char one = lines[at + s]; one != '.')
                out.set(person, s,
                        one == '+'   ? opinion::Vote::agree
                        : one == '-' ? opinion::Vote::disagree
                                     : opinion::Vote::pass);
        at = end + 1;
    }
    const auto results = kernel::parse_json(unzipped(folder + "/" + name + ".json.gz"));
    if (!results) throw std::runtime_error(name + ": no JSON");
    for (const kernel::Json& one : *(*results)["hidden"].array())
        out.hide(static_cast<opinion::Statement>(*one.integer()), true);
    return out;
}

// The same work as most do it: every cell of the matrix, missing ones filled in, one step of the power method after
// another as Polis does, 100 for each of two components.
double dense_seconds(const Votes& votes) {
    const std::size_t n = votes.people(), m = votes.statements();
    const double from = now();
    std::vector<double> x(n * m);
    const opinion::Covariance covariance(votes, 1);
    for (opinion::Person p = 0; p < n; ++p)
        for (const Votes::Code code : votes.row(p)) {
            const opinion::Statement s = Votes::statement_of(code);
            if (!votes.hidden(s)) x[p * m + s] = static_cast<double>(Votes::vote_of(code)) - covariance.centre()[s];
        }
    std::vector<double> v(m, 1), next(m);
    for (int step = 0; step < 200; ++step) {
        std::fill(next.begin(), next.end(), 0);
        for (std::size_t p = 0; p < n; ++p) {
            double score = 0;
            for (std::size_t s = 0; s < m; ++s) score += x[p * m + s] * v[s];
            for (std::size_t s = 0; s < m; ++s) next[s] += score * x[p * m + s];
        }
        double largest = 1e-300;
        for (const double one : next) largest = std::max(largest, std::abs(one));
        for (std::size_t s = 0; s < m; ++s) v[s] = next[s] / largest;
    }
    return now() - from;
}

Picture measured(const Votes& votes, const std::string& of, int threads, const std::string& limit, int rounds) {
    std::vector<double> cold, used;
    Picture out;
    for (int i = 0; i < rounds; ++i) {
        const double from = now(), before = processor();
        out = opinion::picture(votes, threads);
        cold.push_back(1000 * (now() - from));
        used.push_back(1000 * (processor() - before));
    }
    const std::string how = threads == 1 ? ", one thread" : ", " + std::to_string(threads) + " threads";
    say(of + ": from a cold start" + how, cold, "ms", limit);
    say(of + ": from a cold start" + how + ", processor time", used, "ms", "");
    say(of + ": passes over the votes", {static_cast<double>(out.components.passes)}, "", "");
    return out;
}
void after_one_vote(Votes& votes, const Picture& before, const std::string& of, const std::string& limit) {
    const auto person = static_cast<opinion::Person>(votes.people() / 2);
    std::vector<double> counted, times, used, passes;
    for (int i = 0; i < 5; ++i) {
        const double from = now(), before_it = processor();
        votes.set(person, static_cast<opinion::Statement>(i),
                  i % 2 == 0 ? opinion::Vote::agree : opinion::Vote::disagree);
        counted.push_back(1e6 * (now() - from));
        const Picture warm = opinion::picture(votes, 2, &before);
        times.push_back(1000 * (now() - from));
        used.push_back(1000 * (processor() - before_it));
        passes.push_back(warm.components.passes);
    }
    say(of + ": a vote is counted", counted, "µs", "");
    say(of + ": after one vote, 2 threads", times, "ms", limit);
    say(of + ": after one vote, 2 threads, processor time", used, "ms", "");
    say(of + ": after one vote, passes over the votes", passes, "", "");
}

void real(const std::string& folder, const std::string& name) {
    Votes votes = real_votes(folder, name);
    const char* const limit = name == "uberx"           ? "≤ 20; red-dwarf 680"
                              : name == "bowling-green" ? "≤ 50; red-dwarf 2600, Polis in Python 4500"
                                                        : "";
    const Picture is = measured(votes, name, 1, limit, 9);
    say(name + ": two components, every cell walked over", {1000 * dense_seconds(votes)}, "ms", "the naive way");
    double from = now();
    const opinion::Stability stable = opinion::stability(votes, is, 2);
    say(name + ": stability of groups, 2 threads", {1000 * (now() - from)}, "ms", "");
    for (std::size_t g = 0; g < stable.groups.size(); ++g)
        say(name + ": stability of group " + std::to_string(g + 1), {stable.groups[g]}, "", "");
    from = now();
    const auto found = opinion::blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 2);
    say(name + ": looked for blocs", {1000 * (now() - from)}, "ms", "");
    say(name + ": blocs", {static_cast<double>(found.size())}, "", "0");
    after_one_vote(votes, is, name, "≤ 1000");
    if (votes.people() < 100) return;
    for (const int changed : {0, 5, 10}) {
        std::vector<double> recall;
        double others = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Votes more = opinion::without(votes, {});
            const std::size_t size = seed % 2 == 0 ? 100 : 20;
            const opinion::Person who = opinion::made::put_copies(more, {size, 0, changed, seed});
            const Picture with = opinion::picture(more, 2);
            double members = 0;
            for (const auto& one : opinion::blocs(more, with.grouping.group_of, with.grouping.groups.size(), 2))
                for (const opinion::Person member : one.members)
                    if (member >= votes.people())
                        ++members;
                    else
                        others += member != who;
            recall.push_back(100 * members / static_cast<double>(size));
        }
        const std::string of = name + ": 20 or 100 copies of one person, " + std::to_string(changed) + " % changed";
        say(of + ", found", recall, "%", "");
        say(of + ", others flagged in 20 trials, the person aside", {others}, "people", "0");
    }
}

void made(std::size_t people, std::size_t statements, double mean_log) {
    const std::string of = std::to_string(people) + " × " + std::to_string(statements);
    Votes votes = opinion::made::Population({people, statements, 1, mean_log}).all(2);
    say(of + ": votes", {static_cast<double>(votes.votes())}, "", "");
    say(of + ": memory of the votes", {static_cast<double>(votes.bytes()) / 1048576}, "MiB", "");
    const bool large = people >= 1'000'000;
    if (!large) measured(votes, of, 1, people == 30'000 ? "≤ 300; red-dwarf 66600" : "", 3);
    const Picture is = measured(votes, of, 2, large ? "≤ 10000" : "", 3);
    double from = now();
    const auto sure = opinion::placements(votes, is, 2);
    say(of + ": how sure each is placed, 2 threads", {1000 * (now() - from)}, "ms", "");
    from = now();
    opinion::stability(votes, is, 2);
    say(of + ": stability of groups, 2 threads", {1000 * (now() - from)}, "ms", "");
    from = now();
    const double before = processor();
    const auto found = opinion::blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 2);
    say(of + ": looked for blocs, 2 threads", {1000 * (now() - from)}, "ms", "");
    say(of + ": looked for blocs, 2 threads, processor time", {1000 * (processor() - before)}, "ms", "");
    say(of + ": blocs, though none was put in", {static_cast<double>(found.size())}, "", "0");
    after_one_vote(votes, is, of, "≤ 1000");
    say(of + ": memory at most", {most_memory_mb()}, "MiB", large ? "≤ 2048" : "");
}

// Blocs of several sizes, each with none, 5 and 10 of 100 votes changed, all at once.
void blocs(std::size_t people, std::size_t statements) {
    const std::string of = std::to_string(people) + " × " + std::to_string(statements);
    Votes votes = opinion::made::Population({people, statements, 7, 3.5}).all(2);
    struct Put {
        std::size_t size;
        int changed;
        opinion::Person first;
    };
    std::vector<Put> all;
    for (const std::size_t size : {20, 100, 1000, 10'000})
        for (const int changed : {0, 5, 10})
            for (std::uint64_t i = 0; i < (size == 20 ? 10U : 1U); ++i) {
                all.push_back({size, changed, static_cast<opinion::Person>(votes.people())});
                opinion::made::put_bloc(votes, {size, 20, changed, all.size()});
            }
    const Picture is = opinion::picture(votes, 2);
    const double from = now();
    const auto found = opinion::blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 2);
    say(of + " with blocs: looked for them, 2 threads", {1000 * (now() - from)}, "ms", "");
    std::vector<bool> in(votes.people());
    for (const opinion::Bloc& one : found)
        for (const opinion::Person member : one.members) in[member] = true;
    say(of + " with blocs: others flagged",
        {static_cast<double>(std::count(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(people), true))}, "people",
        "0");
    std::vector<double> recall;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto first = in.begin() + static_cast<std::ptrdiff_t>(all[i].first);
        recall.push_back(
            100.0 * static_cast<double>(std::count(first, first + static_cast<std::ptrdiff_t>(all[i].size), true)) /
            static_cast<double>(all[i].size));
        if (i + 1 < all.size() && all[i + 1].size == all[i].size && all[i + 1].changed == all[i].changed) continue;
        say(of + ": found of blocs of " + std::to_string(all[i].size) + ", " + std::to_string(all[i].changed) +
                " % of their votes changed",
            recall, "%", "");
        recall.clear();
    }
}

std::set<opinion::Statement> told(const Picture& is) {
    std::set<opinion::Statement> out;
    for (const auto& list : is.telling)
        for (const auto& one : list) out.insert(one.statement);
    return out;
}
// How far the picture of the 2000 is from what it was: people who moved to another group, statements told that are new.
void influence(const Picture& before, const Picture& after, const std::string& what) {
    const std::size_t groups = before.grouping.groups.size(), others = after.grouping.groups.size();
    std::vector<std::vector<double>> both(groups, std::vector<double>(others));
    double placed = 0, stayed = 0;
    for (const opinion::Person p : before.placed) {
        const auto a = before.grouping.group_of[p], b = after.grouping.group_of[p];
        if (b >= 0) ++both[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
        ++placed;
    }
    std::vector<bool> taken(others);
    for (std::size_t turn = 0; turn < std::min(groups, others); ++turn) {  // groups that are most alike are the same
        double most = -1;
        std::size_t a = 0, b = 0;
        for (std::size_t i = 0; i < groups; ++i)
            for (std::size_t j = 0; j < others; ++j)
                if (!taken[j] && !both[i].empty() && both[i][j] > most) most = both[i][j], a = i, b = j;
        stayed += most;
        taken[b] = true;
        both[a].clear();
    }
    const auto was = told(before), is = told(after);
    std::size_t kept = 0;
    for (const opinion::Statement one : is) kept += was.count(one);
    say("flood of 500 × 20 votes on 2000 people, " + what + ": groups", {static_cast<double>(others)}, "",
        std::to_string(groups) + " before");
    say("flood of 500 × 20 votes on 2000 people, " + what + ": people in another group",
        {100 * (placed - stayed) / placed}, "%", "");
    say("flood of 500 × 20 votes on 2000 people, " + what + ": telling statements that are new",
        {static_cast<double>(is.size() - kept)}, "", "of " + std::to_string(is.size()));
}
void flood() {
    const Votes before = opinion::made::Population({2000, 300, 9}).all(2);
    const Picture was = opinion::picture(before, 2);
    Votes votes = opinion::without(before, {});
    opinion::made::put_bloc(votes, {500, 20, 5, 2});
    const Picture is = opinion::picture(votes, 2);
    influence(was, is, "all counted");
    const auto found = opinion::blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 2);
    std::size_t members = 0;
    for (const opinion::Bloc& one : found) members += one.members.size();
    say("flood of 500 × 20 votes on 2000 people: flagged", {static_cast<double>(members)}, "people", "500");
    const Votes rest = opinion::without(votes, found);
    influence(was, opinion::picture(rest, 2), "without the flagged");
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    const bool good = what == "real" ? argc > 3 : what == "made" || what == "blocs" ? argc >= 4 : what == "flood";
    if (!good)
        return std::fputs(
                   "huiyin-opinion real FOLDER NAME…|made PEOPLE STATEMENTS [MEAN_LOG]|blocs PEOPLE STATEMENTS|flood\n",
                   stderr),
               2;
    try {
        const auto number = [&](int i) { return static_cast<std::size_t>(std::atoll(argv[i])); };
        if (what == "real")
            for (int i = 3; i < argc; ++i) real(argv[2], argv[i]);
        else if (what == "made")
            made(number(2), number(3), argc > 4 ? std::atof(argv[4]) : 3.25);
        else if (what == "blocs")
            blocs(number(2), number(3));
        else
            flood();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-opinion: %s\n", error.what());
        return 1;
    }
}
