#include "matters.h"

#include <algorithm>
#include <array>

#include <decision/decision.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <kernel/id.h>
#include <ledger/ledger.h>
#include <measure/measure.h>
#include <survey/survey.h>
#include <visit/visit.h>
#include <voice/voice.h>

namespace search {
namespace {

constexpr std::array<std::string_view, 8> kinds = {"voice",  "statement", "issue",  "measure",
                                                   "motion", "sitting",   "survey", "visit"};

// Acts of many people that say nothing of what can be found: not even looked up, they are most of the log.
constexpr std::array<std::string_view, 4> of_no_matter = {"decision.voted", "dialogue.votes_cast",
                                                          "dialogue.votes_imported", "survey.answered"};

Document described(const Matter& m, Texts texts, std::string lang, Attributes attributes, bool sample) {
    return {m, std::move(texts), std::move(lang), std::move(attributes), sample};
}

std::string together(std::initializer_list<std::string_view> texts) {
    std::string out;
    for (const std::string_view text : texts) {
        if (!out.empty() && !text.empty()) out += "\n";
        out += text;
    }
    return out;
}

template <class Id>
std::int64_t number(const std::optional<Id>& id) {
    return id ? id->value() : 0;
}

std::optional<Document> voice_of(db::Connection& db, const Matter& m) {
    const auto v = voice::voice(db, voice::VoiceId(m.id));
    if (!v || v->audience != voice::Audience::open || v->shown != voice::Shown::published ||
        v->state == voice::State::withdrawn)
        return std::nullopt;
    std::string answer;
    for (const voice::Standing& s : voice::standing(db, {v->id})) answer = s.answer;
    return described(m, {v->title, v->place, v->text, std::move(answer)}, v->lang,
                     {v->cycle.value(), number(v->unit), std::string(voice::name(v->state))}, v->sample);
}

std::optional<Document> statement_of(db::Connection& db, const Matter& m) {
    const auto s = dialogue::statement(db, dialogue::StatementId(m.id));
    if (!s || s->state != dialogue::State::accepted) return std::nullopt;
    const auto of = dialogue::dialogue(db, s->dialogue);
    if (!of) return std::nullopt;
    return described(m, {"", "", s->text, ""}, s->lang, {of->cycle.value(), 0, ""}, of->sample);
}

std::optional<Document> issue_of(db::Connection& db, const Matter& m) {
    const auto i = issue::issue(db, issue::IssueId(m.id));
    if (!i) return std::nullopt;
    return described(m, {i->title, "", i->text, ""}, i->lang, {i->cycle.value(), 0, std::string(issue::name(i->state))},
                     i->sample);
}

std::optional<Document> measure_of(db::Connection& db, const Matter& m) {
    const auto found = measure::measure(db, measure::MeasureId(m.id));
    if (!found) return std::nullopt;
    const measure::Draft& p = found->promised;
    return described(m, {p.title, "", together({p.text, p.indicator.name, p.beneficiaries, p.worse_off, p.remedy}), ""},
                     p.lang, {p.cycle.value(), p.owner_unit.value(), std::string(measure::name(found->state))},
                     p.sample);
}

std::optional<Document> motion_of(db::Connection& db, const Matter& m) {
    const auto found = decision::motion(db, decision::MotionId(m.id));
    const auto at = found ? decision::sitting(db, found->sitting) : std::nullopt;
    const auto body = at ? decision::body(db, at->body) : std::nullopt;
    if (!body) return std::nullopt;
    std::string text = found->reason;
    for (const measure::Draft& adopts : found->measures) text = together({text, adopts.title, adopts.text});
    return described(m, {found->title, "", std::move(text), ""}, found->lang,
                     {at->cycle.value(), body->unit.value(), std::string(decision::name(found->state))}, found->sample);
}

std::optional<Document> sitting_of(db::Connection& db, const Matter& m) {
    const auto s = decision::sitting(db, decision::SittingId(m.id));
    const auto body = s ? decision::body(db, s->body) : std::nullopt;
    if (!body) return std::nullopt;
    return described(m, {body->name, s->where, s->minutes, ""}, "",
                     {s->cycle.value(), body->unit.value(), std::string(decision::name(s->state))}, s->sample);
}

// Only what it is called: its questions are read on its own pages.
std::optional<Document> survey_of(db::Connection& db, const Matter& m) {
    const auto s = survey::survey(db, survey::SurveyId(m.id));
    if (!s || s->state == survey::State::drafted) return std::nullopt;
    return described(m, {s->asked.title, "", s->asked.intro, ""}, s->asked.lang,
                     {s->asked.cycle.value(), 0, std::string(survey::name(s->state))}, s->asked.sample);
}

// Not by who went: nobody is found by their post.
std::optional<Document> visit_of(db::Connection& db, const Matter& m) {
    const auto v = visit::visit(db, visit::VisitId(m.id));
    if (!v) return std::nullopt;
    return described(m, {"", v->where, together({v->heard, v->promised}), v->told}, v->lang,
                     {v->cycle.value(), v->unit.value(), ""}, v->sample);
}

std::optional<Document> current(db::Connection& db, const Matter& m) {
    switch (m.kind) {
        case Kind::voice:
            return voice_of(db, m);
        case Kind::statement:
            return statement_of(db, m);
        case Kind::issue:
            return issue_of(db, m);
        case Kind::measure:
            return measure_of(db, m);
        case Kind::motion:
            return motion_of(db, m);
        case Kind::sitting:
            return sitting_of(db, m);
        case Kind::survey:
            return survey_of(db, m);
        case Kind::visit:
            return visit_of(db, m);
    }
    return std::nullopt;
}

template <class Slip>
std::string link(const std::optional<Slip>& slip) {
    return slip ? slip->link : std::string();
}

// The page on which an entry of one of these features is shown.
std::string link_of(db::Connection& db, const ledger::Entry& e) {
    const std::string_view feature = std::string_view(e.kind).substr(0, e.kind.find('.'));
    if (feature == "voice") return link(voice::slip(db, e.index));
    if (feature == "dialogue") return link(dialogue::slip(db, e.index));
    if (feature == "issue") return link(issue::slip(db, e.index));
    if (feature == "measure") return link(measure::slip(db, e.index));
    if (feature == "decision") return link(decision::slip(db, e.index));
    if (feature == "survey") return link(survey::slip(db, e.index));
    if (feature == "visit") return link(visit::slip(db, e.index));
    return {};
}

template <class State, std::size_t n>
std::vector<std::string_view> names(const State (&all)[n]) {
    std::vector<std::string_view> out;
    for (const State s : all) out.push_back(name(s));
    return out;
}

}  // namespace

std::string_view name(Kind k) { return kinds.at(static_cast<std::size_t>(k)); }

std::optional<Kind> parse_kind(std::string_view text) {
    const auto at = std::find(kinds.begin(), kinds.end(), text);
    if (at == kinds.end()) return std::nullopt;
    return static_cast<Kind>(at - kinds.begin());
}

States states_of(Kind k) {
    switch (k) {
        case Kind::voice: {
            States out{"voice.state_", names(voice::all_states)};
            std::erase(out.names, voice::name(voice::State::withdrawn));  // nobody finds these
            return out;
        }
        case Kind::issue: {
            using enum issue::State;
            constexpr issue::State all[] = {suggested, confirmed, dismissed, before_body, adopted, refused, resolved};
            return {"issue.state_", names(all)};
        }
        case Kind::measure:
            return {"measure.state_", names(measure::all_states)};
        case Kind::motion: {
            using enum decision::MotionState;
            constexpr decision::MotionState all[] = {tabled, voting, carried, lost, no_quorum};
            return {"decision.motion_", names(all)};
        }
        case Kind::sitting: {
            using enum decision::SittingState;
            constexpr decision::SittingState all[] = {called, agenda, open, voted, minutes, signed_};
            return {"decision.sitting_", names(all)};
        }
        case Kind::survey: {
            constexpr survey::State all[] = {survey::State::open, survey::State::closed};
            return {"survey.state_", names(all)};
        }
        case Kind::statement:
        case Kind::visit:
            break;
    }
    return {};
}

std::string address(const Matter& m) { return "/" + std::string(name(m.kind)) + "s/" + std::to_string(m.id); }

std::optional<Matter> matter_at(std::string_view address) {
    for (const Kind kind : all_kinds) {
        const std::string folder = "/" + std::string(name(kind)) + "s/";
        if (!address.starts_with(folder)) continue;
        const std::string_view rest = address.substr(folder.size());
        if (const auto id = kernel::parse_index(rest.substr(0, rest.find_first_of("/?#")))) return Matter{kind, *id};
    }
    return std::nullopt;
}

std::optional<Document> document(db::Connection& db, const Matter& m) {
    std::optional<Document> found = current(db, m);
    if (!found) return std::nullopt;
    const bool empty = std::all_of(found->texts.begin(), found->texts.end(), [](const auto& t) { return t.empty(); });
    return empty ? std::nullopt : found;
}

std::vector<Matter> touched(db::Connection& db, const ledger::Entry& e) {
    if (std::find(of_no_matter.begin(), of_no_matter.end(), e.kind) != of_no_matter.end()) return {};
    // An erasure says something of what it erased.
    if (e.kind == "ledger.words_erased") {
        const auto target = e.parent ? ledger::entry(db, *e.parent) : std::nullopt;
        return target && target->kind != e.kind ? touched(db, *target) : std::vector<Matter>();
    }
    const auto found = matter_at(link_of(db, e));
    if (!found) return {};
    std::vector<Matter> all = {*found};
    if (found->kind == Kind::sitting)
        for (const decision::Motion& m : decision::motions(db, decision::SittingId(found->id)))
            all.push_back({Kind::motion, m.id.value()});
    return all;
}

}  // namespace search
