// Who may propose and decide, as pure functions of what is and what is asked.
#pragma once
#include <vector>

#include "change.h"
#include "erasure.h"

namespace erasure::rules {

kernel::Checked may_propose(const people::Actor&);
kernel::Checked may_decide(const people::Actor&);

// What is true of a target now.
struct Target {
    std::int64_t entry = 0;
    bool has_words = false;
    bool proposed = false;  // another proposal about it waits
};
// `by` zero: the author.
kernel::Result<change::Proposed> propose(people::OfficerId by, const std::vector<Target>&, Basis);
// `concerned`: the matter is the actor's own.
kernel::Result<change::Approved> approve(const people::Actor&, const Erasure&, bool concerned);
kernel::Result<change::Refused> refuse(const people::Actor&, const Erasure&, bool concerned, Ground);
kernel::Result<change::Withdrawn> withdraw(const people::Actor&, const Erasure&);

}  // namespace erasure::rules
