#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace survey::change {
namespace {

using kernel::Json;
using ledger::Entry;
using ledger::unreadable;

// ---- writing -------------------------------------------------------------------------------------------------------

Json texts(const std::vector<std::string>& all) { return Json::Array(all.begin(), all.end()); }

Json question_facts(const Question& q) {
    Json one = Json::Object{{"max", q.max},   {"min", q.min},         {"needed", q.needed},
                            {"page", q.page}, {"type", name(q.type)}, {"options", q.options.size()}};
    if (!q.rows.empty()) one.set("rows", q.rows.size());
    if (q.when) {
        Json::Array any(q.when->any.begin(), q.when->any.end());
        one.set("if", Json::Object{{"any", std::move(any)}, {"question", q.when->question}});
    }
    return one;
}

Json question_words(const Question& q) {
    Json one = Json::Object{{"text", q.text}};
    if (!q.options.empty()) one.set("options", texts(q.options));
    if (!q.rows.empty()) one.set("rows", texts(q.rows));
    return one;
}

ledger::Draft asked(std::string_view kind, std::int64_t subject, const Draft& d, people::OfficerId by) {
    Json::Array facts, words;
    for (const Question& q : d.questions) {
        facts.push_back(question_facts(q));
        words.push_back(question_words(q));
    }
    return ledger::draft(kind, subject,
                         Json::Object{{"by", by.value()},
                                      {"closes", kernel::iso(d.closes)},
                                      {"cycle", d.cycle.value()},
                                      {"k", d.k},
                                      {"lang", d.lang},
                                      {"mode", name(d.mode)},
                                      {"questions", std::move(facts)},
                                      {"roll", d.roll},
                                      {"sample", d.sample}},
                         Json::Object{{"intro", d.intro}, {"questions", std::move(words)}, {"title", d.title}});
}

ledger::Draft draft_of(const Drafted& c, std::int64_t index) { return asked(drafted_kind, index, c.asked, c.by); }

ledger::Draft draft_of(const Changed& c, std::int64_t) { return asked(changed_kind, c.survey.value(), c.asked, c.by); }

ledger::Draft draft_of(const Opened& c, std::int64_t) {
    return ledger::draft(opened_kind, c.survey.value(), Json::Object{{"by", c.by.value()}, {"roll", texts(c.roll)}});
}

ledger::Draft draft_of(const Given& c, std::int64_t) {
    Json::Array written;
    for (const Answer& a : c.answers) written.emplace_back(a.text);
    ledger::Draft d = ledger::draft(
        answered_kind, c.cycle.value(), Json::Object{{"answers", picks_text(c.answers)}, {"survey", c.survey.value()}},
        Json::Object{{"seen", c.seen ? kernel::hex(*c.seen) : std::string()}, {"texts", std::move(written)}});
    d.facts_served = ledger::Served::closed;
    d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Closed& c, std::int64_t) {
    return ledger::draft(closed_kind, c.survey.value(),
                         Json::Object{{"answers", c.answers},
                                      {"by", c.by.value()},
                                      {"figures", figures_json(c.figures)},
                                      {"lost", c.lost},
                                      {"spent", texts(c.spent)}},
                         Json::Object{{"reason", c.reason}});
}

// ---- reading -------------------------------------------------------------------------------------------------------

people::OfficerId by(const Entry& e) { return people::OfficerId(e.facts.need_integer("by")); }

const std::string& text(const Entry& e, const Json& json) {
    if (!json.string()) unreadable(e, "no text where one was written");
    return *json.string();
}

std::vector<std::string> texts_in(const Entry& e, const Json& list) {
    if (!list.array()) unreadable(e, "no list of texts where one was written");
    std::vector<std::string> all;
    for (const Json& one : *list.array()) all.push_back(text(e, one));
    return all;
}

std::size_t size_in(const Entry& e, const Json& facts, std::string_view member, std::size_t most) {
    const std::int64_t n = facts[member].is_null() ? 0 : facts.need_integer(member);
    if (n < 0 || n > static_cast<std::int64_t>(most)) unreadable(e, "more than a question has");
    return static_cast<std::size_t>(n);
}

Question question(const Entry& e, const Json& facts, const Json& words) {
    Question q;
    q.type = ledger::readable(e, parse_type(facts.need_string("type")), "an unknown type of question");
    q.options.resize(size_in(e, facts, "options", max_places));
    q.rows.resize(size_in(e, facts, "rows", max_rows));
    q.min = facts.need_integer("min"), q.max = facts.need_integer("max");
    q.needed = facts.need_boolean("needed"), q.page = static_cast<int>(facts.need_integer("page"));
    if (const Json& condition = facts["if"]; !condition.is_null()) {
        q.when = Condition{static_cast<int>(condition.need_integer("question")), {}};
        for (const Json& one : condition.need_array("any")) {
            if (!one.integer()) unreadable(e, "no option where one was written");
            q.when->any.push_back(static_cast<int>(*one.integer()));
        }
    }
    if (words.is_null()) return q;
    q.text = text(e, words["text"]);
    const auto fill = [&](std::string_view member, std::vector<std::string>& all) {
        if (all.empty()) return;
        std::vector<std::string> said = texts_in(e, words[member]);
        if (said.size() != all.size()) unreadable(e, "words that do not fit its facts");
        all = std::move(said);
    };
    fill("options", q.options);
    fill("rows", q.rows);
    return q;
}

Draft asked_in(const Entry& e) {
    static const Json none;
    Draft d;
    d.cycle = CycleId(e.facts.need_integer("cycle"));
    d.title = ledger::word(e, "title"), d.intro = ledger::word(e, "intro");
    d.lang = e.facts.need_string("lang");
    d.mode = ledger::readable(e, parse_mode(e.facts.need_string("mode")), "an unknown mode");
    d.roll = e.facts.need_integer("roll"), d.k = e.facts.need_integer("k");
    d.closes = ledger::day_in(e, "closes");
    d.sample = e.facts.need_boolean("sample");
    const Json::Array* words = e.words ? &e.words->need_array("questions") : nullptr;
    const Json::Array& facts = e.facts.need_array("questions");
    if (words && words->size() != facts.size()) unreadable(e, "words that do not fit its facts");
    for (std::size_t i = 0; i < facts.size(); ++i)
        d.questions.push_back(question(e, facts[i], words ? (*words)[i] : none));
    return d;
}

Given given(const Entry& e) {
    Given c{CycleId(e.subject), SurveyId(e.facts.need_integer("survey")), {}, std::nullopt};
    const std::string& picks = e.facts.need_string("answers");
    const auto n = static_cast<std::size_t>(std::count(picks.begin(), picks.end(), '|'));
    c.answers = ledger::readable(e, parse_picks(picks, n), "answers that are none");
    if (!e.words) return c;
    const std::vector<std::string> written = texts_in(e, (*e.words)["texts"]);
    if (written.size() != n) unreadable(e, "words that do not fit its facts");
    for (std::size_t i = 0; i < n; ++i) c.answers[i].text = written[i];
    if (const std::string seen = ledger::word(e, "seen"); !seen.empty()) {
        const auto bytes = kernel::parse_hex(seen);
        c.seen.emplace();
        if (!bytes || bytes->size() != c.seen->size()) unreadable(e, "a key that is none");
        std::copy(bytes->begin(), bytes->end(), c.seen->begin());
    }
    return c;
}

std::vector<std::optional<std::int64_t>> cells_in(const Entry& e, const Json& row) {
    if (!row.array()) unreadable(e, "no row where one was written");
    std::vector<std::optional<std::int64_t>> cells;
    for (const Json& one : *row.array()) {
        if (!one.is_null() && !one.integer()) unreadable(e, "no figure where one was written");
        cells.push_back(one.is_null() ? std::nullopt : std::optional(*one.integer()));
    }
    return cells;
}

std::vector<Figures> figures_in(const Entry& e) {
    std::vector<Figures> all;
    for (const Json& one : e.facts.need_array("figures")) {
        Figures& f = all.emplace_back();
        f.shown = !one.is_null();
        if (!f.shown) continue;
        f.asked = one.need_integer("asked"), f.answered = one.need_integer("answered");
        for (const Json& row : one.need_array("cells")) f.cells.push_back(cells_in(e, row));
        if (!one["sum"].is_null()) f.sum = one.need_integer("sum");
    }
    return all;
}

Closed closed(const Entry& e) {
    return {SurveyId(e.subject),
            by(e),
            ledger::word(e, "reason"),
            e.facts.need_boolean("lost"),
            e.facts.need_integer("answers"),
            texts_in(e, e.facts["spent"]),
            figures_in(e)};
}

}  // namespace

Json figures_json(const std::vector<Figures>& all) {
    Json::Array list;
    for (const Figures& f : all) {
        if (!f.shown) {
            list.emplace_back(nullptr);
            continue;
        }
        Json::Array cells;
        for (const auto& row : f.cells) {
            Json::Array one;
            for (const auto& n : row) one.push_back(n ? Json(*n) : Json());
            cells.emplace_back(std::move(one));
        }
        Json question = Json::Object{{"answered", f.answered}, {"asked", f.asked}, {"cells", std::move(cells)}};
        if (f.sum) question.set("sum", *f.sum);
        list.push_back(std::move(question));
    }
    return list;
}

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const Entry& e) {
    ledger::need_version(e, 1);
    if (e.kind == drafted_kind) return Drafted{asked_in(e), by(e)};
    if (e.kind == changed_kind) return Changed{SurveyId(e.subject), asked_in(e), by(e)};
    if (e.kind == opened_kind) return Opened{SurveyId(e.subject), by(e), texts_in(e, e.facts["roll"])};
    if (e.kind == answered_kind) return given(e);
    if (e.kind == closed_kind) return closed(e);
    unreadable(e, "no kind of surveys");
}

}  // namespace survey::change
