#include "wiring.h"

#include <cycle/cycle.h>
#include <decision/decision.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <page/page.h>
#include <people/people.h>
#include <proof/proof.h>
#include <review/review.h>
#include <scorecard/scorecard.h>
#include <visit/visit.h>
#include <voice/voice.h>

#include "home.h"
#include "version.h"

namespace server {

ledger::Kinds kinds() {
    ledger::Kinds all;
    people::add_kinds(all);
    cycle::add_kinds(all);
    voice::add_kinds(all);
    dialogue::add_kinds(all);
    issue::add_kinds(all);
    visit::add_kinds(all);
    measure::add_kinds(all);
    decision::add_kinds(all);
    review::add_kinds(all);
    scorecard::add_kinds(all);
    return all;
}

void set_gates() {
    cycle::set_gates({dialogue::gate(), issue::gate(), measure::gate(), decision::gate(), review::gate()});
}

namespace {

cycle::Hooks cycle_hooks() {
    cycle::Hooks hooks;
    hooks.parts = {{"voices", voice::part},       dialogue::part(),
                   {"issues", issue::part},       {"visits", visit::part_of_cycle},
                   {"decisions", decision::part}, {"measures", measure::part},
                   {"reviews", review::part}};
    hooks.funnel = funnel_steps();
    return hooks;
}

// What the slip of an entry says: asked of each feature in turn.
std::optional<proof::Matter> matter(db::Connection& db, std::int64_t entry) {
    if (auto slip = voice::slip(db, entry)) return proof::Matter{slip->kind_key, slip->due, slip->link};
    if (auto slip = dialogue::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = issue::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = visit::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = measure::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = scorecard::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = decision::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = review::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    if (auto slip = cycle::slip(db, entry)) return proof::Matter{slip->kind_key, std::nullopt, slip->link};
    return std::nullopt;
}

proof::Hooks proof_hooks(const House& house) {
    proof::Hooks hooks;
    hooks.witnesses = &house.witnesses();
    hooks.version = version;
    hooks.build_hash = build_hash();
    hooks.matters = {matter};
    hooks.withheld = [](db::Connection& db, std::int64_t entry) {
        return voice::withheld(db, entry) || dialogue::withheld(db, entry);
    };
    return hooks;
}

voice::Hooks voice_hooks() {
    voice::Hooks hooks;
    hooks.parts = {issue::part_of_voice, measure::part_of_voice};
    hooks.moderation = {dialogue::part_of_moderation};
    return hooks;
}

dialogue::Hooks dialogue_hooks() {
    dialogue::Hooks hooks;
    hooks.parts = {[](const http::Request& r, db::Connection& db, const dialogue::Statement& s) {
        return issue::part_of_statement(r, db, s.id);
    }};
    return hooks;
}

measure::Hooks measure_hooks() {
    measure::Hooks hooks;
    hooks.parts = {review::part_of_measure};
    hooks.judged_percent = review::judged_percent;
    hooks.motion_link = [](db::Connection&, std::int64_t motion) { return "/motions/" + std::to_string(motion); };
    return hooks;
}

}  // namespace

void add_routes(http::Router& router, House& house) {
    const people::Needs& needs = house.needs();
    page::add_routes(router);
    people::add_routes(router, needs,
                       {{scorecard::part_of_unit, measure::part_of_unit}, {measure::guard, voice::may_close}});
    cycle::add_routes(router, needs, cycle_hooks());
    voice::add_routes(router, needs, {&house.files(), &house.photos()}, voice_hooks());
    dialogue::add_routes(router, needs, dialogue_hooks());
    issue::add_routes(router, needs, {{visit::part, decision::part_of_issue, measure::part_of_issue}});
    visit::add_routes(router, needs);
    measure::add_routes(router, needs, measure_hooks());
    decision::add_routes(router, needs);
    review::add_routes(router, needs);
    scorecard::add_routes(router, needs);
    proof::add_routes(router, needs, proof_hooks(house));
    add_home(router, house, {review::judged_percent});
    add_health(router, house);
}

std::vector<jobs::Task> tasks(House& house) {
    std::vector<jobs::Task> all = voice::tasks(house.needs());
    for (jobs::Task& task : measure::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : scorecard::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : review::tasks(house.needs())) all.push_back(std::move(task));
    for (jobs::Task& task : dialogue::tasks(house.needs())) all.push_back(std::move(task));
    db::Database& database = house.database();
    all.push_back({"db.checkpoint", 5, [&database](jobs::Run&) { database.checkpoint(); }});
    witnesses::Witnesses& witnesses = house.witnesses();
    if (!witnesses.policy().witnesses.empty())
        all.push_back({"log.witnesses", 1, [&witnesses](jobs::Run&) { witnesses.round(); }});
    return all;
}

}  // namespace server
