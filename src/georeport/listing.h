// Public messages as requests of GeoReport.
#pragma once
#include <string>
#include <vector>

#include <kernel/json.h>

#include "asked.h"
#include "services.h"

namespace georeport {

// Whether it may stand here at all: published, and a case of this place. Everything else is as if it were not.
bool listed(const voice::Voice&);
// "closed" only where the case is over: the term for rating has gone by, or its author withdrew it.
bool is_closed(db::Connection&, const voice::Voice&);

// How many messages one request looks at before it says where to go on.
inline constexpr int most_looked_at = 20'000;
struct Found {
    std::vector<voice::Voice> all;         // newest first
    std::optional<voice::VoiceId> before;  // there may be more: ask again with this
};
Found find(db::Connection&, const Asked&);

struct Reader {
    const Sheet& sheet;
    page::Lang lang;
    std::string address;  // of this installation, without a slash at its end
};
kernel::Json as_json(db::Connection&, const Reader&, const std::vector<voice::Voice>&);

}  // namespace georeport
