#include "mail.h"

#include <memory>

#include <db/database.h>
#include <files/files.h>
#include <http/mailer.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <voice/voice.h>
#include <watch/watch.h>

#include "change.h"
#include "maildir.h"
#include "store.h"

namespace mail {
namespace {

constexpr std::int64_t refusals_ms = 400 * 86'400'000LL;

void forget(const people::Needs& needs) {
    const kernel::Instant now = needs.clock.now();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    drop_senders(*local, kernel::local_day(now));
    drop_prepared(*local, now + -rules::prepared_ms);
    drop_refusals(*local, now + -refusals_ms);
    transaction.commit();
}

}  // namespace

std::optional<std::string> fault_of(const Means& means) {
    if (!means.takes()) return std::nullopt;
    if (!http::mailable(means.address)) return "[mail] address is no mail address";
    return std::nullopt;
}

std::vector<jobs::Task> tasks(const people::Needs& needs, const Means& means, const Reading& reading) {
    std::vector<jobs::Task> all;
    all.push_back({"mail.forget", 3600, [&needs](jobs::Run&) { forget(needs); }});
    wipe_pieces(reading.spool);
    if (!means.takes()) return all;
    if (!means.maildir.empty()) {
        const auto taking = std::make_shared<const Taking>(needs, means, makers(reading), Taking::How{true, true});
        const auto maildir = std::make_shared<Maildir>(
            means.maildir, [taking, &letters = reading.letters](const std::filesystem::path& one) {
                return take_file(*taking, letters, one);
            });
        if (means.keep_days > 0)
            all.push_back({"mail.wipe", 3600, [&needs, means](jobs::Run& run) {
                               const kernel::Instant before =
                                   needs.clock.now() + -(std::int64_t{86'400'000} * means.keep_days);
                               const int gone = wipe_taken(means.maildir, before, [&] { return run.stopping(); });
                               if (gone > 0) watch::info("mail.wiped", {{"mails", gone}});
                           }});
        all.push_back({"mail.take", 5, [maildir](jobs::Run& run) { maildir->run(run); }});
    }
    if (means.answers()) {
        const auto mailer = std::make_shared<http::Mailer>(http::Relay{
            means.relay->url, rules::host_of(means.site), means.relay->from, means.relay->user, means.relay->password});
        const auto sending = std::make_shared<Sending>(
            needs, means, [mailer](const http::Letter& letter, const std::function<bool()>& stopping) {
                return mailer->send(letter, stopping);
            });
        all.push_back({"mail.send", 2, [&needs, sending](jobs::Run& run) {
                           sending->run(run);
                           watch::gauge("huiyin_mail_receipts_waiting",
                                        static_cast<double>(how_many_wait(*needs.database.read())));
                       }});
    }
    return all;
}

void add_kinds(std::vector<ledger::Kind>& kinds) { kinds.push_back({change::reply_kind, apply, {}}); }

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto leaf = ledger::entry(db, entry);
    if (!leaf || leaf->kind != change::reply_kind) return std::nullopt;
    const auto word = voice::slip(db, change::decode(*leaf).word);
    return Slip{"mail.slip", word ? word->link : std::string()};
}

}  // namespace mail
