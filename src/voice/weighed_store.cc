#include "weighed.h"

#include <algorithm>
#include <map>

#include <page/page.h>
#include <routing/routing.h>

#include "rows.h"
#include "store.h"

namespace voice {
namespace {

constexpr int worst_middle = 3;  // of one to five stars the middle

std::vector<std::int64_t> id_numbers(const std::vector<VoiceId>& ids) {
    std::vector<std::int64_t> all;
    for (const VoiceId id : ids) all.push_back(id.value());
    return all;
}

std::int64_t days_between(kernel::Instant from, kernel::Day to) {
    return std::max<std::int64_t>(0, to.days - kernel::local_day(from).days);
}

// How one case went, added to what is known of the message.
void add_case(Weighed& to, const db::Row& row, kernel::Day today) {
    const auto state = static_cast<State>(row.integer(6));
    if (state == State::put_back || state == State::split) return;
    const bool owed = state < State::answered || state == State::joined;
    const bool counts = owed || (state != State::withdrawn && state != State::noted);
    to.owed = to.owed || owed;
    if (owed)
        to.days = std::max(to.days, days_between({row.integer(3)}, today));
    else if (const auto answered = row.integer_or_null(14); answered && counts)
        to.days = std::max(to.days, days_between({row.integer(3)}, kernel::local_day({*answered})));
    if (const auto unit = id_or_none<people::UnitId>(row, 15)) to.units.push_back(*unit);
    to.reopened += static_cast<int>(row.integer(7));
    to.extended += static_cast<int>(row.integer(8));
    const auto answer = case_or_none<Answer>(row, 9);
    to.answered = to.answered || answer.has_value();
    to.refused = to.refused || answer == Answer::cannot;
    to.appealed = to.appealed || !row.null(10) || !row.null(11);
    if (const auto rating = int_or_none(row, 12)) to.dissatisfied = to.dissatisfied || *rating < worst_middle;
}

constexpr db::Sql weighed_columns(
    "select v.id, v.part_of, v.author, v.received, v.shown, v.district, v.state, v.reopened, v.extended, v.answer, "
    "v.appeal, v.appealed_of, v.rating, v.joined_to, s.minute, v.unit from voice v left join voice_step s on s.entry = "
    "v.answer_entry");

}  // namespace

std::vector<Weighed> weighed(db::Connection& db, const std::vector<VoiceId>& ids, kernel::Day today) {
    const std::vector<std::int64_t> asked = id_numbers(ids);
    std::map<std::int64_t, Weighed> found;
    std::vector<std::int64_t> split;
    db::Query own(weighed_columns);
    for (const db::Row& row : db.query(own.where_in("v.id", asked))) {
        Weighed one;
        one.id = VoiceId(row.integer(0));
        one.author = id_or_none<people::ParticipantId>(row, 2);
        one.received = {row.integer(3)};
        one.open = static_cast<Shown>(row.integer(4)) == Shown::published;
        one.district = row.text_or_null(5).value_or("");
        one.joined_to = id_or_none<VoiceId>(row, 13);
        if (static_cast<State>(row.integer(6)) == State::split) split.push_back(row.integer(0));
        add_case(one, row, today);
        found.emplace(row.integer(0), std::move(one));
    }
    std::map<std::int64_t, std::int64_t> whole_of;  // of parts
    db::Query parts(weighed_columns);
    for (const db::Row& row : db.query(parts.where_in("v.part_of", split))) {
        whole_of[row.integer(0)] = row.integer(1);
        add_case(found.at(row.integer(1)), row, today);
    }
    std::vector<std::int64_t> cases = asked;
    for (const auto& [part, whole] : whole_of) cases.push_back(part);
    db::Query units("select distinct voice, unit from voice_step");
    units.where_in("voice", cases)
        .where_in("what", {number(What::assigned), number(What::routed), number(What::split_off),
                           number(What::reopened_superior)});
    for (const db::Row& row : db.query(units.where("unit is not null"))) {
        const auto whole = whole_of.find(row.integer(0));
        const auto at = found.find(whole == whole_of.end() ? row.integer(0) : whole->second);
        if (at != found.end()) at->second.units.emplace_back(row.integer(1));
    }
    db::Query same("select joined_to, count(*) from voice");
    for (const db::Row& row : db.query(same.where_in("joined_to", asked).then("group by joined_to")))
        if (const auto at = found.find(row.integer(0)); at != found.end()) at->second.joined = row.integer(1);
    std::vector<Weighed> all;
    for (auto& [id, one] : found) {
        std::sort(one.units.begin(), one.units.end());
        one.units.erase(std::unique(one.units.begin(), one.units.end()), one.units.end());
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<OpenWords> words_of(db::Connection& db, const std::vector<VoiceId>& ids) {
    std::map<std::int64_t, OpenWords> found;
    db::Query read(
        "select v.id, v.part_of, v.shown, w.title, w.text from voice v left join voice_words w on w.voice = v.id");
    for (const db::Row& row : db.query(read.where_in("v.id", id_numbers(ids)))) {
        OpenWords one{VoiceId(row.integer(0)), {}, {}};
        if (!row.null(1)) {  // its words are places in its whole's
            if (const auto part = voice(db, one.id)) one.title = part->title, one.text = part->text;
        } else if (static_cast<Shown>(row.integer(2)) == Shown::published) {
            one.title = row.text_or_null(3).value_or(""), one.text = row.text_or_null(4).value_or("");
        }
        found.emplace(row.integer(0), std::move(one));
    }
    std::vector<OpenWords> all;
    for (auto& [id, one] : found) all.push_back(std::move(one));
    return all;
}

std::optional<VoiceId> voice_of_entry(db::Connection& db, std::int64_t entry) {
    VoiceId id(entry);
    if (db.one("select id from voice where id = $1", entry)) return id;
    return step(db, entry, &id) ? std::optional(id) : std::nullopt;
}

std::string district_name(db::Connection& db, page::Lang lang, std::string_view code) {
    if (const auto table = code.empty() ? std::nullopt : routing::in_force(db))
        for (const routing::Listed& one : table->sheet->lists().districts)
            if (one.code == code) return std::string(routing::name_in(lang, one.names).text);
    return std::string(code);
}

}  // namespace voice
