// The receivers' side: a passphrase first, then their matters.
#include <algorithm>

#include <db/database.h>
#include <kernel/text.h>
#include <page/reader.h>

#include "pages.h"
#include "store.h"

namespace confidential {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

constexpr std::string_view desk_path = "/desk/confidential";
constexpr int matters_on_a_page = 30;
constexpr std::size_t excerpt = 120;  // code points

std::string address(MatterId id) { return std::string(desk_path) + "/" + std::to_string(id.value()); }

// Asks for the passphrase, keeps what was typed, and goes on where it was asked for.
Response ask(const Request& r, const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    const bool sent = r.method == http::Method::post && r.path != std::string(desk_path) + "/open";
    Data data;
    page::Form::of(r, errors).fill(lang, data, {"passphrase"});
    data.set("passphrase_value", "").set("action", sent ? r.path : std::string(desk_path) + "/open");
    std::vector<Data> kept;
    for (const auto& [name, value] : r.form)
        if (name != "csrf" && name != "once" && name != "passphrase")
            kept.push_back(Data().set("name", name).set("value", value));
    if (r.method == http::Method::get) kept.push_back(Data().set("name", "next").set("value", r.path));
    data.set("kept", std::move(kept)).set("sent", sent);
    return page::answer(
        r, private_page(lang, "confidential.desk_title", page::render(lang, "confidential/desk_open.html", data),
                        page::status_of(errors)));
}

struct Unlocked {
    people::OfficerId officer;
    std::shared_ptr<const kernel::BoxKey> key;
    std::optional<Response> instead;
};

Unlocked unlock(const Site& site, const Request& r) {
    const people::Actor actor = people::actor(r);
    Unlocked u{actor.officer, nullptr, {}};
    if (auto staff = people::need_staff(actor); !staff) {
        u.instead = people::refusal(r, staff.error());
        return u;
    }
    const std::string_view session = r.cookie("session");
    u.key = site.keys.of(site.needs, actor.officer, session);
    if (u.key) return u;
    const std::vector<Receiver> all = receivers(*site.needs.database.read());
    if (std::none_of(all.begin(), all.end(), [&](const Receiver& one) { return one.officer == actor.officer; })) {
        u.instead = people::refusal(r, kernel::refuse(kernel::Code::forbidden, "confidential.no_receiver"));
        return u;
    }
    const auto typed = r.field("passphrase");
    if (!typed) {
        u.instead = ask(r, {});
        return u;
    }
    const kernel::Secret passphrase(kernel::valid_utf8(*typed) ? kernel::nfc(*typed) : std::string());
    const auto opened = site.keys.open(site.needs, actor.officer, session, passphrase);
    if (opened)
        u.key = site.keys.of(site.needs, actor.officer, session);
    else if (opened.error().key == "confidential.key_missing")
        u.instead = http::redirect("/account/receiving");
    else
        u.instead = opened.error().field.empty() ? people::refusal(r, opened.error()) : ask(r, {opened.error()});
    return u;
}

std::optional<Thread> thread_for(db::Connection& db, MatterId id, const Unlocked& u) {
    const auto tag = tag_of(db, id);
    auto found = tag ? matter(db, *tag) : std::nullopt;
    if (!found || !found->received_by(u.officer)) return std::nullopt;
    return opened_by_receiver(*std::move(found), u.officer, *u.key);
}

Data row_of(Lang lang, db::Connection& db, const Listed& listed, const Unlocked& u) {
    Data row;
    row.set("link", address(listed.id)).set("number", listed.id.value());
    row.set("mine", listed.mine && listed.due).set("acts", listed.n);
    const auto found = thread_for(db, listed.id, u);
    if (!found) return row;
    set_standing(lang, db, row, *found);
    if (const Content* opened = found->opened()) {
        row.set("kind", label(lang, "kind", name(opened->kind))).set("lang", opened->lang);
        row.set("text", kernel::first_code_points(opened->text, excerpt));
        row.set("retaliation", !opened->retaliation_of.empty());
    } else {
        row.set("text", page::say(lang, "confidential.not_readable"));
    }
    return row;
}

Response matter_page(const Site& site, const Request& r, const Unlocked& u, MatterId id,
                     const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    auto db = site.needs.database.read();
    const auto found = thread_for(*db, id, u);
    if (!found) return people::refusal(r, unknown_matter());
    page::Form form = page::Form::of(r, errors);
    const std::vector<Receiver> offered = others(*db, *found);
    form.options("to", receiver_options(*db, offered));
    Data data;
    form.fill(lang, data, {"text", "to"});
    data.set("link", address(id)).set("said", said_rows(lang, *db, *found, false)).set("number", id.value());
    set_standing(lang, *db, data, *found);
    data.set("may_speak", found->matter.author() && found->matter.now().n < most_acts);
    data.set("may_close", !found->matter.closed).set("may_hand_over", !offered.empty());
    const bool mine = found->matter.now().receivers[static_cast<std::size_t>(found->matter.now().holder)] == u.officer;
    data.set("my_turn", mine && found->matter.now().due.has_value());
    return page::answer(
        r, private_page(lang, "confidential.matter_title", page::render(lang, "confidential/desk_matter.html", data),
                        page::status_of(errors)));
}

std::optional<MatterId> matter_asked(const Request& r) {
    const auto id = kernel::parse_index(r.param("id"));
    return id ? std::optional(MatterId(*id)) : std::nullopt;
}

}  // namespace

Response show_desk(const Site& site, const Request& r) {
    Unlocked u = unlock(site, r);
    if (u.instead) return *std::move(u.instead);
    const Lang lang = page::lang_of(r);
    std::optional<MatterId> before;
    if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) before = MatterId(*id);
    auto db = site.needs.database.read();
    std::vector<Listed> all = received_by(*db, u.officer, before, matters_on_a_page + 1);
    const bool more = all.size() > matters_on_a_page;
    if (more) all.pop_back();
    std::vector<Data> rows;
    for (const Listed& one : all) rows.push_back(row_of(lang, *db, one, u));
    Data data;
    page::Form(r).fill(lang, data, {});
    data.set("has_matters", !rows.empty()).set("matters", std::move(rows));
    page::Pages turning{std::string(desk_path), {}, {}};
    if (more) turning.older = std::to_string(all.back().id.value());
    data.set("pages", page::pagination(lang, turning));
    return page::answer(
        r, private_page(lang, "confidential.desk_title", page::render(lang, "confidential/desk_list.html", data)));
}

Response post_open(const Site& site, const Request& r) {
    Unlocked u = unlock(site, r);
    if (u.instead) return *std::move(u.instead);
    const std::string next(r.field("next").value_or(""));
    const std::string under = std::string(desk_path) + "/";
    const bool matter = next.starts_with(under) && kernel::parse_index(std::string_view(next).substr(under.size()));
    return http::redirect(matter ? next : std::string(desk_path));
}

Response post_lock(const Site& site, const Request& r) {
    site.keys.lock(r.cookie("session"));
    return http::redirect("/account");
}

Response show_matter(const Site& site, const Request& r) {
    Unlocked u = unlock(site, r);
    if (u.instead) return *std::move(u.instead);
    const auto id = matter_asked(r);
    return id ? matter_page(site, r, u, *id, {}) : people::refusal(r, unknown_matter());
}

Response post_act(const Site& site, const Request& r, Act act) {
    Unlocked u = unlock(site, r);
    if (u.instead) return *std::move(u.instead);
    const auto id = matter_asked(r);
    if (!id) return people::refusal(r, unknown_matter());
    const auto token = form_token(r);
    if (!token) return people::refusal(r, kernel::refuse(kernel::Code::malformed, "confidential.no_token"));
    page::Reader reader(r);
    const std::string text = reader.need_text("text", max_text, "confidential.text_missing", kernel::Lines::many);
    people::OfficerId to;
    if (act == Act::handed_over)
        to = reader.need_id<people::OfficerId>("to", "confidential.to_missing", "confidential.receiver_not_offered");
    std::vector<kernel::Error> errors = reader.errors();
    if (errors.empty()) {
        const Reader me{u.officer, *u.key, std::string(page::tag(page::lang_of(r)))};
        const kernel::Checked done = act == Act::reply    ? reply(site.needs, me, *id, text, *token)
                                     : act == Act::closed ? close(site.needs, me, *id, text, *token)
                                                          : hand_over(site.needs, me, *id, to, text, *token);
        if (done || done.error().key == "confidential.sent_already")
            return http::redirect(act == Act::handed_over ? std::string(desk_path) : address(*id));
        if (done.error().field.empty()) return people::refusal(r, done.error());
        errors.push_back(done.error());
    }
    return matter_page(site, r, u, *id, errors);
}

}  // namespace confidential
