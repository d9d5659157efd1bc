// What the rounds before promised and is not done: on the page of the round that takes it over. Owner and due day stay.
#include <page/page.h>

#include "pages.h"

namespace measure {
namespace {

using page::Data;
using page::Lang;
using page::say;

constexpr int shown_of_each = 5;

Data open_in(Lang lang, db::Connection& db, const cycle::Cycle& before, std::int64_t open) {
    Filter f;
    f.cycle = before.id;
    f.open_only = true;
    f.at_most = shown_of_each;
    std::vector<Data> rows;
    for (const Measure& m : measures(db, f)) rows.push_back(row_of(lang, db, m, kernel::Day{}, kernel::Calendar{}));
    const std::string id = std::to_string(before.id.value());
    const bool named = !before.name.empty();
    Data d;
    d.set("round", named ? before.name : say(lang, "measure.its_round"))
        .set("round_lang", named ? before.lang : std::string(page::tag(lang)))
        .set("round_link", "/cycles/" + id);
    d.set("open", say(lang, "measure.open_n", {{"n", page::number(lang, open)}}))
        .set("all", open > shown_of_each ? "/measures?cycle=" + id + "&open=yes" : std::string());
    return d.set("measures", std::move(rows));
}

}  // namespace

page::Html part_inherited(const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rounds;
    for (const cycle::Cycle& before : cycle::forerunners(db, c)) {
        const Counts n = counts(db, before.id);
        const std::int64_t open = n.adopted + n.under_way + n.reported + n.verified + n.returned;
        if (open > 0) rounds.push_back(open_in(lang, db, before, open));
    }
    if (rounds.empty()) return {};
    return page::render(lang, "measure/inherited.html", Data().set("rounds", std::move(rounds)));
}

}  // namespace measure
