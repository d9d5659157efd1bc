#include "store.h"

#include <algorithm>
#include <stdexcept>

#include <db/database.h>

#include "live.h"

namespace opinion_map {

void apply(db::Connection& db, const ledger::Entry& entry) {
    const change::Change c = change::decode(entry);
    if (const auto* frozen = std::get_if<change::Frozen>(&c))
        db.run("insert into opinion_map_frozen (dialogue, entry) values ($1, $2)", frozen->dialogue.value(),
               entry.index);
}

std::optional<std::int64_t> frozen_by(db::Connection& db, DialogueId dialogue) {
    const auto row = db.one("select entry from opinion_map_frozen where dialogue = $1", dialogue.value());
    return row ? std::optional(row->integer(0)) : std::nullopt;
}

std::optional<change::Frozen> frozen(db::Connection& db, std::int64_t index) {
    const auto entry = ledger::entry(db, index);
    if (!entry || entry->kind != change::frozen_kind) return std::nullopt;
    return std::get<change::Frozen>(change::decode(*entry));
}

PublicMatrix matrix_of(db::Connection& db, const change::Frozen& frozen) {
    PublicMatrix out;
    out.columns = frozen.columns;
    for (const StatementId one : out.columns)
        out.hidden.push_back(std::find(frozen.hidden.begin(), frozen.hidden.end(), one) != frozen.hidden.end());
    for (const std::int64_t index : frozen.parts) {
        const auto entry = ledger::entry(db, index);
        if (!entry) throw std::runtime_error("the rows of a frozen map are not there");
        auto part = std::get<change::Rows>(change::decode(*entry));
        if (part.dialogue != frozen.dialogue) throw std::runtime_error("a frozen map names rows of another dialogue");
        std::move(part.rows.begin(), part.rows.end(), std::back_inserter(out.rows));
    }
    return out;
}

std::optional<Final> frozen_map(db::Database& database, DialogueId dialogue) {
    std::optional<change::Frozen> found;
    PublicMatrix matrix;
    std::int64_t entry = 0;
    {
        auto db = database.read();
        const auto by = frozen_by(*db, dialogue);
        if (!by) return std::nullopt;
        entry = *by;
        found = frozen(*db, entry);
        if (!found) throw std::runtime_error("a map frozen by an entry that is none");
        matrix = matrix_of(*db, *found);
    }
    return final_of(matrix, dialogue, entry);
}

std::optional<Slip> slip(db::Connection& db, std::int64_t index) {
    const auto entry = ledger::entry(db, index);
    if (!entry) return std::nullopt;
    const std::string link = "/dialogues/" + std::to_string(entry->subject) + "/map";
    if (entry->kind == change::frozen_kind) return Slip{"opinion_map.slip_frozen", link};
    if (entry->kind == change::rows_kind) return Slip{"opinion_map.slip_rows", link};
    return std::nullopt;
}

}  // namespace opinion_map
