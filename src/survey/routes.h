#pragma once
#include <http/http.h>

#include "survey.h"

namespace survey {

inline constexpr std::size_t form_bytes = 1024 * 1024;  // Chinese takes nine bytes a sign in a form

inline http::Response no_store(http::Response response) {
    response.cacheable = false;
    response.set("Cache-Control", "no-store");
    return response;
}

void add_answering(http::Router&, const people::Needs&);

}  // namespace survey
