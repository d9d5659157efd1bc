#include "server.h"

#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/resource.h>

#include <chrono>
#include <future>
#include <system_error>
#include <thread>

#include <kernel/clock.h>
#include <watch/watch.h>

#include "loop.h"
#include "session.h"

namespace http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto tick_time = std::chrono::milliseconds(250);
constexpr auto accept_pause = std::chrono::milliseconds(100);  // when there is no file descriptor left
constexpr auto drain_look = std::chrono::milliseconds(10);
constexpr std::size_t turned_away_at_once = 64;
constexpr rlim_t other_files = 512;

// Each connection is a file; the usual soft limit of 1,024 is less than what the settings promise.
void allow_files(std::size_t connections) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const rlim_t wanted = connections + turned_away_at_once + other_files;
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min(limit.rlim_max, wanted);
    setrlimit(RLIMIT_NOFILE, &limit);
}

void check(const error_code& error, const char* what) {
    if (error) throw std::system_error(error.value(), std::system_category(), what);
}

class Listening final : public Server {
public:
    Listening(const Router& router, const Settings& settings, Hooks hooks)
        : house_(router, settings, std::move(hooks)) {
        for (int i = 0; i < std::max(1, settings.io_threads); ++i) threads_.push_back(std::make_unique<Thread>(house_));
        listen();
        for (auto& one : threads_) one->start();
        asio::post(first().io, [this] { accept(); });
    }
    ~Listening() override { drain(0); }

    std::uint16_t port() const override { return port_; }
    void drain(int seconds) override;

private:
    struct Thread {
        explicit Thread(House& house) : loop(house), work(loop.io.get_executor()), timer(loop.io) {}
        void start() {
            loop.tick();
            asio::post(loop.io, [this] { wait(); });
            thread = std::jthread([this] { loop.io.run(); });
        }
        void wait() {
            timer.expires_after(tick_time);
            timer.async_wait([this](const error_code& error) {
                if (error || ended) return;
                loop.tick();
                wait();
            });
        }
        // On the thread itself. A timer that has run out already is not cancelled any more: hence the flag.
        void end() {
            ended = true;
            timer.cancel();
            work.reset();
        }
        Loop loop;
        asio::executor_work_guard<asio::io_context::executor_type> work;
        asio::steady_timer timer;
        bool ended = false;
        std::jthread thread;
    };

    Loop& first() { return threads_.front()->loop; }
    void listen();
    void accept();
    void on_accepted(Loop&, tcp::socket);
    void stop();

    House house_;
    std::vector<std::unique_ptr<Thread>> threads_;
    std::unique_ptr<tcp::acceptor> acceptor_;  // of the first thread
    std::unique_ptr<asio::steady_timer> pause_;
    std::uint16_t port_ = 0;
    std::size_t next_ = 0;
    bool drained_ = false;
};

void Listening::listen() {
    error_code error;
    const auto address = asio::ip::make_address(house_.settings.address, error);
    check(error, "http: the address to listen on");
    const tcp::endpoint endpoint(address, house_.settings.port);
    acceptor_ = std::make_unique<tcp::acceptor>(first().io);
    pause_ = std::make_unique<asio::steady_timer>(first().io);
    acceptor_->open(endpoint.protocol(), error);
    check(error, "http: opening the port");
    acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    acceptor_->bind(endpoint, error);
    check(error, "http: binding the port");
    acceptor_->listen(asio::socket_base::max_listen_connections, error);
    check(error, "http: listening on the port");
    port_ = acceptor_->local_endpoint(error).port();
    check(error, "http: the port");
}

void Listening::accept() {
    Loop& loop = threads_[next_++ % threads_.size()]->loop;
    acceptor_->async_accept(loop.io, [this, &loop](const error_code& error, tcp::socket socket) {
        if (!acceptor_->is_open()) return;
        if (!error) {
            on_accepted(loop, std::move(socket));
            return accept();
        }
        watch::warn("http.accept", {{"error", error.value()}});
        pause_->expires_after(accept_pause);
        pause_->async_wait([this](const error_code& stopped) {
            if (!stopped && acceptor_->is_open()) accept();
        });
    });
}

void Listening::on_accepted(Loop& loop, tcp::socket socket) {
    const std::size_t now = ++house_.connections;
    if (now > house_.settings.connections + turned_away_at_once) {
        --house_.connections;
        return;
    }
    const bool welcome = now <= house_.settings.connections;
    auto session = std::make_shared<Session>(house_, loop, std::move(socket));
    asio::post(loop.io, [&loop, session, welcome] {
        loop.add(session);
        if (welcome)
            session->start();
        else
            session->turn_away();
    });
}

void Listening::drain(int seconds) {
    if (std::exchange(drained_, true)) return;
    house_.draining = true;
    // Waited for: a connection accepted after the others were told would never be told.
    std::promise<void> closed;
    asio::post(first().io, [&] {
        error_code ignored;
        acceptor_->close(ignored);
        pause_->cancel();
        closed.set_value();
    });
    closed.get_future().wait();
    for (auto& one : threads_) asio::post(one->loop.io, [&loop = one->loop] { loop.drain(); });
    const double until = kernel::stopwatch() + seconds;
    while (house_.connections > 0 && kernel::stopwatch() < until) std::this_thread::sleep_for(drain_look);
    stop();
}

void Listening::stop() {
    for (auto& one : threads_) asio::post(one->loop.io, [&loop = one->loop] { loop.close_all(); });
    // Jobs that still run hold their sessions; the I/O threads go last, so that what jobs post is dropped by them.
    house_.workers.stop();
    house_.aside.stop();
    house_.events.stop();
    for (auto& one : threads_) {
        asio::post(one->loop.io, [raw = one.get()] { raw->end(); });
        one->thread.join();
    }
}

}  // namespace

void Loop::add(std::shared_ptr<Session> session) {
    Session* const key = session.get();
    sessions_.emplace(key, std::move(session));
}

void Loop::remove(Session& session) {
    if (sessions_.erase(&session) > 0) --house_.connections;
}

std::vector<std::shared_ptr<Session>> Loop::all() const {
    std::vector<std::shared_ptr<Session>> out;
    out.reserve(sessions_.size());
    for (const auto& [key, session] : sessions_) out.push_back(session);
    return out;
}

void Loop::tick() {
    const double now = kernel::stopwatch();
    if (house_.settings.clock) date = "Date: " + http_date(house_.settings.clock->now()) + "\r\n";
    watch::gauge("huiyin_http_connections", static_cast<double>(house_.connections));
    watch::gauge("huiyin_http_requests_waiting", static_cast<double>(house_.workers.waiting()));
    for (const auto& session : all()) session->tick(now);
}

void Loop::drain() {
    const double now = kernel::stopwatch();
    for (const auto& session : all()) session->drain(now);
}

void Loop::close_all() {
    for (const auto& session : all()) session->close();
}

std::unique_ptr<Server> Server::start(const Router& router, const Settings& settings, Hooks hooks) {
    allow_files(settings.connections);
    if (!settings.spool.empty()) prepare_spool(settings.spool);
    return std::make_unique<Listening>(router, settings, std::move(hooks));
}

}  // namespace http
