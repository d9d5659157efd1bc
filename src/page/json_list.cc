#include <http/http.h>
#include <kernel/id.h>
#include <kernel/result.h>

#include "page.h"

namespace page {
namespace {

kernel::Checked can_turn(const http::Request& r, int most) {
    for (const char* cursor : {"before", "after"})
        // Empty it is the first page, for those who write the address with whatever they have.
        if (const std::string_view asked = r.asked(cursor).value_or(""); !asked.empty() && !kernel::parse_index(asked))
            return kernel::refuse(kernel::Code::malformed, "page.bad_cursor");
    const std::string_view asked = r.asked("limit").value_or("");
    if (asked.empty() || most == 0) return {};
    const auto limit = kernel::parse_index(asked);
    if (limit && *limit >= 1 && *limit <= most) return {};
    return kernel::invalid("limit", "page.limit", {{"max", std::to_string(most)}});
}

}  // namespace

http::Handler json_list(http::Handler handler, int most) {
    return [handler = std::move(handler), most](const http::Request& r) {
        if (const kernel::Checked can = can_turn(r, most); !can) return refusal(r, can.error());
        return handler(r);
    };
}

int asked_limit(const http::Request& r, int standard) {
    return static_cast<int>(kernel::parse_index(r.asked("limit").value_or("")).value_or(standard));
}

}  // namespace page
