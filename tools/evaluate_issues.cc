// evaluate_issues MESSAGES.csv GOLD.csv [--clusters OUT.csv] [--threads N]
// Groups all messages, and says how well the groups are the issues that people marked.
//   MESSAGES.csv  id, title, text; user, where people are known; district, where it is
//   GOLD.csv      issue, message_id: some messages of some issues; every other message in such a group is an error
//   OUT.csv       message_id, cluster
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include <files/csv.h>
#include <text/discover.h>
#include <text/labels.h>
#include <text/quality.h>

namespace {

using Table = std::vector<std::map<std::string, std::string>>;

template <class T>
T must(kernel::Result<T> result, const std::string& path) {
    if (result) return *std::move(result);
    std::string what = path + ": " + result.error().key;
    for (const auto& [name, value] : result.error().args) what += ", " + name + " " + value;
    throw std::runtime_error(what);
}

Table read(const std::string& path, const std::vector<std::string>& needed) {
    files::CsvReader file = must(files::CsvReader::open(path), path);
    for (const std::string& name : needed)
        if (!file.column(name)) throw std::runtime_error(path + ": there is no column " + name);
    Table out;
    while (auto row = must(file.next(), path)) {
        auto& named = out.emplace_back();
        for (std::size_t i = 0; i < row->size(); ++i) named[file.header()[i]] = (*row)[i];
    }
    return out;
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void print(const text::Quality& q) {
    std::printf("\n| measure | precision | recall | F |\n| --- | --- | --- | --- |\n");
    std::printf("| B-cubed, outsiders are errors | %.3f | %.3f | %.3f |\n", q.precision, q.recall, q.f);
    std::printf("| pairs | %.3f | %.3f | %.3f |\n", q.pair_precision, q.pair_recall, q.pair_f);
    std::printf("| issues, mean of the best cluster's F | | | %.3f |\n", q.issue_f);
    std::printf("\nfound (best F at least .6): %d of %d\nlargest cluster: %zu\n", q.found, q.issues, q.largest);
}

int run(const std::string& messages_path, const std::string& gold_path, const std::string& clusters_path, int threads) {
    const Table rows = read(messages_path, {"id", "title", "text"}), gold = read(gold_path, {"issue", "message_id"});
    const double start = now();
    // Numbers in the order of the file: ids may be anything.
    std::vector<text::Message> messages;
    std::unordered_map<std::string, std::int64_t> people, number_of;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        text::Message m;
        m.id = static_cast<std::int64_t>(i) + 1;
        if (!number_of.emplace(row.at("id"), m.id).second)
            throw std::runtime_error(messages_path + ": the id " + row.at("id") + " stands twice");
        m.title = row.at("title");
        m.body = row.at("text");
        if (const auto user = row.find("user"); user != row.end() && !user->second.empty())
            m.person = people.emplace(user->second, static_cast<std::int64_t>(people.size()) + 1).first->second;
        if (const auto district = row.find("district"); district != row.end()) m.district = district->second;
        messages.push_back(m);
    }
    text::Discovery how;
    how.threads = threads;
    double last = start;
    std::vector<std::pair<std::string, double>> steps;
    how.on_step = [&](std::string_view name) {
        const double at = now();
        steps.emplace_back(name, at - last);
        last = at;
    };
    const text::Found found = text::discover(messages, how);
    const double took = now() - start;

    std::vector<std::uint32_t> group(messages.size());
    for (std::uint32_t g = 0; g < found.groups.size(); ++g)
        for (const std::int64_t id : found.groups[g].messages) group[static_cast<std::size_t>(id - 1)] = g + 1;
    std::map<std::string, int> issues;
    std::vector<int> issue(messages.size(), -1);
    for (const auto& row : gold) {
        const auto at = number_of.find(row.at("message_id"));
        if (at == number_of.end())
            throw std::runtime_error(gold_path + ": no message has the id " + row.at("message_id"));
        issue[static_cast<std::size_t>(at->second - 1)] =
            issues.emplace(row.at("issue"), static_cast<int>(issues.size())).first->second;
    }
    std::printf("%zu messages of %zu people, %zu groups, of them %zu of two and more\n", messages.size(), people.size(),
                found.groups.size(),
                static_cast<std::size_t>(std::count_if(found.groups.begin(), found.groups.end(),
                                                       [](const auto& g) { return g.messages.size() > 1; })));
    print(text::quality(group, issue));

    const text::Labels labels(messages, found);
    std::printf(
        "\n| people | messages | likeness | issue of one place and matter | keywords | example |\n| --- | --- | --- | "
        "--- | --- | --- |\n");
    for (std::size_t g = 0; g < std::min<std::size_t>(15, found.groups.size()); ++g) {
        const text::Group& one = found.groups[g];
        const text::Label label = labels.of(g);
        std::string words;
        for (const std::string& word : label.keywords) words += (words.empty() ? "" : ", ") + word;
        std::printf("| %zu | %zu | %.2f | %s | %s | %s |\n", one.people, one.messages.size(), one.cohesion,
                    one.cohesive ? "yes" : "topic", words.c_str(),
                    std::string(messages[static_cast<std::size_t>(one.example - 1)].title).c_str());
    }
    std::printf("\nseconds: %.2f, %d threads (", took, threads);
    for (std::size_t i = 0; i < steps.size(); ++i)
        std::printf("%s%s %.2f", i ? ", " : "", steps[i].first.c_str(), steps[i].second);
    std::printf(")\n");

    if (!clusters_path.empty()) {
        std::ofstream out(clusters_path, std::ios::binary);
        out << files::csv_row({"message_id", "cluster"});
        for (std::size_t i = 0; i < rows.size(); ++i)
            out << files::csv_row({rows[i].at("id"), std::to_string(group[i])});
        if (!out.flush()) throw std::runtime_error(clusters_path + " cannot be written");
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> paths;
    std::string clusters;
    int threads = 2;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--clusters" && i + 1 < argc)
            clusters = argv[++i];
        else if (word == "--threads" && i + 1 < argc)
            threads = std::max(1, std::atoi(argv[++i]));
        else
            paths.push_back(word);
    }
    if (paths.size() != 2 || paths[0].starts_with("-") || paths[1].starts_with("-"))
        return std::fputs("evaluate_issues MESSAGES.csv GOLD.csv [--clusters OUT.csv] [--threads N]\n", stderr), 2;
    try {
        return run(paths[0], paths[1], clusters, threads);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "evaluate_issues: %s\n", error.what());
        return 1;
    }
}
