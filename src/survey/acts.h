// What the acts of this feature share with its clock.
#pragma once
#include <ledger/ledger.h>

#include "rules.h"

namespace survey {

kernel::Error no_such_survey();

// The end of a survey, one transaction: of a roll the answers out of the box, then its entry with the figures, and the
// emptied box.
kernel::Result<std::int64_t> end(ledger::Writing&, SurveyId, people::OfficerId by, std::string_view reason);

bool has_answered(const people::Needs&, SurveyId, std::string_view visitor);  // anonymously

}  // namespace survey
