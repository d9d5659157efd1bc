#include "change.h"

#include <ledger/payload.h>

namespace issue::change {
namespace {

using kernel::Json;
using ledger::word;

template <class Id>
Json::Array ids(const std::vector<Id>& all) {
    Json::Array out;
    for (Id id : all) out.emplace_back(id.value());
    return out;
}

template <class Id>
std::vector<Id> read_ids(const ledger::Entry& entry, std::string_view member) {
    std::vector<Id> out;
    for (std::int64_t id : ledger::integers_in(entry, member)) out.emplace_back(id);
    return out;
}

ledger::Draft draft_of(const Suggested& c, std::int64_t index) {
    return ledger::draft(
        suggested_kind, index,
        Json::Object{{"by", c.by.value()}, {"cycle", c.cycle.value()}, {"lang", c.lang}, {"sample", c.sample}},
        Json::Object{{"text", c.text}, {"title", c.title}});
}

ledger::Draft draft_of(const Gathered& c, std::int64_t) {
    return ledger::draft(
        gathered_kind, c.issue.value(),
        Json::Object{{"by", c.by.value()}, {"in", c.in}, {"statements", ids(c.statements)}, {"voices", ids(c.voices)}});
}

ledger::Draft draft_of(const Moved& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"marks", c.marks}, {"state", std::string(name(c.to))}};
    if (c.because) facts.set("because", *c.because);
    ledger::Draft d = ledger::draft(moved_kind, c.issue.value(), std::move(facts), Json::Object{{"reason", c.reason}});
    d.parent = c.because;
    return d;
}

ledger::Draft draft_of(const RestListed& c, std::int64_t) {
    return ledger::draft(rest_listed_kind, c.cycle.value(),
                         Json::Object{{"by", c.by.value()}, {"voices", ids(c.voices)}},
                         Json::Object{{"reason", c.reason}});
}

ledger::Draft draft_of(const AnswersGathered& c, std::int64_t) {
    Json::Array answers;
    for (const AnswerId& one : c.answers) answers.emplace_back(Json::Array{one.entry, std::int64_t{one.question}});
    ledger::Draft d = ledger::draft(answers_gathered_kind, c.issue.value(),
                                    Json::Object{{"answers", std::move(answers)}, {"by", c.by.value()}, {"in", c.in}});
    d.facts_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const KeptOut& c, std::int64_t) {
    return ledger::draft(
        kept_out_kind, c.issue.value(),
        Json::Object{
            {"by", c.by.value()}, {"out", c.out}, {"statements", ids(c.statements)}, {"voices", ids(c.voices)}});
}

std::vector<AnswerId> read_answers(const ledger::Entry& entry) {
    std::vector<AnswerId> all;
    for (const Json& one : entry.facts.need_array("answers")) {
        const auto* pair = one.array();
        if (!pair || pair->size() != 2 || !(*pair)[0].integer() || !(*pair)[1].integer())
            ledger::unreadable(entry, "no answer of a survey");
        all.push_back({*(*pair)[0].integer(), static_cast<int>(*(*pair)[1].integer())});
    }
    return all;
}

ledger::Draft draft_of(const Advised& c, std::int64_t) {
    ledger::Draft d = ledger::draft(advised_kind, c.issue.value(), Json::Object{{"voice", c.voice.value()}});
    d.parent = c.voice.value();
    return d;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == advised_kind)
        return Advised{IssueId(entry.subject), voice::VoiceId(entry.facts.need_integer("voice"))};
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
    if (entry.kind == moved_kind)
        return Moved{IssueId(entry.subject),
                     ledger::readable(entry, parse_state(entry.facts.need_string("state")), "unknown state"),
                     static_cast<int>(entry.facts.need_integer("marks")),
                     word(entry, "reason"),
                     ledger::maybe_integer(entry, "because"),
                     by};
    if (entry.kind == rest_listed_kind)
        return RestListed{people::CycleId(entry.subject), read_ids<voice::VoiceId>(entry, "voices"),
                          word(entry, "reason"), by};
    if (entry.kind == answers_gathered_kind)
        return AnswersGathered{IssueId(entry.subject), read_answers(entry), entry.facts.need_boolean("in"), by};
    if (entry.kind == kept_out_kind)
        return KeptOut{IssueId(entry.subject), read_ids<voice::VoiceId>(entry, "voices"),
                       read_ids<dialogue::StatementId>(entry, "statements"), entry.facts.need_boolean("out"), by};
    ledger::unreadable(entry, "no kind of issues");
}

}  // namespace issue::change
