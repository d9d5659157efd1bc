#include "pages.h"

namespace notice {
namespace {

using page::Data;
using page::Lang;

page::Page plain(const http::Request& r, std::string_view title_key, std::string_view file, Data data = {}) {
    const Lang lang = page::lang_of(r);
    page::Page p;
    p.title = page::say(lang, title_key);
    p.main = page::render(lang, file, data);
    p.private_matter = true;
    return p;
}

// Rounds, units and bodies have calendars.
std::string calendar_of(const Matter& m) {
    if (m.what != What::cycle && m.what != What::unit) return {};
    return "/" + std::string(name(m.what)) + "s/" + std::to_string(m.id) + "/calendar.ics";
}

page::Form& with_pace(Lang lang, page::Form& form, bool daily) {
    form.options("pace", {{"once", page::say(lang, "notice.at_once"), page::say(lang, "notice.at_once_hint")},
                          {"daily", page::say(lang, "notice.daily"), page::say(lang, "notice.daily_hint")}});
    return form.value("pace", daily ? "daily" : "once");
}

}  // namespace

std::string follow_address(const Matter& m) {
    return "/follow?what=" + std::string(name(m.what)) + "&id=" + std::to_string(m.id);
}

page::Html part(Lang lang, Matter m) {
    Data d;
    d.set("link", follow_address(m)).set("calendar", calendar_of(m));
    return page::render(lang, "notice/part.html", d);
}

page::Html calendar_link(Lang lang, std::string_view of, std::int64_t id) {
    Data d;
    d.set("calendar", "/" + std::string(of) + "/" + std::to_string(id) + "/calendar.ics");
    return page::render(lang, "notice/part.html", d);
}

page::Html part_of_rules(Lang lang, const Means& means) {
    Data d;
    d.set("mails", means.mails()).set("webhooks", static_cast<std::int64_t>(means.webhooks.size()));
    d.set("has_webhooks", !means.webhooks.empty());
    return page::render(lang, "notice/rules.html", d);
}

page::Page follow_page(const http::Request& r, const Named& named, const Matter& m, const Means& means,
                       page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    d.set("label", named.label).set("link", named.link).set("mails", means.mails());
    d.set("what", name(m.what)).set("id", m.id).set("is_voice", m.what == What::voice);
    d.set("feed", "/feeds/" + std::string(name(m.what)) + "/" + std::to_string(m.id) +
                      ".atom?lang=" + std::string(page::tag(lang)));
    const std::string calendar = calendar_of(m);
    if (!calendar.empty()) d.set("calendar", calendar + "?lang=" + std::string(page::tag(lang)));
    with_pace(lang, form, false).fill(lang, d, {"email", "pace"});
    page::Page p;
    p.title = page::say(lang, "notice.follow_title", {{"what", named.label}});
    p.main = page::render(lang, "notice/follow.html", d);
    return p;
}

page::Page asked_page(const http::Request& r) { return plain(r, "notice.asked_title", "notice/asked.html"); }

page::Page own_page(const http::Request& r, db::Connection& db, const Hooks& hooks, const Address& a,
                    const std::string& token) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> waiting, followed;
    for (const Follow& f : follows_of(db, a.id)) {
        Data row;
        row.set("what", name(f.matter.what)).set("id", f.matter.id);
        if (const auto named = hooks.named(db, lang, f.matter))
            row.set("label", named->label).set("link", named->link);
        else
            row.set("label", page::say(lang, "notice.no_more", {{"n", std::to_string(f.matter.id)}}));
        (f.confirmed ? followed : waiting).push_back(std::move(row));
    }
    Data d;
    page::Form form(r);
    with_pace(lang, form, a.daily).fill(lang, d, {"pace"});
    d.set("own", "/notices/" + token).set("has_followed", !followed.empty()).set("has_waiting", !waiting.empty());
    d.set("waiting", std::move(waiting)).set("followed", std::move(followed)).set("only_csrf", page::csrf_field());
    return plain(r, "notice.own_title", "notice/own.html", std::move(d));
}

page::Page nothing_page(const http::Request& r) {
    page::Page p = plain(r, "notice.nothing_title", "notice/nothing.html");
    p.status = 404;
    return p;
}

page::Page stopped_page(const http::Request& r) { return plain(r, "notice.stopped_title", "notice/stopped.html"); }

}  // namespace notice
