#include "change.h"

#include <algorithm>

#include <kernel/bytes.h>
#include <ledger/payload.h>

namespace paper::change {
namespace {

using kernel::Json;
using ledger::readable;
using ledger::unreadable;
using ledger::word;

// Everything that was done with a batch has it as its subject, so that a reader of the log finds it together.
ledger::Draft about(std::string_view kind, BatchId batch, people::OfficerId by, Json facts, std::int64_t parent) {
    facts.set("by", by.value());
    ledger::Draft d = ledger::draft(kind, batch.value(), std::move(facts));
    d.parent = parent;
    return d;
}
ledger::Draft closed(ledger::Draft d, Json words) {
    d.words = std::move(words);
    d.words_served = ledger::Served::closed;
    return d;
}

Json words_of(const Typed& t) {
    if (t.what != What::message) return Json::Object{{"remark", t.remark}};
    Json words =
        Json::Object{{"audience", voice::name(t.audience)}, {"category", t.category}, {"district", t.district}};
    words.set("kind", voice::name(t.kind)).set("lang", t.lang).set("place", t.place);
    words.set("said_on", t.said_on ? kernel::iso(*t.said_on) : std::string());
    words.set("text", t.text).set("title", t.title);
    return words;
}

ledger::Draft draft_of(const Opened& c, std::int64_t index) {
    return ledger::draft(opened_kind, index,
                         Json::Object{{"by", c.by.value()},
                                      {"cycle", c.cycle.value()},
                                      {"day", kernel::iso(c.day)},
                                      {"sheets", c.sheets},
                                      {"unit", c.unit.value()}},
                         Json::Object{{"place", c.place}});
}
ledger::Draft draft_of(const SheetTyped& c, std::int64_t) {
    Json facts = Json::Object{{"n", c.n}, {"what", name(c.typed.what)}};
    if (c.of) facts.set("sheet", c.of->value());
    return closed(about(typed_kind, c.batch, c.by, std::move(facts), c.of ? c.of->value() : c.batch.value()),
                  words_of(c.typed));
}
ledger::Draft draft_of(const SheetChecked& c, std::int64_t) {
    Json facts = Json::Object{{"corrected", c.corrected}, {"sheet", c.sheet.value()}, {"what", name(c.what)}};
    if (c.voice) facts.set("voice", c.voice->value());
    return about(checked_kind, c.batch, c.by, std::move(facts), c.sheet.value());
}
ledger::Draft draft_of(const SentBack& c, std::int64_t) {
    return closed(about(sent_back_kind, c.batch, c.by, Json::Object{{"sheet", c.sheet.value()}}, c.sheet.value()),
                  Json::Object{{"remark", c.remark}});
}
ledger::Draft draft_of(const Recounted& c, std::int64_t) {
    ledger::Draft d = about(recounted_kind, c.batch, c.by, Json::Object{{"sheets", c.sheets}}, c.batch.value());
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}
ledger::Draft draft_of(const CodesMade& c, std::int64_t) {
    Json::Array all;
    for (const CodesMade::One& one : c.all)
        all.push_back(
            Json::Object{{"author", one.author.value()}, {"key", kernel::hex(one.key)}, {"sheet", one.sheet.value()}});
    ledger::Draft d = about(codes_kind, c.batch, c.by, Json::Object{{"codes", std::move(all)}}, c.batch.value());
    d.facts_served = ledger::Served::closed;
    return d;
}

people::OfficerId by(const ledger::Entry& e) { return people::OfficerId(e.facts.need_integer("by")); }
SheetId sheet_in(const ledger::Entry& e) { return SheetId(e.facts.need_integer("sheet")); }
What what_in(const ledger::Entry& e) {
    return readable(e, parse_what(e.facts.need_string("what")), "no kind of sheet");
}
std::int64_t count_in(const ledger::Entry& e) {
    const std::int64_t n = e.facts.need_integer("sheets");
    if (n < 1 || n > most_sheets) unreadable(e, "so many sheets");
    return n;
}

Typed typed_in(const ledger::Entry& e) {
    Typed t;
    t.what = what_in(e);
    if (!e.words) return t;
    if (t.what != What::message) {
        t.remark = word(e, "remark");
        return t;
    }
    t.kind = readable(e, voice::parse_kind(word(e, "kind")), "unknown kind");
    t.audience = readable(e, voice::parse_audience(word(e, "audience")), "unknown audience");
    t.category = word(e, "category");
    t.district = word(e, "district");
    if (const std::string day = word(e, "said_on"); !day.empty())
        t.said_on = readable(e, kernel::parse_day(day), "said on no day");
    t.lang = word(e, "lang");
    t.title = word(e, "title");
    t.text = word(e, "text");
    t.place = word(e, "place");
    return t;
}

SheetTyped sheet_typed(const ledger::Entry& e) {
    SheetTyped c{BatchId(e.subject), {}, e.facts.need_integer("n"), by(e), typed_in(e)};
    if (const auto of = ledger::maybe_integer(e, "sheet")) c.of = SheetId(*of);
    if (c.n < 1 || c.n > most_sheets) unreadable(e, "a sheet of this number");
    return c;
}

SheetChecked sheet_checked(const ledger::Entry& e) {
    const bool* corrected = e.facts["corrected"].boolean();
    if (!corrected) unreadable(e, "corrected or not");
    SheetChecked c{BatchId(e.subject), sheet_in(e), by(e), what_in(e), *corrected, {}};
    if (const auto id = ledger::maybe_integer(e, "voice")) c.voice = voice::VoiceId(*id);
    if (c.voice.has_value() != (c.what == What::message)) unreadable(e, "a message without its number");
    return c;
}

CodesMade codes_made(const ledger::Entry& e) {
    CodesMade c{BatchId(e.subject), by(e), {}};
    for (const Json& one : e.facts.need_array("codes")) {
        const auto key = kernel::parse_hex(one.need_string("key"));
        CodesMade::One made{SheetId(one.need_integer("sheet")), people::ParticipantId(one.need_integer("author")), {}};
        if (!key || key->size() != made.key.size()) unreadable(e, "a key of another size");
        std::copy(key->begin(), key->end(), made.key.begin());
        c.all.push_back(made);
    }
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& e) {
    ledger::need_version(e, 1);
    if (e.kind == opened_kind)
        return Opened{people::CycleId(e.facts.need_integer("cycle")),
                      people::UnitId(e.facts.need_integer("unit")),
                      by(e),
                      ledger::day_in(e, "day"),
                      count_in(e),
                      word(e, "place")};
    if (e.kind == typed_kind) return sheet_typed(e);
    if (e.kind == checked_kind) return sheet_checked(e);
    if (e.kind == sent_back_kind) return SentBack{BatchId(e.subject), sheet_in(e), by(e), word(e, "remark")};
    if (e.kind == recounted_kind) return Recounted{BatchId(e.subject), by(e), count_in(e), word(e, "reason")};
    if (e.kind == codes_kind) return codes_made(e);
    unreadable(e, "no kind of paper");
}

}  // namespace paper::change
