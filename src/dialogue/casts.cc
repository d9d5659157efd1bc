#include "change.h"
#include "store.h"
#include "votes.h"

namespace dialogue {

std::vector<Cast> casts(const ledger::Entry& entry) {
    std::vector<Cast> out;
    if (entry.kind == votes_cast_kind) {
        auto c = std::get<VotesCast>(decode(entry));
        out.push_back({c.dialogue, c.who ? c.who.value() : entry.index, std::move(c.votes)});
    } else if (entry.kind == votes_imported_kind) {
        const auto c = std::get<VotesImported>(decode(entry));
        for (const ImportedVote& vote : c.votes) {
            const std::int64_t person = imported_person(c.dialogue, vote.person);
            if (out.empty() || out.back().person != person) out.push_back({c.dialogue, person, {}});
            out.back().votes.push_back({vote.statement, vote.choice});
        }
    }
    return out;
}

std::optional<std::int64_t> imported_number(DialogueId dialogue, std::int64_t person) {
    if (person >= 0) return std::nullopt;
    return -person - dialogue.value() * (max_person + 1);
}

bool over(db::Connection& db, const Dialogue& d) {
    if (d.closed) return true;
    const cycle::Phase phase = cycle::cycle(db, d.cycle).value().phase;
    return phase != cycle::Phase::prepare && phase != cycle::Phase::consult;
}

}  // namespace dialogue
