// What is read of surveys. The local tables of an open one: box_store.cc, begun_store.cc.
#include <algorithm>

#include <kernel/json.h>
#include <kernel/text.h>

#include "store.h"

namespace survey {
namespace {

// Columns from `at` on: type, options, row_count, least, most, needed, page, hangs_on, hangs_any.
Question question_at(const db::Row& row, int at) {
    Question q;
    q.type = static_cast<Type>(row.integer(at));
    q.options.resize(static_cast<std::size_t>(row.integer(at + 1)));
    q.rows.resize(static_cast<std::size_t>(row.integer(at + 2)));
    q.min = row.integer(at + 3), q.max = row.integer(at + 4);
    q.needed = row.integer(at + 5) != 0, q.page = static_cast<int>(row.integer(at + 6));
    if (row.integer(at + 7) == 0) return q;
    q.when = Condition{static_cast<int>(row.integer(at + 7)), {}};
    for (const std::string_view one : kernel::split(row.text(at + 8), ' '))
        q.when->any.push_back(static_cast<int>(kernel::parse_index(one).value_or(0)));
    return q;
}

void fill_lines(std::vector<std::string>& all, const std::string& text) {
    if (text.empty()) return;
    std::size_t i = 0;
    for (const std::string_view line : kernel::split(text, '\n')) all.at(i++) = line;
}

std::vector<Question> questions_of(db::Connection& db, SurveyId id) {
    std::vector<Question> all;
    for (const db::Row& row :
         db.query("select body, option_words, row_words, type, options, row_count, least, most, needed, page, "
                  "hangs_on, hangs_any from survey_question where survey = $1 order by n",
                  id.value())) {
        Question& q = all.emplace_back(question_at(row, 3));
        q.text = row.text(0);
        fill_lines(q.options, row.text(1));
        fill_lines(q.rows, row.text(2));
    }
    return all;
}

// Columns: id, cycle, state, lang, mode, roll, k, closes, sample, answers, title, intro.
Survey survey_at(const db::Row& row) {
    Survey s;
    s.id = SurveyId(row.integer(0));
    s.asked.cycle = CycleId(row.integer(1));
    s.state = static_cast<State>(row.integer(2));
    s.asked.lang = row.text(3);
    s.asked.mode = static_cast<Mode>(row.integer(4));
    s.asked.roll = row.integer(5), s.asked.k = row.integer(6);
    s.asked.closes = {row.integer(7)};
    s.asked.sample = row.integer(8) != 0;
    s.answers = row.integer(9);
    s.asked.title = row.text(10), s.asked.intro = row.text(11);
    return s;
}

std::vector<std::string> texts_in(const std::string& text) {
    std::vector<std::string> all;
    if (text.empty()) return all;
    const auto json = kernel::parse_json(text);
    if (!json || !json->array()) throw std::runtime_error("survey: texts that are none");
    for (const kernel::Json& one : *json->array()) all.push_back(one.string() ? *one.string() : std::string());
    return all;
}

// Columns: n, entry, answers, texts.
Sheet sheet_in(const db::Row& row, std::size_t questions) {
    Sheet g{row.integer(0), row.integer(1), parse_picks(row.text(2), questions).value()};
    const std::vector<std::string> texts = texts_in(row.text(3));
    for (std::size_t i = 0; i < texts.size() && i < questions; ++i) g.answers[i].text = texts[i];
    return g;
}

std::vector<SurveyId> ids(const db::Rows& rows) {
    std::vector<SurveyId> all;
    for (const db::Row& row : rows) all.emplace_back(row.integer(0));
    return all;
}

}  // namespace

std::optional<Survey> survey(db::Connection& db, SurveyId id) {
    const auto row = db.one(
        "select id, cycle, state, lang, mode, roll, k, closes, sample, answers, title, intro from survey where id = $1",
        id.value());
    if (!row) return std::nullopt;
    Survey s = survey_at(*row);
    s.asked.questions = questions_of(db, id);
    return s;
}

std::optional<Survey> structure(db::Connection& db, SurveyId id) {
    const auto row = db.one("select cycle, state, mode, closes, answers, k from survey where id = $1", id.value());
    if (!row) return std::nullopt;
    Survey s;
    s.id = id;
    s.asked.cycle = CycleId(row->integer(0));
    s.state = static_cast<State>(row->integer(1));
    s.asked.mode = static_cast<Mode>(row->integer(2));
    s.asked.closes = {row->integer(3)};
    s.answers = row->integer(4), s.asked.k = row->integer(5);
    for (const db::Row& one :
         db.query("select type, options, row_count, least, most, needed, page, hangs_on, hangs_any from "
                  "survey_question where survey = $1 order by n",
                  id.value()))
        s.asked.questions.push_back(question_at(one, 0));
    return s;
}

std::vector<Survey> surveys(db::Connection& db, const Filter& f) {
    db::Query q("select id, cycle, state, lang, mode, roll, k, closes, sample, answers, title, intro from survey");
    if (f.cycle) q.where("cycle = ?", f.cycle->value());
    if (f.state) q.where("state = ?", static_cast<std::int64_t>(*f.state));
    if (!f.drafts) q.where("state > 0");
    if (f.before) q.where("id < ?", f.before->value());
    const bool upwards = f.after && !f.before;
    if (upwards) q.where("id > ?", f.after->value());
    if (upwards)
        q.then("order by id limit ?", f.at_most);
    else
        q.then("order by id desc limit ?", f.at_most);
    std::vector<Survey> all;
    for (const db::Row& row : db.query(q)) all.push_back(survey_at(row));
    if (upwards) std::reverse(all.begin(), all.end());
    return all;
}

std::vector<Event> history(db::Connection& db, SurveyId id) {
    std::vector<Event> all;
    for (const db::Row& row :
         db.query("select entry, what, minute, officer, reason from survey_event where survey = $1 order by entry",
                  id.value()))
        all.push_back({row.integer(0),
                       static_cast<What>(row.integer(1)),
                       {row.integer(2)},
                       people::OfficerId(row.integer(3)),
                       row.text(4)});
    return all;
}

bool lost(db::Connection& db, SurveyId id) {
    return db.one("select id from survey where id = $1 and lost = 1", id.value()).has_value();
}

std::vector<Counts> counts(db::Connection& db, const Survey& s) {
    std::vector<Counts> all;
    for (const Question& q : s.asked.questions) all.push_back(no_counts(q));
    for (const db::Row& row :
         db.query("select question, asked, answered, total from survey_figure where survey = $1", s.id.value())) {
        Counts& c = all.at(static_cast<std::size_t>(row.integer(0) - 1));
        c.asked = row.integer(1), c.answered = row.integer(2), c.sum = row.integer(3);
    }
    for (const db::Row& row :
         db.query("select question, row_n, option_n, answers from survey_count where survey = $1", s.id.value()))
        all.at(static_cast<std::size_t>(row.integer(0) - 1))
            .cells.at(static_cast<std::size_t>(row.integer(1) - 1))
            .at(static_cast<std::size_t>(row.integer(2) - 1)) = row.integer(3);
    return all;
}

std::vector<Figures> figures(db::Connection& db, const Survey& s) {
    if (s.state != State::closed) return {};
    return shown(s.asked.questions, counts(db, s), s.answers, s.asked.k);
}

bool on_roll(db::Connection& db, SurveyId id, const std::string& mark) {
    return db.one("select mark from survey_mark where survey = $1 and mark = $2", id.value(), mark).has_value();
}

bool seen(db::Connection& db, SurveyId id, const kernel::Hash& key) {
    return db.one("select n from survey_answer where survey = $1 and seen = $2", id.value(), key).has_value();
}

std::vector<std::string> spent_marks(db::Connection& db, SurveyId id, const std::string& after, int at_most) {
    std::vector<std::string> all;
    for (const db::Row& row :
         db.query("select mark from survey_mark where survey = $1 and spent = 1 and mark > $2 order by mark limit $3",
                  id.value(), after, at_most))
        all.push_back(row.text(0));
    return all;
}

std::vector<SurveyId> past_their_day(db::Connection& db, kernel::Day today, int at_most) {
    return ids(db.query("select id from survey where state = 1 and closes < $1 order by closes, id limit $2",
                        today.days, at_most));
}

std::vector<SurveyId> open_in(db::Connection& db, CycleId cycle, int at_most) {
    return ids(
        db.query("select id from survey where cycle = $1 and state = 1 order by id limit $2", cycle.value(), at_most));
}

std::vector<Sheet> sheets_at(db::Connection& db, const Survey& s, const std::vector<std::int64_t>& places) {
    db::Query q("select n, entry, answers, texts from survey_answer");
    q.where("survey = ?", s.id.value()).where_in("n", places);
    std::vector<Sheet> all;
    for (const db::Row& row : db.query(q)) all.push_back(sheet_in(row, s.asked.questions.size()));
    return all;
}

std::vector<Sheet> sheets_after(db::Connection& db, const Survey& s, std::int64_t place, int at_most) {
    std::vector<Sheet> all;
    for (const db::Row& row : db.query("select n, entry, answers, texts from survey_answer where survey = $1 and n > "
                                       "$2 order by n limit $3",
                                       s.id.value(), place, at_most))
        all.push_back(sheet_in(row, s.asked.questions.size()));
    return all;
}

std::vector<Text> texts(db::Connection& db, SurveyId id, std::int64_t after_place, int at_most_answers) {
    std::vector<Text> all;
    const auto s = survey(db, id);
    if (!s) return all;
    for (const Sheet& g : sheets_after(db, *s, after_place, at_most_answers))
        for (std::size_t i = 0; i < g.answers.size(); ++i)
            if (!g.answers[i].text.empty() && s->asked.questions[i].type == Type::text)
                all.push_back({g.place, g.entry, static_cast<int>(i + 1), g.answers[i].text});
    return all;
}

std::optional<Written> written(db::Connection& db, std::int64_t entry, int question) {
    const auto row = db.one(
        "select a.survey, s.cycle, s.lang, q.body, a.n from survey_answer a join survey s on s.id = a.survey join "
        "survey_question q on q.survey = a.survey and q.n = $2 where a.entry = $1 and q.type = $3",
        entry, question, static_cast<std::int64_t>(Type::text));
    if (!row) return std::nullopt;
    Written w{SurveyId(row->integer(0)), CycleId(row->integer(1)), row->text(2), row->text(3), ""};
    const auto s = survey(db, w.survey);
    const auto sheets = sheets_after(db, *s, row->integer(4) - 1, 1);
    const std::size_t at = static_cast<std::size_t>(question - 1);
    if (sheets.empty() || sheets[0].entry != entry || at >= sheets[0].answers.size()) return std::nullopt;
    if (!sheets[0].answers[at].given()) return std::nullopt;
    w.text = sheets[0].answers[at].text;
    return w;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    if (const auto row = db.one("select survey from survey_event where entry = $1", entry))
        return Slip{"survey.slip", "/surveys/" + std::to_string(row->integer(0))};
    // Which survey an answer belongs to stands in no public page: its leaf names the round and nothing less.
    if (const auto row =
            db.one("select s.cycle from survey_answer a join survey s on s.id = a.survey where a.entry = $1", entry))
        return Slip{"survey.slip_answer", "/cycles/" + std::to_string(row->integer(0))};
    return std::nullopt;
}

}  // namespace survey
