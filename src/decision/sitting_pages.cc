// The pages of a sitting: with its roll, agenda and minutes, and the form that
// tables a motion.
#include <measure/form.h>
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

std::vector<Data> roll_rows(Lang lang, const Sitting& s, const std::vector<Member>& all, const people::Actor& actor) {
    const bool running = s.state == SittingState::agenda || s.state == SittingState::open;
    const bool clerk = rules::may_keep(actor).has_value();
    std::vector<Data> rows;
    for (const Member& m : all) {
        const bool may = running && (clerk || (actor.staff() && actor.officer == m.officer));
        rows.push_back(Data()
                           .set("name", member_name(lang, m))
                           .set("present", m.present)
                           .set("id", m.officer.value())
                           .set("here", address(s.id))
                           .set("may_come", may && !m.present)
                           .set("may_leave", may && m.present)
                           .set("csrf", page::csrf_field()));
    }
    return rows;
}

std::vector<Data> agenda_rows(Lang lang, const std::vector<Motion>& all) {
    std::vector<Data> rows;
    for (const Motion& m : all)
        rows.push_back(Data()
                           .set("link", address(m.id))
                           .set("title", title_of(lang, m))
                           .set("lang", m.lang)
                           .set("state", state_of(lang, m))
                           .set("kind", say(lang, "decision.kind_" + std::string(name(m.kind)))));
    return rows;
}

}  // namespace

page::Page sitting_page(const Request& r, db::Connection& db, const Sitting& s, page::Form form) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    const auto all = roll(db, s.id);
    const auto agenda = motions(db, s.id);
    const bool clerk = rules::may_keep(actor).has_value();
    const bool over =
        s.state == SittingState::voted || s.state == SittingState::open || s.state == SittingState::agenda;
    Data d;
    form.fill(lang, d, {"text"});
    const auto of = cycle::cycle(db, s.cycle);
    const bool named = of && !of->standing;
    d.set("title", title_of(lang, db, s))
        .set("state", state_of(lang, s))
        .set("body_link", address(s.body))
        .set("here", address(s.id));
    d.set("day", page::full_date(lang, s.day))
        .set("where", s.where)
        .set("cycle", named ? of->name : say(lang, "decision.desk"))
        .set("cycle_lang", named ? of->lang : std::string(page::tag(lang)));
    d.set("cycle_link", "/cycles/" + std::to_string(s.cycle.value()))
        .set("next", say(lang, "decision.next_" + std::string(name(s.state))));
    d.set("attendance", say(lang, s.quorum ? "decision.quorum_there" : "decision.quorum_missing",
                            {{"present", page::number(lang, s.present)}, {"roll", page::number(lang, s.roll)}}));
    d.set("rules", rules_in_words(lang, s.frozen))
        .set("roll", roll_rows(lang, s, all, actor))
        .set("no_motions", agenda.empty())
        .set("motions", agenda_rows(lang, agenda));
    d.set("may_table", clerk && s.state == SittingState::called)
        .set("may_publish", clerk && s.state == SittingState::called && !agenda.empty());
    d.set("may_open", clerk && s.state == SittingState::agenda)
        .set("may_minute", clerk && over)
        .set("minutes", page::own_words(s.minutes, std::string(page::tag(lang))));
    d.set("has_minutes", !s.minutes.empty())
        .set("may_sign", rules::sign(actor, s, all, minutes_by(db, s.id)).has_value());
    d.set("history", history_html(lang, db, s.id.value()));
    return framed(title_of(lang, db, s), page::render(lang, "decision/sitting.html", d), s.sample);
}

page::Page table_page(const Request& r, db::Connection& db, const Sitting& s, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> issues, langs;
    for (issue::State state : {issue::State::confirmed, issue::State::before_body})
        for (const issue::Issue& i : issue::issues(db, s.cycle, state, std::nullopt, 100))
            issues.push_back({std::to_string(i.id.value()), i.title, ""});
    for (Lang each : page::all_langs)
        langs.push_back({std::string(page::tag(each)), say(each, "decision.this_language"), ""});
    form.options("issue", std::move(issues))
        .options("lang", std::move(langs))
        .value("lang", std::string(page::tag(lang)));
    form.options("kind", {{"adopt_measures", say(lang, "decision.kind_adopt_measures"), ""},
                          {"refuse", say(lang, "decision.kind_refuse"), ""}});
    form.value("kind", "adopt_measures");
    form.options("secret", {{"no", say(lang, "decision.named"), ""},
                            {"yes", say(lang, "decision.secret"), say(lang, "decision.secret_hint")}})
        .value("secret", "no");
    const auto round = cycle::cycle(db, s.cycle);
    for (int n = 1; n <= measure_forms; ++n) measure::offer(form, lang, db, *round, "m" + std::to_string(n) + "_");
    Data d;
    form.fill(lang, d, {"issue", "title", "kind", "reason", "lang", "secret"});
    form.fill(lang, d,
              {"m1_kind", "m1_owner", "m1_title", "m1_text", "m1_lang", "m1_criterion", "m1_indicator_name",
               "m1_indicator_unit", "m1_indicator_baseline", "m1_indicator_target", "m1_due", "m1_beneficiaries",
               "m1_worse_off", "m1_remedy"});
    form.fill(lang, d,
              {"m2_kind", "m2_owner", "m2_title", "m2_text", "m2_lang", "m2_criterion", "m2_indicator_name",
               "m2_indicator_unit", "m2_indicator_baseline", "m2_indicator_target", "m2_due", "m2_beneficiaries",
               "m2_worse_off", "m2_remedy"});
    form.fill(lang, d,
              {"m3_kind", "m3_owner", "m3_title", "m3_text", "m3_lang", "m3_criterion", "m3_indicator_name",
               "m3_indicator_unit", "m3_indicator_baseline", "m3_indicator_target", "m3_due", "m3_beneficiaries",
               "m3_worse_off", "m3_remedy"});
    d.set("here", address(s.id)).set("sitting", title_of(lang, db, s)).set("has_criteria", !round->criteria.empty());
    return framed(say(lang, "decision.table"), page::render(lang, "decision/table.html", d), s.sample);
}

}  // namespace decision
