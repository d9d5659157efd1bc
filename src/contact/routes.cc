// The part of the form in which it is left, and the page on which it is opened.
#include <memory>

#include <db/database.h>
#include <kernel/bytes.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <page/page.h>
#include <page/reader.h>

#include "acts.h"
#include "pages.h"

namespace contact {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view shown_cookie = "contact";

VoiceId asked_id(const Request& r) { return VoiceId(kernel::parse_index(r.param("id")).value_or(0)); }

class Routes {
public:
    explicit Routes(const people::Needs& needs) : needs_(needs) {}

    Response show(const Request& r) const { return answer(r, {}); }

    Response open_it(const Request& r) const {
        const auto reason = parse_reason(r.field("reason").value_or(""));
        if (!reason) return answer(r, {kernel::invalid("reason", "contact.reason_missing")});
        const VoiceId id = asked_id(r);
        const auto opened = open(needs_, people::actor(r), id, *reason, page::once(r));
        if (!opened) return people::refusal(r, opened.error());
        // A form sent twice opens nothing for longer than the first time did.
        std::int64_t until = needs_.clock.now().ms + shown_for;
        if (const auto first = ledger::entry(*needs_.database.read(), *opened))
            until = std::min(until, first->time.ms + 60'000 + shown_for);
        Response then = http::redirect(page_address(id));
        then.set_cookie(r, shown_cookie, token(r, id, until), shown_for / 1000);
        return then;
    }

private:
    Response answer(const Request& r, const std::vector<kernel::Error>& errors) const {
        const VoiceId id = asked_id(r);
        auto db = needs_.database.read();
        const auto s = standing(needs_, *db, people::actor(r), id);
        if (!s) return people::refusal(r, s.error());
        if (rules::reasons_for(*s).empty()) return people::refusal(r, rules::may_open(*s, Reason::ask_author).error());
        page::Page page = open_page(r, *db, id, *s, contact_of(*db, needs_.server_key, id), shown_until(r, id),
                                    page::Form::of(r, errors));
        return page::answer(r, std::move(page), errors);
    }

    // Whose session opened which until when, under the server's key: no other session can show it, nor this one longer.
    std::string token(const Request& r, VoiceId id, std::int64_t until) const {
        const std::string what = std::to_string(id.value()) + "." + std::to_string(until);
        const std::string whole = "huiyin contact opened v1\n" + what + "\n" + std::to_string(r.who.officer) + "\n" +
                                  std::string(r.cookie("session"));
        return what + "." + kernel::hex(kernel::hmac_sha256(needs_.server_key, kernel::view(whole)));
    }
    std::optional<kernel::Instant> shown_until(const Request& r, VoiceId id) const {
        const std::string_view sent = r.cookie(shown_cookie);
        const std::size_t first = sent.find('.'), second = sent.find('.', first + 1);
        if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
        const auto until = kernel::parse_index(sent.substr(first + 1, second - first - 1));
        if (!until || *until <= needs_.clock.now().ms ||
            !kernel::equal_in_constant_time(kernel::view(sent), kernel::view(token(r, id, *until))))
            return std::nullopt;
        return kernel::Instant{*until};
    }

    const people::Needs& needs_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Routes>(needs);
    router.get("/desk/voices/{id}/contact", [routes](const Request& r) { return routes->show(r); });
    router.post("/desk/voices/{id}/contact", [routes](const Request& r) { return routes->open_it(r); });
}

voice::SayMore say_more(const people::Needs& needs) {
    return {{"contact_name", "contact_telephone", "contact_email", "contact_wish"},
            say_part,
            [&needs](const Request& r, std::vector<kernel::Error>& errors) -> voice::AlsoDone {
                page::Reader reader(r);
                Given given;
                given.name = reader.text("contact_name", max_name);
                given.telephone = reader.text("contact_telephone", max_telephone);
                given.email = reader.text("contact_email", max_email);
                given.wish = reader.text("contact_wish", max_wish);
                std::vector<kernel::Error> wrong = reader.errors();
                if (wrong.empty()) wrong = faults(given);
                errors.insert(errors.end(), wrong.begin(), wrong.end());
                return giving(needs, std::move(given));
            }};
}

}  // namespace contact
