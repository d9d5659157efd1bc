// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "spotcheck.h"

namespace spotcheck {

Filter filter_of(const http::Request&);  // ?unit= ?open= ?before=
struct Listed {
    std::vector<Check> rows;
    std::optional<CheckId> older;  // the cursor of the next page
};
Listed listed(db::Connection&, Filter);

page::Page list_page(const http::Request&, db::Connection&, const Filter&, kernel::Day today);
page::Page show_page(const http::Request&, db::Connection&, const Check&, const Hooks&, kernel::Day today);
page::Page look_page(const http::Request&, db::Connection&, const Check&, const Drawn&, page::Form);
page::Page order_page(const http::Request&, db::Connection&, page::Form);
std::string address(CheckId);                                   // "/spot-checks/17"
std::string look_address(CheckId, std::int64_t matter);         // "/desk/spot-checks/17/12"
kernel::Json as_json(const Check&, const std::vector<Drawn>*);  // with what was drawn, where it is asked for

}  // namespace spotcheck
