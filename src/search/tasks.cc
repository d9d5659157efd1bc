#include <memory>

#include <jobs/jobs.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "index.h"
#include "search.h"

namespace search {

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    const auto indexer = std::make_shared<Indexer>(needs);
    return {{"search.index", 1, [&needs, indexer](jobs::Run& run) {
                 jobs::stand_back();
                 std::int64_t read = 0;
                 indexer->catch_up([&](std::int64_t so_far) { run.progress(read = so_far, needs.ledger.size()); },
                                   [&] { return run.stopping(); });
                 if (read > 0) watch::gauge("huiyin_search_entries", static_cast<double>(read));
             }}};
}

void catch_up(const people::Needs& needs) { Indexer(needs).catch_up(); }

}  // namespace search
