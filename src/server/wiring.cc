#include "wiring.h"

#include <cycle/cycle.h>
#include <page/page.h>
#include <people/people.h>
#include <proof/proof.h>
#include <voice/voice.h>

#include "home.h"
#include "version.h"

namespace server {

ledger::Kinds kinds() {
    ledger::Kinds all;
    people::add_kinds(all);
    cycle::add_kinds(all);
    voice::add_kinds(all);
    return all;
}

void set_gates() { cycle::set_gates({}); }

namespace {

cycle::Hooks cycle_hooks() {
    cycle::Hooks hooks;
    hooks.parts = {{"voices", voice::part}};
    hooks.funnel = funnel_steps();
    return hooks;
}

proof::Hooks proof_hooks() {
    proof::Hooks hooks;
    hooks.version = version;
    hooks.build_hash = build_hash();
    hooks.matters = {[](db::Connection& db, std::int64_t entry) -> std::optional<proof::Matter> {
        auto slip = voice::slip(db, entry);
        if (!slip) return std::nullopt;
        return proof::Matter{slip->kind_key, slip->due, slip->link};
    }};
    return hooks;
}

}  // namespace

void add_routes(http::Router& router, House& house) {
    const people::Needs& needs = house.needs();
    page::add_routes(router);
    people::add_routes(router, needs, {});
    cycle::add_routes(router, needs, cycle_hooks());
    voice::add_routes(router, needs, {&house.files(), &house.photos()}, {});
    proof::add_routes(router, needs, proof_hooks());
    add_home(router, house);
    add_health(router, house);
}

std::vector<jobs::Task> tasks(House& house) {
    std::vector<jobs::Task> all = voice::tasks(house.needs());
    db::Database& database = house.database();
    all.push_back({"db.checkpoint", 5, [&database](jobs::Run&) { database.checkpoint(); }});
    return all;
}

}  // namespace server
