#include "change.h"

#include <stdexcept>

namespace issue::change {
namespace {

using kernel::Json;

std::string word(const ledger::Entry& entry, std::string_view member) {
    return entry.words ? entry.words->need_string(member) : std::string();
}

template <class Id>
Json::Array ids(const std::vector<Id>& all) {
    Json::Array out;
    for (Id id : all) out.emplace_back(id.value());
    return out;
}

template <class Id>
std::vector<Id> read_ids(const ledger::Entry& entry, std::string_view member) {
    std::vector<Id> out;
    for (const Json& one : entry.facts.need_array(member)) {
        if (!one.integer()) throw std::runtime_error("entry " + std::to_string(entry.index) + ": no id");
        out.emplace_back(*one.integer());
    }
    return out;
}

ledger::Draft start(std::string_view kind, std::int64_t subject, Json facts) {
    ledger::Draft d;
    d.kind = kind;
    d.subject = subject;
    d.facts = std::move(facts);
    return d;
}

ledger::Draft draft_of(const Suggested& c, std::int64_t index) {
    ledger::Draft d =
        start(suggested_kind, index,
              Json::Object{{"by", c.by.value()}, {"cycle", c.cycle.value()}, {"lang", c.lang}, {"sample", c.sample}});
    d.words = Json::Object{{"text", c.text}, {"title", c.title}};
    return d;
}

ledger::Draft draft_of(const Gathered& c, std::int64_t) {
    return start(
        gathered_kind, c.issue.value(),
        Json::Object{{"by", c.by.value()}, {"in", c.in}, {"statements", ids(c.statements)}, {"voices", ids(c.voices)}});
}

ledger::Draft draft_of(const Moved& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"marks", c.marks}, {"state", std::string(name(c.to))}};
    if (c.because) facts.set("because", *c.because);
    ledger::Draft d = start(moved_kind, c.issue.value(), std::move(facts));
    d.parent = c.because;
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}

ledger::Draft draft_of(const RestListed& c, std::int64_t) {
    ledger::Draft d =
        start(rest_listed_kind, c.cycle.value(), Json::Object{{"by", c.by.value()}, {"voices", ids(c.voices)}});
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}

State need_state(const ledger::Entry& entry) {
    const auto state = parse_state(entry.facts.need_string("state"));
    if (!state) throw std::runtime_error("entry " + std::to_string(entry.index) + ": unknown state of an issue");
    return *state;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    if (entry.v != 1)
        throw std::runtime_error("entry " + std::to_string(entry.index) + ": unknown version of " + entry.kind);
    const people::OfficerId by(entry.facts.need_integer("by"));
    if (entry.kind == suggested_kind)
        return Suggested{people::CycleId(entry.facts.need_integer("cycle")),
                         word(entry, "title"),
                         word(entry, "text"),
                         entry.facts.need_string("lang"),
                         entry.facts.need_boolean("sample"),
                         by};
    if (entry.kind == gathered_kind)
        return Gathered{IssueId(entry.subject), read_ids<voice::VoiceId>(entry, "voices"),
                        read_ids<dialogue::StatementId>(entry, "statements"), entry.facts.need_boolean("in"), by};
    if (entry.kind == moved_kind) {
        Moved c{IssueId(entry.subject),
                need_state(entry),
                static_cast<int>(entry.facts.need_integer("marks")),
                word(entry, "reason"),
                {},
                by};
        if (!entry.facts["because"].is_null()) c.because = entry.facts.need_integer("because");
        return c;
    }
    if (entry.kind == rest_listed_kind)
        return RestListed{people::CycleId(entry.subject), read_ids<voice::VoiceId>(entry, "voices"),
                          word(entry, "reason"), by};
    throw std::runtime_error("entry " + std::to_string(entry.index) + ": " + entry.kind + " is no kind of issues");
}

}  // namespace issue::change
