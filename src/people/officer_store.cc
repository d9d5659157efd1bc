#include <db/db.h>

#include "change.h"
#include "store.h"

namespace people {
namespace {

Officer officer_of(const db::Row& row) {
    Officer officer{OfficerId(row.integer(0)), UnitId(row.integer(1)), {}, {},
                    row.integer(3) != 0,       row.integer(4) != 0};
    officer.own_post = row.text(2);
    officer.post = shown_post(officer.own_post, row.text_or_null(7).value_or(""));
    if (const auto contractor = row.integer_or_null(6)) officer.contractor = ContractorId(*contractor);
    return officer;
}

// Columns: id, unit, post, active, sample, role, contractor, its name; one row for each role, in the order of the
// officers.
std::vector<Officer> officers_of(const db::Rows& rows) {
    std::vector<Officer> all;
    for (const db::Row& row : rows) {
        const OfficerId id(row.integer(0));
        if (all.empty() || all.back().id != id) all.push_back(officer_of(row));
        if (const std::optional<std::string> role = row.text_or_null(5))
            all.back().roles.push_back(parse_role(*role).value());
    }
    for (Officer& officer : all) std::sort(officer.roles.begin(), officer.roles.end());
    return all;
}

std::optional<std::int64_t> number_of(const std::optional<ContractorId>& contractor) {
    return contractor ? std::optional(contractor->value()) : std::nullopt;
}

void write_roles(db::Connection& db, std::int64_t officer, const std::vector<Role>& roles) {
    db.run("delete from officer_role where officer = $1", officer);
    for (Role role : roles) db.run("insert into officer_role (officer, role) values ($1, $2)", officer, name(role));
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry, const OfficerMade& change) {
    db.run(
        "insert into officer (id, unit, post, active, sample, entry, login, name, contractor) values ($1, $2, $3, 1, "
        "$4, $1, $5, $6, $7)",
        entry.index, change.unit.value(), change.post, change.sample ? 1 : 0, change.login, change.name,
        number_of(change.contractor));
    write_roles(db, entry.index, change.roles);
    write_history(db, entry, change.unit, change.post, change.by, {});
}

// When somebody goes from one unit to another, both remember it.
void apply(db::Connection& db, const ledger::Entry& entry, const OfficerChanged& change) {
    const UnitId before = officer(db, change.officer).value().unit;
    db.run("update officer set unit = $2, post = $3, active = $4, entry = $5, contractor = $6 where id = $1",
           change.officer.value(), change.unit.value(), change.post, change.active ? 1 : 0, entry.index,
           number_of(change.contractor));
    write_roles(db, change.officer.value(), change.roles);
    write_history(db, entry, change.unit, change.post, change.by, change.reason);
    if (before != change.unit) write_history(db, entry, before, change.post, change.by, change.reason);
}

// The password itself is local; what remains is that it was given, and by whom.
void apply(db::Connection& db, const ledger::Entry& entry, const PasswordGiven& change) {
    write_history(db, entry, change.unit, post_of(db, change.officer), change.by, {});
}

void apply(db::Connection& db, const ledger::Entry& entry, const CodeReset& change) {
    write_history(db, entry, change.unit, post_of(db, change.officer), change.by, {});
}

std::optional<Officer> officer(db::Connection& db, OfficerId id) {
    std::vector<Officer> found = officers_of(
        db.query("select o.id, o.unit, o.post, o.active, o.sample, r.role, o.contractor, c.name from officer o "
                 "left join contractor c on c.id = o.contractor "
                 "left join officer_role r on r.officer = o.id where o.id = $1",
                 id.value()));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Officer> officers(db::Connection& db, UnitId unit) {
    return officers_of(
        db.query("select o.id, o.unit, o.post, o.active, o.sample, r.role, o.contractor, c.name from officer o "
                 "left join contractor c on c.id = o.contractor "
                 "left join officer_role r on r.officer = o.id where o.unit = $1 and o.active = 1 order by o.id",
                 unit.value()));
}

std::vector<Officer> officers_with(db::Connection& db, Role role) {
    return officers_of(
        db.query("select o.id, o.unit, o.post, o.active, o.sample, r.role, o.contractor, c.name from officer_role w "
                 "join officer o on o.id = w.officer and o.active = 1 join officer_role r on r.officer = o.id "
                 "left join contractor c on c.id = o.contractor "
                 "where w.role = $1 order by o.id",
                 name(role)));
}

// PostgreSQL holds logins sealed, each time other bytes: it cannot look for one. There are as many as there are
// officers.
std::optional<OfficerId> find_login(db::Connection& db, std::string_view login) {
    std::optional<OfficerId> found;
    db.each("select id, login from officer where login is not null order by id", [&](const db::Row& row) {
        if (row.text(1) == login) found = OfficerId(row.integer(0));
    });
    return found;
}

std::optional<Officer> officer_by_login(db::Connection& db, std::string_view login) {
    const std::optional<OfficerId> id = find_login(db, login);
    return id ? officer(db, *id) : std::nullopt;
}

std::optional<std::string> public_name(db::Connection& db, OfficerId id) {
    const std::optional<db::Row> row = db.one(
        "select o.name from officer o join officer_role r on r.officer = o.id and r.role in ('head', 'member') "
        "where o.id = $1 and o.active = 1 and o.name is not null limit 1",
        id.value());
    if (!row) return std::nullopt;
    return row->text(0);
}

std::vector<Account> accounts(db::Connection& db) {
    std::vector<Account> all;
    for (const db::Row& row :
         db.query("select id, login from officer where active = 1 and login is not null order by id"))
        all.push_back({officer(db, OfficerId(row.integer(0))).value(), row.text(1)});
    return all;
}

bool login_taken(db::Connection& db, std::string_view login) { return find_login(db, login).has_value(); }

bool has_officers(db::Connection& db, UnitId unit) {
    return db.one("select id from officer where unit = $1 and active = 1 limit 1", unit.value()).has_value();
}

std::int64_t administrators_besides(db::Connection& db, OfficerId id) {
    return db
        .one(
            "select count(*) from officer_role r join officer o on o.id = r.officer and o.active = 1 "
            "where r.role = 'administrator' and r.officer <> $1",
            id.value())
        ->integer(0);
}

std::string login_of(db::Connection& db, OfficerId id) {
    const std::optional<db::Row> row = db.one("select login from officer where id = $1", id.value());
    return row ? row->text_or_null(0).value_or("") : "";
}

std::string post_of(db::Connection& db, OfficerId id) {
    const std::optional<Officer> found = officer(db, id);
    return found ? found->post : "";
}

namespace {

OfficerRow row_of(db::Connection& db, const db::Row& row) {
    OfficerRow out;
    out.officer = officer(db, OfficerId(row.integer(0))).value();
    out.login = row.text_or_null(1).value_or("");
    out.name = row.text_or_null(2).value_or("");
    out.has_password = row.integer_or_null(3).has_value();
    return out;
}

}  // namespace

std::vector<OfficerRow> officer_rows(db::Connection& db, OfficerId after, int at_most) {
    std::vector<OfficerRow> all;
    for (const db::Row& row :
         db.query("select o.id, o.login, o.name, p.officer from officer o "
                  "left join local.password p on p.officer = o.id where o.id > $1 order by o.id limit $2",
                  after.value(), at_most))
        all.push_back(row_of(db, row));
    return all;
}

std::optional<OfficerRow> officer_row(db::Connection& db, OfficerId id) {
    const std::optional<db::Row> row = db.one(
        "select o.id, o.login, o.name, p.officer from officer o "
        "left join local.password p on p.officer = o.id where o.id = $1",
        id.value());
    if (!row) return std::nullopt;
    return row_of(db, *row);
}

}  // namespace people
