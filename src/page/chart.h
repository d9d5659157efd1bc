// What the charts share: the figure around an SVG, labels on lines, and the table behind.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "markup.h"

namespace page {

const char* tone_class(Tone);

// One chart. Widths in the SVG are percentages, so that letters keep their size on every screen; heights are pixels.
struct Figure {
    std::string_view title;
    std::string description;  // the chart in one sentence, for who does not see it
    std::string counted;      // "n = 1,921 · counted on …"; "" for none
    int height = 0;
    Html drawing;  // inside of the SVG
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  // text, in the order of columns; the first is the row's heading
    Html legend;                                 // above the drawing
};
Html figure(Lang, const Figure&);
std::string counted(Lang, std::int64_t n, std::string_view when);

// A label on as many lines as it needs, each at most 36 halves of a Han character wide.
std::vector<std::string> label_lines(std::string_view label);
// Puts the lines as SVG text, the first on base line `y`, 20 apart; returns the y below the last.
int put_label(Markup&, std::string_view label, int y);

}  // namespace page
