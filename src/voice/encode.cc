#include <kernel/bytes.h>

#include "change.h"

namespace voice::change {
namespace {

using kernel::Json;
using ledger::Served;

// The version of every kind of this feature that has no second one. A kind gets one when its facts must say something
// new, or otherwise: then its encoder says so, and decode() reads both.
constexpr int first_version = 1;

// Whether the first version of the kinds that say a last day can say this one: working days from the day after, by a
// calendar that knows its holidays, looked at when it is over.
bool counts_working_days(const deadline::Term& t) {
    return t.unit == deadline::Unit::working_days && t.first == deadline::First::next_day;
}
bool is_plain(const Counted& c) { return counts_working_days(c.term) && !c.beyond && !c.look; }

Json days_json(const std::vector<kernel::Day>& days) {
    Json::Array all;
    for (kernel::Day day : days) all.emplace_back(kernel::iso(day));
    return all;
}

Json counted_json(const Counted& c) {
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

Json terms_json(const Terms& t) {
    Json json;
    json.set("ask_back_days", t.ask_back_days)
        .set("extension_days", t.extension_days)
        .set("rating_days", t.rating_days);
    json.set("reply_days", t.reply_days).set("superior_at", t.superior_at);
    return json;
}

Json held_json(const Held& held) {
    return Json().set("ground", name(held.ground)).set("until", kernel::iso(held.until));
}

Json words_json(const Words& words) {
    Json json;
    json.set("lang", words.lang).set("text", words.text);
    if (!words.title.empty()) json.set("title", words.title);
    if (!words.place.empty()) json.set("place", words.place);
    if (!words.position.empty()) json.set("position", words.position);
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

ledger::Draft draft(std::string_view kind, std::int64_t subject, Json facts) {
    ledger::Draft d;
    d.kind = kind;
    d.v = first_version;
    d.subject = subject;
    d.facts = std::move(facts);
    return d;
}

ledger::Draft with(ledger::Draft d, std::string_view member, const std::optional<std::string>& text, Served served) {
    if (text) d.words = Json().set(std::string(member), *text);
    d.words_served = served;
    return d;
}

ledger::Draft about(VoiceId voice, ledger::Draft d) {
    d.parent = voice.value();
    return d;
}

// The next version, where the first cannot say it.
ledger::Draft counting(ledger::Draft d, const Counted& c) {
    if (!is_plain(c)) ++d.v;
    return d;
}

Json rung_json(const Rung& rung, Json facts) {
    Json::Array to;
    for (deadline::Whom one : rung.to) to.emplace_back(deadline::name(one));
    facts.set("level", deadline::name(rung.level)).set("public", rung.is_public).set("to", std::move(to));
    return facts;
}

std::string_view name_of(Duty duty) { return duty == Duty::accept ? "accept" : "reply"; }

// What only the third version says.
bool says_more(const Received& c) {
    return c.preset > 0 || c.accept_look || c.table || !c.client.empty() || c.origin || !is_plain(c.reply);
}
void add_more(const Received& c, Json& facts) {
    if (c.preset > 0) facts.set("preset", c.preset);
    if (c.accept_look) facts.set("accept_look", kernel::iso(*c.accept_look));
    if (c.table) facts.set("table", *c.table);
    if (c.category) facts.set("category", *c.category);
    if (c.district) facts.set("district", *c.district);
    if (!c.client.empty()) facts.set("client", c.client);
    if (c.origin) facts.set("origin", kernel::hex(*c.origin));
}

// An officer's or the clock's act: about the voice, which is public by its number.
ledger::Draft acted(std::string_view kind, VoiceId voice, Json facts) {
    facts.set("voice", voice.value());
    return about(voice, draft(kind, voice.value(), std::move(facts)));
}

// The author's act: its leaf names the cycle, never less.
ledger::Draft spoken(std::string_view kind, people::CycleId cycle, VoiceId voice, Json facts) {
    facts.set("cycle", cycle.value()).set("voice", voice.value());
    return about(voice, draft(kind, cycle.value(), std::move(facts)));
}

struct Encoder {
    Served served;

    ledger::Draft operator()(const Received& c) const {
        Json facts;
        facts.set("accept_late", kernel::iso(c.accept_late)).set("audience", name(c.audience));
        facts.set("by_staff", c.by_staff).set("cycle", c.cycle.value()).set("kind", name(c.kind));
        facts.set("photos", c.photos).set("reply", counted_json(c.reply)).set("sample", c.sample);
        facts.set("shown", name(c.shown)).set("speaker", c.speaker).set("way", name(c.way));
        if (c.preset == 0) facts.set("terms", terms_json(c.terms));
        if (says_more(c)) add_more(c, facts);
        if (c.held) facts.set("held", held_json(*c.held));
        if (c.typist) facts.set("typist", c.typist->value());
        ledger::Draft d = draft("voice.received", c.cycle.value(), std::move(facts));
        if (!c.masked) d.v = says_more(c) ? 3 : 2;
        if (c.words) d.words = words_json(*c.words);
        d.words_served = c.shown == Shown::published ? Served::open : Served::closed;
        return d;
    }
    ledger::Draft operator()(const Imported& c) const {
        Json facts;
        facts.set("cycle", c.cycle.value()).set("kind", name(c.kind)).set("sample", c.sample).set("source", c.source);
        if (c.said_on) facts.set("said_on", kernel::iso(*c.said_on));
        if (!c.file.empty()) facts.set("file", c.file).set("row", c.row);
        ledger::Draft d = draft("voice.imported", c.cycle.value(), std::move(facts));
        if (c.words) d.words = words_json(*c.words);
        return d;
    }

    // What moderators say stands in public in place of what they hid.
    ledger::Draft operator()(const Published& c) const {
        return acted("voice.published", c.voice, Json().set("by", c.by.value()));
    }
    ledger::Draft operator()(const PutOnHold& c) const {
        Json facts = held_json(c.held);
        facts.set("by", c.by.value());
        return with(acted("voice.held", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const Hidden& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("ground", name(c.ground));
        if (c.master) facts.set("master", c.master->value());
        return with(acted("voice.hidden", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const ShownAgain& c) const {
        Json facts;
        facts.set("by", c.by.value());
        if (c.appeal) facts.set("appeal", *c.appeal);
        return with(acted("voice.shown_again", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const AppealRefused& c) const {
        Json facts;
        facts.set("appeal", c.appeal).set("by", c.by.value());
        return with(acted("voice.appeal_refused", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const Reported& c) const {
        Json facts;
        facts.set("ground", name(c.ground));
        return with(spoken("voice.reported", c.cycle, c.voice, std::move(facts)), "remark", c.remark, Served::closed);
    }
    ledger::Draft operator()(const ReportDecided& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("hidden", c.hidden).set("report", c.report);
        return with(acted("voice.report_decided", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }

    ledger::Draft operator()(const Assigned& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("unit", c.unit.value());
        if (c.officer) facts.set("officer", c.officer->value());
        if (!c.table) return acted("voice.assigned", c.voice, std::move(facts));
        facts.set("returnable", c.returnable).set("row", c.row).set("table", *c.table);
        ledger::Draft d = acted("voice.assigned", c.voice, std::move(facts));
        d.v = 2;
        return d;
    }
    ledger::Draft operator()(const Bounced& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("unit", c.unit.value());
        return with(acted("voice.bounced", c.voice, std::move(facts)), "reason", c.reason, served);
    }
    ledger::Draft operator()(const AskedBack& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("until", kernel::iso(c.until));
        return with(acted("voice.asked_back", c.voice, std::move(facts)), "question", c.question, served);
    }
    ledger::Draft operator()(const Resumed& c) const {
        Json facts = Json().set("reply", counted_json(c.reply));
        if (!c.by) return counting(acted("voice.resumed", c.voice, std::move(facts)), c.reply);
        ledger::Draft d = acted("voice.resumed", c.voice, std::move(facts.set("by", c.by.value())));
        d.v = 2;
        return d;
    }
    ledger::Draft operator()(const Paused& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("reason", deadline::name(c.reason));
        facts.set("until", kernel::iso(c.until));
        return with(acted("voice.paused", c.voice, std::move(facts)), "text", c.text, served);
    }
    ledger::Draft operator()(const Answered& c) const {
        Json facts;
        facts.set("answer", name(c.answer)).set("by", c.by.value()).set("term", kernel::iso(c.term));
        if (c.promised) facts.set("promised", kernel::iso(*c.promised));
        return with(acted("voice.answered", c.voice, std::move(facts)), "text", c.text, served);
    }
    ledger::Draft operator()(const Extended& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("reply", counted_json(c.reply));
        return counting(with(acted("voice.extended", c.voice, std::move(facts)), "reason", c.reason, served), c.reply);
    }
    ledger::Draft operator()(const Late& c) const {
        Json facts;
        facts.set("days", c.days).set("duty", name_of(c.duty));
        if (c.next) facts.set("next", kernel::iso(*c.next));
        if (!c.rung) return acted("voice.late", c.voice, std::move(facts));
        ledger::Draft d = acted("voice.late", c.voice, rung_json(*c.rung, std::move(facts)));
        d.v = 2;
        return d;
    }
    ledger::Draft operator()(const DueSoon& c) const {
        Json facts;
        facts.set("duty", name_of(c.duty)).set("left", c.left);
        if (c.next) facts.set("next", kernel::iso(*c.next));
        return acted("voice.due", c.voice, rung_json(c.rung, std::move(facts)));
    }
    ledger::Draft operator()(const Closed& c) const {
        return acted(c.rated ? "voice.closed" : "voice.closed_unrated", c.voice, Json::Object{});
    }
    ledger::Draft operator()(const Corrected& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("entry", c.entry);
        if (c.kind) facts.set("kind", name(*c.kind));
        if (c.answer) facts.set("answer", name(*c.answer));
        if (c.promised) facts.set("promised", kernel::iso(*c.promised));
        if (c.category) facts.set("category", *c.category).set("district", c.district.value_or(""));
        ledger::Draft d = with(acted("voice.corrected", c.voice, std::move(facts)), "reason", c.reason, served);
        if (c.category) d.v = 2;
        return d;
    }

    ledger::Draft operator()(const WordAdded& c) const {
        Json facts = Json::Object{};
        if (c.resumed) facts.set("resumed", counted_json(*c.resumed));
        ledger::Draft d = with(spoken("voice.word_added", c.cycle, c.voice, std::move(facts)), "text", c.text, served);
        return c.resumed ? counting(std::move(d), *c.resumed) : d;
    }
    ledger::Draft operator()(const Rated& c) const {
        Json facts;
        facts.set("solved", c.solved).set("stars", c.stars).set("term", kernel::iso(c.term)).set("way", "author");
        return with(spoken("voice.rated", c.cycle, c.voice, std::move(facts)), "text", c.text, served);
    }
    ledger::Draft operator()(const Reopened& c) const {
        Json facts;
        facts.set("nth", c.nth).set("reply", counted_json(c.reply));
        if (c.superior) facts.set("superior", c.superior->value());
        return counting(with(spoken("voice.reopened", c.cycle, c.voice, std::move(facts)), "reason", c.reason, served),
                        c.reply);
    }
    ledger::Draft operator()(const Withdrawn& c) const {
        return spoken("voice.withdrawn", c.cycle, c.voice, Json().set("unit_asked", c.unit_asked));
    }
    ledger::Draft operator()(const Appealed& c) const {
        Json facts;
        facts.set("of", c.of);
        return with(spoken("voice.appealed", c.cycle, c.voice, std::move(facts)), "reason", c.reason, Served::closed);
    }

    ledger::Draft operator()(const Joined& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("master", c.master.value());
        if (c.unit) facts.set("unit", c.unit->value());
        return with(acted("voice.joined", c.voice, std::move(facts)), "reason", c.reason, served);
    }
    ledger::Draft operator()(const DueSooner& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("joined", c.joined.value()).set("reply", counted_json(c.reply));
        return counting(acted("voice.due_sooner", c.voice, std::move(facts)), c.reply);
    }
    ledger::Draft operator()(const Parted& c) const {
        return with(acted("voice.parted", c.voice, Json().set("by", c.by.value())), "reason", c.reason, served);
    }
    ledger::Draft operator()(const AnsweredWith& c) const {
        Json facts;
        facts.set("answer", name(c.answer)).set("master", c.master.value()).set("of", c.of);
        if (c.promised) facts.set("promised", kernel::iso(*c.promised));
        facts.set("term", kernel::iso(c.term));
        if (c.unit) facts.set("unit", c.unit->value());
        return acted("voice.answered_with", c.voice, std::move(facts));
    }
    ledger::Draft operator()(const KeptApart& c) const {
        return with(spoken("voice.kept_apart", c.cycle, c.voice, Json()), "reason", c.reason, served);
    }

    ledger::Draft operator()(const AgreementSaid& c) const {
        return with(spoken("voice.agreement_said", c.cycle, c.voice, Json().set("agrees", c.agrees)), "text", c.text,
                    served);
    }
    ledger::Draft operator()(const AgreementJudged& c) const {
        return with(spoken("voice.agreement_judged", c.cycle, c.voice, Json().set("kept", c.kept)), "text", c.text,
                    served);
    }
    ledger::Draft operator()(const AgreementFound& c) const {
        Json facts;
        facts.set("by", c.by.value());
        if (c.kept) facts.set("kept", *c.kept);
        return with(acted("voice.agreement_found", c.voice, std::move(facts)), "reason", c.reason, served);
    }

    ledger::Draft operator()(const PlacesListed& c) const {
        Json::Array names;
        for (const std::string& one : c.names) names.emplace_back(one);
        return draft("voice.places_listed", 0, Json().set("names", std::move(names)));
    }
    ledger::Draft operator()(const SealMade& c) const {
        ledger::Draft d = draft("voice.seal_made", 0, Json().set("key", kernel::hex(c.key)));
        d.facts_served = Served::closed;
        return d;
    }
};

}  // namespace

ledger::Draft encode(const Change& change, Served words) { return std::visit(Encoder{words}, change); }

}  // namespace voice::change
