// Who is to be called: authors who have no code, whose answer stands, and who left a number.
#include "acts.h"
#include "call_back.h"
#include "list_page.h"
#include "reading.h"
#include "routes.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

constexpr int rows_of_calls = 50;
constexpr int most_looked_at = 1000;  // at once: rows that this officer may not call are passed over

struct Callable {
    std::vector<Case> cases;
    std::optional<ToCall> more;  // where to go on
};

// Those whom this officer may call, and who can be.
Callable for_actor(const Site& site, db::Connection& db, const people::Actor& actor, std::optional<ToCall> after) {
    Callable found;
    if (!site.hooks.can_be_called) return found;
    for (int looked_at = 0; looked_at < most_looked_at;) {
        const std::vector<ToCall> some = to_call(db, after, rows_of_calls);
        for (const ToCall& one : some) {
            if (std::ssize(found.cases) == rows_of_calls) {
                found.more = after;
                return found;
            }
            after = one;
            ++looked_at;
            if (!may_call_back(db, actor, one.voice) || !site.hooks.can_be_called(db, one.voice)) continue;
            found.cases.push_back(find_case(db, one.voice).value());
        }
        if (std::ssize(some) < rows_of_calls) return found;
    }
    found.more = after;
    return found;
}

std::optional<ToCall> parse_after(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto day = kernel::parse_index(text.substr(0, dash)), id = kernel::parse_index(text.substr(dash + 1));
    if (!day || !id) return std::nullopt;
    return ToCall{kernel::Day{*day}, VoiceId(*id)};
}

Data call_row(Lang lang, db::Connection& db, const people::Actor& actor, const Case& c) {
    Case shown = c;
    if (may_read(db, actor, c)) shown.shown = Shown::published;
    const Voice v = public_view(shown, find_words(db, c.id));
    Data row;
    row.set("link", "/desk/voices/" + std::to_string(c.id.value()) + "/call-back").set("text", excerpt(lang, v));
    row.set("lang", v.text.empty() ? std::string(page::tag(lang)) : v.lang).set("number", number_words(lang, c.id));
    row.set("unit", unit_name(db, c.unit)).set("until", page::full_date(lang, c.term.value()));
    row.set("tries", page::say(lang, "voice.call_tries",
                               {{"n", std::to_string(c.call_tries)}, {"most", std::to_string(most_calls)}}));
    return row;
}

}  // namespace

Response show_call_back_queue(const Site& site, const Request& r) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    if (auto ok = people::need_staff(actor); !ok) return people::refusal(r, ok.error());
    using people::Role;
    if (!actor.has(Role::officer) && !actor.has(Role::head) && !actor.has(Role::clerk))
        return people::refusal(r, kernel::refuse(kernel::Code::forbidden, "voice.needs_officer"));
    db::Database::Lease db = site.needs.database.read();
    if (auto ok = people::need_own_staff(people::in_force(*db, actor)); !ok) return people::refusal(r, ok.error());
    const Callable found = for_actor(site, *db, actor, parse_after(r.asked("after").value_or("")));
    std::vector<Data> rows;
    for (const Case& c : found.cases) rows.push_back(call_row(lang, *db, actor, c));
    Data data;
    if (found.more)
        data.set("more", "/desk/call-back?after=" + std::to_string(found.more->until.days) + "-" +
                             std::to_string(found.more->voice.value()));
    data.set("empty", rows.empty()).set("rows", std::move(rows));
    page::Page page;
    page.title = page::say(lang, "voice.call_back_queue");
    page.section = "work";
    page.main = page::render(lang, "voice/call_back.html", data);
    return page::answer(r, std::move(page));
}

void set_call_options(page::Form& form, Lang lang) {
    form.options("call", options(lang, "call", all_calls));
    form.options("call_solved", {{"yes", page::say(lang, "voice.call_solved_yes"), ""},
                                 {"no", page::say(lang, "voice.call_solved_no"), ""}});
    std::vector<page::Option> stars;
    for (int n = 1; n <= 5; ++n)
        stars.push_back({std::to_string(n), page::say(lang, "voice.stars_" + std::to_string(n)), ""});
    form.options("call_stars", std::move(stars));
}

page::Html desk_parts_of(const Site& site, const Request& r, db::Connection& db, VoiceId id) {
    page::Html all;
    for (const auto& part : site.hooks.desk_parts) all = all + part(r, db, id);
    return all;
}

}  // namespace voice
