// What the pages of suggestions are made of.
#pragma once
#include <http/http.h>
#include <page/page.h>

#include "categories.h"
#include "discovery.h"
#include "store.h"

namespace discovery {

inline constexpr int groups_on_a_page = 30, items_on_a_page = 100, issues_to_choose = 100;

struct ListOf {
    std::optional<people::CycleId> cycle;
    std::optional<Rank> after;
    std::optional<issue::IssueId> done;    // what the step before this page led to
    std::optional<issue::IssueId> undone;  // or was taken back of
};
std::optional<people::CycleId> list_of(const http::Request&);  // the round whose list a suggestion was opened from
page::Page list_page(const http::Request&, db::Connection&, const ListOf&);
page::Page show_page(const http::Request&, db::Connection&, const Group&, page::Form, const std::vector<Item>& chosen,
                     bool again);
page::Page categories_page(const http::Request&, db::Connection&, const Categories&);
std::string address(std::int64_t group);
std::string rank_text(const Rank&);  // as a cursor
std::optional<Rank> parse_rank(std::string_view);

}  // namespace discovery
