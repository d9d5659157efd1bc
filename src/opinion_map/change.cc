#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace opinion_map::change {
namespace {

using kernel::Json;

template <class List>
Json::Array numbers(const List& list) {
    Json::Array out;
    for (const auto& one : list) out.emplace_back(one);
    return out;
}
Json::Array ids(const std::vector<StatementId>& list) {
    Json::Array out;
    for (const StatementId id : list) out.emplace_back(id.value());
    return out;
}
std::vector<StatementId> ids_in(const ledger::Entry& entry, std::string_view member) {
    std::vector<StatementId> out;
    for (const std::int64_t id : ledger::integers_in(entry, member)) out.emplace_back(id);
    return out;
}
kernel::Hash hash_in(const ledger::Entry& entry, std::string_view member) {
    const auto bytes = kernel::parse_hex(entry.facts.need_string(member));
    kernel::Hash out{};
    if (!bytes || bytes->size() != out.size()) ledger::unreadable(entry, "a digest of another size");
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

ledger::Draft draft_of(const Rows& c) {
    return ledger::draft(rows_kind, c.dialogue.value(), Json::Object{{"rows", numbers(c.rows)}});
}

ledger::Draft draft_of(const Frozen& c) {
    Json facts;
    facts.set("columns", ids(c.columns)).set("groups", numbers(c.groups)).set("hidden", ids(c.hidden));
    facts.set("left_out", c.left_out).set("map", kernel::hex(c.map)).set("matrix", kernel::hex(c.matrix));
    facts.set("method", c.method).set("parts", numbers(c.parts)).set("people", c.people);
    facts.set("rows", c.rows).set("votes", c.votes);
    return ledger::draft(frozen_kind, c.dialogue.value(), std::move(facts));
}

}  // namespace

ledger::Draft encode(const Change& change) {
    return std::visit([](const auto& c) { return draft_of(c); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    const DialogueId dialogue(entry.subject);
    if (entry.kind == rows_kind) {
        Rows out{dialogue, {}};
        for (const Json& row : entry.facts.need_array("rows")) {
            if (!row.string()) ledger::unreadable(entry, "a row that is no text");
            out.rows.push_back(*row.string());
        }
        return out;
    }
    if (entry.kind != frozen_kind) ledger::unreadable(entry, "nothing of an opinion map");
    Frozen out;
    out.dialogue = dialogue;
    out.method = entry.facts.need_integer("method");
    out.columns = ids_in(entry, "columns"), out.hidden = ids_in(entry, "hidden");
    out.parts = ledger::integers_in(entry, "parts"), out.groups = ledger::integers_in(entry, "groups");
    out.rows = entry.facts.need_integer("rows"), out.votes = entry.facts.need_integer("votes");
    out.people = entry.facts.need_integer("people"), out.left_out = entry.facts.need_integer("left_out");
    out.matrix = hash_in(entry, "matrix"), out.map = hash_in(entry, "map");
    return out;
}

}  // namespace opinion_map::change
