// The page on which somebody judges, and the one that says it is done.
#include <db/database.h>

#include "pages.h"

namespace review {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::string field_of(std::size_t question) { return "q" + std::to_string(question + 1); }

bool has_named(const Review& r) {
    for (const PanelDraft& p : r.frozen.panels)
        if (p.secrecy == Secrecy::named) return true;
    return false;
}

void set_matter(Data& d, Lang lang, const Review& r, const measure::Measure& m) {
    d.set("link", address(r.id)).set("measure", measure_title(lang, m)).set("measure_link", measure_address(m.id));
    d.set("measure_lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
    d.set("day", page::full_date(lang, r.frozen.closes)).set("k", r.frozen.k);
}

std::vector<page::Option> marks(Lang lang) {
    std::vector<page::Option> all;
    for (int mark = 5; mark >= 0; --mark)
        all.push_back({std::to_string(mark), say(lang, "review.answer_" + std::to_string(mark)), ""});
    return all;
}

page::Page private_page(Lang lang, const Review& r, std::string title, std::string_view file, const Data& d) {
    page::Page p;
    p.title = std::move(title);
    p.section = "reviews";
    p.sample = r.sample;
    p.private_matter = true;
    p.main = page::render(lang, file, d);
    return p;
}

}  // namespace

page::Page vote_page(const Request& r, const Review& rv, const measure::Measure& m, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_matter(d, lang, rv, m);
    for (std::size_t q = 0; q < rv.frozen.questions.size(); ++q) form.options(field_of(q), marks(lang));
    form.fill(lang, d, {"code", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "name", "reasons"});
    for (std::size_t q = 0; q < rv.frozen.questions.size(); ++q) {
        const Question& asked = rv.frozen.questions[q];
        Data one;
        one.set("text", question_text(lang, asked, q));
        one.set("lang", asked.text.empty() ? std::string(page::tag(lang)) : rv.frozen.lang);
        d.set(field_of(q) + "_asked", std::move(one));
    }
    d.set("here", address(rv.id) + "/vote").set("by_name", has_named(rv));
    page::Page p = private_page(lang, rv, say(lang, "review.vote_title"), "review/vote.html", d);
    if (!form.errors().empty()) p.status = http::status_of(form.errors().front().code);
    return p;
}

page::Page cast_page(const Request& r, const Review& rv, const measure::Measure& m, const std::string& mark) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_matter(d, lang, rv, m);
    d.set("mark", mark);
    return private_page(lang, rv, say(lang, "review.cast_title"), "review/cast.html", d);
}

std::vector<int> read_answers(const Request& r, const Review& rv) {
    std::vector<int> all;
    for (std::size_t q = 0; q < rv.frozen.questions.size(); ++q) {
        const std::string_view typed = r.field(field_of(q)).value_or("");
        all.push_back(typed.size() == 1 && typed[0] >= '0' && typed[0] <= '5' ? typed[0] - '0' : -1);
    }
    return all;
}

}  // namespace review
