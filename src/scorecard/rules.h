// What is counted becomes figures: pure functions.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <voice/taken_over.h>

#include "period.h"
#include "scorecard.h"

namespace scorecard::rules {

struct Counted {
    people::UnitId unit;
    bool below = false;  // and the units under it
    Period period;
    voice::UnitCounts voices;
    measure::UnitCounts measures;
};
// The list of exactly what is counted.
std::string link(const Counted&, voice::Figure);
std::string link(const Counted&, measure::Figure);
// The six figures, always in the same order. k: below it nothing is said.
std::vector<Figure> figures(const Counted&, std::int64_t k);
// Of cases taken over from an earlier register: answered in time, satisfied. None where there are no such.
std::vector<Figure> before(const Counted&, const voice::BeforeCounts&, std::int64_t k);
bool nothing(const std::vector<Figure>&);  // nothing was counted for any of them, inside or outside

}  // namespace scorecard::rules
