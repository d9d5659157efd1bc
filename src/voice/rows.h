// Between columns and this feature's types; for the stores alone.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>

#include <db/db.h>

#include "store.h"

namespace voice {

template <class Case>
constexpr std::int64_t number(Case one) {
    return static_cast<std::int64_t>(one);
}
constexpr std::int64_t flag(bool set) { return set ? 1 : 0; }

template <class Id>
std::optional<std::int64_t> value(const std::optional<Id>& id) {
    return id ? std::optional(id->value()) : std::nullopt;
}
inline std::optional<std::int64_t> days(const std::optional<kernel::Day>& day) {
    return day ? std::optional(day->days) : std::nullopt;
}

template <class Id>
std::optional<Id> id_or_none(const db::Row& row, int column) {
    const std::optional<std::int64_t> n = row.integer_or_null(column);
    return n ? std::optional(Id(*n)) : std::nullopt;
}
template <class Case>
std::optional<Case> case_or_none(const db::Row& row, int column) {
    const std::optional<std::int64_t> n = row.integer_or_null(column);
    return n ? std::optional(static_cast<Case>(*n)) : std::nullopt;
}
inline std::optional<int> int_or_none(const db::Row& row, int column) { return case_or_none<int>(row, column); }
inline std::optional<bool> flag_or_none(const db::Row& row, int column) {
    const std::optional<std::int64_t> n = row.integer_or_null(column);
    return n ? std::optional(*n != 0) : std::nullopt;
}
inline std::optional<kernel::Day> day_or_none(const db::Row& row, int column) {
    const std::optional<std::int64_t> n = row.integer_or_null(column);
    return n ? std::optional(kernel::Day{*n}) : std::nullopt;
}
inline kernel::Hash hash(const db::Row& row, int column) {
    const kernel::View bytes = row.bytes(column);
    kernel::Hash out{};
    if (bytes.size() != out.size()) throw std::runtime_error("a hash of another size");
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

void record(db::Connection&, VoiceId, const Step&);  // a line of the history
void look_again(db::Connection&, VoiceId);           // next_day anew, out of when the clock looks at each duty
// The case goes on from the beginning, in its unit or in the one above, with a new last day.
void take_up_again(db::Connection&, const Case& before, int nth, std::optional<people::UnitId> superior,
                   const change::Counted& reply);

// The rest of a voice.imported of version 2.
void apply_taken_over(db::Connection&, const ledger::Entry&, const change::Imported&);
// What apply() calls for each kind, parted over the stores.
void apply_one(db::Connection&, const ledger::Entry&, const change::Received&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Imported&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Published&);
void apply_one(db::Connection&, const ledger::Entry&, const change::PutOnHold&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Hidden&);
void apply_one(db::Connection&, const ledger::Entry&, const change::ShownAgain&);
void apply_one(db::Connection&, const ledger::Entry&, const change::AppealRefused&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Reported&);
void apply_one(db::Connection&, const ledger::Entry&, const change::ReportDecided&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Assigned&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Bounced&);
void apply_one(db::Connection&, const ledger::Entry&, const change::AskedBack&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Paused&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Resumed&);
void apply_one(db::Connection&, const ledger::Entry&, const change::DueSoon&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Answered&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Extended&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Late&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Closed&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Corrected&);
void apply_one(db::Connection&, const ledger::Entry&, const change::WordAdded&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Rated&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Reopened&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Withdrawn&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Appealed&);
void apply_one(db::Connection&, const ledger::Entry&, const change::PlacesListed&);
void apply_one(db::Connection&, const ledger::Entry&, const change::SealMade&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Joined&);
void apply_one(db::Connection&, const ledger::Entry&, const change::DueSooner&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Parted&);
void apply_one(db::Connection&, const ledger::Entry&, const change::AnsweredWith&);
void apply_one(db::Connection&, const ledger::Entry&, const change::KeptApart&);
void apply_one(db::Connection&, const ledger::Entry&, const change::AgreementSaid&);
void apply_one(db::Connection&, const ledger::Entry&, const change::AgreementJudged&);
void apply_one(db::Connection&, const ledger::Entry&, const change::AgreementFound&);
void apply_one(db::Connection&, const ledger::Entry&, const change::CalledBack&);
void apply_one(db::Connection&, const ledger::Entry&, const change::FoundOpen&);
void apply_one(db::Connection&, const ledger::Entry&, const change::Split&);
void apply_one(db::Connection&, const ledger::Entry&, const change::SplitOff&);
void apply_one(db::Connection&, const ledger::Entry&, const change::KeptWhole&);
void apply_one(db::Connection&, const ledger::Entry&, const change::PutTogether&);

}  // namespace voice
