// One page of questions as fields of a form, and what was sent of them.
#include <algorithm>
#include <charconv>
#include <map>

#include <kernel/text.h>

#include "pages.h"

namespace survey {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::string row_field(std::size_t n, std::size_t row) { return field_of(n) + "_r" + std::to_string(row + 1); }
std::string rank_field(std::size_t n, std::size_t option) { return field_of(n) + "_o" + std::to_string(option + 1); }

struct Choice {
    std::string value;
    Words label;
};

std::vector<Data> choice_rows(const std::string& field, const std::vector<Choice>& all,
                              const std::vector<std::string>& chosen) {
    std::vector<Data> rows;
    for (const Choice& one : all) {
        Data row;
        // The first has the field's own id, so that the error summary leads to it.
        row.set("id", field + (rows.empty() ? "" : "-" + std::to_string(rows.size() + 1)));
        row.set("name", field).set("value", one.value).set("label", one.label.text).set("lang", one.label.lang);
        row.set("chosen", std::find(chosen.begin(), chosen.end(), one.value) != chosen.end());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Choice> options_of(Lang lang, const Survey& s, std::size_t n) {
    const Question& q = s.asked.questions[n];
    std::vector<Choice> all;
    for (std::size_t i = 0; i < width(q); ++i)
        all.push_back({std::to_string(q.type == Type::scale ? q.min + static_cast<std::int64_t>(i)
                                                            : static_cast<std::int64_t>(i + 1)),
                       cell_of(lang, s, n, i)});
    return all;
}

// Whoever chose something can take it back without a script.
void offer_none(Lang lang, const Question& q, std::vector<Choice>& all, std::string_view key = "survey.no_answer") {
    if (!q.needed) all.push_back({"", {say(lang, key), std::string(page::tag(lang))}});
}

class Fields {
public:
    Fields(Lang lang, const Survey& s, const Values& values) : lang_(lang), s_(s), values_(values) {}

    void put(Data& d, std::size_t n) const {
        const Question& q = s_.asked.questions[n];
        const std::string field = field_of(n);
        switch (q.type) {
            case Type::single:
            case Type::scale:
                return radios(d, n);
            case Type::place:
                if (written(q)) return line(d, n, "survey.place_hint");
                return list(d, n);
            case Type::multiple:
                d.set("checks", true).set("choices", choice_rows(field, options_of(lang_, s_, n), values_(field)));
                return how_many(d, q);
            case Type::matrix:
                return matrix(d, n);
            case Type::ranking:
                return ranking(d, n);
            case Type::number:
                line(d, n, {});
                d.set("narrow", q.min >= 0);  // the keys of figures alone have no minus sign on some telephones
                d.set("hint", say(lang_, "survey.number_hint",
                                  {{"min", page::number(lang_, q.min)}, {"max", page::number(lang_, q.max)}}));
                return;
            case Type::text:
                d.set("area", true).set("max", static_cast<std::int64_t>(max_text));
                d.set("hint", say(lang_, "survey.text_hint"));
                return first_value(d, field);
        }
    }

private:
    void first_value(Data& d, const std::string& field) const {
        const auto typed = values_(field);
        d.set("value", typed.empty() ? std::string() : typed.front());
    }
    void radios(Data& d, std::size_t n) const {
        std::vector<Choice> all = options_of(lang_, s_, n);
        offer_none(lang_, s_.asked.questions[n], all);
        d.set("radios", true).set("choices", choice_rows(field_of(n), all, values_(field_of(n))));
    }
    void list(Data& d, std::size_t n) const {
        std::vector<Choice> all = options_of(lang_, s_, n);
        all.insert(all.begin(), {"", {say(lang_, "page.choose"), std::string(page::tag(lang_))}});
        d.set("list", true).set("choices", choice_rows(field_of(n), all, values_(field_of(n))));
    }
    void line(Data& d, std::size_t n, std::string_view hint) const {
        d.set("line", true);
        if (!hint.empty()) d.set("hint", say(lang_, hint));
        first_value(d, field_of(n));
    }
    void how_many(Data& d, const Question& q) const {
        if (q.min == 0 && q.max == 0) return d.set("hint", say(lang_, "survey.any_many")), void();
        d.set("hint", say(lang_,
                          q.max == 0   ? "survey.at_least"
                          : q.min == 0 ? "survey.at_most"
                                       : "survey.between",
                          {{"min", std::to_string(q.min)}, {"max", std::to_string(q.max)}}));
    }
    void matrix(Data& d, std::size_t n) const {
        const Question& q = s_.asked.questions[n];
        std::vector<Data> rows;
        for (std::size_t row = 0; row < q.rows.size(); ++row) {
            std::vector<Choice> all = options_of(lang_, s_, n);
            offer_none(lang_, q, all);
            const Words label = row_of(lang_, s_, n, row);
            const std::string field = row_field(n, row);
            std::vector<Data> choices = choice_rows(field, all, values_(field));
            if (row == 0) choices.front().set("id", field_of(n));
            rows.push_back(
                Data().set("label", label.text).set("row_lang", label.lang).set("choices", std::move(choices)));
        }
        d.set("matrix", true).set("rows", std::move(rows));
    }
    void ranking(Data& d, std::size_t n) const {
        const Question& q = s_.asked.questions[n];
        std::vector<Choice> ranks = {{"", {say(lang_, "survey.not_ranked"), std::string(page::tag(lang_))}}};
        for (std::size_t rank = 1; rank <= q.options.size(); ++rank)
            ranks.push_back({std::to_string(rank), {std::to_string(rank), std::string(page::tag(lang_))}});
        std::vector<Data> rows;
        for (std::size_t option = 0; option < q.options.size(); ++option) {
            const Words label = option_of(lang_, s_, n, option);
            const std::string field = rank_field(n, option);
            rows.push_back(Data()
                               .set("id", option == 0 ? field_of(n) : field)
                               .set("name", field)
                               .set("label", label.text)
                               .set("row_lang", label.lang)
                               .set("choices", choice_rows(field, ranks, values_(field))));
        }
        d.set("ranking", true).set("rows", std::move(rows));
        d.set("hint", say(lang_, "survey.ranking_hint"));
    }

    const Lang lang_;
    const Survey& s_;
    const Values& values_;
};

// A whole number as people type it: digits with a minus sign before them. Far too large ones stay so.
std::optional<std::int64_t> whole_number(std::string_view typed) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
    if (typed.empty() || error != std::errc() || end != typed.data() + typed.size()) return std::nullopt;
    return value;
}

kernel::Error nonsense(const std::string& field) { return kernel::invalid(field, "survey.option_unknown"); }

struct Sent {
    const Request& r;
    std::vector<kernel::Error>& errors;

    // Nothing for an empty field or one that is not there; a pick that no rule lets through for nonsense.
    std::optional<std::int64_t> pick(const std::string& field, const std::string& at) const {
        const std::string_view typed = r.field(field).value_or("");
        if (typed.empty()) return std::nullopt;
        const auto value = whole_number(typed);
        if (!value) errors.push_back(nonsense(at));
        return value;
    }
    std::string text(const std::string& field, const Question& q) const {
        const bool area = q.type == Type::text;
        auto admitted = kernel::admit(r.field(field).value_or(""), field, area ? max_text : max_place,
                                      area ? kernel::Lines::many : kernel::Lines::one);
        if (admitted) return *std::move(admitted);
        errors.push_back(admitted.error());
        return {};
    }
    void number(Answer& a, const std::string& field) const {
        const std::string typed = kernel::trim(r.field(field).value_or(""));
        if (typed.empty()) return;
        const auto value = whole_number(typed);
        if (value)
            a.picks = {*value};
        else
            errors.push_back(kernel::invalid(field, "survey.number_malformed"));
    }
    void many(Answer& a, const std::string& field) const {
        for (const std::string_view typed : r.fields(field)) {
            const auto value = whole_number(typed);
            if (!value) return errors.push_back(nonsense(field));
            a.picks.push_back(*value);
        }
        std::sort(a.picks.begin(), a.picks.end());
    }
    void matrix(Answer& a, std::size_t n, const Question& q) const {
        bool any = false;
        for (std::size_t row = 0; row < q.rows.size(); ++row) {
            a.picks.push_back(pick(row_field(n, row), field_of(n)).value_or(0));
            any = any || a.picks.back() != 0;
        }
        if (!any) a.picks.clear();
    }
    // Ranks stand at the options; what is kept is the options in their order.
    void ranking(Answer& a, std::size_t n, const Question& q) const {
        std::vector<std::int64_t> at(q.options.size());
        std::int64_t ranked = 0;
        for (std::size_t option = 0; option < q.options.size(); ++option) {
            const auto rank = pick(rank_field(n, option), field_of(n));
            if (!rank) continue;
            ++ranked;
            if (*rank < 1 || *rank > static_cast<std::int64_t>(at.size()) || at[static_cast<std::size_t>(*rank - 1)])
                return errors.push_back(kernel::invalid(field_of(n), "survey.ranking_gap"));
            at[static_cast<std::size_t>(*rank - 1)] = static_cast<std::int64_t>(option + 1);
        }
        at.resize(static_cast<std::size_t>(ranked));
        if (std::find(at.begin(), at.end(), 0) != at.end())
            return errors.push_back(kernel::invalid(field_of(n), "survey.ranking_gap"));
        a.picks = std::move(at);
    }
    Answer answer(std::size_t n, const Question& q) const {
        Answer a;
        const std::string field = field_of(n);
        if (written(q)) {
            a.text = text(field, q);
            if (!a.text.empty()) a.picks = {1};
        } else if (q.type == Type::number) {
            number(a, field);
        } else if (q.type == Type::multiple) {
            many(a, field);
        } else if (q.type == Type::matrix) {
            matrix(a, n, q);
        } else if (q.type == Type::ranking) {
            ranking(a, n, q);
        } else if (const auto value = pick(field, field)) {
            a.picks = {*value};
        }
        return a;
    }
};

}  // namespace

std::vector<Data> question_fields(Lang lang, const Survey& s, int page, const std::vector<bool>& asked,
                                  const Values& values, const std::vector<kernel::Error>& errors) {
    const Fields fields(lang, s, values);
    std::vector<Data> all;
    for (std::size_t n = 0; n < s.asked.questions.size(); ++n) {
        const Question& q = s.asked.questions[n];
        if (q.page != page || !asked[n]) continue;
        const Words text = question_of(lang, s, n);
        Data d;
        d.set("field", field_of(n)).set("text", text.text).set("lang", text.lang).set("optional", !q.needed);
        for (const kernel::Error& error : errors)
            if (error.field == field_of(n)) d.set("error", say(lang, error));
        fields.put(d, n);
        all.push_back(std::move(d));
    }
    return all;
}

Values values_of(const Survey& s, const Answers& answers) {
    std::map<std::string, std::vector<std::string>> all;
    for (std::size_t n = 0; n < s.asked.questions.size() && n < answers.size(); ++n) {
        const Question& q = s.asked.questions[n];
        const Answer& a = answers[n];
        if (written(q) && a.given()) all[field_of(n)] = {a.text};
        if (written(q)) continue;
        for (std::size_t i = 0; i < a.picks.size(); ++i) {
            const std::string pick = std::to_string(a.picks[i]);
            if (q.type == Type::matrix && a.picks[i] > 0) all[row_field(n, i)] = {pick};
            if (q.type == Type::ranking)
                all[rank_field(n, static_cast<std::size_t>(a.picks[i] - 1))] = {std::to_string(i + 1)};
            if (q.type != Type::matrix && q.type != Type::ranking) all[field_of(n)].push_back(pick);
        }
    }
    return [all = std::move(all)](const std::string& field) {
        const auto found = all.find(field);
        return found == all.end() ? std::vector<std::string>() : found->second;
    };
}

void read_page(const Request& r, const Survey& s, int page, Answers& answers, std::vector<kernel::Error>& errors) {
    const Sent sent{r, errors};
    for (std::size_t n = 0; n < s.asked.questions.size(); ++n)
        if (s.asked.questions[n].page == page) answers.at(n) = sent.answer(n, s.asked.questions[n]);
}

}  // namespace survey
