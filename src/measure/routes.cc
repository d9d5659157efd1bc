#include <algorithm>
#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "who.h"

namespace measure {
namespace {

using http::Request;
using http::Response;
using rules::Act;

kernel::Error no_such_measure() { return kernel::refuse(kernel::Code::not_found, "measure.unknown"); }

const Step& step_of(Act act) {
    return *std::find_if(steps().begin(), steps().end(), [&](const Step& one) { return one.act == act; });
}

// A figure that was typed; nothing when the field was left empty.
std::optional<Decimal> figure(page::Reader& reader, std::string_view field) {
    const std::string typed = reader.text(field, 40);
    if (typed.empty()) return std::nullopt;
    const auto read = Decimal::parse(typed);
    if (!read) reader.refuse(kernel::invalid(std::string(field), "measure.figure_malformed"));
    return read;
}

Progress read_progress(page::Reader& reader) {
    Progress p;
    const auto percent = reader.number("percent", "measure.percent_range");
    p.percent = percent && *percent <= 100 ? static_cast<int>(*percent) : -1;
    p.value = figure(reader, "value");
    p.text = reader.text("text", max_words, kernel::Lines::many);
    p.evidence = reader.text("evidence", max_evidence, kernel::Lines::many);
    return p;
}

std::optional<bool> read_outcome(page::Reader& reader) {
    const std::string typed = reader.text("outcome", 10);
    if (typed != "yes" && typed != "no") reader.refuse(kernel::invalid("outcome", "measure.outcome_missing"));
    return typed == "yes";
}

Wording read_wording(page::Reader& reader) {
    using kernel::Lines;
    return {reader.text("title", max_title), reader.text("text", max_text, Lines::many),
            reader.text("beneficiaries", max_concerned, Lines::many),
            reader.text("worse_off", max_concerned, Lines::many), reader.text("remedy", max_concerned, Lines::many)};
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        std::string key;
        for (std::string_view name :
             {"cycle", "issue", "unit", "state", "late", "open", "before", "after", "from", "to", "figure", "below"})
            key += std::string(r.asked(name).value_or("").substr(0, 4000)) + "/";
        return page::cached(r, key + kernel::iso(today()), needs_.ledger.size(),
                            [&] { return list_page(r, *needs_.database.read(), today()); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_measure());
        return page::cached(r, kernel::iso(today()), position, [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, measure(*db, found->id).value(), hooks_, today());
        });
    }

    Response show_new(const Request& r) const {
        if (auto may = may_pledge(r); !may) return people::refusal(r, may.error());
        auto db = needs_.database.read();
        return page::answer(r, new_page(r, *db, round_of(*db, r.asked("cycle").value_or("")), page::Form(r)));
    }

    Response make(const Request& r) const {
        if (auto may = may_pledge(r); !may) return people::refusal(r, may.error());
        const people::Actor actor = people::actor(r);
        page::Reader reader(r);
        Draft draft = read_promise(reader, "");
        draft.cycle = people::CycleId(reader.number("cycle", "measure.cycle_unknown").value_or(0));
        draft.kind = Kind::pledge;
        draft.owner = actor.officer;
        draft.owner_unit = actor.unit;
        if (reader.good()) {
            const auto made = pledge(needs_, actor, draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        auto db = needs_.database.read();
        page::Page again =
            new_page(r, *db, round_of(*db, r.field("cycle").value_or("")), page::Form::again(r, reader.errors()));
        again.status = http::status_of(reader.errors().front().code);
        return page::answer(r, std::move(again));
    }

    Response show_step(const Request& r, const Step& step) const { return step_form(r, step, {}); }

    Response report(const Request& r, bool done) const {
        page::Reader reader(r);
        const Progress p = read_progress(reader);
        return after(r, step_of(Act::report), reader, [&](const people::Actor& actor, MeasureId id) {
            return done ? report_done(needs_, actor, id, p, page::once(r))
                        : progress(needs_, actor, id, p, page::once(r));
        });
    }

    Response check_step(const Request& r, Act act) const {
        page::Reader reader(r);
        const bool yes = read_outcome(reader).value();
        const std::string words = reader.text("words", max_words, kernel::Lines::many);
        return after(r, step_of(act), reader, [&](const people::Actor& actor, MeasureId id) {
            return act == Act::verify ? verify(needs_, actor, id, yes, words, page::once(r))
                                      : look_back(needs_, actor, id, yes, words, page::once(r));
        });
    }

    Response close_step(const Request& r) const {
        page::Reader reader(r);
        const std::string words = reader.text("words", max_words, kernel::Lines::many);
        return after(r, step_of(Act::close), reader, [&](const people::Actor& actor, MeasureId id) {
            return close(needs_, actor, id, words, page::once(r));
        });
    }

    // What changes the promise, and the record that a report is absent: each with a reason.
    Response change_step(const Request& r, Act act) const {
        page::Reader reader(r);
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        std::optional<kernel::Day> due;
        std::optional<Decimal> target;
        people::OfficerId owner;
        Wording wording;
        if (act == Act::extend && !(due = reader.day("due", "measure.due_malformed")))
            reader.refuse(kernel::invalid("due", "measure.due_malformed"));
        if (act == Act::retarget && !(target = figure(reader, "target")))
            reader.refuse(kernel::invalid("target", "measure.figure_missing"));
        if (act == Act::reassign) owner = people::OfficerId(reader.number("owner", "measure.owner_unfit").value_or(0));
        if (act == Act::reword) wording = read_wording(reader);
        return after(r, step_of(act), reader, [&](const people::Actor& actor, MeasureId id) -> kernel::Checked {
            if (act == Act::extend) return extend(needs_, actor, id, *due, reason, page::once(r));
            if (act == Act::retarget) return retarget(needs_, actor, id, *target, reason, page::once(r));
            if (act == Act::reassign) return reassign(needs_, actor, id, owner, reason, page::once(r));
            if (act == Act::reword) return reword(needs_, actor, id, wording, reason, page::once(r));
            return record_absence(needs_, actor, id, reason, page::once(r));
        });
    }

    Response list_json(const Request& r) const {
        auto db = needs_.database.read();
        const Listed l = listed(*db, filter_of(r));
        kernel::Json::Array rows;
        for (const Measure& m : l.measures) rows.push_back(as_json(m));
        kernel::Json body;
        body.set("measures", std::move(rows)).set("next", l.older ? kernel::Json(l.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_measure());
        auto db = needs_.database.read();
        kernel::Json body = as_json(*found);
        const auto judged = hooks_.judged_percent ? hooks_.judged_percent(*db, found->id) : std::nullopt;
        body.set("judged_percent", judged ? kernel::Json(*judged) : kernel::Json())
            .set("history", history_json(history(*db, found->id)));
        return http::json(200, kernel::canonical(body));
    }

private:
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }

    std::optional<Measure> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? measure(*needs_.database.read(), MeasureId(*id)) : std::nullopt;
    }
    static std::optional<cycle::Cycle> round_of(db::Connection& db, std::string_view typed) {
        const auto id = kernel::parse_index(typed);
        return id ? cycle::cycle(db, people::CycleId(*id)) : std::nullopt;
    }
    static kernel::Checked may_pledge(const Request& r) {
        if (auto staff = people::need_staff(people::actor(r)); !staff) return staff;
        if (people::actor(r).has(people::Role::head)) return {};
        return kernel::refuse(kernel::Code::forbidden, "measure.may_not_pledge");
    }

    Response step_form(const Request& r, const Step& step, const std::vector<kernel::Error>& errors) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_measure());
        auto db = needs_.database.read();
        const rules::Who who = who_is(*db, cycle::in_force(*db, people::actor(r)), *found);
        if (auto may = rules::may(step.act, *found, who, today()); !may) return people::refusal(r, may.error());
        page::Page shown = step_page(r, *db, *found, step, page::Form::of(r, errors), today());
        return page::answer(r, std::move(shown), errors);
    }

    template <class Perform>
    Response after(const Request& r, const Step& step, page::Reader& reader, Perform perform) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, no_such_measure());
        if (reader.good()) {
            const kernel::Checked done = perform(people::actor(r), MeasureId(*id));
            if (done) return http::redirect(address(MeasureId(*id)));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return step_form(r, step, reader.errors());
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/measures", [routes](const Request& r) { return routes->list(r); });
    router.get("/measures/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/measures", [routes](const Request& r) { return routes->make(r); });
    router.get("/measures/{id}", [routes](const Request& r) { return routes->show(r); });
    for (const Step& step : steps())
        router.get("/measures/{id}/" + std::string(step.path),
                   [routes, &step](const Request& r) { return routes->show_step(r, step); });
    router.post("/measures/{id}/report", [routes](const Request& r) { return routes->report(r, false); });
    router.post("/measures/{id}/done", [routes](const Request& r) { return routes->report(r, true); });
    router.post("/measures/{id}/verify", [routes](const Request& r) { return routes->check_step(r, Act::verify); });
    router.post("/measures/{id}/look-back",
                [routes](const Request& r) { return routes->check_step(r, Act::look_back); });
    router.post("/measures/{id}/close", [routes](const Request& r) { return routes->close_step(r); });
    for (Act act : {Act::extend, Act::retarget, Act::reassign, Act::reword, Act::record_absence})
        router.post("/measures/{id}/" + std::string(step_of(act).path),
                    [routes, act](const Request& r) { return routes->change_step(r, act); });
    router.get("/api/v1/measures", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/measures/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace measure
