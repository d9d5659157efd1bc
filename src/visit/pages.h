// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>
#include <page/reader.h>

#include "visit.h"

namespace visit {

inline constexpr int visits_on_a_page = 20, visits_on_an_issue = 5, issues_to_choose = 60;

Filter filter_of(const http::Request&);           // ?issue= ?cycle= ?unit= ?before=
PlanFilter plan_filter_of(const http::Request&);  // ?unit= ?open= ?before=
// One page of what newest-first rows there are; `older`: the cursor of the next.
template <class Row, class Id>
struct ListedRows {
    std::vector<Row> rows;
    std::optional<Id> older;
};
using Listed = ListedRows<Visit, VisitId>;
using ListedPlans = ListedRows<Plan, PlanId>;
Listed listed(db::Connection&, Filter);
ListedPlans listed(db::Connection&, PlanFilter);

page::Page list_page(const http::Request&, db::Connection&, const Filter&);
page::Page show_page(const http::Request&, db::Connection&, const Visit&, const Hooks&);
std::string address(VisitId);  // "/visits/17"
std::string title_of(page::Lang, const Visit&);

// form_pages.cc
// What a new visit is about from the start: an issue, or a plan, or neither yet.
struct About {
    std::optional<issue::Issue> issue;
    std::optional<Plan> plan;
};
page::Page new_page(const http::Request&, db::Connection&, const About&, page::Form);
page::Page told_page(const http::Request&, const Visit&, page::Form);
page::Page correct_page(const http::Request&, const Visit&, page::Form);
page::Page links_page(const http::Request&, const Visit&, page::Form);
// The fields of fields.html, with the answers to choose from; issues only where none is given.
void fill_fields(const http::Request&, db::Connection&, bool choose_issue, page::Form&, page::Data&);
// A visit as those fields were sent; what is wrong is gathered at them.
Draft read_draft(page::Reader&, const http::Request&);

// plan_pages.cc
page::Page plans_page(const http::Request&, db::Connection&, const PlanFilter&, kernel::Day today);
page::Page plan_page(const http::Request&, db::Connection&, const Plan&, const Hooks&, kernel::Day today);
page::Page new_plan_page(const http::Request&, db::Connection&, const std::optional<issue::Issue>&, page::Form);
page::Page call_off_page(const http::Request&, const Plan&, page::Form);
std::string address(PlanId);  // "/visits/plan/17"

// json.cc
kernel::Json as_json(const Visit&, bool whole);  // whole: with what visit() alone fills
kernel::Json as_json(const Plan&);

// ---- shared --------------------------------------------------------------------------------------------------------
void set_issue(page::Data&, page::Lang, const std::optional<issue::Issue>&);
std::vector<page::Option> languages();
page::Page page_of(std::string title, page::Html main, bool sample = false);

}  // namespace visit
