#include "pages.h"

#include <algorithm>

#include <kernel/text.h>

#include "rules.h"
#include "variables.h"

namespace desk {
namespace {

using page::Data;
using page::Lang;
using page::say;

constexpr int most_on_a_page = 50, versions_at_once = 20, notes_on_a_case = 10;

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    const auto officer = people::officer(db, id);
    return officer ? officer->post : say(lang, "desk.an_officer");
}
std::string unit_of(Lang lang, db::Connection& db, const std::optional<people::UnitId>& id) {
    if (!id) return say(lang, "desk.everybody");
    const auto unit = people::unit(db, *id);
    return unit ? unit->name : "";
}
std::string kind_of(Lang lang, const std::optional<voice::Kind>& kind) {
    return kind ? say(lang, "voice.kind_" + std::string(voice::name(*kind))) : say(lang, "desk.any_kind");
}
std::string answer_of(Lang lang, const Draft& d) {
    return d.answer ? say(lang, "voice.answer_" + std::string(voice::name(*d.answer))) : "";
}
std::string number_of(Lang lang, voice::VoiceId id) {
    return say(lang, "desk.case_number", {{"n", std::to_string(id.value())}});
}
std::string language_of(Lang lang, std::string_view tag) { return say(lang, "desk.lang_" + std::string(tag)); }

page::Page working_page(std::string title, page::Html main) {
    page::Page p;
    p.title = std::move(title);
    p.section = "work";
    p.main = std::move(main);
    return p;
}

Data version_row(Lang lang, db::Connection& db, const Template& t) {
    Data d;
    d.set("name", t.name.empty() ? say(lang, "desk.erased") : t.name)
        .set("lang", t.name.empty() ? std::string(page::tag(lang)) : t.lang);
    d.set("version", say(lang, "desk.version", {{"n", std::to_string(t.n)}}))
        .set("language", language_of(lang, t.lang))
        .set("unit", unit_of(lang, db, t.unit))
        .set("kind", kind_of(lang, t.kind))
        .set("link", address(t.id))
        .set("entry", t.entry);
    d.set("by", say(lang, "desk.by", {{"when", page::date_time(lang, t.at)}, {"who", post_of(lang, db, t.by)}}));
    d.set("text", t.text.empty() ? page::escape(say(lang, "desk.erased")) : page::own_words(t.text, t.lang));
    if (t.ended)
        d.set("ended", say(lang, "desk.ended_by",
                           {{"when", page::date_time(lang, *t.ended)}, {"who", post_of(lang, db, t.ended_by)}}));
    return d;
}

std::vector<Data> note_rows(Lang lang, db::Connection& db, const std::vector<Note>& all) {
    std::vector<Data> rows;
    for (const Note& n : all) {
        Data d;
        d.set("when", page::date_time(lang, n.at)).set("who", post_of(lang, db, n.by)).set("entry", n.id.value());
        d.set("text", n.text.empty() ? page::escape(say(lang, "desk.erased")) : page::own_words(n.text, "und"));
        rows.push_back(std::move(d));
    }
    return rows;
}

std::vector<page::Option> units_for(Lang lang, db::Connection& db, const people::Actor& actor) {
    std::vector<page::Option> all;
    if (rules::sets_for_everybody(actor)) all.push_back({"0", say(lang, "desk.everybody"), ""});
    if (!rules::sets_for_units(actor)) return all;
    for (const people::Unit& unit : people::units(db))
        if (unit.open && people::is_under(db, unit.id, actor.unit))
            all.push_back({std::to_string(unit.id.value()), unit.name, ""});
    return all;
}

void set_draft(Data& data, Lang lang, db::Connection& db, const Draft& d) {
    data.set("draft_by",
             say(lang, "desk.by", {{"when", page::date_time(lang, d.at)}, {"who", post_of(lang, db, d.by)}}));
    data.set("draft_class", answer_of(lang, d)).set("draft_link", address(d.id)).set("draft_entry", d.id.value());
    data.set("draft_day", d.promised ? page::full_date(lang, *d.promised) : std::string());
    data.set("draft_text", d.answer ? page::own_words(d.text, "und") : page::escape(say(lang, "desk.erased")));
    constexpr std::string_view keys[] = {"desk.draft_waits", "desk.draft_released", "desk.draft_returned",
                                         "desk.draft_replaced"};
    constexpr page::Tone tones[] = {page::Tone::due, page::Tone::done, page::Tone::late, page::Tone::neutral};
    const auto state = static_cast<std::size_t>(d.state);
    data.set("draft_state", page::state(lang, keys[state], tones[state]));
    if (d.decided_at)
        data.set("decided",
                 say(lang, "desk.by",
                     {{"when", page::date_time(lang, *d.decided_at)}, {"who", post_of(lang, db, d.decided_by)}}));
    data.set("has_remark", !d.remark.empty()).set("remark", page::own_words(d.remark, "und"));
}

Values values_of(Lang lang, db::Connection& db, const people::Actor& actor, const voice::Voice& v, kernel::Day today) {
    Values values;
    values["number"] = std::to_string(v.id.value());
    // Without a title the first words stand for it, on one line.
    std::string title = v.title.empty() ? v.text.substr(0, v.text.find('\n')) : v.title;
    if (v.title.empty()) title = kernel::first_code_points(title, 40);
    values["title"] = title;
    values["place"] = v.place;
    values["kind"] = kind_of(lang, v.kind);
    values["received"] = page::full_date(lang, kernel::local_day(v.received));
    if (v.due) values["due"] = page::full_date(lang, *v.due);
    if (v.unit) values["unit"] = unit_of(lang, db, v.unit);
    if (const auto officer = people::officer(db, actor.officer)) values["post"] = officer->post;
    values["today"] = page::full_date(lang, today);
    return values;
}

std::string joined(Lang lang, const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) {
        const std::string one = "{" + name + "}";
        all = all.empty() ? one : say(lang, "desk.comma_join", {{"all", all}, {"one", one}});
    }
    return all;
}

}  // namespace

std::string address(TemplateId id) { return "/desk/templates/" + std::to_string(id.value()); }
std::string address(DraftId id) { return "/desk/drafts/" + std::to_string(id.value()); }
std::string case_address(voice::VoiceId id) { return "/desk/voices/" + std::to_string(id.value()); }

// ---- reply templates -----------------------------------------------------------------------------------------------

page::Page list_page(const http::Request& r, db::Connection& db, bool may_set, bool ended,
                     std::optional<std::int64_t> before) {
    const Lang lang = page::lang_of(r);
    auto all = templates(db, ended, before, most_on_a_page + 1);
    const bool more = static_cast<int>(all.size()) > most_on_a_page;
    if (more) all.pop_back();
    std::vector<Data> rows;
    for (const Template& t : all) rows.push_back(version_row(lang, db, t));
    Data data;
    data.set("may_set", may_set).set("ended", ended).set("empty", rows.empty()).set("rows", std::move(rows));
    if (more)
        data.set("more", std::string("/desk/templates?") + (ended ? "ended=yes&" : "") +
                             "before=" + std::to_string(all.back().entry));
    return working_page(say(lang, ended ? "desk.templates_ended" : "desk.templates"),
                        page::render(lang, "desk/list.html", data));
}

page::Page template_page(const http::Request& r, db::Connection& db, const Template& t, bool may_set,
                         std::optional<int> below) {
    const Lang lang = page::lang_of(r);
    auto older = versions(db, t.id, below.value_or(t.n), versions_at_once + 1);
    const bool more = static_cast<int>(older.size()) > versions_at_once;
    if (more) older.pop_back();
    Data data = version_row(lang, db, t);
    std::vector<Data> rows;
    for (const Template& one : older) rows.push_back(version_row(lang, db, one));
    data.set("may_set", may_set && !t.ended).set("edit", address(t.id) + "/edit").set("end", address(t.id) + "/end");
    data.set("csrf", page::csrf_field());
    data.set("has_older", !rows.empty()).set("older", std::move(rows));
    if (more) data.set("more", address(t.id) + "?below=" + std::to_string(older.back().n));
    return working_page(t.name.empty() ? say(lang, "desk.template") : t.name,
                        page::render(lang, "desk/template.html", data));
}

page::Page template_form(const http::Request& r, db::Connection& db, const people::Actor& actor,
                         const std::optional<Template>& of, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> langs, kinds = {{"any", say(lang, "desk.any_kind"), ""}};
    for (Lang one : page::all_langs)
        langs.push_back({std::string(page::tag(one)), language_of(lang, page::tag(one)), ""});
    for (voice::Kind kind : voice::all_kinds)
        kinds.push_back({std::string(voice::name(kind)), kind_of(lang, kind), ""});
    form.options("lang", std::move(langs))
        .options("unit", units_for(lang, db, actor))
        .options("kind", std::move(kinds));
    form.value("lang", of ? of->lang : std::string(page::tag(lang)));
    form.value("unit", std::to_string(of ? of->unit.value_or(people::UnitId()).value() : actor.unit.value()));
    form.value("kind", of && of->kind ? std::string(voice::name(*of->kind)) : "any");
    if (of) form.value("name", of->name).value("text", of->text);
    Data data;
    form.fill(lang, data, {"name", "lang", "unit", "kind", "text"});
    std::vector<Data> names;
    for (std::string_view name : variables) {
        Data one;
        one.set("name", "{" + std::string(name) + "}").set("means", say(lang, "desk.variable_" + std::string(name)));
        names.push_back(std::move(one));
    }
    data.set("variables", std::move(names));
    const std::string title = say(lang, of ? "desk.template_change" : "desk.template_new");
    data.set("title", title).set("action", of ? address(of->id) : "/desk/templates");
    if (of) data.set("seen", of->entry);
    return working_page(title, page::render(lang, "desk/form.html", data));
}

// ---- notes ---------------------------------------------------------------------------------------------------------

page::Page note_page(const http::Request& r, db::Connection& db, const voice::DeskCase& c, page::Form form,
                     std::optional<NoteId> before) {
    const Lang lang = page::lang_of(r);
    auto all = notes(db, c.voice.id, before, most_on_a_page + 1);
    const bool more = static_cast<int>(all.size()) > most_on_a_page;
    if (more) all.pop_back();
    Data data;
    form.fill(lang, data, {"note"});
    data.set("link", case_address(c.voice.id)).set("number", number_of(lang, c.voice.id));
    data.set("action", case_address(c.voice.id) + "/note").set("has_notes", !all.empty());
    if (more) data.set("more", case_address(c.voice.id) + "/note?before=" + std::to_string(all.back().id.value()));
    data.set("notes", note_rows(lang, db, all));
    page::Page p = working_page(say(lang, "desk.notes"), page::render(lang, "desk/notes.html", data));
    p.sample = c.voice.sample;
    return p;
}

page::Html case_part(const http::Request& r, db::Connection& db, const voice::DeskCase& c) {
    const Lang lang = page::lang_of(r);
    Data data;
    page::Form form(r);
    form.fill(lang, data, {"note"});
    if (const auto newest = newest_draft(db, c.voice.id)) {
        set_draft(data, lang, db, *newest);
        data.set("has_draft", true);
    }
    auto all = notes(db, c.voice.id, {}, notes_on_a_case + 1);
    const bool more = static_cast<int>(all.size()) > notes_on_a_case;
    if (more) all.pop_back();
    data.set("action", case_address(c.voice.id) + "/note").set("has_notes", !all.empty()).set("more", more);
    data.set("notes", note_rows(lang, db, all));
    return page::render(lang, "desk/case_part.html", data);
}

// ---- drafts --------------------------------------------------------------------------------------------------------

page::Page drafts_page(const http::Request& r, db::Connection& db, const people::Actor& actor,
                       std::optional<DraftId> after) {
    const Lang lang = page::lang_of(r);
    auto all = waiting_drafts(db, actor.unit, after, most_on_a_page + 1);
    const bool more = static_cast<int>(all.size()) > most_on_a_page;
    if (more) all.pop_back();
    std::vector<Data> rows;
    for (const Draft& d : all) {
        const auto c = voice::desk_case(db, actor, d.voice);
        Data row;
        set_draft(row, lang, db, d);
        row.set("number", number_of(lang, d.voice)).set("own", d.by == actor.officer);
        if (c) row.set("due", c->voice.due ? page::full_date(lang, *c->voice.due) : std::string());
        if (c) row.set("title", c->voice.title).set("lang", c->voice.lang);
        rows.push_back(std::move(row));
    }
    Data data;
    data.set("empty", rows.empty()).set("rows", std::move(rows));
    data.set("counted", say(lang, "desk.drafts_of", {{"unit", unit_of(lang, db, actor.unit)}}));
    if (more) data.set("more", "/desk/drafts?after=" + std::to_string(all.back().id.value()));
    return working_page(say(lang, "desk.drafts"), page::render(lang, "desk/drafts.html", data));
}

page::Page draft_page(const http::Request& r, db::Connection& db, const people::Actor& actor, const Draft& d,
                      const voice::DeskCase& c, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data data;
    form.fill(lang, data, {"remark"});
    set_draft(data, lang, db, d);
    const bool waits = d.state == DraftState::waits, own = d.by == actor.officer;
    data.set("action", address(d.id)).set("seen", c.newest).set("link", case_address(d.voice));
    data.set("number", number_of(lang, d.voice)).set("waits", waits).set("own", own);
    data.set("may_release", waits && !own && d.answer.has_value() && c.may_answer);
    data.set("changed", waits && c.newest > d.id.value());
    data.set("kind", kind_of(lang, c.voice.kind));
    if (c.voice.due) data.set("due", say(lang, "desk.due", {{"day", page::full_date(lang, *c.voice.due)}}));
    data.set("case_title", c.voice.title).set("lang", c.voice.lang);
    data.set("original", c.voice.text.empty() ? page::escape(say(lang, "desk.erased"))
                                              : page::own_words(c.voice.text, c.voice.lang));
    page::Page p = working_page(say(lang, "desk.release_title"), page::render(lang, "desk/draft.html", data));
    p.sample = c.voice.sample;
    return p;
}

// ---- the form of an answer -----------------------------------------------------------------------------------------

voice::Workbench::Help help(const http::Request& r, db::Connection& db, const people::Actor& actor,
                            const voice::DeskCase& c, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    voice::Workbench::Help help;
    Data data;
    std::vector<Template> all = fitting(db, c.voice);
    const auto spoken = page::parse_lang(c.voice.lang);
    std::stable_partition(all.begin(), all.end(),
                          [&](const Template& t) { return page::parse_lang(t.lang) == spoken; });
    std::vector<page::Option> options;
    for (const Template& t : all)
        options.push_back({std::to_string(t.id.value()),
                           spoken == page::parse_lang(t.lang)
                               ? t.name
                               : say(lang, "desk.template_in", {{"name", t.name}, {"lang", language_of(lang, t.lang)}}),
                           ""});
    page::Form form(r);
    form.options("template", std::move(options));
    const auto asked = kernel::parse_index(r.asked("template").value_or(""));
    const auto chosen = std::find_if(all.begin(), all.end(), [&](const Template& t) { return asked == t.id.value(); });
    if (chosen != all.end()) {
        const Lang words = page::parse_lang(chosen->lang).value_or(lang);
        Filled filled = fill(chosen->text, values_of(words, db, actor, c.voice, today));
        help.text = std::move(filled.text);
        data.set("missing", filled.missing.empty()
                                ? std::string()
                                : say(lang, "desk.missing", {{"names", joined(lang, filled.missing)}}));
        form.value("template", std::to_string(chosen->id.value()));
    } else if (asked) {
        data.set("missing", say(lang, "desk.template_not_for_this"));
    }
    if (const auto d = newest_draft(db, c.voice.id)) {
        if (d->state == DraftState::waits || d->state == DraftState::returned) {
            set_draft(data, lang, db, *d);
            data.set("has_draft", true);
            if (chosen == all.end()) help.text = d->text;
            help.answer = d->answer;
            help.by = d->promised;
        }
    }
    form.fill(lang, data, {"template"});
    data.set("action", case_address(c.voice.id) + "/answer#form").set("has_templates", !all.empty());
    help.above = page::render(lang, "desk/help.html", data);
    return help;
}

}  // namespace desk
