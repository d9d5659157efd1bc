#include "store.h"

#include "tally.h"

namespace review {
namespace {

using ledger::Entry;

std::int64_t flag(bool set) { return set ? 1 : 0; }

// ---- one for each change -------------------------------------------------------------------------------------------

void put(db::Connection& db, const Entry& entry, const change::Drafted& c) {
    const Draft& r = c.draft;
    db.run(
        "insert into review (id, measure, cycle, state, lang, accept_percent, k, closes, sample, drafted_minute, "
        "drafted_by, opened, opened_minute, opened_by, closed, closed_minute, closed_by, lost, enough, accepted, "
        "applied, percent) values ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, null, null, null, null, null, null, 0, "
        "0, 0, 0, null)",
        entry.index, r.measure.value(), c.cycle.value(), r.lang, r.accept_percent, r.k, r.closes.days, flag(r.sample),
        entry.time.ms, c.by.value());
    int n = 0;
    for (const Question& q : r.questions)
        db.run("insert into review_question (review, n, criterion, body) values ($1, $2, $3, $4)", entry.index, ++n,
               q.criterion.value(), q.text);
    n = 0;
    for (const PanelDraft& p : r.panels)
        db.run(
            "insert into review_panel (review, n, panel_group, name, chosen_by, weight, secrecy, roll, cast_ballots) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
            entry.index, ++n, static_cast<std::int64_t>(p.group), p.name, p.chosen_by, p.weight,
            static_cast<std::int64_t>(p.secrecy), p.roll);
}

void put(db::Connection& db, const Entry& entry, const change::Opened& c) {
    db.run("update review set state = 1, opened = $2, opened_minute = $3, opened_by = $4 where id = $1",
           c.review.value(), entry.index, entry.time.ms, c.by.value());
    int panel = 0;
    for (const auto& marks : c.roll) {
        ++panel;
        for (const std::string& mark : marks)
            db.run("insert into review_mark (review, mark, panel, spent) values ($1, $2, $3, 0)", c.review.value(),
                   mark, panel);
    }
}

Counted counted(const change::ClosedPanel& p, std::size_t questions) {
    Counted all{p.cast, std::vector(questions, std::vector<std::int64_t>(answers_of))};
    const auto add = [&](std::size_t question, char answer) {
        ++all.counts.at(question).at(static_cast<std::size_t>(answer - '0'));
    };
    for (std::size_t q = 0; q < p.answers.size(); ++q)
        for (char answer : p.answers[q]) add(q, answer);
    for (const change::Named& ballot : p.named)
        for (std::size_t q = 0; q < ballot.answers.size(); ++q) add(q, ballot.answers[q]);
    return all;
}

void put_panel(db::Connection& db, ReviewId id, int n, const PanelDraft& panel, const change::ClosedPanel& closed,
               std::size_t questions) {
    db.run("update review_panel set cast_ballots = $3 where review = $1 and n = $2", id.value(), n, closed.cast);
    for (const std::string& mark : closed.spent)
        db.run("update review_mark set spent = 1 where review = $1 and mark = $2", id.value(), mark);
    int ballot = 0;
    for (const change::Named& one : closed.named)
        db.run("insert into review_named (review, panel, n, answers, name, reasons) values ($1, $2, $3, $4, $5, $6)",
               id.value(), n, ++ballot, one.answers, one.name, one.reasons);
    if (panel.secrecy == Secrecy::secret && closed.answers.empty()) return;
    const Counted all = counted(closed, questions);
    for (std::size_t q = 0; q < questions; ++q)
        for (std::size_t answer = 0; answer < answers_of; ++answer)
            db.run("insert into review_count (review, panel, question, answer, ballots) values ($1, $2, $3, $4, $5)",
                   id.value(), n, static_cast<std::int64_t>(q + 1), static_cast<std::int64_t>(answer),
                   all.counts[q][answer]);
}

void count_month(db::Connection& db, const change::Closed& c) {
    const std::int64_t month = month_of(c.day);
    db.run(
        "insert into review_month (unit, month, accepted, returned, too_few) values ($1, $2, 0, 0, 0) on conflict "
        "(unit, month) do nothing",
        c.unit.value(), month);
    db.run(
        "update review_month set accepted = accepted + $3, returned = returned + $4, too_few = too_few + $5 where unit "
        "= $1 and month = $2",
        c.unit.value(), month, flag(c.enough && c.accepted), flag(c.enough && !c.accepted), flag(!c.enough));
}

void put(db::Connection& db, const Entry& entry, const change::Closed& c) {
    const Draft draft = review(db, c.review).value().frozen;
    const std::optional<std::int64_t> percent = c.percent ? std::optional<std::int64_t>(*c.percent) : std::nullopt;
    db.run(
        "update review set state = 2, closed = $2, closed_minute = $3, closed_by = $4, lost = $5, enough = $6, "
        "accepted = $7, applied = $8, percent = $9 where id = $1",
        c.review.value(), entry.index, entry.time.ms, c.by.value(), flag(c.lost), flag(c.enough), flag(c.accepted),
        flag(c.applied), percent);
    for (std::size_t p = 0; p < c.panels.size(); ++p)
        put_panel(db, c.review, static_cast<int>(p + 1), draft.panels.at(p), c.panels[p], draft.questions.size());
    count_month(db, c);
}

void put(db::Connection& db, const Entry& entry, const change::PassedOver& c) {
    db.run(
        "insert into review_passed_over (entry, measure, cycle, minute, officer, reason) values ($1, $2, $3, $4, $5, "
        "$6)",
        entry.index, c.measure.value(), c.cycle.value(), entry.time.ms, c.by.value(), c.reason);
}

}  // namespace

std::int64_t month_of(kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    return std::int64_t{d.year} * 12 + d.month - 1;
}

void apply(db::Connection& db, const Entry& entry) {
    std::visit([&](const auto& c) { put(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update review_question set body = '' where review = $1", index);
    db.run("update review_panel set name = '', chosen_by = '' where review = $1", index);
}

void forget_closed(db::Connection& db, std::int64_t index) {
    db.run("update review_named set name = '', reasons = '' where review in (select id from review where closed = $1)",
           index);
}

void forget_passed_over(db::Connection& db, std::int64_t index) {
    db.run("update review_passed_over set reason = '' where entry = $1", index);
}

}  // namespace review
