#include "rules.h"

#include <kernel/text.h>

namespace claim::rules {
namespace {

using kernel::check_length;
using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::refuse;

}  // namespace

kernel::Result<change::Filed> file(std::int64_t entry, bool public_words, Ground ground, std::string_view remark) {
    if (!public_words) return refuse(Code::conflict, "claim.no_public_words");
    if (ground == Ground::not_recorded) return invalid("ground", "people.ground_missing");
    if (auto good = check_length(remark, "remark", max_remark); !good) return good.error();
    return change::Filed{entry, ground, std::string(remark)};
}

Checked may_decide(const people::Actor& actor, const Claim& claim, bool own_matter) {
    if (auto may = people::need_role(actor, people::Role::moderator); !may) return may;
    if (claim.outcome) return refuse(Code::conflict, "claim.decided_already");
    if (own_matter) return refuse(Code::forbidden, "claim.own_matter");
    return {};
}

kernel::Result<change::Decided> decide(const people::Actor& actor, const Claim& claim, bool own_matter,
                                       const Words& words, const Decision& asked) {
    if (auto may = may_decide(actor, claim, own_matter); !may) return may.error();
    change::Decided made{claim.id, actor.officer, asked.outcome, {}, asked.reason};
    if (asked.outcome == Outcome::stays) {
        if (!words.there) return refuse(Code::conflict, "claim.words_gone");
        if (asked.reason.empty()) return invalid("reason", "claim.reason_missing");
    } else {
        made.erasure = words.erasure;
        if (words.there && !words.erasure && !asked.basis) return invalid("basis", "erasure.basis_unknown");
    }
    if (auto good = check_length(asked.reason, "reason", max_reason); !good) return good.error();
    return made;
}

}  // namespace claim::rules
