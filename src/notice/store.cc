#include "store.h"

#include <algorithm>

namespace notice {
namespace {

std::int64_t number(What what) { return static_cast<std::int64_t>(what); }
std::int64_t number(Kind kind) { return static_cast<std::int64_t>(kind); }

kernel::Bytes copy(kernel::View bytes) { return {bytes.begin(), bytes.end()}; }

std::optional<Address> from_row(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    Address a;
    a.id = row->integer(0);
    a.sealed = copy(row->bytes(1));
    a.token_salt = copy(row->bytes(2));
    a.lang = row->text(3);
    a.daily = row->integer(4) != 0;
    a.asked_at = {row->integer(5)};
    a.refused = static_cast<int>(row->integer(6));
    a.refused_on = {row->integer(7)};
    return a;
}

}  // namespace

std::optional<Address> address(db::Connection& db, std::int64_t id) {
    return from_row(
        db.one("select id, sealed, token_salt, lang, daily, asked_at, refused, refused_on "
               "from local.notice_address where id = $1",
               id));
}

std::optional<Address> address_by_mail(db::Connection& db, const kernel::Hash& mail_key) {
    return from_row(
        db.one("select id, sealed, token_salt, lang, daily, asked_at, refused, refused_on "
               "from local.notice_address where mail_key = $1",
               mail_key));
}

std::optional<Address> address_by_token(db::Connection& db, const kernel::Hash& token_key) {
    return from_row(
        db.one("select id, sealed, token_salt, lang, daily, asked_at, refused, refused_on "
               "from local.notice_address where token_key = $1",
               token_key));
}

void put_address(db::Connection& local, const Address& a, const kernel::Hash& mail_key, const kernel::Hash& token_key) {
    local.run(
        "insert into local.notice_address (id, mail_key, sealed, token_key, token_salt, lang, daily, asked_at, "
        "refused, refused_on) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)",
        a.id, mail_key, a.sealed, token_key, a.token_salt, a.lang, a.daily ? 1 : 0, a.asked_at.ms);
}

void set_asked(db::Connection& local, std::int64_t id, kernel::Instant at) {
    local.run("update local.notice_address set asked_at = $2 where id = $1", id, at.ms);
}

void set_daily(db::Connection& local, std::int64_t id, bool daily) {
    local.run("update local.notice_address set daily = $2 where id = $1", id, daily ? 1 : 0);
}

void set_refused(db::Connection& local, std::int64_t id, int days, kernel::Day on) {
    local.run("update local.notice_address set refused = $2, refused_on = $3 where id = $1", id, days, on.days);
}

void forget_address(db::Connection& local, std::int64_t id) {
    local.run("delete from local.notice_outbox where recipient = $1", id);
    local.run("delete from local.notice_follow where address = $1", id);
    local.run("delete from local.notice_address where id = $1", id);
}

std::vector<Follow> follows_of(db::Connection& db, std::int64_t address) {
    std::vector<Follow> all;
    for (const db::Row& row : db.query("select what, about, asked_at, confirmed_at from local.notice_follow "
                                       "where address = $1 order by what, about",
                                       address))
        all.push_back({{static_cast<What>(row.integer(0)), row.integer(1)}, {row.integer(2)}, row.integer(3) != 0});
    return all;
}

void ask_to_follow(db::Connection& local, std::int64_t address, Matter m, kernel::Instant now) {
    local.run(
        "insert into local.notice_follow (what, about, address, asked_at, confirmed_at) values ($1, $2, $3, $4, "
        "0) on conflict do nothing",
        number(m.what), m.id, address, now.ms);
}

void confirm_follows(db::Connection& local, std::int64_t address, kernel::Instant now, std::int64_t size) {
    local.run("update local.notice_follow set confirmed_at = $2, since = $3 where address = $1 and confirmed_at = 0",
              address, now.ms, size);
}

void drop_follow(db::Connection& local, std::int64_t address, Matter m) {
    local.run("delete from local.notice_follow where what = $1 and about = $2 and address = $3", number(m.what), m.id,
              address);
}

void drop_unconfirmed(db::Connection& local, kernel::Instant asked_before) {
    std::vector<std::int64_t> touched;
    for (const db::Row& row : local.query("select distinct address from local.notice_follow where confirmed_at = 0 and "
                                          "asked_at < $1",
                                          asked_before.ms))
        touched.push_back(row.integer(0));
    if (touched.empty()) return;
    local.run("delete from local.notice_follow where confirmed_at = 0 and asked_at < $1", asked_before.ms);
    for (const std::int64_t id : touched)
        if (!local.one("select address from local.notice_follow where address = $1 limit 1", id))
            forget_address(local, id);
}

std::vector<std::int64_t> followers(db::Connection& db, std::int64_t entry, Matter m, std::int64_t after, int at_most) {
    std::vector<std::int64_t> all;
    for (const db::Row& row : db.query("select address from local.notice_follow where what = $1 and about = $2 and "
                                       "address > $3 and confirmed_at <> 0 and since <= $5 order by address limit $4",
                                       number(m.what), m.id, after, at_most, entry))
        all.push_back(row.integer(0));
    return all;
}

std::optional<Mark> mark(db::Connection& db) {
    const auto row = db.one("select entry, what, about, address from local.notice_mark where one = 1");
    if (!row) return std::nullopt;
    return Mark{row->integer(0), {static_cast<What>(row->integer(1)), row->integer(2)}, row->integer(3)};
}

void put_mark(db::Connection& local, const Mark& m) {
    local.run(
        "insert into local.notice_mark (one, entry, what, about, address) values (1, $1, $2, $3, $4) "
        "on conflict (one) do update set entry = $1, what = $2, about = $3, address = $4",
        m.entry, number(m.matter.what), m.matter.id, m.address);
}

void begin(db::Connection& local, std::int64_t size) {
    put_mark(local, {.entry = size});
    local.run("update local.notice_follow set since = $1 where since > $1", size);
}

void drop_mark(db::Connection& local) { local.run("delete from local.notice_mark"); }

void queue(db::Connection& local, std::int64_t entry, Matter m, std::int64_t after, std::int64_t last,
           kernel::Instant now, kernel::Instant digest) {
    local.run(
        "insert into local.notice_outbox (entry, recipient, kind, next_at, tries, letter, sending) "
        "select $1, f.address, 0, case when a.daily = 1 then $6 else $7 end, 0, 0, 0 "
        "from local.notice_follow f join local.notice_address a on a.id = f.address "
        "where f.what = $2 and f.about = $3 and f.address > $4 and f.address <= $5 and f.confirmed_at <> 0 and f.since "
        "<= $1 "
        "on conflict do nothing",
        entry, number(m.what), m.id, after, last, digest.ms, now.ms);
}

void queue_confirmation(db::Connection& local, std::int64_t address, kernel::Instant now) {
    local.run(
        "insert into local.notice_outbox (entry, recipient, kind, next_at, tries, letter, sending) "
        "values ($1, $2, $3, $1, 0, $1, 0) on conflict do nothing",
        now.ms, address, number(Kind::confirmation));
}

std::optional<Waiting> claim(db::Connection& local, kernel::Instant now, int at_most) {
    const auto row = local.one(
        "select entry, recipient, kind, tries, letter from local.notice_outbox "
        "where next_at <= $1 order by next_at, entry, recipient limit 1",
        now.ms);
    if (!row) return std::nullopt;
    Waiting w;
    w.recipient = row->integer(1);
    w.kind = static_cast<Kind>(row->integer(2));
    w.tries = static_cast<int>(row->integer(3));
    w.letter = row->integer(4);
    const auto to = address(local, w.recipient);
    if (w.letter != 0) {
        for (const db::Row& each : local.query("select entry from local.notice_outbox where recipient = $1 and "
                                               "kind = $2 and letter = $3 order by entry",
                                               w.recipient, number(w.kind), w.letter))
            w.entries.push_back(each.integer(0));
    } else if (to && to->daily) {
        for (const db::Row& each : local.query("select entry from local.notice_outbox where recipient = $1 and "
                                               "kind = $2 and letter = 0 and next_at <= $3 order by entry limit $4",
                                               w.recipient, number(w.kind), now.ms, at_most))
            w.entries.push_back(each.integer(0));
    } else {
        w.entries.push_back(row->integer(0));
    }
    w.letter = w.letter != 0 ? w.letter : w.entries.back();
    for (const std::int64_t entry : w.entries)
        local.run(
            "update local.notice_outbox set letter = $4, sending = 1 where entry = $1 and recipient = $2 and "
            "kind = $3",
            entry, w.recipient, number(w.kind), w.letter);
    return w;
}

void put_off(db::Connection& local, const Waiting& w, kernel::Instant until, int tries) {
    for (const std::int64_t entry : w.entries)
        local.run(
            "update local.notice_outbox set next_at = $4, tries = $5, sending = 0 where entry = $1 and "
            "recipient = $2 and kind = $3",
            entry, w.recipient, number(w.kind), until.ms, tries);
}

void sent(db::Connection& local, const Waiting& w) {
    for (const std::int64_t entry : w.entries)
        local.run("delete from local.notice_outbox where entry = $1 and recipient = $2 and kind = $3", entry,
                  w.recipient, number(w.kind));
}

std::int64_t let_go_of_claims(db::Connection& local) {
    const auto letters = local.query(
        "select distinct recipient, kind, letter from local.notice_outbox where "
        "sending <> 0");
    if (!letters.empty()) local.run("update local.notice_outbox set sending = 0 where sending <> 0");
    return static_cast<std::int64_t>(letters.size());
}

void drop_all_waiting(db::Connection& local) {
    local.run("delete from local.notice_outbox");
    local.run("delete from local.notice_post");
}

std::int64_t how_many_wait(db::Connection& db) {
    return db.one("select count(*) from (select entry from local.notice_outbox limit 10000) as waiting")->integer(0);
}

void queue_post(db::Connection& local, std::int64_t hook, std::int64_t entry, kernel::Instant now) {
    local.run(
        "insert into local.notice_post (hook, entry, next_at, tries) values ($1, $2, $3, 0) "
        "on conflict do nothing",
        hook, entry, now.ms);
}

std::optional<Post> next_post(db::Connection& db, std::int64_t hook, kernel::Instant now) {
    const auto row = db.one(
        "select entry, tries from local.notice_post where hook = $1 and next_at <= $2 "
        "order by next_at, entry limit 1",
        hook, now.ms);
    if (!row) return std::nullopt;
    return Post{row->integer(0), static_cast<int>(row->integer(1))};
}

void put_off_post(db::Connection& local, std::int64_t hook, std::int64_t entry, kernel::Instant until, int tries) {
    local.run("update local.notice_post set next_at = $3, tries = $4 where hook = $1 and entry = $2", hook, entry,
              until.ms, tries);
}

void posted(db::Connection& local, std::int64_t hook, std::int64_t entry) {
    local.run("delete from local.notice_post where hook = $1 and entry = $2", hook, entry);
}

void drop_posts(db::Connection& local, std::int64_t hook) {
    local.run("delete from local.notice_post where hook = $1", hook);
}

void put_event(db::Connection& derived, Matter m, std::int64_t entry) {
    derived.run("insert into derived.notice_event (what, about, entry) values ($1, $2, $3) on conflict do nothing",
                number(m.what), m.id, entry);
}

std::vector<std::int64_t> events_of(db::Connection& db, Matter m, std::int64_t before, int at_most) {
    std::vector<std::int64_t> all;
    for (const db::Row& row : db.query("select entry from derived.notice_event where what = $1 and about = $2 and "
                                       "entry < $3 order by entry desc limit $4",
                                       number(m.what), m.id, before, at_most))
        all.push_back(row.integer(0));
    return all;
}

}  // namespace notice
