// What the clock does: what waits enters the log after its hour, and lateness goes to the next receiver up.
#include <algorithm>
#include <map>

#include <cycle/cycle.h>
#include <db/database.h>
#include <jobs/jobs.h>
#include <watch/watch.h>

#include "acts.h"
#include "store.h"

namespace confidential {
namespace {

constexpr std::size_t entries_in_an_act = 16;
constexpr int late_at_once = 500;

template <class T>
void shuffle(std::vector<T>& all) {
    for (std::size_t left = all.size(); left > 1; --left)
        std::swap(all[left - 1], all[static_cast<std::size_t>(kernel::random_below(static_cast<std::int64_t>(left)))]);
}

// In random order, but the acts of one matter, wherever they came to stand, among themselves as they were done: an
// outsider cannot tell the two apart.
std::vector<Place> in_random_order(std::vector<Place> all) {
    shuffle(all);
    std::map<std::string, std::vector<Place>> of_matter;
    for (const Place& one : all) of_matter[one.tag].push_back(one);
    for (auto& [tag, acts] : of_matter)
        std::sort(acts.begin(), acts.end(), [](const Place& a, const Place& b) { return a.n > b.n; });
    for (Place& one : all) {
        auto& acts = of_matter[one.tag];
        one = std::move(acts.back());
        acts.pop_back();
    }
    return all;
}

}  // namespace

std::int64_t enter(const people::Needs& needs) {
    std::vector<Place> all;
    people::CycleId desk;
    {
        auto db = needs.database.read();
        all = due_waiting(*db, needs.clock.now());
        if (all.empty()) return 0;
        desk = cycle::standing_desk(*db).id;
    }
    all = in_random_order(std::move(all));
    for (std::size_t from = 0; from < all.size(); from += entries_in_an_act) {
        const std::size_t to = std::min(all.size(), from + entries_in_an_act);
        const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            std::int64_t last = 0;
            for (std::size_t i = from; i < to; ++i) {
                auto taken = take_waiting(w.db(), all[i].key);
                if (!taken) continue;
                change::Entered entered{desk, std::move(taken->facts), std::move(taken->words)};
                last = w.append(change::encode(entered, w.next_index()));
            }
            return last;
        });
        // What was not entered waits on.
        if (!done) throw std::runtime_error("confidential.enter: " + done.error().key);
    }
    return static_cast<std::int64_t>(all.size());
}

std::int64_t ring(const people::Needs& needs) {
    std::int64_t rung = 0;
    std::string after;
    for (;;) {
        std::vector<std::string> tags;
        {
            auto db = needs.database.read();
            tags = late_tags(*db, kernel::local_day(needs.clock.now()), after, late_at_once);
        }
        if (tags.empty()) return rung;
        after = tags.back();
        for (const std::string& tag : tags) {
            const auto made =
                act_on(needs, tag, kernel::random_bytes(16),
                       [&](db::Connection& db, const Matter& m, change::Facts& facts) -> kernel::Result<Content> {
                           const rules::Days days = days_at(needs, db);
                           const auto next = rules::late(standing(m), days);
                           // Answered, erased or rung already, in what waits.
                           if (!next) return kernel::refuse(kernel::Code::conflict, "confidential.not_late");
                           facts = *next;
                           Content content;
                           content.act = Act::late;
                           content.at = kernel::whole_minute(needs.clock.now());
                           content.days = kernel::working_days_between(people::calendar(db), *m.now().due, days.today);
                           return content;
                       });
            if (made) ++rung;
            if (!made && made.error().code == kernel::Code::unavailable) return rung;  // at the next run
        }
    }
}

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"confidential.enter", 30, [&needs](jobs::Run&) { enter(needs); }},
            {"confidential.late", 600, [&needs](jobs::Run&) { ring(needs); }}};
}

}  // namespace confidential
