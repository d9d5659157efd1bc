#include <algorithm>
#include <stdexcept>

#include <db/db.h>

#include "store.h"

namespace people {
namespace {

kernel::Hash hash_of(kernel::View bytes) {
    kernel::Hash hash;
    if (bytes.size() != hash.size()) throw std::runtime_error("session: not a hash");
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

}  // namespace

void write_session(db::Connection& local, const Session& session) {
    local.run("insert into local.session (id_hash, officer, officer_entry, created, seen) values ($1, $2, $3, $4, $5)",
              session.id_hash, session.officer.value(), session.officer_entry, session.created.ms, session.seen.ms);
}

void touch_session(db::Connection& local, const kernel::Hash& id_hash, kernel::Instant now) {
    local.run("update local.session set seen = $2 where id_hash = $1", id_hash, now.ms);
}

void end_session(db::Connection& local, const kernel::Hash& id_hash) {
    local.run("delete from local.session where id_hash = $1", id_hash);
}

void end_sessions(db::Connection& local, OfficerId officer) {
    local.run("delete from local.session where officer = $1", officer.value());
    local.run("delete from local.sign_in_step where officer = $1", officer.value());
}

void end_old_sessions(db::Connection& local, kernel::Instant seen_by, kernel::Instant created_by) {
    local.run("delete from local.session where seen <= $1 or created <= $2", seen_by.ms, created_by.ms);
}

std::vector<Session> sessions(db::Connection& db, OfficerId officer) {
    std::vector<Session> all;
    for (const db::Row& row : db.query("select id_hash, officer_entry, created, seen from local.session "
                                       "where officer = $1 order by created desc, id_hash",
                                       officer.value()))
        all.push_back({hash_of(row.bytes(0)), officer, row.integer(1), {row.integer(2)}, {row.integer(3)}});
    return all;
}

std::optional<SignedIn> signed_in(db::Connection& db, const kernel::Hash& id_hash) {
    const db::Rows rows = db.query(
        "select s.officer, s.officer_entry, s.created, s.seen, o.unit, o.post, o.sample, r.role, t.officer "
        "from local.session s "
        "join officer o on o.id = s.officer and o.entry = s.officer_entry and o.active = 1 and o.login is not null "
        "left join local.second_step t on t.officer = s.officer and t.secret is not null "
        "join officer_role r on r.officer = o.id where s.id_hash = $1",
        id_hash);
    if (rows.empty()) return std::nullopt;
    const db::Row& row = rows.front();
    SignedIn found;
    found.session = {id_hash, OfficerId(row.integer(0)), row.integer(1), {row.integer(2)}, {row.integer(3)}};
    found.officer = {found.session.officer, UnitId(row.integer(4)), row.text(5), {}, true, row.integer(6) != 0};
    found.has_code = !row.null(8);
    for (const db::Row& each : rows) found.officer.roles.push_back(parse_role(each.text(7)).value());
    std::sort(found.officer.roles.begin(), found.officer.roles.end());
    return found;
}

}  // namespace people
