#include <memory>

#include <db/database.h>
#include <kernel/id.h>
#include <kernel/json.h>
#include <page/reader.h>

#include "pages.h"
#include "rules.h"
#include "store.h"

namespace paper {
namespace {

using http::Request;
using http::Response;
kernel::Error no_such_batch() { return kernel::refuse(kernel::Code::not_found, "paper.unknown"); }
kernel::Error no_such_sheet() { return kernel::refuse(kernel::Code::not_found, "paper.sheet_unknown"); }

template <class Case>
Case one_of(page::Reader& reader, const Request& r, std::string_view field,
            std::optional<Case> (*parse)(std::string_view), std::string_view missing_key, Case otherwise) {
    const auto found = parse(r.field(field).value_or(""));
    if (!found) reader.refuse(kernel::invalid(std::string(field), std::string(missing_key)));
    return found.value_or(otherwise);
}

// Everything that is wrong with a sheet, each at its field.
Typed read_sheet(const Request& r, page::Reader& reader, What what) {
    Typed t;
    t.what = what;
    if (t.what != What::message) {
        t.remark = reader.need_text("remark", max_remark, "paper.remark_missing", kernel::Lines::many);
        return t;
    }
    t.kind = one_of<voice::Kind>(reader, r, "kind", voice::parse_kind, "voice.kind_missing", voice::Kind::suggestion);
    t.audience = one_of<voice::Audience>(reader, r, "audience", voice::parse_audience, "voice.audience_missing",
                                         voice::Audience::unit_only);
    t.title = reader.text("title", voice::max_title);
    t.text = reader.need_text("text", voice::max_text, "voice.text_missing", kernel::Lines::many);
    t.place = reader.text("place", voice::max_place);
    t.category = r.field("category").value_or("");
    t.district = r.field("district").value_or("");
    t.said_on = reader.day("said_on", "paper.no_such_day");
    t.lang = r.field("lang").value_or("");
    return t;
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        auto db = needs_.database.read();
        std::optional<people::CycleId> cycle;
        if (const auto n = kernel::parse_index(r.asked("cycle").value_or(""))) cycle = people::CycleId(*n);
        return page::answer(r, list_page(r, *db, cycle, before(r)));
    }
    Response list_json(const Request& r) const {
        auto db = needs_.database.read();
        kernel::Json::Array all;
        const int most = page::asked_limit(r, 50);
        for (const Batch& b : batches(*db, {}, before(r), most)) all.push_back(as_json(b));
        kernel::Json body;
        body.set("next", static_cast<int>(all.size()) == most ? all.back()["id"] : kernel::Json());
        return http::json(200, kernel::canonical(body.set("batches", std::move(all))));
    }
    Response show_json(const Request& r) const {
        const auto b = batch_of(*needs_.database.read(), r);
        return b ? http::json(200, kernel::canonical(as_json(*b))) : page::refusal(r, no_such_batch());
    }
    Response show(const Request& r) const {
        auto db = needs_.database.read();
        const auto b = batch_of(*db, r);
        if (!b) return people::refusal(r, no_such_batch());
        page::Page shown = batch_page(r, *db, *b);
        if (hooks_.words) {
            std::vector<std::int64_t> entries = {b->id.value()};
            for (const Event& e : history(*db, b->id, {}, page::history_on_a_page))
                if (e.done == Done::recounted) entries.push_back(e.entry);
            shown.main = shown.main + hooks_.words(r, *db, entries);
        }
        return page::answer(r, std::move(shown));
    }

    Response show_open(const Request& r) const { return open_form(r, {}); }
    Response post_open(const Request& r) const {
        page::Reader reader(r);
        Opening asked;
        asked.place = reader.need_text("place", max_place, "paper.place_missing");
        const auto day = reader.day("day", "paper.no_such_day");
        if (!day && !reader.refused("day")) reader.refuse(kernel::invalid("day", "paper.no_such_day"));
        const auto sheets = reader.number("sheets", "paper.sheets_number");
        if (!sheets && !reader.refused("sheets")) reader.refuse(kernel::invalid("sheets", "paper.sheets_number"));
        asked.cycle = reader.need_id<people::CycleId>("cycle", "paper.cycle_missing", "paper.cycle_missing");
        if (!reader.good()) return open_form(r, reader.errors());
        asked.day = *day;
        asked.sheets = *sheets;
        const auto done = open(needs_, people::actor(r), asked, page::once(r));
        if (done) return http::redirect(address(*done));
        return page::mends(done.error()) ? open_form(r, {done.error()}) : people::refusal(r, done.error());
    }

    Response show_type(const Request& r) const { return type_form(r, {}); }
    Response post_type(const Request& r) const {
        page::Reader reader(r);
        const auto n = reader.number("n", "paper.number_missing");
        if (!n && !reader.refused("n")) reader.refuse(kernel::invalid("n", "paper.number_missing"));
        const Typed typed =
            read_sheet(r, reader, one_of<What>(reader, r, "what", parse_what, "paper.what_missing", What::message));
        if (!reader.good()) return type_form(r, reader.errors());
        const BatchId id(kernel::parse_index(r.param("id")).value_or(0));
        const auto done = type(needs_, people::actor(r), id,
                               static_cast<int>(std::min<std::int64_t>(*n, most_sheets + 1)), typed, page::once(r));
        if (!done) return page::mends(done.error()) ? type_form(r, {done.error()}) : people::refusal(r, done.error());
        auto db = needs_.database.read();
        const auto b = batch(*db, id);
        if (!b || next_free(*db, *b) == 0) return http::redirect(address(id));
        return http::redirect(address(id) + "/sheets?typed=" + std::to_string(*n) + "#matter");
    }

    Response show_sheet(const Request& r) const { return check_form(r, {}); }
    Response post_sheet(const Request& r) const {
        const SheetId id(kernel::parse_index(r.param("id")).value_or(0));
        std::optional<Sheet> s;
        {
            auto db = needs_.database.read();
            s = sheet(*db, id);
        }
        if (!s) return people::refusal(r, no_such_sheet());
        const people::Actor actor = people::actor(r);
        page::Reader reader(r);
        const bool same = r.field("next") == "same", corrected = r.field("correct") == "yes",
                   back = r.field("back") == "yes";
        if (static_cast<int>(same) + static_cast<int>(corrected) + static_cast<int>(back) != 1)
            reader.refuse(kernel::invalid("outcome", "paper.outcome_missing"));
        if (back) {
            const std::string remark = reader.text("remark", max_remark, kernel::Lines::many);
            if (!reader.good()) return check_form(r, reader.errors());
            const auto done = send_back(needs_, actor, id, remark, page::once(r));
            if (done) return onwards(r, *s);
            return page::mends(done.error()) ? check_form(r, {done.error()}) : people::refusal(r, done.error());
        }
        Compared asked;
        asked.same = same;
        asked.seen = kernel::parse_index(r.field("seen").value_or("")).value_or(0);
        asked.typed.what = s->what;
        if (s->what == What::message) asked.typed = read_sheet(r, reader, What::message);
        std::vector<kernel::Error> errors = reader.errors();
        voice::AlsoDone also;
        if (s->what == What::message && hooks_.say_more.read) also = hooks_.say_more.read(r, errors);
        if (!errors.empty()) return check_form(r, errors);
        const auto done = check(needs_, actor, id, asked, page::once(r), also);
        if (done) return onwards(r, *s);
        return page::mends(done.error()) ? check_form(r, {done.error()}) : people::refusal(r, done.error());
    }

    Response show_recount(const Request& r) const { return recount_form(r, {}); }
    Response post_recount(const Request& r) const {
        page::Reader reader(r);
        const auto sheets = reader.number("sheets", "paper.sheets_number");
        if (!sheets && !reader.refused("sheets")) reader.refuse(kernel::invalid("sheets", "paper.sheets_number"));
        const std::string reason = reader.need_text("reason", max_remark, "paper.reason_missing", kernel::Lines::many);
        if (!reader.good()) return recount_form(r, reader.errors());
        const BatchId id(kernel::parse_index(r.param("id")).value_or(0));
        const auto done = recount(needs_, people::actor(r), id, *sheets, reason, page::once(r));
        if (done) return http::redirect(address(id));
        return page::mends(done.error()) ? recount_form(r, {done.error()}) : people::refusal(r, done.error());
    }

    Response show_slips(const Request& r) const {
        auto db = needs_.database.read();
        const auto b = batch_of(*db, r);
        if (!b) return people::refusal(r, no_such_batch());
        if (auto ok = rules::may_code(people::in_force(*db, people::actor(r)), *b); !ok)
            return people::refusal(r, ok.error());
        return page::answer(r, slips_page(r, *db, *b));
    }
    Response post_slips(const Request& r) const {
        const BatchId id(kernel::parse_index(r.param("id")).value_or(0));
        const auto made = make_codes(needs_, people::actor(r), id, page::once(r));
        if (!made) return people::refusal(r, made.error());
        // Sent again, or come back to: the codes were shown once and are nowhere any more.
        if (made->repeated) return http::redirect(address(id) + "/slips?printed=yes");
        auto db = needs_.database.read();
        return page::answer(r, printed_page(r, *db, batch(*db, id).value(), *made));
    }

private:
    static std::optional<BatchId> before(const Request& r) {
        const auto n = kernel::parse_index(r.asked("before").value_or(""));
        return n ? std::optional(BatchId(*n)) : std::nullopt;
    }
    static std::optional<Batch> batch_of(db::Connection& db, const Request& r) {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? batch(db, BatchId(*id)) : std::nullopt;
    }
    Response open_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        if (auto ok = rules::may_open(people::in_force(*db, people::actor(r))); !ok)
            return people::refusal(r, ok.error());
        return page::answer(r, open_page(r, *db, kernel::local_day(needs_.clock.now()), page::Form::of(r, errors)),
                            errors);
    }
    Response type_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto b = batch_of(*db, r);
        if (!b) return people::refusal(r, no_such_batch());
        if (auto ok = rules::may_work(people::in_force(*db, people::actor(r)), *b); !ok)
            return people::refusal(r, ok.error());
        std::optional<Sheet> of;
        int n = next_free(*db, *b);
        std::string_view asked = r.asked("n").value_or("");
        if (!errors.empty()) asked = r.field("n").value_or("");
        if (const auto number = kernel::parse_index(asked); number && *number <= b->sheets)
            if (const auto there = sheet_number(*db, b->id, static_cast<int>(*number));
                there && there->state == SheetState::returned) {
                of = there;
                n = there->n;
            }
        return page::answer(r, type_page(r, *db, *b, n, of, page::Form::of(r, errors)), errors);
    }
    Response check_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(r.param("id"));
        const auto s = id ? sheet(*db, SheetId(*id)) : std::nullopt;
        if (!s) return people::refusal(r, no_such_sheet());
        const Batch b = batch(*db, s->batch).value();
        if (auto ok = rules::may_work(people::in_force(*db, people::actor(r)), b); !ok)
            return people::refusal(r, ok.error());
        return page::answer(r, check_page(r, *db, hooks_, b, *s, page::Form::of(r, errors)), errors);
    }
    Response recount_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto b = batch_of(*db, r);
        if (!b) return people::refusal(r, no_such_batch());
        if (auto ok = rules::may_work(people::in_force(*db, people::actor(r)), *b); !ok)
            return people::refusal(r, ok.error());
        return page::answer(r, recount_page(r, *db, *b, page::Form::of(r, errors)), errors);
    }
    // The next that this person may check, else the batch.
    Response onwards(const Request& r, const Sheet& s) const {
        auto db = needs_.database.read();
        const auto b = batch(*db, s.batch);
        const auto next = b ? next_to_check(*db, people::actor(r), *b, s.n) : std::nullopt;
        return http::redirect(next ? address(next->id) + "#matter" : address(s.batch));
    }

    const people::Needs& needs_;
    Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    const auto any = [routes](Response (Routes::*serve)(const Request&) const) -> http::Handler {
        return [routes, serve](const Request& r) { return ((*routes).*serve)(r); };
    };
    const auto staff = [routes](Response (Routes::*serve)(const Request&) const) -> http::Handler {
        return [routes, serve](const Request& r) {
            if (auto ok = people::need_staff(people::actor(r)); !ok) return people::refusal(r, ok.error());
            return ((*routes).*serve)(r);
        };
    };
    router.get("/paper", any(&Routes::list));
    router.get("/paper/new", staff(&Routes::show_open));
    router.post("/paper", staff(&Routes::post_open));
    router.get("/paper/{id}", any(&Routes::show));
    router.get("/paper/{id}/sheets", staff(&Routes::show_type));
    router.post("/paper/{id}/sheets", staff(&Routes::post_type));
    router.get("/paper/sheets/{id}", staff(&Routes::show_sheet));
    router.post("/paper/sheets/{id}", staff(&Routes::post_sheet));
    router.get("/paper/{id}/recount", staff(&Routes::show_recount));
    router.post("/paper/{id}/recount", staff(&Routes::post_recount));
    router.get("/paper/{id}/slips", staff(&Routes::show_slips));
    router.post("/paper/{id}/slips", staff(&Routes::post_slips));
    router.get("/api/v1/paper/{id}", any(&Routes::show_json));
    router.get("/api/v1/paper", page::json_list(any(&Routes::list_json), 100));
}

}  // namespace paper
