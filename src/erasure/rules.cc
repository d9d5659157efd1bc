#include "rules.h"

namespace erasure::rules {
namespace {

using kernel::Code;

kernel::Checked one_of(const people::Actor& actor, std::initializer_list<people::Role> roles, std::string_view key) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    for (people::Role role : roles)
        if (actor.has(role)) return {};
    return kernel::refuse(Code::forbidden, std::string(key));
}

kernel::Checked open(const Erasure& e) {
    if (e.state == State::proposed) return {};
    return kernel::refuse(Code::conflict, "erasure.decided_already");
}

// Two pairs of eyes: whoever decides neither proposed it nor has a part in the matter.
kernel::Checked decide(const people::Actor& actor, const Erasure& e, bool concerned) {
    if (auto may = may_decide(actor); !may) return may;
    if (auto good = open(e); !good) return good;
    if (e.by == actor.officer) return kernel::refuse(Code::forbidden, "erasure.same_person");
    if (concerned) return kernel::refuse(Code::forbidden, "erasure.own_matter");
    return {};
}

kernel::Error at_target(std::string_view key, std::int64_t entry) {
    return kernel::invalid("targets", std::string(key), {{"number", std::to_string(entry)}});
}

}  // namespace

kernel::Checked may_propose(const people::Actor& actor) {
    using people::Role;
    return one_of(actor, {Role::head, Role::clerk, Role::moderator}, "erasure.may_not_propose");
}

kernel::Checked may_decide(const people::Actor& actor) {
    using people::Role;
    return one_of(actor, {Role::head, Role::clerk, Role::moderator}, "erasure.may_not_decide");
}

kernel::Result<change::Proposed> propose(people::OfficerId by, const std::vector<Target>& targets, Basis basis) {
    if (targets.empty()) return kernel::invalid("targets", "erasure.no_target");
    if (targets.size() > max_targets)
        return kernel::invalid("targets", "erasure.too_many_targets", {{"max", std::to_string(max_targets)}});
    change::Proposed made{basis, by, {}};
    for (const Target& target : targets) {
        if (!target.has_words) return at_target("erasure.nothing_to_erase", target.entry);
        if (target.proposed) return at_target("erasure.proposed_already", target.entry);
        made.targets.push_back(target.entry);
    }
    return made;
}

kernel::Result<change::Approved> approve(const people::Actor& actor, const Erasure& e, bool concerned) {
    if (auto good = decide(actor, e, concerned); !good) return good.error();
    return change::Approved{e.id, actor.officer};
}

kernel::Result<change::Refused> refuse(const people::Actor& actor, const Erasure& e, bool concerned, Ground ground) {
    if (auto good = decide(actor, e, concerned); !good) return good.error();
    return change::Refused{e.id, actor.officer, ground};
}

kernel::Result<change::Withdrawn> withdraw(const people::Actor& actor, const Erasure& e) {
    if (auto staff = people::need_staff(actor); !staff) return staff.error();
    if (auto good = open(e); !good) return good.error();
    if (e.by != actor.officer) return kernel::refuse(Code::forbidden, "erasure.not_proposer");
    return change::Withdrawn{e.id, actor.officer};
}

}  // namespace erasure::rules
