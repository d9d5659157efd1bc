#include <http/http.h>

#include "witness.h"

namespace witness {
namespace {

http::Response respond(Witness::Answer answer) {
    http::Response out;
    out.status = answer.status;
    out.content_type = std::move(answer.content_type);
    out.body = std::move(answer.body);
    return out;
}

}  // namespace

void add_routes(http::Router& router, Witness& witness) {
    http::Limits limits;
    limits.csrf = false;  // no cookie is an authority here: the log's signature is
    limits.any_type = true;
    limits.body = 64 * 1024;
    router.post(
        "/add-checkpoint", [&witness](const http::Request& request) { return respond(witness.add(request.body)); },
        limits);
    router.get("/{origin}/checkpoint", [&witness](const http::Request& request) {
        auto note = witness.newest(request.param("origin"));
        http::Response out = note ? respond({200, "text/plain; charset=utf-8", std::move(*note)})
                                  : respond({404, "text/plain; charset=utf-8", "nothing cosigned of such a log\n"});
        out.set("Access-Control-Allow-Origin", "*");
        return out;
    });
    router.get("/key", [&witness](const http::Request&) {
        return respond({200, "text/plain; charset=utf-8", witness.key().text() + "\n"});
    });
    router.get("/healthz", [](const http::Request&) { return respond({200, "text/plain; charset=utf-8", "ok\n"}); });
}

}  // namespace witness
