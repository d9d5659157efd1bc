// How surveys, their questions and answers are named on pages.
#pragma once
#include <string>
#include <vector>

#include <page/page.h>

#include "store.h"

namespace survey {

std::string address(SurveyId);  // "/surveys/17"
// What people wrote, or what stands in its place once it was erased; and the language of that.
struct Words {
    std::string text, lang;
};
Words title_of(page::Lang, const Survey&);
Words question_of(page::Lang, const Survey&, std::size_t n);  // n from 0
Words option_of(page::Lang, const Survey&, std::size_t question, std::size_t option);
Words row_of(page::Lang, const Survey&, std::size_t question, std::size_t row);
// What a cell of a question's figures stands for, `at` from 0: an option, a value of a scale, a class of numbers.
Words cell_of(page::Lang, const Survey&, std::size_t question, std::size_t at);
// What somebody answered, one line for each part.
std::vector<Words> answer_lines(page::Lang, const Survey&, std::size_t question, const Answer&);
std::string post_of(page::Lang, db::Connection&, people::OfficerId);  // "by the clock" for nobody
page::Html state_of(page::Lang, const Survey&);
page::Html history_html(page::Lang, db::Connection&, const Survey&);

}  // namespace survey
