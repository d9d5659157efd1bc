// The pages with forms: a pledge, and one page for each step.
#include <algorithm>
#include <array>

#include <db/database.h>
#include <kernel/text.h>
#include <page/reader.h>

#include "form.h"
#include "pages.h"

namespace measure {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;
using rules::Act;

constexpr std::array<Step, 9> all_steps = {{{Act::report, "report", true},
                                            {Act::verify, "verify", true},
                                            {Act::close, "close", true},
                                            {Act::look_back, "look-back", true},
                                            {Act::extend, "extend", false},
                                            {Act::retarget, "target", false},
                                            {Act::reassign, "owner", false},
                                            {Act::reword, "wording", false},
                                            {Act::record_absence, "absence", false}}};

std::string key(std::string_view prefix, std::string_view field) { return std::string(prefix) + std::string(field); }

std::vector<page::Option> owners(db::Connection& db, MeasureId but_not_checked = {}) {
    std::vector<page::Option> all;
    for (const people::Unit& unit : people::units(db)) {
        if (!unit.open) continue;
        for (const people::Officer& o : people::officers(db, unit.id)) {
            if (!o.has(people::Role::officer) && !o.has(people::Role::head)) continue;
            if (but_not_checked && hands(db, but_not_checked, o.id).checked) continue;
            all.push_back({std::to_string(o.id.value()), unit.name + " · " + o.post, ""});
        }
    }
    return all;
}

std::vector<page::Option> languages() {
    std::vector<page::Option> all;
    for (Lang each : page::all_langs)
        all.push_back({std::string(page::tag(each)), say(each, "measure.this_language"), ""});
    return all;
}

page::Page framed(std::string title, page::Html main, bool sample) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = "measures";
    p.sample = sample;
    return p;
}

void prepare(page::Form& form, Lang lang, db::Connection& db, const Measure& m, const Step& step) {
    const Draft& p = m.promised;
    switch (step.act) {
        case Act::report:
            if (m.percent) form.value("percent", std::to_string(*m.percent));
            break;
        case Act::verify:
            form.options("outcome", {{"yes", say(lang, "measure.outcome_yes"), ""},
                                     {"no", say(lang, "measure.outcome_no"), say(lang, "measure.outcome_no_hint")}});
            break;
        case Act::look_back:
            form.options("outcome",
                         {{"yes", say(lang, "measure.outcome_held"), ""},
                          {"no", say(lang, "measure.outcome_rebound"), say(lang, "measure.outcome_rebound_hint")}});
            break;
        case Act::retarget:
            form.value("target", p.indicator.target.text());
            break;
        case Act::reassign:
            form.options("owner", owners(db, m.id)).value("owner", std::to_string(p.owner.value()));
            break;
        case Act::reword:
            form.value("title", p.title).value("text", p.text).value("beneficiaries", p.beneficiaries);
            form.value("worse_off", p.worse_off).value("remedy", p.remedy);
            break;
        case Act::extend:
            form.value("due", kernel::iso(p.due));
            break;
        case Act::record_absence:
        case Act::close:
            break;
    }
}

}  // namespace

std::span<const Step> steps() { return all_steps; }

std::string words_of(const Step& step) {
    std::string key = "measure.act_" + std::string(step.path);
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
}

void offer(page::Form& form, Lang lang, db::Connection& db, const cycle::Cycle& round, std::string_view prefix) {
    std::vector<page::Option> kinds, criteria;
    for (Kind kind : all_kinds)
        if (kind != Kind::pledge)
            kinds.push_back({std::string(name(kind)), kind_of(lang, kind),
                             say(lang, "measure.kind_" + std::string(name(kind)) + "_hint")});
    for (const cycle::Criterion& c : round.criteria) criteria.push_back({std::to_string(c.id.value()), c.text, ""});
    form.options(key(prefix, "kind"), std::move(kinds)).options(key(prefix, "owner"), owners(db));
    form.options(key(prefix, "criterion"), std::move(criteria)).options(key(prefix, "lang"), languages());
    form.value(key(prefix, "lang"), std::string(page::tag(lang)));
}

Draft read_promise(page::Reader& reader, std::string_view prefix) {
    using kernel::Lines;
    Draft d;
    const auto text = [&](std::string_view field, std::size_t max, Lines lines = Lines::one) {
        return reader.text(key(prefix, field), max, lines);
    };
    const auto amount = [&](std::string_view field) {
        const std::string typed = text(field, 40);
        const auto read = Decimal::parse(typed);
        if (!read)
            reader.refuse(kernel::invalid(key(prefix, field),
                                          typed.empty() ? "measure.figure_missing" : "measure.figure_malformed"));
        return read.value_or(Decimal{});
    };
    d.criterion = cycle::CriterionId(reader.number(key(prefix, "criterion"), "measure.criterion_unknown").value_or(0));
    d.title = text("title", max_title), d.text = text("text", max_text, Lines::many), d.lang = text("lang", 35);
    d.indicator.name = text("indicator_name", max_indicator), d.indicator.unit = text("indicator_unit", max_unit_of);
    d.indicator.baseline = amount("indicator_baseline"), d.indicator.target = amount("indicator_target");
    const auto due = reader.day(key(prefix, "due"), "measure.due_malformed");
    if (due) d.due = *due;
    d.beneficiaries = text("beneficiaries", max_concerned, Lines::many),
    d.worse_off = text("worse_off", max_concerned, Lines::many);
    d.remedy = text("remedy", max_concerned, Lines::many);
    return d;
}

Draft read(page::Reader& reader, db::Connection& db, std::string_view prefix) {
    Draft d = read_promise(reader, prefix);
    const auto kind = parse_kind(reader.text(key(prefix, "kind"), 20));
    d.kind = kind.value_or(Kind::fix);
    if (!kind) reader.refuse(kernel::invalid(key(prefix, "kind"), "measure.kind_missing"));
    d.owner = people::OfficerId(reader.number(key(prefix, "owner"), "measure.owner_unfit").value_or(0));
    if (const auto officer = people::officer(db, d.owner))
        d.owner_unit = officer->unit;
    else
        reader.refuse(kernel::invalid(key(prefix, "owner"), "measure.owner_unfit"));
    return d;
}

page::Page new_page(const Request& r, db::Connection& db, const std::optional<cycle::Cycle>& round, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    if (round) {
        offer(form, lang, db, *round);
        Data in;
        in.set("id", round->id.value()).set("name", round->standing ? say(lang, "measure.desk") : round->name);
        in.set("lang", round->standing ? std::string(page::tag(lang)) : round->lang)
            .set("has_criteria", !round->criteria.empty());
        d.set("round", std::move(in));
    } else {
        std::vector<Data> rounds;
        const auto add = [&](const cycle::Cycle& c, std::string title, std::string tag) {
            rounds.push_back(Data()
                                 .set("link", "/measures/new?cycle=" + std::to_string(c.id.value()))
                                 .set("name", std::move(title))
                                 .set("lang", std::move(tag)));
        };
        add(cycle::standing_desk(db), say(lang, "measure.desk"), std::string(page::tag(lang)));
        const cycle::Choice choice = cycle::to_choose(db, {}, [](const cycle::Cycle& c) {
            return c.phase != cycle::Phase::prepare && c.phase != cycle::Phase::closed;
        });
        for (const cycle::Cycle& c : choice.rounds) add(c, c.name, c.lang);
        d.set("rounds", std::move(rounds));
        d.set("more_rounds", cycle::name_another(lang, choice, "/measures/new", "cycle"));
    }
    form.fill(lang, d,
              {"title", "text", "lang", "criterion", "indicator_name", "indicator_unit", "indicator_baseline",
               "indicator_target", "due", "beneficiaries", "worse_off", "remedy"});
    return framed(say(lang, "measure.new"), page::render(lang, "measure/form.html", d), false);
}

page::Page step_page(const Request& r, db::Connection& db, const Measure& m, const Step& step, page::Form form,
                     kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const std::string words = words_of(step);
    Data d = row_of(lang, db, m, today, people::calendar(db));
    prepare(form, lang, db, m, step);
    form.fill(lang, d,
              {"percent", "value", "text", "evidence", "outcome", "words", "due", "target", "owner", "title",
               "beneficiaries", "worse_off", "remedy", "reason"});
    d.set("act", say(lang, words)).set("intro", say(lang, words + "_intro")).set("send", say(lang, words + "_button"));
    d.set("here", address(m.id) + "/" + std::string(step.path)).set("done_here", address(m.id) + "/done");
    d.set("show_" + std::string(step.path == "look-back" ? "verify" : step.path), true);
    d.set("changes", !step.next || step.act == Act::extend);
    d.set("indicator", m.promised.indicator.name)
        .set("target_now", amount_words(lang, m.promised.indicator.target, m.promised.indicator));
    d.set("baseline", amount_words(lang, m.promised.indicator.baseline, m.promised.indicator));
    return framed(title_of(lang, m), page::render(lang, "measure/act.html", d), m.promised.sample);
}

}  // namespace measure
