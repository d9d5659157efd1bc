#include "posting.h"

#include <algorithm>

#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <kernel/json.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "fan_out.h"
#include "rules.h"
#include "store.h"

namespace notice {
namespace {

constexpr int gone = 410;

}  // namespace

std::optional<std::string> post_body(db::Connection& db, const Hooks& hooks, std::int64_t index) {
    const auto entry = ledger::entry(db, index);
    const auto happened = entry ? hooks.happened(db, *entry) : std::nullopt;
    const auto open = ledger::public_entries(db, index, 1);
    if (!happened || open.empty()) return std::nullopt;
    kernel::Json data;
    data.set("entry", index).set("subject", entry->subject).set("v", entry->v).set("link", happened->link);
    if (entry->parent) data.set("parent", *entry->parent);
    if (open.front().facts) data.set("facts", entry->facts);
    kernel::Json body;
    body.set("type", entry->kind).set("timestamp", kernel::iso(entry->time)).set("data", std::move(data));
    return kernel::canonical(body);
}

std::vector<std::pair<std::string, std::string>> post_headers(const Webhook& hook, std::int64_t entry,
                                                              kernel::Instant now, const std::string& body) {
    const std::string id = "entry_" + std::to_string(entry), seconds = std::to_string(now.ms / 1000);
    const kernel::Hash mac = kernel::hmac_sha256(hook.secret, kernel::view(id + "." + seconds + "." + body));
    return {{"webhook-id", id}, {"webhook-timestamp", seconds}, {"webhook-signature", "v1," + kernel::base64(mac)}};
}

Posting::Posting(const people::Needs& needs, Hooks hooks, Means means, Send send)
    : needs_(needs), hooks_(std::move(hooks)), means_(std::move(means)), send_(std::move(send)) {}

void Posting::run(jobs::Run& run) {
    for (const Webhook& hook : means_.webhooks) {
        const std::int64_t number = hook_number(hook);
        if (std::find(ended_.begin(), ended_.end(), number) != ended_.end()) continue;
        while (!run.stopping() && post_one(hook, number)) {}
    }
}

bool Posting::post_one(const Webhook& hook, std::int64_t number) {
    std::optional<Post> due;
    std::optional<std::string> body;
    {
        auto db = needs_.database.read();
        due = next_post(*db, number, needs_.clock.now());
        if (!due) return false;
        body = post_body(*db, hooks_, due->entry);
    }
    int status = 0;
    if (body) {
        http::Asked asked;
        asked.url = hook.url;
        asked.content_type = "application/json";
        asked.body = *body;
        asked.milliseconds = 10'000;
        asked.headers = post_headers(hook, due->entry, needs_.clock.now(), *body);
        status = send_(asked).status;
    }
    const bool taken = !body || (status >= 200 && status < 300);
    settle(hook, number, due->entry, due->tries, taken ? 200 : status);
    return taken;
}

void Posting::settle(const Webhook& hook, std::int64_t number, std::int64_t entry, int tries, int status) {
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    if (status == 200) {
        posted(*local, number, entry);
        watch::count("huiyin_webhooks_posted_total");
    } else if (status == gone) {
        drop_posts(*local, number);
        ended_.push_back(number);
        watch::error("notice.webhook_gone", {{"kinds", static_cast<std::int64_t>(hook.kinds.size())}});
    } else if (const auto at = rules::try_again(needs_.clock.now(), tries + 1, false)) {
        put_off_post(*local, number, entry, *at, tries + 1);
        watch::count("huiyin_webhooks_later_total");
    } else {
        posted(*local, number, entry);
        watch::count("huiyin_webhooks_given_up_total");
    }
    transaction.commit();
}

}  // namespace notice
