// huiyin-issues MESSAGES ISSUES FOLDER
// What issues weigh: as many messages in as many issues, as rows, and one issue of 10,000 messages; counted by the job
// itself, first with their texts compared, then on the next day without. Pages are asked of the routes, without a
// network. Prints one JSON object a line: {"name", "values", "unit", "against"}.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <dialogue/dialogue.h>
#include <http/http.h>
#include <issue/issue.h>
#include <jobs/testing.h>
#include <page/page.h>
#include <people/testing_routes.h>
#include <text/testing.h>
#include <voice/voice.h>

#include "figures.h"
#include "site.h"

namespace {

using bench::at_share, bench::most_memory_mb, bench::say, kernel::stopwatch;

constexpr std::int64_t first_voice = 10'000'000, first_issue = 50'000'000;  // the log stays far below
constexpr std::int64_t in_the_large_one = 10'000;

struct Register : bench::Site<kernel::SetClock> {
    explicit Register(const std::filesystem::path& folder)
        : Site(folder, {voice::add_kinds, dialogue::add_kinds, issue::add_kinds},
               kernel::start_of(kernel::day({2026, 11, 30})) + 9 * 3'600'000) {
        issue::add_routes(router, *needs, {});
    }
    http::Router router;
};

// Message i is in issue i % issues; the first 10,000 are in the large one besides. One in six copies the message before
// it in its issue; half of all are answered, one in twenty was reopened.
void fill(Register& city, std::int64_t messages, std::int64_t issues) {
    db::Connection& db = city.database->writer();
    const std::int64_t today = kernel::local_day(city.clock.now()).days, desk = city.desk.value();
    text::testing::Random random(3);
    std::vector<std::string> words;
    for (std::size_t k = 0; k < 20'000; ++k) {
        std::string word;
        for (std::size_t n = 0, length = 2 + random.below(2); n < length; ++n)
            word += text::testing::han(random.zipf(3000) * 7919);
        words.push_back(word);
    }
    const auto body = [&](std::int64_t of) {
        text::testing::Random own(static_cast<std::uint64_t>(of));
        std::string out;
        for (std::size_t k = 0, length = 20 + own.below(60); k < length; ++k)
            out += words[own.zipf(words.size())] + (k % 6 == 5 ? "，" : "");
        return out;
    };
    for (std::int64_t from = 0; from < messages; from += 20'000) {
        db::Transaction all(db);
        const std::int64_t to = std::min(from + 20'000, messages);
        db.run(
            "with recursive n (i) as (select $1 union all select i + 1 from n where i < $2) insert into voice (id, "
            "cycle, kind, audience, shown, state, way, by_staff, sample, author, received, photos, unit, late_days, "
            "reopened, bounced, extended, held_once, district) select $3 + i, $4, i % 5, 0, 1, case when i % 2 = 0 "
            "then "
            "1 else 3 end, 0, 0, 0, 1 + i * 7 % $5, ($6 - i % 400) * 86400000, 0, 1, 0, case when i % 20 = 0 then 1 "
            "else "
            "0 end, 0, 0, 0, 'd' || (i % 30) from n",
            from, to - 1, first_voice, desk, messages / 2, today);
        db.run(
            "with recursive n (i) as (select $1 union all select i + 1 from n where i < $2) insert into issue_voice "
            "(voice, issue) select $3 + i, $4 + i % $5 from n",
            from, to - 1, first_voice, first_issue, issues);
        for (std::int64_t i = from; i < to; ++i) {
            const std::string text = body(i / issues % 6 == 5 ? i - issues : i);
            db.run(
                "insert into voice_words (voice, title, text, place, position, lang) values ($1, '', $2, '', $3, 'zh')",
                first_voice + i, text, i % 3 == 0 ? "31.2304,121.4737" : "");
        }
        all.commit();
        city.database->checkpoint();
    }
    db::Transaction all(db);
    db.run(
        "with recursive n (i) as (select 0 union all select i + 1 from n where i < $1) insert into issue (id, cycle, "
        "state, title, body, lang, marks, voices, statements, people, sample) select $2 + i, $3, i % 2, 'Issue ' || i, "
        "'', 'en', 0, $4, 0, 1 + i % 90, 0 from n",
        issues, first_issue, desk, messages / issues);
    db.run(
        "with recursive n (i) as (select 0 union all select i + 1 from n where i < $1) insert into issue_voice (voice, "
        "issue) select $2 + i, $3 from n",
        std::min(in_the_large_one, messages) - 1, first_voice, first_issue + issues);
    db.run("update issue set voices = $1, people = $1 where id = $2", std::min(in_the_large_one, messages),
           first_issue + issues);
    all.commit();
    while (!city.database->checkpoint()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    db::Database::Lease derived = city.database->derived();
    db::Transaction marks(*derived);
    derived->run("insert into derived.issue_marked (issue, texts) select id, 1 from issue order by id");
    marks.commit();
}

// Runs of the job until there is nothing left, as the program does them every other second.
double count_all(Register& city, int& runs) {
    const auto tasks = issue::tasks(*city.needs);
    const double start = stopwatch();
    for (runs = 0;; ++runs) {
        // On a thread of its own, as the program runs it: it stands back there.
        std::jthread([&tasks] { jobs::run_once(tasks); }).join();
        const auto left = city.database->read()->one(
            "select (select count(*) from derived.issue_marked) + (select count(*) from derived.issue_score where "
            "next_day <= $1)",
            kernel::local_day(city.clock.now()).days);
        if (left->integer(0) == 0) return ++runs, stopwatch() - start;
    }
}

class Asking {
public:
    explicit Asking(Register& city) : city_(city) {}
    // Nothing that was kept of an earlier request answers.
    void page(const std::string& name, const std::function<std::string(int)>& target) {
        std::vector<double> times;
        for (int i = 0; i < 200; ++i) {
            page::drop_cached();
            http::Request r = people::request_by(people::Actor(), http::Method::get, target(i));
            r.headers.emplace("accept-language", "en");
            const double start = stopwatch();
            const http::Response answer = http::testing::answer(city_.router, std::move(r));
            times.push_back(1000 * (stopwatch() - start));
            if (answer.status != 200) throw std::runtime_error(target(i) + ": " + std::to_string(answer.status));
        }
        say(name + ", p50", at_share(times, 0.5), "ms", "≤ 5");
        say(name + ", p99", at_share(times, 0.99), "ms", "");
    }

private:
    Register& city_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return std::fputs("huiyin-issues MESSAGES ISSUES FOLDER\n", stderr), 2;
    try {
        page::set_up({});
        const std::int64_t messages = std::atoll(argv[1]), issues = std::atoll(argv[2]);
        Register city(argv[3]);
        fill(city, messages, issues);
        const std::string of = std::to_string(messages) + " messages in " + std::to_string(issues) + " issues";
        const double before = most_memory_mb();
        int runs = 0;
        say(of + " counted, whose text copies whose too", count_all(city, runs), "s", "");
        say(of + " counted: runs of the job", runs, "", "");
        city.clock.set(city.clock.now() + 86'400'000);
        say(of + " counted on the next day", count_all(city, runs), "s", "");
        say("memory grown while they were counted", most_memory_mb() - before, "MB", "");
        Asking asking(city);
        const std::string large = "/issues/" + std::to_string(first_issue + issues);
        const std::string some = std::to_string(first_issue + issues / 3);
        asking.page("the list, newest", [](int) { return std::string("/issues"); });
        for (const char* sort : {"people", "heat", "difficulty", "focus"})
            asking.page(std::string("the list by ") + sort,
                        [&](int) { return std::string("/issues?state=confirmed&sort=") + sort; });
        asking.page("the list by heat, far down",
                    [&](int i) { return "/issues?sort=heat&before=" + std::to_string(2000 + i) + "-" + some; });
        asking.page("an issue of 10,000 messages", [&](int) { return large; });
        asking.page("an issue of " + std::to_string(messages / issues),
                    [&](int i) { return "/issues/" + std::to_string(first_issue + i % issues); });
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-issues: %s\n", error.what());
        return 1;
    }
}
