// How the acts that arrange issues write their entries.
#pragma once
#include <optional>

#include <ledger/ledger.h>

#include "change.h"

namespace issue {

Items sorted(const Items&);                               // each once
Items only_in(db::Connection&, IssueId, Items, bool in);  // those that are in it, or those that are not
kernel::Checked can_hold(db::Connection&, const Issue&, const Items&);

// Of one act: those after the first name it as their parent, but for what has a parent of its own. At most 500 messages
// and statements in an entry.
struct Entries {
    ledger::Writing& w;
    people::OfficerId by;
    std::optional<std::int64_t> first = {};

    std::int64_t append(const change::Change&);
    void place(IssueId, const Items&, bool in);      // nothing for nothing
    void keep_out(IssueId, const Items&, bool out);  // messages and statements
};

}  // namespace issue
