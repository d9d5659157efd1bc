#include "store.h"

#include "change.h"

namespace desk {
namespace {

std::int64_t number(DraftState s) { return static_cast<std::int64_t>(s); }

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::TemplateSet& c) {
    const TemplateId id = c.of.value_or(TemplateId(entry.index));
    db.run("update desk_template set current = 0 where template = $1 and n = $2", id.value(), c.n - 1);
    db.run(
        "insert into desk_template (entry, template, n, name, lang, unit, kind, text, by_officer, at, current) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        entry.index, id.value(), c.n, c.name, c.lang, c.unit ? c.unit->value() : 0,
        c.kind ? voice::name(*c.kind) : std::string_view(), c.text, c.by.value(), entry.time.ms);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::TemplateEnded& c) {
    db.run(
        "update desk_template set current = 2, ended_entry = $2, ended_by = $3, ended_at = $4 "
        "where template = $1 and current = 1",
        c.id.value(), entry.index, c.by.value(), entry.time.ms);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Noted& c) {
    db.run("insert into desk_note (entry, voice, by_officer, at, text) values ($1, $2, $3, $4, $5)", entry.index,
           c.voice.value(), c.by.value(), entry.time.ms, c.text);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Drafted& c) {
    db.run("update desk_draft set state = $2 where voice = $1 and state = 0", c.voice.value(),
           number(DraftState::replaced));
    db.run(
        "insert into desk_draft (id, voice, unit, by_officer, at, answer, promised, text, state, remark) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')",
        entry.index, c.voice.value(), c.unit.value(), c.by.value(), entry.time.ms,
        c.answer ? voice::name(*c.answer) : std::string_view(), c.promised ? kernel::iso(*c.promised) : std::string(),
        c.text);
}

void decide(db::Connection& db, const ledger::Entry& entry, DraftId id, DraftState state, people::OfficerId by) {
    db.run("update desk_draft set state = $2, decided_entry = $3, decided_by = $4, decided_at = $5 where id = $1",
           id.value(), number(state), entry.index, by.value(), entry.time.ms);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Released& c) {
    decide(db, entry, c.draft, DraftState::released, c.by);
    db.run("update desk_draft set answer_entry = $2 where id = $1", c.draft.value(), c.answer);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Returned& c) {
    decide(db, entry, c.draft, DraftState::returned, c.by);
    db.run("update desk_draft set remark = $2 where id = $1", c.draft.value(), c.remark);
}

db::Query template_query() {
    return db::Query(
        "select template, entry, n, name, lang, unit, kind, text, by_officer, at, current, ended_at, ended_by "
        "from desk_template");
}

std::vector<Template> found_templates(db::Connection& db, const db::Query& query) {
    std::vector<Template> all;
    for (const db::Row& row : db.query(query)) {
        Template t;
        t.id = TemplateId(row.integer(0));
        t.entry = row.integer(1);
        t.n = static_cast<int>(row.integer(2));
        t.name = row.text(3);
        t.lang = row.text(4);
        if (row.integer(5) != 0) t.unit = people::UnitId(row.integer(5));
        t.kind = voice::parse_kind(row.text(6));
        t.text = row.text(7);
        t.by = people::OfficerId(row.integer(8));
        t.at = {row.integer(9)};
        t.current = row.integer(10) == 1;
        if (const auto at = row.integer_or_null(11)) t.ended = kernel::Instant{*at};
        t.ended_by = people::OfficerId(row.integer_or_null(12).value_or(0));
        all.push_back(std::move(t));
    }
    return all;
}

db::Query draft_query() {
    return db::Query(
        "select id, voice, unit, by_officer, at, answer, promised, text, state, decided_entry, decided_by, decided_at, "
        "answer_entry, remark from desk_draft");
}

std::vector<Draft> found_drafts(db::Connection& db, const db::Query& query) {
    std::vector<Draft> all;
    for (const db::Row& row : db.query(query)) {
        Draft d;
        d.id = DraftId(row.integer(0));
        d.voice = voice::VoiceId(row.integer(1));
        d.unit = people::UnitId(row.integer(2));
        d.by = people::OfficerId(row.integer(3));
        d.at = {row.integer(4)};
        d.answer = voice::parse_answer(row.text(5));
        if (!row.text(6).empty()) d.promised = kernel::parse_day(row.text(6)).value();
        d.text = row.text(7);
        d.state = static_cast<DraftState>(row.integer(8));
        d.decided_entry = row.integer_or_null(9);
        d.decided_by = people::OfficerId(row.integer_or_null(10).value_or(0));
        if (const auto at = row.integer_or_null(11)) d.decided_at = kernel::Instant{*at};
        d.answer_entry = row.integer_or_null(12);
        d.remark = row.text(13);
        all.push_back(std::move(d));
    }
    return all;
}

template <class T>
std::optional<T> only(std::vector<T> all) {
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update desk_template set name = '', text = '' where entry = $1", index);
    db.run("update desk_note set text = '' where entry = $1", index);
    db.run("update desk_draft set answer = '', promised = '', text = '' where id = $1", index);
    db.run("update desk_draft set remark = '' where decided_entry = $1", index);
}

// ---- templates -----------------------------------------------------------------------------------------------------

std::optional<Template> newest(db::Connection& db, TemplateId id) { return only(versions(db, id, {}, 1)); }

std::vector<Template> versions(db::Connection& db, TemplateId id, std::optional<int> below, int at_most) {
    db::Query q = template_query();
    q.where("template = ?", id.value());
    if (below) q.where("n < ?", *below);
    return found_templates(db, q.then("order by n desc limit ?", at_most));
}

std::vector<Template> templates(db::Connection& db, bool ended, std::optional<std::int64_t> before, int at_most) {
    db::Query q = template_query();
    q.where("current = ?", ended ? 2 : 1);
    if (before) q.where("entry < ?", *before);
    return found_templates(db, q.then("order by entry desc limit ?", at_most));
}

std::int64_t templates_in_use(db::Connection& db) {
    return db.one("select count(*) from desk_template where current = 1")->integer(0);
}

db::Query fitting_query(people::UnitId unit, const std::optional<voice::Kind>& kind) {
    db::Query q = template_query();
    q.where("current = 1").where("unit = ?", unit.value());
    if (kind) q.where("kind in ('', ?)", voice::name(*kind));
    q.then("order by entry");
    return q;
}

std::vector<Template> fitting(db::Connection& db, const voice::Voice& v) {
    std::vector<Template> all;
    std::optional<people::UnitId> unit = v.unit;
    while (true) {
        for (Template& t : found_templates(db, fitting_query(unit.value_or(people::UnitId()), v.kind)))
            if (!t.name.empty()) all.push_back(std::move(t));
        if (!unit) break;
        const auto found = people::unit(db, *unit);
        unit = found ? found->parent : std::nullopt;
    }
    return all;
}

// ---- notes ---------------------------------------------------------------------------------------------------------

std::vector<Note> notes(db::Connection& db, voice::VoiceId voice, std::optional<NoteId> before, int at_most) {
    db::Query q("select entry, voice, by_officer, at, text from desk_note");
    q.where("voice = ?", voice.value());
    if (before) q.where("entry < ?", before->value());
    std::vector<Note> all;
    for (const db::Row& row : db.query(q.then("order by entry desc limit ?", at_most)))
        all.push_back({NoteId(row.integer(0)),
                       voice::VoiceId(row.integer(1)),
                       people::OfficerId(row.integer(2)),
                       {row.integer(3)},
                       row.text(4)});
    return all;
}

std::vector<std::int64_t> notes_over(db::Connection& db, kernel::Day today, int at_most) {
    constexpr int page = 200;
    const std::int64_t days = people::setting_number(db, note_term);
    const kernel::Instant before = kernel::start_of(today + -days);
    std::vector<std::int64_t> over;
    // What is younger than the term is not looked at: nearly all cases that are still open.
    for (std::int64_t at = 0, entry = 0;;) {
        db::Query q("select at, entry, voice from desk_note");
        q.where("text <> ''").where("at < ?", before.ms).where("(at, entry) > (?, ?)", at, entry);
        const db::Rows rows = db.query(q.then("order by at, entry limit ?", page));
        for (const db::Row& row : rows) {
            at = row.integer(0), entry = row.integer(1);
            const auto since = voice::over_since(db, voice::VoiceId(row.integer(2)));
            if (!since || since->ms >= before.ms) continue;
            over.push_back(entry);
            if (static_cast<int>(over.size()) == at_most) return over;
        }
        if (static_cast<int>(rows.size()) < page) return over;
    }
}

// ---- drafts --------------------------------------------------------------------------------------------------------

std::optional<Draft> draft(db::Connection& db, DraftId id) {
    return only(found_drafts(db, draft_query().where("id = ?", id.value())));
}

std::optional<Draft> newest_draft(db::Connection& db, voice::VoiceId voice) {
    return only(found_drafts(db, draft_query().where("voice = ?", voice.value()).then("order by id desc limit 1")));
}

db::Query waiting_drafts_query(people::UnitId unit, std::optional<DraftId> after, int at_most) {
    db::Query q = draft_query();
    q.where("state = 0").where("unit = ?", unit.value());
    if (after) q.where("id > ?", after->value());
    q.then("order by id limit ?", at_most);
    return q;
}

std::vector<Draft> waiting_drafts(db::Connection& db, people::UnitId unit, std::optional<DraftId> after, int at_most) {
    return found_drafts(db, waiting_drafts_query(unit, after, at_most));
}

// ---- around --------------------------------------------------------------------------------------------------------

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const auto found = ledger::entry(db, entry);
    if (!found || !found->kind.starts_with("desk.") || found->kind.starts_with("desk.template_")) return false;
    return voice::concerns(db, actor, found->subject);
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto found = ledger::entry(db, entry);
    if (!found || !found->kind.starts_with("desk.")) return std::nullopt;
    const std::string subject = std::to_string(found->subject);
    if (found->kind.starts_with("desk.template_")) return Slip{"desk.slip_template", "/desk/templates/" + subject};
    return Slip{"desk.slip_case", "/desk/voices/" + subject};
}

}  // namespace desk
