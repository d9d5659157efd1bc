#include "following.h"

#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "acts.h"
#include "change.h"
#include "rules.h"
#include "store.h"

namespace handover {
namespace {

constexpr std::int64_t directory_lasts = 6 * rules::hour;

http::Asked within(http::Asked asked, const Means::Key& key) {
    asked.outside_only = !key.inside;
    return asked;
}

}  // namespace

Following::Following(const people::Needs& needs, Means means, Ask ask)
    : needs_(needs), means_(std::move(means)), ask_(std::move(ask)) {}

void Following::run(jobs::Run& run) {
    if (!begun_) take_up_again();
    begun_ = false;  // so it stays where something throws in between
    failed_ = answered_ = 0;
    while (!run.stopping()) {
        std::optional<Errand> next;
        {
            auto db = needs_.database.read();
            next = next_errand(*db, needs_.clock.now());
        }
        if (!next) break;
        work(*next);
    }
    begun_ = true;
    if (failed_ > 0 && answered_ == 0)
        throw std::runtime_error("no other authority answered: " + std::to_string(failed_) + " asked");
}

void Following::take_up_again() {
    std::vector<Errand> all;
    {
        auto db = needs_.database.read();
        for (const HandoverId id : being_sent(*db)) {
            Errand e = errand(*db, id).value();
            const auto h = handover(*db, id);
            const auto d = h ? directory(*db, h->authority) : std::nullopt;
            e.state = d && d->once ? Errand::State::waiting : Errand::State::uncertain;
            e.fault = "stopped";
            e.since = e.next_at = needs_.clock.now();
            all.push_back(std::move(e));
        }
    }
    for (const Errand& e : all) keep(e);
}

void Following::work(const Errand& e) {
    std::optional<Handover> h;
    std::optional<Authority> to;
    {
        auto db = needs_.database.read();
        h = handover(*db, e.handover);
        to = h ? authority(*db, h->authority) : std::nullopt;
    }
    const Means::Key* key = to ? means_.of(to->url) : nullptr;
    if (!key) return put_off(e, "no_key", 0);
    const bool answered = e.state == Errand::State::waiting ? send(e, *h, *to, *key)
                          : e.state == Errand::State::token ? ask_token(e, *h, *to, *key)
                                                            : look(e, *h, *to, *key);
    ++(answered ? answered_ : failed_);
}

std::string Following::idempotency(HandoverId id) const {
    const std::string what = "huiyin handover v1\n" + std::to_string(id.value());
    return kernel::hex(kernel::hmac_sha256(needs_.server_key, kernel::view(what)));
}

// What happened to the case since somebody handed it over.
bool Following::may_still_go(const Errand& e, const Handover& h) {
    std::optional<voice::Voice> v;
    {
        auto db = needs_.database.read();
        v = voice::voice(*db, h.voice);
    }
    const bool open = v && v->audience == voice::Audience::open;
    if (h.text.empty()) {
        let_go(h, Why::words_erased, "");
    } else if (!v || v->state == voice::State::withdrawn) {
        let_go(h, Why::not_sent, "");
    } else if (v->shown != (open ? voice::Shown::published : voice::Shown::unit_only)) {
        if (needs_.clock.now().ms - h.at.ms < rules::longest_try)
            put_off(e, "not_shown", 0);
        else
            let_go(h, Why::not_sent, "");
    } else {
        return true;
    }
    return false;
}

bool Following::send(Errand e, const Handover& h, const Authority& to, const Means::Key& key) {
    if (!may_still_go(e, h)) return true;
    bool once = false;
    {
        auto db = needs_.database.read();
        const auto d = directory(*db, to.id);
        once = d && d->once;
    }
    e.state = Errand::State::sending;
    e.asked_at = needs_.clock.now();
    keep(e);  // durable before a byte leaves
    const wire::Sent sent = wire::read_sent(ask_(within(wire::report(to, key, h, idempotency(h.id)), key)));
    return settle(e, h, sent, once);
}

// Says whether there was an answer that can be used.
bool Following::settle(Errand e, const Handover& h, const wire::Sent& sent, bool once) {
    using Is = wire::Sent::Is;
    const kernel::Instant now = needs_.clock.now();
    e.fault = sent.fault;
    if (sent.is == Is::taken) {
        bool known = false;
        {
            auto db = needs_.database.read();
            known = number_known(*db, h.authority, h.id, sent.number);
        }
        if (!known) {
            taken(e, h, sent.number);
            return true;
        }
        // Two reports of ours under one number: one of them is not there, and staff have to ask.
        e.state = Errand::State::uncertain, e.fault = "number_known", e.since = now;
        keep(e);
        return false;
    }
    if (sent.is == Is::token) {
        e.state = Errand::State::token, e.token = sent.token, e.tries = 0, e.fault.clear();
        e.since = now, e.next_at = now + 5 * rules::minute;
        keep(e);
        return true;
    }
    if (sent.is == Is::refused) {
        let_go(h, Why::refused, sent.notes);
        return true;
    }
    const bool may_try = sent.is == Is::later || once;
    if (may_try && now.ms - h.at.ms < rules::longest_try) {
        e.state = Errand::State::waiting;
        put_off(e, sent.fault, sent.retry_after);
    } else if (sent.is == Is::later) {
        let_go(h, Why::not_reached, "");
    } else {
        e.state = Errand::State::uncertain, e.since = now;
        keep(e);
    }
    return false;
}

bool Following::ask_token(Errand e, const Handover& h, const Authority& to, const Means::Key& key) {
    e.asked_at = needs_.clock.now();
    const wire::Looked found = wire::read_token(ask_(within(wire::token(to, e.token), key)));
    if (!found.number.empty()) {
        wire::Sent sent;
        sent.is = wire::Sent::Is::taken, sent.number = found.number;
        return settle(e, h, sent, false);
    }
    const std::int64_t age = e.asked_at.ms - e.since.ms;
    if (age > rules::longest_silence) {
        let_go(h, Why::silent, "");
    } else if (!found.fault.empty()) {
        put_off(e, found.fault, found.retry_after);
    } else {
        e.tries = 0, e.fault.clear();
        e.next_at = e.asked_at + std::max(rules::wait_between_looks(age, false), found.retry_after);
        keep(e);
    }
    return found.fault.empty();
}

bool Following::look(Errand e, const Handover& h, const Authority& to, const Means::Key& key) {
    const kernel::Instant now = needs_.clock.now();
    if (h.number.empty()) {  // erased: there is nothing to ask for any more
        record([&](ledger::Writing& w) {
            drop_errand(w.db(), h.id);
            w.keep_local();
        });
        return true;
    }
    e.asked_at = now;
    const wire::Looked found = wire::read_request(ask_(within(wire::request(to, h.number), key)), h.number);
    const bool quiet_for_long = now.ms - h.changed.ms > rules::longest_silence;
    if (!found.fault.empty()) {
        if (found.unknown && e.tries + 1 >= rules::most_unknown)
            let_go(h, Why::unknown_there, "");
        else if (quiet_for_long)
            let_go(h, Why::silent, "");
        else
            put_off(e, found.fault, found.retry_after);
        return false;
    }
    const std::string notes =
        kernel::hex(kernel::hmac_sha256(needs_.server_key, kernel::view("huiyin handover notes v1\n" + found.notes)));
    const bool new_notes = e.seen.empty() ? !found.notes.empty() : e.seen != notes;
    const bool changed = found.state != h.state || new_notes;
    const bool over = h.state == State::closed && !changed && now.ms - h.changed.ms > rules::followed_closed;
    if (!changed && quiet_for_long && h.state == State::open) {
        let_go(h, Why::silent, "");
        return true;
    }
    e.tries = 0, e.fault.clear(), e.seen = notes;
    e.next_at = now + std::max(rules::wait_between_looks(now.ms - e.since.ms, found.state == State::closed),
                               std::min(found.retry_after, rules::longest_wait));
    record([&](ledger::Writing& w) {
        if (changed)
            w.append(change::encode(change::Followed{h.id, found.state, found.notes, for_everybody(w.db(), h.voice)},
                                    w.next_index()));
        if (over)
            drop_errand(w.db(), h.id);
        else
            put_errand(w.db(), e);
        w.keep_local();
    });
    return true;
}

void Following::taken(Errand e, const Handover& h, const std::string& number) {
    const kernel::Instant now = needs_.clock.now();
    e.state = Errand::State::following, e.tries = 0, e.token.clear(), e.fault.clear();
    e.since = now, e.next_at = now + 5 * rules::minute;
    record([&](ledger::Writing& w) {
        w.append(change::encode(change::Taken{h.id, {}, number, for_everybody(w.db(), h.voice)}, w.next_index()));
        put_errand(w.db(), e);
    });
    watch::count("huiyin_handovers_taken_total");
}

void Following::let_go(const Handover& h, Why why, const std::string& notes) {
    record([&](ledger::Writing& w) {
        w.append(change::encode(change::LetGo{h.id, {}, why, notes, for_everybody(w.db(), h.voice)}, w.next_index()));
        drop_errand(w.db(), h.id);
    });
    watch::count("huiyin_handovers_let_go_total");
}

void Following::put_off(Errand e, std::string_view fault, std::int64_t retry_after) {
    e.fault = fault;
    ++e.tries;
    e.next_at = needs_.clock.now() + rules::wait_after_fault(e.tries, retry_after);
    keep(e);
}

void Following::keep(const Errand& e) {
    record([&](ledger::Writing& w) {
        put_errand(w.db(), e);
        w.keep_local();
    });
}

void Following::record(const std::function<void(ledger::Writing&)>& act) {
    const auto done = needs_.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        act(w);
        return 0;
    });
    if (!done) throw std::runtime_error("what was handed over could not be written down: " + done.error().key);
}

Asking::Asking(const people::Needs& needs, Means means, Ask ask)
    : needs_(needs), means_(std::move(means)), ask_(std::move(ask)) {}

void Asking::run(jobs::Run& run) {
    std::vector<Authority> all;
    {
        auto db = needs_.database.read();
        for (Authority& a : authorities(*db, true))
            if (means_.of(a.url) && due(*db, a.id, needs_.clock.now())) all.push_back(std::move(a));
    }
    for (const Authority& a : all)
        if (!run.stopping()) ask(a, *means_.of(a.url));
}

void Asking::ask(const Authority& a, const Means::Key& key) {
    wire::Services found = wire::read_services(ask_(within(wire::services(a), key)));
    const kernel::Instant now = needs_.clock.now();
    Directory d;
    {
        auto db = needs_.database.read();
        d = directory(*db, a.id).value_or(Directory());
    }
    d.asked_at = now, d.fault = found.fault;
    d.tries = found.fault.empty() ? 0 : d.tries + 1;
    if (found.fault.empty()) {
        d.once = wire::says_once(ask_(within(wire::discovery(a), key)));
        d.services = std::move(found.all), d.left_out = found.left_out, d.as_of = now;
    }
    const std::int64_t wait = found.fault.empty() ? directory_lasts : rules::wait_after_fault(d.tries, 0);
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    put_directory(*local, a.id, d, now + wait);
    transaction.commit();
}

void begin_restored(db::Database& database) {
    db::Transaction transaction(database.writer());
    unsure_of_all(database.writer());
    transaction.commit();
}

std::vector<jobs::Task> tasks(const people::Needs& needs, Means means) {
    if (means.keys.empty()) return {};
    const auto ask = [](const std::shared_ptr<http::Client>& client) {
        return [client](const http::Asked& asked) { return client->send(asked); };
    };
    const auto following = std::make_shared<Following>(needs, means, ask(std::make_shared<http::Client>()));
    const auto asking = std::make_shared<Asking>(needs, means, ask(std::make_shared<http::Client>()));
    return {{"handover.errands", 2, [following](jobs::Run& run) { following->run(run); }},
            {"handover.services", 5, [asking](jobs::Run& run) { asking->run(run); }}};
}

}  // namespace handover
