#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"

namespace handover {
namespace {

using http::Request;
using http::Response;

kernel::Error unknown(const char* key) { return kernel::refuse(kernel::Code::not_found, key); }

std::int64_t id_of(const Request& r) { return kernel::parse_index(r.param("id")).value_or(0); }

kernel::Checked administers(const Request& r) {
    return people::need_role(people::actor(r), people::Role::administrator);
}

class Admin {
public:
    Admin(const people::Needs& needs, Means means) : needs_(needs), means_(std::move(means)) {}

    Response list(const Request& r) const {
        if (auto may = administers(r); !may) return people::refusal(r, may.error());
        return list_with(r, {});
    }
    Response name_one(const Request& r) const {
        if (auto may = administers(r); !may) return people::refusal(r, may.error());
        page::Reader reader(r);
        Naming asked;
        asked.name = reader.need_text("name", max_name, "handover.name_missing");
        asked.url = reader.need_text("url", max_url, "handover.url_wrong");
        asked.jurisdiction = reader.text("jurisdiction", max_jurisdiction);
        if (!reader.good()) return list_with(r, reader.errors());
        const auto made = name_authority(needs_, people::actor(r), asked, page::once(r));
        if (made) return http::redirect(authority_path(*made));
        if (made.error().field.empty()) return people::refusal(r, made.error());
        return list_with(r, {made.error()});
    }
    Response show(const Request& r) const {
        if (auto may = administers(r); !may) return people::refusal(r, may.error());
        return one_with(r, {});
    }
    Response end(const Request& r) const {
        if (auto may = administers(r); !may) return people::refusal(r, may.error());
        page::Reader reader(r);
        const std::string reason = reader.need_text("reason", max_reason, "people.reason_missing");
        if (!reader.good()) return one_with(r, reader.errors());
        const auto done = end_authority(needs_, people::actor(r), AuthorityId(id_of(r)), reason, page::once(r));
        if (done) return http::redirect("/admin/authorities");
        if (done.error().field.empty()) return people::refusal(r, done.error());
        return one_with(r, {done.error()});
    }
    // Nothing is recorded: what they offer is no matter of the log.
    Response ask(const Request& r) const {
        if (auto may = administers(r); !may) return people::refusal(r, may.error());
        const AuthorityId id(id_of(r));
        if (!authority(*needs_.database.read(), id)) return people::refusal(r, unknown("handover.authority_unknown"));
        db::Database::Lease local = needs_.database.local();
        db::Transaction transaction(*local);
        ask_soon(*local, id);
        transaction.commit();
        return http::redirect(authority_path(id));
    }

private:
    Response list_with(const Request& r, const std::vector<kernel::Error>& errors) const {
        return page::answer(r, admin_page(r, *needs_.database.read(), means_, page::Form::of(r, errors)), errors);
    }
    Response one_with(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto found = authority(*db, AuthorityId(id_of(r)));
        if (!found) return people::refusal(r, unknown("handover.authority_unknown"));
        return page::answer(r, authority_page(r, *db, means_, *found, page::Form::of(r, errors)), errors);
    }

    const people::Needs& needs_;
    const Means means_;
};

class Desk {
public:
    Desk(const people::Needs& needs, Means means) : needs_(needs), means_(std::move(means)) {}

    Response form(const Request& r) const { return form_with(r, {}); }

    Response give(const Request& r) const {
        page::Reader reader(r);
        Draft draft;
        draft.authority =
            reader.need_id<AuthorityId>("authority", "handover.authority_missing", "handover.authority_missing");
        draft.service = reader.need_text("service", max_name * 2, "handover.service_missing");
        draft.text = reader.need_text("text", max_text, "handover.text_missing", kernel::Lines::many);
        draft.address = reader.text("address", max_address);
        draft.latitude = reader.text("latitude", max_name);
        draft.longitude = reader.text("longitude", max_name);
        draft.reason = reader.need_text("reason", max_reason, "people.reason_missing");
        if (!reader.good()) return form_with(r, reader.errors());
        const auto done = hand(needs_, means_, people::actor(r), VoiceId(id_of(r)), draft, page::once(r));
        if (done) return http::redirect(desk_path(*done));
        if (done.error().field.empty()) return people::refusal(r, done.error());
        return form_with(r, {done.error()});
    }

    Response show(const Request& r) const { return show_with(r, {}); }
    Response look(const Request& r) const {
        return after(r, look_soon(needs_, people::actor(r), HandoverId(id_of(r))), "");
    }
    Response again(const Request& r) const {
        return after(r, send_again(needs_, people::actor(r), HandoverId(id_of(r)), page::once(r)), "");
    }
    Response taken(const Request& r) const {
        page::Reader reader(r);
        const std::string number = reader.need_text("their_number", max_number, "handover.number_missing");
        if (!reader.good()) return show_with(r, reader.errors());
        return after(r, say_taken(needs_, people::actor(r), HandoverId(id_of(r)), number, page::once(r)),
                     "their_number");
    }
    Response let_go(const Request& r) const {
        page::Reader reader(r);
        const std::string reason = reader.need_text("give_up_reason", max_reason, "people.reason_missing");
        if (!reader.good()) return show_with(r, reader.errors());
        return after(r, give_up(needs_, people::actor(r), HandoverId(id_of(r)), reason, page::once(r)),
                     "give_up_reason");
    }

    // By the author; from the page that their code opened.
    Response agree_to(const Request& r) const {
        const VoiceId id(id_of(r));
        const AuthorityId to(kernel::parse_index(r.field("authority").value_or("")).value_or(0));
        const auto done = agree(needs_, r.visitor, r.field("code").value_or(""), id, to, page::once(r));
        if (!done) return people::refusal(r, done.error());
        return http::redirect("/voices/" + std::to_string(id.value()) + "/author");
    }

    Response list_json(const Request& r) const {
        const VoiceId id(id_of(r));
        auto db = needs_.database.read();
        if (!voice::voice(*db, id)) return page::refusal(r, unknown("voice.unknown"));
        kernel::Json::Array rows;
        if (for_everybody(*db, id))
            for (const Handover& h : handovers_of(*db, id)) rows.push_back(as_json(*db, h));
        kernel::Json body;
        body.set("handovers", std::move(rows));
        return http::json(200, kernel::canonical(body));
    }

private:
    kernel::Result<rules::Case> asked_case(db::Connection& db, const Request& r, VoiceId id) const {
        auto c = case_of(db, people::in_force(db, people::actor(r)), id);
        if (auto staff = people::need_staff(people::actor(r)); !staff) return staff.error();
        if (!c) return unknown("voice.unknown");
        if (auto ok = rules::has_part(*c); !ok) return ok.error();
        return *std::move(c);
    }

    Response form_with(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto c = asked_case(*db, r, VoiceId(id_of(r)));
        if (!c) return people::refusal(r, c.error());
        if (auto ok = rules::may_go(*c); !ok) return people::refusal(r, ok.error());
        const std::string_view asked =
            r.method == http::Method::post ? r.field("authority").value_or("") : r.asked("authority").value_or("");
        auto to = authority(*db, AuthorityId(kernel::parse_index(asked).value_or(0)));
        if (to && (to->ended || !means_.of(to->url))) to.reset();
        return page::answer(r, give_page(r, *db, means_, *c, to, page::Form::of(r, errors)), errors);
    }

    Response show_with(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto h = handover(*db, HandoverId(id_of(r)));
        if (auto staff = people::need_staff(people::actor(r)); !staff) return people::refusal(r, staff.error());
        if (!h) return people::refusal(r, unknown("handover.unknown"));
        const auto c = asked_case(*db, r, h->voice);
        if (!c) return people::refusal(r, c.error());
        return page::answer(r, show_page(r, *db, *h, page::Form::of(r, errors)), errors);
    }

    // A refusal at a field of the act's is told at the form's.
    Response after(const Request& r, const kernel::Checked& done, const char* field) const {
        if (done) return http::redirect(desk_path(HandoverId(id_of(r))));
        kernel::Error error = done.error();
        if (error.field.empty()) return people::refusal(r, error);
        error.field = field;
        return show_with(r, {error});
    }

    const people::Needs& needs_;
    const Means means_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Means means) {
    const auto admin = std::make_shared<const Admin>(needs, means);
    router.get("/admin/authorities", [admin](const Request& r) { return admin->list(r); });
    router.post("/admin/authorities", [admin](const Request& r) { return admin->name_one(r); });
    router.get("/admin/authorities/{id}", [admin](const Request& r) { return admin->show(r); });
    router.post("/admin/authorities/{id}/end", [admin](const Request& r) { return admin->end(r); });
    router.post("/admin/authorities/{id}/ask", [admin](const Request& r) { return admin->ask(r); });
    const auto desk = std::make_shared<const Desk>(needs, std::move(means));
    router.get("/desk/voices/{id}/handover", [desk](const Request& r) { return desk->form(r); });
    router.post("/desk/voices/{id}/handover", [desk](const Request& r) { return desk->give(r); });
    router.get("/desk/handovers/{id}", [desk](const Request& r) { return desk->show(r); });
    router.post("/desk/handovers/{id}/look", [desk](const Request& r) { return desk->look(r); });
    router.post("/desk/handovers/{id}/again", [desk](const Request& r) { return desk->again(r); });
    router.post("/desk/handovers/{id}/taken", [desk](const Request& r) { return desk->taken(r); });
    router.post("/desk/handovers/{id}/give-up", [desk](const Request& r) { return desk->let_go(r); });
    const http::Limits guessing{.rate = 20};
    router.post(
        "/voices/{id}/handover-agreement", [desk](const Request& r) { return desk->agree_to(r); }, guessing);
    router.get("/api/v1/voices/{id}/handovers", [desk](const Request& r) { return desk->list_json(r); });
}

}  // namespace handover
