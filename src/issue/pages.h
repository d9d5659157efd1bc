// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "issue.h"

namespace issue {

inline constexpr int issues_on_a_page = 20, voices_on_a_page = 20, statements_on_a_page = 100, gathered_on_a_page = 100;

struct ListOf {
    std::optional<people::CycleId> cycle;
    std::optional<State> state;
    std::optional<IssueId> before;
};
page::Page list_page(const http::Request&, db::Connection&, const ListOf&);
page::Page show_page(const http::Request&, db::Connection&, const Issue&, const Hooks&);
page::Page new_page(const http::Request&, db::Connection&, page::Form);
page::Page edit_page(const http::Request&, db::Connection&, const Issue&, page::Form);
page::Page rest_page(const http::Request&, db::Connection&, const cycle::Cycle&, page::Form);
void add_arranging(http::Router&, const people::Needs&);
kernel::Json as_json(db::Connection&, const Issue&);
std::string address(IssueId);
std::string title_of(page::Lang, const Issue&);
page::Html state_of(page::Lang, const Issue&);

}  // namespace issue
