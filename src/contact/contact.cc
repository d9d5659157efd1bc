#include "contact.h"

#include <array>

#include <ledger/ledger.h>

#include <kernel/text.h>

#include "acts.h"
#include "change.h"
#include "rules.h"
#include "seal.h"
#include "store.h"

namespace contact {
namespace {

constexpr std::array<std::string_view, 5> reason_names = {"ask_author", "appointment", "tell_answer", "danger",
                                                          "call_back"};

}  // namespace

std::string_view name(Reason reason) { return reason_names.at(static_cast<std::size_t>(reason)); }

std::optional<Reason> parse_reason(std::string_view text) {
    for (Reason one : all_reasons)
        if (name(one) == text) return one;
    return std::nullopt;
}

std::vector<kernel::Error> faults(const Given& given) {
    std::vector<kernel::Error> all;
    const auto length = [&](std::string_view text, std::string_view field, std::size_t max) {
        const kernel::Checked good = kernel::check_length(text, field, max);
        if (!good) all.push_back(good.error());
        return good.has_value();
    };
    length(given.name, "contact_name", max_name);
    if (length(given.telephone, "contact_telephone", max_telephone) && !given.telephone.empty() &&
        !rules::telephone_form(given.telephone))
        all.push_back(kernel::invalid("contact_telephone", "contact.telephone_malformed"));
    if (length(given.email, "contact_email", max_email) && !given.email.empty() && !rules::email_form(given.email))
        all.push_back(kernel::invalid("contact_email", "contact.email_malformed"));
    length(given.wish, "contact_wish", max_wish);
    if (given.any() && given.telephone.empty() && given.email.empty())
        all.push_back(kernel::invalid("contact_telephone", "contact.no_way"));
    return all;
}

voice::AlsoDone giving(const people::Needs& needs, Given given) {
    return [&needs, given = std::move(given)](ledger::Writing& w, VoiceId voice, const voice::Draft& draft) {
        const std::int64_t days = people::setting_number(w.db(), "retention.contact_days");
        const kernel::Day until = kernel::local_day(w.now()) + static_cast<int>(days);
        w.append(change::encode(change::GivenTo{draft.cycle, voice, until, close(needs.server_key, voice, given)}));
    };
}

std::function<bool(db::Connection&, VoiceId)> can_be_called(const people::Needs& needs) {
    return [&needs](db::Connection& db, VoiceId voice) {
        const auto found = contact_of(db, needs.server_key, voice);
        return found && !found->given.telephone.empty();
    };
}

kernel::Result<rules::Standing> standing(const people::Needs& needs, db::Connection& db, const people::Actor& actor,
                                         VoiceId id) {
    if (auto staff = people::need_staff(actor); !staff) return staff.error();
    const auto message = voice::voice(db, id);
    if (!message) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
    if (auto own = people::need_own_staff(people::in_force(db, actor)); !own) return own.error();
    rules::Standing s;
    s.kind = message->kind;
    // A complaint stays one whatever kind a clerk gave to a part of it.
    if (message->part_of)
        if (const auto whole = voice::voice(db, *message->part_of); whole && whole->kind == voice::Kind::complaint)
            s.kind = voice::Kind::complaint;
    s.part = voice::part_in(db, actor, id).value();
    s.may_call_back = voice::may_call_back(db, actor, id).has_value();
    const auto found = contact_of(db, needs.server_key, id);
    s.left = found && !found->lost;
    s.lost = found && found->lost;
    return s;
}

kernel::Result<std::int64_t> open(const people::Needs& needs, const people::Actor& actor, VoiceId id, Reason reason,
                                  Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto s = standing(needs, w.db(), actor, id);
            if (!s) return s.error();
            if (auto may = rules::may_open(*s, reason); !may) return may.error();
            return w.append(change::encode(change::Opened{id, actor.officer, reason}));
        },
        once);
    if (!receipt) return receipt.error();
    return receipt->index;
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const auto voice = voice_of(db, entry);
    return voice && voice::concerns(db, actor, voice->value());
}

erasure::Term term() { return {"retention.contact_days", over}; }

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({change::given_kind, apply, forget});
    kinds.push_back({change::opened_kind, apply, {}});
}

}  // namespace contact
