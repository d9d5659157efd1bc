// What of the counts may be shown: no cell of fewer than k, and none that could be worked out from the others.
#include <algorithm>
#include <numeric>

#include "answers.h"

namespace survey {
namespace {

using Row = std::vector<std::int64_t>;
using ShownRow = std::vector<std::optional<std::int64_t>>;

bool small(std::int64_t n, std::int64_t k) { return n > 0 && n < k; }

// Of a row whose sum is known (everybody who answered stands in one cell): what is small goes, and then the smallest of
// the others, until those gone are two at least, k people together, and more people than cells: a cell that is gone is
// known not to be empty.
ShownRow of_one_choice(const Row& row, std::int64_t k) {
    ShownRow shown(row.begin(), row.end());
    std::int64_t gone = 0, people = 0;
    const auto hide = [&](std::size_t i) {
        shown[i].reset();
        ++gone, people += row[i];
    };
    for (std::size_t i = 0; i < row.size(); ++i)
        if (small(row[i], k)) hide(i);
    while (gone > 0 && (gone < 2 || people < k || people == gone)) {
        std::size_t least = row.size();
        for (std::size_t i = 0; i < row.size(); ++i)
            if (shown[i] && row[i] > 0 && (least == row.size() || row[i] < row[least])) least = i;
        if (least == row.size()) return ShownRow(row.size());
        hide(least);
    }
    return shown;
}

// Of several choices each stands by itself: those who made it, and those who did not.
ShownRow of_many_choices(const Row& row, std::int64_t answered, std::int64_t k) {
    ShownRow shown;
    for (std::int64_t n : row) shown.push_back(small(n, k) || small(answered - n, k) ? std::nullopt : std::optional(n));
    return shown;
}

// Ranks of all options hang together; all or nothing of them, and else who came first alone.
std::vector<ShownRow> of_ranking(const std::vector<Row>& options, std::int64_t answered, std::int64_t k) {
    Row first;
    bool all = true;
    for (const Row& ranks : options) {
        first.push_back(ranks.at(0));
        const std::int64_t ranked = std::accumulate(ranks.begin(), ranks.end(), std::int64_t{0});
        all = all && !small(answered - ranked, k) &&
              std::none_of(ranks.begin(), ranks.end(), [&](std::int64_t n) { return small(n, k); });
    }
    std::vector<ShownRow> shown = {of_one_choice(first, k)};
    if (all)
        for (const Row& ranks : options) shown.emplace_back(ranks.begin(), ranks.end());
    return shown;
}

std::vector<ShownRow> cells(const Question& q, const Counts& c, std::int64_t k) {
    if (q.type == Type::ranking) return of_ranking(c.cells, c.answered, k);
    std::vector<ShownRow> shown;
    for (const Row& row : c.cells)
        shown.push_back(q.type == Type::multiple ? of_many_choices(row, c.answered, k) : of_one_choice(row, k));
    return shown;
}

// What hangs on an answer tells how many gave it: shown only where that may be told.
bool ground_is_shown(const Question& q, const Counts& c, const std::vector<Question>& questions,
                     const std::vector<Figures>& before, std::int64_t k) {
    if (!q.when) return true;
    const auto on = static_cast<std::size_t>(q.when->question - 1);
    const Question& source = questions.at(on);
    const Figures& f = before.at(on);
    if (!f.shown || f.cells.empty()) return false;
    for (int option : q.when->any) {
        const auto at = static_cast<std::size_t>(source.type == Type::scale ? option - source.min : option - 1);
        if (!f.cells[0].at(at)) return false;
    }
    return source.type != Type::multiple || (!small(c.asked, k) && !small(f.answered - c.asked, k));
}

}  // namespace

Counts no_counts(const Question& q) {
    Counts c;
    if (written(q)) return c;
    const std::size_t rows = q.type == Type::matrix ? q.rows.size() : q.type == Type::ranking ? q.options.size() : 1;
    c.cells.assign(rows, Row(width(q)));
    return c;
}

std::vector<Figures> shown(const std::vector<Question>& questions, const std::vector<Counts>& counts, std::int64_t n,
                           std::int64_t k) {
    std::vector<Figures> all;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Question& q = questions[i];
        const Counts& c = counts.at(i);
        Figures f;
        f.shown = n >= k && c.answered >= k && ground_is_shown(q, c, questions, all, k);
        if (f.shown) {
            f.asked = c.asked, f.answered = c.answered;
            f.cells = cells(q, c, k);
            if (q.type == Type::number) f.sum = c.sum;
        }
        all.push_back(std::move(f));
    }
    return all;
}

}  // namespace survey
