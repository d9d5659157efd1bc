// What was written with a last day goes when that day has passed: by the clock, through the same erasure that two
// people would have decided on.
#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "change.h"
#include "store.h"

namespace erasure {
namespace {

constexpr int seconds_between_looks = 60;
constexpr int at_once = static_cast<int>(max_targets);

kernel::Result<std::int64_t> erase_over(ledger::Writing& w, const Hooks& hooks, const Term& term) {
    const std::vector<std::int64_t> targets = term.over(w.db(), kernel::local_day(w.now()), at_once);
    if (targets.empty()) return kernel::refuse(kernel::Code::conflict, "erasure.nothing_left");
    std::vector<kernel::Hash> blobs;
    for (std::int64_t target : targets)
        for (const auto& ask : hooks.blobs)
            for (const kernel::Hash& blob : ask(w.db(), target)) blobs.push_back(blob);
    const std::int64_t index = w.append(change::encode(change::TermOver{term.rule, targets}, w.next_index()));
    for (std::int64_t target : targets)
        if (const auto done = ledger::erase_words(w, target, name(Basis::term_over)); !done) return done.error();
    add_scrub(w.db(), ErasureId(index), blobs);
    return index;
}

void look(const people::Needs& needs, const Hooks& hooks, const std::vector<Term>& terms, jobs::Run& run) {
    std::int64_t acts = 0;
    for (const Term& term : terms)
        while (!run.stopping()) {
            const kernel::Day today = kernel::local_day(needs.clock.now());
            if (term.over(*needs.database.read(), today, 1).empty()) break;
            const auto done = needs.ledger.perform([&](ledger::Writing& w) { return erase_over(w, hooks, term); });
            if (!done) {
                watch::warn("erasure.retention_refused", {{"rule", term.rule}, {"key", done.error().key}});
                break;
            }
            ++acts;
            run.progress(acts, acts);
        }
}

}  // namespace

jobs::Task retention(const people::Needs& needs, Hooks hooks, std::vector<Term> terms) {
    return {"erasure.retention", seconds_between_looks,
            [&needs, hooks = std::move(hooks), terms = std::move(terms)](jobs::Run& run) {
                look(needs, hooks, terms, run);
            }};
}

}  // namespace erasure
