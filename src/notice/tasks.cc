#include <algorithm>
#include <memory>

#include <db/database.h>
#include <http/client.h>
#include <http/mailer.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "fan_out.h"
#include "posting.h"
#include "rules.h"
#include "sending.h"

namespace notice {
namespace {

void forget_unconfirmed(const people::Needs& needs, const Means& means) {
    if (!means.mails() && means.webhooks.empty()) forget_mark(needs.database);
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    drop_unconfirmed(*local, needs.clock.now() + -rules::unconfirmed_ms);
    transaction.commit();
}

}  // namespace

std::vector<jobs::Task> tasks(const people::Needs& needs, Hooks hooks, Means means) {
    std::vector<jobs::Task> all;
    all.push_back({"notice.forget", 3600, [&needs, means](jobs::Run&) { forget_unconfirmed(needs, means); }});
    const ledger::Follower feeds{"notice", [hooks](db::Connection& derived, const ledger::Entry& entry) {
                                     const auto happened = hooks.happened(derived, entry);
                                     if (!happened) return;
                                     for (const Matter m : happened->touched) put_event(derived, m, entry.index);
                                 }};
    all.push_back({"notice.feeds", 2, [&needs, feeds](jobs::Run&) { ledger::catch_up(needs.database, feeds); }});
    if (means.mails() || !means.webhooks.empty())
        all.push_back({"notice.fan_out", 2, [&needs, hooks, means](jobs::Run& run) {
                           jobs::stand_back();
                           while (!run.stopping() && fan_out(needs, hooks, means)) {}
                       }});
    if (means.mails()) {
        const auto mailer =
            std::make_shared<http::Mailer>(http::Relay{means.relay->url, rules::host_of(means.address),
                                                       means.relay->from, means.relay->user, means.relay->password});
        const auto sending = std::make_shared<Sending>(
            needs, hooks, means, [mailer](const http::Letter& letter, const std::function<bool()>& stopping) {
                return mailer->send(letter, stopping);
            });
        all.push_back({"notice.send", 2, [&needs, sending](jobs::Run& run) {
                           sending->run(run);
                           watch::gauge("huiyin_notices_waiting",
                                        static_cast<double>(how_many_wait(*needs.database.read())));
                       }});
    }
    if (!means.webhooks.empty()) {
        const auto client = std::make_shared<http::Client>();
        const auto posting = std::make_shared<Posting>(
            needs, hooks, means, [client](const http::Asked& asked) { return client->send(asked); });
        all.push_back({"notice.webhooks", 2, [posting](jobs::Run& run) { posting->run(run); }});
    }
    return all;
}

}  // namespace notice
