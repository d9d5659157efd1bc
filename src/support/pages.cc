#include "pages.h"

#include "acts.h"

namespace support {
namespace {

using page::Data;
using page::Lang;

std::string voice_address(VoiceId id) { return "/voices/" + std::to_string(id.value()); }
std::string number_words(Lang lang, VoiceId id) {
    return page::say(lang, "voice.no", {{"n", std::to_string(id.value())}});
}

// Every number of people says how many of the round are verified.
std::string people_said(Lang lang, db::Connection& db, const voice::Voice& v, bool mine) {
    const std::int64_t n = count(db, v.id);
    if (n == 0) return page::say(lang, "support.nobody");
    return page::say(
        lang, mine ? "support.people_and_you" : "support.people",
        {{"n", page::number(lang, n)}, {"verified", people::verified_words(lang, people::turnout(db, v.cycle))}});
}

// `mine`: this reader is among them; never on a page that is kept for everybody.
void set_place(Data& d, Lang lang, db::Connection& db, const voice::Voice& v, bool mine) {
    d.set("action", address(v.id)).set("people", people_said(lang, db, v, mine));
    d.set("back_action", address(v.id) + "/back").set("link", voice_address(v.id));
    d.set("number", number_words(lang, v.id));
}

std::string say_address(db::Connection& db, people::CycleId id) {
    const auto round = cycle::cycle(db, id);
    return round && !round->standing ? "/cycles/" + std::to_string(id.value()) + "/say" : "/say";
}

}  // namespace

std::string address(VoiceId id) { return voice_address(id) + "/support"; }

page::Page own_page(const people::Needs& needs, const http::Request& r, db::Connection& db, const voice::Voice& v,
                    const std::string& notice, const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    const rules::Standing now = standing(db, v);
    const kernel::Checked may = rules::may_be_joined(now);
    const bool mine = joined(needs, r, db, v);
    Data d;
    page::Form::of(r, errors).fill(lang, d, {"code"});
    set_place(d, lang, db, v, mine);
    d.set("by_code", !mine && now.round.has_value() && count(db, v.id) > 0).set("typed", !errors.empty());
    d.set("notice", notice).set("mine", mine);
    const auto receipt = kernel::parse_index(r.asked("receipt").value_or(""));
    d.set("receipt", receipt ? "/receipts/" + std::to_string(*receipt) : "");
    d.set("taken_back", receipt && !mine);
    d.set("title", v.title).set("lang", v.lang).set("has_words", !v.text.empty());
    d.set("words", page::own_words(v.text, v.lang));
    d.set("open", !mine && may.has_value()).set("may_take_back", mine && now.round.has_value());
    std::string shut = may || (mine && !now.leads_to) ? std::string() : page::say(lang, may.error());
    d.set("closed", !shut.empty()).set("shut", shut == notice ? std::string() : shut);
    d.set("other", now.leads_to ? address(*now.leads_to) : std::string());
    d.set("other_words", now.leads_to ? number_words(lang, *now.leads_to) : std::string());
    d.set("say_own", now.round ? say_address(db, v.cycle) : std::string("/say"));
    page::Page p;
    p.title = page::say(lang, "support.title");
    p.section = "voices";
    p.sample = v.sample;
    p.main = page::render(lang, "support/show.html", d);
    return p;
}

page::Html button(const people::Needs& needs, const http::Request& r, db::Connection& db, VoiceId id) {
    const Lang lang = page::lang_of(r);
    const auto v = voice::voice(db, id);
    if (!v) return {};
    const bool open = may_be_joined(db, *v).has_value(), mine = joined(needs, r, db, *v);
    if (!open && !mine && count(db, id) == 0) return {};
    Data d;
    page::Form(r).fill(lang, d, {});
    set_place(d, lang, db, *v, mine);
    d.set("mine", mine).set("open", open && !mine);
    return page::render(lang, "support/button.html", d);
}

page::Html part_of_voice(const http::Request& r, db::Connection& db, const voice::Voice& v) {
    const Lang lang = page::lang_of(r);
    const kernel::Checked may = may_be_joined(db, v);
    const bool any = count(db, v.id) > 0;
    const auto other = leads_to(db, v);
    if (!may && !any && !other) return {};
    Data d;
    set_place(d, lang, db, v, false);
    d.set("any", any || may.has_value()).set("open", may.has_value());
    d.set("shut", other ? page::say(lang, may.error()) : std::string());
    d.set("other", other ? address(*other) : std::string());
    d.set("other_words", other ? number_words(lang, *other) : std::string());
    return page::render(lang, "support/voice_part.html", d);
}

kernel::Json as_json(db::Connection& db, const voice::Voice& v) {
    const auto other = leads_to(db, v);
    kernel::Json json;
    json.set("voice", v.id.value()).set("people", count(db, v.id)).set("open", may_be_joined(db, v).has_value());
    json.set("leads_to", other ? kernel::Json(other->value()) : kernel::Json());
    return json;
}

}  // namespace support
