// For the tests of this feature and of those above: an organisation with a unit that owns, one under it, one beside it,
// staff in each, the standing desk and one round with a criterion that acts. 2026-11-23 is a Monday, nine o'clock.
#pragma once
#include <initializer_list>
#include <string>

#include <cycle/testing.h>
#include <people/acts.h>
#include <people/testing.h>

#include "measure.h"

namespace measure {

struct TestTown : people::TestOrganisation {
    TestTown(db::Engine engine, std::initializer_list<AddKinds> above) : TestOrganisation(engine, above) {
        cycle::set_gates({gate()});
        roads = unit(root, "Roads");
        lamps = unit(roads, "Street lamps");
        audit = unit(root, "Audit");
        using people::Role;
        officer(root, "chief", {Role::head});
        officer(root, "clerk", {Role::clerk});
        officer(roads, "owner", {Role::officer});
        officer(roads, "roads_head", {Role::head});
        officer(lamps, "lamps_head", {Role::head});
        officer(audit, "auditor", {Role::officer});
        officer(audit, "inspector", {Role::inspector});
        desk = kernel::must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("chief"), root);
        criterion = cycle::cycle(*database->read(), round)->criteria.at(0).id;
    }
    ~TestTown() { cycle::set_gates({}); }

    // 24 complaints a month shall be 6 by then.
    Draft promise(kernel::Day due, const std::string& title = "Buses come on time") {
        Draft d;
        d.cycle = round;
        d.criterion = criterion;
        d.title = title;
        d.text = "More buses in the morning.";
        d.lang = "en";
        d.owner_unit = roads;
        d.owner = as("owner").officer;
        d.indicator = {"complaints about late buses", "per month", Decimal::parse("24").value(),
                       Decimal::parse("6").value()};
        d.due = due;
        d.beneficiaries = "Everybody who rides";
        return d;
    }

    people::UnitId roads, lamps, audit;
    people::CycleId desk, round;
    cycle::CriterionId criterion;
};

}  // namespace measure
