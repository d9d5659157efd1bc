#include <http/http.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include <db/database.h>

#include "cycle.h"
#include "pages.h"
#include "rules.h"
#include "store.h"

namespace cycle {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_cycle() { return kernel::refuse(kernel::Code::not_found, "cycle.unknown"); }

// Reads the form's texts through the door, gathering what is wrong with them.
struct Reader {
    const Request& request;
    std::vector<kernel::Error> errors = {};

    std::string text(std::string_view field, std::size_t max, kernel::Lines lines) {
        auto admitted = kernel::admit(request.field(field).value_or(""), field, max, lines);
        if (admitted) return *std::move(admitted);
        errors.push_back(admitted.error());
        return {};
    }
    std::optional<std::int64_t> id(std::string_view field, std::string_view key) {
        const std::string_view typed = request.field(field).value_or("");
        if (typed.empty()) return std::nullopt;
        const auto index = kernel::parse_index(typed);
        if (!index) errors.push_back(kernel::invalid(std::string(field), std::string(key)));
        return index;
    }
    std::optional<kernel::Day> day(std::string_view field) {
        const std::string_view typed = request.field(field).value_or("");
        if (typed.empty()) return std::nullopt;
        const auto day = kernel::parse_day(typed);
        if (!day) errors.push_back(kernel::invalid(std::string(field), "cycle.no_such_day"));
        return day;
    }
};

Context read_context(Reader& reader) {
    return {reader.text("touches", rules::context_max, kernel::Lines::many),
            reader.text("promised", rules::context_max, kernel::Lines::many),
            reader.text("means", rules::context_max, kernel::Lines::many),
            reader.text("limits", rules::context_max, kernel::Lines::many)};
}

// One criterion a line; empty lines are none.
std::vector<std::string> read_criteria(Reader& reader) {
    const std::string all =
        reader.text("criteria", rules::criteria_max * (rules::criterion_max + 1), kernel::Lines::many);
    std::vector<std::string> criteria;
    for (std::string_view line : kernel::split(all, '\n'))
        if (std::string one = kernel::trim(line); !one.empty()) criteria.push_back(std::move(one));
    return criteria;
}

Draft read_draft(Reader& reader) {
    Draft draft;
    draft.name = reader.text("name", rules::name_max, kernel::Lines::one);
    draft.lang = reader.text("lang", 35, kernel::Lines::one);
    draft.organiser = people::UnitId(reader.id("organiser", "cycle.organiser_unknown").value_or(0));
    draft.context = read_context(reader);
    draft.criteria = read_criteria(reader);
    if (const auto inherits = reader.id("inherits", "cycle.inherits_unknown")) draft.inherits = CycleId(*inherits);
    return draft;
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        const std::string key =
            std::string(r.asked("before").value_or("")) + "/" + std::string(r.asked("after").value_or(""));
        return page::cached(r, key, needs_.ledger.size(), [&] { return list_page(r, *needs_.database.read()); });
    }

    Response show(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        const kernel::Day today = kernel::local_day(needs_.clock.now());
        const std::int64_t position = needs_.ledger.size();
        if (!id || !cycle(*needs_.database.read(), CycleId(*id))) return people::refusal(r, no_such_cycle());
        return page::cached(r, kernel::iso(today), position, [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, cycle(*db, CycleId(*id)).value(), hooks_, today);
        });
    }

    Response show_new(const Request& r) const {
        if (auto ok = people::need_staff(people::actor(r)); !ok) return people::refusal(r, ok.error());
        auto db = needs_.database.read();
        page::Form form(r);
        form.value("lang", std::string(page::tag(page::lang_of(r))));
        if (r.who.unit) form.value("organiser", std::to_string(r.who.unit));
        if (const auto inherits = r.asked("inherits")) form.value("inherits", std::string(*inherits));
        return page::answer(r, new_page(r, *db, form));
    }

    Response make(const Request& r) const {
        Reader reader{r};
        const Draft draft = read_draft(reader);
        if (reader.errors.empty()) {
            const auto made = open(needs_, people::actor(r), draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.errors.push_back(made.error());
        }
        auto db = needs_.database.read();
        page::Page again = new_page(r, *db, page::Form::again(r, reader.errors));
        again.status = http::status_of(reader.errors.front().code);
        return page::answer(r, std::move(again));
    }

    Response show_edit(const Request& r) const { return form_page(r, {}, edit_page); }
    Response show_phase(const Request& r) const { return form_page(r, {}, phase_page); }

    Response change_context(const Request& r) const {
        Reader reader{r};
        const Context context = read_context(reader);
        const std::string reason = reader.text("reason", rules::reason_max, kernel::Lines::many);
        return after(r, reader, edit_page, "/edit", [&](const people::Actor& actor, CycleId id) -> kernel::Checked {
            const auto done = set_context(needs_, actor, id, context, reason, page::once(r));
            return done ? kernel::Checked() : done.error();
        });
    }

    Response change_criterion(const Request& r) const {
        Reader reader{r};
        const std::string text = reader.text("text", rules::criterion_max, kernel::Lines::one);
        const std::string reason = reader.text("why", rules::reason_max, kernel::Lines::many);
        std::optional<CriterionId> replaces;
        if (const auto id = reader.id("replaces", "cycle.criterion_unknown")) replaces = CriterionId(*id);
        return after(r, reader, edit_page, "/edit", [&](const people::Actor& actor, CycleId id) -> kernel::Checked {
            auto done = set_criterion(needs_, actor, id, text, replaces, reason, page::once(r));
            if (done) return {};
            kernel::Error error = done.error();
            if (error.field == "reason")
                error.field = "why";  // the sheet's form on the same page has a field of that name
            return error;
        });
    }

    Response change_phase(const Request& r) const {
        Reader reader{r};
        const auto to = parse_phase(r.field("to").value_or(""));
        if (!to) reader.errors.push_back(kernel::invalid("to", "cycle.phase_unknown"));
        const auto ends = reader.day("ends");
        const std::string remark = reader.text("remark", rules::reason_max, kernel::Lines::many);
        return after(r, reader, phase_page, "", [&](const people::Actor& actor, CycleId id) -> kernel::Checked {
            const auto done = advance(needs_, actor, id, *to, ends, remark, page::once(r));
            return done ? kernel::Checked() : done.error();
        });
    }

    Response list_json(const Request& r) const {
        auto db = needs_.database.read();
        std::vector<Cycle> all = cycles(*db, cursor(r, "after"), cycles_on_a_page + 1);
        const bool more = all.size() > cycles_on_a_page;
        if (more) all.pop_back();
        kernel::Json::Array rows;
        for (const Cycle& c : all) rows.push_back(as_json(*db, c));
        kernel::Json body;
        body.set("cycles", std::move(rows)).set("next", more ? kernel::Json(all.back().id.value()) : kernel::Json());
        body.set("standing_desk", as_json(*db, standing_desk(*db)));
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? cycle(*db, CycleId(*id)) : std::nullopt;
        if (!found) return page::refusal(r, no_such_cycle());
        return http::json(200, kernel::canonical(as_json(*db, *found)));
    }

private:
    using MakePage = page::Page (*)(const Request&, db::Connection&, const Cycle&, page::Form);

    // The page of a form for those who may use it.
    Response form_page(const Request& r, const std::vector<kernel::Error>& errors, MakePage make_page) const {
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? cycle(*db, CycleId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, no_such_cycle());
        if (auto ok = rules::may_act(people::actor(r), *found); !ok) return people::refusal(r, ok.error());
        page::Page shown = make_page(r, *db, *found, page::Form::of(r, errors));
        return page::answer(r, std::move(shown), errors);
    }

    // Runs the act, then leads on; what was wrong with the form is shown with the form.
    template <class Perform>
    Response after(const Request& r, Reader& reader, MakePage make_page, std::string_view then, Perform perform) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, no_such_cycle());
        if (reader.errors.empty()) {
            const kernel::Checked done = perform(people::actor(r), CycleId(*id));
            if (done) return http::redirect(address(CycleId(*id)) + std::string(then));
            const bool at_the_form = !done.error().field.empty() || done.error().key == "cycle.gates_not_met";
            if (!at_the_form) return people::refusal(r, done.error());
            reader.errors.push_back(done.error());
        }
        return form_page(r, reader.errors, make_page);
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    if (!hooks.gates.empty()) set_gates(hooks.gates);
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/cycles", [routes](const Request& r) { return routes->list(r); });
    router.get("/cycles/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/cycles", [routes](const Request& r) { return routes->make(r); });
    router.get("/cycles/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/cycles/{id}/edit", [routes](const Request& r) { return routes->show_edit(r); });
    router.post("/cycles/{id}/context", [routes](const Request& r) { return routes->change_context(r); });
    router.post("/cycles/{id}/criteria", [routes](const Request& r) { return routes->change_criterion(r); });
    router.get("/cycles/{id}/phase", [routes](const Request& r) { return routes->show_phase(r); });
    router.post("/cycles/{id}/phase", [routes](const Request& r) { return routes->change_phase(r); });
    router.get("/api/v1/cycles", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/cycles/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace cycle
