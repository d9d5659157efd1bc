#include "store.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include <kernel/text.h>

#include "figures.h"
#include "lists.h"
#include "rows.h"
#include "seal.h"

namespace voice {
namespace {

void insert_words(db::Connection& db, std::int64_t voice, const change::Words& w) {
    db.run("insert into voice_words (voice, title, text, place, position, lang) values ($1, $2, $3, $4, $5, $6)", voice,
           w.title, w.text, w.place, w.position, w.lang);
    std::int64_t n = 0;
    for (const Photo& p : w.pictures)
        db.run(
            "insert into voice_photo (voice, n, picture, preview, width, height, about) values ($1, $2, $3, $4, $5, "
            "$6, $7)",
            voice, ++n, p.picture, p.preview, p.width, p.height, p.about);
    std::int64_t paper = 0;
    for (const Paper& one : w.papers) {
        std::int64_t page = 0;
        ++paper;
        for (const PaperPage& p : one.pages)
            db.run(
                "insert into voice_paper (voice, n, page, picture, preview, width, height, text, about) values ($1, "
                "$2, $3, $4, $5, $6, $7, $8, $9)",
                voice, paper, ++page, p.picture, p.preview, p.width, p.height, p.text, one.about);
    }
}

void enrol(db::Connection& db, std::int64_t index, people::CycleId cycle, const Speaker& speaker) {
    if (!speaker.who)
        people::enrol(db, people::ParticipantId(index), cycle, speaker.browser, speaker.code);
    else if (speaker.code)
        people::give_code(db, speaker.who, *speaker.code);
}

void count_received(db::Connection& db, const change::Received& c) {
    const std::int64_t open = c.shown == Shown::published ? 1 : 0, held = c.shown == Shown::held ? 1 : 0;
    const std::int64_t staff = c.by_staff ? 1 : 0, typed = c.typist ? 1 : 0;
    db.run(
        "insert into voice_count (cycle, voices, open_to_public, hidden, held, answered, late, reopened, withdrawn, "
        "noted, rated, "
        "silent, by_staff, typed) values ($1, 1, $2, 0, $3, 0, 0, 0, 0, 0, 0, 0, $4, $5) on conflict (cycle) do update "
        "set "
        "voices = voice_count.voices + 1, open_to_public = voice_count.open_to_public + excluded.open_to_public, "
        "held = voice_count.held + excluded.held, by_staff = voice_count.by_staff + excluded.by_staff, "
        "typed = voice_count.typed + excluded.typed",
        c.cycle.value(), open, held, staff, typed);
}

void count_channel(db::Connection& db, const change::Received& c) {
    db.run(
        "insert into voice_channel (cycle, way, district, n) values ($1, $2, $3, 1) on conflict (cycle, way, district) "
        "do update set n = voice_channel.n + 1",
        c.cycle.value(), number(c.way), c.district.value_or(""));
}

void apply_received(db::Connection& db, const ledger::Entry& entry, const change::Received& c) {
    const std::optional<kernel::Hash> key = seal_key(db);
    if (!key) throw std::runtime_error("a voice without a seal before it");
    const Speaker speaker = c.masked ? unmask(*key, c.speaker) : unseal(*key, c.cycle, c.speaker);
    const std::int64_t author = speaker.who ? speaker.who.value() : entry.index;
    const kernel::Day accept = c.accept_look.value_or(c.accept_late), reply = c.reply.look.value_or(c.reply.late);
    std::optional<std::int64_t> ground, until, hidden_entry;
    if (c.held) {
        ground = number(c.held->ground);
        until = c.held->until.days;
        hidden_entry = entry.index;
    }
    db.run(
        "insert into voice (id, cycle, kind, audience, shown, state, way, by_staff, sample, typist, author, received, "
        "photos, "
        "due, late_from, next_day, late_days, reopened, bounced, extended, ground, held_until, held_once, "
        "hidden_entry, "
        "reply_days, extension_days, ask_back_days, rating_days, superior_at, counted_unit, counted_day, outcome, "
        "accept_next, reply_next, preset, routed_by, category, district) "
        "values ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 0, 0, $16, $17, 0, $18, "
        "$19, $20, "
        "$21, $22, $23, 0, $24, 0, $25, $26, $27, $28, $29, $30)",
        entry.index, c.cycle.value(), number(c.kind), number(c.audience), number(c.shown), number(c.way),
        flag(c.by_staff), flag(c.sample), value(c.typist), author, entry.time.ms, c.photos, c.reply.due.days,
        c.reply.late.days, std::min(accept, reply).days, ground, until, hidden_entry, c.terms.reply_days,
        c.terms.extension_days, c.terms.ask_back_days, c.terms.rating_days, c.terms.superior_at, c.reply.from.days,
        accept.days, reply.days, c.preset, c.table, c.category, c.district);
    if (c.papers > 0) db.run("update voice set papers = $2 where id = $1", entry.index, c.papers);
    if (c.origin) db.run("insert into voice_origin (key, voice) values ($1, $2)", *c.origin, entry.index);
    count_channel(db, c);
    if (c.words) insert_words(db, entry.index, *c.words);
    enrol(db, entry.index, c.cycle, speaker);
    count_received(db, c);
    const auto typist = c.typist ? people::officer(db, *c.typist) : std::nullopt;
    const bool contracted = typist && typist->contractor;
    if (contracted) db.run("update voice set contracted = 1 where id = $1", entry.index);
    begin_figures(db, c.reply.from, c.by_staff, c.typist.has_value(), contracted, c.sample);
}

// A day without an hour is kept as its noon in UTC: the same day nearly everywhere.
constexpr std::int64_t noon = 12 * 3'600'000;

void apply_imported(db::Connection& db, const ledger::Entry& entry, const change::Imported& c) {
    const kernel::Instant said = c.said_on ? kernel::Instant{c.said_on->days * 86'400'000 + noon} : entry.time;
    db.run(
        "insert into voice (id, cycle, kind, audience, shown, state, way, by_staff, sample, received, photos, source, "
        "late_days, "
        "reopened, bounced, extended, held_once) values ($1, $2, $3, 0, 1, 8, 5, 0, $4, $5, 0, $6, 0, 0, 0, 0, 0)",
        entry.index, c.cycle.value(), number(c.kind), flag(c.sample), said.ms, c.source);
    if (c.words) insert_words(db, entry.index, *c.words);
    db.run(
        "insert into voice_count (cycle, voices, open_to_public, hidden, held, answered, late, reopened, withdrawn, "
        "noted, rated, "
        "silent, by_staff, typed) values ($1, 1, $2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0) on conflict (cycle) do update "
        "set voices = voice_count.voices + 1, open_to_public = voice_count.open_to_public + excluded.open_to_public, "
        "noted = voice_count.noted + 1",
        c.cycle.value(), flag(!c.before || !c.before->unit_only));
    if (c.before) apply_taken_over(db, entry, c);
    if (c.file.empty()) return;
    db.run(
        "insert into voice_import (file, cycle, row, taken) values ($1, $2, $3, 1) on conflict (file, cycle) do update "
        "set "
        "row = excluded.row, taken = voice_import.taken + 1",
        c.file, c.cycle.value(), c.row);
}

}  // namespace

db::Query list_query() {
    return db::Query(
        "select v.id, v.cycle, v.kind, v.audience, v.shown, v.state, v.way, v.received, v.unit, v.officer, v.due, "
        "v.late_days, v.reopened, v.rating, v.solved, v.ground, v.master, v.answer, v.by_staff, v.photos, v.source, "
        "v.sample, v.overdue, v.joined_to, v.agreement, w.title, w.text, w.place, w.lang, v.category, v.district, "
        "v.pause, v.before, v.rating_unit, v.part_of, v.papers "
        "from voice v left join "
        "voice_words w on w.voice = v.id");
}

Voice listed(const db::Row& row, bool for_public) {
    Voice v;
    v.id = VoiceId(row.integer(0));
    v.cycle = people::CycleId(row.integer(1));
    v.kind = static_cast<Kind>(row.integer(2));
    v.audience = static_cast<Audience>(row.integer(3));
    v.shown = static_cast<Shown>(row.integer(4));
    v.state = static_cast<State>(row.integer(5));
    v.way = static_cast<Way>(row.integer(6));
    v.received = {row.integer(7)};
    v.unit = id_or_none<people::UnitId>(row, 8);
    v.officer = id_or_none<people::OfficerId>(row, 9);
    v.due = day_or_none(row, 10);
    v.late_days = static_cast<int>(row.integer(11));
    v.reopened = static_cast<int>(row.integer(12));
    v.rating = int_or_none(row, 13);
    v.solved = flag_or_none(row, 14);
    v.ground = case_or_none<Ground>(row, 15);
    v.master = id_or_none<VoiceId>(row, 16);
    v.answered = case_or_none<Answer>(row, 17);
    v.by_staff = row.integer(18) != 0;
    v.photos = static_cast<int>(row.integer(19));
    v.source = row.text_or_null(20).value_or("");
    v.sample = row.integer(21) != 0;
    v.overdue = static_cast<int>(row.integer(22));
    v.joined_to = id_or_none<VoiceId>(row, 23);
    v.agreement = case_or_none<Agreement>(row, 24);
    v.category = row.text_or_null(29).value_or("");
    v.district = row.text_or_null(30).value_or("");
    v.pause = case_or_none<deadline::Reason>(row, 31);
    v.before = case_or_none<Before>(row, 32);
    v.rating_unit = id_or_none<people::UnitId>(row, 33);
    v.part_of = id_or_none<VoiceId>(row, 34);
    v.papers = static_cast<int>(row.integer(35));
    if (row.null(25) || (for_public && v.shown != Shown::published)) return v;
    v.title = row.text(25);
    v.text = row.text(26);
    v.place = row.text(27);
    v.lang = row.text(28);
    return v;
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::Received& c) { apply_received(db, e, c); }
void apply_one(db::Connection& db, const ledger::Entry& e, const change::Imported& c) { apply_imported(db, e, c); }

void apply(db::Connection& db, const ledger::Entry& entry) {
    const change::Change change = change::decode(entry);
    std::vector<Share> before;
    for (VoiceId about : counted_in(db, change))
        if (const auto share = share_of(db, about)) before.push_back(*share);
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change);
    for (const Share& share : before) move_figures(db, share, entry.time);
}

void forget_words(db::Connection& db, std::int64_t index) {
    db.run("delete from voice_words where voice = $1", index);
    db.run("delete from voice_words where voice in (select id from voice where part_of = $1)", index);
    db.run("delete from voice_photo where voice = $1", index);
    db.run("delete from voice_paper where voice = $1", index);
}

std::optional<change::Words> find_words(db::Connection& db, VoiceId id) {
    const std::optional<db::Row> row =
        db.one("select title, text, place, position, lang from voice_words where voice = $1", id.value());
    if (!row) return std::nullopt;
    change::Words words{row->text(0), row->text(1), row->text(2), row->text(3), row->text(4), {}, {}};
    for (const db::Row& p : db.query(
             "select picture, preview, width, height, about from voice_photo where voice = $1 order by n", id.value()))
        words.pictures.push_back(
            {hash(p, 0), hash(p, 1), static_cast<int>(p.integer(2)), static_cast<int>(p.integer(3)), p.text(4)});
    for (const db::Row& p : db.query("select n, picture, preview, width, height, text, about from voice_paper where "
                                     "voice = $1 order by n, page",
                                     id.value())) {
        if (static_cast<std::int64_t>(words.papers.size()) < p.integer(0)) words.papers.push_back({{}, p.text(6)});
        words.papers.back().pages.push_back(
            {hash(p, 1), hash(p, 2), static_cast<int>(p.integer(3)), static_cast<int>(p.integer(4)), p.text(5)});
    }
    return words;
}

bool blob_in_use(db::Connection& db, const kernel::Hash& blob) {
    return db.one("select voice from voice_photo where picture = $1 limit 1", blob) ||
           db.one("select voice from voice_photo where preview = $1 limit 1", blob) ||
           db.one("select voice from voice_paper where picture = $1 limit 1", blob) ||
           db.one("select voice from voice_paper where preview = $1 limit 1", blob);
}

std::optional<Voice> voice(db::Connection& db, VoiceId id) {
    db::Query query = list_query();
    const db::Rows rows = db.query(query.where("v.id = ?", id.value()));
    return rows.empty() ? std::nullopt : std::optional(listed(rows.front(), true));
}

db::Query list_of(db::Connection& db, const Filter& f) {
    db::Query query = list_query();
    if (f.cycle) query.where("v.cycle = ?", f.cycle->value());
    if (f.kind) query.where("v.kind = ?", number(*f.kind));
    if (f.state) query.where("v.state = ?", number(*f.state));
    if (f.unit) query.where("v.unit = ?", f.unit->value());
    if (f.late_only) query.where("v.late_days > 0").where("v.state < 10");
    if (f.counted) where_counted(query, people::spread(db, *f.counted));
    if (f.ground) query.where("v.shown = 3").where("v.ground = ?", number(*f.ground));
    // Counted by round as messages, by unit as cases.
    if (f.ground && !f.counted) query.where("v.part_of is null");
    if (f.before) query.where("v.id < ?", f.before->value());
    if (f.after) query.where("v.id > ?", f.after->value());
    const bool upwards = f.after && !f.before;
    if (upwards)
        query.then("order by v.id limit ?", f.at_most);
    else
        query.then("order by v.id desc limit ?", f.at_most);
    return query;
}

std::vector<Voice> voices(db::Connection& db, const Filter& f) {
    std::vector<Voice> all;
    for (const db::Row& row : db.query(list_of(db, f))) all.push_back(listed(row, f.for_public));
    if (f.after && !f.before) std::reverse(all.begin(), all.end());
    return all;
}

db::Query waiting_query(const DeskFilter& f, int at_most) {
    db::Query query = list_query();
    query.where("v.state < 3");
    if (f.unit)
        query.where("v.unit = ?", f.unit->value());
    else
        query.where("v.unit is null");
    if (f.officer) query.where("v.officer = ?", f.officer->value());
    if (f.not_of) query.where("v.officer is null or v.officer <> ?", f.not_of->value());
    if (f.late_only) query.where("v.overdue > 0");
    if (f.after) query.where("(v.due, v.id) > (?, ?)", f.after->day.days, f.after->voice.value());
    query.then("order by v.due, v.id limit ?", at_most);
    return query;
}

std::vector<Waiting> waiting(db::Connection& db, const DeskFilter& f, int at_most) {
    std::vector<Waiting> all;
    for (const db::Row& row : db.query(waiting_query(f, at_most))) {
        Waiting one{listed(row, false), {}};
        one.excerpt =
            one.voice.title.empty() ? std::string(kernel::first_code_points(one.voice.text, 80)) : one.voice.title;
        all.push_back(std::move(one));
    }
    return all;
}

std::optional<people::ParticipantId> author_of(db::Connection& db, VoiceId id) {
    const std::optional<db::Row> row = db.one("select author from voice where id = $1", id.value());
    return row ? id_or_none<people::ParticipantId>(*row, 0) : std::nullopt;
}

std::vector<VoiceId> by_authors(db::Connection& db, const std::vector<people::ParticipantId>& authors,
                                std::optional<VoiceId> before, int at_most) {
    std::vector<std::int64_t> who;
    for (people::ParticipantId author : authors) who.push_back(author.value());
    db::Query query("select id from voice");
    query.where_in("author", who).where("author <> id");
    if (before) query.where("id < ?", before->value());
    query.then("order by id desc limit ?", at_most);
    std::vector<VoiceId> all;
    for (const db::Row& row : db.query(query)) all.emplace_back(row.integer(0));
    // Where somebody first spoke by a voice, that voice bears their number.
    for (std::int64_t id : who)
        if ((!before || id < before->value()) && db.one("select id from voice where id = $1 and author = $1", id))
            all.emplace_back(id);
    std::sort(all.begin(), all.end(), std::greater<>());
    if (static_cast<int>(all.size()) > at_most) all.resize(static_cast<std::size_t>(at_most));
    return all;
}

std::vector<VoiceId> same_as(db::Connection& db, VoiceId master, VoiceId after, int at_most) {
    std::vector<VoiceId> all;
    for (const db::Row& row : db.query("select id from voice where master = $1 and id > $2 order by id limit $3",
                                       master.value(), after.value(), at_most))
        all.emplace_back(row.integer(0));
    return all;
}

Counts counts(db::Connection& db, people::CycleId cycle) {
    const std::optional<db::Row> row = db.one(
        "select voices, open_to_public, hidden, answered, late, reopened, withdrawn, noted, held, rated, silent, "
        "by_staff, typed, called_back, split, parts "
        "from voice_count where cycle = $1",
        cycle.value());
    if (!row) return {};
    return {row->integer(0),  row->integer(1),  row->integer(2),  row->integer(3), row->integer(4),  row->integer(5),
            row->integer(6),  row->integer(7),  row->integer(8),  row->integer(9), row->integer(10), row->integer(13),
            row->integer(11), row->integer(12), row->integer(14), row->integer(15)};
}

}  // namespace voice
