// What the pages and the JSON of this feature are made of.
#pragma once
#include <string>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "period.h"
#include "scorecard.h"

namespace scorecard {

inline constexpr people::UnitId no_unit{};  // its scorecard counts what no unit has

page::Page list_page(const http::Request&, db::Connection&, const Period&, kernel::Day today);
page::Page card_page(const http::Request&, db::Connection&, people::UnitId, const Period&, kernel::Day today);
kernel::Json as_json(const Card&, std::int64_t position, const std::vector<Published>&);
std::string address(people::UnitId, const Period&);  // "/units/17/scorecard?from=2026-10-01&to=2026-12-31"
std::string unit_name(page::Lang, db::Connection&, people::UnitId);

}  // namespace scorecard
