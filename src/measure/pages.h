// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>
#include <page/reader.h>

#include "labels.h"
#include "rules.h"

namespace measure {

inline constexpr int measures_on_a_page = 20;

// One thing that somebody may do to a measure: its address behind the measure's, and the words "measure.act_…".
struct Step {
    rules::Act act;
    std::string_view path;
    bool next;  // a step of the way, not a change of what was promised
};
std::span<const Step> steps();
std::string words_of(const Step&);  // "measure.act_report": the message that names it; with _intro, _button

Filter filter_of(const http::Request&);
// A list that asked for one more than fits, cut down to the page, with its cursors.
struct Listed {
    std::vector<Measure> measures;
    std::optional<MeasureId> newer, older;
};
Listed listed(db::Connection&, Filter);

page::Page list_page(const http::Request&, db::Connection&, kernel::Day today);
page::Page show_page(const http::Request&, db::Connection&, const Measure&, const Hooks&, kernel::Day today);
// What was typed of a promise, but for kind and owner, which a pledge does not ask for.
Draft read_promise(page::Reader&, std::string_view prefix);
// Without a round: which one? Otherwise the form of a pledge.
page::Page new_page(const http::Request&, db::Connection&, const std::optional<cycle::Cycle>&, page::Form);
page::Page step_page(const http::Request&, db::Connection&, const Measure&, const Step&, page::Form, kernel::Day today);
page::Data row_of(page::Lang, db::Connection&, const Measure&, kernel::Day today, const kernel::Calendar&);
kernel::Json as_json(const Measure&);
kernel::Json history_json(const std::vector<Happened>&);

}  // namespace measure
