// What is still to be asked, in main and written inside an act; and what others offer, in local.db.
#include "store.h"

namespace handover {
namespace {

Errand errand_in(const db::Row& row) {
    return {HandoverId(row.integer(0)),
            static_cast<Errand::State>(row.integer(1)),
            {row.integer(2)},
            static_cast<int>(row.integer(3)),
            {row.integer(4)},
            row.text(5),
            row.text(6),
            {row.integer(7)},
            row.text(8)};
}

constexpr db::Sql select_errands =
    "select handover, state, next_at, tries, since, token, fault, asked_at, seen from handover_errand";

std::optional<Errand> first(const db::Rows& rows) {
    return rows.empty() ? std::nullopt : std::optional(errand_in(rows.front()));
}

}  // namespace

std::optional<Errand> errand(db::Connection& db, HandoverId id) {
    db::Query q(select_errands);
    return first(db.query(q.where("handover = ?", id.value())));
}

std::optional<Errand> next_errand(db::Connection& db, kernel::Instant now) {
    db::Query q(select_errands);
    q.where("next_at <= ?", now.ms).where("state <> 1").where("state <> 2");
    return first(db.query(q.then("order by next_at, handover limit 1")));
}

std::vector<HandoverId> being_sent(db::Connection& db) {
    std::vector<HandoverId> all;
    for (const db::Row& row : db.query("select handover from handover_errand where state = 1 order by handover"))
        all.emplace_back(row.integer(0));
    return all;
}

void unsure_of_all(db::Connection& db) {
    db.run("update handover_errand set state = 2, fault = 'restored' where state < 2");
}

std::vector<Waiting> with_fault(db::Connection& db, int at_most) {
    std::vector<Waiting> all;
    for (const db::Row& row :
         db.query("select e.handover, h.authority, e.fault, e.state from handover_errand e join handover h on h.id = "
                  "e.handover where e.fault <> '' or e.state = 2 order by e.handover limit $1",
                  at_most))
        all.push_back({HandoverId(row.integer(0)), AuthorityId(row.integer(1)), row.text(2), row.integer(3) == 2});
    return all;
}

void put_errand(db::Connection& db, const Errand& e) {
    db.run(
        "insert into handover_errand as t (handover, state, next_at, tries, since, token, fault, asked_at, seen) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (handover) do update set state = $2, next_at = $3, "
        "tries = $4, since = $5, token = $6, fault = $7, asked_at = $8, seen = $9",
        e.handover.value(), static_cast<std::int64_t>(e.state), e.next_at.ms, e.tries, e.since.ms, e.token, e.fault,
        e.asked_at.ms, e.seen);
}

void drop_errand(db::Connection& db, HandoverId id) {
    db.run("delete from handover_errand where handover = $1", id.value());
}

std::optional<Directory> directory(db::Connection& db, AuthorityId id) {
    const auto row = db.one(
        "select as_of, asked_at, tries, once, left_out, fault from local.handover_directory where authority = $1",
        id.value());
    if (!row) return std::nullopt;
    Directory d;
    d.as_of = {row->integer(0)}, d.asked_at = {row->integer(1)};
    d.tries = static_cast<int>(row->integer(2));
    d.once = row->integer(3) != 0;
    d.left_out = static_cast<int>(row->integer(4));
    d.fault = row->text(5);
    for (const db::Row& each : db.query(
             "select code, name, grouped from local.handover_service where authority = $1 order by nth", id.value()))
        d.services.push_back({each.text(0), each.text(1), each.text(2)});
    return d;
}

std::optional<Service> service(db::Connection& db, AuthorityId id, std::string_view code) {
    const auto row = db.one(
        "select code, name, grouped from local.handover_service where authority = $1 and code = $2 order by nth limit "
        "1",
        id.value(), code);
    return row ? std::optional(Service{row->text(0), row->text(1), row->text(2)}) : std::nullopt;
}

bool due(db::Connection& db, AuthorityId id, kernel::Instant now) {
    const auto row = db.one("select next_at from local.handover_directory where authority = $1", id.value());
    return !row || row->integer(0) <= now.ms;
}

void put_directory(db::Connection& local, AuthorityId id, const Directory& d, kernel::Instant next_at) {
    local.run(
        "insert into local.handover_directory as t (authority, asked_at, as_of, next_at, tries, once, left_out, "
        "fault) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (authority) do update set asked_at = $2, "
        "as_of = $3, next_at = $4, tries = $5, once = $6, left_out = $7, fault = $8",
        id.value(), d.asked_at.ms, d.as_of.ms, next_at.ms, d.tries, d.once ? 1 : 0, d.left_out, d.fault);
    if (!d.fault.empty()) return;  // what they offered last time stays
    local.run("delete from local.handover_service where authority = $1", id.value());
    std::int64_t nth = 0;
    for (const Service& s : d.services)
        local.run(
            "insert into local.handover_service (authority, nth, code, name, grouped) values ($1, $2, $3, $4, $5)",
            id.value(), ++nth, s.code, s.name, s.group);
}

void ask_soon(db::Connection& local, AuthorityId id) {
    local.run("update local.handover_directory set next_at = 0 where authority = $1", id.value());
}

}  // namespace handover
