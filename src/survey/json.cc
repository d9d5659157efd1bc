#include "pages.h"

#include <kernel/text.h>

#include "change.h"

namespace survey {
namespace {

using kernel::Json;

Json list_of(const std::vector<std::string>& all) { return Json::Array(all.begin(), all.end()); }

Json question_json(const Question& q) {
    Json one = Json::Object{{"type", name(q.type)},    {"text", q.text}, {"options", list_of(q.options)},
                            {"rows", list_of(q.rows)}, {"min", q.min},   {"max", q.max},
                            {"needed", q.needed},      {"page", q.page}, {"if", Json()}};
    if (q.when)
        one.set("if", Json::Object{{"question", q.when->question},
                                   {"any", Json::Array(q.when->any.begin(), q.when->any.end())}});
    return one;
}

kernel::Error malformed(const std::string& field) {
    return {kernel::Code::malformed, "survey.member_malformed", field, {{"member", field}}};
}

kernel::Result<Answer> answer_in(const Json& json, const Question& q, const std::string& field) {
    Answer a;
    if (json.is_null()) return a;
    if (const std::string* text = json.string()) {
        auto admitted = kernel::admit(*text, field, q.type == Type::text ? max_text : max_place,
                                      q.type == Type::text ? kernel::Lines::many : kernel::Lines::one);
        if (!admitted) return admitted.error();
        a.text = *std::move(admitted);
        if (!a.text.empty()) a.picks = {1};
        return a;
    }
    if (json.integer()) {
        a.picks = {*json.integer()};
    } else if (json.array() && json.array()->size() <= max_places) {
        for (const Json& one : *json.array()) {
            if (!one.integer()) return malformed(field);
            a.picks.push_back(*one.integer());
        }
    } else {
        return malformed(field);
    }
    // What is written has its text alone.
    if (written(q) && a.given()) return malformed(field);
    return a;
}

}  // namespace

Json as_json(const Survey& s) {
    const Draft& d = s.asked;
    return Json::Object{{"id", s.id.value()},
                        {"cycle", d.cycle.value()},
                        {"state", name(s.state)},
                        {"mode", name(d.mode)},
                        {"title", d.title},
                        {"lang", d.lang},
                        {"k", d.k},
                        {"roll", d.roll},
                        {"closes", kernel::iso(d.closes)},
                        {"sample", d.sample},
                        {"answers", s.answers}};
}

Json in_full_json(db::Connection& db, const Survey& s) {
    Json::Array questions;
    for (const Question& q : s.asked.questions) questions.push_back(question_json(q));
    Json json = as_json(s);
    json.set("intro", s.asked.intro).set("questions", std::move(questions)).set("lost", lost(db, s.id));
    json.set("figures", s.state == State::closed ? change::figures_json(figures(db, s)) : Json());
    return json;
}

kernel::Result<Answers> answers_in(const Json& json, const Survey& s) {
    const Json::Array* list = json["answers"].array();
    if (!list) return malformed("answers");
    if (list->size() != s.asked.questions.size())
        return kernel::invalid("answers", "survey.answers_count", {{"n", std::to_string(s.asked.questions.size())}});
    Answers all;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto one = answer_in((*list)[i], s.asked.questions[i], "q" + std::to_string(i + 1));
        if (!one) return one.error();
        all.push_back(*std::move(one));
    }
    return all;
}

}  // namespace survey
