// Two voices, one answer: a voice is joined to another and waits for that one's answer, with its own last day. Its
// author may say that it is not the same, and then it stands alone for good.
#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Code;
using people::Role;

constexpr std::size_t max_apart = 2000;

// A master is readable for whoever waits with it, is being handled or answered, and waits for no other.
bool fits(const Case& c, const Case& master) {
    if (master.id == c.id || master.audience != c.audience || master.joined_to) return false;
    if (master.shown != (c.audience == Audience::open ? Shown::published : Shown::unit_only)) return false;
    if (c.audience == Audience::unit_only && (!c.unit || c.unit != master.unit)) return false;
    return master.state == State::received || master.state == State::assigned || master.state == State::asked_back ||
           master.state == State::answered || master.state == State::rated;
}

}  // namespace

kernel::Result<Joining> join(const Case& c, const Who& who, const std::optional<Case>& master, bool has_joined,
                             const change::Counted& own, std::string_view reason) {
    if (auto ok = may(Act::join, c, who); !ok) return ok.error();
    if (c.apart) return kernel::refuse(Code::conflict, "voice.kept_apart");
    if (has_joined) return kernel::refuse(Code::conflict, "voice.has_joined");
    if (!master || !fits(c, *master)) return kernel::invalid("master", "voice.join_unfit");
    if (!who.has(Role::clerk) && master->unit != who.unit)
        return kernel::Error{Code::forbidden, "voice.not_yours", "master", {}};
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    Joining made{{c.id, master->id, master->unit, who.officer, std::string(reason)}, {}};
    if (master->open() && c.due < master->due) made.sooner = change::DueSooner{master->id, c.id, own, who.officer};
    return made;
}

kernel::Result<change::Parted> part(const Case& c, const Who& who, std::string_view reason) {
    if (auto ok = may(Act::part, c, who); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_remark); !ok) return ok.error();
    return change::Parted{c.id, who.officer, std::string(reason)};
}

kernel::Result<change::KeptApart> keep_apart(const Case& c, const Who& who, std::string_view reason) {
    if (auto ok = may(Act::keep_apart, c, who); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_apart); !ok) return ok.error();
    return change::KeptApart{c.cycle, c.id, std::string(reason)};
}

std::optional<change::AnsweredWith> answered_with(const Case& c, const Case& master, Today today) {
    const bool stands = master.state == State::answered || master.state == State::rated ||
                        master.state == State::closed || master.state == State::closed_unrated;
    if (c.state != State::joined || c.joined_to != master.id || !stands || !master.answer) return std::nullopt;
    return change::AnsweredWith{c.id,
                                master.id,
                                master.answer_entry.value(),
                                master.unit,
                                *master.answer,
                                master.promised,
                                deadline::count(today.calendar, today.day, today.casework.rating).due};
}

std::optional<change::Parted> parted(const Case& c, const Case& master) {
    if (c.state != State::joined || c.joined_to != master.id || master.state != State::withdrawn) return std::nullopt;
    return change::Parted{c.id, {}, {}};
}

}  // namespace voice::rules
