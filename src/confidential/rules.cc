#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

namespace confidential::rules {
namespace {

using kernel::Code;
using kernel::invalid;
using kernel::refuse;
using people::OfficerId;

constexpr std::int64_t hour = 3'600'000;
constexpr int last_n = 999;  // what three digits hold

kernel::Error unknown() { return refuse(Code::not_found, "confidential.unknown"); }

int place_of(const change::Facts& f, OfficerId officer) {
    const auto found = std::find(f.receivers.begin(), f.receivers.end(), officer);
    return found == f.receivers.end() ? -1 : static_cast<int>(found - f.receivers.begin());
}

change::Facts next(const Standing& s, Act act, const Days& days) {
    change::Facts f = s.now;
    f.act = act;
    f.n += 1;
    f.year = kernel::date(days.today).year;
    return f;
}

kernel::Checked may_speak(const Standing& s) {
    if (s.erased) return refuse(Code::conflict, "confidential.erased");
    if (s.now.n >= most_acts) return refuse(Code::conflict, "confidential.thread_full");
    return {};
}

kernel::Checked may_act(const Standing& s, OfficerId officer) {
    if (!officer || place_of(s.now, officer) < 0) return unknown();
    return may_speak(s);
}

}  // namespace

kernel::Result<change::Named> name_receiver(const people::Actor& actor, const std::optional<people::Officer>& officer,
                                            const std::optional<Receiver>& before, std::string_view reason) {
    if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    if (!officer) return invalid("officer", "people.officer_unknown");
    if (!officer->active) return invalid("officer", "confidential.has_gone");
    if (officer->has(people::Role::administrator)) return invalid("officer", "confidential.no_administrator");
    if (before && !before->gone) return refuse(Code::conflict, "confidential.named_already");
    if (auto good = kernel::need_text(reason, "reason", max_reason, "confidential.reason_missing"); !good)
        return good.error();
    return change::Named{officer->id, actor.officer, std::string(reason)};
}

kernel::Result<change::Left> end_receiver(const people::Actor& actor, OfficerId officer,
                                          const std::optional<Receiver>& before, std::string_view reason) {
    const bool own = actor.staff() && actor.officer == officer;
    if (!own)
        if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    if (!before || before->gone) return refuse(Code::conflict, "confidential.no_receiver");
    if (auto good = kernel::need_text(reason, "reason", max_reason, "confidential.reason_missing"); !good)
        return good.error();
    return change::Left{officer, actor.officer, std::string(reason)};
}

kernel::Result<change::Ready> make_key(const people::Actor& actor, const std::optional<Receiver>& before,
                                       const kernel::Hash& public_key) {
    if (auto staff = people::need_staff(actor); !staff) return staff.error();
    if (!before || before->gone) return refuse(Code::forbidden, "confidential.no_receiver");
    return change::Ready{actor.officer, public_key};
}

kernel::Checked passphrase(const kernel::Secret& secret) {
    const std::size_t length = kernel::valid_utf8(secret.reveal()) ? kernel::code_points(secret.reveal()) : 0;
    if (length < min_passphrase || length > max_passphrase)
        return invalid("passphrase", "confidential.passphrase_length",
                       {{"min", std::to_string(min_passphrase)}, {"max", std::to_string(max_passphrase)}});
    return {};
}

kernel::Result<std::vector<Receiver>> chosen(const std::vector<Receiver>& offered, const std::vector<OfficerId>& left) {
    for (const OfficerId id : left)
        if (std::none_of(offered.begin(), offered.end(), [&](const Receiver& r) { return r.officer == id; }))
            return invalid("receivers", "confidential.receiver_not_offered");
    std::vector<Receiver> all;
    std::copy_if(offered.begin(), offered.end(), std::back_inserter(all),
                 [&](const Receiver& r) { return std::find(left.begin(), left.end(), r.officer) != left.end(); });
    if (all.empty()) return invalid("receivers", "confidential.receiver_missing");
    if (all.size() > most_receivers)
        return invalid("receivers", "confidential.receivers_many", {{"n", std::to_string(most_receivers)}});
    return all;
}

change::Facts opened(std::string_view tag, const std::vector<Receiver>& to, const Days& days) {
    change::Facts f;
    f.matter = tag;
    f.due = days.answer;
    f.year = kernel::date(days.today).year;
    for (const Receiver& r : to) f.receivers.push_back(r.officer);
    return f;
}

kernel::Result<change::Facts> word(const Standing& s, const Days& days) {
    if (auto may = may_speak(s); !may) return may.error();
    change::Facts f = next(s, Act::word, days);
    // Somebody may be late already: a further word gives them no new time.
    if (!f.due) f.due = days.answer;
    return f;
}

kernel::Result<change::Facts> reply(const Standing& s, OfficerId officer, const Days& days) {
    if (auto may = may_act(s, officer); !may) return may.error();
    change::Facts f = next(s, Act::reply, days);
    f.due.reset();
    return f;
}

kernel::Result<change::Facts> close(const Standing& s, OfficerId officer, const Days& days) {
    if (auto may = may_act(s, officer); !may) return may.error();
    if (s.closed) return refuse(Code::conflict, "confidential.closed_already");
    change::Facts f = next(s, Act::closed, days);
    f.due.reset();
    return f;
}

kernel::Result<change::Facts> hand_over(const Standing& s, OfficerId officer, OfficerId to, const Days& days) {
    if (auto may = may_act(s, officer); !may) return may.error();
    if (!to || place_of(s.now, to) >= 0) return invalid("to", "confidential.receiver_not_offered");
    change::Facts f = next(s, Act::handed_over, days);
    f.holder = place_of(s.now, officer);
    f.receivers[static_cast<std::size_t>(f.holder)] = to;
    return f;
}

std::optional<change::Facts> late(const Standing& s, const Days& days) {
    if (s.erased || !s.now.due || *s.now.due >= days.today || s.now.n >= last_n) return std::nullopt;
    change::Facts f = next(s, Act::late, days);
    f.due = days.answer;
    f.holder = std::min(f.holder + 1, static_cast<int>(f.receivers.size()) - 1);
    return f;
}

kernel::Instant enters(kernel::Instant now) { return {(now.ms / hour + 1) * hour}; }

}  // namespace confidential::rules
