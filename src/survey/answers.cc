#include "answers.h"

#include <algorithm>
#include <charconv>

#include <kernel/text.h>

namespace survey {
namespace {

using kernel::Checked;
using kernel::invalid;

bool in_order(const std::vector<std::int64_t>& picks) {
    return std::adjacent_find(picks.begin(), picks.end(), std::greater_equal<>()) == picks.end();
}
bool all_within(const std::vector<std::int64_t>& picks, std::int64_t low, std::int64_t high) {
    return std::all_of(picks.begin(), picks.end(), [&](std::int64_t p) { return p >= low && p <= high; });
}
std::int64_t count_of(const std::vector<std::string>& all) { return static_cast<std::int64_t>(all.size()); }

Checked check_many(const Question& q, const Answer& a, const std::string& field) {
    if (!all_within(a.picks, 1, count_of(q.options)) || !in_order(a.picks))
        return invalid(field, "survey.option_unknown");
    const std::int64_t n = static_cast<std::int64_t>(a.picks.size());
    if (q.max > 0 && n > q.max) return invalid(field, "survey.too_many_picks", {{"max", std::to_string(q.max)}});
    if (n < q.min) return invalid(field, "survey.too_few_picks", {{"min", std::to_string(q.min)}});
    return {};
}

Checked check_matrix(const Question& q, const Answer& a, const std::string& field) {
    if (a.picks.size() != q.rows.size() || !all_within(a.picks, 0, count_of(q.options)))
        return invalid(field, "survey.option_unknown");
    if (std::count(a.picks.begin(), a.picks.end(), 0) == count_of(q.rows))
        return invalid(field, "survey.option_unknown");  // nothing at all is no answer
    return {};
}

// The best first, each once: whoever has a rank twice or leaves one out has no order.
Checked check_ranking(const Question& q, const Answer& a, const std::string& field) {
    if (!all_within(a.picks, 1, count_of(q.options))) return invalid(field, "survey.option_unknown");
    std::vector<std::int64_t> sorted = a.picks;
    std::sort(sorted.begin(), sorted.end());
    return in_order(sorted) ? Checked() : invalid(field, "survey.ranking_gap");
}

Checked check_written(const Question& q, const Answer& a, const std::string& field) {
    if (a.picks != std::vector<std::int64_t>{1} || a.text.empty()) return invalid(field, "survey.option_unknown");
    return kernel::check_length(a.text, field, q.type == Type::text ? max_text : max_place);
}

Checked check_one(const Answer& a, const std::string& field, std::int64_t low, std::int64_t high) {
    if (a.picks.size() == 1 && all_within(a.picks, low, high)) return {};
    return invalid(field, "survey.option_unknown");
}

Checked check_number(const Question& q, const Answer& a, const std::string& field) {
    if (a.picks.size() == 1 && all_within(a.picks, q.min, q.max)) return {};
    return invalid(field, "survey.number_range", {{"min", std::to_string(q.min)}, {"max", std::to_string(q.max)}});
}

std::optional<kernel::Error> wrong(const Question& q, const Answer& a, bool asked, bool whole, std::size_t n) {
    const std::string field = field_of(n);
    if (!a.given() && !a.text.empty()) return invalid(field, "survey.option_unknown");
    if (!a.given()) {
        if (asked && q.needed && whole) return invalid(field, "survey.answer_needed");
        return std::nullopt;
    }
    if (!asked) return invalid(field, "survey.hidden_answered");
    if (auto ok = check_answer(q, a, field); !ok) return ok.error();
    if (whole && q.needed && q.type == Type::matrix && std::count(a.picks.begin(), a.picks.end(), 0) > 0)
        return invalid(field, "survey.rows_needed");
    return std::nullopt;
}

std::int64_t width_of_class(const Question& q) { return (q.max - q.min + classes) / classes; }

// Which class of a number, from 1.
int class_of(const Question& q, std::int64_t value) {
    return static_cast<int>((value - q.min) / width_of_class(q)) + 1;
}

}  // namespace

std::string field_of(std::size_t n) { return "q" + std::to_string(n + 1); }

bool chosen(Type t) { return t == Type::single || t == Type::multiple || t == Type::scale || t == Type::place; }

bool written(const Question& q) { return q.type == Type::text || (q.type == Type::place && q.options.empty()); }

int pages_of(const Draft& d) { return d.questions.empty() ? 1 : d.questions.back().page; }

std::size_t width(const Question& q) {
    switch (q.type) {
        case Type::scale:
            return static_cast<std::size_t>(q.max - q.min + 1);
        case Type::number:
            return static_cast<std::size_t>(class_of(q, q.max));
        case Type::text:
            return 0;
        case Type::single:
        case Type::multiple:
        case Type::matrix:
        case Type::ranking:
        case Type::place:
            break;
    }
    return q.options.size();
}

std::pair<std::int64_t, std::int64_t> class_bounds(const Question& q, std::int64_t at) {
    const std::int64_t low = q.min + at * width_of_class(q);
    return {low, std::min(q.max, low + width_of_class(q) - 1)};
}

std::vector<bool> asked_of(const std::vector<Question>& questions, const Answers& answers) {
    std::vector<bool> asked;
    for (const Question& q : questions) {
        bool is = true;
        if (q.when) {
            const auto on = static_cast<std::size_t>(q.when->question - 1);
            is = on < asked.size() && asked[on] && on < answers.size() &&
                 std::any_of(answers[on].picks.begin(), answers[on].picks.end(), [&](std::int64_t pick) {
                     return std::find(q.when->any.begin(), q.when->any.end(), pick) != q.when->any.end();
                 });
        }
        asked.push_back(is);
    }
    return asked;
}

Answers without_unasked(const std::vector<Question>& questions, Answers answers) {
    answers.resize(questions.size());
    const std::vector<bool> asked = asked_of(questions, answers);
    for (std::size_t i = 0; i < questions.size(); ++i)
        if (!asked[i]) answers[i] = {};
    return answers;
}

Checked check_answer(const Question& q, const Answer& a, const std::string& field) {
    if (!written(q) && !a.text.empty()) return invalid(field, "survey.option_unknown");
    switch (q.type) {
        case Type::single:
            return check_one(a, field, 1, count_of(q.options));
        case Type::multiple:
            return check_many(q, a, field);
        case Type::scale:
            return check_one(a, field, q.min, q.max);
        case Type::matrix:
            return check_matrix(q, a, field);
        case Type::ranking:
            return check_ranking(q, a, field);
        case Type::number:
            return check_number(q, a, field);
        case Type::text:
            return check_written(q, a, field);
        case Type::place:
            return written(q) ? check_written(q, a, field) : check_one(a, field, 1, count_of(q.options));
    }
    return invalid(field, "survey.option_unknown");
}

std::vector<kernel::Error> check_page(const std::vector<Question>& questions, const Answers& answers, int page,
                                      bool whole) {
    std::vector<kernel::Error> all;
    const std::vector<bool> asked = asked_of(questions, answers);
    for (std::size_t i = 0; i < questions.size(); ++i)
        if (questions[i].page == page)
            if (auto error = wrong(questions[i], answers.at(i), asked[i], whole, i)) all.push_back(*std::move(error));
    return all;
}

Checked check_all(const std::vector<Question>& questions, const Answers& answers) {
    if (answers.size() != questions.size())
        return invalid("answers", "survey.answers_count", {{"n", std::to_string(questions.size())}});
    const std::vector<bool> asked = asked_of(questions, answers);
    for (std::size_t i = 0; i < questions.size(); ++i)
        if (auto error = wrong(questions[i], answers[i], asked[i], true, i)) return *std::move(error);
    std::size_t written_so_far = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        written_so_far += kernel::code_points(answers[i].text);
        if (written_so_far > max_together)
            return invalid(field_of(i), "survey.texts_long", {{"max", std::to_string(max_together)}});
    }
    if (std::none_of(answers.begin(), answers.end(), [](const Answer& a) { return a.given(); }))
        return invalid("q1", "survey.nothing_answered");
    return {};
}

std::string picks_text(const Answers& answers) {
    std::string text;
    for (const Answer& a : answers) {
        for (std::size_t i = 0; i < a.picks.size(); ++i) text += (i == 0 ? "" : " ") + std::to_string(a.picks[i]);
        text += '|';
    }
    return text;
}

std::optional<Answers> parse_picks(std::string_view text, std::size_t questions) {
    Answers all;
    if (!text.ends_with('|')) return std::nullopt;
    text.remove_suffix(1);
    for (const std::string_view one : kernel::split(text, '|')) {
        Answer& a = all.emplace_back();
        if (one.empty()) continue;
        for (const std::string_view digits : kernel::split(one, ' ')) {
            std::int64_t pick = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pick);
            if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
            a.picks.push_back(pick);
        }
    }
    return all.size() == questions ? std::optional(std::move(all)) : std::nullopt;
}

std::vector<Cell> cells_of(const std::vector<Question>& questions, const Answers& answers) {
    std::vector<Cell> all;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Question& q = questions[i];
        const auto add = [&](std::size_t row, std::int64_t option) {
            all.push_back({static_cast<int>(i + 1), static_cast<int>(row), static_cast<int>(option)});
        };
        if (written(q)) continue;
        const std::vector<std::int64_t>& picks = answers.at(i).picks;
        for (std::size_t p = 0; p < picks.size(); ++p) {
            switch (q.type) {
                case Type::matrix:
                    if (picks[p] > 0) add(p + 1, picks[p]);
                    break;
                case Type::ranking:
                    add(static_cast<std::size_t>(picks[p]), static_cast<std::int64_t>(p + 1));
                    break;
                case Type::scale:
                    add(1, picks[p] - q.min + 1);
                    break;
                case Type::number:
                    add(1, class_of(q, picks[p]));
                    break;
                case Type::single:
                case Type::multiple:
                case Type::place:
                case Type::text:
                    add(1, picks[p]);
                    break;
            }
        }
    }
    return all;
}

}  // namespace survey
