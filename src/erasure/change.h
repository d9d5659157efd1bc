// What can happen to a proposal, as typed values, and its permanent encoding in the ledger. Facts only: a word here
// could repeat what is to go.
#pragma once
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
using Change = std::variant<Proposed, Approved, Refused, Withdrawn>;

inline constexpr std::string_view proposed_kind = "erasure.proposed";
inline constexpr std::string_view approved_kind = "erasure.approved";
inline constexpr std::string_view refused_kind = "erasure.refused";
inline constexpr std::string_view withdrawn_kind = "erasure.withdrawn";

ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace erasure::change
