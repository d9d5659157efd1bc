// The forms: opening a batch, typing a sheet, comparing it, counting again.
#include <routing/routing.h>

#include "pages.h"
#include "rules.h"
#include "store.h"
#include "words.h"

namespace paper {
namespace {

using page::Data;
using page::Lang;
using page::say;

constexpr std::string_view sheet_fields[] = {"n",        "what",     "kind",    "text", "title",  "audience", "place",
                                             "category", "district", "said_on", "lang", "remark", "outcome"};

std::vector<page::Option> listed(Lang lang, const std::vector<routing::Listed>& all) {
    std::vector<page::Option> options;
    for (const routing::Listed& one : all)
        options.push_back({one.code, std::string(routing::name_in(lang, one.names).text), ""});
    return options;
}

void offer(Lang lang, db::Connection& db, page::Form& form, Data& data) {
    std::vector<page::Option> whats, kinds, audiences, languages;
    for (What one : all_whats) {
        const std::string key = "paper.what_" + std::string(name(one));
        whats.push_back({std::string(name(one)), say(lang, key), say(lang, key + "_hint")});
    }
    for (voice::Kind one : voice::all_kinds)
        kinds.push_back({std::string(voice::name(one)), say(lang, "voice.kind_" + std::string(voice::name(one))), ""});
    for (voice::Audience one : voice::all_audiences)
        audiences.push_back(
            {std::string(voice::name(one)), say(lang, "voice.audience_" + std::string(voice::name(one))), ""});
    for (Lang each : page::all_langs) {
        const std::string tag(page::tag(each));
        languages.push_back({tag, say(lang, "voice.lang_" + tag), ""});
    }
    languages.push_back({"und", say(lang, "voice.lang_other"), ""});
    form.options("what", whats).options("kind", kinds).options("audience", audiences).options("lang", languages);
    const auto table = routing::in_force(db);
    const bool categories = table && !table->sheet->lists().categories.empty();
    const bool districts = table && !table->sheet->lists().districts.empty();
    if (categories) form.options("category", listed(lang, table->sheet->lists().categories));
    if (districts) form.options("district", listed(lang, table->sheet->lists().districts));
    data.set("categories", categories).set("districts", districts);
}

// What was typed stands in the form, to be compared or typed again.
void put(page::Form& form, const Typed& t) {
    form.value("what", std::string(name(t.what)));
    if (t.what != What::message) {
        form.value("remark", t.remark);
        return;
    }
    form.value("kind", std::string(voice::name(t.kind))).value("audience", std::string(voice::name(t.audience)));
    form.value("category", t.category).value("district", t.district).value("lang", t.lang);
    form.value("said_on", t.said_on ? kernel::iso(*t.said_on) : std::string());
    form.value("title", t.title).value("text", t.text).value("place", t.place);
}

void set_batch(Data& data, Lang lang, const Batch& b) {
    data.set("batch", batch_name(lang, b)).set("batch_link", address(b.id)).set("place_of", place_of(lang, b));
    data.set("day_of", page::full_date(lang, b.day));
}

}  // namespace

page::Page open_page(const http::Request& r, db::Connection& db, kernel::Day today, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::optional<std::int64_t> named;
    if (const auto asked = r.asked("cycle")) named = kernel::parse_index(*asked);
    const auto choice =
        cycle::to_choose(db, named, [](const cycle::Cycle& c) { return cycle::accepts_voices(c).operator bool(); });
    const cycle::Cycle desk = cycle::standing_desk(db);
    std::vector<page::Option> rounds = {{std::to_string(desk.id.value()), round_name(lang, desk), ""}};
    for (const cycle::Cycle& c : choice.rounds) rounds.push_back({std::to_string(c.id.value()), c.name, ""});
    form.options("cycle", rounds).value("cycle", std::to_string(named.value_or(desk.id.value())));
    form.value("day", kernel::iso(today));
    Data data;
    form.fill(lang, data, {"place", "day", "sheets", "cycle"});
    data.set("choose", rounds.size() > 1).set("desk", desk.id.value());
    data.set("another", cycle::name_another(lang, choice, "/paper/new", "cycle"));
    return page_of(say(lang, "paper.open"), page::render(lang, "paper/form.html", data));
}

page::Page type_page(const http::Request& r, db::Connection& db, const Batch& b, int n, const std::optional<Sheet>& of,
                     page::Form form) {
    const Lang lang = page::lang_of(r);
    Data data;
    offer(lang, db, form, data);
    form.value("n", n > 0 ? std::to_string(n) : std::string());
    if (of) {
        if (const auto newest = version(db, of->version); newest && !newest->erased) put(form, newest->typed);
        if (const auto back = newest_return(db, of->id))
            data.set("returned",
                     page::own_words(back->text.empty() ? say(lang, "paper.no_remark") : back->text, "und"));
    } else {
        form.value("what", std::string(name(What::message))).value("lang", std::string(page::tag(lang)));
    }
    form.fill(lang, data, sheet_fields);
    set_batch(data, lang, b);
    data.set("action", address(b.id) + "/sheets").set("again", of.has_value());
    data.set("progress", progress_words(lang, b));
    if (const auto done = kernel::parse_index(r.asked("typed").value_or("")))
        data.set("typed", say(lang, "paper.typed_now", {{"n", std::to_string(*done)}}));
    page::Page shown =
        page_of(say(lang, of ? "paper.type_again" : "paper.type"), page::render(lang, "paper/sheet_form.html", data));
    shown.scripts = {"voice_desk"};
    return shown;
}

page::Page check_page(const http::Request& r, db::Connection& db, const Hooks& hooks, const Batch& b, const Sheet& s,
                      page::Form form) {
    const Lang lang = page::lang_of(r);
    const std::optional<Version> newest = version(db, s.version);
    const std::vector<kernel::Error> errors = form.errors();
    Data data;
    offer(lang, db, form, data);
    if (newest && !newest->erased) put(form, newest->typed);
    std::vector<std::string_view> fields(std::begin(sheet_fields), std::end(sheet_fields));
    fields.insert(fields.end(), hooks.say_more.fields.begin(), hooks.say_more.fields.end());
    form.fill(lang, data, fields);
    set_batch(data, lang, b);
    const auto allowed = rules::may_check(people::in_force(db, people::actor(r)), b, s, typists(db, s.id));
    const bool own = !allowed && allowed.error().key == "paper.same_person" && s.state == SheetState::waits;
    data.set("action", address(s.id)).set("number", say(lang, "paper.sheet_number", {{"n", std::to_string(s.n)}}));
    data.set("seen", s.version).set("message", s.what == What::message).set("may", allowed.operator bool());
    data.set("own", own).set("state", state_of(lang, s));
    data.set("gone", newest && newest->erased);
    if (newest) data.set("by", by_words(lang, db, newest->at, newest->by));
    if (s.what != What::message) {
        data.set("what_name", say(lang, "paper.what_" + std::string(name(s.what))));
        data.set("why", page::own_words(newest ? newest->typed.remark : std::string(), "und"));
    }
    if (newest && s.what == What::message)
        data.set("words", page::own_words(newest->typed.text, newest->typed.lang)).set("title_of", newest->typed.title);
    if (s.voice) data.set("voice", "/voices/" + std::to_string(s.voice->value()));
    if (s.state == SheetState::returned) data.set("type_again", address(b.id) + "/sheets?n=" + std::to_string(s.n));
    if (s.what == What::message && allowed && hooks.say_more.part)
        data.set("more", hooks.say_more.part(r, db, true, errors));
    page::Page shown = page_of(say(lang, "paper.check_title", {{"n", std::to_string(s.n)}}),
                               page::render(lang, "paper/check.html", data));
    shown.scripts = {"voice_desk"};
    return shown;
}

page::Page recount_page(const http::Request& r, db::Connection& db, const Batch& b, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data data;
    form.fill(lang, data, {"sheets", "reason"});
    set_batch(data, lang, b);
    data.set("action", address(b.id) + "/recount");
    data.set("said", say(lang, "paper.said_by",
                         {{"n", page::number(lang, b.sheets)}, {"who", post_of(lang, db, counted_by(db, b.id))}}));
    return page_of(say(lang, "paper.recount"), page::render(lang, "paper/recount.html", data));
}

}  // namespace paper
