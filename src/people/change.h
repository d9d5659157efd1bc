// What happened in this feature, as typed values, and their permanent JSON encoding. Encodings are added, never
// altered: the vectors in testdata/ are what was written once and must be read for ever. `by` is the administrator who
// did it; officer 0 is the console. Words (login, name, reason) are absent once erased.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "calendars.h"
#include "people.h"

namespace people {

struct Installed {
    std::string organisation;
    friend bool operator==(const Installed&, const Installed&) = default;
};
struct UnitMade {
    std::optional<UnitId> parent;
    std::string name;
    bool sample = false;
    OfficerId by;
    friend bool operator==(const UnitMade&, const UnitMade&) = default;
};
struct UnitRenamed {
    UnitId unit;
    std::string name;
    OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const UnitRenamed&, const UnitRenamed&) = default;
};
struct UnitMoved {
    UnitId unit, parent;
    OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const UnitMoved&, const UnitMoved&) = default;
};
struct UnitClosed {
    UnitId unit;
    OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const UnitClosed&, const UnitClosed&) = default;
};
struct OfficerMade {
    UnitId unit;
    std::string post;
    std::vector<Role> roles;
    bool sample = false;
    OfficerId by;
    std::optional<std::string> login, name;
    std::optional<ContractorId> contractor = {};  // version 2 has it
    friend bool operator==(const OfficerMade&, const OfficerMade&) = default;
};
struct OfficerChanged {
    OfficerId officer;
    UnitId unit;
    std::string post;
    std::vector<Role> roles;
    bool active = true;
    OfficerId by;
    std::optional<std::string> reason;
    std::optional<ContractorId> contractor = {};  // version 2 has it
    friend bool operator==(const OfficerChanged&, const OfficerChanged&) = default;
};
struct ContractorMade {
    std::string name;
    OfficerId by;
    friend bool operator==(const ContractorMade&, const ContractorMade&) = default;
};
struct ContractorEnded {
    ContractorId contractor;
    OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const ContractorEnded&, const ContractorEnded&) = default;
};
struct PasswordGiven {
    OfficerId officer;
    UnitId unit;
    OfficerId by;
    friend bool operator==(const PasswordGiven&, const PasswordGiven&) = default;
};
struct CodeReset {  // an administrator took an officer's second step away
    OfficerId officer;
    UnitId unit;
    OfficerId by;
    friend bool operator==(const CodeReset&, const CodeReset&) = default;
};
struct SettingChanged {
    std::string name, value;
    OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const SettingChanged&, const SettingChanged&) = default;
};
struct CalendarSet {
    kernel::Calendar calendar;
    OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const CalendarSet& a, const CalendarSet& b) {
        return same(a.calendar, b.calendar) && a.by == b.by && a.reason == b.reason;
    }
};

using Change = std::variant<Installed, UnitMade, UnitRenamed, UnitMoved, UnitClosed, OfficerMade, OfficerChanged,
                            PasswordGiven, SettingChanged, CalendarSet, CodeReset, ContractorMade, ContractorEnded>;

// For the ledger; `index` is the entry it will become, which is the subject of what it makes. A leaf names the unit and
// never the officer.
ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written and lifts it to the current one. Throws std::runtime_error when the entry is none of
// ours or its facts are not what some version wrote: the ledger contradicts itself.
Change decode(const ledger::Entry&);

}  // namespace people
