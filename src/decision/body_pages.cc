// The pages of bodies: list, setting up, rules, one body with its members and sittings.
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

std::vector<page::Option> units_to_choose(db::Connection& db) {
    std::vector<page::Option> all;
    for (const people::Unit& u : people::units(db))
        if (u.open) all.push_back({std::to_string(u.id.value()), u.name, ""});
    return all;
}

// Officers with the role of a member who do not sit here yet.
std::vector<page::Option> to_seat(db::Connection& db, const std::vector<Member>& seated) {
    std::vector<page::Option> all;
    for (const people::Officer& o : people::officers_with(db, people::Role::member)) {
        bool in = false;
        for (const Member& m : seated) in = in || m.officer == o.id;
        const std::string name = people::public_name(db, o.id).value_or("");
        if (!in) all.push_back({std::to_string(o.id.value()), name.empty() ? o.post : o.post + " · " + name, ""});
    }
    return all;
}

std::string post_and_unit(db::Connection& db, const people::Officer& o) {
    const auto unit = people::unit(db, o.unit);
    return unit ? o.post + " · " + unit->name : o.post;
}

std::vector<page::Option> clerks_to_name(db::Connection& db) {
    std::vector<page::Option> all;
    for (const people::Officer& o : people::officers_with(db, people::Role::clerk))
        all.push_back({std::to_string(o.id.value()), post_and_unit(db, o), ""});
    return all;
}

std::vector<Data> clerk_rows(db::Connection& db, const Body& b) {
    std::vector<Data> rows;
    for (people::OfficerId each : b.clerks)
        if (const auto o = people::officer(db, each)) rows.push_back(Data().set("post", post_and_unit(db, *o)));
    return rows;
}

std::vector<page::Option> round_options(Lang lang, db::Connection& db, const cycle::Choice& choice) {
    std::vector<page::Option> all = {
        {std::to_string(cycle::standing_desk(db).id.value()), say(lang, "decision.desk"), ""}};
    for (const cycle::Cycle& c : choice.rounds) all.push_back({std::to_string(c.id.value()), c.name, ""});
    return all;
}

std::vector<Data> sitting_rows(Lang lang, const std::vector<Sitting>& all) {
    std::vector<Data> rows;
    for (const Sitting& s : all)
        rows.push_back(
            Data().set("link", address(s.id)).set("day", page::full_date(lang, s.day)).set("state", state_of(lang, s)));
    return rows;
}

// The fields of rules of procedure, filled with those of now.
void offer_rules(page::Form& form, Lang lang, const Rules& now) {
    std::vector<page::Option> all = {{"own", say(lang, "decision.preset_own"), ""}}, bases;
    for (const Rules& preset : presets()) {
        all.push_back({preset.preset, preset.preset + " · " + preset.source,
                       quorum_in_words(lang, preset.quorum) + " " + majority_in_words(lang, preset.majority)});
    }
    for (Base b : {Base::seats, Base::filled, Base::present, Base::cast})
        bases.push_back({std::string(name(b)), say(lang, "decision.base_" + std::string(name(b))), ""});
    const std::vector<page::Option> strictness = {{"yes", say(lang, "decision.more_than"), ""},
                                                  {"no", say(lang, "decision.at_least"), ""}};
    form.options("preset", std::move(all)).options("majority_base", bases);
    bases.resize(2);
    form.options("quorum_base", std::move(bases))
        .options("quorum_strict", strictness)
        .options("majority_strict", strictness)
        .options("tie",
                 {{"fails", say(lang, "decision.tie_fails"), ""}, {"chair", say(lang, "decision.tie_chair"), ""}});
    const auto fraction = [](const Fraction& f) {
        return std::to_string(f.numerator) + "/" + std::to_string(f.denominator);
    };
    form.value("preset", now.preset.empty() ? "own" : now.preset)
        .value("quorum", fraction(now.quorum))
        .value("quorum_base", std::string(name(now.quorum.base)))
        .value("quorum_strict", now.quorum.strict ? "yes" : "no")
        .value("majority", fraction(now.majority))
        .value("majority_base", std::string(name(now.majority.base)))
        .value("majority_strict", now.majority.strict ? "yes" : "no")
        .value("tie", now.tie == Tie::fails ? "fails" : "chair")
        .value("notice_days", std::to_string(now.notice_days));
}

}  // namespace

page::Page list_page(const Request& r, db::Connection& db) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows;
    auto on_page = bodies(db, BodyId(page::index_after(r, "bodies").value_or(0)), bodies_on_a_page + 1);
    const page::Html turn = page::turning(r, {"/bodies", "bodies"}, on_page, bodies_on_a_page,
                                          [](const Body& b) { return std::to_string(b.id.value()); });
    for (const Body& b : on_page) {
        const auto unit = people::unit(db, b.unit);
        rows.push_back(
            Data()
                .set("link", address(b.id))
                .set("name", title_of(lang, b))
                .set("unit", unit ? unit->name : "")
                .set("sample", b.sample)
                .set("seats", say(lang, "decision.filled_of",
                                  {{"filled", page::number(lang, b.filled)}, {"seats", page::number(lang, b.seats)}})));
    }
    Data d;
    d.set("empty", rows.empty())
        .set("bodies", std::move(rows))
        .set("turning", turn)
        .set("may_set_up", rules::may_set_up(people::actor(r)).has_value());
    return framed(say(lang, "decision.list"), page::render(lang, "decision/list.html", d), false);
}

page::Page new_page(const Request& r, db::Connection& db, page::Form form) {
    const Lang lang = page::lang_of(r);
    form.options("unit", units_to_choose(db));
    offer_rules(form, lang, {});
    Data d;
    form.fill(lang, d,
              {"name", "unit", "seats", "preset", "quorum", "quorum_strict", "quorum_base", "majority",
               "majority_strict", "majority_base", "tie", "notice_days", "rules"});
    return framed(say(lang, "decision.new"), page::render(lang, "decision/new.html", d), false);
}

page::Page rules_page(const Request& r, db::Connection&, const Body& b, page::Form form) {
    const Lang lang = page::lang_of(r);
    offer_rules(form, lang, b.rules);
    Data d;
    form.fill(lang, d,
              {"preset", "quorum", "quorum_strict", "quorum_base", "majority", "majority_strict", "majority_base",
               "tie", "notice_days", "rules", "reason"});
    d.set("title", title_of(lang, b)).set("here", address(b.id));
    return framed(say(lang, "decision.change_rules"), page::render(lang, "decision/rules.html", d), b.sample);
}

page::Page body_page(const Request& r, db::Connection& db, const Body& b, page::Form form, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    const bool may_seat = rules::may_set_up(actor).has_value(),
               may_call = rules::may_keep(seen_by(db, actor, b.id)).has_value();
    const auto seated = members(db, b.id);
    std::vector<Data> rows;
    for (const Member& m : seated) rows.push_back(Data().set("name", member_name(lang, m)));
    const auto before = kernel::parse_index(r.asked("before").value_or(""));
    auto held = sittings(db, b.id, std::nullopt, before ? std::optional(SittingId(*before)) : std::nullopt,
                         sittings_on_a_page + 1);
    page::Pages pages{address(b.id), {}, {}};
    if (held.size() > sittings_on_a_page) held.pop_back(), pages.older = std::to_string(held.back().id.value());
    if (may_seat) {
        std::vector<page::Option> leave_from;
        for (const Member& m : seated)
            leave_from.push_back({std::to_string(m.officer.value()), member_name(lang, m), ""});
        form.options("member", to_seat(db, seated)).options("unseat", std::move(leave_from));
        form.options("clerks", clerks_to_name(db));
        for (people::OfficerId each : b.clerks) form.value("clerks", std::to_string(each.value()));
    }
    Data d;
    if (may_call) {
        const auto named = kernel::parse_index(r.field("cycle").value_or(r.asked("cycle").value_or("")));
        const cycle::Choice choice =
            cycle::to_choose(db, named, [](const cycle::Cycle& c) { return c.phase != cycle::Phase::closed; });
        form.options("cycle", round_options(lang, db, choice));
        if (named) form.value("cycle", std::to_string(*named));
        d.set("more_rounds", cycle::name_another(lang, choice, address(b.id), "cycle"));
    }
    form.fill(lang, d,
              {"member", "name", "chair", "unseat", "reason", "clerks", "clerk_reason", "cycle", "day", "where"});
    d.set("clerks", clerk_rows(db, b)).set("clerks_named", !b.clerks.empty());
    const auto unit = people::unit(db, b.unit);
    d.set("title", title_of(lang, b))
        .set("unit", unit ? unit->name : "")
        .set("unit_link", "/units/" + std::to_string(b.unit.value()))
        .set("here", address(b.id));
    d.set("seats", say(lang, "decision.filled_of",
                       {{"filled", page::number(lang, b.filled)}, {"seats", page::number(lang, b.seats)}}));
    d.set("rules", rules_in_words(lang, b.rules)).set("no_members", rows.empty()).set("members", std::move(rows));
    d.set("no_sittings", held.empty())
        .set("sittings", sitting_rows(lang, held))
        .set("pagination", page::pagination(lang, pages));
    d.set("may_set_up", may_seat)
        .set("may_seat", may_seat && b.filled < b.seats)
        .set("may_unseat", may_seat && !seated.empty())
        .set("may_call", may_call && !seated.empty());
    page::Html parts;
    for (const auto& part : hooks.body) parts = std::move(parts) + part(r, db, b.id);
    d.set("parts", std::move(parts));
    set_history(d, r, db, b.id.value(), hooks);
    return framed(title_of(lang, b), page::render(lang, "decision/body.html", d), b.sample);
}

}  // namespace decision
