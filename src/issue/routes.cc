#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "advice.h"
#include "pages.h"
#include "rules.h"

namespace issue {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_issue() { return kernel::refuse(kernel::Code::not_found, "issue.unknown"); }

template <class Id>
std::vector<Id> ids(const std::vector<std::int64_t>& all) {
    std::vector<Id> out;
    for (std::int64_t one : all) out.emplace_back(one);
    return out;
}

kernel::Json counts_json(const Counts& n) {
    return kernel::Json::Object{
        {"suggested", n.suggested},     {"confirmed", n.confirmed},       {"dismissed", n.dismissed},
        {"before_body", n.before_body}, {"adopted", n.adopted},           {"refused", n.refused},
        {"resolved", n.resolved},       {"carried_over", n.carried_over}, {"inherited", n.inherited}};
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        const ListOf what = asked_for(r);
        std::string key = counted();
        for (const char* part : {"cycle", "state", "sort", "before"})
            key += "/" + std::string(r.asked(part).value_or(""));
        return page::cached(r, key, needs_.ledger.size(),
                            [&] { return list_page(r, *needs_.database.read(), what, hooks_); });
    }

    Response show(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_issue());
        const std::string key = counted() + "/" + std::string(r.asked("before").value_or(""));
        return page::cached(r, key, needs_.ledger.size(), [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, *issue(*db, found->id), hooks_);
        });
    }

    Response show_new(const Request& r) const {
        if (auto may = rules::may_gather(people::actor(r)); !may) return people::refusal(r, may.error());
        page::Form form(r);
        form.value("lang", std::string(page::tag(page::lang_of(r))));
        for (const char* name : {"cycle", "title", "text"})
            if (auto value = r.asked(name)) form.value(name, std::string(*value));
        return page::answer(r, new_page(r, *needs_.database.read(), std::move(form)));
    }

    Response make(const Request& r) const {
        page::Reader reader(r);
        Draft draft;
        draft.cycle = people::CycleId(reader.number("cycle", "issue.cycle_unknown").value_or(0));
        draft.title = reader.text("title", rules::title_max);
        draft.text = reader.text("text", rules::text_max, kernel::Lines::many);
        draft.lang = reader.text("lang", 35);
        if (reader.good()) {
            const auto made = suggest(needs_, people::actor(r), draft, page::once(r));
            if (made) return made_of(r, *made);
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        page::Page again = new_page(r, *needs_.database.read(), page::Form::again(r, reader.errors()));
        again.status = http::status_of(reader.errors().front().code);
        return page::answer(r, std::move(again));
    }

    // What it was made of goes into it; where that is refused, its page says what is in it.
    Response made_of(const Request& r, IssueId id) const {
        if (const auto statement = kernel::parse_index(r.field("statement").value_or("")))
            if (auto in = gather(needs_, people::actor(r), id, {}, {dialogue::StatementId(*statement)}, {}); !in)
                return people::refusal(r, in.error());
        return http::redirect(address(id) + "/edit");
    }

    Response show_edit(const Request& r) const { return edit_form(r, {}); }

    Response move_in(const Request& r, bool in) const {
        page::Reader reader(r);
        const auto voices = ids<voice::VoiceId>(reader.numbers("voices", "issue.numbers_only"));
        const auto statements = ids<dialogue::StatementId>(reader.numbers("statements", "issue.numbers_only"));
        return after(r, reader, [&](const people::Actor& actor, IssueId id) {
            return in ? gather(needs_, actor, id, voices, statements, page::once(r))
                      : put_aside(needs_, actor, id, voices, statements, page::once(r));
        });
    }

    Response decide(const Request& r, bool confirmed) const {
        page::Reader reader(r);
        int marks = 0;
        for (std::int64_t bit : reader.numbers("marks", "issue.marks_unknown")) marks |= static_cast<int>(bit & 15);
        const std::string reason = reader.text("reason", rules::reason_max, kernel::Lines::many);
        return after(r, reader, [&](const people::Actor& actor, IssueId id) {
            return confirmed ? confirm(needs_, actor, id, marks, reason, page::once(r))
                             : dismiss(needs_, actor, id, reason, page::once(r));
        });
    }

    Response show_rest(const Request& r) const { return rest_form(r, {}); }

    Response list_more(const Request& r) const {
        page::Reader reader(r);
        const auto voices = ids<voice::VoiceId>(reader.numbers("voices", "issue.numbers_only"));
        const std::string reason = reader.text("reason", rules::reason_max, kernel::Lines::many);
        const auto id = kernel::parse_index(r.param("id"));
        if (id && reader.good()) {
            const auto done = list_rest(needs_, people::actor(r), people::CycleId(*id), voices, reason, page::once(r));
            if (done) return http::redirect("/cycles/" + std::to_string(*id) + "/rest");
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return rest_form(r, reader.errors());
    }

    Response list_json(const Request& r) const {
        auto db = needs_.database.read();
        const ListOf what = asked_for(r);
        auto all = issues(*db, what.cycle, what.state, what.before, issues_on_a_page + 1);
        const bool more = all.size() > issues_on_a_page;
        if (more) all.pop_back();
        kernel::Json::Array rows;
        for (const Issue& i : all) rows.push_back(as_json(*db, i));
        kernel::Json body;
        if (what.cycle)
            body.set("round", kernel::Json::Object{{"id", what.cycle->value()},
                                                   {"issues", counts_json(counts(*db, *what.cycle))}});
        body.set("issues", std::move(rows)).set("next", more ? kernel::Json(all.back().id.value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_issue());
        auto db = needs_.database.read();
        kernel::Json body = as_json(*db, *found);
        kernel::Json::Array voices, statements;
        constexpr int at_once = 500;
        const auto before = kernel::parse_index(r.asked("before").value_or(""));
        auto some =
            voices_of(*db, found->id, before ? std::optional(voice::VoiceId(*before)) : std::nullopt, at_once + 1);
        const bool more = some.size() > at_once;
        if (more) some.pop_back();
        body.set("next", more ? kernel::Json(some.back().value()) : kernel::Json());
        for (voice::VoiceId id : some) voices.emplace_back(id.value());
        for (auto part = statements_of(*db, found->id, {}, at_once); !part.empty();
             part = statements_of(*db, found->id, part.back(), at_once))
            for (dialogue::StatementId id : part) statements.emplace_back(id.value());
        body.set("voice_ids", std::move(voices)).set("statement_ids", std::move(statements));
        return http::json(200, kernel::canonical(body));
    }

private:
    // Figures are counted beside the log: a page that shows them is of both.
    std::string counted() const { return std::to_string(times_counted(*needs_.database.read())); }
    static ListOf asked_for(const Request& r) {
        ListOf what;
        if (const auto id = kernel::parse_index(r.asked("cycle").value_or(""))) what.cycle = people::CycleId(*id);
        what.state = parse_state(r.asked("state").value_or(""));
        const std::string_view before = r.asked("before").value_or("");
        if (const auto id = kernel::parse_index(before)) what.before = IssueId(*id);
        what.sort = parse_sort(r.asked("sort").value_or("")).value_or(Sort::newest);
        if (const std::size_t dash = before.find('-'); dash != std::string_view::npos) {
            const auto value = kernel::parse_index(before.substr(0, dash));
            const auto id = kernel::parse_index(before.substr(dash + 1));
            if (value && id) what.after = Ranked{*value, IssueId(*id)};
        }
        return what;
    }
    std::optional<Issue> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? issue(*needs_.database.read(), IssueId(*id)) : std::nullopt;
    }
    Response edit_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_issue());
        if (auto may = rules::may_gather(people::actor(r)); !may) return people::refusal(r, may.error());
        page::Page shown = edit_page(r, *needs_.database.read(), *found, page::Form::of(r, errors));
        return page::answer(r, std::move(shown), errors);
    }
    Response rest_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        const auto id = kernel::parse_index(r.param("id"));
        auto db = needs_.database.read();
        const auto found = id ? cycle::cycle(*db, people::CycleId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
        page::Page shown = rest_page(r, *db, *found, page::Form::of(r, errors));
        return page::answer(r, std::move(shown), errors);
    }
    template <class Perform>
    Response after(const Request& r, page::Reader& reader, Perform perform) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, no_such_issue());
        if (reader.good()) {
            const kernel::Checked done = perform(people::actor(r), IssueId(*id));
            if (done) return http::redirect(address(IssueId(*id)));
            if (done.error().field.empty() && done.error().key != "issue.empty")
                return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return edit_form(r, reader.errors());
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/issues", [routes](const Request& r) { return routes->list(r); });
    router.get("/issues/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/issues", [routes](const Request& r) { return routes->make(r); });
    router.get("/issues/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/issues/{id}/edit", [routes](const Request& r) { return routes->show_edit(r); });
    router.post("/issues/{id}/gather", [routes](const Request& r) { return routes->move_in(r, true); });
    router.post("/issues/{id}/put-aside", [routes](const Request& r) { return routes->move_in(r, false); });
    router.post("/issues/{id}/confirm", [routes](const Request& r) { return routes->decide(r, true); });
    router.post("/issues/{id}/dismiss", [routes](const Request& r) { return routes->decide(r, false); });
    add_arranging(router, needs);
    router.get("/cycles/{id}/rest", [routes](const Request& r) { return routes->show_rest(r); });
    router.post("/cycles/{id}/rest", [routes](const Request& r) { return routes->list_more(r); });
    add_advice_routes(router, needs);
    router.get("/api/v1/issues", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/issues/{id}", page::json_list([routes](const Request& r) { return routes->show_json(r); }));
}

}  // namespace issue
