#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace dialogue {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::maybe_day;
using ledger::readable;
using ledger::unreadable;
using ledger::word;

// ---- writing -------------------------------------------------------------------------------------------------------

ledger::Draft draft_of(const Opened& c, std::int64_t index) {
    Json facts;
    facts.set("admission", c.admission == Admission::at_once ? "at_once" : "moderated").set("by", c.by.value());
    facts.set("cycle", c.cycle.value()).set("lang", c.lang).set("sample", c.sample).set("source", c.source);
    if (c.import)
        facts.set("import", Json().set("files", kernel::hex(c.import->files)).set("into", c.import->into.value()));
    return ledger::draft(opened_kind, index, std::move(facts),
                         Json().set("about", c.about).set("question", c.question));
}

ledger::Draft draft_of(const Closed& c, std::int64_t) {
    return ledger::draft(closed_kind, c.dialogue.value(), Json().set("by", c.by.value()),
                         Json().set("remark", c.remark));
}

ledger::Draft draft_of(const Made& c, std::int64_t) {
    Json facts;
    facts.set("day", kernel::iso(c.day)).set("dialogue", c.dialogue.value()).set("lang", c.lang);
    if (c.until) facts.set("until", kernel::iso(*c.until));
    ledger::Draft d = ledger::draft(made_kind, c.cycle.value(), std::move(facts), Json().set("text", c.text));
    // What nobody has looked at yet is not shown through the log either.
    if (c.until) d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Seeded& c, std::int64_t) {
    Json facts;
    facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("lang", c.lang);
    return ledger::draft(seeded_kind, c.dialogue.value(), std::move(facts), Json().set("text", c.text));
}

ledger::Draft draft_of(const StatementImported& c, std::int64_t) {
    Json facts;
    facts.set("day", kernel::iso(c.day)).set("lang", c.lang).set("number", c.number).set("state", name(c.state));
    ledger::Draft d =
        ledger::draft(statement_imported_kind, c.dialogue.value(), std::move(facts), Json().set("text", c.text));
    if (c.state != State::accepted) d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft about_statement(std::string_view kind, StatementId statement, Json facts, const std::string& remark) {
    ledger::Draft d = ledger::draft(kind, statement.value(), std::move(facts), Json().set("remark", remark));
    d.parent = statement.value();
    return d;
}

ledger::Draft draft_of(const Accepted& c, std::int64_t) {
    return about_statement(accepted_kind, c.statement, Json().set("by", c.by.value()), c.remark);
}

ledger::Draft draft_of(const SetAside& c, std::int64_t) {
    return about_statement(set_aside_kind, c.statement, Json().set("by", c.by.value()).set("ground", name(c.ground)),
                           c.remark);
}

// By people: the round is the subject, and what they wrote to moderators is served to nobody.
ledger::Draft to_moderators(std::string_view kind, CycleId cycle, StatementId statement, Json facts,
                            std::string_view member, const std::string& words) {
    facts.set("statement", statement.value());
    ledger::Draft d = ledger::draft(kind, cycle.value(), std::move(facts), Json().set(std::string(member), words));
    d.parent = statement.value();
    d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Reported& c, std::int64_t) {
    return to_moderators(reported_kind, c.cycle, c.statement, Json().set("ground", name(c.ground)), "remark", c.remark);
}

ledger::Draft draft_of(const ReportDecided& c, std::int64_t) {
    return about_statement(report_decided_kind, c.statement,
                           Json().set("by", c.by.value()).set("hidden", c.hidden).set("report", c.report), c.remark);
}

ledger::Draft draft_of(const Appealed& c, std::int64_t) {
    return to_moderators(appealed_kind, c.cycle, c.statement, Json().set("of", c.of), "reason", c.reason);
}

ledger::Draft draft_of(const AppealRefused& c, std::int64_t) {
    return about_statement(appeal_refused_kind, c.statement, Json().set("appeal", c.appeal).set("by", c.by.value()),
                           c.remark);
}

ledger::Draft draft_of(const VotesCast& c, std::int64_t) {
    Json facts;
    facts.set("dialogue", c.dialogue.value()).set("votes", votes_text(c.votes)).set("who", c.who.value());
    if (c.wrote) facts.set("wrote", c.wrote->value());
    // Words also where there is no key: the leaf must not tell whether somebody votes for the first time.
    ledger::Draft d = ledger::draft(votes_cast_kind, c.cycle.value(), std::move(facts),
                                    Json().set("key", c.key ? kernel::hex(*c.key) : ""));
    d.facts_served = d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const VotesImported& c, std::int64_t) {
    ledger::Draft d =
        ledger::draft(votes_imported_kind, c.dialogue.value(), Json().set("votes", imported_text(c.votes)));
    if (c.first) d.facts.set("first", kernel::iso(*c.first));
    if (c.last) d.facts.set("last", kernel::iso(*c.last));
    d.facts_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Translated& c, std::int64_t) {
    ledger::Draft d = ledger::draft(translated_kind, c.statement.value(),
                                    Json().set("by", c.by.value()).set("lang", c.lang), Json().set("text", c.text));
    d.parent = c.statement.value();
    return d;
}

// ---- reading -------------------------------------------------------------------------------------------------------

using E = const ledger::Entry&;

people::OfficerId by(E entry) { return people::OfficerId(entry.facts.need_integer("by")); }

std::optional<kernel::Hash> hash_of(E entry, std::string_view hex) {
    if (hex.empty()) return std::nullopt;
    const auto bytes = kernel::parse_hex(hex);
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) unreadable(entry, "a hash of another size");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

Opened read_opened(E entry) {
    const Json& facts = entry.facts;
    Opened c;
    c.cycle = CycleId(facts.need_integer("cycle"));
    c.question = word(entry, "question");
    c.about = word(entry, "about");
    c.lang = facts.need_string("lang");
    c.admission = facts.need_string("admission") == "at_once" ? Admission::at_once : Admission::moderated;
    c.source = facts.need_string("source");
    c.sample = facts.need_boolean("sample");
    if (const Json& import = facts["import"]; !import.is_null())
        c.import = ImportOf{hash_of(entry, import.need_string("files")).value(), CycleId(import.need_integer("into"))};
    c.by = by(entry);
    return c;
}

Made read_made(E entry) {
    return {CycleId(entry.subject), DialogueId(entry.facts.need_integer("dialogue")),
            word(entry, "text"),    entry.facts.need_string("lang"),
            day_in(entry, "day"),   maybe_day(entry, "until")};
}

StatementImported read_statement_imported(E entry) {
    const auto state = readable(entry, parse_state(entry.facts.need_string("state")), "unknown state");
    return {DialogueId(entry.subject), entry.facts.need_integer("number"), state,
            word(entry, "text"),       entry.facts.need_string("lang"),    day_in(entry, "day")};
}

Ground ground_in(E entry) { return readable(entry, parse_ground(entry.facts.need_string("ground")), "unknown ground"); }

StatementId statement_in(E entry) { return StatementId(entry.facts.need_integer("statement")); }

SetAside read_set_aside(E entry) {
    return {StatementId(entry.subject), ground_in(entry), word(entry, "remark"), by(entry)};
}

VotesCast read_votes_cast(E entry) {
    VotesCast c;
    c.cycle = CycleId(entry.subject);
    c.dialogue = DialogueId(entry.facts.need_integer("dialogue"));
    c.who = people::ParticipantId(entry.facts.need_integer("who"));
    c.key = hash_of(entry, word(entry, "key"));
    c.votes = parse_votes(entry.facts.need_string("votes"));
    if (!entry.facts["wrote"].is_null()) c.wrote = StatementId(entry.facts.need_integer("wrote"));
    return c;
}

VotesImported read_votes_imported(E entry) {
    return {DialogueId(entry.subject), parse_imported(entry.facts.need_string("votes")), maybe_day(entry, "first"),
            maybe_day(entry, "last")};
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == votes_cast_kind) return read_votes_cast(entry);
    if (entry.kind == opened_kind) return read_opened(entry);
    if (entry.kind == closed_kind) return Closed{DialogueId(entry.subject), word(entry, "remark"), by(entry)};
    if (entry.kind == made_kind) return read_made(entry);
    if (entry.kind == seeded_kind)
        return Seeded{DialogueId(entry.subject), word(entry, "text"), entry.facts.need_string("lang"),
                      day_in(entry, "day"), by(entry)};
    if (entry.kind == statement_imported_kind) return read_statement_imported(entry);
    if (entry.kind == accepted_kind) return Accepted{StatementId(entry.subject), word(entry, "remark"), by(entry)};
    if (entry.kind == set_aside_kind) return read_set_aside(entry);
    if (entry.kind == reported_kind)
        return Reported{CycleId(entry.subject), statement_in(entry), ground_in(entry), word(entry, "remark")};
    if (entry.kind == report_decided_kind)
        return ReportDecided{StatementId(entry.subject), entry.facts.need_integer("report"),
                             entry.facts.need_boolean("hidden"), word(entry, "remark"), by(entry)};
    if (entry.kind == appealed_kind)
        return Appealed{CycleId(entry.subject), statement_in(entry), entry.facts.need_integer("of"),
                        word(entry, "reason")};
    if (entry.kind == appeal_refused_kind)
        return AppealRefused{StatementId(entry.subject), entry.facts.need_integer("appeal"), word(entry, "remark"),
                             by(entry)};
    if (entry.kind == votes_imported_kind) return read_votes_imported(entry);
    if (entry.kind == translated_kind)
        return Translated{StatementId(entry.subject), word(entry, "text"), entry.facts.need_string("lang"), by(entry)};
    unreadable(entry, "no kind of dialogues");
}

}  // namespace dialogue
