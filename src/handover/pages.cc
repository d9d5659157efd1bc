#include "pages.h"

#include <kernel/json.h>
#include <kernel/text.h>

namespace handover {
namespace {

using page::Data;
using page::Lang;

std::string count(std::int64_t n) { return std::to_string(n); }

Data step_row(Lang lang, db::Connection& db, const Step& s) {
    Data row;
    const std::string what = s.kind == Step::Kind::taken      ? "handover.step_taken"
                             : s.kind == Step::Kind::followed ? "handover.state_" + std::string(name(s.state))
                                                              : "handover.why_" + std::string(name(s.why));
    row.set("what", page::say(lang, what)).set("at", page::date_time(lang, s.at)).set("entry", s.entry);
    const auto officer = s.by ? people::officer(db, s.by) : std::nullopt;
    row.set("by", officer ? officer->post : std::string());
    row.set("notes", page::own_words(s.notes, "und")).set("has_notes", !s.notes.empty());
    return row;
}

Data authority_row(Lang lang, db::Connection& db, const Means& means, const Authority& a) {
    Data row;
    row.set("name", a.name).set("path", authority_path(a.id)).set("url", a.url).set("jurisdiction", a.jurisdiction);
    row.set("since", page::date_time(lang, a.since)).set("entry", a.id.value()).set("reason", a.reason);
    if (a.ended) row.set("ended", page::date_time(lang, *a.ended)).set("ended_entry", a.ended_entry.value());
    row.set("no_key", !means.of(a.url));
    const auto d = directory(db, a.id);
    if (d && d->as_of.ms > 0)
        row.set("services", page::say(lang, "handover.services_as_of",
                                      {{"n", page::number(lang, std::ssize(d->services))},
                                       {"when", page::date_time(lang, d->as_of)}}));
    if (d && !d->fault.empty()) row.set("fault", fault_words(lang, d->fault));
    if (d && d->left_out > 0)
        row.set("left_out", page::say(lang, "handover.left_out", {{"n", page::number(lang, d->left_out)}}));
    row.set("once", d && d->once);
    return row;
}

void fill_give(Lang lang, db::Connection& db, const rules::Case& c, const Authority& to, page::Form& form, Data& d) {
    const auto known = directory(db, to.id);
    std::vector<page::Option> services;
    if (known)
        for (const Service& s : known->services)
            services.push_back({s.code, s.group.empty() ? s.name : s.group + " · " + s.name, ""});
    d.set("no_services", services.empty());
    if (known && known->as_of.ms > 0)
        d.set("as_of", page::say(lang, "handover.services_as_of",
                                 {{"n", page::number(lang, std::ssize(known->services))},
                                  {"when", page::date_time(lang, known->as_of)}}));
    if (known && !known->fault.empty()) d.set("fault", fault_words(lang, known->fault));
    form.options("service", std::move(services));
    const voice::Voice& v = c.voice;
    const bool open = v.audience == voice::Audience::open && v.shown == voice::Shown::published;
    if (open) {
        std::string text = v.title.empty() ? v.text : v.title + "\n\n" + v.text;
        const std::string site = page::public_address();
        const std::string from = page::say(lang, "handover.from",
                                           {{"organisation", people::organisation(db)},
                                            {"n", count(v.id.value())},
                                            {"address", site.empty() ? "" : site + "/voices/" + count(v.id.value())}});
        const std::size_t room = max_text - kernel::code_points(from) - 2;
        form.value("text", std::string(kernel::first_code_points(text, room)) + "\n\n" + from);
        form.value("address", v.place);
        for (const voice::Standing& one : voice::standing(db, {v.id}))
            if (const std::size_t comma = one.position.find(','); comma != std::string::npos)
                form.value("latitude", one.position.substr(0, comma))
                    .value("longitude", one.position.substr(comma + 1));
    }
    d.set("own_words", !open).set("agreed", agreed(db, v.id, to.id));
}

}  // namespace

std::string authority_path(AuthorityId id) { return "/admin/authorities/" + count(id.value()); }
std::string desk_path(HandoverId id) { return "/desk/handovers/" + count(id.value()); }
std::string form_path(VoiceId id) { return "/desk/voices/" + count(id.value()) + "/handover"; }
std::string fault_words(Lang lang, std::string_view fault) {
    return page::say(lang, "handover.fault_" + std::string(fault));
}
std::string authority_name(db::Connection& db, AuthorityId id) {
    const auto found = authority(db, id);
    return found ? found->name : std::string();
}

Data row_of(Lang lang, db::Connection& db, const Handover& h, bool whole) {
    Data row;
    row.set("title", page::say(lang, "handover.handed_to",
                               {{"authority", authority_name(db, h.authority)},
                                {"day", page::full_date(lang, kernel::local_day(h.at))}}));
    row.set("state", page::say(lang, "handover.state_" + std::string(name(h.state))));
    row.set("since", page::date_time(lang, h.changed)).set("number", h.number).set("reason", h.reason);
    row.set("path", desk_path(h.id)).set("entry", h.id.value()).set("service", h.service_name);
    for (const Step& s : steps(db, h.id)) {
        if (s.kind == Step::Kind::taken) continue;
        if (s.kind == Step::Kind::let_go) row.set("why", page::say(lang, "handover.why_" + std::string(name(s.why))));
        row.set("has_notes", !s.notes.empty()).set("notes", page::own_words(s.notes, "und"));
        row.set("ours", s.by.value() != 0);  // why staff gave it up
        break;
    }
    if (!whole) return row;
    row.set("text", page::own_words(h.text, "und")).set("address", h.address).set("position", h.position);
    row.set("has_text", !h.text.empty());
    return row;
}

page::Page admin_page(const http::Request& r, db::Connection& db, const Means& means, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    std::vector<Data> rows, waiting;
    for (const Authority& a : authorities(db)) rows.push_back(authority_row(lang, db, means, a));
    for (const Waiting& w : with_fault(db, 50)) {
        Data row;
        row.set("name", authority_name(db, w.authority)).set("n", w.handover.value());
        row.set("fault", w.uncertain ? page::say(lang, "handover.uncertain") : fault_words(lang, w.fault));
        waiting.push_back(std::move(row));
    }
    d.set("none", rows.empty()).set("rows", std::move(rows));
    d.set("has_waiting", !waiting.empty()).set("waiting", std::move(waiting));
    form.fill(lang, d, {"name", "url", "jurisdiction"});
    page::Page page;
    page.title = page::say(lang, "handover.admin");
    page.main = page::render(lang, "handover/admin.html", d);
    return page;
}

page::Page authority_page(const http::Request& r, db::Connection& db, const Means& means, const Authority& a,
                          page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d = authority_row(lang, db, means, a);
    std::vector<Data> services;
    if (const auto known = directory(db, a.id))
        for (const Service& s : known->services)
            services.push_back(Data().set("code", s.code).set("name", s.name).set("group", s.group));
    d.set("has_services", !services.empty()).set("list", std::move(services)).set("asks", !a.ended && means.of(a.url));
    d.set("csrf_only", page::csrf_field());
    form.fill(lang, d, {"reason"});
    page::Page page;
    page.title = a.name;
    page.main = page::render(lang, "handover/authority.html", d);
    return page;
}

page::Page give_page(const http::Request& r, db::Connection& db, const Means& means, const rules::Case& c,
                     const std::optional<Authority>& to, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    const std::string number = count(c.voice.id.value());
    d.set("case_link", "/desk/voices/" + number).set("number", page::say(lang, "handover.case", {{"n", number}}));
    d.set("action", form_path(c.voice.id));
    std::vector<Data> others;
    for (const Authority& a : authorities(db, true)) {
        if (!means.of(a.url)) continue;
        others.push_back(
            Data().set("name", a.name).set("link", form_path(c.voice.id) + "?authority=" + count(a.id.value())));
    }
    d.set("none", others.empty()).set("choose", !to && !others.empty()).set("others", std::move(others));
    d.set("chosen", to.has_value());
    if (to) {
        d.set("authority", to->id.value()).set("authority_name", to->name).set("url", to->url);
        fill_give(lang, db, c, *to, form, d);
    }
    form.fill(lang, d, {"authority", "service", "text", "address", "latitude", "longitude", "reason"});
    page::Page page;
    page.title = page::say(lang, "handover.give");
    page.section = "work";
    page.main = page::render(lang, "handover/give.html", d);
    return page;
}

page::Page show_page(const http::Request& r, db::Connection& db, const Handover& h, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, db, h, true);
    const std::string number = count(h.voice.value());
    d.set("case_link", "/desk/voices/" + number).set("case", page::say(lang, "handover.case", {{"n", number}}));
    const auto e = errand(db, h.id);
    const bool uncertain = h.state == State::waiting && (!e || e->state == Errand::State::uncertain);
    const bool waits = h.state == State::waiting && e && e->state == Errand::State::waiting;
    d.set("uncertain", uncertain).set("gives_up", uncertain || waits);
    d.set("asks", e && e->state != Errand::State::sending && e->state != Errand::State::uncertain);
    if (e && !e->fault.empty()) d.set("fault", fault_words(lang, e->fault));
    if (e && e->asked_at.ms > 0) d.set("asked_at", page::date_time(lang, e->asked_at));
    if (e && e->state == Errand::State::token) d.set("has_token", true);
    const auto officer = people::officer(db, h.by);
    d.set("by", officer ? officer->post : std::string());
    std::vector<Data> rows;
    for (const Step& s : steps(db, h.id)) rows.push_back(step_row(lang, db, s));
    d.set("has_steps", !rows.empty()).set("steps", std::move(rows)).set("csrf_only", page::csrf_field());
    form.fill(lang, d, {"their_number", "give_up_reason"});
    page::Page page;
    page.title = page::say(lang, "handover.title");
    page.section = "work";
    page.main = page::render(lang, "handover/show.html", d);
    return page;
}

kernel::Json as_json(db::Connection& db, const Handover& h) {
    kernel::Json json;
    json.set("id", h.id.value()).set("authority", authority_name(db, h.authority)).set("service", h.service_name);
    json.set("at", kernel::iso(h.at)).set("state", std::string(name(h.state))).set("changed", kernel::iso(h.changed));
    json.set("number", h.number.empty() ? kernel::Json() : kernel::Json(h.number)).set("reason", h.reason);
    json.set("why", kernel::Json()).set("notes", "");
    for (const Step& s : steps(db, h.id)) {
        if (s.kind == Step::Kind::taken) continue;
        if (s.kind == Step::Kind::let_go) json.set("why", std::string(name(s.why)));
        json.set("notes", s.notes);
        break;
    }
    return json;
}

page::Html part_of_rules(Lang lang, db::Connection& db) {
    std::vector<Data> rows;
    for (const Authority& a : authorities(db, true))
        rows.push_back(Data()
                           .set("name", a.name)
                           .set("url", a.url)
                           .set("entry", a.id.value())
                           .set("since", page::date_time(lang, a.since)));
    Data d;
    d.set("none", rows.empty()).set("rows", std::move(rows));
    return page::render(lang, "handover/rules.html", d);
}

page::Html part_of_voice(const http::Request& r, db::Connection& db, const voice::Voice& v) {
    if (v.audience != voice::Audience::open || v.shown != voice::Shown::published) return {};
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows;
    for (const Handover& h : handovers_of(db, v.id)) rows.push_back(row_of(lang, db, h, false));
    if (rows.empty()) return {};
    return page::render(lang, "handover/voice_part.html", Data().set("rows", std::move(rows)));
}

page::Html part_of_desk(const http::Request& r, db::Connection& db, VoiceId id) {
    const auto c = case_of(db, people::in_force(db, people::actor(r)), id);
    if (!c || !c->part.reads) return {};
    const Lang lang = page::lang_of(r);
    // Who reads the case without a part in it sees how it stands, and not the page where it is dealt with.
    const bool has_part = rules::has_part(*c).operator bool();
    std::vector<Data> rows;
    for (const Handover& h : handovers_of(db, id)) {
        Data row = row_of(lang, db, h, false).set("open", has_part);
        const auto e = errand(db, h.id);
        if (e && !e->fault.empty()) row.set("fault", fault_words(lang, e->fault));
        row.set("uncertain", h.state == State::waiting && (!e || e->state == Errand::State::uncertain));
        rows.push_back(std::move(row));
    }
    const bool may = has_part && rules::may_go(*c) && !authorities(db, true).empty();
    if (rows.empty() && !may) return {};
    Data d;
    if (may) d.set("link", form_path(id));
    d.set("rows", std::move(rows));
    return page::render(lang, "handover/desk_part.html", d);
}

page::Html part_of_author(const http::Request& r, db::Connection& db, VoiceId id, const page::Html& code_field) {
    const auto v = voice::voice(db, id);
    if (!v) return {};
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows, agreed_rows;
    for (const Handover& h : handovers_of(db, id)) rows.push_back(row_of(lang, db, h, true));
    std::vector<page::Option> options;
    if (v->audience != voice::Audience::open)
        for (const Authority& a : authorities(db, true)) {
            if (agreed(db, id, a.id))
                agreed_rows.push_back(Data().set("name", a.name));
            else
                options.push_back({count(a.id.value()), a.name, ""});
        }
    if (rows.empty() && options.empty() && agreed_rows.empty()) return {};
    Data d;
    d.set("has_rows", !rows.empty()).set("rows", std::move(rows)).set("agree", !options.empty());
    d.set("has_agreed", !agreed_rows.empty()).set("agreed", std::move(agreed_rows));
    page::Form form(r);
    form.options("authority", std::move(options));
    form.fill(lang, d, {"authority"});
    d.set("code_field", code_field).set("link", "/voices/" + count(id.value()) + "/handover-agreement");
    return page::render(lang, "handover/author_part.html", d);
}

}  // namespace handover
