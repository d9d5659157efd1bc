// huiyin-witness: cosigns the checkpoints of logs that it follows. A small program for another house than the log's.
#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include <http/server.h>
#include <http/signals.h>
#include <ledger/key.h>
#include <watch/watch.h>

#include "witness.h"

namespace {

struct Args {
    std::string data = "witness", name, address = "127.0.0.1";
    int port = 8090;
    std::vector<std::string> logs, trusted_proxies;
};

std::filesystem::path key_file(const Args& args) { return std::filesystem::path(args.data) / "witness.key"; }

void init(const Args& args) {
    if (!ledger::check_origin(args.name))
        throw std::runtime_error("the name is the address without https://, such as witness.example.org/huiyin");
    std::filesystem::create_directories(args.data);
    std::filesystem::permissions(args.data, std::filesystem::perms::owner_all);
    std::cout << ledger::make_key(key_file(args), args.name, merkle::witness_key).verifier().text() << '\n';
}

std::vector<merkle::VerifierKey> logs_of(const Args& args) {
    std::vector<merkle::VerifierKey> out;
    for (const std::string& text : args.logs) {
        auto key = merkle::VerifierKey::parse(text);
        if (!key || key->type != merkle::log_key) throw std::runtime_error("not the key of a log: " + text);
        out.push_back(std::move(*key));
    }
    return out;
}

http::Response fault(const http::Request&, int status, const kernel::Error& error) {
    http::Response out;
    out.status = status;
    out.content_type = "text/plain; charset=utf-8";
    out.body = error.key + "\n";
    return out;
}

void serve(const Args& args) {
    const sigset_t signals = http::block_signals();
    const kernel::SystemClock clock;
    witness::Witness witness(std::filesystem::path(args.data) / "checkpoints",
                             ledger::load_key(key_file(args), merkle::witness_key), logs_of(args), clock);
    http::Router router;
    witness::add_routes(router, witness);
    http::Settings settings;
    settings.clock = &clock;
    settings.address = args.address;
    settings.port = static_cast<std::uint16_t>(args.port);
    settings.workers = 8;
    settings.connections = 512;
    settings.rate_per_minute = 6000;
    settings.trusted_proxies = args.trusted_proxies;
    settings.access_log = false;
    http::Server::Hooks hooks;
    hooks.faults = fault;
    auto server = http::Server::start(router, settings, std::move(hooks));
    std::cout << "http://" << args.address << ':' << server->port() << std::endl;
    watch::info("serving", {{"port", server->port()}, {"logs", args.logs.size()}});
    int signal = 0;
    sigwait(&signals, &signal);
    server->drain(5);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"A witness of Huiyin: it signs that a public log only ever grew."};
    app.require_subcommand(1);
    Args args;
    auto* init_command = app.add_subcommand("init", "make the key; prints the public one");
    auto* key_command = app.add_subcommand("key", "print the public key");
    auto* serve_command = app.add_subcommand("serve", "cosign");
    for (CLI::App* command : {init_command, key_command, serve_command})
        command->add_option("--data", args.data, "the witness's folder")->capture_default_str();
    init_command->add_option("--name", args.name, "its name for ever: its address without https://")->required();
    serve_command->add_option("--port", args.port, "port; 0 takes any free one")
        ->capture_default_str()
        ->check(CLI::Range(0, 65535));
    serve_command->add_option("--address", args.address, "address to listen on")->capture_default_str();
    serve_command
        ->add_option("--log", args.logs, "public key of a log to follow, as its /log/key says; may be repeated")
        ->required();
    serve_command->add_option("--trusted-proxy", args.trusted_proxies, "address of a proxy that is believed");
    init_command->callback([&] { init(args); });
    key_command->callback(
        [&] { std::cout << ledger::load_key(key_file(args), merkle::witness_key).verifier().text() << '\n'; });
    serve_command->callback([&] { serve(args); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return app.exit(error); } catch (const std::exception& error) {
        std::cerr << "huiyin-witness: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
