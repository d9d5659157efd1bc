// The officer's desk: what waits for my unit, the most pressing first; what waits for a unit; what waits for a look.
#include "acts.h"
#include "desk_acts.h"
#include "list_page.h"
#include "queue.h"
#include "reading.h"
#include "routes.h"
#include "show_page.h"
#include "workbench.h"

namespace voice {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;
using people::Role;

constexpr int rows_on_a_desk = 50;

std::string desk_address(VoiceId id) { return "/desk/voices/" + std::to_string(id.value()); }

// The views of the list, each an address of its own.
constexpr std::string_view all_view = "/desk", own_view = "/desk?mine=yes", late_view = "/desk?late=yes",
                           unassigned_view = "/desk?waiting=unit", unit_view = "/desk?waiting=queue",
                           escalated_view = "/desk?escalated=yes";

// Whose work is to assign, and not to answer: the desk opens on what no unit has.
bool only_assigns(const people::Actor& actor) {
    return actor.has(Role::clerk) && !actor.has(Role::officer) && !actor.has(Role::head);
}
// Who stands on a rung of the ladder above the handler.
bool is_told(const people::Actor& actor) { return actor.has(Role::head) || actor.has(Role::inspector); }

std::string view_of(const Request& r, const people::Actor& actor) {
    if (r.asked("waiting") == "unit" && actor.has(Role::clerk)) return std::string(unassigned_view);
    if (r.asked("escalated") == "yes" && is_told(actor)) return std::string(escalated_view);
    if (r.asked("mine") == "yes") return std::string(own_view);
    if (r.asked("late") == "yes") return std::string(late_view);
    if (r.asked("waiting") == "queue") return std::string(unit_view);
    return std::string(only_assigns(actor) ? unassigned_view : all_view);
}

std::vector<Data> desk_parts(const Site& site, Lang lang, const people::Actor& actor, std::string_view here) {
    std::vector<Data> parts;
    const auto add = [&](std::string_view link, std::string_view key) {
        Data part;
        part.set("link", link).set("name", page::say(lang, key)).set("current", link == here);
        parts.push_back(std::move(part));
    };
    const bool assigns = only_assigns(actor);
    if (assigns) add(unassigned_view, "voice.desk_unassigned");
    add(assigns ? unit_view : all_view, "voice.desk_mine");
    add(own_view, "voice.desk_own");
    add(late_view, "voice.desk_late");
    if (actor.has(Role::clerk) && !assigns) add(unassigned_view, "voice.desk_unassigned");
    if (is_told(actor)) add(escalated_view, "voice.desk_escalated");
    if (actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk))
        add("/desk/call-back", "voice.call_back_queue");
    if (site.hooks.desk)
        for (const Workbench::View& view : site.hooks.desk->views) add(view.link, view.key);
    if (actor.has(Role::moderator)) add("/desk/moderation", "voice.moderation");
    return parts;
}

// "day-number": where the page before ended.
std::string cursor_of(const Ringing& r) { return std::to_string(r.day.days) + "-" + std::to_string(r.voice.value()); }
std::string cursor_of(const Voice& v) { return cursor_of(Ringing{v.due.value_or(kernel::Day{}), v.id}); }
std::optional<Ringing> parse_cursor(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto day = kernel::parse_index(text.substr(0, dash)), id = kernel::parse_index(text.substr(dash + 1));
    if (!day || !id) return std::nullopt;
    return Ringing{kernel::Day{*day}, VoiceId(*id)};
}

DeskFilter desk_filter(std::string_view view, const people::Actor& actor, const Request& r) {
    DeskFilter f;
    if (view != unassigned_view) f.unit = actor.unit;
    if (view == own_view) f.officer = actor.officer;
    f.late_only = view == late_view;
    f.after = parse_cursor(r.asked("after").value_or(""));
    return f;
}

// What the clock has sent up to whoever asks: heads from their own unit and those right under it, inspectors from all.
std::vector<Waiting> escalated_to(db::Connection& db, const people::Actor& actor, const Request& r) {
    Escalated to;
    to.inspector = actor.has(Role::inspector);
    if (actor.has(Role::head)) {
        to.of_unit = actor.unit;
        for (const people::Unit& unit : people::units(db))
            if (unit.parent == actor.unit) to.from_below.push_back(unit.id);
    }
    to.after = parse_cursor(r.asked("after").value_or(""));
    return escalated(db, to, rows_on_a_desk + 1);
}

Data desk_row(Lang lang, db::Connection& db, const kernel::Calendar& calendar, const Waiting& w, kernel::Day today,
              bool readable) {
    const Voice& v = w.voice;
    Voice nameless = v;
    nameless.title.clear();
    Data row;
    row.set("link", desk_address(v.id))
        .set("text", readable && !w.excerpt.empty() ? w.excerpt : heading(lang, nameless));
    row.set("lang", v.lang)
        .set("number", number_words(lang, v.id))
        .set("kind", label(lang, "kind", v.kind))
        .set("state", state_of(lang, v));
    row.set("due", v.state == State::asked_back ? page::say(lang, "voice.clock_stands")
                   : v.due                      ? due_words(lang, calendar, *v.due, today)
                                                : "");
    row.set("late", v.state != State::asked_back && v.due && today > *v.due).set("handler", post_of(db, v.officer));
    row.set("mark", v.reopened > 0 ? page::say(lang, "voice.reopened_mark", {{"n", std::to_string(v.reopened)}}) : "");
    return row;
}

template <class Row>
std::vector<Data> moderation_rows(Lang lang, db::Connection& db, const std::vector<Row>& waiting) {
    std::vector<Data> rows;
    for (const Row& one : waiting) {
        const VoiceId id = one.voice;
        const Case c = find_case(db, id).value();
        const std::optional<change::Words> words = find_words(db, id);
        Case readable = c;
        readable.shown = Shown::published;
        const Voice v = public_view(readable, words);
        Data row;
        row.set("link", desk_address(id))
            .set("text", excerpt(lang, v))
            .set("lang", v.lang)
            .set("number", number_words(lang, id));
        row.set("ground", c.ground ? label(lang, "ground", *c.ground) : "");
        row.set("until",
                c.held_until ? page::say(lang, "voice.until", {{"day", page::full_date(lang, *c.held_until)}}) : "");
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Data> report_rows(Lang lang, db::Connection& db, const std::vector<Report>& reports) {
    std::vector<Data> rows;
    for (const Report& report : reports) {
        Data row;
        const std::optional<Voice> v = voice(db, report.voice);
        row.set("link", desk_address(report.voice))
            .set("text", v ? excerpt(lang, *v) : "")
            .set("lang", v ? v->lang : "");
        row.set("number", number_words(lang, report.voice)).set("ground", label(lang, "ground", report.ground));
        row.set("remark", report.remark.value_or("")).set("decide", "/desk/reports/" + std::to_string(report.entry));
        rows.push_back(std::move(row));
    }
    return rows;
}

Response desk_page(const Request& r, Lang lang, std::string_view title, std::string_view file, const Data& data) {
    page::Page page;
    page.title = page::say(lang, title);
    page.section = "work";
    page.main = page::render(lang, file, data);
    page.scripts = {"voice_desk"};
    return page::answer(r, std::move(page));
}

}  // namespace

std::vector<Data> acts_of(const Site& site, Lang lang, db::Connection& db, const Case& c, const rules::Who& who,
                          std::optional<rules::Act> but) {
    const bool is_handed_in = handed_in(site, db, c);
    const auto casework = in_force(site.needs)->caseworks->of(db, c.preset, c.terms);
    const bool may_pause = std::any_of(casework->stops.begin(), casework->stops.end(), [](const deadline::Stop& s) {
        return s.reason != deadline::Reason::author_asked;
    });
    std::vector<Data> acts;
    for (const DeskAct& act : desk_acts()) {
        if (act.act == but || !rules::may(act.act, c, who)) continue;
        if (act.act == rules::Act::pause && !may_pause) continue;
        Data row;
        row.set("link", desk_address(c.id) + std::string(act.path.substr(act.path.rfind('/'))))
            .set("name", page::say(lang, key_of(act, is_handed_in)));
        // Undoing is nobody's next step.
        row.set("plain", !acts.empty() || act.act == rules::Act::put_together);
        acts.push_back(std::move(row));
    }
    return acts;
}

Response show_desk(const Site& site, const Request& r) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    if (auto ok = people::need_staff(actor); !ok) return people::refusal(r, ok.error());
    const std::string here = view_of(r, actor);
    const std::shared_ptr<const InForce> now = in_force(site.needs);
    const kernel::Day today = kernel::local_day(site.needs.clock.now());
    db::Database::Lease db = site.needs.database.read();
    const bool readable =
        actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk) || actor.has(Role::inspector);
    const auto group = [&](std::string_view heading, const std::vector<Waiting>& all) {
        std::vector<Data> rows;
        for (const Waiting& w : all) {
            rows.push_back(desk_row(lang, *db, now->calendar, w, today, readable || w.voice.shown == Shown::published));
            if (here == escalated_view) rows.back().set("unit", unit_name(*db, w.voice.unit));
            if (site.hooks.desk && site.hooks.desk->mark)
                rows.back().set("draft", site.hooks.desk->mark(lang, *db, w.voice.id));
        }
        Data one;
        one.set("heading", heading).set("rows", std::move(rows));
        return one;
    };
    std::vector<Data> groups;
    std::string more;
    if (here == all_view || here == unit_view) {
        const Turn from = parse_turn(r.asked("after").value_or("")).value_or(Turn{});
        const Queue waits = queue(*db, actor, from, rows_on_a_desk);
        if (!waits.own.empty()) groups.push_back(group(page::say(lang, "voice.queue_own"), waits.own));
        if (!waits.unit.empty()) groups.push_back(group(page::say(lang, "voice.queue_unit"), waits.unit));
        if (waits.next) more = here + (here == all_view ? "?" : "&") + "after=" + text_of(*waits.next);
    } else {
        std::vector<Waiting> all = here == escalated_view
                                       ? escalated_to(*db, actor, r)
                                       : waiting(*db, desk_filter(here, actor, r), rows_on_a_desk + 1);
        const bool longer = static_cast<int>(all.size()) > rows_on_a_desk;
        if (longer) all.pop_back();
        if (longer) more = here + "&after=" + cursor_of(all.back().voice);
        if (!all.empty()) groups.push_back(group("", all));
    }
    Data data;
    data.set("parts", desk_parts(site, lang, actor, here));
    data.set("may_enter", actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk));
    data.set("counted", here == escalated_view ? page::say(lang, "voice.desk_of_escalated")
                        : here == unassigned_view
                            ? page::say(lang, "voice.desk_of_nobody")
                            : page::say(lang, "voice.desk_of", {{"unit", unit_name(*db, actor.unit)}}));
    data.set("more", more).set("empty", groups.empty()).set("groups", std::move(groups));
    return desk_page(r, lang, "voice.desk", "voice/desk.html", data);
}

Response show_moderation(const Site& site, const Request& r) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    if (auto ok = people::need_role(actor, Role::moderator); !ok) return people::refusal(r, ok.error());
    db::Database::Lease db = site.needs.database.read();
    const auto entry = [](const auto& row) { return std::to_string(row.entry); };
    const auto day = [](const Ringing& row) { return cursor_of(row); };
    const std::string here = "/desk/moderation";
    constexpr int most = rows_on_a_desk;
    auto held = held_voices(*db, parse_cursor(page::asked_after(r, "held").value_or("")), most + 1);
    auto appeals = open_appeals(*db, page::index_after(r, "appeals").value_or(0), most + 1);
    auto reports = open_reports(*db, page::index_after(r, "reports").value_or(0), most + 1);
    Data data;
    data.set("held_turning", page::turning(r, {here, "held"}, held, most, day))
        .set("appeals_turning", page::turning(r, {here, "appeals"}, appeals, most, entry))
        .set("reports_turning", page::turning(r, {here, "reports"}, reports, most, entry));
    const ToModerate in_all = to_moderate(*db);
    data.set("no_held", in_all.held == 0).set("held_in_all", page::number(lang, in_all.held));
    data.set("no_appeals", in_all.appeals == 0).set("appeals_in_all", page::number(lang, in_all.appeals));
    data.set("no_reports", in_all.reports == 0).set("reports_in_all", page::number(lang, in_all.reports));
    data.set("held", moderation_rows(lang, *db, held)).set("appeals", moderation_rows(lang, *db, appeals));
    data.set("reports", report_rows(lang, *db, reports));
    page::Html others;
    for (const auto& part : site.hooks.moderation) others = others + part(r, *db);
    data.set("others", std::move(others));
    return desk_page(r, lang, "voice.moderation", "voice/moderation.html", data);
}

Response show_case(const Site& site, const Request& r) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    if (auto ok = people::need_staff(actor); !ok) return people::refusal(r, ok.error());
    const std::shared_ptr<const InForce> now = in_force(site.needs);
    const kernel::Day today = kernel::local_day(site.needs.clock.now());
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Case> c = find_case(*db, id_of(r));
    if (!c) return people::refusal(r, unknown_voice());
    const rules::Who who = who_of(*db, actor, *c);
    const bool readable = may_read(who, *c);
    const std::optional<change::Words> words = find_words(*db, c->id);
    const std::vector<Step> all = steps(*db, c->id);
    Case shown = *c;
    if (readable) shown.shown = Shown::published;
    const Voice v = public_view(shown, words);

    Data data;
    data.set("title", heading(lang, v)).set("lang", v.title.empty() ? std::string(page::tag(lang)) : v.lang);
    data.set("number", number_words(lang, c->id)).set("public_link", address(c->id)).set("state", state_of(lang, *c));
    data.set("kind", label(lang, "kind", c->kind))
        .set("unit", unit_name(*db, c->unit))
        .set("handler", post_of(*db, c->officer));
    const bool stands = c->state == State::asked_back, owed = c->open() || c->state == State::joined;
    if (owed && c->due)
        data.set("due",
                 stands ? page::say(lang, "voice.clock_stands") : due_words(lang, now->calendar, *c->due, today));
    data.set("late", owed && !stands && c->due && today > *c->due);
    if (c->state != State::noted) data.set("loop", loop_of(lang, *c, all, today, now->calendar));
    data.set("instead", instead_of_words(lang, public_view(*c, words), c->held_until, !words));
    std::vector<Data> acts = acts_of(site, lang, *db, *c, who);
    data.set("has_acts", !acts.empty()).set("acts", std::move(acts));
    data.set("parts", desk_parts_of(site, r, *db, c->id));
    if (readable) {
        if (words) set_words(data, lang, *c, *words);
        std::vector<Data> exchange = exchange_of(lang, *db, *c, all, words ? words->lang : "und");
        data.set("has_exchange", !exchange.empty()).set("exchange", std::move(exchange));
    }
    data.set("split", parts_of_whole(lang, *db, *c, "/desk/voices/"));
    set_there(data, lang, *db, *c, readable);
    if (c->appeal && who.has(Role::moderator)) {
        const std::optional<Step> appealed = step(*db, *c->appeal);
        if (appealed && appealed->text)
            data.set("appeal", page::own_words(*appealed->text, words ? words->lang : "und"));
    }
    data.set("history", page::timeline(lang, events_of(lang, *db, *c, all)));
    if (site.hooks.desk && site.hooks.desk->part)
        if (const auto on_desk = desk_case(*db, actor, c->id))
            data.set("part", site.hooks.desk->part(r, *db, actor, *on_desk));
    page::Page page;
    page.title = heading(lang, v);
    page.section = "work";
    page.sample = c->sample;
    page.private_matter = false;
    page.main = page::render(lang, "voice/case.html", data);
    page.scripts = {"voice_desk"};
    return page::answer(r, std::move(page));
}

}  // namespace voice
