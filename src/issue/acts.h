// What the acts of this feature share.
#pragma once
#include <algorithm>
#include <vector>

#include <ledger/ledger.h>

#include "issue.h"

namespace issue {

inline kernel::Error unknown_issue() { return kernel::refuse(kernel::Code::not_found, "issue.unknown"); }

template <class T>
std::vector<T> sorted_once(std::vector<T> all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

inline kernel::Checked checked(const kernel::Result<ledger::Receipt>& receipt) {
    return receipt ? kernel::Checked() : receipt.error();
}

// Messages of the issue's own rounds or of the standing desk, whatever the audience, but never what was withdrawn;
// statements and answers of surveys of its rounds, answers also of the desk's. issue.voice_unknown,
// issue.voice_withdrawn, issue.voice_put_back, issue.voice_elsewhere, issue.statement_unknown, issue.answer_unknown.
kernel::Checked may_hold(db::Connection&, const Issue&, voice::VoiceId);
kernel::Checked may_hold(db::Connection&, const Issue&, dialogue::StatementId);
kernel::Checked may_hold(db::Connection&, const Issue&, AnswerId);

}  // namespace issue
