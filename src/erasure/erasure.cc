#include "erasure.h"

#include <algorithm>
#include <array>

#include <db/database.h>
#include <ledger/ledger.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace erasure {
namespace {

constexpr std::array<std::string_view, 4> state_names = {"proposed", "approved", "refused", "withdrawn"};
constexpr std::array<std::string_view, 7> basis_names = {
    "asked_by_author", "personal_data", "unlawful", "ordered", "term_over", "child", "taken_unlawfully"};
constexpr std::array<std::string_view, 5> ground_names = {"basis_does_not_apply", "kept_by_law", "needed_for_claims",
                                                          "too_much", "not_theirs"};

template <class Case, std::size_t n>
std::optional<Case> parse(const std::array<std::string_view, n>& names, std::string_view text) {
    for (std::size_t i = 0; i < n; ++i)
        if (names[i] == text) return static_cast<Case>(i);
    return std::nullopt;
}

kernel::Error unknown_erasure() { return kernel::refuse(kernel::Code::not_found, "erasure.unknown"); }

kernel::Checked checked(const kernel::Result<ledger::Receipt>& receipt) {
    return receipt ? kernel::Checked() : receipt.error();
}

std::vector<rules::Target> targets_now(db::Connection& db, std::vector<std::int64_t> asked) {
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    std::vector<rules::Target> all;
    for (std::int64_t entry : asked) {
        if (all.size() > max_targets) break;
        const auto found = entry < 0 ? std::nullopt : ledger::entry(db, entry);
        all.push_back({entry, found && found->words, proposed_about(db, entry).has_value()});
    }
    return all;
}

// Does one of these facts name the officer?
bool names(const ledger::Entry& entry, const people::Actor& actor, std::initializer_list<std::string_view> facts) {
    return std::any_of(facts.begin(), facts.end(), [&](std::string_view fact) {
        const std::int64_t* officer = entry.facts[fact].integer();
        return officer && *officer == actor.officer.value();
    });
}

bool of_own_unit(db::Connection& db, const ledger::Entry& entry, const people::Actor& actor) {
    for (std::string_view fact : {"unit", "organiser"})
        if (const std::int64_t* unit = entry.facts[fact].integer())
            if (people::own_unit(db, actor, people::UnitId(*unit))) return true;
    return false;
}

std::string_view feature_of(const ledger::Entry& entry) {
    return std::string_view(entry.kind).substr(0, entry.kind.find('.'));
}

bool own_matter(db::Connection& db, const Hooks& hooks, const people::Actor& actor, const Erasure& e) {
    return std::any_of(e.targets.begin(), e.targets.end(),
                       [&](std::int64_t target) { return erasure::own_matter(db, hooks.concerned, actor, target); });
}

kernel::Result<change::Proposed> proposal(db::Connection& db, const people::Actor& actor,
                                          const std::vector<std::int64_t>& targets, Basis basis) {
    const people::Actor who = people::in_force(db, actor);
    if (auto may = rules::may_propose(who); !may) return may.error();
    return rules::propose(who.officer, targets_now(db, targets), basis);
}

kernel::Result<ErasureId> record_proposal(
    const people::Needs& needs, Once once,
    const std::function<kernel::Result<change::Proposed>(db::Connection&)>& decide) {
    const auto made = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change = decide(w.db());
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!made) return made.error();
    return ErasureId(made->index);
}

}  // namespace

std::string_view name(State state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name(Basis basis) { return basis_names.at(static_cast<std::size_t>(basis)); }
std::string_view name(Ground ground) { return ground_names.at(static_cast<std::size_t>(ground)); }
std::optional<Basis> parse_basis(std::string_view text) { return parse<Basis>(basis_names, text); }
std::optional<Ground> parse_ground(std::string_view text) { return parse<Ground>(ground_names, text); }

bool own_matter(db::Connection& db, const std::vector<Concerns>& concerned, const people::Actor& actor,
                std::int64_t index) {
    const auto entry = ledger::entry(db, index);
    if (!entry) return false;
    if (index == actor.officer.value()) return true;  // the entry that made them an officer
    if (names(*entry, actor, {"by", "owner", "officer", "typist", "member"})) return true;
    if (of_own_unit(db, *entry, actor)) return true;
    const auto matter = entry->subject == index ? std::nullopt : ledger::entry(db, entry->subject);
    // Speakers' entries name the round they belong to, whose unit is not thereby concerned.
    if (matter && feature_of(*matter) == feature_of(*entry))
        if (names(*matter, actor, {"owner"}) || of_own_unit(db, *matter, actor)) return true;
    return std::any_of(concerned.begin(), concerned.end(), [&](const auto& ask) { return ask(db, actor, index); });
}

kernel::Result<ErasureId> propose(const people::Needs& needs, const people::Actor& actor,
                                  const std::vector<std::int64_t>& targets, Basis basis, Once once) {
    return record_proposal(needs, once, [&](db::Connection& db) { return proposal(db, actor, targets, basis); });
}

kernel::Result<ErasureId> propose(ledger::Writing& w, const people::Actor& actor,
                                  const std::vector<std::int64_t>& targets, Basis basis) {
    const auto change = proposal(w.db(), actor, targets, basis);
    if (!change) return change.error();
    return ErasureId(w.append(change::encode(*change, w.next_index())));
}

kernel::Result<ErasureId> propose_own(const people::Needs& needs, const Hooks& hooks, voice::VoiceId id,
                                      std::string_view visitor, std::string_view code, Once once) {
    std::optional<std::vector<std::int64_t>> own;
    {
        db::Database::Lease db = needs.database.read();
        own = voice::written_by_author(needs, *db, id, visitor, code);
        if (own)
            for (const auto& ask : hooks.of_author)
                for (std::int64_t entry : ask(*db, id)) own->push_back(entry);
    }
    if (!own) return kernel::Error{kernel::Code::forbidden, "voice.code_wrong", "code", {}};
    return record_proposal(needs, once, [&](db::Connection& db) -> kernel::Result<change::Proposed> {
        std::vector<rules::Target> left;
        for (const rules::Target& target : targets_now(db, *own))
            if (target.has_words) left.push_back(target);
        if (left.empty()) return kernel::refuse(kernel::Code::conflict, "erasure.nothing_left");
        return rules::propose({}, left, Basis::asked_by_author);
    });
}

kernel::Checked approve(const people::Needs& needs, const Hooks& hooks, const people::Actor& actor, ErasureId id,
                        Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = erasure(w.db(), id);
            if (!found) return unknown_erasure();
            const people::Actor who = people::in_force(w.db(), actor);
            const auto change = rules::approve(who, *found, own_matter(w.db(), hooks, who, *found));
            if (!change) return change.error();
            std::vector<kernel::Hash> blobs;
            for (std::int64_t target : found->targets)
                for (const auto& ask : hooks.blobs)
                    for (const kernel::Hash& blob : ask(w.db(), target)) blobs.push_back(blob);
            const std::int64_t index = w.append(change::encode(*change, w.next_index()));
            // What the clock erased meanwhile is gone already; something must be left to decide on.
            std::optional<kernel::Error> nothing;
            bool erased = false;
            for (std::int64_t target : found->targets) {
                const auto done = ledger::erase_words(w, target, name(found->basis));
                if (done)
                    erased = true;
                else
                    nothing = done.error();
            }
            if (!erased) return nothing.value();
            add_scrub(w.db(), id, blobs);
            return index;
        },
        once));
}

kernel::Checked refuse(const people::Needs& needs, const Hooks& hooks, const people::Actor& actor, ErasureId id,
                       Ground ground, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = erasure(w.db(), id);
            if (!found) return unknown_erasure();
            const people::Actor who = people::in_force(w.db(), actor);
            const auto change = rules::refuse(who, *found, own_matter(w.db(), hooks, who, *found), ground);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once));
}

kernel::Checked withdraw(const people::Needs& needs, const people::Actor& actor, ErasureId id, Once once) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = erasure(w.db(), id);
            if (!found) return unknown_erasure();
            const auto change = rules::withdraw(people::in_force(w.db(), actor), *found);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once));
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind : {change::proposed_kind, change::approved_kind, change::refused_kind,
                                  change::withdrawn_kind, change::term_over_kind})
        kinds.push_back({kind, apply, {}});
}

}  // namespace erasure
