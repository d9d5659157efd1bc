// The addresses under /open311/v2, and the administrator's pages.
#pragma once
#include <http/http.h>
#include <page/page.h>
#include <people/people.h>

#include "georeport.h"

namespace georeport {

void add_reading(http::Router&, const people::Needs&);
void add_sending(http::Router&, const people::Needs&);
void add_admin(http::Router&, const people::Needs&);

// Scheme and host that people use; where nobody has said, as this request came.
std::string address_of(const http::Request&);
// The specification lets a place that is one jurisdiction alone ignore the parameter; another one's is refused all the
// same, so that no report lands in the wrong town: georeport.jurisdiction_unknown, not_found.
kernel::Checked check_jurisdiction(const http::Request&, std::string_view asked);

}  // namespace georeport
