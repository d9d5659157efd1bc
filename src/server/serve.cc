#include <csignal>
#include <iostream>

#include <db/db.h>
#include <georeport/georeport.h>
#include <http/server.h>
#include <http/signals.h>
#include <jobs/jobs.h>
#include <page/page.h>
#include <watch/watch.h>

#include "commands.h"
#include "happened.h"
#include "home.h"
#include "house.h"
#include "wiring.h"

namespace server {
namespace {

http::Settings settings(House& house) {
    const Options& options = house.options();
    http::Settings out;
    out.clock = &house.clock();
    out.address = options.address;
    out.port = static_cast<std::uint16_t>(options.port);
    out.rate_per_minute = options.rate_per_minute;
    out.work_from_per_minute = options.work_from_per_minute;
    out.trusted_proxies = options.trusted_proxies;
    out.spool = (options.data / "spool").string();
    return out;
}

http::Response fault(const http::Request& request, int status, const kernel::Error& error) {
    if (georeport::answers(request)) return georeport::fault(request, status, error);
    http::Response answer = page::refusal(request, error);
    answer.status = status;
    return answer;
}

// A full disk is nobody's mistake and passes: who sent something is told so, whichever table it was for.
std::optional<kernel::Error> meaning(const std::exception& error) {
    const auto* failure = dynamic_cast<const db::Failure*>(&error);
    if (!failure || failure->kind != db::Kind::full) return std::nullopt;
    return kernel::refuse(kernel::Code::no_space, "http.no_space");
}

int serve(House& house, const sigset_t& signals) {
    set_up_pages(house);
    const notice::Means means = notice_means(house.options(), *house.database().read());
    const handover::Means others = handover_means(house.options());
    const mail::Means mails = mail_means(house.options(), *house.database().read());
    // Derived, not random: a form that was open when the program was restarted can still be sent.
    http::set_csrf_key(kernel::hmac_sha256(house.needs().server_key, kernel::view("huiyin csrf v1")));
    std::filesystem::create_directories(house.options().data / "spool");
    const auto running = jobs::Jobs::start(tasks(house, means, mails, others));
    http::Router router;
    add_routes(router, house, *running, means, mails, others);
    const people::Needs& needs = house.needs();
    const auto identify = [&needs](const http::Request& request) { return people::identify(needs, request); };
    auto server = http::Server::start(router, settings(house), {fault, identify, page::work_page, meaning});
    std::cout << "http://" << house.options().address << ':' << server->port() << std::endl;
    watch::info("serving", {{"port", server->port()}, {"entries", house.ledger().size()}});
    if (without_tls(house.options()))
        watch::warn("serving_without_tls", {{"why", "it listens beyond this machine, and no trusted proxy is named"}});

    int signal = 0;
    sigwait(&signals, &signal);
    watch::info("stopping", {{"signal", signal}});
    server->drain(20);
    return 0;
}

void print_first_steps(const Options& options, const House::Made& made, const std::optional<Demo>& demo) {
    const std::string base = "http://" + options.address + ':' + std::to_string(options.port);
    std::cout << "\nStaff account, shown this once (it sets up; it does not act on matters). It opens for seven days:\n"
              << "choose a password of your own after signing in.\n"
              << "  name      " << made.account.login << "\n  password  " << made.account.password << "\n\n";
    if (demo)
        std::cout << "And two of the sample office, to look at its side:\n"
                  << "  name      " << demo->clerk.login << "\n  password  " << demo->clerk.password << "\n\n"
                  << "  name      " << demo->inspector.login << "\n  password  " << demo->inspector.password << "\n"
                  << "  and to open confidential messages: " << demo->passphrase << "\n\n";
    std::cout << "What to try first:\n"
              << "  " << base << "/            what this is, in one minute\n"
              << "  " << base << "/say         say something; keep the slip\n"
              << "  " << base << "/sign-in     the staff's side\n"
              << "  " << base << "/log         the public log\n\n";
}

}  // namespace

int serve(const Options& options) {
    const sigset_t signals = http::block_signals();
    House house(options);
    return serve(house, signals);
}

int start(const Options& options, const StartArgs& args) {
    const sigset_t signals = http::block_signals();
    if (demo_unfinished(options))
        throw std::runtime_error("the demo was stopped while it was made; remove " + options.data.string() +
                                 " and start again");
    std::optional<House::Made> made;
    std::optional<Demo> demo;
    if (!House::exists(options) && args.demo) {
        demo = make_demo(options);
        made = demo->made;
    } else if (!House::exists(options)) {
        made = House::init(options, args.founding);
    }
    House house(options);
    if (made) print_first_steps(options, *made, demo);
    return serve(house, signals);
}

}  // namespace server
