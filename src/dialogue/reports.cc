// Pages of reports and appeals: for anybody, for the author, for moderators.
#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "rules.h"
#include "store.h"

namespace dialogue {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

constexpr int shown_at_most = 50;

std::string number_of(Lang lang, StatementId id) {
    return page::say(lang, "dialogue.statement_number", {{"n", std::to_string(id.value())}});
}

// A statement as moderators read it, also where it is hidden.
Data row_of(Lang lang, const Statement& s, Ground ground, const std::string& reason) {
    Data row;
    row.set("link", address(s.id)).set("number", number_of(lang, s.id)).set("words", page::own_words(s.text, s.lang));
    row.set("ground", page::say(lang, people::ground_key(ground))).set("reason", page::paragraphs(reason));
    return row;
}

StatementId statement_asked(const Request& r) { return StatementId(kernel::parse_index(r.param("id")).value_or(0)); }

kernel::Error statement_missing() { return kernel::refuse(kernel::Code::not_found, "dialogue.statement_unknown"); }

class Complaints {
public:
    explicit Complaints(const people::Needs& needs) : needs_(needs) {}

    Response show_report(const Request& r) const { return report_form(r, {}); }

    Response post_report(const Request& r) const {
        page::Reader reader(r);
        const auto ground = people::parse_ground(r.field("ground").value_or(""));
        if (!ground) reader.refuse(kernel::invalid("ground", "people.ground_missing"));
        const std::string remark = reader.text("remark", rules::max_remark, kernel::Lines::many);
        std::vector<kernel::Error> errors = reader.errors();
        if (errors.empty()) {
            const auto done = report(needs_, people::actor(r), statement_asked(r), *ground, remark, page::once(r));
            if (done) return http::redirect("/receipts/" + std::to_string(*done));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            errors.push_back(done.error());
        }
        return report_form(r, std::move(errors));
    }

    Response show_appeal(const Request& r) const { return appeal_form(r, {}); }

    Response post_appeal(const Request& r) const {
        page::Reader reader(r);
        const std::string reason = reader.text("reason", rules::max_reason, kernel::Lines::many);
        std::vector<kernel::Error> errors = reader.errors();
        if (errors.empty()) {
            const auto done = appeal(needs_, people::actor(r), statement_asked(r), r.field("code").value_or(""), reason,
                                     page::once(r));
            if (done) return http::redirect(address(statement_asked(r)));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            errors.push_back(done.error());
        }
        return appeal_form(r, std::move(errors));
    }

    Response show_decision(const Request& r) const { return decision_form(r, {}); }

    Response post_decision(const Request& r) const {
        page::Reader reader(r);
        const std::string_view outcome = r.field("outcome").value_or("");
        if (outcome != "yes" && outcome != "no") reader.refuse(kernel::invalid("outcome", "dialogue.outcome_missing"));
        const std::string remark = reader.text("remark", rules::max_remark, kernel::Lines::many);
        std::vector<kernel::Error> errors = reader.errors();
        if (errors.empty()) {
            const kernel::Checked done = perform(r, outcome == "yes", remark);
            if (done) return http::redirect(address(statement_asked(r)));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            errors.push_back(done.error());
        }
        return decision_form(r, std::move(errors));
    }

private:
    static std::optional<std::int64_t> report_asked(const Request& r) { return kernel::parse_index(r.param("entry")); }

    kernel::Checked perform(const Request& r, bool yes, const std::string& remark) const {
        const people::Actor actor = people::actor(r);
        if (const auto entry = report_asked(r)) return decide_report(needs_, actor, *entry, yes, remark, page::once(r));
        if (yes) return accept(needs_, actor, statement_asked(r), remark, page::once(r));
        return refuse_appeal(needs_, actor, statement_asked(r), remark, page::once(r));
    }

    Response report_form(const Request& r, std::vector<kernel::Error> errors) const {
        const StatementId id = statement_asked(r);
        const auto found = statement(*needs_.database.read(), id);
        if (!found) return people::refusal(r, statement_missing());
        if (found->state != State::accepted)
            return people::refusal(r, kernel::refuse(kernel::Code::conflict, "dialogue.not_shown"));
        const int status = page::status_of(errors);
        page::Page p =
            people::report_page(r, page::Form::of(r, std::move(errors)), address(id), number_of(page::lang_of(r), id));
        p.section = "cycles";
        p.status = status;
        return page::answer(r, std::move(p));
    }

    Response appeal_form(const Request& r, std::vector<kernel::Error> errors) const {
        const Lang lang = page::lang_of(r);
        auto db = needs_.database.read();
        const auto found = statement(*db, statement_asked(r));
        if (!found) return people::refusal(r, statement_missing());
        if (!removal(*db, found->id))
            return people::refusal(r, kernel::refuse(kernel::Code::conflict, "dialogue.not_set_aside"));
        page::Page p;
        p.status = page::status_of(errors);
        Data data;
        page::Form::of(r, std::move(errors)).fill(lang, data, {"code", "reason"});
        data.set("code_value", "");  // a secret is not shown again
        data.set("known", is_author(*db, needs_, *found, r.visitor, ""));
        data.set("link", address(found->id)).set("number", number_of(lang, found->id));
        p.title = page::say(lang, "people.appeal_title");
        p.section = "cycles";
        p.private_matter = true;
        p.main = page::render(lang, "dialogue/appeal.html", data);
        return page::answer(r, std::move(p));
    }

    Response decision_form(const Request& r, std::vector<kernel::Error> errors) const {
        if (auto ok = people::need_role(people::actor(r), people::Role::moderator); !ok)
            return people::refusal(r, ok.error());
        const Lang lang = page::lang_of(r);
        auto db = needs_.database.read();
        const auto found = statement(*db, statement_asked(r));
        if (!found) return people::refusal(r, statement_missing());
        const auto reported = report_asked(r) ? find_report(*db, *report_asked(r)) : std::nullopt;
        const auto removed = removal(*db, found->id);
        if (report_asked(r) && (!reported || reported->statement != found->id))
            return people::refusal(r, kernel::refuse(kernel::Code::not_found, "dialogue.report_unknown"));
        if (reported && reported->decided)
            return people::refusal(r, kernel::refuse(kernel::Code::conflict, "dialogue.report_decided_already"));
        if (!reported && (!removed || !removed->waiting))
            return people::refusal(r, kernel::refuse(kernel::Code::conflict, "dialogue.no_appeal"));
        page::Page p;
        p.status = page::status_of(errors);
        page::Form form = page::Form::of(r, std::move(errors));
        form.options("outcome",
                     {{"yes", page::say(lang, reported ? "dialogue.outcome_hide" : "dialogue.outcome_show"), ""},
                      {"no", page::say(lang, reported ? "dialogue.outcome_keep" : "dialogue.outcome_refuse"), ""}});
        Data data = row_of(lang, *found, reported ? reported->ground : found->ground.value_or(Ground::not_recorded),
                           reported ? reported->remark : removed->reason);
        form.fill(lang, data, {"outcome", "remark"});
        p.title = page::say(lang, reported ? "dialogue.decide_report" : "dialogue.decide_appeal");
        data.set("title", p.title).set("action", r.path);
        p.section = "work";
        p.sample = dialogue(*db, found->dialogue).value().sample;
        p.main = page::render(lang, "dialogue/decide.html", data);
        return page::answer(r, std::move(p));
    }

    const people::Needs& needs_;
};

}  // namespace

page::Html complaints(const Request& r, db::Connection& db, std::optional<DialogueId> of) {
    const Complaining in_all = complaining(db, of);
    if (in_all.appeals == 0 && in_all.reports == 0) return {};
    const Lang lang = page::lang_of(r);
    const std::string here = of ? address(*of) + "/moderation" : "/desk/moderation";
    const page::List of_appeals{here, "statement-appeals"}, of_reports{here, "statement-reports"};
    auto appealed = open_appeals(db, of, page::index_after(r, of_appeals.name).value_or(0), shown_at_most + 1);
    auto reported = open_reports(db, of, page::index_after(r, of_reports.name).value_or(0), shown_at_most + 1);
    Data data;
    data.set("appeals_turning", page::turning(r, of_appeals, appealed, shown_at_most,
                                              [](const Removal& one) { return std::to_string(*one.appeal); }));
    data.set("reports_turning", page::turning(r, of_reports, reported, shown_at_most,
                                              [](const Report& one) { return std::to_string(one.entry); }));
    std::vector<Data> appeals, reports;
    for (const Removal& one : appealed) {
        const Statement s = statement(db, one.statement).value();
        appeals.push_back(row_of(lang, s, s.ground.value_or(Ground::not_recorded), one.reason));
        appeals.back().set("decide", address(s.id) + "/appeal/decision");
    }
    for (const Report& one : reported) {
        reports.push_back(row_of(lang, statement(db, one.statement).value(), one.ground, one.remark));
        reports.back().set("decide", address(one.statement) + "/reports/" + std::to_string(one.entry));
    }
    data.set("has_appeals", in_all.appeals > 0).set("appeals", std::move(appeals));
    data.set("has_reports", in_all.reports > 0).set("reports", std::move(reports));
    data.set("appeals_in_all", page::number(lang, in_all.appeals));
    data.set("reports_in_all", page::number(lang, in_all.reports));
    return page::render(lang, "dialogue/complaints.html", data);
}

page::Html part_of_moderation(const Request& r, db::Connection& db) { return complaints(r, db, std::nullopt); }

void add_report_routes(http::Router& router, const people::Needs& needs) {
    const auto pages = std::make_shared<const Complaints>(needs);
    const auto to = [&pages](Response (Complaints::*handler)(const Request&) const) {
        return [pages, handler](const Request& r) { return (*pages.*handler)(r); };
    };
    const http::Limits anybody{.rate = 30}, guessing{.rate = 20};
    router.get("/statements/{id}/report", to(&Complaints::show_report));
    router.post("/statements/{id}/report", to(&Complaints::post_report), anybody);
    router.get("/statements/{id}/appeal", to(&Complaints::show_appeal));
    router.post("/statements/{id}/appeal", to(&Complaints::post_appeal), guessing);
    router.get("/statements/{id}/appeal/decision", to(&Complaints::show_decision));
    router.post("/statements/{id}/appeal/decision", to(&Complaints::post_decision));
    router.get("/statements/{id}/reports/{entry}", to(&Complaints::show_decision));
    router.post("/statements/{id}/reports/{entry}", to(&Complaints::post_decision));
}

}  // namespace dialogue
