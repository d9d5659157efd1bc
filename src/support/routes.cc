#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"

namespace support {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t longest_code = 200;  // of what is typed: eight words, or digits with any blanks

class Routes {
public:
    explicit Routes(const people::Needs& needs) : needs_(needs) {}

    Response show(const Request& r) const {
        auto db = needs_.database.read();
        const auto v = find(*db, r);
        return v ? page::answer(r, own_page(needs_, r, *db, *v)) : unknown(r);
    }

    // The form on the message's page has no token, because that page is kept for everybody: a browser that says that it
    // stood on this site joins with one press, any other is asked once more, on a page with a token.
    Response join(const Request& r) const {
        const auto v = find(*needs_.database.read(), r);
        if (!v) return unknown(r);
        const bool here = http::csrf_valid(r) || http::from_own_page(r);
        if (!here && r.wants_json()) return page::refusal(r, kernel::refuse(kernel::Code::forbidden, "http.csrf"));
        if (!r.wants_json()) {
            if (const auto other = leads_to(*needs_.database.read(), *v)) return http::redirect(address(*other));
            const kernel::Checked may = may_be_joined(*needs_.database.read(), *v);
            if (!may) return told(r, *v, may.error());
        }
        if (!here) return told(r, *v, page::say(page::lang_of(r), "support.press_again"), 200);
        people::Actor actor = people::actor(r);
        actor.visitor = r.need_visitor();
        return after(r, *v, give(needs_, actor, v->id, page::once(r)));
    }

    Response leave(const Request& r) const {
        const auto v = find(*needs_.database.read(), r);
        if (!v) return unknown(r);
        page::Reader reader(r);
        const std::string code = reader.text("code", longest_code);
        if (!reader.good()) return told(r, *v, reader.errors());
        return after(r, *v, take_back(needs_, people::actor(r), v->id, code, page::once(r)));
    }

    Response show_json(const Request& r) const {
        auto db = needs_.database.read();
        const auto v = find(*db, r);
        return v ? http::json(200, kernel::canonical(as_json(*db, *v))) : unknown(r);
    }

private:
    static std::optional<voice::Voice> find(db::Connection& db, const Request& r) {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? voice::voice(db, VoiceId(*id)) : std::nullopt;
    }
    static Response unknown(const Request& r) {
        return people::refusal(r, kernel::refuse(kernel::Code::not_found, "voice.unknown"));
    }

    Response told(const Request& r, const voice::Voice& v, const std::string& notice, int status) const {
        auto db = needs_.database.read();
        page::Page shown = own_page(needs_, r, *db, v, notice);
        shown.status = status;
        return page::answer(r, std::move(shown));
    }

    Response told(const Request& r, const voice::Voice& v, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        return page::answer(r, own_page(needs_, r, *db, v, {}, errors), errors);
    }

    Response told(const Request& r, const voice::Voice& v, const kernel::Error& refused) const {
        if (!refused.field.empty()) return told(r, v, std::vector<kernel::Error>{refused});
        return told(r, v, page::say(page::lang_of(r), refused), http::status_of(refused.code));
    }

    Response after(const Request& r, const voice::Voice& v, const kernel::Result<ledger::Receipt>& done) const {
        if (r.wants_json()) {
            if (!done) return page::refusal(r, done.error());
            kernel::Json json = as_json(*needs_.database.read(), v);
            json.set("receipt", done->index);
            return http::json(201, kernel::canonical(json));
        }
        if (done) return http::redirect(address(v.id) + "?receipt=" + std::to_string(done->index));
        const bool here = done.error().code == kernel::Code::conflict || done.error().field == "code";
        return here ? told(r, v, done.error()) : people::refusal(r, done.error());
    }

    const people::Needs& needs_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Routes>(needs);
    router.get("/voices/{id}/support", [routes](const Request& r) { return routes->show(r); });
    router.post("/voices/{id}/support", [routes](const Request& r) { return routes->join(r); },
                {.rate = 60, .csrf = false, .work = true});
    router.post("/voices/{id}/support/back", [routes](const Request& r) { return routes->leave(r); },
                {.rate = 20, .work = true});
    router.get("/api/v1/voices/{id}/support", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace support
