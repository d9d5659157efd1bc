// For the tests of those above: what a browser sends, straight to the routes, without a server between.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kernel/text.h>

#include "http.h"

namespace http::testing {

using Fields = std::vector<std::pair<std::string, std::string>>;

// Path and query are taken apart as they stand: nothing is decoded.
inline Request request(Method method, const std::string& target) {
    Request r;
    r.method = method;
    r.target = target;
    const std::size_t question = target.find('?');
    r.path = target.substr(0, question);
    if (question == target.npos) return r;
    for (const std::string_view pair : kernel::split(std::string_view(target).substr(question + 1), '&')) {
        const std::size_t equals = pair.find('=');
        r.query.emplace_back(pair.substr(0, equals), equals == pair.npos ? "" : pair.substr(equals + 1));
    }
    return r;
}

inline Response answer(const Router& router, Request r) {
    const Router::Match match = router.find(r.method, r.path);
    if (!match.handler) throw std::runtime_error("no route " + r.target);
    r.params = match.params;
    return (*match.handler)(r);
}

// The first of that name; "" when there is none.
inline std::string header(const Response& response, std::string_view name) {
    for (const auto& [each, value] : response.headers)
        if (each == name) return value;
    return {};
}

}  // namespace http::testing
