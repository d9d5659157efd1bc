// huiyin-followed: what a follower that is catching up costs those who vote. 64 threads send single votes to the acts
// themselves, in turns alone and while a follower reads the log from its beginning, over and over, as fast as it can;
// each round the other way round goes first. Every act is of one kind: a person who is known votes on a statement that
// they have not voted on.
//   huiyin-followed SECONDS ROUNDS FOLDER
// Prints one JSON object for each round: alone, followed (votes a second), read (entries a second that the follower
// read).
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

#include "voting.h"

namespace {

struct Site : bench::Voting {
    explicit Site(const std::filesystem::path& folder) : Voting(folder) {
        database->derived()->script(
            "create table derived.bench (pass bigint not null, idx bigint not null, kind text, primary key (pass, "
            "idx))");
    }
};

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
    site.warm_up(seconds);
    std::atomic<std::int64_t> pass{0}, read{0};
    const auto followed = [&] {
        const std::jthread follower([&](const std::stop_token& stop) { follow(site, pass, read, stop); });
        return site.rate_of(seconds);
    };
    for (int round = 0; round < rounds; ++round) {
        read = 0;
        double alone = 0, with = 0;
        if (round % 2 == 0)
            alone = site.rate_of(seconds), with = followed();
        else
            with = followed(), alone = site.rate_of(seconds);
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
