// What was asked, and what is shown of a hit.
#include <algorithm>

#include <kernel/text.h>
#include <page/reader.h>

#include "pages.h"

namespace search {
namespace {

constexpr std::size_t longest_title = 120, longest_excerpt = 160;  // code points
constexpr std::string_view asked_names[] = {"q", "kind", "cycle", "unit", "state", "from", "until", "order"};

const std::string& text_of(const Document& d, Part part) { return d.texts[static_cast<std::size_t>(part)]; }

// Its title; where it has none, the beginning of what it says.
Part titled(const Document& d) {
    for (const Part part : {Part::title, Part::place, Part::text})
        if (!text_of(d, part).empty()) return part;
    return Part::answer;
}

void show(Read& read, const Words& words) {
    const Part title = titled(read.document);
    const std::string& whole = text_of(read.document, title);
    const std::string_view head = kernel::first_code_points(whole, longest_title);
    std::vector<Unit> marks = words.marks(title), further;
    const auto beyond = std::find_if(marks.begin(), marks.end(), [&](const Unit& m) { return m.end > head.size(); });
    further.assign(beyond, marks.end());
    marks.erase(beyond, marks.end());
    read.title = excerpt(head, marks, longest_title);
    if (head.size() < whole.size()) read.title.push_back({"…", false});

    if (!further.empty()) {
        read.excerpt = excerpt(whole, further, longest_excerpt);
        return;
    }
    for (const Part part : {Part::text, Part::answer, Part::place}) {
        if (part == title) continue;
        const std::vector<Unit> here = words.marks(part);
        if (here.empty()) continue;
        read.excerpt = excerpt(text_of(read.document, part), here, longest_excerpt);
        return;
    }
    if (title != Part::text) read.excerpt = excerpt(text_of(read.document, Part::text), {}, longest_excerpt);
}

// The state, where the kind that was asked for has it; what a form still held of another kind says nothing.
std::string state_asked(const http::Request& r, const std::optional<Kind>& kind) {
    if (!kind) return {};
    const std::string typed(r.asked("state").value_or(""));
    const States states = states_of(*kind);
    return std::find(states.names.begin(), states.names.end(), typed) == states.names.end() ? std::string() : typed;
}

}  // namespace

Wished wished(const http::Request& r, text::Tokenizer& tokenizer) {
    Wished out;
    const std::string before(r.asked("before").value_or(""));
    const std::optional<Cursor> cursor = before.empty() ? std::nullopt : Cursor::parse(before);
    out.bad_cursor = !before.empty() && !cursor;
    const bool sent = std::any_of(std::begin(asked_names), std::end(asked_names),
                                  [&](std::string_view name) { return r.asked(name).has_value(); });
    if (!sent) return out;
    http::Request form = r;
    form.form = r.query;
    page::Reader reader(form);
    kernel::Result<Query> query = parse_query(r.asked("q").value_or(""), tokenizer);
    if (!query) reader.refuse(query.error());
    Asked asked;
    const std::string kind(r.asked("kind").value_or(""));
    asked.kind = parse_kind(kind);
    if (!kind.empty() && !asked.kind) reader.refuse(kernel::invalid("kind", "search.kind_unknown"));
    asked.cycle = reader.number("cycle", "search.number_wrong").value_or(0);
    asked.unit = reader.number("unit", "search.number_wrong").value_or(0);
    asked.state = state_asked(r, asked.kind);
    asked.from = reader.day("from", "search.day_wrong");
    asked.until = reader.day("until", "search.day_wrong");
    if (asked.from && asked.until && *asked.until < *asked.from)
        reader.refuse(kernel::invalid("until", "search.days_turned"));
    const std::string order(r.asked("order").value_or(""));
    if (order == "newest") asked.order = Order::newest;
    if (!order.empty() && order != "newest" && order != "fitting")
        reader.refuse(kernel::invalid("order", "search.order_unknown"));
    asked.cursor = cursor;
    asked.at_most = hits_on_a_page;
    out.errors = reader.errors();
    if (!query || !reader.good()) return out;
    asked.query = *std::move(query);
    out.asked = std::move(asked);
    return out;
}

std::string address_of(const Asked& a, std::string_view path) {
    page::Query query;
    query.add("q", kernel::percent_encoded(a.query.text));
    if (a.kind) query.add("kind", name(*a.kind));
    if (a.cycle != 0) query.add("cycle", a.cycle);
    if (a.unit != 0) query.add("unit", a.unit);
    if (!a.state.empty()) query.add("state", a.state);
    if (a.from) query.add("from", kernel::iso(*a.from));
    if (a.until) query.add("until", kernel::iso(*a.until));
    if (a.order == Order::newest) query.add("order", "newest");
    return std::string(path) + query.text();
}

std::vector<Read> read(db::Connection& db, const Asked& asked, const std::vector<Hit>& hits,
                       text::Tokenizer& tokenizer) {
    std::vector<Read> out;
    for (const Hit& hit : hits) {
        std::optional<Document> now = document(db, hit.matter);
        if (!now || !fits(asked, now->matter, now->attributes)) continue;
        const Words words(now->texts, asked.query, tokenizer);
        if (!words.match()) continue;
        out.push_back({hit, *std::move(now), {}, {}});
        show(out.back(), words);
    }
    return out;
}

}  // namespace search
