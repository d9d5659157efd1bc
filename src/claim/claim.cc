#include "claim.h"

#include <array>

#include <db/database.h>
#include <ledger/ledger.h>

#include "change.h"
#include "public_words.h"
#include "rules.h"
#include "store.h"

namespace claim {
namespace {

constexpr std::array<std::string_view, 2> outcome_names = {"stays", "removal"};

rules::Words words_now(db::Connection& db, std::int64_t entry) {
    const auto found = ledger::entry(db, entry);
    rules::Words now{found && found->words, {}};
    const auto erasure = now.there ? erasure::proposed_about(db, entry) : erasure::erased_by(db, entry);
    if (erasure) now.erasure = erasure->id;
    return now;
}

}  // namespace

std::string_view name(Outcome outcome) { return outcome_names.at(static_cast<std::size_t>(outcome)); }

std::optional<Outcome> parse_outcome(std::string_view text) {
    for (Outcome outcome : {Outcome::stays, Outcome::removal})
        if (name(outcome) == text) return outcome;
    return std::nullopt;
}

kernel::Result<ClaimId> file(const people::Needs& needs, const Hooks& hooks, std::int64_t entry, Ground ground,
                             std::string_view remark, Once once) {
    const auto filed = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (entry < 0 || entry >= w.next_index())
                return kernel::refuse(kernel::Code::not_found, "claim.entry_unknown");
            const auto change = rules::file(entry, !public_words(w.db(), hooks, entry).empty(), ground, remark);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!filed) return filed.error();
    return ClaimId(filed->index);
}

kernel::Checked decide(const people::Needs& needs, const Hooks& hooks, const people::Actor& actor, ClaimId id,
                       const Decision& asked, Once once) {
    const auto decided = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = claim(w.db(), id);
            if (!found) return kernel::refuse(kernel::Code::not_found, "claim.unknown");
            const people::Actor who = people::in_force(w.db(), actor);
            const bool own = hooks.own_matter && hooks.own_matter(w.db(), who, found->about);
            const rules::Words words = words_now(w.db(), found->about);
            auto change = rules::decide(who, *found, own, words, asked);
            if (!change) return change.error();
            if (change->outcome == Outcome::removal && words.there && !words.erasure) {
                const auto proposed = erasure::propose(w, who, {found->about}, *asked.basis);
                if (!proposed) return proposed.error();
                change->erasure = *proposed;
            }
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return decided ? kernel::Checked() : decided.error();
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::filed_kind, change::decided_kind}) kinds.push_back({kind, apply, forget});
}

}  // namespace claim
