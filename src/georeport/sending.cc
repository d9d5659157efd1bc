// POST requests: a report of a client with a key becomes a message like all others.
#include <memory>

#include <cycle/cycle.h>
#include <db/database.h>
#include <http/rate.h>
#include <kernel/clock.h>
#include <kernel/code.h>
#include <kernel/id.h>
#include <ledger/ledger.h>

#include "keys.h"
#include "listing.h"
#include "posted.h"
#include "routes.h"
#include "shape.h"
#include "store.h"

namespace georeport {
namespace {

using http::Request;
using http::Response;
using kernel::Json;

// What came of a report.
struct Sent {
    voice::Received received;
    bool repeated = false;
    bool listed = true;  // as everybody may read it now
};

class Notice {
public:
    explicit Notice(page::Lang lang) : lang_(lang) {}
    void add(std::string_view key, const page::Args& args = {}) { add_sentence(text_, page::say(lang_, key, args)); }
    std::string take() { return std::move(text_); }

private:
    page::Lang lang_;
    std::string text_;
};

// Shown to whoever speaks: the specification has no other place for it. `days`: for which contact data is kept.
std::string notice(const Request& r, const Client& client, const Posted& posted, const Sent& sent, std::int64_t days) {
    const page::Lang lang = page::lang_of(r);
    const std::string number = std::to_string(sent.received.id.value());
    Notice out(lang);
    out.add(sent.repeated ? "georeport.notice_again" : "georeport.notice_received", {{"n", number}});
    if (sent.received.due) out.add("georeport.notice_due", {{"day", page::full_date(lang, *sent.received.due)}});
    out.add("georeport.notice_receipt", {{"address", address_of(r) + "/receipts/" + number}});
    const auto code = kernel::Code25::parse(sent.received.code);
    if (!client.for_authors)
        out.add("georeport.notice_no_code");
    else if (code)
        out.add("georeport.notice_code", {{"code", code->in_fives()}, {"address", address_of(r) + "/mine"}});
    else
        out.add("georeport.notice_code_before");
    if (!sent.listed) out.add("georeport.notice_not_public");
    if (posted.contact.any()) out.add("georeport.notice_contact", {{"days", page::number(lang, days)}});
    if (posted.name_alone) out.add("georeport.notice_name_alone");
    if (posted.media) out.add("georeport.notice_media");
    return out.take();
}

// What makes a report the same when it comes again: the client's own key for it, and all that it says. "" without one.
std::string origin_of(const Request& r) {
    if (r.header("idempotency-key").empty()) return {};
    Request as_sent = r;
    std::erase_if(as_sent.form, [](const auto& field) { return field.first == "once"; });
    as_sent.path.clear();  // in whichever format it is answered
    const auto all = page::once(as_sent);
    return all ? kernel::hex(*all) : std::string();
}

class Sending {
public:
    explicit Sending(const people::Needs& needs) : needs_(needs) {}

    Response post(const Request& r, Format format) {
        // In the body alone: addresses stand in logs of proxies.
        const std::string_view key = r.field("api_key").value_or("");
        const std::optional<Client> client =
            key.empty() ? std::nullopt : client_by_key(*needs_.database.read(), stored(needs_.server_key, key));
        if (!client)
            return refusal(r, format,
                           {kernel::Error{kernel::Code::forbidden,
                                          key.empty() ? "georeport.key_missing" : "georeport.key_unknown",
                                          "api_key",
                                          {}}});
        if (const int wait = too_soon(*client); wait > 0) {
            Response out = refusal(r, format,
                                   {kernel::refuse(kernel::Code::too_many, "georeport.too_many",
                                                   {{"max", std::to_string(client->per_minute)}})});
            return std::move(out.set("Retry-After", std::to_string(wait)));
        }
        const std::string_view jurisdiction =
            r.field("jurisdiction_id").value_or(r.asked("jurisdiction_id").value_or(""));
        if (auto ok = check_jurisdiction(r, jurisdiction); !ok) return refusal(r, format, {ok.error()});
        return take(r, format, *client);
    }

private:
    int too_soon(const Client& client) {
        const std::string who = "client " + std::to_string(client.id.value());
        return rates_.take(kernel::hmac_sha256(needs_.server_key, kernel::view(who)), "open311", client.per_minute,
                           kernel::stopwatch());
    }

    Response take(const Request& r, Format format, const Client& client) const {
        const std::string_view code = r.field("service_code").value_or("");
        if (code.empty()) return refusal(r, format, {kernel::invalid("service_code", "georeport.service_missing")});
        std::optional<Service> asked;
        Sheet sheet;
        people::CycleId desk;
        {
            auto db = needs_.database.read();
            sheet = sheet_in_force(*db);
            asked = service(sheet, page::lang_of(r), code);
            desk = cycle::standing_desk(*db).id;
        }
        if (!asked)
            return refusal(r, format,
                           {kernel::Error{kernel::Code::not_found, "georeport.service_unknown", "service_code", {}}});
        std::vector<kernel::Error> errors;
        Posted posted = read_posted(r, sheet, *asked, desk, errors);
        if (!errors.empty()) return refusal(r, format, errors);
        posted.draft.client = std::to_string(client.id.value());
        posted.draft.origin = origin_of(r);
        const kernel::Result<Sent> sent = receive(r, posted.draft, contact::giving(needs_, posted.contact));
        if (!sent) return refusal(r, format, {sent.error()});
        return said(r, format, client, posted, *sent);
    }

    // Nobody's browser, no member of staff: whoever holds this key can do no more than anybody.
    kernel::Result<Sent> receive(const Request& r, const voice::Draft& draft, const voice::AlsoDone& giving) const {
        ledger::Receipt receipt;
        auto received = voice::receive(needs_, people::Actor(), draft, {}, &receipt, giving);
        // Other programs do not know the list that places are chosen from: then the place is said in the words.
        if (!received && received.error().key == "voice.place_unknown") {
            voice::Draft in_words = draft;
            in_words.text += "\n\n" + page::say(page::lang_of(r), "georeport.place_in_words", {{"place", draft.place}});
            in_words.place.clear();
            received = voice::receive(needs_, people::Actor(), in_words, {}, &receipt, giving);
        }
        auto db = needs_.database.read();
        if (!received && received.error().key == "voice.origin_known") return before(*db, received.error());
        if (!received) return received.error();
        const auto now = voice::voice(*db, received->id);
        return Sent{*std::move(received), false, now && listed(*now)};
    }

    // The same report was sent before, however long ago.
    static kernel::Result<Sent> before(db::Connection& db, const kernel::Error& known) {
        for (const auto& [name, value] : known.args)
            if (name == "voice")
                if (const auto v = voice::voice(db, voice::VoiceId(kernel::parse_index(value).value_or(0))))
                    return Sent{{v->id, v->due, {}}, true, listed(*v)};
        return known;
    }

    Response said(const Request& r, Format format, const Client& client, const Posted& posted, const Sent& sent) const {
        Json one;
        // What is not public can not be asked for by its number, but the token tells when it can.
        if (sent.listed)
            one.set("service_request_id", std::to_string(sent.received.id.value()));
        else
            one.set("token", token(needs_.server_key, sent.received.id));
        const std::int64_t days = people::setting_number(*needs_.database.read(), "retention.contact_days");
        one.set("service_notice", notice(r, client, posted, sent, days)).set("account_id", Json());
        Response out = answer(r, format, Json::Array{std::move(one)}, "service_requests");
        return std::move(out.set("Cache-Control", "no-store"));
    }

    const people::Needs& needs_;
    http::Rates rates_{1 << 10};
};

}  // namespace

void add_sending(http::Router& router, const people::Needs& needs) {
    const auto sending = std::make_shared<Sending>(needs);
    // No cookie is an authority here, so no token against forgery is asked for: the key is what counts.
    const http::Limits limits{.csrf = false};
    for (const auto& [path, format] :
         {std::pair{"/open311/v2/requests.json", Format::json}, std::pair{"/open311/v2/requests.xml", Format::xml}})
        router.post(
            path, [sending, format = format](const Request& r) { return sending->post(r, format); }, limits);
}

}  // namespace georeport
