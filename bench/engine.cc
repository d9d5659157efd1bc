// huiyin-engine: the same acts as the load sends, with the same rows, but without HTTP: the limit that the server is
// held against. 64 threads call the acts directly on a fresh SQLite installation.
//   huiyin-engine voices|vote|votes|followed SECONDS FOLDER
// Prints one JSON object: what, acts, rate (of acts), items (rate of votes where an act has 50). followed: single
// votes, for half of the time alone (`alone`, a rate), then while a follower reads the log from its beginning (`rate`).
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
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <people/people.h>
#include <voice/voice.h>

namespace {

template <class T>
T must(kernel::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key);
    return *std::move(result);
}

struct Site {
    explicit Site(const std::filesystem::path& folder) : database(db::Database::open({folder, ""})) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        voice::add_kinds(kinds);
        dialogue::add_kinds(kinds);
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("bench"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Bench"));
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        const auto root = people::units(*database->read()).front().id;
        must(people::add_officer(*needs, root, "head", "head", {people::Role::head}, false));
        head = people::actor(*database->read(), people::officer_by_login(*database->read(), "head")->id);
        talk = must(dialogue::open(*needs, head, {desk, "What should change?", "", "en"}));
        for (int i = 0; i < 60; ++i)
            statements.push_back(
                must(dialogue::seed(*needs, head, talk, "Statement number " + std::to_string(i), "en")));
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
};

void one(const Site& site, const std::string& what, std::int64_t n) {
    people::Actor actor;
    if (what == "voices") {
        voice::Draft draft;
        draft.cycle = site.desk;
        draft.kind = voice::Kind::complaint;
        draft.lang = "en";
        draft.text = "The lamp at crossing " + std::to_string(n % 100'000) +
                     " has been dark for days; 路口的灯不亮了,晚上过马路很危险,请尽快修好。 No. " + std::to_string(n);
        must(voice::receive(*site.needs, actor, draft, std::nullopt));
        return;
    }
    actor.visitor = "person-of-the-load-" + std::to_string(n % 20'000);
    std::vector<dialogue::Vote> votes;
    for (std::int64_t i = 0; i < (what == "vote" ? 1 : 50); ++i)
        votes.push_back({site.statements[static_cast<std::size_t>(n * 7 + i) % site.statements.size()],
                         static_cast<dialogue::Choice>((n + i) % 3 - 1)});
    must(dialogue::vote(*site.needs, actor, site.talk, votes));
}

// How many acts a second 64 threads do.
double rate_of(const Site& site, const std::string& what, double seconds, std::atomic<std::int64_t>& made) {
    const std::int64_t before = made;
    const auto start = std::chrono::steady_clock::now();
    const auto until =
        start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
    std::vector<std::jthread> all;
    for (int i = 0; i < 64; ++i)
        all.emplace_back([&] {
            while (std::chrono::steady_clock::now() < until) one(site, what, made++);
        });
    all.clear();
    return static_cast<double>(made - before) /
           std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void follow(const Site& site, const std::stop_token& stop) {
    ledger::Follower reader{"bench", [](db::Connection& derived, const ledger::Entry& entry) {
                                derived.run("insert into derived.bench (idx, kind) values ($1, $2)", entry.index,
                                            entry.kind);
                            }};
    while (!stop.stop_requested()) ledger::catch_up(*site.database, reader);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    try {
        const std::string what = argv[1];
        const Site site(argv[3]);
        std::atomic<std::int64_t> made{0};
        const double seconds = std::stod(argv[2]);
        if (what == "followed") {
            site.database->derived()->script("create table derived.bench (idx bigint not null primary key, kind text)");
            const double alone = rate_of(site, "vote", seconds, made);
            const std::jthread follower([&site](const std::stop_token& stop) { follow(site, stop); });
            const double rate = rate_of(site, "vote", seconds, made);
            std::printf("{\"what\":\"followed\",\"alone\":%.1f,\"rate\":%.1f,\"items\":%.1f}\n", alone, rate,
                        100 * rate / alone);
            return 0;
        }
        const double rate = rate_of(site, what, seconds, made);
        std::printf("{\"what\":\"%s\",\"acts\":%lld,\"rate\":%.1f,\"items\":%.1f}\n", what.c_str(),
                    static_cast<long long>(made.load()), rate, what == "votes" ? rate * 50 : rate);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-engine: %s\n", error.what());
        return 1;
    }
}
