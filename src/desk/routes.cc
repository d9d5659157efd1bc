#include <memory>

#include <db/database.h>
#include <kernel/id.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "rules.h"

namespace desk {
namespace {

using http::Request;
using http::Response;

std::optional<std::int64_t> index_of(const Request& r, std::string_view name) {
    return kernel::parse_index(r.asked(name).value_or(""));
}

kernel::Error unknown_template() { return kernel::refuse(kernel::Code::not_found, "desk.template_unknown"); }
kernel::Error draft_unknown() { return kernel::refuse(kernel::Code::not_found, "desk.draft_unknown"); }

class Routes {
public:
    explicit Routes(const people::Needs& needs) : needs_(needs) {}

    // ---- reply templates
    Response list(const Request& r) const {
        auto db = needs_.database.read();
        return page::answer(r, list_page(r, *db, sets_some(*db, r), r.asked("ended") == "yes", index_of(r, "before")));
    }
    Response show(const Request& r) const {
        auto db = needs_.database.read();
        const auto found = template_of(*db, r);
        if (!found) return people::refusal(r, unknown_template());
        std::optional<int> below;
        if (const auto n = index_of(r, "below"); n && *n < 1'000'000) below = static_cast<int>(*n);
        return page::answer(r, template_page(r, *db, *found, may_set(*db, r, *found), below));
    }
    Response show_new(const Request& r) const { return form(r, {}, {}); }
    Response show_edit(const Request& r) const {
        const auto found = template_of(*needs_.database.read(), r);
        return found ? form(r, found, {}) : people::refusal(r, unknown_template());
    }
    Response post(const Request& r) const {
        std::optional<Template> of;
        if (!r.param("id").empty()) {
            of = template_of(*needs_.database.read(), r);
            if (!of) return people::refusal(r, unknown_template());
        }
        page::Reader reader(r);
        TemplateAsked asked;
        if (of) asked.of = of->id;
        asked.name = reader.text("name", max_name);
        asked.lang = r.field("lang").value_or("");
        const auto unit = reader.number("unit", "desk.unit_unknown");
        if (!unit && !reader.refused("unit")) reader.refuse(kernel::invalid("unit", "desk.unit_unknown"));
        if (unit && *unit != 0) asked.unit = people::UnitId(*unit);
        const std::string_view kind = r.field("kind").value_or("any");
        asked.kind = voice::parse_kind(kind);
        if (!asked.kind && kind != "any") reader.refuse(kernel::invalid("kind", "voice.kind_missing"));
        asked.text = reader.text("text", voice::max_text, kernel::Lines::many);
        asked.seen = kernel::parse_index(r.field("seen").value_or(""));
        if (!reader.good()) return form(r, of, reader.errors());
        const auto done = set_template(needs_, people::actor(r), asked, page::once(r));
        if (done) return http::redirect(address(*done));
        return page::mends(done.error()) ? form(r, of, {done.error()}) : people::refusal(r, done.error());
    }
    Response post_end(const Request& r) const {
        const TemplateId id(kernel::parse_index(r.param("id")).value_or(0));
        const auto done = end_template(needs_, people::actor(r), id, page::once(r));
        return done ? http::redirect(address(id)) : people::refusal(r, done.error());
    }

    // ---- notes
    Response show_notes(const Request& r) const { return notes_form(r, {}); }
    Response post_note(const Request& r) const {
        page::Reader reader(r);
        const std::string text = reader.text("note", max_note, kernel::Lines::many);
        const voice::VoiceId id = voice_of(r);
        if (!reader.good()) return notes_form(r, reader.errors());
        const auto done = note(needs_, people::actor(r), id, text, page::once(r));
        if (done) return http::redirect(case_address(id));
        return page::mends(done.error()) ? notes_form(r, {done.error()}) : people::refusal(r, done.error());
    }

    // ---- drafts
    Response show_drafts(const Request& r) const {
        std::optional<DraftId> after;
        if (const auto n = index_of(r, "after")) after = DraftId(*n);
        return page::answer(r, drafts_page(r, *needs_.database.read(), people::actor(r), after));
    }
    Response show_draft(const Request& r) const { return draft_form(r, {}); }
    Response post_draft(const Request& r) const {
        const DraftId id(kernel::parse_index(r.param("id")).value_or(0));
        page::Reader reader(r);
        const std::string remark = reader.text("remark", max_remark, kernel::Lines::many);
        const bool released = r.field("release") == "yes", returned = r.field("return") == "yes";
        if (released == returned) reader.refuse(kernel::invalid("remark", "desk.outcome_missing"));
        if (!reader.good()) return draft_form(r, reader.errors());
        const people::Actor actor = people::actor(r);
        const auto seen = kernel::parse_index(r.field("seen").value_or(""));
        const auto done = released ? release(needs_, actor, id, {page::once(r), seen})
                                   : give_back(needs_, actor, id, remark, page::once(r));
        if (done) return http::redirect(next_after(r, id));
        return page::mends(done.error()) ? draft_form(r, {done.error()}) : people::refusal(r, done.error());
    }

private:
    static voice::VoiceId voice_of(const Request& r) {
        return voice::VoiceId(kernel::parse_index(r.param("id")).value_or(0));
    }
    static std::optional<Template> template_of(db::Connection& db, const Request& r) {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? newest(db, TemplateId(*id)) : std::nullopt;
    }
    static bool sets_some(db::Connection& db, const Request& r) {
        const people::Actor actor = people::in_force(db, people::actor(r));
        return rules::sets_for_units(actor) || rules::sets_for_everybody(actor);
    }
    static bool may_set(db::Connection& db, const Request& r, const Template& t) {
        const people::Actor actor = people::in_force(db, people::actor(r));
        const bool under = t.unit && people::is_under(db, *t.unit, actor.unit);
        return rules::may_set(actor, {!t.unit, true, under}).operator bool();
    }
    Response form(const Request& r, const std::optional<Template>& of, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        if (of && of->ended) return people::refusal(r, kernel::refuse(kernel::Code::conflict, "desk.template_ended"));
        if (of ? !may_set(*db, r, *of) : !sets_some(*db, r))
            return people::refusal(r, kernel::refuse(kernel::Code::forbidden, "desk.template_not_yours"));
        return page::answer(
            r, template_form(r, *db, people::in_force(*db, people::actor(r)), of, page::Form::of(r, errors)), errors);
    }
    Response notes_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto c = voice::desk_case(*db, people::actor(r), voice_of(r));
        if (!c) {
            const bool there = voice::voice(*db, voice_of(r)).has_value();
            return people::refusal(r, there ? kernel::refuse(kernel::Code::forbidden, "desk.note_not_yours")
                                            : kernel::refuse(kernel::Code::not_found, "voice.unknown"));
        }
        std::optional<NoteId> before;
        if (const auto n = index_of(r, "before")) before = NoteId(*n);
        return page::answer(r, note_page(r, *db, *c, page::Form::of(r, errors), before), errors);
    }
    Response draft_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? draft(*db, DraftId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, draft_unknown());
        const people::Actor actor = people::actor(r);
        const auto c = voice::desk_case(*db, actor, found->voice);
        if (!c) return people::refusal(r, kernel::refuse(kernel::Code::forbidden, "desk.draft_not_yours"));
        return page::answer(r, draft_page(r, *db, actor, *found, *c, page::Form::of(r, errors)), errors);
    }
    // The next that somebody else wrote, else the list.
    std::string next_after(const Request& r, DraftId id) const {
        auto db = needs_.database.read();
        const people::Actor actor = people::actor(r);
        std::optional<DraftId> after = id;
        while (true) {
            const auto some = waiting_drafts(*db, actor.unit, after, 50);
            if (some.empty()) return "/desk/drafts";
            for (const Draft& one : some)
                if (one.by != actor.officer) return address(one.id);
            after = some.back().id;
        }
    }

    const people::Needs& needs_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Routes>(needs);
    const auto staff = [routes](Response (Routes::*serve)(const Request&) const) -> http::Handler {
        return [routes, serve](const Request& r) {
            if (auto ok = people::need_staff(people::actor(r)); !ok) return people::refusal(r, ok.error());
            return ((*routes).*serve)(r);
        };
    };
    router.get("/desk/templates", staff(&Routes::list));
    router.get("/desk/templates/new", staff(&Routes::show_new));
    router.post("/desk/templates", staff(&Routes::post));
    router.get("/desk/templates/{id}", staff(&Routes::show));
    router.get("/desk/templates/{id}/edit", staff(&Routes::show_edit));
    router.post("/desk/templates/{id}", staff(&Routes::post));
    router.post("/desk/templates/{id}/end", staff(&Routes::post_end));
    router.get("/desk/voices/{id}/note", staff(&Routes::show_notes));
    router.post("/desk/voices/{id}/note", staff(&Routes::post_note));
    router.get("/desk/drafts", staff(&Routes::show_drafts));
    router.get("/desk/drafts/{id}", staff(&Routes::show_draft));
    router.post("/desk/drafts/{id}", staff(&Routes::post_draft));
}

}  // namespace desk
