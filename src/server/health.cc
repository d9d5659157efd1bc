#include <watch/watch.h>

#include "home.h"

namespace server {
namespace {

http::Response text(int status, std::string body) {
    http::Response answer;
    answer.status = status;
    answer.content_type = "text/plain; charset=utf-8";
    answer.body = std::move(body);
    return answer;
}

}  // namespace

void add_health(http::Router& router, House& house) {
    router.get("/healthz", [](const http::Request&) { return text(200, "ok\n"); });
    // Ready means: the database answers and the ledger still takes acts.
    router.get("/readyz", [&house](const http::Request&) {
        auto lease = house.database().read();
        const std::int64_t stored = ledger::size(*lease);
        return stored >= house.ledger().size() ? text(200, "ready\n") : text(503, "behind\n");
    });
    router.get("/metrics", [&house](const http::Request&) {
        watch::gauge("huiyin_ledger_entries", static_cast<double>(house.ledger().size()));
        http::Response answer = text(200, watch::metrics());
        answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return answer;
    });
}

}  // namespace server
