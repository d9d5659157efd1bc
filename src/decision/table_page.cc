// The form that tables a motion, with the fields of as many measures as are asked for.
#include <measure/form.h>
#include <page/page.h>

#include "pages.h"
#include "rules.h"

namespace decision {
namespace {

using page::Lang;
using page::say;

void offer_motion(page::Form& form, Lang lang, db::Connection& db, const cycle::Cycle& round) {
    std::vector<page::Option> issues, langs;
    for (issue::State state : {issue::State::confirmed, issue::State::before_body})
        for (const issue::Issue& i : issue::issues(db, round.id, state, std::nullopt, 100))
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
}

}  // namespace

page::Page table_page(const http::Request& r, db::Connection& db, const Sitting& s, page::Form form, int measures) {
    const Lang lang = page::lang_of(r);
    const auto round = cycle::cycle(db, s.cycle).value();
    offer_motion(form, lang, db, round);
    page::Data d;
    std::vector<std::string> names = {"issue", "title", "kind", "reason", "lang", "secret"};
    for (int n = 1; n <= measures; ++n) {
        const std::string number = std::to_string(n), prefix = "m" + number + "_";
        measure::offer(form, lang, db, round, prefix);
        for (std::string_view field : measure::fields) names.push_back(prefix + std::string(field));
        d.set("shown_" + number, true);
        d.set("heading_" + number, say(lang, "decision.measure_number", {{"n", number}}));
    }
    form.fill(lang, d, std::vector<std::string_view>(names.begin(), names.end()));
    d.set("here", address(s.id))
        .set("sitting", title_of(lang, db, s))
        .set("has_criteria", !round.criteria.empty())
        .set("shown", measures)
        .set("room", measures < static_cast<int>(rules::measures_max));
    return framed(say(lang, "decision.table"), page::render(lang, "decision/table.html", d), s.sample);
}

}  // namespace decision
