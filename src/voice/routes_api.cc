#include "acts.h"
#include "routes.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using http::Response;
using kernel::Json;

template <class Id>
Json id_or_null(const std::optional<Id>& id) {
    return id ? Json(id->value()) : Json();
}
Json day_or_null(const std::optional<kernel::Day>& day) { return day ? Json(kernel::iso(*day)) : Json(); }

Json voice_as_json(db::Connection& db, const Voice& v) {
    Json json;
    json.set("id", v.id.value())
        .set("cycle", v.cycle.value())
        .set("kind", name(v.kind))
        .set("audience", name(v.audience));
    json.set("shown", name(v.shown))
        .set("state", name(v.state))
        .set("way", name(v.way))
        .set("received", kernel::iso(v.received));
    json.set("unit", id_or_null(v.unit))
        .set("unit_name", unit_name(db, v.unit))
        .set("due", day_or_null(v.due))
        .set("late_days", v.late_days)
        .set("overdue", v.overdue > 0);
    json.set("reopened", v.reopened)
        .set("rating", v.rating ? Json(*v.rating) : Json())
        .set("solved", v.solved ? Json(*v.solved) : Json())
        .set("rating_unit", id_or_null(v.rating_unit));
    json.set("answer", v.answered ? Json(name(*v.answered)) : Json())
        .set("ground", v.ground ? Json(name(*v.ground)) : Json());
    json.set("duplicate_of", id_or_null(v.master))
        .set("joined_to", id_or_null(v.joined_to))
        .set("part_of", id_or_null(v.part_of))
        .set("agreement", v.agreement ? Json(name(*v.agreement)) : Json())
        .set("by_staff", v.by_staff)
        .set("photos", v.photos)
        .set("papers", v.papers)
        .set("source", v.source);
    json.set("category", v.category).set("district", v.district);
    json.set("pause", v.pause ? Json(deadline::name(*v.pause)) : Json());
    json.set("before", v.before ? Json(name(*v.before)) : Json());
    json.set("sample", v.sample).set("title", v.title).set("text", v.text).set("place", v.place).set("lang", v.lang);
    return json;
}

Json step_as_json(db::Connection& db, const Step& s, bool with_text) {
    Json json;
    json.set("entry", s.entry)
        .set("what", name(s.what))
        .set("at", kernel::iso(s.minute))
        .set("unit", id_or_null(s.unit));
    json.set("post", post_of(db, s.officer))
        .set("day", day_or_null(s.day))
        .set("number", s.number ? Json(*s.number) : Json());
    const bool remark = s.what == What::held || s.what == What::hidden || s.what == What::shown_again ||
                        s.what == What::appeal_refused || s.what == What::report_kept || s.what == What::report_hidden;
    json.set("text", s.text && (with_text || remark) && s.what != What::appealed ? Json(*s.text) : Json());
    return json;
}

bool is_working_days(const deadline::Term& term) {
    return term.unit == deadline::Unit::working_days && term.first == deadline::First::next_day;
}

Json counted_as_json(const change::Counted& c) {
    Json::Array closed, worked;
    for (kernel::Day day : c.closed) closed.emplace_back(kernel::iso(day));
    for (kernel::Day day : c.worked) worked.emplace_back(kernel::iso(day));
    Json json;
    json.set("from", kernel::iso(c.from))
        .set("working_days", is_working_days(c.term) ? Json(c.term.n) : Json())
        .set("term", deadline::as_json(c.term))
        .set("calendar", c.calendar)
        .set("beyond", c.beyond)
        .set("due", kernel::iso(c.due));
    return json.set("holidays", std::move(closed)).set("worked_weekend_days", std::move(worked));
}

Json receipt_as_json(const ledger::Receipt& receipt) {
    Json::Array path;
    for (const merkle::Hash& hash : receipt.proof) path.emplace_back(kernel::base64(hash));
    Json json;
    json.set("index", receipt.index)
        .set("time", kernel::iso(receipt.time))
        .set("leaf", receipt.leaf)
        .set("proof", std::move(path));
    return json.set("checkpoint", receipt.checkpoint);
}

// The cycle an address names; the desk's id comes from what is remembered, so that no voice sent there needs a query.
kernel::Result<people::CycleId> cycle_named(const Site& site, const Request& r) {
    const std::string_view id = r.param("id");
    if (id.empty()) return in_force(site.needs)->desk;
    const std::optional<std::int64_t> n = kernel::parse_index(id);
    if (!n) return kernel::refuse(kernel::Code::not_found, "cycle.unknown");
    return people::CycleId(*n);
}

}  // namespace

Response post_voice_json(const Site& site, const Request& r) {
    const kernel::Result<people::CycleId> cycle = cycle_named(site, r);
    if (!cycle) return page::refusal(r, cycle.error());
    const kernel::Result<Json> body = kernel::parse_json(r.body);
    if (!body) return page::refusal(r, body.error());
    if (!body->object()) return page::refusal(r, kernel::refuse(kernel::Code::malformed, "voice.not_an_object"));
    Reader reader(*body);
    const Draft draft = read_voice(reader, *cycle, "und", false);
    if (reader.refused()) return page::refusal(r, reader.errors().front());
    ledger::Receipt receipt;
    const kernel::Result<Received> received = receive(site.needs, people::actor(r), draft, page::once(r), &receipt);
    if (!received) return page::refusal(r, received.error());
    Json json;
    json.set("id", received->id.value())
        .set("due", day_or_null(received->due))
        .set("receipt", receipt_as_json(receipt));
    json.set("code", received->code).set("link", address(received->id)).set("repeated", receipt.repeated);
    Response response = http::json(receipt.repeated ? 200 : 201, kernel::canonical(json));
    response.set("Location", "/api/v1/voices/" + std::to_string(received->id.value()));
    return response;
}

Response list_voices_json(const Site& site, const Request& r) {
    db::Database::Lease db = site.needs.database.read();
    Filter f = filter_of(r, page::asked_limit(r, 20));
    if (!r.param("id").empty()) {
        const std::optional<cycle::Cycle> c = cycle_of(*db, r);
        if (!c) return page::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
        f.cycle = c->id;
    }
    const std::vector<Voice> all = voices(*db, f);
    Json::Array rows;
    for (const Voice& v : all) rows.push_back(voice_as_json(*db, v));
    const bool full = static_cast<int>(all.size()) == f.at_most;
    Json json;
    json.set("voices", std::move(rows)).set("next", full ? Json(all.back().id.value()) : Json());
    return http::json(200, kernel::canonical(json));
}

Response voice_json(const Site& site, const Request& r) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Case> c = find_case(*db, id_of(r));
    if (!c) return page::refusal(r, unknown_voice());
    const std::vector<Step> all = steps(*db, c->id);
    Json json = voice_as_json(*db, public_view(*c, find_words(*db, c->id)));
    Json::Array history;
    for (const Step& s : all) history.push_back(step_as_json(*db, s, c->is_public()));
    const std::optional<change::Counted> counted = counted_of(*db, *c, all);
    json.set("history", std::move(history)).set("counted", counted ? counted_as_json(*counted) : Json());
    json.set("post", post_of(*db, c->officer))
        .set("promised", day_or_null(c->promised))
        .set("rating_until", day_or_null(c->term))
        .set("preset", c->preset > 0 ? Json(c->preset) : Json())
        .set("routing", c->table ? Json(*c->table) : Json())
        .set("there", there_as_json(*db, *c));
    return http::json(200, kernel::canonical(json));
}

}  // namespace voice
