// What GET requests asks for: which requests, of which span of time, how many.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <voice/voice.h>

namespace georeport {

inline constexpr int most_requests = 1000, span_days = 90;

struct Asked {
    std::vector<voice::VoiceId> ids;          // when given, nothing else counts
    bool by_ids = false;                      // also where none of them is a number
    std::vector<std::string> codes;           // none: all
    std::optional<kernel::Instant> from, to;  // both within; nothing: since ever, until now
    bool open = true, closed = true;
    std::optional<voice::VoiceId> before;  // our paging by key
    int at_most = most_requests;
};
// W3C date and time with its zone, "2010-01-01T00:00:00Z" or "…+08:00", whose plus sign may have become a blank.
std::optional<kernel::Instant> parse_w3c(std::string_view);
// Refuses at the parameter: georeport.date, georeport.span {days}, georeport.status, georeport.page_size {max},
// georeport.page, georeport.before.
kernel::Result<Asked> read_asked(const http::Request&, kernel::Instant now);

}  // namespace georeport
