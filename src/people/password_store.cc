#include <db/db.h>

#include "store.h"

namespace people {

void write_password(db::Connection& local, OfficerId officer, std::string_view hash, Chosen chosen,
                    kernel::Instant now) {
    local.run(
        "insert into local.password (officer, hash, set_at, given) values ($1, $2, $3, $4) "
        "on conflict (officer) do update set hash = excluded.hash, set_at = excluded.set_at, given = excluded.given",
        officer.value(), hash, now.ms, chosen == Chosen::given ? 1 : 0);
}

std::optional<Password> password(db::Connection& db, OfficerId officer) {
    const std::optional<db::Row> row =
        db.one("select hash, given, set_at from local.password where officer = $1", officer.value());
    if (!row) return std::nullopt;
    return Password{row->text(0), row->integer(1) != 0 ? Chosen::given : Chosen::by_officer, {row->integer(2)}};
}

std::optional<Credentials> credentials(db::Connection& db, std::string_view login) {
    const std::optional<OfficerId> id = find_login(db, login);
    if (!id) return std::nullopt;
    const std::optional<db::Row> row = db.one(
        "select o.id, o.entry, p.hash from officer o left join local.password p on p.officer = o.id "
        "where o.id = $1 and o.active = 1",
        id->value());
    if (!row) return std::nullopt;
    return Credentials{OfficerId(row->integer(0)), row->integer(1), row->text_or_null(2)};
}

std::optional<Failures> failures(db::Connection& db, const kernel::Hash& login_key) {
    const std::optional<db::Row> row =
        db.one("select failures, last_at, open_at from local.sign_in_failure where login_key = $1", login_key);
    if (!row) return std::nullopt;
    return Failures{row->integer(0), {row->integer(1)}, {row->integer(2)}};
}

void write_failures(db::Connection& local, const kernel::Hash& login_key, const Failures& failures) {
    local.run(
        "insert into local.sign_in_failure (login_key, failures, last_at, open_at) values ($1, $2, $3, $4) "
        "on conflict (login_key) do update set failures = excluded.failures, last_at = excluded.last_at, "
        "open_at = excluded.open_at",
        login_key, failures.count, failures.last.ms, failures.open.ms);
}

void clear_failures(db::Connection& local, const kernel::Hash& login_key) {
    local.run("delete from local.sign_in_failure where login_key = $1", login_key);
}

void forget_failures(db::Connection& local, kernel::Instant last_before) {
    local.run("delete from local.sign_in_failure where last_at < $1", last_before.ms);
}

}  // namespace people
