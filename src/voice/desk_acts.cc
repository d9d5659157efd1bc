#include "desk_acts.h"

#include "acts.h"
#include "workbench.h"

namespace voice {
namespace {

using F = DeskField;
using http::Request;
using kernel::Checked;

Sent sent(const Request& r) { return sent_with(r); }

constexpr F assign_fields[] = {F::unit, F::officer}, reason_fields[] = {F::reason}, ask_fields[] = {F::question};
constexpr F answer_fields[] = {F::answer, F::text, F::by}, extend_fields[] = {F::due, F::reason};
constexpr F stop_fields[] = {F::stop, F::reason}, place_fields[] = {F::category, F::district, F::reason};
constexpr F kind_fields[] = {F::kind, F::reason}, correction_fields[] = {F::answer, F::by, F::reason};
constexpr F ground_fields[] = {F::ground, F::remark}, agreement_fields[] = {F::kept, F::reason},
            join_fields[] = {F::joined, F::reason}, hide_fields[] = {F::ground, F::master, F::remark},
            remark_fields[] = {F::remark}, call_fields[] = {F::call}, split_fields[] = {F::parts};

Checked do_assign(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto unit = reader.id<people::UnitId>("unit", "voice.unit_unknown");
    const auto officer = reader.id<people::OfficerId>("officer", "voice.officer_unfit");
    if (reader.refused()) return reader.errors().front();
    return assign(site.needs, people::actor(r), id, unit.value_or(people::UnitId()), officer, sent(r));
}

Checked do_bounce(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return bounce(site.needs, people::actor(r), id, reason, sent(r));
}

Checked do_ask_back(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string question = reader.text("question", max_remark);
    if (reader.refused()) return reader.errors().front();
    return ask_back(site.needs, people::actor(r), id, question, sent(r));
}

bool handed_in(const Site& site, VoiceId id) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Case> c = find_case(*db, id);
    return c && handed_in(site, *db, *c);
}

Checked do_pause(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto reason = reader.one_of<deadline::Reason>("stop", deadline::parse_reason, "voice.pause_unknown");
    const std::string text = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return pause(site.needs, people::actor(r), id, *reason, text, sent(r));
}

Checked do_resume(const Site& site, const Request& r, VoiceId id, Reader&) {
    return resume(site.needs, people::actor(r), id, sent(r));
}

Checked do_place(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string category = reader.text("category", max_place), district = reader.text("district", max_place);
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return correct_place(site.needs, people::actor(r), id, category, district, reason, sent(r));
}

Checked do_answer(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto answered = reader.one_of<Answer>("answer", parse_answer, "voice.answer_class_missing");
    const std::string text = reader.text("text", max_text);
    const auto by = reader.day("by");
    if (reader.refused()) return reader.errors().front();
    if (handed_in(site, id))
        return site.hooks.desk->hand_in(site.needs, people::actor(r), id, *answered, text, by, sent(r));
    return answer(site.needs, people::actor(r), id, *answered, text, by, sent(r));
}

Checked do_extend(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto due = reader.day("due");
    const std::string reason = reader.text("reason", max_remark);
    if (!due && !reader.refused()) reader.refuse(kernel::invalid("due", "voice.no_such_day"));
    if (reader.refused()) return reader.errors().front();
    return extend(site.needs, people::actor(r), id, *due, reason, sent(r));
}

Checked do_correct_kind(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto kind = reader.one_of<Kind>("kind", parse_kind, "voice.kind_missing");
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return correct_kind(site.needs, people::actor(r), id, *kind, reason, sent(r));
}

Checked do_correct_answer(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto answered = reader.one_of<Answer>("answer", parse_answer, "voice.answer_class_missing");
    const auto by = reader.day("by");
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return correct_answer(site.needs, people::actor(r), id, *answered, by, reason, sent(r));
}

std::optional<bool> parse_yes(std::string_view text) {
    if (text == "yes") return true;
    return text == "no" ? std::optional(false) : std::nullopt;
}

Checked do_agreement(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto kept = reader.one_of<bool>("kept", parse_yes, "voice.kept_missing");
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return find_agreement(site.needs, people::actor(r), id, *kept, reason, sent(r));
}

Checked do_join(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto master = reader.id<VoiceId>("master", "voice.join_unfit");
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return join(site.needs, people::actor(r), id, master.value_or(VoiceId()), reason, sent(r));
}

Checked do_part(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return separate(site.needs, people::actor(r), id, reason, sent(r));
}

Checked do_put_together(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string reason = reader.text("reason", max_remark);
    if (reader.refused()) return reader.errors().front();
    return put_together(site.needs, people::actor(r), id, reason, sent(r));
}

Checked do_publish(const Site& site, const Request& r, VoiceId id, Reader&) {
    return publish(site.needs, people::actor(r), id, sent(r));
}

Checked do_hold(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto ground = reader.one_of<Ground>("ground", parse_ground, "people.ground_missing");
    const std::string remark = reader.text("remark", max_remark);
    if (reader.refused()) return reader.errors().front();
    return hold(site.needs, people::actor(r), id, *ground, remark, sent(r));
}

Checked do_hide(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const auto ground = reader.one_of<Ground>("ground", parse_ground, "people.ground_missing");
    const auto master = reader.id<VoiceId>("master", "voice.master_unfit");
    const std::string remark = reader.text("remark", max_remark);
    if (reader.refused()) return reader.errors().front();
    return hide(site.needs, people::actor(r), id, *ground, remark, sent(r), master);
}

Checked do_show_again(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string remark = reader.text("remark", max_remark);
    if (reader.refused()) return reader.errors().front();
    return show_again(site.needs, people::actor(r), id, remark, sent(r));
}

Checked do_refuse_appeal(const Site& site, const Request& r, VoiceId id, Reader& reader) {
    const std::string remark = reader.text("remark", max_remark);
    if (reader.refused()) return reader.errors().front();
    return refuse_appeal(site.needs, people::actor(r), id, remark, sent(r));
}

// In the order in which a case's page offers them; the first that may be done is the next step.
constexpr DeskAct all_desk_acts[] = {
    {"/desk/voices/{id}/answer", rules::Act::answer, answer_fields, do_answer},
    {"/desk/voices/{id}/assign", rules::Act::assign, assign_fields, do_assign},
    {"/desk/voices/{id}/ask", rules::Act::ask_back, ask_fields, do_ask_back},
    {"/desk/voices/{id}/pause", rules::Act::pause, stop_fields, do_pause},
    {"/desk/voices/{id}/resume", rules::Act::resume, {}, do_resume},
    {"/desk/voices/{id}/bounce", rules::Act::bounce, reason_fields, do_bounce},
    {"/desk/voices/{id}/extend", rules::Act::extend, extend_fields, do_extend},
    {"/desk/voices/{id}/agreement", rules::Act::find_agreement, agreement_fields, do_agreement},
    {"/desk/voices/{id}/call-back", rules::Act::call_back, call_fields, do_call_back},
    {"/desk/voices/{id}/join", rules::Act::join, join_fields, do_join},
    {"/desk/voices/{id}/part", rules::Act::part, reason_fields, do_part},
    {"/desk/voices/{id}/split", rules::Act::split, split_fields, do_split},
    {"/desk/voices/{id}/put-together", rules::Act::put_together, reason_fields, do_put_together},
    {"/desk/voices/{id}/publish", rules::Act::publish, {}, do_publish},
    {"/desk/voices/{id}/show", rules::Act::show_again, remark_fields, do_show_again},
    {"/desk/voices/{id}/refuse-appeal", rules::Act::refuse_appeal, remark_fields, do_refuse_appeal},
    {"/desk/voices/{id}/hide", rules::Act::hide, hide_fields, do_hide},
    {"/desk/voices/{id}/hold", rules::Act::hold, ground_fields, do_hold},
    {"/desk/voices/{id}/kind", rules::Act::correct_kind, kind_fields, do_correct_kind},
    {"/desk/voices/{id}/place", rules::Act::correct_place, place_fields, do_place},
    {"/desk/voices/{id}/correction", rules::Act::correct_answer, correction_fields, do_correct_answer},
};

}  // namespace

Sent sent_with(const Request& r) { return {page::once(r), kernel::parse_index(r.field("seen").value_or(""))}; }

std::span<const DeskAct> desk_acts() { return all_desk_acts; }

bool handed_in(const Site& site, db::Connection& db, const Case& c) {
    return site.hooks.desk && site.hooks.desk->hand_in && needs_release(db, c);
}

std::string key_of(const DeskAct& act, bool is_handed_in) {
    return act.act == rules::Act::answer && is_handed_in ? "voice.do_hand_in" : key_of(act);
}

std::string key_of(const DeskAct& act) {
    std::string key = "voice.do_" + std::string(act.path.substr(act.path.rfind('/') + 1));
    for (char& c : key)
        if (c == '-') c = '_';
    return key;
}

}  // namespace voice
