// Writes members of the facts of this feature's entries; for encode.cc alone.
#pragma once
#include <kernel/bytes.h>

#include "change.h"

namespace voice::change {

using kernel::Json;
using ledger::Served;

// The version of every kind of this feature that has no second one. A kind gets one when its facts must say something
// new, or otherwise: then its encoder says so, and decode() reads both.
inline constexpr int first_version = 1;

// Whether the first version of the kinds that say a last day can say this one: working days from the day after, by a
// calendar that knows its holidays, looked at when it is over.
inline bool counts_working_days(const deadline::Term& t) {
    return t.unit == deadline::Unit::working_days && t.first == deadline::First::next_day;
}
inline bool is_plain(const Counted& c) { return counts_working_days(c.term) && !c.beyond && !c.look; }

inline Json days_json(const std::vector<kernel::Day>& days) {
    Json::Array all;
    for (kernel::Day day : days) all.emplace_back(kernel::iso(day));
    return all;
}

inline Json counted_json(const Counted& c) {
    Json::Array weekend;
    for (int weekday : c.weekend) weekend.emplace_back(weekday);
    Json json;
    json.set("calendar", c.calendar).set("closed", days_json(c.closed)).set("due", kernel::iso(c.due));
    if (counts_working_days(c.term))
        json.set("days", c.term.n);
    else
        json.set("term", deadline::as_json(c.term));
    if (c.beyond) json.set("beyond", true);
    if (c.look) json.set("look", kernel::iso(*c.look));
    json.set("from", kernel::iso(c.from)).set("late", kernel::iso(c.late)).set("weekend", std::move(weekend));
    json.set("worked", days_json(c.worked));
    return json;
}

inline Json terms_json(const Terms& t) {
    Json json;
    json.set("ask_back_days", t.ask_back_days)
        .set("extension_days", t.extension_days)
        .set("rating_days", t.rating_days);
    json.set("reply_days", t.reply_days).set("superior_at", t.superior_at);
    return json;
}

inline Json held_json(const Held& held) {
    return Json().set("ground", name(held.ground)).set("until", kernel::iso(held.until));
}

inline Json words_json(const Words& words) {
    Json json;
    json.set("lang", words.lang).set("text", words.text);
    if (!words.title.empty()) json.set("title", words.title);
    if (!words.place.empty()) json.set("place", words.place);
    if (!words.position.empty()) json.set("position", words.position);
    if (!words.papers.empty()) {
        Json::Array papers;
        for (const Paper& paper : words.papers) {
            Json::Array pages;
            for (const PaperPage& p : paper.pages) {
                Json page;
                page.set("height", p.height).set("picture", kernel::hex(p.picture));
                page.set("preview", kernel::hex(p.preview)).set("text", p.text).set("width", p.width);
                pages.push_back(std::move(page));
            }
            papers.push_back(Json().set("about", paper.about).set("pages", std::move(pages)));
        }
        json.set("papers", std::move(papers));
    }
    if (words.pictures.empty()) return json;
    Json::Array pictures;
    for (const Photo& p : words.pictures) {
        Json picture;
        picture.set("about", p.about).set("height", p.height).set("picture", kernel::hex(p.picture));
        picture.set("preview", kernel::hex(p.preview)).set("width", p.width);
        pictures.push_back(std::move(picture));
    }
    json.set("pictures", std::move(pictures));
    return json;
}

inline Json taken_over_json(const TakenOver& t) {
    Json json;
    json.set("replied", t.replied).set("unit_only", t.unit_only);
    if (t.replied_on) json.set("replied_on", kernel::iso(*t.replied_on));
    if (t.rating) json.set("rating", *t.rating);
    if (t.unit) json.set("unit", t.unit->value());
    if (t.term) json.set("term", counted_json(*t.term));
    if (t.origin) json.set("origin", kernel::hex(*t.origin));
    return json;
}

inline ledger::Draft draft(std::string_view kind, std::int64_t subject, Json facts) {
    ledger::Draft d;
    d.kind = kind;
    d.v = first_version;
    d.subject = subject;
    d.facts = std::move(facts);
    return d;
}

inline ledger::Draft with(ledger::Draft d, std::string_view member, const std::optional<std::string>& text,
                          Served served) {
    if (text) d.words = Json().set(std::string(member), *text);
    d.words_served = served;
    return d;
}

inline ledger::Draft about(VoiceId voice, ledger::Draft d) {
    d.parent = voice.value();
    return d;
}

// The next version, where the first cannot say it.
inline ledger::Draft counting(ledger::Draft d, const Counted& c) {
    if (!is_plain(c)) ++d.v;
    return d;
}

inline Json rung_json(const Rung& rung, Json facts) {
    Json::Array to;
    for (deadline::Whom one : rung.to) to.emplace_back(deadline::name(one));
    facts.set("level", deadline::name(rung.level)).set("public", rung.is_public).set("to", std::move(to));
    return facts;
}

inline std::string_view name_of(Duty duty) { return duty == Duty::accept ? "accept" : "reply"; }

// What only the third version says.
inline bool says_more(const Received& c) {
    return c.preset > 0 || c.accept_look || c.table || !c.client.empty() || c.origin || !is_plain(c.reply);
}
inline void add_more(const Received& c, Json& facts) {
    if (c.preset > 0) facts.set("preset", c.preset);
    if (c.accept_look) facts.set("accept_look", kernel::iso(*c.accept_look));
    if (c.table) facts.set("table", *c.table);
    if (c.category) facts.set("category", *c.category);
    if (c.district) facts.set("district", *c.district);
    if (!c.client.empty()) facts.set("client", c.client);
    if (c.origin) facts.set("origin", kernel::hex(*c.origin));
}

// An officer's or the clock's act: about the voice, which is public by its number.
inline ledger::Draft acted(std::string_view kind, VoiceId voice, Json facts) {
    facts.set("voice", voice.value());
    return about(voice, draft(kind, voice.value(), std::move(facts)));
}

// The author's act: its leaf names the cycle, never less.
inline ledger::Draft spoken(std::string_view kind, people::CycleId cycle, VoiceId voice, Json facts) {
    facts.set("cycle", cycle.value()).set("voice", voice.value());
    return about(voice, draft(kind, cycle.value(), std::move(facts)));
}

}  // namespace voice::change
