// For the tests of the pages of the features above: a request by one of the organisation's people.
#pragma once
#include <http/testing.h>

#include "people.h"

namespace people {

inline http::Request request_by(const Actor& actor, http::Method method, const std::string& target) {
    http::Request r = http::testing::request(method, target);
    r.visitor = actor.visitor;
    r.who.officer = actor.officer.value();
    r.who.unit = actor.unit.value();
    for (const Role role : actor.roles) r.who.roles.emplace_back(name(role));
    return r;
}

}  // namespace people
