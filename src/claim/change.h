// What can happen to a claim, as typed values, and its permanent encoding in the ledger. The remark is served to
// nobody; the reason to everybody.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "claim.h"

namespace claim::change {

struct Filed {
    std::int64_t about = 0;
    Ground ground = Ground::personal_data;
    std::string remark;
    friend bool operator==(const Filed&, const Filed&) = default;
};
struct Decided {
    ClaimId claim;
    people::OfficerId by;
    Outcome outcome = Outcome::stays;
    std::optional<erasure::ErasureId> erasure;
    std::string reason;
    friend bool operator==(const Decided&, const Decided&) = default;
};
using Change = std::variant<Filed, Decided>;

inline constexpr std::string_view filed_kind = "claim.filed";
inline constexpr std::string_view decided_kind = "claim.decided";

ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace claim::change
