// What a clerk is shown of categories: a suggestion at a case, and how good suggestions were.
#include <kernel/text.h>
#include <routing/routing.h>
#include <voice/workbench.h>

#include "live.h"
#include "pages.h"

namespace discovery {
namespace {

using page::Data;
using page::Lang;

const routing::Listed* listed(const routing::Table& table, std::string_view code) {
    for (const routing::Listed& one : table.sheet->lists().categories)
        if (one.code == code) return &one;
    return nullptr;
}

void set_name(Data& d, Lang lang, const routing::Listed* one, const std::string& code) {
    const routing::Named named = one ? routing::name_in(lang, one->names) : routing::Named{code, lang};
    d.set("name", std::string(named.text)).set("lang", std::string(page::tag(named.lang)));
}

std::string per_cent(double share) { return std::to_string(static_cast<int>(share * 100)) + " %"; }
std::string hundredth(double value) {
    const int n = static_cast<int>(value * 100 + 0.5);
    return (n >= 100 ? "1." : "0.") + std::string(n % 100 < 10 ? "0" : "") + std::to_string(n % 100);
}

std::string how_good(Lang lang, const Learnt& learnt) {
    return page::say(lang, "discovery.category_quality",
                     {{"right", per_cent(learnt.right)},
                      {"n", page::number(lang, learnt.cases)},
                      {"f", hundredth(learnt.macro_f)},
                      {"when", page::date_time(lang, learnt.at)}});
}

}  // namespace

std::function<page::Html(const http::Request&, db::Connection&, voice::VoiceId)> part_of_desk(
    std::shared_ptr<Live> live) {
    return [live](const http::Request& r, db::Connection& db, voice::VoiceId id) -> page::Html {
        const auto learnt = live->categories.learnt();
        if (!learnt) return {};
        const auto mine = voice::desk_case(db, people::actor(r), id);
        if (!mine || !mine->voice.due || voice::is_over(db, mine->voice)) return {};
        const auto table = routing::in_force(db);
        if (!table) return {};
        for (const std::string& code : live->categories.suggest(mine->voice.title, mine->voice.text)) {
            const routing::Listed* one = listed(*table, code);
            if (!one) continue;  // not in the list of today
            if (code == mine->voice.category) return {};
            const Lang lang = page::lang_of(r);
            Data d;
            set_name(d, lang, one, code);
            d.set("link", "/desk/voices/" + std::to_string(id.value()) + "/place?category=" + code + "#matter");
            d.set("quality", how_good(lang, *learnt));
            return page::render(lang, "discovery/category.html", d);
        }
        return {};
    };
}

page::Page categories_page(const http::Request& r, db::Connection& db, const Categories& categories) {
    const Lang lang = page::lang_of(r);
    Data d;
    std::vector<Data> rows;
    const auto table = routing::in_force(db);
    if (const auto learnt = categories.learnt()) {
        d.set("quality", how_good(lang, *learnt));
        for (const CategoryQuality& q : learnt->categories) {
            Data row;
            set_name(row, lang, table ? listed(*table, q.code) : nullptr, q.code);
            row.set("n", page::number(lang, q.n))
                .set("precision", per_cent(q.precision))
                .set("recall", per_cent(q.recall))
                .set("f", hundredth(q.f));
            rows.push_back(std::move(row));
        }
    }
    d.set("empty", rows.empty()).set("rows", std::move(rows));
    page::Page p;
    p.title = page::say(lang, "discovery.categories");
    p.main = page::render(lang, "discovery/categories.html", d);
    p.section = "issues";
    return p;
}

}  // namespace discovery
