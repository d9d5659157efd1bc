// The form for where there may be no network (field_island.ts), and what it sends to.
#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/embedded.h>
#include <ledger/ledger.h>

#include "pages.h"
#include "routes.h"

namespace visit {
namespace {

using http::Request;
using http::Response;
using kernel::Json;
using page::Lang;

constexpr std::string_view worker_asset = "assets/visit_worker.js";
constexpr std::size_t most_bytes = 64 * 1024;

// The same for everybody, whoever asks: a copy of it lies on phones, so it names nobody and ends with no session.
Response show(const people::Needs& needs, const Request& asked) {
    http::csrf_token(asked);  // the visitor's token is made for this request, not for its copy
    Request r = asked;
    r.who = {};
    const Lang lang = page::lang_of(r);
    page::Form form(r);
    form.value("lang", std::string(page::tag(lang)));
    page::Data d;
    fill_fields(r, *needs.database.read(), true, form, d);
    page::Page shown = page_of(page::say(lang, "visit.field"), page::render(lang, "visit/field.html", d));
    shown.scripts = {"visit_field"};
    return page::answer(r, std::move(shown));
}

// Who would send what is kept, and with which token. It says nothing that the pages of this browser do not say.
Response ticket(const people::Needs& needs, const Request& r) {
    Json j;
    j.set("signed_in", r.who.officer != 0).set("officer", r.who.officer).set("post", r.who.label);
    j.set("csrf", http::csrf_token(r));
    j.set("today", kernel::iso(kernel::local_day(needs.clock.now())));
    return http::json(200, kernel::canonical(j));
}

Response worker(const Request&) {
    Response response;
    response.content_type = "text/javascript; charset=utf-8";
    for (const kernel::EmbeddedFile& file : kernel::embedded_files())
        if (file.path == worker_asset) response.body = file.content;
    response.cacheable = true;
    return response;
}

// One member as the fields of a form say it: numbers in digits, true as "yes", lists as several, nothing as nothing.
void put_field(std::vector<std::pair<std::string, std::string>>& form, std::vector<kernel::Error>& wrong,
               const std::string& name, const Json& value) {
    if (const std::string* text = value.string())
        form.emplace_back(name, *text);
    else if (const std::int64_t* n = value.integer())
        form.emplace_back(name, std::to_string(*n));
    else if (const bool* yes = value.boolean())
        form.emplace_back(name, *yes ? "yes" : "");
    else if (!value.is_null())
        wrong.push_back(kernel::invalid(name, "visit.wrong_type"));
}

void put_all(std::vector<std::pair<std::string, std::string>>& form, std::vector<kernel::Error>& wrong,
             const Json& sent) {
    for (const auto& [name, value] : *sent.object()) {
        if (name == "groups" && value.object()) {
            for (const auto& [group, n] : *value.object()) {
                if (!parse_group(group)) wrong.push_back(kernel::invalid("groups", "visit.group_unknown"));
                put_field(form, wrong, "met_" + group, n);
            }
        } else if ((name == "voices" || name == "measures") && value.array()) {
            for (const Json& each : *value.array()) put_field(form, wrong, name, each);
        } else {
            put_field(form, wrong, name, value);
        }
    }
}

Response post_json(const people::Needs& needs, const Request& r) {
    const kernel::Result<Json> sent = kernel::parse_json(r.body);
    if (!sent) return page::refusal(r, sent.error());
    if (!sent->object()) return page::refusal(r, kernel::refuse(kernel::Code::malformed, "visit.not_an_object"));
    Request as_form = r;
    std::vector<kernel::Error> wrong;
    as_form.form.clear();
    put_all(as_form.form, wrong, *sent);
    page::Reader reader(as_form);
    const Draft draft = read_draft(reader, as_form);
    // Who may not enter one learns that, not what is wrong with it.
    if (auto staff = people::need_staff(people::actor(r)); !staff) return page::refusal(r, staff.error());
    if (!wrong.empty()) return page::refusal(r, wrong.front());
    if (!reader.good()) return page::refusal(r, reader.errors().front());
    ledger::Receipt receipt;
    const auto made = record(needs, people::actor(r), draft, page::once(r), &receipt);
    if (!made) return page::refusal(r, made.error());
    Json j;
    j.set("id", made->value()).set("link", address(*made)).set("repeated", receipt.repeated);
    j.set("receipt", "/api/v1/ledger/receipts/" + std::to_string(receipt.index));
    Response response = http::json(receipt.repeated ? 200 : 201, kernel::canonical(j));
    response.set("Location", "/api/v1/visits/" + std::to_string(made->value()));
    return response;
}

}  // namespace

void add_field_routes(http::Router& router, const people::Needs& needs) {
    http::Limits limits;
    limits.body = most_bytes;
    router.get("/visits/field", [&needs](const Request& r) { return show(needs, r); });
    router.get("/visits/field/ticket", [&needs](const Request& r) { return ticket(needs, r); });
    router.get("/visits/worker.js", worker);
    router.post(
        "/api/v1/visits", [&needs](const Request& r) { return post_json(needs, r); }, limits);
}

}  // namespace visit
