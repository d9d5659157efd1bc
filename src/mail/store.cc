#include "store.h"

#include <algorithm>

#include "change.h"

namespace mail {

void apply(db::Connection& db, const ledger::Entry& entry) {
    const change::ReplyTaken c = change::decode(entry);
    db.run("insert into mail_reply (entry, key, word) values ($1, $2, $3)", entry.index, c.key, c.word);
}

bool reply_taken(db::Connection& db, const kernel::Hash& key) {
    return db.one("select entry from mail_reply where key = $1", key).has_value();
}

std::optional<Waiting> waiting(db::Connection& db, const kernel::Hash& key) {
    const auto row = db.one("select voice, sealed, tries from local.mail_outbox where key = $1", key);
    if (!row) return std::nullopt;
    const kernel::View sealed = row->bytes(1);
    return Waiting{key, VoiceId(row->integer(0)), {sealed.begin(), sealed.end()}, static_cast<int>(row->integer(2))};
}

void prepare(db::Connection& local, const kernel::Hash& key, const kernel::Bytes& sealed, kernel::Instant now) {
    local.run("insert into local.mail_outbox (key, voice, due, sealed, next_at, tries) values ($1, 0, 0, $2, $3, 0)",
              key, sealed, now.ms);
}

void make_due(db::Connection& local, const kernel::Hash& key, VoiceId voice, kernel::Instant now) {
    local.run("update local.mail_outbox set voice = $2, due = 1, next_at = $3 where key = $1 and due = 0", key,
              voice.value(), now.ms);
}

void queue_refusal(db::Connection& local, const kernel::Hash& key, const kernel::Bytes& sealed, kernel::Instant now) {
    drop(local, key);
    local.run("insert into local.mail_outbox (key, voice, due, sealed, next_at, tries) values ($1, 0, 1, $2, $3, 0)",
              key, sealed, now.ms);
}

std::optional<Waiting> next_due(db::Connection& db, kernel::Instant now) {
    const auto row = db.one(
        "select key, voice, sealed, tries from local.mail_outbox where due = 1 and next_at <= $1 "
        "order by next_at, key limit 1",
        now.ms);
    if (!row) return std::nullopt;
    Waiting w;
    const kernel::View key = row->bytes(0), sealed = row->bytes(2);
    std::copy(key.begin(), key.end(), w.key.begin());
    w.voice = VoiceId(row->integer(1));
    w.sealed.assign(sealed.begin(), sealed.end());
    w.tries = static_cast<int>(row->integer(3));
    return w;
}

void put_off(db::Connection& local, const kernel::Hash& key, kernel::Instant until, int tries) {
    local.run("update local.mail_outbox set next_at = $2, tries = $3 where key = $1", key, until.ms, tries);
}

void drop(db::Connection& local, const kernel::Hash& key) {
    local.run("delete from local.mail_outbox where key = $1", key);
}

void drop_prepared(db::Connection& local, kernel::Instant before) {
    local.run("delete from local.mail_outbox where due = 0 and next_at < $1", before.ms);
}

std::int64_t how_many_wait(db::Connection& db) {
    return db.one("select count(*) from (select key from local.mail_outbox limit 10000) as rows_of_it")->integer(0);
}

Sender sender(db::Connection& db, kernel::Day day, const kernel::Hash& sender) {
    const auto row =
        db.one("select taken, receipts from local.mail_sender where day = $1 and sender = $2", day.days, sender);
    return row ? Sender{static_cast<int>(row->integer(0)), static_cast<int>(row->integer(1))} : Sender{};
}

void add_to_sender(db::Connection& local, kernel::Day day, const kernel::Hash& sender, int taken, int receipts) {
    local.run(
        "insert into local.mail_sender as t (day, sender, taken, receipts) values ($1, $2, $3, $4) "
        "on conflict (day, sender) do update set taken = t.taken + $3, receipts = t.receipts + $4",
        day.days, sender, taken, receipts);
}

void drop_senders(db::Connection& local, kernel::Day before) {
    local.run("delete from local.mail_sender where day < $1", before.days);
}

bool first_refusal(db::Connection& local, const kernel::Hash& key, kernel::Instant now) {
    return local.change("insert into local.mail_refused (key, at) values ($1, $2) on conflict do nothing", key,
                        now.ms) > 0;
}

void drop_refusals(db::Connection& local, kernel::Instant before) {
    local.run("delete from local.mail_refused where at < $1", before.ms);
}

void count(db::Connection& local, std::string_view what) {
    local.run("insert into local.mail_count as t (what, n) values ($1, 1) on conflict (what) do update set n = t.n + 1",
              what);
}

std::vector<std::pair<std::string, std::int64_t>> counts(db::Connection& db) {
    std::vector<std::pair<std::string, std::int64_t>> all;
    for (const db::Row& row : db.query("select what, n from local.mail_count order by what"))
        all.emplace_back(row.text(0), row.integer(1));
    return all;
}

}  // namespace mail
