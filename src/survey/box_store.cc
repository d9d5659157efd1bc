#include <stdexcept>

#include <kernel/json.h>

#include "answers.h"
#include "box.h"

namespace survey {
namespace {

struct Ballots {
    using Kept = std::vector<std::pair<kernel::Bytes, Ballot>>;
    db::Connection& db;
    const SurveyId id;

    Kept from(const kernel::Bytes& key, int n) const {
        return read(
            db.query("select ballot_key, answers, texts from survey_box where survey = $1 and ballot_key >= $2 "
                     "order by ballot_key limit $3",
                     id.value(), key, n));
    }
    Kept before(const kernel::Bytes& key, int n) const {
        return read(
            db.query("select ballot_key, answers, texts from survey_box where survey = $1 and ballot_key < $2 "
                     "order by ballot_key limit $3",
                     id.value(), key, n));
    }
    void drop(const kernel::Bytes& key) const {
        db.run("delete from survey_box where survey = $1 and ballot_key = $2", id.value(), key);
    }
    void put(const kernel::Bytes& key, const Ballot& b) const {
        db.run("insert into survey_box (survey, ballot_key, answers, texts) values ($1, $2, $3, $4)", id.value(), key,
               b.picks, b.texts);
    }
    static Kept read(const db::Rows& rows) {
        Kept all;
        for (const db::Row& row : rows) {
            const kernel::View key = row.bytes(0);
            all.emplace_back(kernel::Bytes(key.begin(), key.end()), Ballot{row.text(1), row.text(2)});
        }
        return all;
    }
};

struct Marks {
    db::Connection& db;
    const SurveyId id;

    std::vector<std::string> from(const std::string& mark, int n) const {
        return read(db.query("select mark from survey_spent where survey = $1 and mark >= $2 order by mark limit $3",
                             id.value(), mark, n));
    }
    std::vector<std::string> before(const std::string& mark, int n) const {
        return read(db.query("select mark from survey_spent where survey = $1 and mark < $2 order by mark limit $3",
                             id.value(), mark, n));
    }
    void drop(const std::string& mark) const {
        db.run("delete from survey_spent where survey = $1 and mark = $2", id.value(), mark);
    }
    void put(const std::string& mark) const {
        db.run("insert into survey_spent (survey, mark) values ($1, $2)", id.value(), mark);
    }
    static std::vector<std::string> read(const db::Rows& rows) {
        std::vector<std::string> all;
        for (const db::Row& row : rows) all.push_back(row.text(0));
        return all;
    }
};

Ballot ballot_of(const Answers& answers) {
    kernel::Json::Array texts;
    for (const Answer& a : answers) texts.emplace_back(a.text);
    return {picks_text(answers), kernel::canonical(std::move(texts))};
}

Answers answers_of(const Ballot& b, std::size_t questions) {
    auto answers = parse_picks(b.picks, questions);
    if (!answers) throw std::runtime_error("survey: a ballot that is none");
    // Words that could not be read any more leave the choices.
    const auto texts = kernel::parse_json(b.texts.empty() ? "[]" : b.texts);
    if (!texts || !texts->array()) throw std::runtime_error("survey: a ballot that is none");
    for (std::size_t i = 0; i < questions && i < texts->array()->size(); ++i)
        if (const std::string* text = (*texts->array())[i].string()) (*answers)[i].text = *text;
    return *std::move(answers);
}

}  // namespace

void put_key(db::Connection& db, SurveyId id, kernel::View key32) {
    db.run("insert into survey_key (survey, secret) values ($1, $2)", id.value(), key32);
}

std::optional<kernel::Bytes> key_of(db::Connection& db, SurveyId id) {
    const auto row = db.one("select secret from survey_key where survey = $1", id.value());
    if (!row) return std::nullopt;
    const kernel::View key = row->bytes(0);
    return kernel::Bytes(key.begin(), key.end());
}

bool spent(db::Connection& db, SurveyId id, const std::string& mark) {
    return db.one("select mark from survey_spent where survey = $1 and mark = $2", id.value(), mark).has_value();
}

void put_ballot(db::Connection& db, SurveyId id, const std::string& mark, const Answers& answers) {
    Marks marks{db, id};
    ballot_box::spend(marks, mark);
    Ballots ballots{db, id};
    const db::WordsOf sealed(db, id.value());  // their own entries come at the close
    ballot_box::put_in(ballots, ballot_of(answers));
}

std::vector<std::string> spent_in(db::Connection& db, SurveyId id) {
    return Marks::read(db.query("select mark from survey_spent where survey = $1 order by mark", id.value()));
}

std::vector<Answers> ballots_in(db::Connection& db, const Survey& s) {
    std::vector<Answers> all;
    for (const auto& [key, ballot] : Ballots::read(db.query(
             "select ballot_key, answers, texts from survey_box where survey = $1 order by ballot_key", s.id.value())))
        all.push_back(answers_of(ballot, s.asked.questions.size()));
    return all;
}

void empty_box(db::Connection& db, SurveyId id) {
    db.run("delete from survey_box where survey = $1", id.value());
    db.run("delete from survey_spent where survey = $1", id.value());
    db.run("delete from survey_key where survey = $1", id.value());
}

std::int64_t ballots_waiting(db::Connection& db) { return db.one("select count(*) from survey_spent")->integer(0); }

}  // namespace survey
