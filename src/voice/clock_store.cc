#include "rows.h"
#include "store.h"

namespace voice {
namespace {

std::vector<Ringing> ringing_rows(const db::Rows& rows) {
    std::vector<Ringing> all;
    for (const db::Row& row : rows) all.push_back({kernel::Day{row.integer(0)}, VoiceId(row.integer(1))});
    return all;
}

}  // namespace

void apply_one(db::Connection& db, const ledger::Entry&, const change::PlacesListed& c) {
    db.run("delete from voice_place");
    std::int64_t n = 0;
    for (const std::string& one : c.names) db.run("insert into voice_place (n, name) values ($1, $2)", ++n, one);
}

void apply_one(db::Connection& db, const ledger::Entry&, const change::SealMade& c) {
    db.run("insert into voice_seal (id, key) values (1, $1)", c.key);
}

std::vector<Ringing> ringing(db::Connection& db, kernel::Day today, Ringing after, int at_most) {
    return ringing_rows(
        db.query("select next_day, id from voice where next_day is not null and next_day <= $1 "
                 "and (next_day, id) > ($2, $3) order by next_day, id limit $4",
                 today.days, after.day.days, after.voice.value(), at_most));
}

std::vector<Ringing> held_too_long(db::Connection& db, kernel::Day today, Ringing after, int at_most) {
    return ringing_rows(
        db.query("select held_until, id from voice where held_until is not null and held_until < $1 "
                 "and (held_until, id) > ($2, $3) order by held_until, id limit $4",
                 today.days, after.day.days, after.voice.value(), at_most));
}

std::optional<kernel::Hash> seal_key(db::Connection& db) {
    const std::optional<db::Row> row = db.one("select key from voice_seal where id = 1");
    return row ? std::optional(hash(*row, 0)) : std::nullopt;
}

std::optional<VoiceId> of_origin(db::Connection& db, const kernel::Hash& key) {
    const std::optional<db::Row> row = db.one("select voice from voice_origin where key = $1", key);
    return row ? std::optional(VoiceId(row->integer(0))) : std::nullopt;
}

std::int64_t place_count(db::Connection& db) {
    const std::optional<db::Row> row = db.one("select n from voice_place order by n desc limit 1");
    return row ? row->integer(0) : 0;
}

bool place_known(db::Connection& db, std::string_view name) {
    return db.one("select n from voice_place where name = $1", name).has_value();
}

std::vector<std::string> places(db::Connection& db, std::string_view part, int at_most) {
    std::vector<std::string> all;
    // The list has at most 5,000 names and is read only where somebody chooses one.
    for (const db::Row& row : db.query("select name from voice_place order by n")) {
        if (static_cast<int>(all.size()) == at_most) break;
        if (row.text(0).find(part) != std::string::npos) all.push_back(row.text(0));
    }
    return all;
}

Progress import_progress(db::Connection& db, const std::string& file, people::CycleId cycle) {
    const std::optional<db::Row> row =
        db.one("select row, taken from voice_import where file = $1 and cycle = $2", file, cycle.value());
    return row ? Progress{row->integer(0), row->integer(1)} : Progress{};
}

}  // namespace voice
