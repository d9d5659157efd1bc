// Who receives: the administrator's page, and the receiver's own.
#include <algorithm>
#include <set>

#include <db/database.h>
#include <kernel/text.h>
#include <page/reader.h>

#include "pages.h"

namespace confidential {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

std::optional<Receiver> myself(db::Connection& db, people::OfficerId officer) {
    for (Receiver& r : receivers(db))
        if (r.officer == officer && officer) return r;
    return std::nullopt;
}

// Neither trimmed nor refused for its characters.
kernel::Secret secret_in(const Request& r, std::string_view field) {
    const std::string_view typed = r.field(field).value_or("");
    return kernel::Secret(kernel::valid_utf8(typed) ? kernel::nfc(typed) : std::string());
}

std::vector<page::Option> officers_to_name(Lang, db::Connection& db) {
    std::set<people::OfficerId> seen;
    for (const Receiver& r : receivers(db))
        if (!r.gone) seen.insert(r.officer);
    std::vector<page::Option> all;
    for (const people::Role role : people::all_roles)
        for (const people::Officer& one : people::officers_with(db, role)) {
            if (one.has(people::Role::administrator) || !seen.insert(one.id).second) continue;
            const auto unit = people::unit(db, one.unit);
            all.push_back({std::to_string(one.id.value()), one.post + (unit ? " – " + unit->name : ""), ""});
        }
    return all;
}

Response answer(const Request& r, std::string_view title, page::Html main, const std::vector<kernel::Error>& errors) {
    page::Page p;
    p.title = page::say(page::lang_of(r), title);
    p.main = std::move(main);
    p.status = page::status_of(errors);
    return page::answer(r, std::move(p));
}

Response receiving_page(const Site& site, const Request& r, const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    if (auto staff = people::need_staff(actor); !staff) return people::refusal(r, staff.error());
    auto db = site.needs.database.read();
    const auto me = myself(*db, actor.officer);
    if (!me) return people::refusal(r, kernel::refuse(kernel::Code::forbidden, "confidential.no_receiver"));
    const bool here = has_key(*db, *me);
    Data data;
    page::Form::of(r, errors).fill(lang, data, {"passphrase", "again", "current", "fresh", "fresh_again", "reason"});
    data.set("gone", me->gone).set("has_key", here).set("lost", me->key && !here);
    data.set("changed", r.asked("changed").has_value());
    return answer(r, "confidential.receiving_title", page::render(lang, "confidential/receiving.html", data), errors);
}

Response receivers_page(const Site& site, const Request& r, const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    if (auto may = people::need_role(people::actor(r), people::Role::administrator); !may)
        return people::refusal(r, may.error());
    auto db = site.needs.database.read();
    page::Form form = page::Form::of(r, errors);
    form.options("officer", officers_to_name(lang, *db));
    Data data;
    form.fill(lang, data, {"officer", "reason"});
    std::vector<Data> rows;
    int ready = 0;
    for (const Receiver& one : receivers(*db)) {
        if (one.gone) continue;
        const auto unit = people::unit(*db, one.unit);
        Data row;
        row.set("post", one.post).set("unit", unit ? unit->name : std::string());
        row.set("id", one.officer.value());
        const bool here = has_key(*db, one);
        ready += here ? 1 : 0;
        row.set("state", page::state(lang,
                                     here      ? "confidential.receiver_ready"
                                     : one.key ? "confidential.receiver_lost"
                                               : "confidential.receiver_no_key",
                                     here ? page::Tone::done : page::Tone::due));
        rows.push_back(std::move(row));
    }
    data.set("has_receivers", !rows.empty()).set("receivers", std::move(rows)).set("few", ready < 2);
    const std::string body = people::setting(*db, "confidential.higher_body");
    const auto number = kernel::parse_index(body);
    const auto unit = number ? people::unit(*db, people::UnitId(*number)) : std::nullopt;
    data.set("body", unit ? unit->name : std::string());
    return answer(r, "confidential.receivers_title", page::render(lang, "confidential/receivers.html", data), errors);
}

// Stands at its field again, or is a page of its own.
template <class Again>
Response done_or(const Request& r, const kernel::Checked& done, std::string then, Again again) {
    if (done) return http::redirect(std::move(then));
    if (done.error().field.empty()) return people::refusal(r, done.error());
    return again({done.error()});
}

}  // namespace

Response show_receiving(const Site& site, const Request& r) { return receiving_page(site, r, {}); }

Response post_receiving(const Site& site, const Request& r) {
    const auto again = [&](std::vector<kernel::Error> errors) { return receiving_page(site, r, errors); };
    const kernel::Secret passphrase = secret_in(r, "passphrase");
    if (passphrase.reveal() != secret_in(r, "again").reveal())
        return again({kernel::invalid("again", "confidential.passphrase_differs")});
    return done_or(r, make_key(site.needs, people::actor(r), passphrase, page::once(r)), "/account/receiving?changed",
                   again);
}

Response post_receiving_change(const Site& site, const Request& r) {
    const auto again = [&](std::vector<kernel::Error> errors) { return receiving_page(site, r, errors); };
    const kernel::Secret fresh = secret_in(r, "fresh");
    if (fresh.reveal() != secret_in(r, "fresh_again").reveal())
        return again({kernel::invalid("fresh_again", "confidential.passphrase_differs")});
    const people::Actor actor = people::actor(r);
    if (auto staff = people::need_staff(actor); !staff) return people::refusal(r, staff.error());
    kernel::Checked done = site.keys.change(site.needs, actor.officer, secret_in(r, "current"), fresh);
    if (!done && done.error().field == "passphrase") {
        kernel::Error error = done.error();
        error.field = "fresh";
        done = error;
    }
    return done_or(r, done, "/account/receiving?changed", again);
}

Response post_receiving_end(const Site& site, const Request& r) {
    page::Reader reader(r);
    const std::string reason = reader.need_text("reason", max_reason, "confidential.reason_missing");
    if (!reader.good()) return receiving_page(site, r, reader.errors());
    const people::Actor actor = people::actor(r);
    return done_or(r, end_receiver(site.needs, actor, actor.officer, reason, page::once(r)), "/account",
                   [&](std::vector<kernel::Error> errors) { return receiving_page(site, r, errors); });
}

Response show_receivers(const Site& site, const Request& r) { return receivers_page(site, r, {}); }

Response post_receivers(const Site& site, const Request& r) {
    page::Reader reader(r);
    const auto officer =
        reader.need_id<people::OfficerId>("officer", "confidential.officer_missing", "people.officer_unknown");
    const std::string reason = reader.need_text("reason", max_reason, "confidential.reason_missing");
    const auto again = [&](std::vector<kernel::Error> errors) { return receivers_page(site, r, errors); };
    if (!reader.good()) return again(reader.errors());
    return done_or(r, name_receiver(site.needs, people::actor(r), officer, reason, page::once(r)), "/admin/receivers",
                   again);
}

Response post_receiver_end(const Site& site, const Request& r) {
    const auto id = kernel::parse_index(r.param("id"));
    page::Reader reader(r);
    const std::string reason = reader.need_text("reason", max_reason, "confidential.reason_missing");
    const auto again = [&](std::vector<kernel::Error> errors) { return receivers_page(site, r, errors); };
    if (!id || !reader.good()) return again(reader.errors());
    return done_or(r, end_receiver(site.needs, people::actor(r), people::OfficerId(*id), reason, page::once(r)),
                   "/admin/receivers", again);
}

page::Html part_of_account(const Request& r, db::Connection& db) {
    const auto me = myself(db, people::actor(r).officer);
    if (!me) return {};
    Data data;
    data.set("ready", me->ready() && has_key(db, *me));
    return page::render(page::lang_of(r), "confidential/account_part.html", data);
}

page::Html part_of_say(const Request& r, db::Connection& db) {
    if (outside(db, {}).size() < 2) return {};
    return page::render(page::lang_of(r), "confidential/say_part.html", Data());
}

}  // namespace confidential
