// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "cycle.h"

namespace cycle {

inline constexpr int cycles_on_a_page = 20;

// `today` in the organisation's zone, for days left.
page::Page list_page(const http::Request&, db::Connection&);
page::Page show_page(const http::Request&, db::Connection&, const Cycle&, const Hooks&, kernel::Day today);
page::Page new_page(const http::Request&, db::Connection&, const page::Form&);
page::Page edit_page(const http::Request&, db::Connection&, const Cycle&, page::Form);
page::Page phase_page(const http::Request&, db::Connection&, const Cycle&, page::Form);

kernel::Json as_json(db::Connection&, const Cycle&);

// The cursor of a list, when it is an id: ?before= goes on to older rounds, ?after= back to newer ones.
std::optional<CycleId> cursor(const http::Request&, std::string_view name);
std::string address(CycleId);  // "/cycles/17"
// What the page of `c` is called by: its name, or "without a name" where the words are gone.
std::string title_of(page::Lang, const Cycle& c);

}  // namespace cycle
