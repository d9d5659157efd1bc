#include <algorithm>

#include "header_value.h"
#include "http.h"

namespace http {
namespace {

std::string_view value_of(const std::map<std::string, std::string, std::less<>>& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::string_view> first_of(const std::vector<std::pair<std::string, std::string>>& pairs,
                                         std::string_view name) {
    for (const auto& [key, value] : pairs)
        if (key == name) return value;
    return std::nullopt;
}

}  // namespace

std::string_view name(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

bool changes_state(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

bool Identity::has(std::string_view role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

std::string_view Request::header(std::string_view lower_case_name) const { return value_of(headers, lower_case_name); }
std::string_view Request::cookie(std::string_view name) const { return value_of(cookies, name); }
std::string_view Request::param(std::string_view name) const { return value_of(params, name); }
std::optional<std::string_view> Request::asked(std::string_view name) const { return first_of(query, name); }
std::optional<std::string_view> Request::field(std::string_view name) const { return first_of(form, name); }

std::vector<std::string_view> Request::fields(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const auto& [key, value] : form)
        if (key == name) out.push_back(value);
    return out;
}

const std::string& Request::need_visitor() const {
    personal = true;
    if (!visitor.empty()) return visitor;
    if (fresh_visitor.empty()) fresh_visitor = kernel::base64url(kernel::random_bytes(16));
    return fresh_visitor;
}

bool Request::under_api() const { return path == "/api" || path.starts_with("/api/"); }

bool Request::wants_json() const {
    if (under_api()) return true;
    const std::string_view accept = header("accept");
    return weight(accept, "application/json") > std::max(0, weight(accept, "text/html"));
}

}  // namespace http
