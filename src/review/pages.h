// What the pages and the JSON of this feature are made of.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>
#include <page/reader.h>

#include "labels.h"
#include "rules.h"

namespace review {

inline constexpr int reviews_on_a_page = 20;
inline constexpr std::size_t questions_on_form = 5, panels_on_form = 6;

struct Listed {
    std::vector<Review> reviews;
    std::optional<ReviewId> newer, older;
};
Filter filter_of(const http::Request&);
Listed listed(db::Connection&, Filter);
page::Page list_page(const http::Request&, db::Connection&);
page::Page show_page(const http::Request&, db::Connection&, const Review&, const Hooks&, kernel::Day today);

page::Page draft_page(const http::Request&, db::Connection&, const measure::Measure&, page::Form, kernel::Day today);
// What was typed; blocks left empty are no questions and no panels. Errors of the rules name the n-th question or panel
// of the draft; `at_form` names the field on the form again.
struct Typed {
    Draft draft;
    std::vector<std::size_t> questions, panels;  // where on the form each stands, from 1
};
Typed read_draft(page::Reader&);
kernel::Error at_form(const Typed&, kernel::Error);

// A step of staff with nothing to fill in but the button: "open", "close".
page::Page step_page(const http::Request&, const Review&, const measure::Measure&, const std::string& step, page::Form);
page::Page codes_page(const http::Request&, const Review&, const measure::Measure&,
                      const std::vector<std::vector<std::string>>& codes);
page::Page pass_over_page(const http::Request&, const measure::Measure&, page::Form);

page::Page vote_page(const http::Request&, const Review&, const measure::Measure&, page::Form);
page::Page cast_page(const http::Request&, const Review&, const measure::Measure&, const std::string& mark);
// -1 where nothing or nonsense was chosen.
std::vector<int> read_answers(const http::Request&, const Review&);

kernel::Json as_json(const Review&);
kernel::Json in_full_json(db::Connection&, const Review&);

}  // namespace review
