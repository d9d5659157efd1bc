// Builds HTML and SVG piece by piece: raw() is ours, text() is anybody's and is escaped.
#pragma once
#include <concepts>
#include <string>
#include <string_view>

#include "page.h"

namespace page {

class Markup {
public:
    Markup& raw(std::string_view ours) {
        out_ += ours;
        return *this;
    }
    Markup& raw(const Html& html) { return raw(html.text()); }
    Markup& raw(std::integral auto number) { return raw(std::to_string(number)); }
    Markup& text(std::string_view anybodys) { return raw(escape(anybodys).text()); }
    Html html() && { return trusted(std::move(out_)); }

private:
    std::string out_;
};

// A number for an SVG attribute: at most two decimals, no exponent, never "-0".
std::string svg_number(double value);
// `value` percent of the width, as an SVG length: "12.5%".
std::string percent_length(double value);

}  // namespace page
