// For this module's tests: an organisation with people who type, compare and print, and a firm whose people type.
#pragma once
#include <string>

#include <cycle/cycle.h>
#include <erasure/erasure.h>
#include <people/acts.h>
#include <people/testing.h>
#include <preset/preset.h>
#include <routing/routing.h>
#include <voice/casework.h>

#include "store.h"

namespace paper {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine, {cycle::add_kinds, preset::add_kinds, routing::add_kinds, voice::add_kinds,
                                    erasure::add_kinds, add_kinds}) {
        using people::Role;
        roads = unit(root, "Roads");
        post = unit(root, "Post room");
        officer(root, "admin2", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
        officer(root, "moderator", {Role::moderator});
        officer(post, "ann", {Role::officer});
        officer(post, "ben", {Role::officer});
        officer(post, "cai", {Role::officer, Role::head});
        officer(roads, "roads", {Role::officer});
        officer(roads, "roads_clerk", {Role::clerk});
        cycle = kernel::must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
        firm = kernel::must(people::make_contractor(*needs, as("admin2"), "Typing Ltd"));
        kernel::must(
            people::open_account(*needs, as("admin2"), {post, "dot", "", "Typist", {Role::officer}, false, firm}));
        voice::set_had_part(had_part);
    }
    BatchId opened(std::int64_t sheets = 3, const std::string& who = "ann") {
        return kernel::must(open(*needs, as(who), {cycle, "Post-box of the town hall", today(), sheets}));
    }
    static Typed said(const std::string& text = "The lamp at the corner is dark.") {
        Typed t;
        t.kind = voice::Kind::help;
        t.lang = "en";
        t.text = text;
        return t;
    }
    static Typed none(What what, const std::string& remark = "Coffee over all of it.") {
        Typed t;
        t.what = what;
        t.remark = remark;
        return t;
    }
    SheetId typed(BatchId b, int n, const Typed& t = said(), const std::string& who = "ann") {
        return kernel::must(type(*needs, as(who), b, n, t));
    }
    Compared same(SheetId id) {
        const Sheet s = get(id);
        return {true, version(*database->read(), s.version)->typed, s.version};
    }
    voice::VoiceId taken(BatchId b, int n, const Typed& t = said()) {
        const SheetId id = typed(b, n, t);
        kernel::must(check(*needs, as("ben"), id, same(id)));
        return get(id).voice.value();
    }
    Sheet get(SheetId id) { return sheet(*database->read(), id).value(); }
    Batch get(BatchId id) { return batch(*database->read(), id).value(); }

    people::UnitId roads, post;
    people::CycleId cycle;
    people::ContractorId firm;
};

}  // namespace paper
