// What an answer is and whether it is whole; and the counting. Pure.
#pragma once
#include <utility>
#include <vector>

#include "survey.h"

namespace survey {

std::string field_of(std::size_t n);  // "q3" for the question 2 from 0
bool chosen(Type);                    // single, multiple, scale or a place from the list: what a condition can hang on
bool written(const Question&);        // text, or a place without a list
int pages_of(const Draft&);           // the number of the last page
std::size_t width(const Question&);   // cells in a row of its figures
// The least and the largest number of a class, counted from 0.
std::pair<std::int64_t, std::int64_t> class_bounds(const Question&, std::int64_t at);

// Is each question asked of who answers so? An answer to what is not asked counts as none for what hangs on it.
std::vector<bool> asked_of(const std::vector<Question>&, const Answers&);
// Without the answers to what is not asked: what was answered before somebody went back and changed their mind.
Answers without_unasked(const std::vector<Question>&, Answers);

// Each at its field "q3": of one page, or of all. `whole`: what is needed must be there.
kernel::Checked check_answer(const Question&, const Answer&, const std::string& field);
std::vector<kernel::Error> check_page(const std::vector<Question>&, const Answers&, int page, bool whole);
kernel::Checked check_all(const std::vector<Question>&, const Answers&);

// "2|1 3||4 0 1|": the picks of each question, as facts, rows and exports hold them. Nothing for what is none, or of
// another number of questions.
std::string picks_text(const Answers&);
std::optional<Answers> parse_picks(std::string_view, std::size_t questions);

// What one answer adds.
struct Cell {
    int question = 0, row = 0, option = 0;  // all from 1
    friend bool operator==(const Cell&, const Cell&) = default;
};
std::vector<Cell> cells_of(const std::vector<Question>&, const Answers&);

// All answers to one question: cells as in Figures, of a ranking one row for each option, a cell for each rank.
struct Counts {
    std::int64_t asked = 0, answered = 0, sum = 0;
    std::vector<std::vector<std::int64_t>> cells;
};
Counts no_counts(const Question&);
// What may be shown of them; `n` answers in all. README.md says why it is enough.
std::vector<Figures> shown(const std::vector<Question>&, const std::vector<Counts>&, std::int64_t n, std::int64_t k);

}  // namespace survey
