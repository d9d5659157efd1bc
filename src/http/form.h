// Percent-encoding, urlencoded forms and queries, cookies.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kernel/result.h>

namespace http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Nothing when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode_strictly(std::string_view);
// As browsers do it (WHATWG URL, "percent-decode"): a '%' that encodes nothing stands for itself.
std::string percent_decode(std::string_view);
// Everything but unreserved characters (RFC 3986 section 2.3) and those in `kept`.
std::string percent_encode(std::string_view, std::string_view kept);

// application/x-www-form-urlencoded, as browsers read it. Refusals: http.not_utf8 (malformed), http.too_many_fields
// {max} (too_large).
kernel::Result<Pairs> parse_urlencoded(std::string_view, std::size_t max_fields);

// The header Cookie. With `secure` only cookies named "__Host-…" are taken, under the rest of their name. Of two with
// one name the first counts; values are percent-decoded.
std::map<std::string, std::string, std::less<>> parse_cookies(std::string_view header, bool secure);
inline constexpr std::string_view secure_cookie_prefix = "__Host-";

}  // namespace http
