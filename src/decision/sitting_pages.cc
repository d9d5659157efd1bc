// The page of a sitting, with its roll, agenda and minutes.
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

const Member* member_of(const std::vector<Member>& all, people::OfficerId id) {
    for (const Member& m : all)
        if (m.officer == id) return &m;
    return nullptr;
}

}  // namespace

page::Page sitting_page(const Request& r, db::Connection& db, const Sitting& s, page::Form form, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = seen_by(db, people::actor(r), s.body);
    const auto all = roll(db, s.id);
    const auto agenda = motions(db, s.id);
    const bool clerk = rules::may_keep(actor).has_value();
    Data d;
    form.fill(lang, d, {"text"});
    const auto of = cycle::cycle(db, s.cycle).value();
    d.set("title", title_of(lang, db, s))
        .set("state", state_of(lang, s))
        .set("body_link", address(s.body))
        .set("here", address(s.id));
    d.set("day", page::full_date(lang, s.day))
        .set("where", s.where)
        .set("cycle", of.standing ? say(lang, "decision.desk") : of.name)
        .set("cycle_lang", of.standing ? std::string(page::tag(lang)) : of.lang);
    d.set("cycle_link", "/cycles/" + std::to_string(s.cycle.value()))
        .set("next", say(lang, "decision.next_" + std::string(name(s.state))));
    d.set("attendance", say(lang, s.quorum ? "decision.quorum_there" : "decision.quorum_missing",
                            {{"present", page::number(lang, s.present)}, {"roll", page::number(lang, s.roll)}}));
    d.set("rules", rules_in_words(lang, s.frozen))
        .set("roll", roll_rows(lang, s, all, actor))
        .set("no_motions", agenda.empty())
        .set("motions", agenda_rows(lang, agenda));
    // The next step is the only filled button.
    const bool running = s.state == SittingState::agenda || s.state == SittingState::open;
    d.set("may_table", clerk && s.state == SittingState::called)
        .set("may_publish", clerk && s.state == SittingState::called && !agenda.empty())
        .set("may_open", clerk && s.state == SittingState::agenda)
        .set("may_minute", clerk && (running || s.state == SittingState::voted))
        .set("minutes_are_next", s.state == SittingState::voted);
    const Member* self = running && actor.staff() ? member_of(all, actor.officer) : nullptr;
    d.set("may_attend", self && !self->present).set("self", actor.officer.value());
    // Minutes are written in the language of the round.
    d.set("minutes", page::own_words(s.minutes, of.lang))
        .set("has_minutes", !s.minutes.empty())
        .set("may_sign", rules::sign(actor, s, all, minutes_by(db, s.id)).has_value());
    set_history(d, r, db, s.id.value(), hooks);
    return framed(title_of(lang, db, s), page::render(lang, "decision/sitting.html", d), s.sample);
}

}  // namespace decision
