// What is read of a case and of its history.
#include "rows.h"
#include "store.h"

namespace voice {

std::optional<Case> find_case(db::Connection& db, VoiceId id) {
    const std::optional<db::Row> found = db.one(
        "select id, cycle, kind, audience, shown, state, way, by_staff, sample, typist, author, received, photos, "
        "source, unit, officer, "
        "assigned_on, due, late_from, next_day, late_days, reopened, bounced, extended, asked_on, answer, "
        "answer_entry, answered_by, "
        "promised, rating, solved, term, ground, held_until, held_once, hidden_by, hidden_entry, appeal, appealed_of, "
        "master, "
        "reply_days, extension_days, ask_back_days, rating_days, superior_at, overdue, joined_to, apart, agreement, "
        "pause, paused_for, assigned_at, returnable, accept_next, reply_next, preset, routed_by, category, district, "
        "before, call_tries, rating_unit, part_of, whole, papers "
        "from voice "
        "where id = $1",
        id.value());
    if (!found) return std::nullopt;
    const db::Row& row = *found;
    Case c;
    c.id = VoiceId(row.integer(0));
    c.cycle = people::CycleId(row.integer(1));
    c.kind = static_cast<Kind>(row.integer(2));
    c.audience = static_cast<Audience>(row.integer(3));
    c.shown = static_cast<Shown>(row.integer(4));
    c.state = static_cast<State>(row.integer(5));
    c.way = static_cast<Way>(row.integer(6));
    c.by_staff = row.integer(7) != 0;
    c.sample = row.integer(8) != 0;
    c.typist = id_or_none<people::OfficerId>(row, 9);
    c.author = id_or_none<people::ParticipantId>(row, 10);
    c.received = {row.integer(11)};
    c.photos = static_cast<int>(row.integer(12));
    c.source = row.text_or_null(13).value_or("");
    c.unit = id_or_none<people::UnitId>(row, 14);
    c.officer = id_or_none<people::OfficerId>(row, 15);
    c.assigned_on = day_or_none(row, 16);
    c.due = day_or_none(row, 17);
    c.late_from = day_or_none(row, 18);
    c.next_day = day_or_none(row, 19);
    c.late_days = static_cast<int>(row.integer(20));
    c.reopened = static_cast<int>(row.integer(21));
    c.bounced = static_cast<int>(row.integer(22));
    c.extended = static_cast<int>(row.integer(23));
    c.asked_on = day_or_none(row, 24);
    c.answer = case_or_none<Answer>(row, 25);
    c.answer_entry = row.integer_or_null(26);
    c.answered_by = id_or_none<people::OfficerId>(row, 27);
    c.promised = day_or_none(row, 28);
    c.rating = int_or_none(row, 29);
    c.solved = flag_or_none(row, 30);
    c.term = day_or_none(row, 31);
    c.ground = case_or_none<Ground>(row, 32);
    c.held_until = day_or_none(row, 33);
    c.held_once = row.integer(34) != 0;
    c.hidden_by = id_or_none<people::OfficerId>(row, 35);
    c.hidden_entry = row.integer_or_null(36);
    c.appeal = row.integer_or_null(37);
    c.appealed_of = row.integer_or_null(38);
    c.master = id_or_none<VoiceId>(row, 39);
    c.terms = {int_or_none(row, 40).value_or(0), int_or_none(row, 41).value_or(0), int_or_none(row, 42).value_or(0),
               int_or_none(row, 43).value_or(0), int_or_none(row, 44).value_or(0)};
    c.overdue = static_cast<int>(row.integer(45));
    c.joined_to = id_or_none<VoiceId>(row, 46);
    c.apart = row.integer(47) != 0;
    c.agreement = case_or_none<Agreement>(row, 48);
    c.pause = case_or_none<deadline::Reason>(row, 49);
    c.paused_for = static_cast<int>(row.integer(50));
    c.assigned_at = {row.integer_or_null(51).value_or(0)};
    c.returnable = row.integer(52) != 0;
    c.accept_next = day_or_none(row, 53);
    c.reply_next = day_or_none(row, 54);
    c.preset = row.integer(55);
    c.table = row.integer_or_null(56);
    c.category = row.text_or_null(57).value_or("");
    c.district = row.text_or_null(58).value_or("");
    c.before = case_or_none<Before>(row, 59);
    c.call_tries = static_cast<int>(row.integer(60));
    c.rating_unit = id_or_none<people::UnitId>(row, 61);
    c.part_of = id_or_none<VoiceId>(row, 62);
    c.whole = row.integer(63) != 0;
    c.papers = static_cast<int>(row.integer(64));
    return c;
}

Voice public_view(const Case& c, const std::optional<change::Words>& words) {
    Voice v;
    v.id = c.id;
    v.cycle = c.cycle;
    v.kind = c.kind;
    v.audience = c.audience;
    v.shown = c.shown;
    v.state = c.state;
    v.way = c.way;
    v.received = c.received;
    v.unit = c.unit;
    v.officer = c.officer;
    v.due = c.due;
    v.late_days = c.late_days;
    v.overdue = c.overdue;
    v.reopened = c.reopened;
    v.rating = c.rating;
    v.solved = c.solved;
    v.ground = c.ground;
    v.master = c.master;
    v.joined_to = c.joined_to;
    v.agreement = c.agreement;
    v.rating_unit = c.rating_unit;
    v.part_of = c.part_of;
    v.answered = c.answer;
    v.by_staff = c.by_staff;
    v.photos = c.photos;
    v.papers = c.papers;
    v.source = c.source;
    v.sample = c.sample;
    v.category = c.category;
    v.district = c.district;
    v.pause = c.pause;
    v.before = c.before;
    if (!words || !c.is_public()) return v;
    v.title = words->title;
    v.text = words->text;
    v.place = words->place;
    v.lang = words->lang;
    return v;
}

namespace {

Step step_of(const db::Row& row) {
    return {row.integer(0),
            static_cast<What>(row.integer(1)),
            {row.integer(2)},
            id_or_none<people::OfficerId>(row, 3),
            id_or_none<people::UnitId>(row, 4),
            row.integer_or_null(5),
            day_or_none(row, 6),
            row.text_or_null(7)};
}

}  // namespace

std::vector<Step> steps(db::Connection& db, VoiceId voice) {
    std::vector<Step> all;
    for (const db::Row& row : db.query("select entry, what, minute, officer, unit, number, day, text from voice_step "
                                       "where voice = $1 order by entry",
                                       voice.value()))
        all.push_back(step_of(row));
    return all;
}

std::int64_t newest_act(db::Connection& db, VoiceId voice) {
    // 7 reported; 16 and 17 late, 44 and 45 reminders: none changes what is to be decided.
    const std::optional<db::Row> row = db.one(
        "select entry from voice_step where voice = $1 and what not in (7, 16, 17, 44, 45) order by entry desc "
        "limit 1",
        voice.value());
    return row ? row->integer(0) : voice.value();
}

std::optional<Step> step(db::Connection& db, std::int64_t entry, VoiceId* of) {
    const std::optional<db::Row> row = db.one(
        "select entry, what, minute, officer, unit, number, day, text, voice from voice_step where entry = $1", entry);
    if (!row) return std::nullopt;
    if (of) *of = VoiceId(row->integer(8));
    return step_of(*row);
}

}  // namespace voice
