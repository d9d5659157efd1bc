#include "pages.h"

#include <algorithm>

#include <db/database.h>
#include <page/reader.h>

#include "store.h"

namespace confidential {
namespace {

using page::Data;
using page::Lang;

std::string_view act_key(Act act, bool to_author) {
    switch (act) {
        case Act::opened:
            return to_author ? "confidential.you_opened" : "confidential.author_opened";
        case Act::word:
            return to_author ? "confidential.you_added" : "confidential.author_added";
        case Act::reply:
            return "confidential.replied";
        case Act::handed_over:
            return "confidential.handed_over";
        case Act::closed:
            return "confidential.was_closed";
        case Act::late:
            return "confidential.was_late";
    }
    return "";
}

Data said_row(Lang lang, db::Connection& db, const Said& said, bool to_author) {
    Data row;
    // A name that a row does not have would be looked for around it.
    for (const char* unset : {"when", "who", "has_text", "place", "kind", "to", "days", "units", "retaliation"})
        row.set(unset, false);
    row.set("what", page::say(lang, act_key(said.part.facts.act, to_author))).set("n", said.part.facts.n);
    row.set("entered", said.part.entry.has_value()).set("entry", said.part.entry.value_or(0));
    row.set("erased", !said.part.words).set("closed_to_reader", said.part.words && !said.content);
    if (!said.content) return row;
    const Content& c = *said.content;
    row.set("when", page::date_time(lang, c.at));
    if (c.by) row.set("who", post_of(lang, db, c.by));
    if (!c.text.empty())
        row.set("has_text", true).set("text", page::own_words(c.text, c.lang.empty() ? "und" : c.lang));
    if (!c.place.empty()) row.set("place", c.place);
    row.set("lang", c.lang);
    if (c.act == Act::opened) row.set("kind", label(lang, "kind", name(c.kind)));
    if (c.act == Act::handed_over) row.set("to", post_of(lang, db, c.to));
    if (c.act == Act::late)
        row.set("days", page::say(lang, "confidential.days_late", {{"n", page::number(lang, c.days)}}));
    std::string units;
    for (const people::UnitId id : c.units)
        if (const auto unit = people::unit(db, id)) units += (units.empty() ? "" : " · ") + unit->name;
    if (!units.empty()) row.set("units", units);
    return row;
}

}  // namespace

http::Response leaving_nothing(const http::Request& r, page::Page p, bool last) {
    p.private_matter = true;
    http::Response response = page::answer(r, std::move(p));
    if (r.who.officer != 0) return response;  // their session is there anyway
    const std::string made = std::exchange(r.fresh_visitor, {});
    if (last)
        response.set_cookie(r, "visitor", "", 0);
    else if (const std::string& token = made.empty() ? r.visitor : made; !token.empty())
        response.set_cookie(r, "visitor", token, -1);
    response.cacheable = false;
    return response;
}

page::Page private_page(Lang lang, std::string_view title_key, page::Html main, int status) {
    page::Page p;
    p.title = page::say(lang, title_key);
    p.main = std::move(main);
    p.private_matter = true;
    p.status = status;
    return p;
}

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    const auto officer = people::officer(db, id);
    return officer ? officer->post : page::say(lang, "confidential.an_officer");
}

std::string label(Lang lang, std::string_view set, std::string_view value) {
    return page::say(lang, "confidential." + std::string(set) + "_" + std::string(value));
}

std::vector<Data> said_rows(Lang lang, db::Connection& db, const Thread& thread, bool to_author) {
    std::vector<Data> rows;
    for (const Said& said : thread.said) {
        Data row = said_row(lang, db, said, to_author);
        if (said.content && !said.content->retaliation_of.empty()) {
            row.set("retaliation", true);
            if (auto first = matter(db, said.content->retaliation_of)) {
                const Thread other = opened_with(*std::move(first), said.content->keys);
                std::vector<Data> before;
                for (const Said& one : other.said) before.push_back(said_row(lang, db, one, to_author));
                row.set("before", std::move(before)).set("has_before", true);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void set_standing(Lang lang, db::Connection& db, Data& data, const Thread& thread) {
    const Matter& m = thread.matter;
    std::vector<Data> rows;
    for (std::size_t i = 0; i < m.now().receivers.size(); ++i) {
        Data row;
        row.set("post", post_of(lang, db, m.now().receivers[i]));
        row.set("turn", static_cast<int>(i) == m.now().holder && m.now().due.has_value());
        rows.push_back(std::move(row));
    }
    data.set("receivers", std::move(rows)).set("closed", m.closed);
    data.set("state", page::state(lang,
                                  m.closed      ? "confidential.state_closed"
                                  : m.now().due ? "confidential.state_waits"
                                                : "confidential.state_answered",
                                  m.closed || !m.now().due ? page::Tone::done : page::Tone::due));
    if (m.now().due) data.set("due", page::full_date(lang, *m.now().due));
    if (m.late > 0) data.set("late", page::say(lang, "confidential.late_times", {{"n", std::to_string(m.late)}}));
}

std::vector<page::Option> receiver_options(db::Connection& db, const std::vector<Receiver>& all) {
    std::vector<page::Option> options;
    for (const Receiver& r : all) {
        const auto unit = people::unit(db, r.unit);
        options.push_back({std::to_string(r.officer.value()), r.post, unit ? unit->name : std::string()});
    }
    return options;
}

std::optional<kernel::Hash> form_token(const http::Request& r) { return page::once(r); }

Draft draft_of(const http::Request& r, std::vector<kernel::Error>& errors) {
    page::Reader reader(r);
    Draft draft;
    draft.lang = page::tag(page::lang_of(r));
    draft.text = reader.need_text("text", max_text, "confidential.text_missing", kernel::Lines::many);
    draft.place = reader.text("place", max_place);
    if (const auto kind = parse_kind(r.field("kind").value_or("")))
        draft.kind = *kind;
    else
        reader.refuse(kernel::invalid("kind", "confidential.kind_missing"));
    for (const std::int64_t id : reader.numbers("receivers", "confidential.receiver_not_offered"))
        draft.receivers.emplace_back(id);
    errors = reader.errors();
    return draft;
}

}  // namespace confidential
