#include "fan_out.h"

#include <algorithm>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "rules.h"

namespace notice {
namespace {

constexpr int entries_at_once = 1000;

struct Read {
    std::int64_t entry = 0;
    std::string kind;
    std::vector<Matter> touched;  // sorted
};

// What is next in the log, and what it touched. Nothing where the mark had to be set anew.
std::optional<std::vector<Read>> read_on(db::Database& database, const Hooks& hooks, Mark& from) {
    auto db = database.read();
    const auto found = mark(*db);
    const std::int64_t size = ledger::size(*db);
    if (!found || found->entry > size) {
        from = {.entry = size};
        return std::nullopt;
    }
    from = *found;
    std::vector<Read> all;
    for (const ledger::Entry& entry : ledger::entries(*db, from.entry, entries_at_once)) {
        Read read{entry.index, entry.kind, {}};
        if (auto happened = hooks.happened(*db, entry)) read.touched = std::move(happened->touched);
        std::sort(read.touched.begin(), read.touched.end());
        all.push_back(std::move(read));
    }
    return all;
}

// Goes on behind `from` until `left` followers were seen to; how far it came.
Mark queue_all(db::Connection& local, const std::vector<Read>& all, Mark from, int left, const Means& means,
               kernel::Instant now) {
    const kernel::Instant digest = rules::next_digest(now);
    for (const Read& read : all) {
        if (from.matter == Matter{What{}, 0} && !read.touched.empty())
            for (const Webhook& hook : means.webhooks)
                if (rules::wanted(hook, read.kind)) queue_post(local, hook_number(hook), read.entry, now);
        for (const Matter m : read.touched) {
            if (!means.mails() || m < from.matter) continue;
            std::int64_t after = m == from.matter ? from.address : 0;
            for (;;) {
                const std::vector<std::int64_t> some = followers(local, read.entry, m, after, left);
                if (some.empty()) break;
                queue(local, read.entry, m, after, some.back(), now, digest);
                after = some.back();
                left -= static_cast<int>(some.size());
                if (left <= 0) return {read.entry, m, after};
            }
        }
        from = {.entry = read.entry + 1};
    }
    return from;
}

}  // namespace

bool fan_out(const people::Needs& needs, const Hooks& hooks, const Means& means, int at_most) {
    Mark from;
    const auto read = read_on(needs.database, hooks, from);
    if (read && read->empty()) return false;
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    if (read)
        put_mark(*local, queue_all(*local, *read, from, at_most, means, needs.clock.now()));
    else
        begin(*local, from.entry);
    transaction.commit();
    return true;
}

void forget_mark(db::Database& database) {
    if (!mark(*database.read())) return;
    db::Database::Lease local = database.local();
    db::Transaction transaction(*local);
    drop_mark(*local);
    transaction.commit();
}

void begin_at_end(db::Database& database) {
    db::Database::Lease local = database.local();
    const std::int64_t size = ledger::size(*local);
    db::Transaction transaction(*local);
    drop_all_waiting(*local);
    begin(*local, size);
    transaction.commit();
}

std::int64_t hook_number(const Webhook& hook) {
    const kernel::Hash hash = kernel::sha256(kernel::view(hook.url));
    std::int64_t number = 0;
    for (int i = 0; i < 6; ++i) number = number * 256 + hash[static_cast<std::size_t>(i)];
    return number;
}

}  // namespace notice
