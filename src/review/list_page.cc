// The list, and what stands of reviews on pages of rounds and measures.
#include <db/database.h>

#include "acts.h"
#include "pages.h"

namespace review {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int on_a_part = 10;

Data listed_row(Lang lang, db::Connection& db, const Review& r) {
    const measure::Measure m = measure::measure(db, r.frozen.measure).value();
    const auto found = result(db, r.id);
    Data row;
    row.set("link", address(r.id)).set("title", measure_title(lang, m));
    row.set("lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
    row.set("state", state_of(lang, r, found))
        .set("number", say(lang, "review.number", {{"n", std::to_string(r.id.value())}}));
    row.set("day", say(lang, r.state == State::closed ? "review.closed_on" : "review.closes_on",
                       {{"day", page::full_date(lang, r.frozen.closes)}}));
    if (found && found->percent)
        row.set("percent",
                say(lang, "review.weighted_share", {{"percent", page::percent(lang, *found->percent, 100)}}));
    row.set("sample", r.sample);
    return row;
}

std::vector<Data> listed_rows(Lang lang, db::Connection& db, const std::vector<Review>& all) {
    std::vector<Data> rows;
    for (const Review& r : all) rows.push_back(listed_row(lang, db, r));
    return rows;
}

std::optional<State> parse_state(std::string_view typed) {
    for (State s : {State::drafted, State::open, State::closed})
        if (typed == name(s)) return s;
    return std::nullopt;
}

// What staff may do next about a measure without a review going on.
void set_staff_links(Data& d, Lang lang, db::Connection& db, const Request& r, const measure::Measure& m) {
    const people::Actor actor = people::actor(r);
    if (!actor.staff() || !may_run(db, actor, m) || open_review_of(db, m.id)) return;
    std::vector<Data> links;
    const auto offer = [&](std::string link, std::string_view key) {
        links.push_back(Data().set("link", std::move(link)).set("name", say(lang, key)));
    };
    const std::string number = std::to_string(m.id.value());
    if (m.state != measure::State::accepted && m.state != measure::State::closed)
        offer("/reviews/new?measure=" + number, "review.new");
    if (!m.review && !listed_as_not_judged(db, m.id))
        offer("/reviews/not-judged?measure=" + number, "review.pass_over");
    d.set("has_links", !links.empty()).set("links", std::move(links));
}

Data passed_over_row(Lang lang, db::Connection& db, const PassedOver& p) {
    const measure::Measure m = measure::measure(db, p.measure).value();
    Data row;
    row.set("link", measure_address(m.id)).set("title", measure_title(lang, m));
    row.set("lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
    row.set("reason", p.reason.empty() ? say(lang, "review.reason_erased") : p.reason);
    row.set("who", post_of(lang, db, p.by)).set("entry_link", "/entries/" + std::to_string(p.entry));
    row.set("entry", say(lang, "page.entry", {{"n", std::to_string(p.entry)}}));
    return row;
}

}  // namespace

Filter filter_of(const Request& r) {
    Filter f;
    f.state = parse_state(r.asked("state").value_or(""));
    if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) f.before = ReviewId(*id);
    if (const auto id = kernel::parse_index(r.asked("after").value_or(""))) f.after = ReviewId(*id);
    f.at_most = reviews_on_a_page;
    return f;
}

Listed listed(db::Connection& db, Filter f) {
    const int most = f.at_most;
    f.at_most = most + 1;
    Listed l{reviews(db, f), {}, {}};
    const page::Further further = page::cut(l.reviews, most, f);
    if (further.newer) l.newer = l.reviews.front().id;
    if (further.older) l.older = l.reviews.back().id;
    return l;
}

page::Page list_page(const Request& r, db::Connection& db) {
    const Lang lang = page::lang_of(r);
    const Filter f = filter_of(r);
    const Listed l = listed(db, f);
    Data d;
    page::Form form(r);
    std::vector<page::Option> states = {{"", say(lang, "review.all"), ""}};
    for (State s : {State::drafted, State::open, State::closed})
        states.push_back({std::string(name(s)), say(lang, "review.state_" + std::string(name(s))), ""});
    form.options("state", std::move(states));
    if (f.state) form.value("state", std::string(name(*f.state)));
    form.fill(lang, d, {"state"});
    d.set("empty", l.reviews.empty()).set("reviews", listed_rows(lang, db, l.reviews));
    page::Pages pages{"/reviews" + (f.state ? "?state=" + std::string(name(*f.state)) : std::string()), {}, {}};
    if (l.newer) pages.newer = std::to_string(l.newer->value());
    if (l.older) pages.older = std::to_string(l.older->value());
    d.set("pagination", page::pagination(lang, pages));
    page::Page p;
    p.title = say(lang, "review.list");
    p.section = "reviews";
    p.main = page::render(lang, "review/list.html", d);
    return p;
}

page::Html part_of_measure(const Request& r, db::Connection& db, const measure::Measure& m) {
    const Lang lang = page::lang_of(r);
    Data d;
    std::vector<Data> rows = listed_rows(lang, db, reviews_of(db, m.id));
    set_staff_links(d, lang, db, r, m);
    const auto passed = passed_over(db, m.id);
    d.set("has_reviews", !rows.empty()).set("reviews", std::move(rows));
    if (passed) d.set("passed_over", passed_over_row(lang, db, *passed));
    d.set("none", !passed && reviews_of(db, m.id).empty());
    if (const auto open = open_review_of(db, m.id)) d.set("vote", address(*open) + "/vote");
    return page::render(lang, "review/part_of_measure.html", d);
}

page::Html part(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    const page::List judged{"/cycles/" + std::to_string(c.id.value()), "judgements"},
        unjudged{judged.path, "not-judged"};
    auto ids = of_cycle(db, c.id, page::index_after(r, judged.name), on_a_part + 1);
    auto over = passed_over_in(db, c.id, page::index_after(r, unjudged.name), on_a_part + 1);
    Data d;
    d.set("turning", page::turning(r, judged, ids, on_a_part, [](ReviewId id) { return std::to_string(id.value()); }));
    d.set("passed_turning",
          page::turning(r, unjudged, over, on_a_part, [](const PassedOver& p) { return std::to_string(p.entry); }));
    std::vector<Review> some;
    for (ReviewId id : ids) some.push_back(review(db, id).value());
    std::vector<Data> passed;
    for (const PassedOver& p : over) passed.push_back(passed_over_row(lang, db, p));
    if (some.empty() && passed.empty()) return {};
    d.set("has_reviews", !some.empty()).set("reviews", listed_rows(lang, db, some));
    d.set("has_passed", !passed.empty()).set("passed", std::move(passed));
    return page::render(lang, "review/part.html", d);
}

}  // namespace review
