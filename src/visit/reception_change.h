// What can happen to a reception, as typed values, and its permanent encoding in the ledger. Who took a slot and why is
// served to nobody: those entries keep their facts closed, and their subject is the standing desk.
#pragma once
#include <variant>

#include <ledger/ledger.h>

#include "reception.h"

namespace visit::change {

struct Announced {
    people::UnitId unit;
    people::CycleId cycle;
    ReceptionDraft draft;
    bool short_notice = false;
    people::OfficerId by;
    friend bool operator==(const Announced&, const Announced&) = default;
};
struct ReceptionMoved {
    ReceptionId reception;
    Moved to;
    bool short_notice = false;
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const ReceptionMoved&, const ReceptionMoved&) = default;
};
struct ReceptionCalledOff {
    ReceptionId reception;
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const ReceptionCalledOff&, const ReceptionCalledOff&) = default;
};
struct Held {
    ReceptionId reception;
    Outcome outcome;
    people::OfficerId by;
    friend bool operator==(const Held&, const Held&) = default;
};
struct SlotTaken {
    people::CycleId cycle;
    ReceptionId reception;
    int slot = 0;
    people::ParticipantId who;  // zero: this entry is where they first come
    std::string matter;         // words, with the keys it gives to a newcomer
    std::optional<kernel::Hash> browser, code;
    friend bool operator==(const SlotTaken&, const SlotTaken&) = default;
};
struct SlotGivenBack {
    people::CycleId cycle;
    ReceptionId reception;
    int slot = 0;
    std::int64_t taken = 0;  // the entry in which it was
    friend bool operator==(const SlotGivenBack&, const SlotGivenBack&) = default;
};
using ReceptionChange = std::variant<Announced, ReceptionMoved, ReceptionCalledOff, Held, SlotTaken, SlotGivenBack>;

inline constexpr std::string_view announced_kind = "visit.reception_announced";
inline constexpr std::string_view reception_moved_kind = "visit.reception_moved";
inline constexpr std::string_view reception_called_off_kind = "visit.reception_called_off";
inline constexpr std::string_view held_kind = "visit.reception_held";
inline constexpr std::string_view slot_taken_kind = "visit.slot_taken";
inline constexpr std::string_view slot_given_back_kind = "visit.slot_given_back";
inline constexpr std::string_view reception_kinds[] = {announced_kind, reception_moved_kind, reception_called_off_kind,
                                                       held_kind,      slot_taken_kind,      slot_given_back_kind};

ledger::Draft encode(const ReceptionChange&, std::int64_t index);
// Texts and keys are empty where the words are gone. Throws std::runtime_error when the facts are not what was written.
ReceptionChange decode_reception(const ledger::Entry&);

}  // namespace visit::change
