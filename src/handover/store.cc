#include "store.h"

#include "change.h"

namespace handover {
namespace {

using ledger::Entry;

void apply_one(db::Connection& db, const Entry& entry, const change::AuthorityNamed& c) {
    db.run(
        "insert into handover_authority (id, name, url, jurisdiction, by_officer, at, reason) "
        "values ($1, $2, $3, $4, $5, $6, '')",
        entry.index, c.name, c.url, c.jurisdiction, c.by.value(), entry.time.ms);
}

void apply_one(db::Connection& db, const Entry& entry, const change::AuthorityEnded& c) {
    db.run("update handover_authority set ended = $2, ended_entry = $3, reason = $4 where id = $1", c.authority.value(),
           entry.time.ms, entry.index, c.reason);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Agreed& c) {
    db.run("insert into handover_agreed (voice, authority, entry) values ($1, $2, $3)", c.voice.value(),
           c.authority.value(), entry.index);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Handed& c) {
    db.run(
        "insert into handover (id, voice, authority, service, by_officer, at, state, changed, reason, service_name, "
        "text, address, position, number) values ($1, $2, $3, $4, $5, $6, 0, $6, $7, $8, $9, $10, $11, '')",
        entry.index, c.voice.value(), c.authority.value(), c.service, c.by.value(), entry.time.ms, c.reason,
        c.service_name, c.text, c.address, c.position);
}

void step(db::Connection& db, const Entry& entry, HandoverId of, Step::Kind kind, std::int64_t what,
          people::OfficerId by, const std::string& notes) {
    db.run(
        "insert into handover_step (entry, handover, kind, what, at, by_officer, notes) "
        "values ($1, $2, $3, $4, $5, $6, $7)",
        entry.index, of.value(), static_cast<std::int64_t>(kind), what, entry.time.ms, by.value(), notes);
}

void move_to(db::Connection& db, const Entry& entry, HandoverId of, State state) {
    const std::int64_t changed = db.change("update handover set state = $2, changed = $3 where id = $1", of.value(),
                                           static_cast<std::int64_t>(state), entry.time.ms);
    if (changed != 1) throw std::runtime_error("an entry about a handover that is none");
}

void apply_one(db::Connection& db, const Entry& entry, const change::Taken& c) {
    move_to(db, entry, c.handover, State::open);
    db.run("update handover set number = $2, number_entry = $3 where id = $1", c.handover.value(), c.number,
           entry.index);
    step(db, entry, c.handover, Step::Kind::taken, 0, c.by, "");
}

void apply_one(db::Connection& db, const Entry& entry, const change::Followed& c) {
    move_to(db, entry, c.handover, c.state);
    step(db, entry, c.handover, Step::Kind::followed, static_cast<std::int64_t>(c.state), {}, c.notes);
}

void apply_one(db::Connection& db, const Entry& entry, const change::LetGo& c) {
    move_to(db, entry, c.handover, State::let_go);
    step(db, entry, c.handover, Step::Kind::let_go, static_cast<std::int64_t>(c.why), c.by, c.notes);
}

constexpr db::Sql select_authorities =
    "select id, name, url, jurisdiction, by_officer, at, ended, ended_entry, reason from handover_authority";
constexpr db::Sql select_handovers =
    "select id, voice, authority, service, by_officer, at, state, changed, reason, service_name, text, address, "
    "position, number from handover";

Authority authority_in(const db::Row& row) {
    Authority a;
    a.id = AuthorityId(row.integer(0));
    a.name = row.text(1), a.url = row.text(2), a.jurisdiction = row.text(3);
    a.by = people::OfficerId(row.integer(4));
    a.since = {row.integer(5)};
    if (const auto at = row.integer_or_null(6)) a.ended = kernel::Instant{*at};
    a.ended_entry = row.integer_or_null(7);
    a.reason = row.text(8);
    return a;
}

Handover handover_in(const db::Row& row) {
    Handover h;
    h.id = HandoverId(row.integer(0)), h.voice = VoiceId(row.integer(1));
    h.authority = AuthorityId(row.integer(2)), h.service = row.text(3);
    h.by = people::OfficerId(row.integer(4)), h.at = {row.integer(5)};
    h.state = static_cast<State>(row.integer(6)), h.changed = {row.integer(7)};
    h.reason = row.text(8), h.service_name = row.text(9), h.text = row.text(10);
    h.address = row.text(11), h.position = row.text(12), h.number = row.text(13);
    return h;
}

Step step_in(const db::Row& row) {
    Step s;
    s.entry = row.integer(0);
    s.kind = static_cast<Step::Kind>(row.integer(1));
    if (s.kind == Step::Kind::followed) s.state = static_cast<State>(row.integer(2));
    if (s.kind == Step::Kind::let_go) s.why = static_cast<Why>(row.integer(2));
    s.at = {row.integer(3)}, s.by = people::OfficerId(row.integer(4)), s.notes = row.text(5);
    return s;
}

}  // namespace

void apply(db::Connection& db, const Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update handover_authority set reason = '' where ended_entry = $1", index);
    db.run("update handover set reason = '', service_name = '', text = '', address = '', position = '' where id = $1",
           index);
    db.run("update handover set number = '' where number_entry = $1", index);
    db.run("update handover_step set notes = '' where entry = $1", index);
}

std::optional<Authority> authority(db::Connection& db, AuthorityId id) {
    db::Query q(select_authorities);
    const db::Rows rows = db.query(q.where("id = ?", id.value()));
    return rows.empty() ? std::nullopt : std::optional(authority_in(rows.front()));
}

std::vector<Authority> authorities(db::Connection& db, bool in_use_only) {
    db::Query q(select_authorities);
    if (in_use_only) q.where("ended is null");
    std::vector<Authority> all;
    for (const db::Row& row : db.query(q.then("order by id"))) all.push_back(authority_in(row));
    return all;
}

rules::Others others_than(db::Connection& db, const Naming& asked) {
    rules::Others others;
    const std::string url = rules::plain_url(asked.url);
    for (const Authority& one : authorities(db, true)) {
        others.name_taken |= one.name == asked.name, others.url_taken |= one.url == url;
        ++others.in_use;
    }
    return others;
}

std::optional<Handover> handover(db::Connection& db, HandoverId id) {
    db::Query q(select_handovers);
    const db::Rows rows = db.query(q.where("id = ?", id.value()));
    return rows.empty() ? std::nullopt : std::optional(handover_in(rows.front()));
}

std::vector<Handover> handovers_of(db::Connection& db, VoiceId voice) {
    db::Query q(select_handovers);
    std::vector<Handover> all;
    for (const db::Row& row : db.query(q.where("voice = ?", voice.value()).then("order by id desc limit 100")))
        all.push_back(handover_in(row));
    return all;
}

std::vector<Step> steps(db::Connection& db, HandoverId id) {
    std::vector<Step> all;
    for (const db::Row& row : db.query("select entry, kind, what, at, by_officer, notes from handover_step "
                                       "where handover = $1 order by entry desc limit 100",
                                       id.value()))
        all.push_back(step_in(row));
    return all;
}

bool agreed(db::Connection& db, VoiceId voice, AuthorityId authority) {
    return db
        .one("select entry from handover_agreed where voice = $1 and authority = $2", voice.value(), authority.value())
        .has_value();
}

std::vector<AuthorityId> agreed_to(db::Connection& db, VoiceId voice) {
    std::vector<AuthorityId> all;
    for (const db::Row& row :
         db.query("select authority from handover_agreed where voice = $1 order by authority", voice.value()))
        all.emplace_back(row.integer(0));
    return all;
}

int going_count(db::Connection& db, VoiceId voice) {
    return static_cast<int>(
        db.one("select count(*) from handover where voice = $1 and state < 2", voice.value())->integer(0));
}

bool is_there(db::Connection& db, VoiceId voice, AuthorityId authority) {
    return db
        .one("select id from handover where voice = $1 and authority = $2 and state < 2 limit 1", voice.value(),
             authority.value())
        .has_value();
}

// Numbers are sealed on PostgreSQL, so no statement compares them.
bool number_known(db::Connection& db, AuthorityId authority, HandoverId besides, std::string_view number) {
    for (const db::Row& row : db.query("select id, number from handover where authority = $1 and number_entry is not "
                                       "null order by id desc limit 10000",
                                       authority.value()))
        if (row.integer(0) != besides.value() && row.text(1) == number) return true;
    return false;
}

std::optional<HandoverId> handover_of(db::Connection& db, std::int64_t entry) {
    auto row = db.one("select id from handover where id = $1", entry);
    if (!row) row = db.one("select handover from handover_step where entry = $1", entry);
    return row ? std::optional(HandoverId(row->integer(0))) : std::nullopt;
}

std::optional<VoiceId> voice_of(db::Connection& db, std::int64_t entry) {
    const auto of = handover_of(db, entry);
    const auto found = of ? handover(db, *of) : std::nullopt;
    return found ? std::optional(found->voice) : std::nullopt;
}

std::vector<std::int64_t> of_author(db::Connection& db, VoiceId voice) {
    std::vector<std::int64_t> all;
    for (const db::Row& row : db.query("select id from handover where voice = $1 order by id", voice.value()))
        all.push_back(row.integer(0));
    for (const db::Row& row : db.query("select s.entry from handover_step s join handover h on h.id = s.handover "
                                       "where h.voice = $1 order by s.entry",
                                       voice.value()))
        all.push_back(row.integer(0));
    return all;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto leaf = ledger::entry(db, entry);
    if (!leaf || !leaf->kind.starts_with("handover.")) return std::nullopt;
    if (const auto voice = voice_of(db, entry))
        return Slip{"handover.slip", "/voices/" + std::to_string(voice->value())};
    const auto agreed = db.one("select voice from handover_agreed where entry = $1", entry);
    if (agreed) return Slip{"handover.slip_agreed", "/voices/" + std::to_string(agreed->integer(0))};
    return Slip{"handover.slip_authority", "/rules#authorities"};
}

}  // namespace handover
