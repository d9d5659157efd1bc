#include <algorithm>
#include <stdexcept>

#include <db/db.h>

#include "store.h"

namespace people {
namespace {

std::optional<kernel::Bytes> bytes_or_null(const db::Row& row, int column) {
    if (row.null(column)) return std::nullopt;
    const kernel::View bytes = row.bytes(column);
    return kernel::Bytes(bytes.begin(), bytes.end());
}

}  // namespace

std::optional<SecondStepRow> second_step_row(db::Connection& db, OfficerId officer) {
    const std::optional<db::Row> row =
        db.one("select secret, fresh, used, since from local.second_step where officer = $1", officer.value());
    if (!row) return std::nullopt;
    return SecondStepRow{bytes_or_null(*row, 0), bytes_or_null(*row, 1), row->integer(2), {row->integer(3)}};
}

void write_second_step(db::Connection& local, OfficerId officer, const SecondStepRow& row) {
    local.run(
        "insert into local.second_step (officer, secret, fresh, used, since) values ($1, $2, $3, $4, $5) "
        "on conflict (officer) do update set secret = excluded.secret, fresh = excluded.fresh, used = excluded.used, "
        "since = excluded.since",
        officer.value(), row.secret, row.fresh, row.used, row.since.ms);
}

bool use_step(db::Connection& local, OfficerId officer, std::int64_t step) {
    return local.change("update local.second_step set used = $2 where officer = $1 and used < $2", officer.value(),
                        step) == 1;
}

void forget_second_step(db::Connection& local, OfficerId officer) {
    local.run("delete from local.second_step where officer = $1", officer.value());
    local.run("delete from local.recovery_code where officer = $1", officer.value());
}

bool any_second_step(db::Connection& db) {
    return db.one("select officer from local.second_step where secret is not null limit 1").has_value();
}

void write_recovery(db::Connection& local, OfficerId officer, const std::vector<kernel::Hash>& hashes) {
    local.run("delete from local.recovery_code where officer = $1", officer.value());
    for (const kernel::Hash& hash : hashes)
        local.run("insert into local.recovery_code (officer, code_hash) values ($1, $2)", officer.value(), hash);
}

bool use_recovery(db::Connection& local, OfficerId officer, const kernel::Hash& hash) {
    return local.change("delete from local.recovery_code where officer = $1 and code_hash = $2", officer.value(),
                        hash) == 1;
}

std::int64_t recovery_left(db::Connection& db, OfficerId officer) {
    return db.one("select count(*) from local.recovery_code where officer = $1", officer.value())->integer(0);
}

// ---- between the password and the code -----------------------------------------------------------------------------

void write_sign_in_step(db::Connection& local, const kernel::Hash& id_hash, const SignInStep& step) {
    local.run(
        "insert into local.sign_in_step (id_hash, login_key, officer, officer_entry, tries, created) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (id_hash) do update set tries = excluded.tries",
        id_hash, step.login_key, step.officer.value(), step.officer_entry, step.tries, step.created.ms);
}

std::optional<SignInStep> sign_in_step(db::Connection& db, const kernel::Hash& id_hash) {
    const std::optional<db::Row> row = db.one(
        "select login_key, officer, officer_entry, tries, created from local.sign_in_step where id_hash = $1", id_hash);
    if (!row) return std::nullopt;
    SignInStep step{{}, OfficerId(row->integer(1)), row->integer(2), row->integer(3), {row->integer(4)}};
    const kernel::View key = row->bytes(0);
    if (key.size() != step.login_key.size()) throw std::runtime_error("sign_in_step: not a hash");
    std::copy(key.begin(), key.end(), step.login_key.begin());
    return step;
}

void end_sign_in_step(db::Connection& local, const kernel::Hash& id_hash) {
    local.run("delete from local.sign_in_step where id_hash = $1", id_hash);
}

void end_sign_in_steps(db::Connection& local, OfficerId officer) {
    local.run("delete from local.sign_in_step where officer = $1", officer.value());
}

void end_old_sign_in_steps(db::Connection& local, kernel::Instant created_by) {
    local.run("delete from local.sign_in_step where created <= $1", created_by.ms);
}

}  // namespace people
