// A Response made ready to be sent: the headers that every response carries, conditional requests, compression.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <kernel/time.h>

#include "gzip.h"
#include "http.h"

namespace http {

struct Wire {
    int status = 200;
    std::string head;  // status line and fields, each with CRLF; without Date, Connection and the closing empty line
    std::string body;
    std::shared_ptr<const std::string> shared;  // instead of body
    Stream stream;
    Events events;
    bool chunked = false;                 // how stream and events go; else to the end of the connection, or …
    std::optional<std::uint64_t> length;  // … the length that the handler announced for its stream
    std::string_view content() const { return shared ? std::string_view(*shared) : std::string_view(body); }
};

// `http_1_0`: such clients know no chunks. Throws std::logic_error for a header that cannot be sent. Any thread.
Wire make_wire(Response, const Request&, bool http_1_0, GzipCache&);

std::string http_date(kernel::Instant);  // "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7)

}  // namespace http
