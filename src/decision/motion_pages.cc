// The page of a motion, and the parts on the pages of rounds and issues.
#include <page/page.h>

#include "pages.h"
#include "rules.h"
#include "store.h"

namespace decision {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::vector<Data> measure_rows(Lang lang, db::Connection& db, const Motion& m) {
    std::vector<Data> rows;
    for (const measure::Draft& draft : m.measures) {
        const auto owner = people::officer(db, draft.owner);
        const measure::Indicator& i = draft.indicator;
        rows.push_back(
            Data()
                .set("title", draft.title.empty() ? say(lang, "decision.nameless_motion") : draft.title)
                .set("lang", draft.lang)
                .set("text", page::own_words(draft.text, draft.lang))
                .set("owner", owner ? owner->post : "")
                .set("due", page::full_date(lang, draft.due))
                .set("indicator", i.name + " (" + i.unit + "): " + i.baseline.text() + " → " + i.target.text()));
    }
    return rows;
}

// Before the count nothing is shown of how anybody voted.
std::vector<Data> vote_rows(Lang lang, const Motion& m, const std::vector<Member>& all,
                            const std::vector<Cast>& votes) {
    std::vector<Data> rows;
    for (const Cast& c : votes)
        for (const Member& who : all)
            if (who.officer == c.voter)
                rows.push_back(Data()
                                   .set("name", member_name(lang, who))
                                   .set("vote", say(lang, "decision.vote_" + std::string(name(c.vote))))
                                   .set("remark", c.remark)
                                   .set("lang", m.lang));
    return rows;
}

std::string result_in_words(Lang lang, const Motion& m, const Sitting& s) {
    const page::Args args = {{"yes", page::number(lang, m.tally.yes)},
                             {"needed", page::number(lang, m.outcome.needed)},
                             {"base", page::number(lang, m.outcome.base)},
                             {"what", say(lang, "decision.base_" + std::string(name(s.frozen.majority.base)))}};
    return say(lang, "decision.result_" + std::string(name(m.state)), args);
}

std::string counted_on(Lang lang, db::Connection& db, MotionId id) {
    for (const Happened& h : history(db, id.value()))
        if (h.what == What::counted) return page::date_time(lang, h.minute);
    return {};
}

page::Html loop_of(Lang lang, const Motion& m) {
    using S = page::Station::State;
    std::vector<page::Station> five(5);
    five[0] = {S::done, 0, "/issues/" + std::to_string(m.issue.value())};
    five[1] = {m.state == MotionState::carried ? S::done : S::here, 0, address(m.id)};
    if (m.state == MotionState::carried && m.kind == MotionKind::adopt_measures)
        five[2] = {S::here, 0, "/measures?issue=" + std::to_string(m.issue.value())};
    return page::loop_bar(lang, page::Loop::matter, five);
}

page::Html part_with(Lang lang, const std::vector<Motion>& all, const std::vector<Data>& sittings_shown) {
    if (all.empty() && sittings_shown.empty()) return {};
    std::vector<Data> rows;
    for (const Motion& m : all)
        rows.push_back(Data()
                           .set("link", address(m.id))
                           .set("title", title_of(lang, m))
                           .set("lang", m.lang)
                           .set("state", state_of(lang, m)));
    Data d;
    d.set("has_motions", !rows.empty())
        .set("motions", std::move(rows))
        .set("has_sittings", !sittings_shown.empty())
        .set("sittings", sittings_shown);
    return page::render(lang, "decision/part.html", d);
}

}  // namespace

page::Page motion_page(const Request& r, db::Connection& db, const Motion& m, page::Form form, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    const Sitting s = sitting(db, m.sitting).value();
    const auto all = roll(db, s.id);
    const bool counted = m.state != MotionState::tabled && m.state != MotionState::voting;
    const bool has_voted = m.secret && actor.staff() && has_voted_secretly(db, m.id, actor.officer);
    const auto may = rules::may_vote(actor, m, all);
    form.options("vote", {{"yes", say(lang, "decision.vote_yes"), ""},
                          {"no", say(lang, "decision.vote_no"), ""},
                          {"abstain", say(lang, "decision.vote_abstain"), ""}});
    Data d;
    for (const Cast& own : m.state == MotionState::voting ? named_votes(db, m.id) : std::vector<Cast>()) {
        if (!actor.staff() || own.voter != actor.officer) continue;
        form.value("vote", std::string(name(own.vote))).value("remark", own.remark);
        d.set("voted_named",
              say(lang, "decision.voted_named", {{"vote", say(lang, "decision.vote_" + std::string(name(own.vote)))}}));
    }
    form.fill(lang, d, {"vote", "remark"});
    const auto of = issue::issue(db, m.issue);
    d.set("title", title_of(lang, m))
        .set("lang", m.lang)
        .set("state", state_of(lang, m))
        .set("here", address(m.id))
        .set("kind", say(lang, "decision.kind_" + std::string(name(m.kind))));
    d.set("sitting", title_of(lang, db, s))
        .set("sitting_link", address(s.id))
        .set("issue", of && !of->title.empty() ? of->title : say(lang, "decision.issue"))
        .set("issue_lang", of ? of->lang : "");
    d.set("issue_link", "/issues/" + std::to_string(m.issue.value()))
        .set("reason", page::own_words(m.reason, m.lang))
        .set("has_reason", !m.reason.empty());
    d.set("has_measures", !m.measures.empty())
        .set("measures", measure_rows(lang, db, m))
        .set("next", say(lang, "decision.next_motion_" + std::string(name(m.state))));
    d.set("how", m.secret  ? say(lang, "decision.secret_page")
                 : counted ? ""
                           : say(lang, "decision.named_page"))
        .set("majority", majority_in_words(lang, s.frozen.majority));
    if (counted) {
        std::vector<page::Bar> bars = {{say(lang, "decision.vote_yes"), m.tally.yes, ""},
                                       {say(lang, "decision.vote_no"), m.tally.no, ""},
                                       {say(lang, "decision.vote_abstain"), m.tally.abstain, ""}};
        d.set("bars", page::bars(lang, say(lang, "decision.tally"), bars, counted_on(lang, db, m.id)))
            .set("result", result_in_words(lang, m, s));
        auto rows = vote_rows(lang, m, all, named_votes(db, m.id));
        d.set("has_votes", !rows.empty()).set("votes", std::move(rows));
    }
    // A tie that was carried: only the chair's second vote does that.
    d.set("by_chair", m.state == MotionState::carried && m.tally.yes < m.outcome.needed);
    d.set("loop", loop_of(lang, m));
    d.set("counted", counted)
        .set("has_voted", has_voted && m.state == MotionState::voting)
        .set("may_vote", may.has_value() && !has_voted)
        .set("secret", m.secret);
    d.set("may_not", actor.staff() && m.state == MotionState::voting && !may ? say(lang, may.error()) : std::string());
    const bool clerk = rules::may_keep(seen_by(db, actor, s.body)).has_value();
    d.set("may_put", clerk && m.state == MotionState::tabled && s.state == SittingState::open)
        .set("may_count", clerk && m.state == MotionState::voting);
    set_history(d, r, db, m.id.value(), hooks);
    return framed(title_of(lang, m), page::render(lang, "decision/motion.html", d), m.sample);
}

page::Html part(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows;
    constexpr int most = 5;
    const page::List list{"/cycles/" + std::to_string(c.id.value()), "sittings"};
    const auto before = page::index_after(r, list.name);
    auto held = sittings(db, std::nullopt, c.id, before ? std::optional(SittingId(*before)) : std::nullopt, most + 1);
    page::Html turning =
        page::turning(r, list, held, most, [](const Sitting& s) { return std::to_string(s.id.value()); });
    for (const Sitting& s : held)
        rows.push_back(
            Data().set("link", address(s.id)).set("title", title_of(lang, db, s)).set("state", state_of(lang, s)));
    return part_with(lang, {}, rows) + turning;
}

page::Html part_of_issue(const Request& r, db::Connection& db, const issue::Issue& i) {
    return part_with(page::lang_of(r), motions_of(db, i.id), {});
}

}  // namespace decision
