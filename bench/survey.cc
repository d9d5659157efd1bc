// huiyin-survey: many answers to one survey, and their export. 64 threads send them to the act itself; then the export
// is read piece by piece, as the server sends it.
//   huiyin-survey ANSWERS FOLDER
// Prints one JSON object: answered (answers a second), exported (rows a second), grown (MB that the process had more at
// most while it exported).
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <http/http.h>
#include <survey/survey.h>

#include "figures.h"
#include "site.h"

namespace {

using bench::resident_mb, kernel::stopwatch;

struct Site : bench::Site<> {
    explicit Site(const std::filesystem::path& folder) : bench::Site<>(folder, {survey::add_kinds}) {
        clerk = officer(root, "clerk", people::Role::clerk);
        survey::Draft d;
        d.cycle = desk, d.title = "Buses", d.lang = "en";
        d.closes = kernel::local_day(clock.now()) + 7;
        survey::Question one;
        one.text = "How do you come?", one.options = {"Bus", "On foot", "By car"};
        survey::Question scale;
        scale.type = survey::Type::scale, scale.text = "How good?", scale.min = 1, scale.max = 5;
        survey::Question several;
        several.type = survey::Type::multiple, several.text = "When?", several.options = {"Morning", "Night"};
        survey::Question words;
        words.type = survey::Type::text, words.text = "What else?";
        d.questions = {one, scale, several, words};
        asked = must(survey::draft(*needs, clerk, d));
        must(survey::open(*needs, clerk, asked));
    }
    people::Actor clerk;
    survey::SurveyId asked;
};

double answer_all(Site& site, std::int64_t answers) {
    std::atomic<std::int64_t> made{0};
    const double start = stopwatch();
    const std::jthread moving = site.mover();
    std::vector<std::jthread> all;
    for (int i = 0; i < 64; ++i)
        all.emplace_back([&] {
            for (std::int64_t n = made++; n < answers; n = made++) {
                people::Actor actor;
                actor.visitor = "person-of-the-load-" + std::to_string(n);
                survey::Answers a(4);
                a[0].picks = {n % 3 + 1}, a[1].picks = {n % 5 + 1};
                if (n % 4 != 0) a[2].picks = {n % 2 + 1};
                if (n % 10 == 0) a[3] = {{1}, "There is no bus after ten in the evening, and none on Sunday."};
                must(survey::answer(*site.needs, actor, site.asked, a, ""));
            }
        });
    all.clear();
    return static_cast<double>(answers) / (stopwatch() - start);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return std::fputs("huiyin-survey ANSWERS FOLDER\n", stderr), 2;
    const std::int64_t answers = std::atoll(argv[1]);
    Site site(argv[2]);
    const double answered = answer_all(site, answers);
    if (const auto ended = survey::close(*site.needs, site.clerk, site.asked, "enough"); !ended) return 1;
    http::Router router;
    survey::add_routes(router, *site.needs);
    http::Request r;
    r.method = http::Method::get;
    r.path = r.target = "/surveys/" + std::to_string(site.asked.value()) + "/answers.csv";
    r.who.officer = site.clerk.officer.value(), r.who.unit = site.clerk.unit.value();
    r.who.roles = {"clerk"};
    const auto match = router.find(r.method, r.path);
    r.params = match.params;
    const double before = resident_mb(), start = stopwatch();
    const http::Response csv = (*match.handler)(r);
    double most = before;
    std::int64_t rows = -1;  // the first names the columns
    std::string piece;
    for (bool more = true; more;) {
        piece.clear();
        more = csv.stream(piece);
        rows += std::count(piece.begin(), piece.end(), '\n');
        most = std::max(most, resident_mb());
    }
    const double took = stopwatch() - start;
    if (rows != answers) return std::fprintf(stderr, "%lld rows\n", static_cast<long long>(rows)), 1;
    std::printf("{\"answered\":%.0f,\"exported\":%.0f,\"grown\":%.1f}\n", answered, static_cast<double>(rows) / took,
                most - before);
    return 0;
}
