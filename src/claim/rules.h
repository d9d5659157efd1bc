// Who may file and decide, as pure functions of what is and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include "change.h"
#include "claim.h"

namespace claim::rules {

// `public_words`: everybody can read words of the entry now.
kernel::Result<change::Filed> file(std::int64_t entry, bool public_words, Ground, std::string_view remark);

kernel::Checked may_decide(const people::Actor&, const Claim&, bool own_matter);
// What is true of the words now.
struct Words {
    bool there = false;
    std::optional<erasure::ErasureId> erasure;  // by which they went, or that is proposed and not decided
};
// Of a removal without `erasure` while the words are there, the act makes the proposal and names it.
kernel::Result<change::Decided> decide(const people::Actor&, const Claim&, bool own_matter, const Words&,
                                       const Decision&);

}  // namespace claim::rules
