// What is left in the files of this place after an erasure was recorded, taken out of them.
#include <algorithm>

#include <db/database.h>
#include <files/files.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <page/page.h>
#include <watch/watch.h>

#include "store.h"

namespace erasure {
namespace {

constexpr int seconds_between = 2;

bool in_use(db::Connection& db, const Hooks& hooks, const kernel::Hash& blob) {
    return std::any_of(hooks.blob_in_use.begin(), hooks.blob_in_use.end(),
                       [&](const auto& ask) { return ask(db, blob); });
}

// Whether all of it is gone; somebody who is still reading is waited for until the next run.
bool scrub_files(const people::Needs& needs, files::Store& store, const Hooks& hooks,
                 const std::vector<ErasureId>& waiting) {
    for (ErasureId id : waiting) {
        std::vector<kernel::Hash> gone;
        std::optional<Erasure> what;
        {
            auto db = needs.database.read();
            what = erasure(*db, id);
            for (const kernel::Hash& blob : blobs_to_scrub(*db, id))
                if (!in_use(*db, hooks, blob)) gone.push_back(blob);
        }
        if (what && hooks.destroy_keys) hooks.destroy_keys(what->targets, name(what->basis), gone);
        for (const kernel::Hash& blob : gone) store.erase(blob);
    }
    if (hooks.followed) hooks.followed();
    page::drop_cached();
    return needs.database.checkpoint(db::Wal::empty);
}

void work(const people::Needs& needs, files::Store& store, const Hooks& hooks, jobs::Run& run) {
    const std::vector<ErasureId> waiting = to_scrub(*needs.database.read());
    if (waiting.empty()) return;
    const std::int64_t all = static_cast<std::int64_t>(waiting.size());
    run.progress(0, all);
    if (!scrub_files(needs, store, hooks, waiting)) return;
    const kernel::Instant now = needs.clock.now();
    const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        for (ErasureId id : waiting) scrubbed(w.db(), id, now);
        w.keep_local();
        return waiting.front().value();
    });
    if (!done) return;
    run.progress(all, all);
    for (ErasureId id : waiting) watch::info("erased_words_gone", {{"erasure", id.value()}});
}

}  // namespace

jobs::Task task(const people::Needs& needs, files::Store& store, Hooks hooks) {
    return {"erasure.scrub", seconds_between,
            [&needs, &store, hooks = std::move(hooks)](jobs::Run& run) { work(needs, store, hooks, run); }};
}

}  // namespace erasure
