#include "reception_store.h"

namespace visit {
namespace {

enum class ReceptionIs { open, called_off, held };  // numbers are stored

void put_event(db::Connection& db, const ledger::Entry& entry, ReceptionId id, ReceptionStep what, people::OfficerId by,
               const Reception& now, const Reception* before, const std::string& reason) {
    std::optional<std::int64_t> from_day, from_start;
    if (before) from_day = before->day.days, from_start = before->from;
    db.run(
        "insert into visit_reception_event (entry, reception, minute, what, officer, day, start, from_day, from_start, "
        "reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        entry.index, id.value(), entry.time.ms, static_cast<std::int64_t>(what), by.value(), now.day.days, now.from,
        from_day, from_start, reason);
}

void apply_step(db::Connection& db, const ledger::Entry& entry, const change::Announced& c) {
    const ReceptionDraft& d = c.draft;
    db.run(
        "insert into visit_reception (id, unit, cycle, day, start, slots, minutes, short_notice, post, place, "
        "place_entry, topics, lang, what, ended_entry, reason, came, absent, said, taken, sample) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $1, $11, $12, 0, null, '', 0, 0, '', 0, $13)",
        entry.index, c.unit.value(), c.cycle.value(), d.day.days, d.from, d.slots, d.minutes, c.short_notice ? 1 : 0,
        d.post, d.where, d.topics, d.lang, d.sample ? 1 : 0);
    const ReceptionId id(entry.index);
    put_event(db, entry, id, ReceptionStep::announced, c.by, reception(db, id).value(), nullptr, "");
}

void apply_step(db::Connection& db, const ledger::Entry& entry, const change::ReceptionMoved& c) {
    const Reception before = reception(db, c.reception).value();
    db.run(
        "update visit_reception set day = $2, start = $3, short_notice = $4, place = $5, place_entry = $6 where id = "
        "$1",
        c.reception.value(), c.to.day.days, c.to.from, c.short_notice ? 1 : 0, c.to.where, entry.index);
    put_event(db, entry, c.reception, ReceptionStep::moved, c.by, reception(db, c.reception).value(), &before,
              c.reason);
}

void apply_step(db::Connection& db, const ledger::Entry& entry, const change::ReceptionCalledOff& c) {
    db.run("update visit_reception set what = $2, ended_entry = $3, reason = $4 where id = $1", c.reception.value(),
           static_cast<std::int64_t>(ReceptionIs::called_off), entry.index, c.reason);
    put_event(db, entry, c.reception, ReceptionStep::called_off, c.by, reception(db, c.reception).value(), nullptr,
              c.reason);
}

void apply_step(db::Connection& db, const ledger::Entry& entry, const change::Held& c) {
    db.run("update visit_reception set what = $2, ended_entry = $3, came = $4, absent = $5, said = $6 where id = $1",
           c.reception.value(), static_cast<std::int64_t>(ReceptionIs::held), entry.index, c.outcome.came,
           c.outcome.absent, c.outcome.said);
    for (voice::VoiceId voice : c.outcome.voices)
        db.run("insert into visit_reception_voice (reception, voice) values ($1, $2)", c.reception.value(),
               voice.value());
    put_event(db, entry, c.reception, ReceptionStep::held, c.by, reception(db, c.reception).value(), nullptr, "");
}

void apply_step(db::Connection& db, const ledger::Entry& entry, const change::SlotTaken& c) {
    const people::ParticipantId who = c.who ? c.who : people::ParticipantId(entry.index);
    if (!c.who) people::enrol(db, who, c.cycle, c.browser, c.code);
    db.run("insert into visit_slot (reception, slot, participant, entry, matter) values ($1, $2, $3, $4, $5)",
           c.reception.value(), c.slot, who.value(), entry.index, c.matter);
    db.run("update visit_reception set taken = taken + 1 where id = $1", c.reception.value());
}

void apply_step(db::Connection& db, const ledger::Entry&, const change::SlotGivenBack& c) {
    db.run("delete from visit_slot where reception = $1 and slot = $2", c.reception.value(), c.slot);
    db.run("update visit_reception set taken = taken - 1 where id = $1", c.reception.value());
}

Reception reception_from(const db::Row& row) {
    Reception r;
    r.id = ReceptionId(row.integer(0));
    r.unit = people::UnitId(row.integer(1));
    r.cycle = people::CycleId(row.integer(2));
    r.day = {row.integer(3)};
    r.from = static_cast<int>(row.integer(4));
    r.slots = static_cast<int>(row.integer(5));
    r.minutes = static_cast<int>(row.integer(6));
    r.short_notice = row.integer(7) != 0;
    r.post = row.text(8);
    r.where = row.text(9);
    r.topics = row.text(10);
    r.lang = row.text(11);
    const auto what = static_cast<ReceptionIs>(row.integer(12));
    r.called_off = what == ReceptionIs::called_off, r.held = what == ReceptionIs::held;
    r.reason = row.text(13);
    r.came = row.integer(14);
    r.absent = row.integer(15);
    r.said = row.text(16);
    r.taken = row.integer(17);
    r.sample = row.integer(18) != 0;
    return r;
}

}  // namespace

void apply_reception(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_step(db, entry, c); }, change::decode_reception(entry));
}

void forget_reception(db::Connection& db, std::int64_t index) {
    db.run("update visit_reception set post = '', topics = '' where id = $1", index);
    db.run("update visit_reception set place = '' where place_entry = $1", index);
    db.run("update visit_reception set reason = '', said = '' where ended_entry = $1", index);
    db.run("update visit_reception_event set reason = '' where entry = $1", index);
    db.run("update visit_slot set matter = '' where entry = $1", index);
    people::forget_keys(db, people::ParticipantId(index));
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<Reception> reception(db::Connection& db, ReceptionId id) {
    const auto row = db.one(
        "select id, unit, cycle, day, start, slots, minutes, short_notice, post, place, topics, lang, what, reason, "
        "came, absent, said, taken, sample from visit_reception where id = $1",
        id.value());
    if (!row) return std::nullopt;
    Reception r = reception_from(*row);
    db.each(
        "select voice from visit_reception_voice where reception = $1 order by voice",
        [&](const db::Row& one) { r.voices.emplace_back(one.integer(0)); }, id.value());
    return r;
}

std::vector<Reception> receptions(db::Connection& db, const ReceptionFilter& f) {
    db::Query q(
        "select id, unit, cycle, day, start, slots, minutes, short_notice, post, place, topics, lang, what, reason, "
        "came, absent, said, taken, sample from visit_reception");
    if (f.unit) q.where("unit = ?", f.unit->value());
    if (f.before) q.where("id < ?", f.before->value());
    q.then("order by id desc limit ?", f.at_most);
    std::vector<Reception> all;
    for (const db::Row& row : db.query(q)) all.push_back(reception_from(row));
    return all;
}

std::vector<Reception> receptions_to_come(db::Connection& db, kernel::Day from, int at_most) {
    std::vector<Reception> all;
    for (const db::Row& row :
         db.query("select id, unit, cycle, day, start, slots, minutes, short_notice, post, place, topics, lang, what, "
                  "reason, came, absent, said, taken, sample from visit_reception where what = 0 and day >= $1 "
                  "order by day, id limit $2",
                  from.days, at_most))
        all.push_back(reception_from(row));
    return all;
}

std::vector<Slot> slots_taken(db::Connection& db, ReceptionId id) {
    std::vector<Slot> all;
    db.each(
        "select slot, entry, matter from visit_slot where reception = $1 order by slot",
        [&](const db::Row& row) {
            all.push_back({static_cast<int>(row.integer(0)), row.integer(1), row.text(2)});
        },
        id.value());
    return all;
}

std::optional<Slot> slot_of(db::Connection& db, ReceptionId id, people::ParticipantId who) {
    const auto row = db.one("select slot, entry, matter from visit_slot where reception = $1 and participant = $2",
                            id.value(), who.value());
    if (!row) return std::nullopt;
    return Slot{static_cast<int>(row->integer(0)), row->integer(1), row->text(2)};
}

bool slot_gone(db::Connection& db, ReceptionId id, int slot) {
    return db.one("select entry from visit_slot where reception = $1 and slot = $2", id.value(), slot).has_value();
}

bool is_slot(db::Connection& db, std::int64_t entry) {
    return db.one("select slot from visit_slot where entry = $1", entry).has_value();
}

std::vector<ReceptionEvent> history(db::Connection& db, ReceptionId id) {
    std::vector<ReceptionEvent> all;
    for (const db::Row& row : db.query(
             "select entry, minute, what, officer, day, start, from_day, from_start, reason from visit_reception_event "
             "where reception = $1 order by entry",
             id.value())) {
        ReceptionEvent e;
        e.entry = row.integer(0);
        e.minute = {row.integer(1)};
        e.what = static_cast<ReceptionStep>(row.integer(2));
        e.by = people::OfficerId(row.integer(3));
        e.day = {row.integer(4)};
        e.from = static_cast<int>(row.integer(5));
        if (const auto day = row.integer_or_null(6)) e.from_day = kernel::Day{*day};
        e.from_start = static_cast<int>(row.integer_or_null(7).value_or(0));
        e.reason = row.text(8);
        all.push_back(std::move(e));
    }
    return all;
}

std::optional<ReceptionId> reception_of_entry(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select reception from visit_reception_event where entry = $1", entry);
    return row ? std::optional(ReceptionId(row->integer(0))) : std::nullopt;
}

}  // namespace visit
