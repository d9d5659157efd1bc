// huiyin-maps: takes votes on one dialogue through HTTP, and keeps its map fresh while it is told to, as the server's
// own task does.
//   huiyin-maps FOLDER STATEMENTS
// Prints one line of JSON: port, dialogue, statements. Then it takes lines from standard input, "fresh" or "alone", and
// answers each with how many maps were drawn since the last one. Ends with its input.
#include <atomic>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

#include <dialogue/dialogue.h>
#include <http/server.h>
#include <jobs/jobs.h>
#include <opinion_map/opinion_map.h>
#include <page/page.h>

#include "site.h"

namespace {

class Maps : public bench::Site<> {
public:
    Maps(const std::filesystem::path& folder, int statements)
        : Site(folder, {dialogue::add_kinds, opinion_map::add_kinds}) {
        page::set_up({});
        const people::Actor head = officer(root, "head", people::Role::head);
        talk_ = must(dialogue::open(*needs, head, {desk, "What should change?", "", "en"}));
        std::string all;
        for (int i = 0; i < statements; ++i) {
            const auto made = must(dialogue::seed(*needs, head, talk_, "Statement number " + std::to_string(i), "en"));
            if (i == 0) first_ = made;
            all += (i ? "," : "") + std::to_string(made.value());
        }
        dialogue::add_routes(router_, *needs);
        http::Settings settings;
        settings.port = 0;
        settings.rate_per_minute = 0;
        settings.access_log = false;
        server_ = http::Server::start(router_, settings, {});
        moving_ = mover();
        std::printf("{\"port\":%d,\"dialogue\":%lld,\"statements\":[%s]}\n", int{server_->port()},
                    static_cast<long long>(talk_.value()), all.c_str());
        std::fflush(stdout);
    }
    ~Maps() { server_->drain(1); }

    // How many maps were drawn before.
    std::int64_t keep_fresh(bool fresh) {
        following_ = {};
        if (fresh) following_ = std::jthread([this](const std::stop_token& stop) { follow(stop); });
        return drawn_.exchange(0);
    }

private:
    struct Until : jobs::Run {
        explicit Until(const std::stop_token& token) : token_(token) {}
        bool stopping() const override { return token_.stop_requested(); }
        void progress(std::int64_t, std::int64_t) override {}
        const std::stop_token& token_;
    };
    void follow(const std::stop_token& stop) {
        Until until(stop);
        std::int64_t last = -1;
        while (!until.stopping()) {
            drawing_.work(until);
            // Somebody looks at it.
            std::int64_t seen = 0;
            auto db = database->read();
            for (const opinion_map::GroupVotes& group : opinion_map::groups_on(*live_, *db, first_))
                seen += group.agree + group.disagree + group.pass;
            if (seen != last) ++drawn_, last = seen;
        }
    }

    dialogue::DialogueId talk_;
    http::Router router_;
    std::unique_ptr<http::Server> server_;
    const std::shared_ptr<opinion_map::Live> live_ = opinion_map::live();
    const jobs::Task drawing_ = opinion_map::tasks(*needs, live_).front();
    dialogue::StatementId first_;
    std::atomic<std::int64_t> drawn_{0};
    std::jthread moving_, following_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    try {
        Maps maps(argv[1], std::stoi(argv[2]));
        for (std::string line; std::getline(std::cin, line);) {
            std::printf("%lld\n", static_cast<long long>(maps.keep_fresh(line == "fresh")));
            std::fflush(stdout);
        }
        maps.keep_fresh(false);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-maps: %s\n", error.what());
        return 1;
    }
}
