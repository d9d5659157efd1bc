// The form in which anybody says something: at the always-open desk, in a round, and typed by staff for a caller.
#include <preset/preset.h>

#include "acts.h"
#include "kept_photos.h"
#include "personal.h"
#include "routes.h"

namespace voice {
namespace {

using http::Request;
using http::Response;
using page::Lang;

constexpr int code_seconds = 60;
constexpr int most_places = 500;

enum class Door { say, enter };

std::vector<page::Option> ways(Lang lang) {
    std::vector<page::Option> all;
    for (Way way : {Way::telephone, Way::counter, Way::visit})
        all.push_back({std::string(name(way)), label(lang, "way", way), ""});
    return all;
}

std::vector<page::Option> languages(Lang lang) {
    std::vector<page::Option> all;
    for (Lang each : page::all_langs) {
        const std::string tag(page::tag(each));
        all.push_back({tag, page::say(lang, "voice.lang_" + tag), ""});
    }
    all.push_back({"und", page::say(lang, "voice.lang_other"), ""});
    return all;
}

// What somebody said otherwise than on this site. Paper is typed in batches and compared by a second person.
std::optional<Way> parse_caller_way(std::string_view text) {
    const std::optional<Way> way = parse_way(text);
    return way && by_hand(*way) && *way != Way::paper ? way : std::nullopt;
}

struct Filled {
    std::vector<Found> found;
    Attached attached;
    std::vector<kernel::Error> errors = {};
};

void set_places(Lang lang, page::Data& data, db::Connection& db, std::string_view typed) {
    // A long list is cut to what fits what was typed: the page stays small.
    std::vector<std::string> names = places(db, "", most_places + 1);
    const bool cut = static_cast<int>(names.size()) > most_places;
    if (cut && !typed.empty()) {
        std::vector<std::string> fitting = places(db, typed, most_places);
        if (!fitting.empty()) names = std::move(fitting);
    }
    if (static_cast<int>(names.size()) > most_places) names.pop_back();
    const std::int64_t in_all = place_count(db);
    data.set("place_hint",
             cut ? page::say(lang, "voice.place_hint_part",
                             {{"n", page::number(lang, in_all)}, {"shown", page::number(lang, std::ssize(names))}})
                 : page::say(lang, in_all > 0 ? "voice.place_hint_list" : "voice.place_hint"));
    std::vector<page::Data> rows;
    for (const std::string& one : names) {
        page::Data row;
        row.set("name", one);
        rows.push_back(std::move(row));
    }
    data.set("has_places", in_all > 0).set("places", std::move(rows));
}

page::Page form_page(const Site& site, const Request& r, const cycle::Cycle& c, Door door, page::Form form,
                     const Filled& shown) {
    const Lang lang = page::lang_of(r);
    const std::shared_ptr<const InForce> now = in_force(site.needs);
    form.options("kind", options(lang, "kind", all_kinds))
        .options("audience", options(lang, "audience", all_audiences));
    form.options("way", ways(lang)).options("lang", languages(lang));
    form.value("lang", std::string(page::tag(lang)));
    const bool categories = now->table && !now->table->sheet->lists().categories.empty();
    const bool districts = now->table && !now->table->sheet->lists().districts.empty();
    if (categories) form.options("category", listed_options(lang, now->table->sheet->lists().categories));
    if (districts) form.options("district", listed_options(lang, now->table->sheet->lists().districts));
    page::Data data;
    std::vector<std::string_view> fields = {"way",          "kind",  "text",     "confirmed", "audience",
                                            "about_person", "title", "place",    "position",  "photos",
                                            "photo_about",  "lang",  "category", "district"};
    const auto& more = site.hooks.say_more.fields;  // so that the summary of what is wrong leads to them
    fields.insert(fields.end(), more.begin(), more.end());
    form.fill(lang, data, fields);
    data.set("categories", categories).set("districts", districts);

    const std::string title = page::say(lang, door == Door::enter ? "voice.enter_title" : "voice.say_title");
    data.set("title", title).set("enter", door == Door::enter).set("staff", r.who.officer != 0);
    data.set("action", door == Door::enter ? "/desk/enter"
                       : c.standing        ? "/say"
                                           : "/cycles/" + std::to_string(c.id.value()) + "/say");
    if (!c.standing) {
        page::Data round;
        round.set("link", "/cycles/" + std::to_string(c.id.value())).set("name", c.name).set("lang", c.lang);
        data.set("round", std::move(round));
    }
    std::vector<page::Data> found, kept_tokens, kept_papers;
    for (const Found& one : shown.found) {
        page::Data row;
        row.set("what", label(lang, "personal", one.what)).set("text", one.text);
        found.push_back(std::move(row));
    }
    for (const Photo& photo : shown.attached.photos) {
        page::Data row;
        row.set("token", keep(site.needs.server_key, r.visitor, photo));
        kept_tokens.push_back(std::move(row));
    }
    if (site.means.files)
        for (const Paper& paper : shown.attached.papers)
            kept_papers.push_back(
                page::Data().set("token", keep(*site.means.files, site.needs.server_key, r.visitor, paper)));
    data.set("has_found", !found.empty()).set("found", std::move(found));
    data.set("cycle", c.id.value()).set("alike_one", page::say(lang, "voice.alike_said", {{"n", "1"}}));
    data.set("alike_many", page::say(lang, "voice.alike_said", {{"n", "{n}"}}));
    data.set("position_taken", page::say(lang, "voice.position_taken", {{"position", "{position}"}}));
    data.set("photos_offered", site.means.photos != nullptr).set("has_kept", shown.attached.n() > 0);
    data.set("papers_offered", site.means.documents != nullptr);
    data.set("kept_words", page::say(lang, "voice.photos_kept", {{"n", std::to_string(shown.attached.n())}}))
        .set("kept", std::move(kept_tokens))
        .set("kept_papers", std::move(kept_papers));
    set_places(lang, data, *site.needs.database.read(), r.field("place").value_or(""));
    if (site.hooks.say_more.part)
        data.set("more", site.hooks.say_more.part(r, *site.needs.database.read(), door == Door::enter, shown.errors));
    if (site.hooks.other_ways && door == Door::say && c.standing) data.set("other_ways", site.hooks.other_ways(lang));
    data.set("what_then",
             page::say(lang, door == Door::enter ? "voice.enter_then" : "voice.say_then",
                       {{"term", preset::term_words(lang, now->preset.casework().reply_term(name(Kind::help)))},
                        {"hold", std::to_string(now->hold_days)}}));
    page::Page page;
    page.title = title;
    page.section = "desk";
    page.sample = c.sample;
    page.main = page::render(lang, "voice/say.html", data);
    page.scripts = {"voice_say"};
    return page;
}

Response show_form(const Site& site, const Request& r, Door door) {
    std::optional<cycle::Cycle> c;
    {
        db::Database::Lease db = site.needs.database.read();
        c = cycle_of(*db, r);
    }
    if (!c) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
    if (auto open = cycle::accepts_voices(*c); !open) return people::refusal(r, open.error());
    page::Form form(r);
    if (const auto kind = r.asked("kind"); kind && parse_kind(*kind)) form.value("kind", std::string(*kind));
    return page::answer(r, form_page(site, r, *c, door, std::move(form), {}));
}

Response post_form(const Site& site, const Request& r, Door door) {
    std::optional<cycle::Cycle> c;
    {
        db::Database::Lease db = site.needs.database.read();
        c = cycle_of(*db, r);
    }
    if (!c) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
    Reader reader(r);
    Draft draft = read_voice(reader, c->id, page::tag(page::lang_of(r)), true);
    if (door == Door::enter)
        draft.way = reader.one_of<Way>("way", parse_caller_way, "voice.way_missing").value_or(Way::telephone);
    const std::string about = reader.text("photo_about", max_title, kernel::Lines::one);
    std::vector<kernel::Error> errors = reader.errors();
    const Attached sent = attached(r, site.means, site.needs.server_key, errors);
    draft.photos = sent.photos;
    draft.papers = sent.papers;
    for (Photo& photo : draft.photos) photo.about = about;
    for (Paper& paper : draft.papers) paper.about = about;

    AlsoDone also;
    if (site.hooks.say_more.read) also = site.hooks.say_more.read(r, errors);
    Filled shown{find_personal(draft.title + "\n" + draft.text), sent};
    if (!shown.found.empty() && !reader.ticked("confirmed"))
        errors.push_back(kernel::invalid("confirmed", "voice.personal_found"));
    if (errors.empty()) {
        const kernel::Result<Received> received =
            receive(site.needs, people::actor(r), draft, page::once(r), nullptr, also);
        if (received) {
            Response then = http::redirect("/receipts/" + std::to_string(received->id.value()));
            if (!received->code.empty()) then.set_cookie(r, "code", received->code, code_seconds);
            return then;
        }
        if (received.error().field.empty()) return people::refusal(r, received.error());
        errors.push_back(received.error());
    }
    const int status = http::status_of(errors.front().code);
    shown.errors = errors;
    page::Page again = form_page(site, r, *c, door, page::Form::again(r, errors), shown);
    again.status = status;
    return page::answer(r, std::move(again));
}

kernel::Checked may_enter(const Request& r) {
    const people::Actor actor = people::actor(r);
    if (auto ok = people::need_staff(actor); !ok) return ok;
    using people::Role;
    if (actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk)) return {};
    return kernel::refuse(kernel::Code::forbidden, "voice.way_needs_staff");
}

}  // namespace

Response show_say(const Site& site, const Request& r) { return show_form(site, r, Door::say); }
Response start_say(const Site& site, const Request& r) {
    std::optional<cycle::Cycle> c;
    {
        db::Database::Lease db = site.needs.database.read();
        c = cycle_of(*db, r);
    }
    page::Form form(r);
    form.value("text", std::string(r.field("text").value_or("")));
    return page::answer(r, form_page(site, r, c.value(), Door::say, std::move(form), {}));
}

Response post_say(const Site& site, const Request& r) { return post_form(site, r, Door::say); }

Response show_enter(const Site& site, const Request& r) {
    if (auto ok = may_enter(r); !ok) return people::refusal(r, ok.error());
    return show_form(site, r, Door::enter);
}

Response post_enter(const Site& site, const Request& r) {
    if (auto ok = may_enter(r); !ok) return people::refusal(r, ok.error());
    return post_form(site, r, Door::enter);
}

}  // namespace voice
