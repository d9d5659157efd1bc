// What can happen to a proposal, as typed values, and its permanent encoding in the ledger. Facts only: a word here
// could repeat what is to go.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "erasure.h"

namespace erasure::change {

struct Proposed {
    Basis basis = Basis::asked_by_author;
    people::OfficerId by;
    std::vector<std::int64_t> targets;
    friend bool operator==(const Proposed&, const Proposed&) = default;
};
struct Approved {
    ErasureId erasure;
    people::OfficerId by;
    friend bool operator==(const Approved&, const Approved&) = default;
};
struct Refused {
    ErasureId erasure;
    people::OfficerId by;
    Ground ground = Ground::basis_does_not_apply;
    friend bool operator==(const Refused&, const Refused&) = default;
};
struct Withdrawn {
    ErasureId erasure;
    people::OfficerId by;
    friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};
// By the clock: words that carry their last day, and it has passed. Their erasure is part of the same act.
struct TermOver {
    std::string rule;  // the setting that said how long, when they were written
    std::vector<std::int64_t> targets;
    friend bool operator==(const TermOver&, const TermOver&) = default;
};
using Change = std::variant<Proposed, Approved, Refused, Withdrawn, TermOver>;

inline constexpr std::string_view proposed_kind = "erasure.proposed";
inline constexpr std::string_view approved_kind = "erasure.approved";
inline constexpr std::string_view refused_kind = "erasure.refused";
inline constexpr std::string_view withdrawn_kind = "erasure.withdrawn";
inline constexpr std::string_view term_over_kind = "erasure.term_over";

ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace erasure::change
