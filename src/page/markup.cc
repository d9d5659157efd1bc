#include "markup.h"

#include <cmath>

namespace page {

std::string svg_number(double value) {
    const auto hundredths = static_cast<long long>(std::llround(value * 100));
    const long long positive = hundredths < 0 ? -hundredths : hundredths;
    std::string out = (hundredths < 0 ? "-" : "") + std::to_string(positive / 100);
    const int rest = static_cast<int>(positive % 100);
    if (rest == 0) return out;
    out += '.';
    out += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
    return out;
}

std::string percent_length(double value) { return svg_number(value) + "%"; }

}  // namespace page
