#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace review::change {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::Entry;
using ledger::unreadable;

// ---- writing -------------------------------------------------------------------------------------------------------

Json texts(const std::vector<std::string>& all) { return Json::Array(all.begin(), all.end()); }

ledger::Draft draft_of(const Drafted& c, std::int64_t index) {
    const Draft& r = c.draft;
    Json::Array criteria, questions, panels, names;
    for (const Question& q : r.questions) {
        criteria.emplace_back(q.criterion.value());
        questions.emplace_back(q.text);
    }
    for (const PanelDraft& p : r.panels) {
        panels.emplace_back(Json::Object{
            {"group", name(p.group)}, {"roll", p.roll}, {"secrecy", name(p.secrecy)}, {"weight", p.weight}});
        names.emplace_back(Json::Object{{"chosen_by", p.chosen_by}, {"name", p.name}});
    }
    Json facts = Json::Object{{"accept_percent", r.accept_percent},
                              {"by", c.by.value()},
                              {"closes", kernel::iso(r.closes)},
                              {"criteria", std::move(criteria)},
                              {"cycle", c.cycle.value()},
                              {"k", r.k},
                              {"lang", r.lang},
                              {"measure", r.measure.value()},
                              {"panels", std::move(panels)},
                              {"sample", r.sample}};
    ledger::Draft d = ledger::draft(drafted_kind, index, std::move(facts),
                                    Json::Object{{"panels", std::move(names)}, {"questions", std::move(questions)}});
    d.parent = r.measure.value();
    return d;
}

ledger::Draft draft_of(const Opened& c, std::int64_t) {
    Json::Array roll;
    for (const auto& panel : c.roll) roll.push_back(texts(panel));
    return ledger::draft(opened_kind, c.review.value(), Json::Object{{"by", c.by.value()}, {"roll", std::move(roll)}});
}

ledger::Draft draft_of(const Closed& c, std::int64_t) {
    Json::Array panels, names;
    bool anybody = false;
    for (const ClosedPanel& p : c.panels) {
        Json panel = Json::Object{{"cast", p.cast}, {"spent", texts(p.spent)}};
        if (!p.answers.empty()) panel.set("answers", texts(p.answers));
        Json::Array ballots, signers;
        for (const Named& one : p.named) {
            ballots.emplace_back(one.answers);
            signers.emplace_back(Json::Object{{"name", one.name}, {"reasons", one.reasons}});
        }
        anybody = anybody || !signers.empty();
        if (!ballots.empty()) panel.set("ballots", std::move(ballots));
        panels.push_back(std::move(panel));
        names.emplace_back(std::move(signers));
    }
    Json facts = Json::Object{{"accepted", c.accepted},      {"applied", c.applied},  {"by", c.by.value()},
                              {"day", kernel::iso(c.day)},   {"enough", c.enough},    {"lost", c.lost},
                              {"panels", std::move(panels)}, {"unit", c.unit.value()}};
    if (c.percent) facts.set("percent", *c.percent);
    std::optional<Json> words;
    if (anybody) words = Json::Object{{"panels", std::move(names)}};
    return ledger::draft(closed_kind, c.review.value(), std::move(facts), std::move(words));
}

ledger::Draft draft_of(const PassedOver& c, std::int64_t) {
    return ledger::draft(passed_over_kind, c.measure.value(),
                         Json::Object{{"by", c.by.value()}, {"cycle", c.cycle.value()}},
                         Json::Object{{"reason", c.reason}});
}

// ---- reading -------------------------------------------------------------------------------------------------------

people::OfficerId by(const Entry& e) { return people::OfficerId(e.facts.need_integer("by")); }

const std::string& text(const Entry& e, const Json& json) {
    if (!json.string()) unreadable(e, "no text where one was written");
    return *json.string();
}

std::vector<std::string> read_texts(const Entry& e, const Json& list) {
    if (!list.array()) unreadable(e, "no list of texts where one was written");
    std::vector<std::string> all;
    for (const Json& one : *list.array()) all.push_back(text(e, one));
    return all;
}

// The i-th member of a list in the words; null when the words are gone.
const Json& word_at(const Entry& e, std::string_view list, std::size_t i) {
    static const Json none;
    if (!e.words) return none;
    const Json::Array& all = e.words->need_array(list);
    if (i >= all.size()) unreadable(e, "words that do not fit its facts");
    return all[i];
}

std::string member_or_nothing(const Entry& e, const Json& object, std::string_view member) {
    return object.is_null() ? std::string() : text(e, object[member]);
}

PanelDraft panel_draft(const Entry& e, const Json& facts, const Json& words) {
    const auto group = parse_group(facts.need_string("group"));
    const auto secrecy = parse_secrecy(facts.need_string("secrecy"));
    if (!group || !secrecy) unreadable(e, "an unknown kind of panel");
    return {*group,
            member_or_nothing(e, words, "name"),
            member_or_nothing(e, words, "chosen_by"),
            static_cast<int>(facts.need_integer("weight")),
            *secrecy,
            facts.need_integer("roll")};
}

Drafted drafted(const Entry& e) {
    Drafted c;
    Draft& r = c.draft;
    r.measure = measure::MeasureId(e.facts.need_integer("measure"));
    r.lang = e.facts.need_string("lang");
    r.accept_percent = static_cast<int>(e.facts.need_integer("accept_percent"));
    r.k = e.facts.need_integer("k");
    r.closes = day_in(e, "closes");
    r.sample = e.facts.need_boolean("sample");
    for (const Json& criterion : e.facts.need_array("criteria")) {
        if (!criterion.integer()) unreadable(e, "no criterion where one was written");
        const Json& asked = word_at(e, "questions", r.questions.size());
        r.questions.push_back(
            {asked.is_null() ? std::string() : text(e, asked), cycle::CriterionId(*criterion.integer())});
    }
    for (const Json& panel : e.facts.need_array("panels"))
        r.panels.push_back(panel_draft(e, panel, word_at(e, "panels", r.panels.size())));
    c.cycle = people::CycleId(e.facts.need_integer("cycle"));
    c.by = by(e);
    return c;
}

Opened opened(const Entry& e) {
    Opened c{ReviewId(e.subject), by(e), {}};
    for (const Json& panel : e.facts.need_array("roll")) c.roll.push_back(read_texts(e, panel));
    return c;
}

void need_answers(const Entry& e, const std::string& answers) {
    if (std::any_of(answers.begin(), answers.end(), [](char c) { return c < '0' || c > '5'; }))
        unreadable(e, "no such answer");
}

ClosedPanel closed_panel(const Entry& e, const Json& facts, const Json& words) {
    ClosedPanel p;
    p.cast = facts.need_integer("cast");
    p.spent = read_texts(e, facts["spent"]);
    if (!facts["answers"].is_null()) p.answers = read_texts(e, facts["answers"]);
    for (const std::string& answers : p.answers) {
        need_answers(e, answers);
        if (static_cast<std::int64_t>(answers.size()) != p.cast) unreadable(e, "answers that do not fit the ballots");
    }
    if (facts["ballots"].is_null()) return p;
    for (const std::string& answers : read_texts(e, facts["ballots"])) {
        need_answers(e, answers);
        Named one{answers, {}, {}};
        if (!words.is_null()) {
            if (!words.array() || words.array()->size() <= p.named.size())
                unreadable(e, "words that do not fit its facts");
            const Json& signer = (*words.array())[p.named.size()];
            one.name = text(e, signer["name"]), one.reasons = text(e, signer["reasons"]);
        }
        p.named.push_back(std::move(one));
    }
    return p;
}

Closed closed(const Entry& e) {
    Closed c;
    c.review = ReviewId(e.subject);
    c.by = by(e);
    c.unit = people::UnitId(e.facts.need_integer("unit"));
    c.day = day_in(e, "day");
    c.lost = e.facts.need_boolean("lost");
    c.applied = e.facts.need_boolean("applied");
    c.enough = e.facts.need_boolean("enough");
    c.accepted = e.facts.need_boolean("accepted");
    if (!e.facts["percent"].is_null()) c.percent = static_cast<int>(e.facts.need_integer("percent"));
    for (const Json& panel : e.facts.need_array("panels"))
        c.panels.push_back(closed_panel(e, panel, word_at(e, "panels", c.panels.size())));
    return c;
}

PassedOver passed_over(const Entry& e) {
    return {measure::MeasureId(e.subject), people::CycleId(e.facts.need_integer("cycle")), by(e),
            ledger::word(e, "reason")};
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const Entry& e) {
    ledger::need_version(e, 1);
    if (e.kind == drafted_kind) return drafted(e);
    if (e.kind == opened_kind) return opened(e);
    if (e.kind == closed_kind) return closed(e);
    if (e.kind == passed_over_kind) return passed_over(e);
    unreadable(e, "no kind of reviews");
}

}  // namespace review::change
