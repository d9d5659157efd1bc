#include "store.h"

#include <algorithm>

#include <kernel/json.h>

namespace survey {
namespace {

using ledger::Entry;

std::string numbers(const std::vector<int>& all) {
    std::string text;
    for (int n : all) text += (text.empty() ? "" : " ") + std::to_string(n);
    return text;
}

// ---- one for each change -------------------------------------------------------------------------------------------

void put_questions(db::Connection& db, std::int64_t survey, const std::vector<Question>& questions) {
    int n = 0;
    for (const Question& q : questions) {
        // Where the words were erased, nothing is left of the lists but how long they are.
        const bool worded = !q.text.empty();
        db.run(
            "insert into survey_question (survey, n, type, options, row_count, least, most, needed, page, hangs_on, "
            "hangs_any, body, option_words, row_words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
            "$14)",
            survey, ++n, static_cast<std::int64_t>(q.type), static_cast<std::int64_t>(q.options.size()),
            static_cast<std::int64_t>(q.rows.size()), q.min, q.max, q.needed ? 1 : 0, q.page,
            q.when ? q.when->question : 0, q.when ? numbers(q.when->any) : std::string(), q.text,
            worded ? lines_of(q.options) : std::string(), worded ? lines_of(q.rows) : std::string());
    }
}

void put_event(db::Connection& db, const Entry& e, std::int64_t survey, What what, people::OfficerId by,
               const std::string& reason = {}) {
    db.run("insert into survey_event (entry, survey, what, minute, officer, reason) values ($1, $2, $3, $4, $5, $6)",
           e.index, survey, static_cast<std::int64_t>(what), e.time.ms, by.value(), reason);
}

void put(db::Connection& db, const Entry& e, const change::Drafted& c) {
    const Draft& d = c.asked;
    db.run(
        "insert into survey (id, cycle, state, asked, lang, mode, roll, k, closes, sample, answers, lost, title, "
        "intro) values ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10, $11)",
        e.index, d.cycle.value(), e.index, d.lang, static_cast<std::int64_t>(d.mode), d.roll, d.k, d.closes.days,
        d.sample ? 1 : 0, d.title, d.intro);
    put_questions(db, e.index, d.questions);
    put_event(db, e, e.index, What::drafted, c.by);
}

void put(db::Connection& db, const Entry& e, const change::Changed& c) {
    const Draft& d = c.asked;
    db.run(
        "update survey set asked = $2, lang = $3, mode = $4, roll = $5, k = $6, closes = $7, title = $8, intro = $9 "
        "where id = $1",
        c.survey.value(), e.index, d.lang, static_cast<std::int64_t>(d.mode), d.roll, d.k, d.closes.days, d.title,
        d.intro);
    db.run("delete from survey_question where survey = $1", c.survey.value());
    put_questions(db, c.survey.value(), d.questions);
    put_event(db, e, c.survey.value(), What::changed, c.by);
}

void put(db::Connection& db, const Entry& e, const change::Opened& c) {
    db.run("update survey set state = 1 where id = $1", c.survey.value());
    for (const std::string& mark : c.roll)
        db.run("insert into survey_mark (survey, mark, spent) values ($1, $2, 0)", c.survey.value(), mark);
    put_event(db, e, c.survey.value(), What::opened, c.by);
}

std::string texts_of(const Answers& answers) {
    kernel::Json::Array all;
    bool any = false;
    for (const Answer& a : answers) {
        all.emplace_back(a.text);
        any = any || !a.text.empty();
    }
    return any ? kernel::canonical(std::move(all)) : std::string();
}

void count(db::Connection& db, const Survey& s, const Answers& answers) {
    const std::vector<bool> asked = asked_of(s.asked.questions, answers);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!asked[i]) continue;
        const bool sums = s.asked.questions[i].type == Type::number && answers[i].given();
        db.run(
            "insert into survey_figure as f (survey, question, asked, answered, total) values ($1, $2, 1, $3, $4) on "
            "conflict (survey, question) do update set asked = f.asked + 1, answered = f.answered + excluded.answered, "
            "total = f.total + excluded.total",
            s.id.value(), static_cast<std::int64_t>(i + 1), answers[i].given() ? 1 : 0,
            sums ? answers[i].picks[0] : std::int64_t{0});
    }
    for (const Cell& cell : cells_of(s.asked.questions, answers))
        db.run(
            "insert into survey_count as c (survey, question, row_n, option_n, answers) values ($1, $2, $3, $4, 1) on "
            "conflict (survey, question, row_n, option_n) do update set answers = c.answers + 1",
            s.id.value(), cell.question, cell.row, cell.option);
}

void put(db::Connection& db, const Entry& e, const change::Given& c) {
    const Survey s = structure(db, c.survey).value();
    if (c.answers.size() != s.asked.questions.size()) throw std::runtime_error("answers to another survey");
    db.run("update survey set answers = answers + 1 where id = $1", c.survey.value());
    db.run("insert into survey_answer (survey, n, entry, answers, texts, seen) values ($1, $2, $3, $4, $5, $6)",
           c.survey.value(), s.answers + 1, e.index, picks_text(c.answers), texts_of(c.answers), c.seen);
    count(db, s, c.answers);
}

void put(db::Connection& db, const Entry& e, const change::Closed& c) {
    db.run("update survey set state = 2, lost = $2 where id = $1", c.survey.value(), c.lost ? 1 : 0);
    for (const std::string& mark : c.spent)
        db.run("update survey_mark set spent = 1 where survey = $1 and mark = $2", c.survey.value(), mark);
    put_event(db, e, c.survey.value(), What::closed, c.by, c.reason);
}

}  // namespace

std::string lines_of(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& one : all) text += (text.empty() ? "" : "\n") + one;
    return text;
}

void apply(db::Connection& db, const Entry& e) {
    std::visit([&](const auto& c) { put(db, e, c); }, change::decode(e));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run(
        "update survey_question set body = '', option_words = '', row_words = '' where survey in (select id from "
        "survey where asked = $1)",
        index);
    db.run("update survey set title = '', intro = '' where asked = $1", index);
}

void forget_given(db::Connection& db, std::int64_t index) {
    db.run("update survey_answer set texts = '', seen = null where entry = $1", index);
}

void forget_closed(db::Connection& db, std::int64_t index) {
    db.run("update survey_event set reason = '' where entry = $1", index);
}

}  // namespace survey
