#include <db/db.h>

#include "store.h"

namespace people {
namespace {

Participant participant_of(const db::Row& row) {
    return {ParticipantId(row.integer(0)), CycleId(row.integer(1)), row.integer(2) != 0, !row.null(3)};
}

std::optional<Participant> first(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    return participant_of(*row);
}

}  // namespace

kernel::Hash code_key(kernel::View server_key, CycleId cycle, const kernel::Code25& code) {
    return code.stored(server_key, "cycle " + std::to_string(cycle.value()));
}

kernel::Hash browser_key(kernel::View server_key, CycleId cycle, std::string_view visitor) {
    std::string text = "huiyin browser v1";
    text += '\0';
    text += std::to_string(cycle.value());
    text += '\0';
    text += visitor;
    return kernel::hmac_sha256(server_key, kernel::view(text));
}

std::optional<Participant> participant(db::Connection& db, ParticipantId id) {
    return first(db.one("select id, cycle, verified, code_key from participant where id = $1", id.value()));
}

// The cycle is in the key's HMAC already; asking for it again keeps a key from one cycle out of another for certain.
std::optional<Participant> by_browser(db::Connection& db, CycleId cycle, const kernel::Hash& key) {
    return first(db.one("select id, cycle, verified, code_key from participant where browser_key = $1 and cycle = $2",
                        key, cycle.value()));
}

std::optional<Participant> by_code(db::Connection& db, CycleId cycle, const kernel::Hash& key) {
    return first(db.one("select id, cycle, verified, code_key from participant where code_key = $1 and cycle = $2", key,
                        cycle.value()));
}

void enrol(db::Connection& db, ParticipantId id, CycleId cycle, const std::optional<kernel::Hash>& browser_key,
           const std::optional<kernel::Hash>& code_key) {
    db.run("insert into participant (id, cycle, verified, browser_key, code_key) values ($1, $2, 0, $3, $4)",
           id.value(), cycle.value(), browser_key, code_key);
    db.run(
        "insert into turnout (cycle, people, verified) values ($1, 1, 0) "
        "on conflict (cycle) do update set people = turnout.people + 1",
        cycle.value());
}

void give_code(db::Connection& db, ParticipantId id, const kernel::Hash& code_key) {
    db.run("update participant set code_key = $2 where id = $1", id.value(), code_key);
}

void verify(db::Connection& db, ParticipantId id) {
    const std::optional<Participant> who = participant(db, id);
    if (!who || who->verified) return;
    db.run("update participant set verified = 1 where id = $1", id.value());
    db.run("update turnout set verified = turnout.verified + 1 where cycle = $1", who->cycle.value());
}

void forget_keys(db::Connection& db, ParticipantId id) {
    db.run("update participant set browser_key = null, code_key = null where id = $1", id.value());
}

Turnout turnout(db::Connection& db, CycleId cycle) {
    const std::optional<db::Row> row = db.one("select people, verified from turnout where cycle = $1", cycle.value());
    if (!row) return {};
    return {row->integer(0), row->integer(1)};
}

}  // namespace people
