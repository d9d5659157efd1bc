// What came out, question by question: charts with their tables, n and who skipped, and what may not be shown.
#include "pages.h"

namespace survey {
namespace {

using page::Data;
using page::Lang;
using page::say;

using ShownRow = std::vector<std::optional<std::int64_t>>;

std::string joined(Lang lang, const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& one : all)
        text = text.empty() ? one : say(lang, "survey.and", {{"one", text}, {"other", one}});
    return text;
}

// One row of cells as bars; those that may not be shown are named below.
struct BarRow {
    std::string title;
    const ShownRow& cells;
    std::int64_t of = 0;  // people who gave an answer; 0: no shares
};

Data row_html(Lang lang, const Survey& s, std::size_t question, const BarRow& row) {
    std::vector<page::Bar> bars;
    std::vector<std::string> hidden;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string label = cell_of(lang, s, question, i).text;
        if (!row.cells[i])
            hidden.push_back(label);
        else
            bars.push_back({label, *row.cells[i], row.of > 0 ? page::percent(lang, *row.cells[i], row.of) : ""});
    }
    Data d;
    if (!bars.empty()) d.set("chart", page::bars(lang, row.title, bars, {}));
    if (!hidden.empty())
        d.set("hidden_cells",
              say(lang, "survey.cells_hidden", {{"k", std::to_string(s.asked.k)}, {"which", joined(lang, hidden)}}));
    return d;
}

// With one decimal, in whole numbers: 4.2 of 42 tenths.
std::string tenths(Lang lang, std::int64_t sum, std::int64_t n) {
    const bool minus = sum < 0;
    const std::int64_t all = ((minus ? -sum : sum) * 10 + n / 2) / n;
    return (minus && all > 0 ? "-" : "") + page::number(lang, all / 10) + "." + std::to_string(all % 10);
}

std::optional<std::string> mean_words(Lang lang, const Question& q, const Figures& f) {
    if (q.type == Type::number && f.sum) return say(lang, "survey.mean", {{"mean", tenths(lang, *f.sum, f.answered)}});
    if (q.type != Type::scale) return std::nullopt;
    std::int64_t sum = 0, n = 0;
    for (std::size_t i = 0; i < f.cells[0].size(); ++i) {
        if (!f.cells[0][i]) return std::nullopt;
        sum += *f.cells[0][i] * (q.min + static_cast<std::int64_t>(i)), n += *f.cells[0][i];
    }
    return say(lang, "survey.mean", {{"mean", tenths(lang, sum, n)}});
}

// Rank by rank for each option, where all of it may be shown.
Data rank_table(Lang lang, const Survey& s, std::size_t question, const Figures& f) {
    const Question& q = s.asked.questions[question];
    std::vector<Data> ranks, rows;
    for (std::size_t rank = 1; rank <= q.options.size(); ++rank)
        ranks.push_back(Data().set("n", static_cast<std::int64_t>(rank)));
    for (std::size_t option = 0; option < q.options.size(); ++option) {
        const ShownRow& cells = f.cells.at(option + 1);
        std::vector<Data> figures;
        std::int64_t sum = 0, n = 0;
        for (std::size_t rank = 0; rank < cells.size(); ++rank) {
            figures.push_back(Data().set("n", page::number(lang, cells[rank].value_or(0))));
            sum += cells[rank].value_or(0) * static_cast<std::int64_t>(rank + 1), n += cells[rank].value_or(0);
        }
        const Words label = option_of(lang, s, question, option);
        rows.push_back(Data()
                           .set("label", label.text)
                           .set("row_lang", label.lang)
                           .set("cells", std::move(figures))
                           .set("mean", n == 0 ? std::string("–") : tenths(lang, sum, n)));
    }
    return Data()
        .set("ranks", std::move(ranks))
        .set("rows", std::move(rows))
        .set("caption", say(lang, "survey.rank_table"));
}

void set_rows(Data& d, Lang lang, const Survey& s, std::size_t n, const Figures& f) {
    const Question& q = s.asked.questions[n];
    std::vector<Data> rows;
    const std::string title = say(lang, "survey.chart", {{"n", page::number(lang, static_cast<std::int64_t>(n + 1))}});
    if (q.type == Type::matrix) {
        for (std::size_t row = 0; row < f.cells.size(); ++row)
            rows.push_back(row_html(lang, s, n, {row_of(lang, s, n, row).text, f.cells[row], 0}));
    } else if (q.type == Type::ranking) {
        rows.push_back(row_html(lang, s, n, {say(lang, "survey.first_places"), f.cells.at(0), f.answered}));
        if (f.cells.size() > 1) d.set("rank_table", rank_table(lang, s, n, f));
    } else if (!f.cells.empty()) {
        rows.push_back(row_html(lang, s, n, {title, f.cells[0], f.answered}));
    }
    d.set("rows", std::move(rows));
}

}  // namespace

page::Html results_html(Lang lang, const Survey& s, const std::vector<Figures>& all) {
    std::vector<Data> questions;
    for (std::size_t n = 0; n < all.size(); ++n) {
        const Question& q = s.asked.questions[n];
        const Figures& f = all[n];
        const Words text = question_of(lang, s, n);
        Data d;
        d.set("text", text.text).set("lang", text.lang).set("n", page::number(lang, static_cast<std::int64_t>(n + 1)));
        d.set("shown", f.shown);
        if (f.shown) {
            const std::int64_t skipped = f.asked - f.answered;
            d.set("people", say(lang, q.when ? "survey.answered_of_asked" : "survey.answered_n",
                                {{"n", page::number(lang, f.answered)},
                                 {"asked", page::number(lang, f.asked)},
                                 {"skipped", page::number(lang, skipped)}}));
            if (const auto mean = mean_words(lang, q, f)) d.set("mean", *mean);
            d.set("several", q.type == Type::multiple).set("written", written(q));
            set_rows(d, lang, s, n, f);
        }
        questions.push_back(std::move(d));
    }
    Data d;
    d.set("questions", std::move(questions)).set("k", s.asked.k);
    return page::render(lang, "survey/results.html", d);
}

}  // namespace survey
