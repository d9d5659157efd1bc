// What happens because nobody did anything: lateness, the end of a pause, of a term, of a look. The clock finds the
// cases by an index of days, and asks the rules again inside each act, so that a second run finds nothing to do.
#include <limits>

#include <jobs/jobs.h>
#include <ledger/in_flight.h>
#include <watch/watch.h>

#include "acts.h"

namespace voice {
namespace {

constexpr int page_size = 256;
// In one commit at most, so that whoever sends something meanwhile waits for a few of these and not for hundreds.
constexpr int in_flight = 32;
constexpr Ringing before_all{kernel::Day{std::numeric_limits<std::int64_t>::min()}, VoiceId()};

// The entry that is due for this case today, if any.
std::optional<change::Change> due_case(const Case& c, const rules::Today& today) {
    if (const auto soon = rules::due_soon(c, today)) return *soon;
    if (const auto late = rules::late(c, today)) return *late;
    if (const auto resumed = rules::resume_over(c, today)) return *resumed;
    if (const auto closed = rules::close(c, today)) return *closed;
    return std::nullopt;
}

std::optional<change::Change> due_publication(const Case& c, const rules::Today& today) {
    if (const auto published = rules::publish_late(c, today)) return *published;
    return std::nullopt;
}

std::optional<change::Change> due_agreement(const Case& c, const rules::Today& today) {
    if (const auto unsaid = rules::agreement_unsaid(c, today)) return *unsaid;
    return std::nullopt;
}

using Find = std::vector<Ringing> (*)(db::Connection&, kernel::Day, Ringing, int);
using Due = std::optional<change::Change> (*)(const Case&, const rules::Today&);

void enter(const people::Needs& needs, jobs::Run& run, Find find, Due due) {
    const std::shared_ptr<const InForce> now = in_force(needs);
    const kernel::Day today = kernel::local_day(needs.clock.now());
    ledger::InFlight flight(needs.ledger, in_flight);
    std::int64_t looked_at = 0;
    for (Ringing after = before_all; !run.stopping();) {
        std::vector<Ringing> page;
        std::vector<VoiceId> these;
        {
            // Looked at here first: what a changed calendar made a day without work is asked for again each minute.
            db::Database::Lease db = needs.database.read();
            page = find(*db, today, after, page_size);
            for (const Ringing& one : page) {
                const std::optional<Case> c = find_case(*db, one.voice);
                if (c && due(*c, now->frozen(*db, *c, needs.clock.now()).today())) these.push_back(one.voice);
            }
        }
        if (page.empty()) break;
        after = page.back();
        for (VoiceId voice : these)
            flight.submit([now, due, id = voice](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                const std::optional<Case> c = find_case(w.db(), id);
                const auto change = c ? due(*c, now->frozen(w.db(), *c, w.now()).today()) : std::nullopt;
                if (!change) return kernel::refuse(kernel::Code::conflict, "voice.not_due");
                return w.append(change::encode(*change));
            });
        looked_at += static_cast<std::int64_t>(page.size());
        run.progress(looked_at, looked_at);
    }
    flight.wait();
    if (const auto refused = flight.refused()) watch::warn("voice.clock_refused", {{"key", refused->key}});
}

// What is due for a voice that waits with another: the other's answer, or to stand alone again.
std::optional<change::Change> due_pair(db::Connection& db, const Pair& pair, const InForce& now, kernel::Instant at) {
    const std::optional<Case> c = find_case(db, pair.voice), master = find_case(db, pair.master);
    if (!c || !master) return std::nullopt;
    if (const auto answered = rules::answered_with(*c, *master, now.frozen(db, *c, at).today())) return *answered;
    if (const auto parted = rules::parted(*c, *master)) return *parted;
    return std::nullopt;
}

void enter_pairs(const people::Needs& needs, jobs::Run& run) {
    const std::shared_ptr<const InForce> now = in_force(needs);
    ledger::InFlight flight(needs.ledger, in_flight);
    std::int64_t looked_at = 0;
    for (Pair after; !run.stopping();) {
        std::vector<Pair> page, these;
        {
            db::Database::Lease db = needs.database.read();
            page = waiting_with(*db, after, page_size);
            for (const Pair& one : page)
                if (due_pair(*db, one, *now, needs.clock.now())) these.push_back(one);
        }
        if (page.empty()) break;
        after = page.back();
        for (const Pair& one : these)
            flight.submit([now, one](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                const auto change = due_pair(w.db(), one, *now, w.now());
                if (!change) return kernel::refuse(kernel::Code::conflict, "voice.not_due");
                return w.append(change::encode(*change));
            });
        looked_at += static_cast<std::int64_t>(page.size());
        run.progress(looked_at, looked_at);
    }
    flight.wait();
    if (const auto refused = flight.refused()) watch::warn("voice.clock_refused", {{"key", refused->key}});
}

}  // namespace

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"voice.cases", 60, [needs](jobs::Run& run) { enter(needs, run, ringing, due_case); }},
            {"voice.agreements", 600, [needs](jobs::Run& run) { enter(needs, run, agreements_over, due_agreement); }},
            {"voice.joined", 20, [needs](jobs::Run& run) { enter_pairs(needs, run); }},
            {"voice.publication", 60, [needs](jobs::Run& run) { enter(needs, run, held_too_long, due_publication); }}};
}

}  // namespace voice
