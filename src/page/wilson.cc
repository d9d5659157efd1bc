#include <algorithm>
#include <cmath>

#include "page.h"

namespace page {

std::pair<double, double> wilson(std::int64_t successes, std::int64_t n) {
    if (n <= 0) return {0, 1};
    constexpr double z = 1.959964;
    const double count = static_cast<double>(n), share = static_cast<double>(successes) / count;
    const double width = 1 + z * z / count;
    const double middle = (share + z * z / (2 * count)) / width;
    const double half = z * std::sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / width;
    return {successes == 0 ? 0 : std::max(0.0, middle - half), successes == n ? 1 : std::min(1.0, middle + half)};
}

}  // namespace page
