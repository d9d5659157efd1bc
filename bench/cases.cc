// huiyin-cases: a register of a city: 1 M open cases in 200 units, and a fifth as many that are over, as rows; one case
// of each unit came by the acts themselves. Pages are asked of the routes, without a network.
//   huiyin-cases CASES IMPORTED FOLDER
// Prints one JSON object a line: {"name", "values", "unit", "against"}.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <http/http.h>
#include <jobs/testing.h>
#include <people/testing_routes.h>
#include <voice/casework.h>
#include <voice/taken_over.h>
#include <voice/voice.h>

#include "figures.h"
#include "site.h"

namespace {

using bench::at_share, bench::resident_mb, bench::say, kernel::stopwatch;

constexpr std::int64_t first_id = 10'000'000;  // of the rows; the log stays far below it
constexpr std::int64_t due_now = 1'000;

// A working day: on others the clock says of nothing that it is late.
struct City : bench::Site<kernel::SetClock> {
    explicit City(const std::filesystem::path& folder)
        : Site(folder, {voice::add_kinds}, kernel::start_of(kernel::day({2026, 11, 30})) + 9 * 3'600'000) {
        clerk = officer(root, "clerk", people::Role::clerk);
        said("the first, with which the key is made");
        for (int i = 0; i < 200; ++i) {
            units.push_back(must(people::add_unit(*needs, root, "Unit " + std::to_string(i), false)));
            officers.push_back(officer(units.back(), "officer" + std::to_string(i), people::Role::officer));
        }
        for (std::int64_t i = 0; i < due_now; ++i) {
            const voice::Received r = said("person-of-the-load-" + std::to_string(i));
            must(voice::assign(*needs, clerk, r.id, units[static_cast<std::size_t>(i % 200)], {}));
            real.push_back(r.id);
        }
        voice::add_routes(router, *needs, {}, {});
    }
    voice::Received said(const std::string& visitor) {
        voice::Draft d;
        d.cycle = desk, d.text = "A lamp that came by the acts themselves.", d.lang = "en";
        people::Actor author;
        author.visitor = visitor;
        return must(voice::receive(*needs, author, d, {}));
    }

    http::Router router;
    people::Actor clerk;
    std::vector<people::UnitId> units;
    std::vector<people::Actor> officers;
    std::vector<voice::VoiceId> real;
};

// Units and officers have numbers at equal distance, because each was made by the same acts.
void fill(City& city, std::int64_t cases) {
    db::Connection& db = city.database->writer();
    const std::int64_t unit = city.units[0].value(), apart = city.units[1].value() - unit;
    const std::int64_t officer = city.officers[0].officer.value(), today = kernel::local_day(city.clock.now()).days;
    for (std::int64_t from = 0; from < cases + cases / 5; from += 50'000) {
        const std::int64_t to = std::min(from + 50'000, cases + cases / 5) - 1;
        db::Transaction all(db);
        // Open ones: one in ten is overdue, the others are due on
        // one of the next 60 days.
        db.run(
            "with recursive n (i) as (select $1 union all select i + 1 from n where i < $2) insert into voice (id, "
            "cycle, kind, audience, shown, state, way, by_staff, sample, received, photos, unit, officer, due, "
            "late_from, next_day, late_days, reopened, bounced, extended, held_once, overdue, counted_unit, "
            "counted_day, outcome) select $3 + i, $4, i % 5, 0, 1, case when i < $5 then 1 else 3 + i % 5 end, i % 5, "
            "0, 0, ($6 - i % 900) * 86400000, 0, $7 + i % 200 * $8, $9 + i % 200 * $8, "
            "$6 + case when i % 10 = 3 then -30 else i % 60 end, $6 + case when i % 10 = 3 then -29 else 1 + i % 60 "
            "end, case when i < $5 then $6 + 1 + i % 60 end, "
            "case when i % 10 = 3 then 20 else 0 end, 0, 0, 0, 0, case when i < $5 and i % 10 = 3 then 2 else 0 end, "
            "$7 + i % 200 * $8, $6 - i % 900, case when i < $5 then 0 else 1 end from n",
            from, to, first_id, city.desk.value(), cases, today, unit, apart, officer);
        db.run(
            "with recursive n (i) as (select $1 union all select i + 1 from n where i < $2) insert into voice_words "
            "(voice, title, text, place, position, lang) select $3 + i, 'Lamp ' || i, 'The lamp at the corner has "
            "been dark for a week, and the children walk home along that road after five. It is number ' || i || "
            "'.', 'Road ' || (i % 400), '', 'en' from n",
            from, to, first_id);
        all.commit();
        city.database->checkpoint();
    }
    db::Transaction all(db);
    db.run(
        "insert into voice_overdue (unit, level, n) select unit, 2, count(*) from voice where overdue = 2 group by "
        "unit on conflict (unit, level) do nothing");
    // Those that came by the acts were due a week ago, and nobody has said so yet.
    db.run(
        "update voice set due = $1 - 7, late_from = $1 - 6, next_day = $1 - 6, reply_next = $1 - 6 where id < $2 and "
        "unit is not null",
        today, first_id);
    db.run("update voice_count set voices = voices + $1, open_to_public = open_to_public + $1", cases + cases / 5);
    all.commit();
    while (!city.database->checkpoint()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

class Asking {
public:
    explicit Asking(City& city) : city_(city) {}
    // Of 400 different requests, so that nothing kept of an earlier one answers.
    void page(const std::string& name, const std::function<std::string(std::int64_t)>& target, bool staff = false) {
        std::vector<double> times;
        for (int i = 0; i < 400; ++i) {
            const std::int64_t n = static_cast<std::int64_t>(random_() % 200);
            http::Request r = people::request_by(staff ? city_.officers[static_cast<std::size_t>(n)] : people::Actor(),
                                                 http::Method::get, target(n));
            r.headers.emplace("accept-language", "en");
            const double start = stopwatch();
            const http::Response answer = http::testing::answer(city_.router, std::move(r));
            times.push_back(1000 * (stopwatch() - start));
            if (answer.status != 200) throw std::runtime_error(target(n) + ": " + std::to_string(answer.status));
        }
        say(name + ", p50", at_share(times, 0.5), "ms", "≤ 5");
        say(name + ", p99", at_share(times, 0.99), "ms", "≤ 5");
    }
    void call(const std::string& name, const std::function<void(std::int64_t)>& what) {
        std::vector<double> times;
        for (int i = 0; i < 400; ++i) {
            const double start = stopwatch();
            what(static_cast<std::int64_t>(random_() % 200));
            times.push_back(1000 * (stopwatch() - start));
        }
        say(name + ", p50", at_share(times, 0.5), "ms", "≤ 5");
        say(name + ", p99", at_share(times, 0.99), "ms", "≤ 5");
    }
    std::string somewhere(std::int64_t cases) {
        return "before=" + std::to_string(first_id + 1 + static_cast<std::int64_t>(random_()) % cases);
    }

private:
    City& city_;
    std::mt19937_64 random_{7};
};

void pages(City& city, std::int64_t cases) {
    Asking asking(city);
    const auto unit = [&](std::int64_t n) {
        return "unit=" + std::to_string(city.units[static_cast<std::size_t>(n)].value());
    };
    asking.page(
        "queue of a unit", [&](std::int64_t) { return std::string("/desk"); }, true);
    asking.page(
        "my queue", [&](std::int64_t) { return std::string("/desk?mine=yes"); }, true);
    asking.page(
        "queue, late only", [&](std::int64_t) { return std::string("/desk?late=yes"); }, true);
    asking.page("a case", [&](std::int64_t n) {
        return "/voices/" + std::to_string(city.real[static_cast<std::size_t>(n)].value());
    });
    asking.page(
        "a case at the desk",
        [&](std::int64_t n) {
            return "/desk/voices/" + std::to_string(city.real[static_cast<std::size_t>(n)].value());
        },
        true);
    const auto list = [&](const std::string& name, const std::function<std::string(std::int64_t)>& filter) {
        asking.page("list, " + name, [&](std::int64_t n) { return "/voices?" + filter(n) + asking.somewhere(cases); });
    };
    const char* kinds[] = {"help", "complaint", "suggestion", "question", "praise"};
    const char* states[] = {"assigned", "answered", "rated", "closed", "closed_unrated"};
    list("all", [](std::int64_t) { return std::string(); });
    list("by kind", [&](std::int64_t n) { return std::string("kind=") + kinds[n % 5] + "&"; });
    list("by state", [&](std::int64_t n) { return std::string("state=") + states[n % 5] + "&"; });
    list("by unit", [&](std::int64_t n) { return unit(n) + "&"; });
    list("late", [](std::int64_t) { return std::string("late=yes&"); });
    list("late of a unit", [&](std::int64_t n) { return unit(n) + "&late=yes&"; });
    list("kind and state",
         [&](std::int64_t n) { return std::string("kind=") + kinds[n % 5] + "&state=" + states[(n + 3) % 5] + "&"; });
    list("unit, kind and state",
         [&](std::int64_t n) { return unit(n) + "&kind=" + kinds[n % 5] + "&state=" + states[n % 5] + "&"; });
    const std::string from = kernel::iso(kernel::local_day(city.clock.now()) + -400);
    const std::string to = kernel::iso(kernel::local_day(city.clock.now()) + -310);
    list("behind a figure",
         [&](std::int64_t n) { return unit(n) + "&figure=received&from=" + from + "&to=" + to + "&"; });
    asking.call("what is overdue, by unit", [&](std::int64_t) { (void)voice::overdue(*city.database->read()); });
    asking.call("what is overdue of a unit", [&](std::int64_t n) {
        (void)voice::overdue_of(*city.database->read(), city.units[static_cast<std::size_t>(n)], {}, 50);
    });
}

// Messages at a steady pace, one every 5 ms whatever became of the one before: milliseconds from when each was due.
std::vector<double> steady(City& city, double seconds, const std::string& who) {
    std::vector<double> times;
    const double start = stopwatch();
    for (int i = 0; static_cast<double>(i) / 200 < seconds; ++i) {
        const double due = start + static_cast<double>(i) / 200;
        if (const double left = due - stopwatch(); left > 0)
            std::this_thread::sleep_for(std::chrono::duration<double>(left));
        voice::Draft d;
        d.cycle = city.desk, d.text = "At a steady pace.", d.lang = "en";
        people::Actor author;
        author.visitor = who + "-of-the-steady-load-" + std::to_string(i);
        must(voice::receive(*city.needs, author, d, {}));
        times.push_back(1000 * (stopwatch() - due));
    }
    return times;
}

void sweep(City& city) {
    const auto tasks = voice::tasks(*city.needs);
    const std::vector<double> alone = steady(city, 4, "alone");
    const std::int64_t before = city.ledger->size();
    std::int64_t entered = 0;
    double took = 0, again = 0;
    std::jthread clock([&] {
        const double start = stopwatch();
        jobs::run_once(tasks);
        took = stopwatch() - start;
        entered = city.ledger->size() - before;
    });
    const std::vector<double> beside = steady(city, 4, "beside");
    clock.join();
    const double start = stopwatch();
    jobs::run_once(tasks);
    again = stopwatch() - start;
    say("sweep over all open cases, 1,000 due, found and entered beside a load", took, "s", "≤ 1");
    say("the same when nothing is due", again, "s", "≤ 1");
    say("entries meanwhile, those of the load too", static_cast<double>(entered), "", "≥ 1,000");
    say("a message's receipt at 200/s, alone, p99", at_share(alone, 0.99), "ms", "");
    say("the same beside the sweep, p99", at_share(beside, 0.99), "ms", "as alone");
}

void import(City& city, std::int64_t rows, const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "register.csv";
    {
        std::ofstream file(path);
        file << "id,title,text,said,answer,answered,unit,stars\n";
        for (std::int64_t i = 0; i < rows; ++i)
            file << i << ",Lamp " << i << ",\"The lamp at number " << i
                 << " has been dark for a week, and nobody came.\",2024-0" << 1 + i % 9 << "-1" << i % 10
                 << ",\"Dear sir or madam, it was repaired on site, and burns again.\",2024-0" << 1 + i % 9 << "-2"
                 << i % 9 << ",Unit " << i % 200 << ',' << 1 + i % 5 << '\n';
    }
    voice::ColumnMap map;
    map.text = "text", map.title = "title", map.date = "said", map.fixed_lang = "en";
    voice::Register& cases = map.cases.emplace();
    cases.reply = "answer", cases.reply_date = "answered", cases.unit = "unit", cases.rating = "stars";
    cases.number = "id", cases.term = must(voice::parse_term("15wd"));
    for (std::size_t i = 0; i < 200; ++i) cases.units["Unit " + std::to_string(i)] = city.units[i];
    const double before = resident_mb(), start = stopwatch();
    const voice::Imported taken = must(voice::import_csv(*city.needs, city.desk, path, map, "Old register", {}));
    const double took = stopwatch() - start;
    if (taken.taken != rows) throw std::runtime_error("not every row was taken");
    say("import of " + std::to_string(rows) + " cases with their answers", took, "s", "≤ 30 for 100,000");
    say("the same", static_cast<double>(rows) / took, "rows/s", "");
    say("memory grown while it was imported", resident_mb() - before, "MB", "");
}

void exported(City& city) {
    // What reading the same rows in the same order takes, in pieces as large.
    const double bare_start = stopwatch();
    std::int64_t bare = 0;
    for (std::int64_t before = first_id * 2; before > 0;) {
        const auto db = city.database->read();
        const db::Rows rows = const_cast<db::Database::Lease&>(db)->query(
            "select v.*, w.title, w.text, w.place, w.lang from voice v left join voice_words w on w.voice = v.id where "
            "v.id < $1 order by v.id desc limit 1000",
            before);
        bare += std::ssize(rows);
        before = std::ssize(rows) < 1000 ? 0 : rows.back().integer(0);
    }
    const double bare_rate = static_cast<double>(bare) / (stopwatch() - bare_start);
    const http::Response csv =
        http::testing::answer(city.router, people::request_by(people::Actor(), http::Method::get, "/voices.csv"));
    const double before = resident_mb(), start = stopwatch();
    double most = before;
    std::int64_t rows = -1;  // the first names the columns
    std::string piece;
    for (bool more = true; more;) {
        piece.clear();
        more = csv.stream(piece);
        rows += std::count(piece.begin(), piece.end(), '\n');
        most = std::max(most, resident_mb());
    }
    const double rate = static_cast<double>(rows) / (stopwatch() - start);
    if (rows != bare) throw std::runtime_error("the table has another number of rows than the database");
    say("rows of the list as a table", rate, "rows/s", "≥ 50,000");
    say("the same rows read by SQLite alone", bare_rate, "rows/s", "the limit");
    say("rows of the list as a table: of that limit", 100 * rate / bare_rate, "%", "");
    say("rows and megabytes of the table", static_cast<double>(rows), "rows", "");
    say("memory grown while it is read", most - before, "MB", "≤ 16");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return std::fputs("huiyin-cases CASES IMPORTED FOLDER\n", stderr), 2;
    try {
        const std::int64_t cases = std::atoll(argv[1]);
        if (cases < due_now) throw std::runtime_error("at least 1,000 cases");
        City city(argv[3]);
        const double start = stopwatch();
        fill(city, cases);
        say("rows of cases made", static_cast<double>(cases + cases / 5) / (stopwatch() - start), "rows/s", "");
        pages(city, cases);
        sweep(city);
        import(city, std::atoll(argv[2]), argv[3]);
        exported(city);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-cases: %s\n", error.what());
        return 1;
    }
}
