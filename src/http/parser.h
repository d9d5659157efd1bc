// The parser of a request's header: Beast's, held to the stricter reading. Takes apart what HeadWatch let through.
#pragma once
#include <string_view>

namespace http {

struct Request;
struct Framing;

// `header` is whole, from request line to empty line. Fills method, target (as sent), headers and framing. False (400)
// for names and values that are none, two of a field that may stand once (Host, Content-Length, Transfer-Encoding,
// Content-Type, …), no Host in HTTP/1.1, a Content-Length that is no plain number, any Transfer-Encoding but "chunked",
// both of them, or one in HTTP/1.0.
bool parse_header(std::string_view header, Request&, Framing&);

}  // namespace http
