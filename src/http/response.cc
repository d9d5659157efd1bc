#include <algorithm>
#include <stdexcept>

#include "form.h"
#include "header_value.h"
#include "http.h"

namespace http {
namespace {

constexpr std::string_view cookie_value_marks = "!#$&'()*+/:<=>?@[]^`{|}";  // RFC 6265 section 4.1.1, without '%'
constexpr std::string_view url_marks = "!#$%&'()*+,/:;=?@[]";               // RFC 3986 section 2.2, and '%'

}  // namespace

Response& Response::set(std::string name, std::string value) {
    if (!is_token(name) || !is_field_value(value))
        throw std::logic_error("http: no header can hold this: " + lower(name));
    const auto same = std::find_if(headers.begin(), headers.end(),
                                   [&](const auto& header) { return equal_ignoring_case(header.first, name); });
    if (same == headers.end() || equal_ignoring_case(name, "set-cookie"))
        headers.emplace_back(std::move(name), std::move(value));
    else
        same->second = std::move(value);
    return *this;
}

Response& Response::set_cookie(const Request& request, std::string_view name, std::string_view value,
                               std::int64_t max_age_seconds) {
    if (!is_token(name)) throw std::logic_error("http: no cookie can be called so");
    std::string text(request.secure ? secure_cookie_prefix : std::string_view());
    text.append(name).append("=").append(percent_encode(value, cookie_value_marks));
    text += "; Path=/; HttpOnly; SameSite=Lax";
    if (request.secure) text += "; Secure";
    if (max_age_seconds >= 0) text += "; Max-Age=" + std::to_string(max_age_seconds);
    return set("Set-Cookie", std::move(text));
}

Response redirect(std::string location) {
    Response out;
    out.status = 303;
    out.content_type.clear();
    out.set("Location", percent_encode(location, url_marks));
    return out;
}

Response json(int status, std::string canonical_json) {
    Response out;
    out.status = status;
    out.content_type = "application/json";
    out.body = std::move(canonical_json);
    return out;
}

int status_of(kernel::Code code) {
    switch (code) {
        case kernel::Code::invalid:
            return 422;
        case kernel::Code::malformed:
            return 400;
        case kernel::Code::unauthenticated:
            return 401;
        case kernel::Code::forbidden:
            return 403;
        case kernel::Code::not_found:
            return 404;
        case kernel::Code::conflict:
            return 409;
        case kernel::Code::too_large:
            return 413;
        case kernel::Code::unsupported:
            return 415;
        case kernel::Code::too_many:
            return 429;
        case kernel::Code::unavailable:
            return 503;
        case kernel::Code::no_space:
            return 507;
    }
    return 500;
}

}  // namespace http
