// The count itself, in whole numbers.
#pragma once
#include "review.h"

namespace review {

inline constexpr int answers_of = 6;  // 0 don't know, 1..5

// Figures of one panel: how many ballots, and of panels that show figures [question][answer].
struct Counted {
    std::int64_t cast = 0;
    std::vector<std::vector<std::int64_t>> counts;
};
bool shows(const PanelDraft&, std::int64_t cast, std::int64_t k);
Result result_of(const Draft&, const std::vector<Counted>& by_panel);

}  // namespace review
