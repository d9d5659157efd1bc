// The groups of addresses of this feature; routes.cc serves the visits themselves.
#pragma once
#include <http/http.h>

#include "visit.h"

namespace visit {

void add_plan_routes(http::Router&, const people::Needs&, const Hooks&);
void add_reception_routes(http::Router&, const people::Needs&, const Hooks&);
void add_field_routes(http::Router&, const people::Needs&);

// Shown with what was wrong: as the first of it says.
int status_of(const std::vector<kernel::Error>&);

}  // namespace visit
