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
#include "scores.h"

namespace issue {

inline constexpr int issues_on_a_page = 20, issues_on_the_map = 40, voices_on_a_page = 20, statements_on_a_page = 100,
                     gathered_on_a_page = 100;

struct ListOf {
    std::optional<people::CycleId> cycle;
    std::optional<State> state;
    std::optional<IssueId> before;
    Sort sort = Sort::newest;
    std::optional<Ranked> after;  // where it is sorted by a figure
};
page::Page list_page(const http::Request&, db::Connection&, const ListOf&, const Hooks&);
page::Page show_page(const http::Request&, db::Connection&, const Issue&, const Hooks&);
page::Page new_page(const http::Request&, db::Connection&, page::Form);
page::Page edit_page(const http::Request&, db::Connection&, const Issue&, page::Form);
page::Page rest_page(const http::Request&, db::Connection&, const cycle::Cycle&, page::Form);
void add_arranging(http::Router&, const people::Needs&);
kernel::Json as_json(db::Connection&, const Issue&);
// What stands of an issue in a table, and what of a message in a list. In a list of one round's issues: what it handed
// on stands in another round now.
page::Data row_of(page::Lang, const Issue&, std::optional<people::CycleId> of = {});
std::vector<page::Data> voice_rows(page::Lang, db::Connection&, const std::vector<voice::VoiceId>&);
page::Page page_of(std::string title, page::Html main, const Issue* = nullptr);
std::string address(IssueId);
std::string title_of(page::Lang, const Issue&);
page::Html state_of(page::Lang, const Issue&);

// What it weighs: the figures with their parts, formulas, weeks, where. And the figures that speak for a mark.
page::Html figures_part(page::Lang, db::Connection&, const Issue&);
std::string beside_mark(page::Lang, const std::optional<Weight>&, Mark);
kernel::Json figures_json(const std::optional<Weight>&);
std::string tenths(page::Lang, std::int64_t thousandths);      // "12.3"
std::string hundredths(page::Lang, std::int64_t thousandths);  // "0.25"
int focus_level(std::int64_t thousandths);                     // 0, 1, 2

}  // namespace issue
