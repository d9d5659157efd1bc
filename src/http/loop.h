// What connections share: the settings, the dispatcher, the pools, and the thread that moves their bytes.
#pragma once
#include <utility>

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "exchange.h"
#include "pool.h"

namespace http {

class Session;

struct House {
    House(const Router& router, const Settings& given, Server::Hooks hooks)
        : settings(given),
          dispatcher(router, settings, std::move(hooks)),
          workers(static_cast<std::size_t>(std::max(1, settings.workers)), settings.waiting) {}

    const Settings settings;
    Dispatcher dispatcher;
    std::atomic<bool> draining = false;
    std::atomic<std::size_t> connections = 0, event_clients = 0;
    Pool workers;
    Pool aside{4, 256};  // pages of faults; pieces of uploads on their way to the disk
    Pool events{4, 4096};
};

// One I/O thread. All but `io` belongs to it; other threads only post.
class Loop {
public:
    explicit Loop(House& house) : house_(house) {}
    boost::asio::io_context io{1};
    std::string date;  // "Date: …\r\n", or nothing

    void add(std::shared_ptr<Session>);
    void remove(Session&);  // when it has closed
    void tick();            // four times a second: what is overdue, event streams, the date
    void drain();           // idle connections are closed, others when they are done
    void close_all();

private:
    std::vector<std::shared_ptr<Session>> all() const;
    House& house_;
    std::unordered_map<Session*, std::shared_ptr<Session>> sessions_;  // shared with the operations under way
};

}  // namespace http
