#include "pages.h"

#include "acts.h"

namespace contact {
namespace {

using page::Data;
using page::Lang;

constexpr int openings_shown = 20;

std::string reason_words(Lang lang, Reason reason) {
    return page::say(lang, "contact.reason_" + std::string(name(reason)));
}

std::string times_words(Lang lang, std::int64_t n) {
    return page::say(lang, "contact.times", {{"n", page::number(lang, n)}});
}

std::vector<Data> opening_rows(Lang lang, db::Connection& db, VoiceId id) {
    std::vector<Data> rows;
    for (const Opening& one : openings(db, id, openings_shown)) {
        const auto officer = people::officer(db, one.officer);
        Data row;
        row.set("at", page::date_time(lang, one.at)).set("post", officer ? officer->post : std::string());
        row.set("reason", reason_words(lang, one.reason)).set("entry", one.entry);
        rows.push_back(std::move(row));
    }
    return rows;
}

page::Html way_to_it(const people::Needs& needs, const http::Request& r, db::Connection& db, VoiceId id) {
    const Lang lang = page::lang_of(r);
    const auto s = standing(needs, db, people::actor(r), id);
    const std::int64_t n = times_opened(db, id);
    const bool may = s && !rules::reasons_for(*s).empty();
    if (!may && n == 0) return {};
    Data d;
    if (may && (s->left || s->lost)) d.set("link", page_address(id));
    d.set("nothing", may && !s->left && !s->lost);
    if (n > 0) d.set("times", times_words(lang, n));
    return page::render(lang, "contact/desk_part.html", d);
}

}  // namespace

std::string page_address(VoiceId id) { return "/desk/voices/" + std::to_string(id.value()) + "/contact"; }

page::Html say_part(const http::Request& r, db::Connection& db, bool for_caller,
                    const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    constexpr std::string_view fields[] = {"contact_name", "contact_telephone", "contact_email", "contact_wish"};
    const page::Form form = r.method == http::Method::post ? page::Form::again(r, errors) : page::Form(r);
    Data d;
    form.fill(lang, d, fields);
    bool typed = false;
    for (std::string_view field : fields) typed = typed || !r.field(field).value_or("").empty();
    const std::int64_t days = people::setting_number(db, "retention.contact_days");
    d.set("caller", for_caller).set("open", typed);
    d.set("intro", page::say(lang, for_caller ? "contact.say_caller_intro" : "contact.say_intro",
                             {{"days", page::number(lang, days)}}));
    return page::render(lang, "contact/say_part.html", d);
}

page::Page open_page(const http::Request& r, db::Connection& db, VoiceId id, const rules::Standing& s,
                     const std::optional<Contact>& found, std::optional<kernel::Instant> shown_until, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> reasons;
    for (Reason reason : rules::reasons_for(s))
        reasons.push_back({std::string(name(reason)), reason_words(lang, reason), ""});
    if (reasons.size() == 1) form.value("reason", reasons.front().value);
    form.options("reason", std::move(reasons));
    Data d;
    form.fill(lang, d, {"reason"});
    const std::string number = std::to_string(id.value());
    d.set("case_link", "/desk/voices/" + number).set("number", page::say(lang, "contact.case", {{"n", number}}));
    d.set("action", page_address(id));
    const bool there = found && !found->lost;
    d.set("nothing", !found).set("lost", found && found->lost);
    d.set("form", there && !shown_until).set("shown", there && shown_until);
    if (there && shown_until) {
        d.set("name", found->given.name).set("telephone", found->given.telephone);
        d.set("email", found->given.email).set("wish", found->given.wish);
        d.set("shown_until", page::say(lang, "contact.shown_until", {{"time", page::date_time(lang, *shown_until)}}));
        d.set("kept_until", page::say(lang, "contact.kept_until", {{"day", page::full_date(lang, found->until)}}));
        if (s.may_call_back) d.set("call_link", "/desk/voices/" + number + "/call-back");
    }
    std::vector<Data> rows = opening_rows(lang, db, id);
    d.set("times", times_words(lang, times_opened(db, id)));
    d.set("has_rows", !rows.empty()).set("rows", std::move(rows));
    page::Page page;
    page.title = page::say(lang, "contact.title");
    page.section = "work";
    page.main = page::render(lang, "contact/open.html", d);
    return page;
}

page::Html part_of_voice(const http::Request& r, db::Connection& db, const voice::Voice& v) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows = opening_rows(lang, db, v.id);
    if (rows.empty()) return {};
    Data d;
    d.set("times", times_words(lang, times_opened(db, v.id))).set("rows", std::move(rows));
    return page::render(lang, "contact/voice_part.html", d);
}

std::function<page::Html(const http::Request&, db::Connection&, VoiceId)> part_of_desk(const people::Needs& needs) {
    return [&needs](const http::Request& r, db::Connection& db, VoiceId id) { return way_to_it(needs, r, db, id); };
}

}  // namespace contact
