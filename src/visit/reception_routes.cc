#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>

#include "reception_pages.h"
#include "routes.h"
#include "rules.h"

namespace visit {
namespace {

using http::Request;
using http::Response;

constexpr int code_cookie_seconds = 60;  // the receipt's page shows the code once
constexpr int takes_a_minute = 20;

kernel::Error no_such_reception() { return kernel::refuse(kernel::Code::not_found, "visit.reception_unknown"); }

class ReceptionRoutes {
public:
    ReceptionRoutes(const people::Needs& needs, const Hooks& hooks) : needs_(needs), hooks_(hooks) {}

    Response list(const Request& r) const {
        // Slots that have begun are not offered: what stands there is good for some minutes.
        std::string key = kernel::iso(now().day) + "/" + std::to_string(now().minutes / 5);
        for (std::string_view name : {"unit", "before"}) key += "/" + std::string(r.asked(name).value_or(""));
        return page::cached(r, key, needs_.ledger.size(),
                            [&] { return receptions_page(r, *needs_.database.read(), filter_of(r), now()); });
    }
    Response show(const Request& r) const { return shown(r, page::Form(r), 200); }

    Response show_new(const Request& r) const { return announcing(r, page::Form(r), 200); }
    Response make(const Request& r) const {
        page::Reader reader(r);
        ReceptionDraft draft;
        draft.day = day_of(reader);
        draft.from = time_of(reader);
        draft.slots = count_of(reader, "slots");
        draft.minutes = count_of(reader, "minutes");
        draft.post = reader.text("post", max_posts);
        draft.where = reader.text("where", max_where);
        draft.topics = reader.text("topics", max_reason, kernel::Lines::many);
        if (const auto lang = page::parse_lang(reader.text("lang", 35)))
            draft.lang = page::tag(*lang);
        else
            reader.refuse(kernel::invalid("lang", "visit.lang_missing"));
        if (reader.good()) {
            const auto made = announce(needs_, people::actor(r), draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return announcing(r, page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }

    Response take_slot(const Request& r) const {
        page::Reader reader(r);
        const auto slot = reader.number("slot", "visit.slot_unknown");
        if (!slot && !reader.refused("slot")) reader.refuse(kernel::invalid("slot", "visit.slot_missing"));
        const std::string matter = reader.text("matter", max_matter);
        if (reader.good()) {
            const auto taken = take(needs_, people::actor(r), id_of(r),
                                    static_cast<int>(std::min<std::int64_t>(*slot, 1'000'000)), matter, page::once(r));
            if (taken) {
                Response then = http::redirect("/receipts/" + std::to_string(taken->entry));
                if (!taken->code.empty()) then.set_cookie(r, "code", taken->code, code_cookie_seconds);
                return then;
            }
            if (taken.error().field.empty()) return people::refusal(r, taken.error());
            reader.refuse(taken.error());
        }
        return shown(r, page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }
    Response return_slot(const Request& r) const {
        const auto done = give_back(needs_, people::actor(r), id_of(r), r.field("code").value_or(""), page::once(r));
        if (done) return http::redirect(address(id_of(r)));
        if (done.error().field.empty()) return people::refusal(r, done.error());
        return shown(r, page::Form::again(r, {done.error()}), http::status_of(done.error().code));
    }

    Response show_step(const Request& r, const char* step) const { return stepping(r, step, page::Form(r), 200); }
    Response post_move(const Request& r) const {
        page::Reader reader(r);
        const Moved to{day_of(reader), time_of(reader), reader.text("where", max_where)};
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        return after(r, "move", reader, [&](const people::Actor& actor) {
            return move(needs_, actor, id_of(r), to, reason, page::once(r));
        });
    }
    Response post_call_off(const Request& r) const {
        page::Reader reader(r);
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        return after(r, "call-off", reader, [&](const people::Actor& actor) {
            return call_off(needs_, actor, id_of(r), reason, page::once(r));
        });
    }
    Response post_held(const Request& r) const {
        page::Reader reader(r);
        Outcome out;
        out.came = count_of(reader, "came");
        out.absent = reader.number("absent", "visit.met_missing").value_or(0);
        for (std::int64_t n : reader.numbers("voices", "visit.numbers_wrong")) out.voices.emplace_back(n);
        out.said = reader.text("said", max_heard, kernel::Lines::many);
        return after(r, "held", reader,
                     [&](const people::Actor& actor) { return hold(needs_, actor, id_of(r), out, page::once(r)); });
    }

    Response list_json(const Request& r) const {
        ReceptionFilter f = filter_of(r);
        const std::size_t most = static_cast<std::size_t>(f.at_most++);
        std::vector<Reception> found = receptions(*needs_.database.read(), f);
        const bool more = found.size() > most;
        if (more) found.pop_back();
        kernel::Json::Array rows;
        for (const Reception& each : found) rows.push_back(as_json(each, false));
        kernel::Json body;
        body.set("receptions", std::move(rows));
        body.set("next", more ? kernel::Json(found.back().id.value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }
    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_reception());
        return http::json(200, kernel::canonical(as_json(*found, true)));
    }

private:
    rules::Moment now() const {
        const kernel::Instant t = needs_.clock.now();
        return {kernel::local_day(t), kernel::local_minutes(t)};
    }
    static ReceptionId id_of(const Request& r) { return ReceptionId(kernel::parse_index(r.param("id")).value_or(0)); }
    std::optional<Reception> asked(const Request& r) const { return reception(*needs_.database.read(), id_of(r)); }
    static ReceptionFilter filter_of(const Request& r) {
        ReceptionFilter f;
        if (const auto id = kernel::parse_index(r.asked("unit").value_or(""))) f.unit = people::UnitId(*id);
        if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) f.before = ReceptionId(*id);
        return f;
    }
    static kernel::Day day_of(page::Reader& reader) {
        const auto day = reader.day("day", "visit.day_missing");
        if (!day && !reader.refused("day")) reader.refuse(kernel::invalid("day", "visit.day_missing"));
        return day.value_or(kernel::Day{});
    }
    static int time_of(page::Reader& reader) {
        const auto time = parse_clock(reader.text("from", 8));
        if (!time && !reader.refused("from")) reader.refuse(kernel::invalid("from", "visit.from_missing"));
        return time.value_or(0);
    }
    static int count_of(page::Reader& reader, std::string_view field) {
        const auto n = reader.number(field, "visit.met_missing");
        if (!n && !reader.refused(field)) reader.refuse(kernel::invalid(std::string(field), "visit.met_missing"));
        return static_cast<int>(std::min<std::int64_t>(n.value_or(0), 1'000'000));
    }
    Response shown(const Request& r, page::Form form, int status) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_reception());
        auto db = needs_.database.read();
        page::Page page = reception_page(r, *db, *found, hooks_, now(), std::move(form));
        page.status = status;
        return page::answer(r, std::move(page));
    }
    Response announcing(const Request& r, page::Form form, int status) const {
        if (auto may = rules::may_record(people::actor(r)); !may) return people::refusal(r, may.error());
        page::Page page = announce_page(r, std::move(form));
        page.status = status;
        return page::answer(r, std::move(page));
    }
    Response stepping(const Request& r, std::string_view step, page::Form form, int status) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_reception());
        if (auto may = rules::may_go_on(people::actor(r), *found); !may) return people::refusal(r, may.error());
        page::Page page = step_page(r, *found, step, std::move(form));
        page.status = status;
        return page::answer(r, std::move(page));
    }
    template <class Perform>
    Response after(const Request& r, std::string_view step, page::Reader& reader, Perform perform) const {
        if (reader.good()) {
            const kernel::Checked done = perform(people::actor(r));
            if (done) return http::redirect(address(id_of(r)));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return stepping(r, step, page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_reception_routes(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    const auto routes = std::make_shared<const ReceptionRoutes>(needs, hooks);
    http::Limits by_anybody;
    by_anybody.rate = takes_a_minute;
    by_anybody.work = true;
    router.get("/receptions", [routes](const Request& r) { return routes->list(r); });
    router.post("/receptions", [routes](const Request& r) { return routes->make(r); });
    router.get("/receptions/new", [routes](const Request& r) { return routes->show_new(r); });
    router.get("/receptions/{id}", [routes](const Request& r) { return routes->show(r); });
    router.post(
        "/receptions/{id}/take", [routes](const Request& r) { return routes->take_slot(r); }, by_anybody);
    router.post(
        "/receptions/{id}/give-back", [routes](const Request& r) { return routes->return_slot(r); }, by_anybody);
    for (const char* step : {"move", "call-off", "held"})
        router.get("/receptions/{id}/" + std::string(step),
                   [routes, step](const Request& r) { return routes->show_step(r, step); });
    router.post("/receptions/{id}/move", [routes](const Request& r) { return routes->post_move(r); });
    router.post("/receptions/{id}/call-off", [routes](const Request& r) { return routes->post_call_off(r); });
    router.post("/receptions/{id}/held", [routes](const Request& r) { return routes->post_held(r); });
    router.get("/api/v1/receptions", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/receptions/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace visit
