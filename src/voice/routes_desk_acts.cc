#include <preset/preset.h>

#include "acts.h"
#include "desk_acts.h"
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

constexpr DeskField report_fields[] = {DeskField::outcome, DeskField::remark};

std::string_view field_name(DeskField field) {
    switch (field) {
        case DeskField::unit:
            return "unit";
        case DeskField::officer:
            return "officer";
        case DeskField::kind:
            return "kind";
        case DeskField::category:
            return "category";
        case DeskField::district:
            return "district";
        case DeskField::stop:
            return "stop";
        case DeskField::answer:
            return "answer";
        case DeskField::ground:
            return "ground";
        case DeskField::master:
            return "master";
        case DeskField::kept:
            return "kept";
        case DeskField::joined:
            return "joined";
        case DeskField::text:
            return "text";
        case DeskField::question:
            return "question";
        case DeskField::by:
            return "by";
        case DeskField::due:
            return "due";
        case DeskField::outcome:
            return "outcome";
        case DeskField::reason:
            return "reason";
        case DeskField::remark:
            return "remark";
        case DeskField::call:
            return "call";
        case DeskField::parts:
            return "parts";
    }
    return "";
}

std::vector<page::Option> open_units(db::Connection& db, people::UnitId under) {
    std::vector<page::Option> all;
    for (const people::Unit& unit : people::units(db))
        if (unit.open && people::is_under(db, unit.id, under))
            all.push_back({std::to_string(unit.id.value()), unit.name, ""});
    return all;
}

// Handlers of the case's unit, or of the actor's while no unit has it; "nobody yet" first.
std::vector<page::Option> handlers(Lang lang, db::Connection& db, people::UnitId unit) {
    std::vector<page::Option> all = {{"", page::say(lang, "voice.officer_nobody"), ""}};
    for (const people::Officer& officer : people::officers(db, unit))
        if (officer.has(people::Role::officer) || officer.has(people::Role::head))
            all.push_back({std::to_string(officer.id.value()), officer.post, ""});
    return all;
}

// The reasons that the case's rules grant, but for asking its author, which has a form of its own.
std::vector<page::Option> stops(Lang lang, const preset::Casework& casework) {
    std::vector<page::Option> all;
    for (const deadline::Stop& stop : casework.stops)
        if (stop.reason != deadline::Reason::author_asked)
            all.push_back({std::string(deadline::name(stop.reason)), preset::reason_words(lang, stop.reason),
                           preset::term_words(lang, stop.longest)});
    return all;
}

// A link may propose a category: it stands in the form, and is sent by who looked.
void prepare_rules(page::Form& form, Lang lang, const Case& c, const InForce& now, const preset::Casework& casework,
                   std::optional<std::string_view> proposed) {
    form.options("stop", stops(lang, casework));
    const bool listed = now.table.has_value();
    form.options("category",
                 listed ? listed_options(lang, now.table->sheet->lists().categories) : std::vector<page::Option>());
    form.options("district",
                 listed ? listed_options(lang, now.table->sheet->lists().districts) : std::vector<page::Option>());
    const bool taken = proposed && now.table && now.table->sheet->has_category(*proposed);
    form.value("category", taken ? std::string(*proposed) : c.category).value("district", c.district);
}

void prepare(page::Form& form, Lang lang, db::Connection& db, const Case& c, const people::Actor& actor) {
    const people::UnitId unit = c.unit.value_or(actor.unit);
    form.options("unit", open_units(db, actor.unit)).options("officer", handlers(lang, db, unit));
    form.value("unit", std::to_string(unit.value()));
    // Who takes a case finds themselves chosen.
    const bool takes = unit == actor.unit && (actor.has(people::Role::officer) || actor.has(people::Role::head));
    if (const auto officer = c.officer || !takes ? c.officer : std::optional(actor.officer))
        form.value("officer", std::to_string(officer->value()));
    form.options("kind", options(lang, "kind", all_kinds)).options("answer", options(lang, "answer", all_answers));
    form.options("ground", options(lang, "ground", all_grounds));
    form.options("kept",
                 {{"yes", page::say(lang, "voice.kept_yes"), ""}, {"no", page::say(lang, "voice.kept_no"), ""}});
    set_call_options(form, lang);
    form.options("outcome", {{"hide", page::say(lang, "voice.outcome_hide"), ""},
                             {"keep", page::say(lang, "voice.outcome_keep"), ""}});
}

// What others did since the form was opened, so that it can be sent again knowing it.
std::vector<Data> since(Lang lang, db::Connection& db, const Case& c, std::int64_t seen, bool readable) {
    std::vector<Data> rows;
    for (const Step& s : steps(db, c.id)) {
        if (s.entry <= seen) continue;
        Data row;
        row.set("when", page::date_time(lang, s.minute))
            .set("what", step_words(lang, db, s))
            .set("who", post_of(db, s.officer));
        if (readable && s.text) row.set("text", *s.text);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string stop_words(Lang lang, const preset::Casework& casework) {
    const deadline::Stop* stop = casework.stop(deadline::Reason::author_asked);
    return stop ? preset::term_words(lang, stop->longest) : "0";
}

// The words of the case stand above the form, so that nobody has to leave it to read them.
// `act` is none where a report is decided; `over`: what was typed stands there to be kept, without a button.
Response act_page(const Site& site, const Request& r, const Case& c, const DeskAct* act,
                  std::vector<kernel::Error> errors, bool over = false) {
    const Lang lang = page::lang_of(r);
    const std::shared_ptr<const InForce> now = in_force(site.needs);
    db::Database::Lease db = site.needs.database.read();
    const int status = page::status_of(errors);
    const bool again = !errors.empty() || asks_for_more(r);
    page::Form form = again ? page::Form::again(r, std::move(errors)) : page::Form(r);
    const people::Actor actor = people::actor(r);
    prepare(form, lang, *db, c, actor);
    const std::shared_ptr<const preset::Casework> casework = now->caseworks->of(*db, c.preset, c.terms);
    prepare_rules(form, lang, c, *now, *casework, r.asked("category"));
    if (const auto other = kernel::parse_index(r.asked("master").value_or("")))
        form.value("master", std::to_string(*other));
    Data data;
    const bool answers = act && act->act == rules::Act::answer;
    if (answers && site.hooks.desk && site.hooks.desk->help)
        if (const auto on_desk = desk_case(*db, actor, c.id)) {
            Workbench::Help help = site.hooks.desk->help(r, *db, actor, *on_desk);
            form.value("text", help.text).value("answer", help.answer ? std::string(name(*help.answer)) : "");
            form.value("by", help.by ? kernel::iso(*help.by) : "");
            data.set("help", std::move(help.above));
        }
    form.fill(lang, data,
              {"unit",     "officer", "kind",        "answer",     "ground",     "master",   "kept",    "text",
               "question", "by",      "due",         "category",   "district",   "stop",     "outcome", "reason",
               "remark",   "call",    "call_solved", "call_stars", "call_again", "call_said"});
    if (act && act->act == rules::Act::split) {
        prepare_parts(form, data, lang, r, c, *now, open_units(*db, actor.unit));
        fill_parts(form, data, lang);
    }
    for (DeskField field : act ? act->fields : std::span(report_fields))
        data.set("show_" + std::string(field_name(field)), true);
    const std::string key = act ? key_of(*act, handed_in(site, *db, c)) : "voice.do_report";
    if (act && !act->fields.empty() && act->fields.front() == DeskField::call)
        data.set("parts", desk_parts_of(site, r, *db, c.id));
    const std::string title = page::say(lang, key);
    data.set("title", title)
        .set("button", page::has_message(key + "_button") ? page::say(lang, key + "_button") : title)
        .set("action", r.path)
        .set("link", "/desk/voices/" + std::to_string(c.id.value()));
    data.set("number", number_words(lang, c.id)).set("state", state_of(lang, c));
    // Work on one case after another; moderators come from a page of their own.
    data.set("goes_on", act && act->act < rules::Act::publish);
    if (act) {
        std::vector<Data> others = acts_of(site, lang, *db, c, who_of(*db, actor, c), act->act);
        data.set("has_others", !others.empty()).set("others", std::move(others));
    }
    if (c.open() && c.due && c.state != State::asked_back)
        data.set("due", due_words(lang, now->calendar, *c.due, kernel::local_day(site.needs.clock.now())));
    if (page::has_message(key + "_intro"))
        data.set("intro", page::say(lang, key + "_intro",
                                    {{"ask_back", stop_words(lang, *casework)},
                                     {"n", std::to_string(casework->extension.most)},
                                     {"extension", preset::term_words(lang, casework->extension.longest)},
                                     {"rating", preset::term_words(lang, casework->rating)},
                                     {"try", std::to_string(c.call_tries + 1)},
                                     {"tries", std::to_string(most_calls)}}));
    const bool readable = may_read(*db, actor, c);
    const auto seen = kernel::parse_index(r.field("seen").value_or(""));
    std::vector<Data> others;
    if (seen && newest_act(*db, c.id) > *seen) others = since(lang, *db, c, *seen, readable);
    data.set("seen", newest_act(*db, c.id)).set("over", over);
    data.set("has_meanwhile", !others.empty()).set("meanwhile", std::move(others));
    if (readable)
        if (const std::optional<change::Words> words = find_words(*db, c.id))
            data.set("original", page::own_words(words->text, words->lang));
    page::Page page;
    page.title = title;
    page.section = "work";
    page.sample = c.sample;
    page.status = status;
    page.main = page::render(lang, "voice/act.html", data);
    page.scripts = {"voice_desk"};
    return page::answer(r, std::move(page));
}

// The case, if whoever asks may do this with it now.
kernel::Result<Case> open_case(const Site& site, const Request& r, VoiceId id, rules::Act act) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Case> c = find_case(*db, id);
    if (!c) return unknown_voice();
    if (auto ok = rules::may(act, *c, who_of(*db, people::actor(r), *c)); !ok) return ok.error();
    return *c;
}

Response show_act(const Site& site, const DeskAct& act, const Request& r) {
    const kernel::Result<Case> c = open_case(site, r, id_of(r), act.act);
    if (!c) return people::refusal(r, c.error());
    return act_page(site, r, *c, &act, {});
}

// The same act with what comes next in the queue, or that case's page where it cannot be done.
std::string next_address(const Site& site, const DeskAct& act, const Request& r, const std::optional<Case>& stood) {
    if (!stood) return "/desk";
    db::Database::Lease db = site.needs.database.read();
    const people::Actor actor = people::actor(r);
    const std::optional<VoiceId> next = next_in_queue(*db, actor, *stood);
    if (!next) return "/desk";
    const Case c = find_case(*db, *next).value();
    const std::string address = "/desk/voices/" + std::to_string(next->value());
    if (!rules::may(act.act, c, who_of(*db, actor, c))) return address;
    return address + std::string(act.path.substr(act.path.rfind('/'))) + "#matter";
}

// Officers who work on a case may lose it to others while they type. What moderators decide on is shown to them alone,
// and a call shows how an author can be reached.
bool keeps_typed(const DeskAct& act) {
    return act.act < rules::Act::publish && !act.fields.empty() && act.fields.front() != DeskField::call;
}

// A refusal of the act as such stands where its form begins.
kernel::Error at_first_field(const DeskAct& act, kernel::Error error) {
    const DeskField first = act.fields.front();
    error.field = first == DeskField::joined ? "master" : first == DeskField::parts ? "title_1" : field_name(first);
    return error;
}

Response post_act(const Site& site, const DeskAct& act, const Request& r) {
    Reader reader(r);
    const VoiceId id = id_of(r);
    if (asks_for_more(r)) {
        const kernel::Result<Case> c = open_case(site, r, id, act.act);
        return c ? act_page(site, r, *c, &act, {}) : people::refusal(r, c.error());
    }
    std::optional<Case> stood;
    if (r.field("next") == "yes") {
        db::Database::Lease db = site.needs.database.read();
        stood = find_case(*db, id);
    }
    const kernel::Checked done = act.perform(site, r, id, reader);
    if (done && r.field("next") == "yes") return http::redirect(next_address(site, act, r, stood));
    if (done) return http::redirect("/desk/voices/" + std::to_string(id.value()));
    std::vector<kernel::Error> errors = reader.errors();
    if (errors.empty()) errors.push_back(done.error());
    const kernel::Result<Case> c = open_case(site, r, id, act.act);
    if (!c && c.error().code != kernel::Code::not_found && r.field("seen") && keeps_typed(act)) {
        // Somebody was quicker, or has the case now.
        std::optional<Case> now;
        {
            db::Database::Lease db = site.needs.database.read();
            now = find_case(*db, id);
        }
        return act_page(site, r, now.value(), &act, {at_first_field(act, c.error())}, true);
    }
    // What the form cannot mend is a page of its own: not this officer, not in this state.
    if (!c) return people::refusal(r, c.error());
    if (errors.front().field.empty() && act.fields.empty()) return people::refusal(r, errors.front());
    if (errors.front().field.empty()) errors.front() = at_first_field(act, errors.front());
    return act_page(site, r, *c, &act, std::move(errors));
}

std::optional<bool> parse_outcome(std::string_view text) {
    if (text == "hide") return true;
    return text == "keep" ? std::optional(false) : std::nullopt;
}

// The report an address names, with its case.
kernel::Result<Case> reported_case(const Site& site, const Request& r, std::int64_t& entry) {
    entry = kernel::parse_index(r.param("entry")).value_or(0);
    std::optional<Report> report;
    {
        db::Database::Lease db = site.needs.database.read();
        report = find_report(*db, entry);
    }
    if (!report) return kernel::refuse(kernel::Code::not_found, "voice.report_unknown");
    return open_case(site, r, report->voice, rules::Act::decide_report);
}

Response show_report_decision(const Site& site, const Request& r) {
    std::int64_t entry = 0;
    const kernel::Result<Case> c = reported_case(site, r, entry);
    if (!c) return people::refusal(r, c.error());
    return act_page(site, r, *c, nullptr, {});
}

Response post_report_decision(const Site& site, const Request& r) {
    std::int64_t entry = 0;
    const kernel::Result<Case> c = reported_case(site, r, entry);
    if (!c) return people::refusal(r, c.error());
    Reader reader(r);
    const auto hide = reader.one_of<bool>("outcome", parse_outcome, "voice.outcome_missing");
    const std::string remark = reader.text("remark", max_remark);
    std::vector<kernel::Error> errors = reader.errors();
    if (errors.empty()) {
        const kernel::Checked done = decide_report(site.needs, people::actor(r), entry, *hide, remark, page::once(r));
        if (done) return http::redirect("/desk/moderation");
        if (done.error().field.empty() || done.error().field == "master") return people::refusal(r, done.error());
        errors.push_back(done.error());
    }
    return act_page(site, r, *c, nullptr, std::move(errors));
}

}  // namespace

void add_desk_acts(http::Router& router, const std::shared_ptr<const Site>& site) {
    for (const DeskAct& act : desk_acts()) {
        router.get(act.path, [site, &act](const Request& r) { return show_act(*site, act, r); });
        router.post(act.path, [site, &act](const Request& r) { return post_act(*site, act, r); });
    }
    router.get("/desk/reports/{entry}", [site](const Request& r) { return show_report_decision(*site, r); });
    router.post("/desk/reports/{entry}", [site](const Request& r) { return post_report_decision(*site, r); });
}

}  // namespace voice
