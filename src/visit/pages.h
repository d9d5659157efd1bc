// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "visit.h"

namespace visit {

inline constexpr int visits_on_a_page = 20, visits_on_an_issue = 5;

Filter filter_of(const http::Request&);  // ?issue= ?cycle= ?before=
struct Listed {
    std::vector<Visit> visits;
    std::optional<VisitId> older;
};
Listed listed(db::Connection&, Filter);
page::Page list_page(const http::Request&, db::Connection&, const Filter&);
page::Page show_page(const http::Request&, db::Connection&, const Visit&, const Hooks&);
page::Page new_page(const http::Request&, db::Connection&, const issue::Issue&, page::Form);
page::Page told_page(const http::Request&, const Visit&, page::Form);
page::Page correct_page(const http::Request&, const Visit&, page::Form);
kernel::Json as_json(const Visit&);
std::string address(VisitId);  // "/visits/17"

}  // namespace visit
