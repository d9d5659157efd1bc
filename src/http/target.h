// The request target: which path and query it means, or that nobody should guess.
#pragma once
#include <string>
#include <string_view>

#include "form.h"

namespace http {

inline constexpr std::size_t longest_target = 8000;  // bytes; more: 414 (RFC 9112 section 3 asks for at least this)

struct Target {
    std::string origin;  // origin form: path and query as sent
    std::string path;    // decoded; "*" for OPTIONS *
    Pairs query;
};

// Refusals (malformed): http.malformed for what is neither origin form nor, with the authority of `host`, absolute
// form; for a '%' without two digits, dot segments in any spelling, encoded slashes, backslashes, control characters,
// '#', a path that is not UTF-8; http.not_utf8 for a query that is not.
kernel::Result<Target> parse_target(std::string_view raw, std::string_view host);

}  // namespace http
