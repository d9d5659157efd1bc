// Reception days (接待日): an officer or head receives whoever comes, on a day that was published, in slots that
// anybody takes without an account. States: announced → called off, or held and said what was heard; moved in between.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "visit.h"

namespace visit {

using ReceptionId = kernel::Id<struct ReceptionTag>;

inline constexpr std::size_t max_matter = 200;  // code points
inline constexpr int max_slots = 60;
inline constexpr int shortest_slot = 5, longest_slot = 120;  // minutes
inline constexpr int notice_days = 2;                        // fewer are published as short notice

struct Reception {
    ReceptionId id;
    people::UnitId unit;
    people::CycleId cycle;  // the standing desk: whose code a slot has
    kernel::Day day;
    int from = 0;  // minutes since midnight in the organisation's zone
    int slots = 0, minutes = 0;
    bool short_notice = false;  // of the newest day
    std::string post, where, topics, lang;
    bool called_off = false, held = false;
    std::string reason;                  // why it was called off
    std::int64_t came = 0, absent = 0;   // held: whoever came; of those with a slot, who did not
    std::string said;                    // held: what was heard and answered
    std::vector<voice::VoiceId> voices;  // heard there: filled by reception() alone, not in lists
    std::int64_t taken = 0;              // slots that somebody has
    bool sample = false;
    bool open() const { return !called_off && !held; }
    int start_of(int slot) const { return from + (slot - 1) * minutes; }  // slots are counted from 1
};
std::optional<Reception> reception(db::Connection&, ReceptionId);
struct ReceptionFilter {
    std::optional<people::UnitId> unit;
    std::optional<ReceptionId> before;
    int at_most = 20;
};
std::vector<Reception> receptions(db::Connection&, const ReceptionFilter&);                 // newest first
std::vector<Reception> receptions_to_come(db::Connection&, kernel::Day from, int at_most);  // open, by day
struct Slot {
    int number = 0;
    std::int64_t entry = 0;  // in which it was taken
    std::string matter;      // for those who receive alone
};
std::vector<Slot> slots_taken(db::Connection&, ReceptionId);  // by number

// ---- acts ----------------------------------------------------------------------------------------------------------
struct ReceptionDraft {
    kernel::Day day;                        // today or later, within a year
    int from = 0;                           // the last slot ends before midnight
    int slots = 0, minutes = 0;             // 1..60, 5..120
    std::string post, where, topics, lang;  // post and where 1..200, topics <= 1,000 code points
    bool sample = false;
    friend bool operator==(const ReceptionDraft&, const ReceptionDraft&) = default;
};
// By officers, heads and clerks, for their own unit.
kernel::Result<ReceptionId> announce(const people::Needs&, const people::Actor&, const ReceptionDraft&, Once = {});
// The three by an officer or head of its unit or a clerk, while it is open. Slots stay with whoever has them.
struct Moved {
    kernel::Day day;
    int from = 0;
    std::string where;
    friend bool operator==(const Moved&, const Moved&) = default;
};
kernel::Checked move(const people::Needs&, const people::Actor&, ReceptionId, const Moved&, std::string_view reason,
                     Once = {});
kernel::Checked call_off(const people::Needs&, const people::Actor&, ReceptionId, std::string_view reason, Once = {});
struct Outcome {
    std::int64_t came = 0, absent = 0;
    std::vector<voice::VoiceId> voices;
    std::string said;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};
kernel::Checked hold(const people::Needs&, const people::Actor&, ReceptionId, const Outcome&, Once = {});
// By anybody, one slot each. `code` is empty when this browser's code at the desk was given before.
struct Taken {
    std::int64_t entry = 0;
    std::string code;  // 25 digits
};
kernel::Result<Taken> take(const people::Needs&, const people::Actor&, ReceptionId, int slot, std::string_view matter,
                           Once = {});
// By whoever took it, who shows the code or the browser; else visit.slot_not_yours, forbidden, at "code".
kernel::Checked give_back(const people::Needs&, const people::Actor&, ReceptionId, std::string_view code, Once = {});

}  // namespace visit
