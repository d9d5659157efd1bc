#include <stdexcept>

#include "rows.h"
#include "store.h"

namespace voice {
namespace {

using ledger::Entry;

Step decided(const Entry& entry, What what, people::OfficerId by, const std::optional<std::string>& text) {
    Step step;
    step.entry = entry.index;
    step.what = what;
    step.minute = entry.time;
    if (by) step.officer = by;
    step.text = text;
    return step;
}

Case moderated(db::Connection& db, VoiceId id) {
    std::optional<Case> found = find_case(db, id);
    if (!found) throw std::runtime_error("an entry about voice " + std::to_string(id.value()) + ", which is none");
    return *std::move(found);
}

// Moves one voice between the figures of what is shown.
void recount(db::Connection& db, people::CycleId cycle, Shown from, Shown to) {
    const auto move = [&](Shown which) {
        return static_cast<std::int64_t>(to == which) - static_cast<std::int64_t>(from == which);
    };
    db.run(
        "update voice_count set open_to_public = open_to_public + $2, held = held + $3, hidden = hidden + $4 where "
        "cycle = $1",
        cycle.value(), move(Shown::published), move(Shown::held), move(Shown::hidden));
}

void count_hidden(db::Connection& db, people::CycleId cycle, std::int64_t unit, std::int64_t ground, std::int64_t by) {
    db.run(
        "insert into voice_hidden (cycle, unit, ground, n) values ($1, $2, $3, $4) "
        "on conflict (cycle, unit, ground) do update set n = voice_hidden.n + excluded.n",
        cycle.value(), unit, ground, by);
}

// What was counted when it was hidden is taken back from where it was counted: the case may have moved meanwhile.
void uncount_hidden(db::Connection& db, const Case& c) {
    const std::optional<Step> hidden = c.hidden_entry ? step(db, *c.hidden_entry) : std::nullopt;
    if (!hidden || !hidden->number) throw std::runtime_error("a hidden voice whose hiding is not in its history");
    count_hidden(db, c.cycle, hidden->unit ? hidden->unit->value() : 0, *hidden->number, -1);
}

// A part is shown as its whole is; the hiding itself stands with the whole.
void show_parts(db::Connection& db, VoiceId whole, Shown shown, std::optional<std::int64_t> ground) {
    db.run("update voice set shown = $2, ground = $3 where part_of = $1", whole.value(), number(shown), ground);
}

void show(db::Connection& db, VoiceId voice) {
    db.run(
        "update voice set shown = 1, ground = null, held_until = null, hidden_by = null, hidden_entry = null, appeal = "
        "null, "
        "master = null where id = $1",
        voice.value());
    show_parts(db, voice, Shown::published, std::nullopt);
}

}  // namespace

void apply_one(db::Connection& db, const Entry& entry, const change::Published& c) {
    recount(db, moderated(db, c.voice).cycle, Shown::held, Shown::published);
    show(db, c.voice);
    record(db, c.voice, decided(entry, c.by ? What::published : What::published_late, c.by, {}));
}

void apply_one(db::Connection& db, const Entry& entry, const change::PutOnHold& c) {
    recount(db, moderated(db, c.voice).cycle, Shown::published, Shown::held);
    db.run(
        "update voice set shown = 0, ground = $2, held_until = $3, held_once = 1, hidden_by = $4, hidden_entry = $5 "
        "where id = $1",
        c.voice.value(), number(c.held.ground), c.held.until.days, c.by.value(), entry.index);
    show_parts(db, c.voice, Shown::held, number(c.held.ground));
    Step step = decided(entry, What::held, c.by, c.remark);
    step.number = number(c.held.ground);
    step.day = c.held.until;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Hidden& c) {
    const Case before = moderated(db, c.voice);
    recount(db, before.cycle, before.shown, Shown::hidden);
    count_hidden(db, before.cycle, before.unit ? before.unit->value() : 0, number(c.ground), 1);
    db.run(
        "update voice set shown = 3, ground = $2, held_until = null, hidden_by = $3, hidden_entry = $4, appeal = null, "
        "master = $5 "
        "where id = $1",
        c.voice.value(), number(c.ground), c.by.value(), entry.index, value(c.master));
    show_parts(db, c.voice, Shown::hidden, number(c.ground));
    Step step = decided(entry, What::hidden, c.by, c.remark);
    step.unit = before.unit;
    step.number = number(c.ground);
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::ShownAgain& c) {
    const Case before = moderated(db, c.voice);
    recount(db, before.cycle, Shown::hidden, Shown::published);
    uncount_hidden(db, before);
    show(db, c.voice);
    record(db, c.voice, decided(entry, What::shown_again, c.by, c.remark));
}

void apply_one(db::Connection& db, const Entry& entry, const change::AppealRefused& c) {
    db.run("update voice set appeal = null where id = $1", c.voice.value());
    record(db, c.voice, decided(entry, What::appeal_refused, c.by, c.remark));
}

void apply_one(db::Connection& db, const Entry& entry, const change::Appealed& c) {
    db.run("update voice set appeal = $2, appealed_of = $3 where id = $1", c.voice.value(), entry.index, c.of);
    record(db, c.voice, decided(entry, What::appealed, {}, c.reason));
}

void apply_one(db::Connection& db, const Entry& entry, const change::Reported& c) {
    db.run("insert into voice_report (entry, voice, ground, decided, remark) values ($1, $2, $3, null, $4)",
           entry.index, c.voice.value(), number(c.ground), c.remark);
    Step step = decided(entry, What::reported, {}, {});
    step.number = number(c.ground);
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::ReportDecided& c) {
    db.run("update voice_report set decided = $2 where entry = $1", c.report, flag(c.hidden));
    record(db, c.voice, decided(entry, c.hidden ? What::report_hidden : What::report_kept, c.by, c.remark));
}

void forget_report(db::Connection& db, std::int64_t index) {
    db.run("update voice_report set remark = null where entry = $1", index);
}

namespace {

Report report_of(const db::Row& row) {
    return {row.integer(0), VoiceId(row.integer(1)), static_cast<Ground>(row.integer(2)), !row.null(3),
            row.text_or_null(4)};
}

}  // namespace

std::optional<Report> find_report(db::Connection& db, std::int64_t entry) {
    const std::optional<db::Row> row =
        db.one("select entry, voice, ground, decided, remark from voice_report where entry = $1", entry);
    return row ? std::optional(report_of(*row)) : std::nullopt;
}

std::vector<Report> open_reports(db::Connection& db, std::int64_t after, int at_most) {
    std::vector<Report> all;
    for (const db::Row& row : db.query("select entry, voice, ground, decided, remark from voice_report "
                                       "where decided is null and entry > $1 order by entry limit $2",
                                       after, at_most))
        all.push_back(report_of(row));
    return all;
}

std::vector<Ringing> held_voices(db::Connection& db, std::optional<Ringing> after, int at_most) {
    db::Query q("select held_until, id from voice");
    q.where("held_until is not null");
    if (after) q.where("(held_until, id) > (?, ?)", after->day.days, after->voice.value());
    std::vector<Ringing> all;
    for (const db::Row& row : db.query(q.then("order by held_until, id limit ?", at_most)))
        all.push_back({kernel::Day{row.integer(0)}, VoiceId(row.integer(1))});
    return all;
}

std::vector<Appeal> open_appeals(db::Connection& db, std::int64_t after, int at_most) {
    std::vector<Appeal> all;
    for (const db::Row& row :
         db.query("select appeal, id from voice where appeal is not null and appeal > $1 order by appeal limit $2",
                  after, at_most))
        all.push_back({row.integer(0), VoiceId(row.integer(1))});
    return all;
}

ToModerate to_moderate(db::Connection& db) {
    return {db.one("select count(*) from voice where held_until is not null")->integer(0),
            db.one("select count(*) from voice where appeal is not null")->integer(0),
            db.one("select count(*) from voice_report where decided is null")->integer(0)};
}

std::vector<HiddenCount> hidden_counts(db::Connection& db, people::CycleId cycle) {
    std::vector<HiddenCount> all;
    for (const db::Row& row :
         db.query("select unit, ground, n from voice_hidden where cycle = $1 and n > 0 order by unit, ground",
                  cycle.value())) {
        HiddenCount one{{}, static_cast<Ground>(row.integer(1)), row.integer(2)};
        if (row.integer(0) != 0) one.unit = people::UnitId(row.integer(0));
        all.push_back(one);
    }
    return all;
}

}  // namespace voice
