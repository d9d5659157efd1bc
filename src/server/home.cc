#include "home.h"

#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <page/page.h>
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
                         return n.confirmed + n.before_body + n.adopted + n.refused + n.resolved + n.carried_over;
                     },
                     to_issues});
    steps.push_back({"server.funnel_decided",
                     [](db::Connection& db, const cycle::Cycle& c) {
                         const issue::Counts n = issue::counts(db, c.id);
                         return n.adopted + n.refused + n.resolved;
                     },
                     to_issues});
    steps.push_back({"server.funnel_kept",
                     [](db::Connection& db, const cycle::Cycle& c) { return measure::counts(db, c.id).accepted; },
                     [](const cycle::Cycle& c) { return "/measures?cycle=" + std::to_string(c.id.value()); }});
    steps.push_back(
        {"server.funnel_late", [](db::Connection& db, const cycle::Cycle& c) { return measure::counts(db, c.id).late; },
         [](const cycle::Cycle& c) { return "/measures?cycle=" + std::to_string(c.id.value()) + "&late=1"; }});
    return steps;
}

namespace {

http::Response home(House& house, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    return page::cached(request, "", house.ledger().size(), [&] {
        auto lease = house.database().read();
        const cycle::Cycle desk = cycle::standing_desk(*lease);
        page::Data data;
        data.set("organisation", people::organisation(*lease));
        data.set("funnel", cycle::funnel(lang, *lease, desk, funnel_steps()));
        data.set("voices", voice::part(request, *lease, desk));
        data.set("size", page::number(lang, house.ledger().size()));
        data.set("newest", house.ledger().size() - 1);
        return page::Page{page::say(lang, "server.home_title"), page::render(lang, "server/home.html", data), "home"};
    });
}

}  // namespace

void add_home(http::Router& router, House& house) {
    router.get("/", [&house](const http::Request& request) { return home(house, request); });
}

void set_up_pages(House& house) {
    page::Setup setup;
    auto lease = house.database().read();
    setup.organisation = people::organisation(*lease);
    if (auto lang = page::parse_lang(people::setting(*lease, "organisation.language"))) setup.default_lang = *lang;
    setup.sections = {{"home", "/", "server.section_home"},
                      {"desk", "/say", "server.section_say"},
                      {"voices", "/voices", "server.section_voices"},
                      {"cycles", "/cycles", "server.section_cycles"},
                      {"issues", "/issues", "issue.section"},
                      {"measures", "/measures", "measure.section"},
                      {"reviews", "/reviews", "review.section"},
                      {"proof", "/log", "proof.section"}};
    setup.clock = &house.clock();
    page::set_up(std::move(setup));
}

}  // namespace server
