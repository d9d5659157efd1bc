// "Report this" on everything public: anybody files a claim against the words of an entry, on one of the published
// grounds; a moderator lets them stay, with a public reason, or proposes their erasure. States: README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <erasure/erasure.h>
#include <kernel/bytes.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/ground.h>
#include <people/people.h>

namespace claim {

using ClaimId = kernel::Id<struct ClaimTag>;
using Once = std::optional<kernel::Hash>;
using people::Ground;

enum class Outcome { stays, removal };  // the numbers are stored
std::string_view name(Outcome);         // "stays", "removal": in the ledger and in forms
std::optional<Outcome> parse_outcome(std::string_view);

struct Claim {
    ClaimId id;
    std::int64_t about = 0;  // the entry whose words it is against
    Ground ground = Ground::personal_data;
    std::string remark;  // for moderators alone; "" when there was none, or it was erased
    kernel::Instant at;
    std::optional<Outcome> outcome;  // nothing while it waits
    std::optional<std::int64_t> decided_entry;
    people::OfficerId decided_by;
    std::optional<kernel::Instant> decided_at;
    std::optional<erasure::ErasureId> erasure;  // of a removal; none where the words had gone without one
    std::string reason;                         // public
};
std::optional<Claim> claim(db::Connection&, ClaimId);
std::vector<Claim> claims(db::Connection&, std::optional<ClaimId> before, int at_most);  // newest first
std::vector<Claim> claims_about(db::Connection&, std::int64_t entry, std::optional<ClaimId> before, int at_most);
std::int64_t count_about(db::Connection&, std::int64_t entry);
std::vector<Claim> open_claims(db::Connection&, std::optional<ClaimId> after, int at_most);  // oldest first
std::int64_t open_count(db::Connection&);

// ---- acts ----------------------------------------------------------------------------------------------------------
// What others know about an entry; asked inside the acts and by the pages.
struct Hooks {
    // Words that are served and yet may not be shown now.
    std::function<bool(db::Connection&, std::int64_t entry)> withheld;
    // Whether the entry is the officer's own matter, on which they do not decide.
    std::function<bool(db::Connection&, const people::Actor&, std::int64_t entry)> own_matter;
    // The address of the form where words of this entry are reported in a way of their own; "" for all others.
    std::function<std::string(db::Connection&, std::int64_t entry)> own_form;
    // Where the entry is shown, "" when nowhere.
    std::function<std::string(db::Connection&, std::int64_t entry)> link;
};

inline constexpr std::size_t max_remark = 1000, max_reason = 1000;  // code points

// By anybody, without an account; the actor is not recorded. Refuses: claim.entry_unknown (not_found),
// claim.no_public_words (conflict: there are none, they are not public, or they are gone).
kernel::Result<ClaimId> file(const people::Needs&, const Hooks&, std::int64_t entry, Ground, std::string_view remark,
                             Once = {});

struct Decision {
    Outcome outcome = Outcome::stays;
    std::optional<erasure::Basis> basis;  // of a removal that nobody has proposed yet
    std::string reason;                   // needed when the words stay
};
// By a moderator whose matter it is not. A removal proposes the erasure of the words, in the same transaction, unless a
// proposal about them waits or they are gone: then the claim names that one. Refuses: claim.unknown (not_found),
// claim.decided_already, claim.words_gone (conflict), claim.own_matter (forbidden); at "basis" erasure.basis_unknown,
// at "reason" claim.reason_missing, kernel.text_too_long.
kernel::Checked decide(const people::Needs&, const Hooks&, const people::Actor&, ClaimId, const Decision&, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks);
// On an entry's page: the way to report its words while they are public, and the claims about it with what became of
// them.
page::Html part_of_entry(const http::Request&, db::Connection&, const Hooks&, std::int64_t entry);
// On a matter's page: the way to report its words. For people::PartOfMatter.
page::Html part_of_matter(const http::Request&, db::Connection&, const Hooks&, std::span<const std::int64_t> entries);
// Claims that wait for a moderator, as a part of their desk; of their own matters it says that another decides.
page::Html part_of_moderation(const http::Request&, db::Connection&, const Hooks&);

}  // namespace claim
