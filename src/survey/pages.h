// What the pages, the export and the JSON of this feature are made of.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>
#include <page/reader.h>

#include "answers.h"
#include "labels.h"

namespace survey {

inline constexpr int surveys_on_a_page = 20, texts_on_a_page = 50;
inline constexpr std::size_t blocks_offered = 3, blocks_added = 5;

void set_status(page::Page&, const page::Form&);  // that of its first error

struct Listed {
    std::vector<Survey> surveys;
    std::optional<SurveyId> newer, older;
};
Filter filter_of(const http::Request&);
Listed listed(db::Connection&, Filter);
page::Page list_page(const http::Request&, db::Connection&);
page::Page show_page(const http::Request&, db::Connection&, const Survey&, const Hooks&, kernel::Day today);
page::Html results_html(page::Lang, const Survey&, const std::vector<Figures>&);

// ---- staff ---------------------------------------------------------------------------------------------------------
// The form of a new survey of this round, or of one that is prepared. Errors of the rules name the n-th question of the
// draft; `at_form` names the field on the form again, where blocks were left empty.
struct Typed {
    Draft draft;
    std::vector<std::size_t> questions;  // where on the form each stands, from 1
    std::size_t blocks = 0;              // on the form
    bool more = false;                   // only asks for more blocks
};
Typed read_draft(const http::Request&, page::Reader&);
kernel::Error at_form(const Typed&, kernel::Error);
// `was`: what the form begins with; `sent`: it was sent, and shows what was typed.
page::Page form_page(const http::Request&, const cycle::Cycle&, std::optional<SurveyId>, const Draft& was,
                     const Typed* sent, page::Form);
page::Page preview_page(const http::Request&, const Survey&);
page::Page step_page(const http::Request&, const Survey&, const std::string& step, bool reason, page::Form);
page::Page codes_page(const http::Request&, const Survey&, const std::vector<std::string>& codes);
page::Page texts_page(const http::Request&, db::Connection&, const Survey&, std::int64_t after);

// ---- answering -----------------------------------------------------------------------------------------------------
// One page of questions, filled in with these answers; `typed`: the request that was sent, whose fields are shown
// again.
page::Page answer_page(const http::Request&, const Survey&, int page, const Answers&, const http::Request* typed,
                       page::Form);
page::Page check_page_of(const http::Request&, const Survey&, const Answers&, page::Form);
page::Page answered_page(const http::Request&, const Survey&, const std::string& mark);
page::Page kept_page(const http::Request&, const Survey&);
// The questions as a form holds them, to be put into survey/questions.html.
using Values = std::function<std::vector<std::string>(const std::string& field)>;
std::vector<page::Data> question_fields(page::Lang, const Survey&, int page, const std::vector<bool>& asked,
                                        const Values&, const std::vector<kernel::Error>&);
Values values_of(const Survey&, const Answers&);
// What was sent of one page, put into `answers`; what is no answer at all goes to `errors`.
void read_page(const http::Request&, const Survey&, int page, Answers& answers, std::vector<kernel::Error>& errors);
// The nearest page with something to ask after this one (before it); nothing: there is none.
std::optional<int> next_page(const Survey&, const Answers&, int after);
std::optional<int> page_before(const Survey&, const Answers&, int before);
// The first page on which something needed is missing or wrong.
std::optional<int> first_unfinished(const Survey&, const Answers&);

// ---- JSON and CSV --------------------------------------------------------------------------------------------------
kernel::Json as_json(const Survey&);
kernel::Json in_full_json(db::Connection&, const Survey&);
kernel::Result<Answers> answers_in(const kernel::Json&, const Survey&);
// All answers of a closed survey as CSV, one person a line, in an order that is drawn anew for each export; no time, no
// entry, nothing of the person. Holds a few hundred of them at once, however many there are.
http::Response export_csv(const people::Needs&, const Survey&);

}  // namespace survey
