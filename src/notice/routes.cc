#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/id.h>
#include <ledger/ledger.h>
#include <page/atom.h>
#include <page/reader.h>

#include "calendar.h"
#include "following.h"
#include "letters.h"
#include "pages.h"

namespace notice {
namespace {

using http::Request;
using http::Response;

constexpr int entries_in_feed = 50;
constexpr std::size_t longest_email = 320;

kernel::Error no_such_matter() { return kernel::refuse(kernel::Code::not_found, "notice.matter_unknown"); }

// "17.atom" -> 17.
std::optional<std::int64_t> number_before(std::string_view text, std::string_view ending) {
    if (!text.ends_with(ending)) return std::nullopt;
    return kernel::parse_index(text.substr(0, text.size() - ending.size()));
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks, Means means)
        : needs_(needs), hooks_(std::move(hooks)), means_(std::move(means)) {}

    Response show_follow(const Request& r) const {
        return follow_form(r, matter_of(r.asked("what").value_or(""), r.asked("id").value_or("")), page::Form(r));
    }

    Response follow(const Request& r) const {
        const auto matter = matter_of(r.field("what").value_or(""), r.field("id").value_or(""));
        if (!matter) return people::refusal(r, no_such_matter());
        page::Reader reader(r);
        Asking asking{*matter, reader.text("email", longest_email), r.field("pace") == "daily",
                      std::string(page::tag(page::lang_of(r)))};
        if (reader.good()) {
            const auto done = ask(needs_, hooks_, means_, asking);
            if (done) return http::redirect("/follow/asked");
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return follow_form(r, matter, page::Form::again(r, reader.errors()),
                           http::status_of(reader.errors().front().code));
    }

    Response own(const Request& r) const {
        auto db = needs_.database.read();
        const std::string token(r.param("token"));
        const auto found = of_token(needs_, *db, token);
        return page::answer(r, found ? own_page(r, *db, hooks_, *found, token) : nothing_page(r));
    }

    // What was pressed on that page; back to it, or to what stands there when nothing is followed any more.
    Response press(const Request& r, std::string_view button) const {
        const std::string token(r.param("token"));
        if (button == "confirm") confirm(needs_, token);
        if (button == "pace") pace(needs_, token, r.field("pace") == "daily");
        if (button == "drop")
            if (const auto m = matter_of(r.field("what").value_or(""), r.field("id").value_or("")))
                stop_one(needs_, token, *m);
        return http::redirect("/notices/" + token);
    }

    // RFC 8058: a mail program sends this by itself, with no page open; whoever has the address may stop.
    Response stop(const Request& r) const {
        stop_all(needs_, r.param("token"));
        return page::answer(r, stopped_page(r));
    }

    Response feed(const Request& r) const {
        const auto what = parse_what(r.param("what"));
        const auto id = number_before(r.param("file"), ".atom");
        if (!what || !id) return people::refusal(r, no_such_matter());
        const page::Lang lang = page::lang_of(r);
        auto db = needs_.database.read();
        const Matter matter{*what, *id};
        const auto named = hooks_.named(*db, lang, matter);
        const auto first = named ? ledger::entry(*db, *id) : std::nullopt;
        if (!first) return people::refusal(r, no_such_matter());
        const std::string own = std::string(name(*what)) + "/" + std::to_string(*id);
        page::Feed shown{own,
                         "/feeds/" + own + ".atom?lang=" + std::string(page::tag(lang)),
                         named->label,
                         means_.organisation,
                         means_.address,
                         std::string(page::tag(lang)),
                         named->link,
                         needs_.ledger.key().name,
                         first->time,
                         {}};
        for (const std::int64_t index : events_of(*db, matter, needs_.ledger.size(), entries_in_feed)) {
            const auto entry = ledger::entry(*db, index);
            const auto happened = entry ? hooks_.happened(*db, *entry) : std::nullopt;
            if (happened) shown.entries.push_back({index, sentence(lang, *happened), happened->link, entry->time});
        }
        return file(page::atom_type, page::atom(shown));
    }

    Response calendar(const Request& r, std::string_view of) const {
        const auto id = kernel::parse_index(r.param("id"));
        const page::Lang lang = page::lang_of(r);
        auto db = needs_.database.read();
        const auto dates = id ? hooks_.dates(*db, of, *id) : std::nullopt;
        if (!dates) return people::refusal(r, no_such_matter());
        const std::string& origin = needs_.ledger.key().name;
        CalendarOf shown{means_.organisation, std::string(page::tag(lang)), {}};
        for (const Date& d : *dates)
            shown.days.push_back({std::to_string(d.entry) + "-" + d.name + "@" + origin.substr(0, origin.find('/')),
                                  d.day, page::say(lang, d.key, {{"n", std::to_string(d.n)}}),
                                  means_.address.empty() ? "" : means_.address + d.link, d.changes, d.cancelled, d.at});
        return file("text/calendar; charset=utf-8", icalendar(shown));
    }

private:
    static std::optional<Matter> matter_of(std::string_view what, std::string_view id) {
        const auto kind = parse_what(what);
        const auto number = kernel::parse_index(id);
        if (!kind || !number) return std::nullopt;
        return Matter{*kind, *number};
    }
    Response follow_form(const Request& r, const std::optional<Matter>& matter, page::Form form,
                         int status = 200) const {
        std::optional<Named> named;
        if (matter) named = hooks_.named(*needs_.database.read(), page::lang_of(r), *matter);
        if (!named) return people::refusal(r, no_such_matter());
        page::Page shown = follow_page(r, *named, *matter, means_, std::move(form));
        shown.status = status;
        return page::answer(r, std::move(shown));
    }
    static Response file(std::string type, std::string body) {
        Response out;
        out.content_type = std::move(type);
        out.body = std::move(body);
        out.cacheable = true;
        return out;
    }

    const people::Needs& needs_;
    const Hooks hooks_;
    const Means means_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks, Means means) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks), std::move(means));
    router.get("/follow", [routes](const Request& r) { return routes->show_follow(r); });
    router.post("/follow", [routes](const Request& r) { return routes->follow(r); }, {.rate = 20, .work = true});
    router.get("/follow/asked", [](const Request& r) { return page::answer(r, asked_page(r)); });
    router.get("/notices/{token}", [routes](const Request& r) { return routes->own(r); });
    for (const char* button : {"confirm", "pace", "drop"})
        router.post("/notices/{token}/" + std::string(button),
                    [routes, button](const Request& r) { return routes->press(r, button); });
    router.get("/notices/{token}/stop",
               [](const Request& r) { return http::redirect("/notices/" + std::string(r.param("token"))); });
    router.post("/notices/{token}/stop", [routes](const Request& r) { return routes->stop(r); }, {.csrf = false});
    router.get("/feeds/{what}/{file}", [routes](const Request& r) { return routes->feed(r); });
    for (const char* of : {"cycles", "units", "bodies"})
        router.get("/" + std::string(of) + "/{id}/calendar.ics",
                   [routes, of](const Request& r) { return routes->calendar(r, of); });
}

}  // namespace notice
