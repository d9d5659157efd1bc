// What is overdue now: messages without their answer and measures not done, by unit, each with how its day came about.
#pragma once
#include <http/http.h>
#include <people/people.h>

namespace server {

// /overdue, /overdue/units/{id} (0: what no unit has), and both under /api/v1.
void add_overdue(http::Router&, const people::Needs&);

}  // namespace server
