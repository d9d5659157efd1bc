// Days that bind, for calendars: when a phase ends, a body meets, a measure is due.
#pragma once
#include <notice/notice.h>

namespace server {

// Of a round, a unit or a body; `of` is its folder: "cycles", "units", "bodies".
std::optional<std::vector<notice::Date>> binding_days(db::Connection&, std::string_view of, std::int64_t id);

}  // namespace server
