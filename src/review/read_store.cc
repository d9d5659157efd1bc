// What is read of reviews. The local tables of an open one: box_store.cc.
#include <algorithm>

#include "store.h"
#include "tally.h"

namespace review {
namespace {

constexpr int reviews_of_one = 100;

void read_parts(db::Connection& db, Review& r) {
    for (const db::Row& row :
         db.query("select body, criterion from review_question where review = $1 order by n", r.id.value()))
        r.frozen.questions.push_back({row.text(0), cycle::CriterionId(row.integer(1))});
    for (const db::Row& row : db.query("select panel_group, name, chosen_by, weight, secrecy, roll from review_panel "
                                       "where review = $1 order by n",
                                       r.id.value()))
        r.frozen.panels.push_back({static_cast<Group>(row.integer(0)), row.text(1), row.text(2),
                                   static_cast<int>(row.integer(3)), static_cast<Secrecy>(row.integer(4)),
                                   row.integer(5)});
}

// Columns: id, measure, state, lang, accept_percent, k, closes, sample.
Review review_at(db::Connection& db, const db::Row& row) {
    Review r;
    r.id = ReviewId(row.integer(0));
    r.frozen.measure = measure::MeasureId(row.integer(1));
    r.state = static_cast<State>(row.integer(2));
    r.frozen.lang = row.text(3);
    r.frozen.accept_percent = static_cast<int>(row.integer(4));
    r.frozen.k = row.integer(5);
    r.frozen.closes = {row.integer(6)};
    r.frozen.sample = r.sample = row.integer(7) != 0;
    read_parts(db, r);
    return r;
}

std::vector<Review> all_of(db::Connection& db, const db::Rows& rows) {
    std::vector<Review> all;
    for (const db::Row& row : rows) all.push_back(review_at(db, row));
    return all;
}

std::optional<Stamp> stamp_at(const db::Row& row, int column) {
    if (row.null(column)) return std::nullopt;
    return Stamp{row.integer(column), {row.integer(column + 1)}, people::OfficerId(row.integer(column + 2))};
}

PassedOver passed_over_at(const db::Row& row) {
    return {row.integer(0),
            measure::MeasureId(row.integer(1)),
            {row.integer(2)},
            people::OfficerId(row.integer(3)),
            row.text(4)};
}

std::vector<ReviewId> ids(const db::Rows& rows) {
    std::vector<ReviewId> all;
    for (const db::Row& row : rows) all.emplace_back(row.integer(0));
    return all;
}

}  // namespace

std::optional<Review> review(db::Connection& db, ReviewId id) {
    const auto row = db.one(
        "select id, measure, state, lang, accept_percent, k, closes, sample from review where id = $1", id.value());
    return row ? std::optional(review_at(db, *row)) : std::nullopt;
}

std::vector<Review> reviews_of(db::Connection& db, measure::MeasureId of) {
    return all_of(db, db.query("select id, measure, state, lang, accept_percent, k, closes, sample from review where "
                               "measure = $1 order by id desc limit $2",
                               of.value(), reviews_of_one));
}

std::vector<Review> reviews(db::Connection& db, const Filter& f) {
    db::Query q("select id, measure, state, lang, accept_percent, k, closes, sample from review");
    if (f.state) q.where("state = ?", static_cast<std::int64_t>(*f.state));
    if (f.before) q.where("id < ?", f.before->value());
    const bool upwards = f.after && !f.before;
    if (upwards) q.where("id > ?", f.after->value());
    if (upwards)
        q.then("order by id limit ?", f.at_most);
    else
        q.then("order by id desc limit ?", f.at_most);
    std::vector<Review> all = all_of(db, db.query(q));
    if (upwards) std::reverse(all.begin(), all.end());
    return all;
}

std::optional<Result> result(db::Connection& db, ReviewId id) {
    const auto found = review(db, id);
    if (!found || found->state != State::closed) return std::nullopt;
    const Draft& draft = found->frozen;
    std::vector<Counted> panels;
    for (const db::Row& row :
         db.query("select cast_ballots from review_panel where review = $1 order by n", id.value())) {
        Counted c;
        c.cast = row.integer(0);
        c.counts.assign(draft.questions.size(), std::vector<std::int64_t>(answers_of));
        panels.push_back(std::move(c));
    }
    for (const db::Row& row :
         db.query("select panel, question, answer, ballots from review_count where review = $1", id.value()))
        panels.at(static_cast<std::size_t>(row.integer(0) - 1))
            .counts.at(static_cast<std::size_t>(row.integer(1) - 1))
            .at(static_cast<std::size_t>(row.integer(2))) = row.integer(3);
    return result_of(draft, panels);
}

std::optional<int> judged_percent(db::Connection& db, measure::MeasureId of) {
    const auto row =
        db.one("select percent from review where measure = $1 and state = 2 and enough = 1 order by id desc limit 1",
               of.value());
    return row ? std::optional(static_cast<int>(row->integer(0))) : std::nullopt;
}

UnitCounts unit_counts(db::Connection& db, people::UnitId unit, kernel::Day from, kernel::Day to) {
    const auto row = db.one(
        "select coalesce(sum(accepted), 0), coalesce(sum(returned), 0), coalesce(sum(too_few), 0) from review_month "
        "where unit = $1 and month >= $2 and month <= $3",
        unit.value(), month_of(from), month_of(to));
    UnitCounts n;
    n.accepted = row->integer(0), n.returned = row->integer(1), n.too_few = row->integer(2);
    n.judged = n.accepted + n.returned;
    return n;
}

Life life(db::Connection& db, ReviewId id) {
    const db::Row row = db.one(
                              "select id, drafted_minute, drafted_by, opened, opened_minute, opened_by, closed, "
                              "closed_minute, closed_by, cycle, lost, applied from review where id = $1",
                              id.value())
                            .value();
    return {*stamp_at(row, 0),    stamp_at(row, 3),    stamp_at(row, 6), people::CycleId(row.integer(9)),
            row.integer(10) != 0, row.integer(11) != 0};
}

std::optional<OnRoll> on_roll(db::Connection& db, ReviewId id, const std::string& mark) {
    const auto row = db.one("select panel from review_mark where review = $1 and mark = $2", id.value(), mark);
    return row ? std::optional(OnRoll{static_cast<int>(row->integer(0) - 1)}) : std::nullopt;
}

std::vector<std::string> spent_marks(db::Connection& db, ReviewId id, int panel, const std::string& after,
                                     int at_most) {
    std::vector<std::string> all;
    for (const db::Row& row : db.query("select mark from review_mark where review = $1 and panel = $2 and spent = 1 "
                                       "and mark > $3 order by mark limit $4",
                                       id.value(), panel + 1, after, at_most))
        all.push_back(row.text(0));
    return all;
}

std::vector<change::Named> named_ballots(db::Connection& db, ReviewId id, int panel) {
    std::vector<change::Named> all;
    for (const db::Row& row :
         db.query("select answers, name, reasons from review_named where review = $1 and panel = $2 order by n",
                  id.value(), panel + 1))
        all.push_back({row.text(0), row.text(1), row.text(2)});
    return all;
}

std::optional<ReviewId> open_review_of(db::Connection& db, measure::MeasureId of) {
    const auto row = db.one("select id from review where measure = $1 and state = 1 limit 1", of.value());
    return row ? std::optional(ReviewId(row->integer(0))) : std::nullopt;
}

std::vector<ReviewId> past_their_day(db::Connection& db, kernel::Day today, int at_most) {
    return ids(db.query("select id from review where state = 1 and closes < $1 order by closes, id limit $2",
                        today.days, at_most));
}

std::vector<ReviewId> of_cycle(db::Connection& db, people::CycleId cycle, std::optional<std::int64_t> before,
                               int at_most) {
    db::Query q("select id from review");
    q.where("cycle = ?", cycle.value());
    if (before) q.where("id < ?", *before);
    return ids(db.query(q.then("order by id desc limit ?", at_most)));
}

std::optional<PassedOver> passed_over(db::Connection& db, measure::MeasureId of) {
    const auto row = db.one(
        "select entry, measure, minute, officer, reason from review_passed_over where measure = $1 order by entry desc "
        "limit 1",
        of.value());
    return row ? std::optional(passed_over_at(*row)) : std::nullopt;
}

std::vector<PassedOver> passed_over_in(db::Connection& db, people::CycleId cycle, std::optional<std::int64_t> before,
                                       int at_most) {
    db::Query q("select entry, measure, minute, officer, reason from review_passed_over");
    q.where("cycle = ?", cycle.value());
    if (before) q.where("entry < ?", *before);
    std::vector<PassedOver> all;
    for (const db::Row& row : db.query(q.then("order by entry desc limit ?", at_most)))
        all.push_back(passed_over_at(row));
    return all;
}

bool judged_before(db::Connection& db, measure::MeasureId of) {
    return db.one("select id from review where measure = $1 and state = 2 limit 1", of.value()).has_value();
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    if (const auto row = db.one("select id from review where id = $1 or opened = $1 or closed = $1", entry))
        return Slip{"review.slip", "/reviews/" + std::to_string(row->integer(0))};
    if (const auto row = db.one("select measure from review_passed_over where entry = $1", entry))
        return Slip{"review.slip_passed_over", "/measures/" + std::to_string(row->integer(0))};
    return std::nullopt;
}

}  // namespace review
