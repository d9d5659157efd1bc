// 问计 on pages: the form that asks, and what was answered.
#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>
#include <voice/personal.h>

#include "advice.h"
#include "pages.h"
#include "rules.h"

namespace issue {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

constexpr int shown_on_the_issue = 5, advice_on_a_page = 20, code_seconds = 60;

std::string counts_words(Lang lang, const AdviceCounts& n) {
    if (n.voices == 0) return page::say(lang, "issue.advice_none");
    const page::Args args = {{"n", page::number(lang, n.voices)},
                             {"people", page::number(lang, n.people)},
                             {"closed", page::number(lang, n.closed)}};
    return page::say(lang, n.closed > 0 ? "issue.advice_counts_closed" : "issue.advice_counts", args);
}

bool may_type(const people::Actor& actor) {
    using people::Role;
    return actor.staff() && (actor.has(Role::officer) || actor.has(Role::head) || actor.has(Role::clerk));
}

std::vector<page::Option> ways(Lang lang) {
    std::vector<page::Option> all = {{"web", page::say(lang, "issue.advice_own"), ""}};
    for (const voice::Way way : {voice::Way::telephone, voice::Way::counter, voice::Way::visit}) {
        const std::string code(voice::name(way));
        all.push_back({code, page::say(lang, "voice.way_" + code), ""});
    }
    return all;
}

std::vector<page::Option> audiences(Lang lang) {
    std::vector<page::Option> all;
    for (const voice::Audience audience : voice::all_audiences) {
        const std::string key = "voice.audience_" + std::string(voice::name(audience));
        all.push_back({std::string(voice::name(audience)), page::say(lang, key), page::say(lang, key + "_hint")});
    }
    return all;
}

std::vector<page::Option> languages(Lang lang) {
    std::vector<page::Option> all;
    for (const Lang each : page::all_langs) {
        const std::string tag(page::tag(each));
        all.push_back({tag, page::say(lang, "voice.lang_" + tag), ""});
    }
    all.push_back({"und", page::say(lang, "voice.lang_other"), ""});
    return all;
}

std::vector<Data> personal_rows(Lang lang, const std::vector<voice::Found>& found) {
    std::vector<Data> rows;
    for (const voice::Found& one : found)
        rows.push_back(Data()
                           .set("what", page::say(lang, "voice.personal_" + std::string(voice::name(one.what))))
                           .set("found_text", one.text));
    return rows;
}

// What is said of the place where advice goes to.
const char* goes_where(db::Connection& db, people::CycleId id) {
    if (cycle::standing_desk(db).id == id) return "issue.advice_of_desk";
    return cycle::accepts_voices(db, id) ? "issue.advice_in_round" : "issue.advice_at_desk";
}

page::Page advice_page(const Request& r, db::Connection& db, const Issue& i, page::Form form,
                       const std::vector<voice::Found>& found) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, i);
    form.options("way", ways(lang)).options("audience", audiences(lang)).options("lang", languages(lang));
    form.value("way", "web").value("lang", std::string(page::tag(lang)));
    form.fill(lang, d, {"way", "text", "confirmed", "audience", "lang"});
    d.set("asked", rules::takes_advice(i).has_value()).set("for_caller", may_type(people::actor(r)));
    d.set("has_found", !found.empty()).set("found", personal_rows(lang, found));
    d.set("where", page::say(lang, goes_where(db, i.cycle)));
    std::optional<voice::VoiceId> before;
    if (const auto last = kernel::parse_index(r.asked("before").value_or(""))) before = voice::VoiceId(*last);
    auto ids = advice_of(db, i.id, before, advice_on_a_page + 1);
    page::Pages pages{address(i.id) + "/advice", {}, {}};
    if (static_cast<int>(ids.size()) > advice_on_a_page) {
        ids.pop_back();
        pages.older = std::to_string(ids.back().value());
    }
    d.set("counts", counts_words(lang, advice_counts(db, i.id)));
    d.set("has_rows", !ids.empty()).set("rows", voice_rows(lang, db, ids));
    d.set("pagination", page::pagination(lang, pages));
    return page_of(page::say(lang, "issue.advice_question"), page::render(lang, "issue/advice.html", d), &i);
}

class AdviceRoutes {
public:
    explicit AdviceRoutes(const people::Needs& needs) : needs_(needs) {}

    Response show(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "issue.unknown"));
        return page::answer(r, advice_page(r, *needs_.database.read(), *found, page::Form(r), {}));
    }

    Response send(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "issue.unknown"));
        page::Reader reader(r);
        Advice advice;
        advice.text = reader.need_text("text", voice::max_text, "issue.advice_missing", kernel::Lines::many);
        advice.lang = reader.text("lang", 35);
        const auto audience = voice::parse_audience(r.field("audience").value_or(""));
        if (audience)
            advice.audience = *audience;
        else
            reader.refuse(kernel::invalid("audience", "voice.audience_missing"));
        if (const auto way = voice::parse_way(r.field("way").value_or(""));
            way && may_type(people::actor(r)) && voice::by_hand(*way) && *way != voice::Way::paper)
            advice.way = *way;
        const std::vector<voice::Found> personal = voice::find_personal(advice.text);
        if (!personal.empty() && !reader.ticked("confirmed"))
            reader.refuse(kernel::invalid("confirmed", "voice.personal_found"));
        if (reader.good()) {
            const auto sent = advise(needs_, people::actor(r), found->id, advice, page::once(r));
            if (sent) {
                Response then = http::redirect("/receipts/" + std::to_string(sent->id.value()));
                if (!sent->code.empty()) then.set_cookie(r, "code", sent->code, code_seconds);
                return then;
            }
            if (sent.error().field.empty()) return people::refusal(r, sent.error());
            reader.refuse(sent.error());
        }
        page::Page again =
            advice_page(r, *needs_.database.read(), *found, page::Form::again(r, reader.errors()), personal);
        return page::answer(r, std::move(again), reader.errors());
    }

    Response list_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, kernel::refuse(kernel::Code::not_found, "issue.unknown"));
        auto db = needs_.database.read();
        const int most = page::asked_limit(r, 50);
        std::optional<voice::VoiceId> before;
        if (const auto last = kernel::parse_index(r.asked("before").value_or(""))) before = voice::VoiceId(*last);
        auto ids = advice_of(*db, found->id, before, most + 1);
        const bool more = static_cast<int>(ids.size()) > most;
        if (more) ids.pop_back();
        kernel::Json::Array rows;
        for (const voice::VoiceId id : ids)
            if (const auto v = voice::voice(*db, id))
                rows.emplace_back(kernel::Json::Object{{"voice", id.value()},
                                                       {"text", v->text},
                                                       {"lang", v->lang},
                                                       {"received", kernel::iso(v->received)}});
        kernel::Json body;
        body.set("issue", found->id.value())
            .set("asked", rules::takes_advice(*found).has_value())
            .set("counts", advice_json(*db, found->id))
            .set("messages", std::move(rows))
            .set("next", more ? kernel::Json(ids.back().value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

private:
    std::optional<Issue> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? issue(*needs_.database.read(), IssueId(*id)) : std::nullopt;
    }

    const people::Needs& needs_;
};

}  // namespace

page::Html advice_part(const Request& r, db::Connection& db, const Issue& i) {
    const AdviceCounts n = advice_counts(db, i.id);
    if (n.voices == 0 && !rules::takes_advice(i)) return {};
    const Lang lang = page::lang_of(r);
    const auto newest = advice_of(db, i.id, std::nullopt, shown_on_the_issue);
    Data d;
    d.set("counts", counts_words(lang, n)).set("has_rows", !newest.empty()).set("rows", voice_rows(lang, db, newest));
    d.set("any", n.voices > 0).set("all", address(i.id) + "/advice");
    return page::render(lang, "issue/advice_part.html", d);
}

kernel::Json advice_json(db::Connection& db, IssueId id) {
    const AdviceCounts n = advice_counts(db, id);
    return kernel::Json::Object{{"messages", n.voices}, {"closed", n.closed}, {"people", n.people}};
}

void add_advice_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const AdviceRoutes>(needs);
    router.get("/issues/{id}/advice", [routes](const Request& r) { return routes->show(r); });
    router.post("/issues/{id}/advice", [routes](const Request& r) { return routes->send(r); }, {.work = true});
    router.get("/api/v1/issues/{id}/advice",
               page::json_list([routes](const Request& r) { return routes->list_json(r); }, 100));
}

}  // namespace issue
