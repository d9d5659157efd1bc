// What can happen to the routing table, as typed values, and its permanent encoding in the ledger.
#pragma once
#include <string>
#include <string_view>

#include <ledger/ledger.h>

#include "routing.h"

namespace routing::change {

struct TableSet {
    std::int64_t version = 0;
    Lists lists;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const TableSet&, const TableSet&) = default;
};

inline constexpr std::string_view table_set_kind = "routing.table_set";

ledger::Draft encode(const TableSet&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
TableSet decode(const ledger::Entry&);

// {categories, districts, rows}, as the facts have them and the table keeps them.
kernel::Json json_of(const Lists&);
Lists lists_of(const kernel::Json&);

}  // namespace routing::change
