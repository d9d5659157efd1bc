// huiyin-followed: what a follower that is catching up costs those who vote. 64 threads send single votes to the acts
// themselves, in turns alone and while a follower reads the log from its beginning, over and over, as fast as it can;
// each round the other way round goes first. Every act is of one kind: a person who is known votes on a statement that
// they have not voted on.
//   huiyin-followed SECONDS ROUNDS FOLDER
// Prints one JSON object for each round: alone, followed (votes a second), read (entries a second that the follower
// read).
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

namespace {

constexpr std::int64_t voters = 20'000, questions = 200;

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
        const people::CycleId desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        const auto root = people::units(*database->read()).front().id;
        must(people::add_officer(*needs, root, "head", "head", {people::Role::head}, false));
        const people::Actor head =
            people::actor(*database->read(), people::officer_by_login(*database->read(), "head")->id);
        talk = must(dialogue::open(*needs, head, {desk, "What should change?", "", "en"}));
        for (std::int64_t i = 0; i < questions; ++i)
            statements.push_back(
                must(dialogue::seed(*needs, head, talk, "Statement number " + std::to_string(i), "en")));
        database->derived()->script(
            "create table derived.bench (pass bigint not null, idx bigint not null, kind text, primary key (pass, "
            "idx))");
    }
    std::unique_ptr<db::Database> database;
    kernel::SystemClock clock;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    dialogue::DialogueId talk;
    std::vector<dialogue::StatementId> statements;
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

// How many votes a second 64 threads send until `until` says so.
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

// Catches up until it is stopped; where it has arrived it begins again, so that it is never idle.
void follow(Site& site, std::atomic<std::int64_t>& pass, std::atomic<std::int64_t>& read, const std::stop_token& stop) {
    struct Stopped {};
    try {
        for (;;) {
            const std::int64_t mine = ++pass;
            ledger::catch_up(
                *site.database,
                {"bench " + std::to_string(mine), [&](db::Connection& derived, const ledger::Entry& entry) {
                     if (stop.stop_requested()) throw Stopped{};
                     derived.run("insert into derived.bench (pass, idx, kind) values ($1, $2, $3)", mine, entry.index,
                                 entry.kind);
                     ++read;
                 }});
        }
    } catch (const Stopped&) {
        // It reads on from its mark, or is never asked again.
    }
}

void measure(Site& site, double seconds, int rounds) {
    rate_of(site, [&site] { return site.made >= voters; });  // from now on everybody is known
    rate_of(site, std::min(seconds, 2.0));
    std::atomic<std::int64_t> pass{0}, read{0};
    const auto followed = [&] {
        const std::jthread follower([&](const std::stop_token& stop) { follow(site, pass, read, stop); });
        return rate_of(site, seconds);
    };
    for (int round = 0; round < rounds; ++round) {
        read = 0;
        double alone = 0, with = 0;
        if (round % 2 == 0)
            alone = rate_of(site, seconds), with = followed();
        else
            with = followed(), alone = rate_of(site, seconds);
        std::printf("{\"alone\":%.1f,\"followed\":%.1f,\"read\":%.1f}\n", alone, with,
                    static_cast<double>(read) / seconds);
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
        std::fprintf(stderr, "huiyin-followed: %s\n", error.what());
        return 1;
    }
}
