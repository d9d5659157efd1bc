#include "change.h"

#include <ledger/payload.h>

namespace desk::change {
namespace {

using kernel::Json;
using ledger::readable;
using ledger::unreadable;
using ledger::word;

ledger::Draft closed(ledger::Draft d, Json words) {
    d.words = std::move(words);
    d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft about(voice::VoiceId voice, std::string_view kind, Json facts, std::int64_t parent) {
    facts.set("voice", voice.value());
    ledger::Draft d = ledger::draft(kind, voice.value(), std::move(facts));
    d.parent = parent;
    return d;
}

ledger::Draft draft_of(const TemplateSet& c, std::int64_t index) {
    Json facts = Json::Object{{"by", c.by.value()}, {"lang", c.lang}, {"n", c.n}};
    if (c.unit) facts.set("unit", c.unit->value());
    if (c.kind) facts.set("kind", voice::name(*c.kind));
    ledger::Draft d = ledger::draft(template_set_kind, c.of ? c.of->value() : index, std::move(facts));
    if (c.of) d.parent = c.of->value();
    return closed(std::move(d), Json::Object{{"name", c.name}, {"text", c.text}});
}
ledger::Draft draft_of(const TemplateEnded& c, std::int64_t) {
    ledger::Draft d = ledger::draft(template_ended_kind, c.id.value(), Json::Object{{"by", c.by.value()}});
    d.parent = c.id.value();
    return d;
}
ledger::Draft draft_of(const Noted& c, std::int64_t) {
    return closed(about(c.voice, noted_kind, Json::Object{{"by", c.by.value()}}, c.voice.value()),
                  Json::Object{{"text", c.text}});
}
ledger::Draft draft_of(const Drafted& c, std::int64_t) {
    Json words = Json::Object{{"text", c.text}};
    words.set("answer", c.answer ? voice::name(*c.answer) : std::string_view());
    words.set("promised", c.promised ? kernel::iso(*c.promised) : std::string());
    Json facts = Json::Object{{"by", c.by.value()}, {"unit", c.unit.value()}};
    return closed(about(c.voice, drafted_kind, std::move(facts), c.voice.value()), std::move(words));
}
ledger::Draft draft_of(const Released& c, std::int64_t) {
    Json facts = Json::Object{{"answer", c.answer}, {"by", c.by.value()}, {"draft", c.draft.value()}};
    return about(c.voice, released_kind, std::move(facts), c.draft.value());
}
ledger::Draft draft_of(const Returned& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"draft", c.draft.value()}};
    return closed(about(c.voice, returned_kind, std::move(facts), c.draft.value()), Json::Object{{"remark", c.remark}});
}

people::OfficerId by(const ledger::Entry& entry) { return people::OfficerId(entry.facts.need_integer("by")); }
voice::VoiceId voice_of(const ledger::Entry& entry) { return voice::VoiceId(entry.facts.need_integer("voice")); }
DraftId draft_of(const ledger::Entry& entry) { return DraftId(entry.facts.need_integer("draft")); }

TemplateSet template_set(const ledger::Entry& entry) {
    TemplateSet c;
    if (entry.subject != entry.index) c.of = TemplateId(entry.subject);
    c.n = static_cast<int>(entry.facts.need_integer("n"));
    if ((c.n == 1) == c.of.has_value()) unreadable(entry, "the first version of another, or a later one of itself");
    c.name = word(entry, "name");
    c.lang = entry.facts.need_string("lang");
    if (const auto unit = ledger::maybe_integer(entry, "unit")) c.unit = people::UnitId(*unit);
    if (!entry.facts["kind"].is_null())
        c.kind = readable(entry, voice::parse_kind(entry.facts.need_string("kind")), "unknown kind");
    c.text = word(entry, "text");
    c.by = by(entry);
    return c;
}

Drafted drafted(const ledger::Entry& entry) {
    Drafted c{voice_of(entry),    people::UnitId(entry.facts.need_integer("unit")), by(entry), {}, {},
              word(entry, "text")};
    if (const std::string answer = word(entry, "answer"); !answer.empty())
        c.answer = readable(entry, voice::parse_answer(answer), "unknown class of answer");
    if (const std::string promised = word(entry, "promised"); !promised.empty())
        c.promised = readable(entry, kernel::parse_day(promised), "promised on no day");
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == template_set_kind) return template_set(entry);
    if (entry.kind == template_ended_kind) return TemplateEnded{TemplateId(entry.subject), by(entry)};
    if (entry.kind == noted_kind) return Noted{voice_of(entry), by(entry), word(entry, "text")};
    if (entry.kind == drafted_kind) return drafted(entry);
    if (entry.kind == released_kind)
        return Released{draft_of(entry), voice_of(entry), by(entry), entry.facts.need_integer("answer")};
    if (entry.kind == returned_kind)
        return Returned{draft_of(entry), voice_of(entry), by(entry), word(entry, "remark")};
    unreadable(entry, "no kind of the desk");
}

}  // namespace desk::change
