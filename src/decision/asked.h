// What a request's address names: a body, a sitting, a motion.
#pragma once
#include <optional>
#include <type_traits>

#include <http/http.h>
#include <kernel/text.h>

#include "decision.h"

namespace decision {

template <class Id>
kernel::Error unknown() {
    if constexpr (std::is_same_v<Id, BodyId>)
        return kernel::refuse(kernel::Code::not_found, "decision.body_unknown");
    else if constexpr (std::is_same_v<Id, SittingId>)
        return kernel::refuse(kernel::Code::not_found, "decision.sitting_unknown");
    else
        return kernel::refuse(kernel::Code::not_found, "decision.motion_unknown");
}
// What the address names, if there is such a thing.
template <class Id, class Find>
auto found(const http::Request& r, db::Connection& db, Find find) -> decltype(find(db, Id())) {
    const auto id = kernel::parse_index(r.param("id"));
    if (!id) return std::nullopt;
    return find(db, Id(*id));
}

void add_json_routes(http::Router&, const people::Needs&);

}  // namespace decision
