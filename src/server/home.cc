#include "home.h"

#include <algorithm>
#include <memory>

#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <page/page.h>
#include <proof/proof.h>
#include <search/search.h>
#include <voice/voice.h>

namespace server {

std::vector<cycle::Step> funnel_steps() {
    std::vector<cycle::Step> steps = dialogue::steps();
    const auto to_issues = [](const cycle::Cycle& c) { return "/issues?cycle=" + std::to_string(c.id.value()); };
    steps.push_back({"server.funnel_voices",
                     [](db::Connection& db, const cycle::Cycle& c) { return voice::counts(db, c.id).voices; },
                     [](const cycle::Cycle& c) { return "/voices?cycle=" + std::to_string(c.id.value()); }});
    steps.push_back({"server.funnel_issues",
                     [](db::Connection& db, const cycle::Cycle& c) {
                         const issue::Counts n = issue::counts(db, c.id);
                         return n.confirmed + n.before_body + n.adopted + n.refused + n.resolved + n.carried_over -
                                n.carried_unconfirmed;
                     },
                     to_issues});
    steps.push_back({"server.funnel_decided",
                     [](db::Connection& db, const cycle::Cycle& c) {
                         const issue::Counts n = issue::counts(db, c.id);
                         return n.adopted + n.refused + n.resolved;
                     },
                     to_issues});
    steps.push_back({"server.funnel_kept",
                     [](db::Connection& db, const cycle::Cycle& c) {
                         const measure::Counts n = measure::counts(db, c.id);
                         return n.accepted + n.closed;
                     },
                     [](const cycle::Cycle& c) { return "/measures?cycle=" + std::to_string(c.id.value()); }});
    steps.push_back(
        {"server.funnel_late", [](db::Connection& db, const cycle::Cycle& c) { return measure::counts(db, c.id).late; },
         [](const cycle::Cycle& c) { return "/measures?cycle=" + std::to_string(c.id.value()) + "&late=1"; }});
    steps.push_back(
        {"server.funnel_refused",
         [](db::Connection& db, const cycle::Cycle& c) { return issue::counts(db, c.id).refused; },
         [](const cycle::Cycle& c) { return "/issues?cycle=" + std::to_string(c.id.value()) + "&state=refused"; }});
    steps.push_back({"server.funnel_carried",
                     [](db::Connection& db, const cycle::Cycle& c) { return issue::counts(db, c.id).carried_over; },
                     [](const cycle::Cycle& c) {
                         return "/issues?cycle=" + std::to_string(c.id.value()) + "&state=carried_over";
                     }});
    return steps;
}

namespace {

using page::Data;
using page::Lang;

constexpr int statements_shown = 3, rounds_looked_at = 12;

// What the first page is about: one round, and the dialogue in which three statements can be voted on.
struct OnShow {
    cycle::Cycle round;
    std::optional<dialogue::Dialogue> asks;   // takes votes now
    std::optional<dialogue::Dialogue> asked;  // of this round, to read what people said
};

// How far round the loop it is, before how many took part.
std::int64_t behind(db::Connection& db, const cycle::Cycle& c, const std::vector<cycle::Step>& steps) {
    constexpr std::int64_t station = std::int64_t{1} << 40;
    std::int64_t n = 0;
    for (const cycle::Step& step : steps)
        if (step.count(db, c) > 0) n += station;
    return n + std::min(dialogue::figures(db, c.id).imported_people + people::turnout(db, c.id).people, station - 1);
}

OnShow on_show(db::Connection& db, const std::vector<cycle::Step>& steps) {
    OnShow shown{cycle::on_show(db, [&](const cycle::Cycle& c) { return behind(db, c, steps); }), {}, {}};
    const auto look = [&](people::CycleId id) {
        for (dialogue::Dialogue& d : dialogue::dialogues(db, id))
            if (!shown.asks && dialogue::accepts_votes(db, d)) shown.asks = std::move(d);
    };
    look(shown.round.id);
    for (const cycle::Cycle& c : cycle::cycles(db, {}, rounds_looked_at))
        if (!shown.asks && c.phase == cycle::Phase::consult) look(c.id);
    if (!shown.asks && !shown.round.standing) look(cycle::standing_desk(db).id);
    if (!shown.asks)
        if (auto all = dialogue::dialogues(db, shown.round.id); !all.empty()) shown.asked = std::move(all.front());
    return shown;
}

Data round_data(Lang lang, db::Connection& db, const cycle::Cycle& c, const std::vector<cycle::Step>& steps) {
    Data d;
    const bool named = !c.name.empty();
    d.set("link", "/cycles/" + std::to_string(c.id.value())).set("lang", named ? c.lang : std::string(page::tag(lang)));
    d.set("name", named ? c.name : page::say(lang, "cycle.nameless")).set("source", c.source).set("sample", c.sample);
    if (!c.standing)
        d.set("phase", page::state(lang, "cycle.phase_" + std::string(cycle::name(c.phase)),
                                   c.phase == cycle::Phase::consult ? page::Tone::due : page::Tone::neutral));
    const bool anything = std::any_of(steps.begin(), steps.end(), [&](const auto& s) { return s.count(db, c) > 0; });
    if (anything) d.set("funnel", cycle::funnel(lang, db, c, steps));
    const std::int64_t said = voice::counts(db, c.id).voices, led = issue::counts(db, c.id).led;
    if (said > 0)
        d.set("share", page::say(lang, led > 0 ? "server.share" : "server.share_none",
                                 {{"n", page::number(lang, said)},
                                  {"led", page::number(lang, led)},
                                  {"percent", page::percent(lang, led, said)}}));
    return d;
}

class Home {
public:
    Home(House& house, HomeHooks hooks) : house_(house), hooks_(std::move(hooks)), steps_(funnel_steps()) {}

    // The same for everybody who has not spoken in the round; who has, is shown other statements than before.
    http::Response show(const http::Request& r) const {
        if (!r.visitor.empty()) {
            auto db = house_.database().read();
            const OnShow shown = on_show(*db, steps_);
            if (shown.asks && dialogue::has_spoken(r, *db, house_.needs(), shown.asks->cycle))
                return page::answer(r, made(r, *db, shown));
        }
        return page::cached(r, kernel::iso(today()) + "w" + std::to_string(house_.witnesses().version()),
                            house_.ledger().size(), [&] {
                                auto db = house_.database().read();
                                return made(r, *db, on_show(*db, steps_));
                            });
    }

private:
    kernel::Day today() const { return kernel::local_day(house_.clock().now()); }

    page::Page made(const http::Request& r, db::Connection& db, const OnShow& shown) const {
        const Lang lang = page::lang_of(r);
        page::Page p;
        p.title = page::say(lang, "server.home_title");
        p.section = "home";
        p.sample = shown.round.sample || (shown.asks && shown.asks->sample);
        Data data;
        data.set("round", round_data(lang, db, shown.round, steps_));
        if (const auto m = measure::most_telling(db, shown.round.id)) {
            measure::Hooks judged;
            judged.judged_percent = hooks_.judged_percent;
            data.set("matter", measure::card(r, db, *m, judged, today()));
            data.set("measures", "/measures?cycle=" + std::to_string(shown.round.id.value()));
            p.sample = p.sample || m->promised.sample;
        }
        if (shown.asks)
            data.set("statements", dialogue::cards(r, db, house_.needs(), shown.asks->id, statements_shown, "/"));
        else if (shown.asked)
            data.set("asked", "/dialogues/" + std::to_string(shown.asked->id.value()));
        page::Form(r).fill(lang, data, {"text"});
        const std::int64_t size = house_.ledger().size();
        data.set("size", page::number(lang, size)).set("newest", size - 1);
        data.set("witnessed", proof::witnessed(lang, house_.witnesses()));
        data.set("search", search::field(lang, search::Among::all));
        p.main = page::render(lang, "server/home.html", data);
        return p;
    }

    House& house_;
    const HomeHooks hooks_;
    const std::vector<cycle::Step> steps_;
};

}  // namespace

void add_home(http::Router& router, House& house, HomeHooks hooks) {
    router.get("/", [home = std::make_shared<const Home>(house, std::move(hooks))](const http::Request& r) {
        return home->show(r);
    });
}

void set_up_pages(House& house) {
    page::Setup setup;
    auto lease = house.database().read();
    setup.organisation = people::organisation(*lease);
    setup.sample = people::rehearsal(*lease);
    if (auto lang = page::parse_lang(people::setting(*lease, "organisation.language"))) setup.default_lang = *lang;
    setup.sections = {{"home", "/", "server.section_home"},
                      {"desk", "/say", "server.section_say"},
                      {"voices", "/voices", "server.section_voices"},
                      {"cycles", "/cycles", "server.section_cycles"},
                      {"issues", "/issues", "issue.section"},
                      {"bodies", "/bodies", "decision.section"},
                      {"measures", "/measures", "measure.section"},
                      {"reviews", "/reviews", "review.section"},
                      {"scorecards", "/scorecards", "scorecard.section"},
                      {"search", "/search", "search.section"},
                      {"proof", "/log", "proof.section"}};
    setup.staff = {{"work", "/desk", "voice.desk"}, {"account", "/account", "people.account"}};
    setup.trial = house.ledger().format() == ledger::trial_format;
    setup.witnesses = !house.witnesses().policy().witnesses.empty();
    setup.clock = &house.clock();
    setup.address = house.options().public_address;
    page::set_up(std::move(setup));
}

}  // namespace server
