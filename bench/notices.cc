// huiyin-notices: what the followers of one round cost those who vote. 64 threads send single votes to the acts
// themselves, in turns with nobody following and with 100,000 followers for whom the log is read without a pause: as
// soon as all of them have a row for one entry, the next is made. Each round the other way round goes first.
//   huiyin-notices SECONDS ROUNDS FOLDER
// Prints one JSON object for each round: alone, followed (votes a second), rows (a second, written for followers).
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

#include <jobs/jobs.h>
#include <notice/notice.h>

#include "voting.h"

namespace {

constexpr std::int64_t followers = 100'000;

struct Site : bench::Voting {
    explicit Site(const std::filesystem::path& folder) : Voting(folder) {
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
    std::function<void(jobs::Run&)> fan_out;
};

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
    site.warm_up(seconds);
    for (int round = 0; round < rounds; ++round) {
        double alone = 0, with = 0;
        const std::int64_t before = rows(site);
        const auto followed = [&] {
            site.catch_up();  // what was voted meanwhile is no part of what followers cost
            const std::jthread teller([&](const std::stop_token& stop) { tell(site, stop); });
            return site.rate_of(seconds);
        };
        if (round % 2 == 0)
            alone = site.rate_of(seconds), with = followed();
        else
            with = followed(), alone = site.rate_of(seconds);
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
