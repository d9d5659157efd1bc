// What somebody has filled in and not sent yet: kept in local.db alone, sealed under a key that only the browser's
// token gives, so that whoever has the folder reads nothing of it. Nobody is counted by it.
#pragma once
#include <optional>

#include "survey.h"

namespace survey {

inline constexpr int days_kept = 14;

// None where the browser has no token, or began nothing.
std::optional<Answers> begun(const people::Needs&, const Survey&, std::string_view visitor);
void keep_begun(const people::Needs&, const Survey&, std::string_view visitor, const Answers&);
void drop_begun(const people::Needs&, SurveyId, std::string_view visitor);
void drop_old(const people::Needs&, kernel::Day today);

}  // namespace survey
