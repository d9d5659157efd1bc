#include "sending.h"

#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "following.h"
#include "letters.h"
#include "rules.h"

namespace notice {

Sending::Sending(const people::Needs& needs, Hooks hooks, Means means, Send send)
    : needs_(needs), hooks_(std::move(hooks)), means_(std::move(means)), send_(std::move(send)) {}

void Sending::run(jobs::Run& run) {
    if (!begun_) {
        db::Database::Lease local = needs_.database.local();
        db::Transaction transaction(*local);
        if (const std::int64_t n = let_go_of_claims(*local); n > 0) watch::count("huiyin_notices_uncertain_total", n);
        transaction.commit();
        begun_ = true;
    }
    while (needs_.clock.now() >= pause_until_) {
        const bool stopping = run.stopping();
        if (stopping && !last_) return;
        const auto claimed = next();
        if (!claimed) break;
        if (!claimed->letter) {
            last_ = {claimed->waiting, {.how = http::Taken::How::taken}};
            continue;
        }
        last_ = {claimed->waiting, send_(*claimed->letter, [&] { return run.stopping(); })};
        if (run.stopping()) break;
    }
    if (!last_) return;
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    settle(*local, last_->first, last_->second);
    transaction.commit();
    last_.reset();
}

std::optional<Sending::Claimed> Sending::next() {
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    if (last_) settle(*local, last_->first, last_->second);
    std::optional<Claimed> claimed;
    // Whoever could not be reached is not asked again at once.
    if (needs_.clock.now() >= pause_until_)
        if (const auto waiting = claim(*local, needs_.clock.now(), rules::most_in_digest))
            claimed = Claimed{*waiting, written(*local, *waiting)};
    transaction.commit();
    last_.reset();
    return claimed;
}

http::Letter Sending::finished(http::Letter letter, const Waiting& w, const std::string& to) const {
    letter.from = means_.relay->from;
    letter.to = to;
    letter.message_id = message_id(needs_.server_key, means_, w);
    letter.date = needs_.clock.now();
    return letter;
}

std::optional<http::Letter> Sending::written(db::Connection& db, const Waiting& w) const {
    const auto a = address(db, w.recipient);
    const auto to = a ? open_address(needs_.server_key, *a) : std::nullopt;
    if (!to) return std::nullopt;
    const page::Lang lang = page::parse_lang(a->lang).value_or(page::Lang::en);
    const std::string token = token_of(needs_.server_key, *a);
    if (w.kind == Kind::notice) {
        const std::vector<Told> told = told_of(db, hooks_, lang, a->id, w.entries);
        if (told.empty()) return std::nullopt;
        return finished(notice_letter(means_, lang, token, told), w, *to);
    }
    std::vector<std::string> asked_for;
    for (const Follow& f : follows_of(db, a->id))
        if (const auto named = f.confirmed ? std::nullopt : hooks_.named(db, lang, f.matter))
            asked_for.push_back(named->label);
    return finished(confirmation_letter(means_, lang, token, asked_for), w, *to);
}

void Sending::settle(db::Connection& local, const Waiting& w, const http::Taken& taken) {
    using How = http::Taken::How;
    if (taken.uncertain) watch::count("huiyin_notices_uncertain_total");
    if (taken.how == How::unreachable) {
        put_off(local, w, needs_.clock.now(), w.tries);
        pause_until_ = needs_.clock.now() + rules::relay_pause_ms(++unreachable_);
        watch::warn("notice.mail_server_unreachable", {{"status", taken.status}, {"times", unreachable_}});
        return;
    }
    unreachable_ = 0;
    if (taken.how == How::refused) return refused(local, w);
    if (taken.how == How::later) return put_off_or_give_up(local, w, taken.status >= 400);
    sent(local, w);
    if (const auto a = address(local, w.recipient); a && a->refused > 0) set_refused(local, a->id, 0, {});
    if (taken.status != 0) watch::count("huiyin_notices_sent_total");  // else it had nothing to say any more
}

// The mail server says that there is no such recipient. Who is unknown there on several days is forgotten here.
void Sending::refused(db::Connection& local, const Waiting& w) {
    watch::count("huiyin_notices_refused_total");
    sent(local, w);
    const auto a = address(local, w.recipient);
    const kernel::Day today = kernel::local_day(needs_.clock.now());
    if (!a || (a->refused > 0 && a->refused_on == today)) return;
    if (a->refused + 1 >= rules::refusals_to_forget)
        forget_address(local, a->id);
    else
        set_refused(local, a->id, a->refused + 1, today);
}

void Sending::put_off_or_give_up(db::Connection& local, const Waiting& w, bool busy) {
    watch::count("huiyin_notices_later_total");
    if (const auto at = rules::try_again(needs_.clock.now(), w.tries + 1, busy)) {
        put_off(local, w, *at, w.tries + 1);
        return;
    }
    sent(local, w);
    watch::count("huiyin_notices_given_up_total");
    watch::warn("notice.given_up", {{"tries", w.tries + 1}});
}

}  // namespace notice
