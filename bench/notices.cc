// huiyin-notices: what the followers of one round cost those who vote. 64 threads send single votes to the acts
// themselves, in turns with nobody following and with 100,000 followers for whom the log is read without a pause: as
// soon as all of them have a row for one entry, the next is made. Each round the other way round goes first.
//   huiyin-notices SECONDS ROUNDS FOLDER
// Prints one JSON object for each round: alone, followed (votes a second), rows (a second, written for followers).
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <cycle/cycle.h>
#include <db/database.h>
#include <dialogue/dialogue.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <notice/notice.h>
#include <people/people.h>

namespace {

constexpr std::int64_t voters = 20'000, questions = 200, followers = 100'000;

template <class T>
T must(kernel::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key);
    return *std::move(result);
}

struct Site {
    explicit Site(const std::filesystem::path& folder) : database(db::Database::open({folder, ""})) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        dialogue::add_kinds(kinds);
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("bench"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Bench", "admin"));
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        const auto root = people::units(*database->read()).front().id;
        must(people::add_officer(*needs, root, "head", "head", {people::Role::head}, false));
        head = people::actor(*database->read(), people::officer_by_login(*database->read(), "head")->id);
        talk = must(dialogue::open(*needs, head, {desk, "What should change?", "", "en"}));
        for (std::int64_t i = 0; i < questions; ++i) statements.push_back(seed());
        follow_the_desk();
        notice::Hooks hooks;
        hooks.happened = [this](db::Connection&, const ledger::Entry& entry) -> std::optional<notice::Happened> {
            if (entry.kind != "dialogue.seeded") return std::nullopt;
            return notice::Happened{"", entry.index, "", "", {{notice::What::cycle, desk.value()}}};
        };
        notice::Means means;
        means.relay = notice::Relay{"smtp://127.0.0.1:1", "a@b.example", "", {}};
        means.address = "https://b.example";
        for (jobs::Task& task : notice::tasks(*needs, hooks, means))
            if (task.name == "notice.fan_out") fan_out = task.work;
        catch_up();  // a new place begins at the end of the log
    }
    void catch_up() const {
        struct Once final : jobs::Run {
            bool stopping() const override { return false; }
            void progress(std::int64_t, std::int64_t) override {}
        } run;
        fan_out(run);
    }
    void follow_the_desk() {
        auto local = database->local();
        db::Transaction all(*local);
        for (std::int64_t i = 1; i <= followers; ++i) {
            const kernel::Bytes key = kernel::random_bytes(32);
            local->run(
                "insert into local.notice_address (id, mail_key, sealed, token_key, token_salt, lang, daily, "
                "asked_at, refused, refused_on) values ($1, $2, $2, $2, $2, 'en', 0, 0, 0, 0)",
                i, key);
            local->run(
                "insert into local.notice_follow (what, about, address, asked_at, confirmed_at) values (1, $1, "
                "$2, 0, 1)",
                desk.value(), i);
        }
        all.commit();
    }
    dialogue::StatementId seed() {
        return must(dialogue::seed(*needs, head, talk, "Statement number " + std::to_string(seeds++), "en"));
    }
    std::unique_ptr<db::Database> database;
    kernel::SystemClock clock;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::CycleId desk;
    people::Actor head;
    dialogue::DialogueId talk;
    std::vector<dialogue::StatementId> statements;
    std::int64_t seeds = 0;
    std::function<void(jobs::Run&)> fan_out;
    std::atomic<std::int64_t> made{0};  // votes so far: the next is person made % voters on their next statement
};

void vote(Site& site) {
    const std::int64_t n = site.made++, person = n % voters, turn = n / voters;
    if (turn >= questions) throw std::runtime_error("everybody has voted on everything: take fewer seconds");
    people::Actor actor;
    actor.visitor = "person-of-the-load-" + std::to_string(person);
    const auto at = static_cast<std::size_t>((person * 7 + turn) % questions);
    must(dialogue::vote(*site.needs, actor, site.talk,
                        {{site.statements[at], static_cast<dialogue::Choice>(n % 3 - 1)}}));
}

double rate_of(Site& site, const std::function<bool()>& over) {
    const std::int64_t before = site.made;
    const auto start = std::chrono::steady_clock::now();
    // As in the server, what is committed is moved out of the WAL meanwhile.
    const std::jthread mover([&site](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            site.database->checkpoint();
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
        }
    });
    std::vector<std::jthread> all;
    for (int i = 0; i < 64; ++i)
        all.emplace_back([&] {
            while (!over()) vote(site);
        });
    all.clear();
    return static_cast<double>(site.made - before) /
           std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
double rate_of(Site& site, double seconds) {
    const auto until =
        std::chrono::steady_clock::now() +
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
    return rate_of(site, [until] { return std::chrono::steady_clock::now() >= until; });
}

std::int64_t rows(Site& site) {
    return site.database->read()->one("select count(*) from local.notice_outbox")->integer(0);
}

void tell(Site& site, const std::stop_token& stop) {
    struct Until final : jobs::Run {
        explicit Until(const std::stop_token& s) : stop(s) {}
        bool stopping() const override { return stop.stop_requested(); }
        void progress(std::int64_t, std::int64_t) override {}
        const std::stop_token& stop;
    } run(stop);
    while (!stop.stop_requested()) {
        site.seed();
        site.fan_out(run);
    }
}

void measure(Site& site, double seconds, int rounds) {
    rate_of(site, [&site] { return site.made >= voters; });  // from now on everybody is known
    rate_of(site, std::min(seconds, 2.0));
    for (int round = 0; round < rounds; ++round) {
        double alone = 0, with = 0;
        const std::int64_t before = rows(site);
        const auto followed = [&] {
            site.catch_up();  // what was voted meanwhile is no part of what followers cost
            const std::jthread teller([&](const std::stop_token& stop) { tell(site, stop); });
            return rate_of(site, seconds);
        };
        if (round % 2 == 0)
            alone = rate_of(site, seconds), with = followed();
        else
            with = followed(), alone = rate_of(site, seconds);
        std::printf("{\"alone\":%.1f,\"followed\":%.1f,\"rows\":%.1f}\n", alone, with,
                    static_cast<double>(rows(site) - before) / seconds);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    try {
        Site site(argv[3]);
        measure(site, std::stod(argv[1]), std::stoi(argv[2]));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-notices: %s\n", error.what());
        return 1;
    }
}
