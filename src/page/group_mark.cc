#include "group_shapes.h"
#include "markup.h"

namespace page {
namespace {

// In a square of 20 units: disc, square, triangle, diamond, ring, cross, bar, half disc.
constexpr const char* shapes[] = {
    "<circle cx=\"10\" cy=\"10\" r=\"7.5\"/>",
    "<rect x=\"3\" y=\"3\" width=\"14\" height=\"14\"/>",
    "<path d=\"M10 2.5 18 17H2z\"/>",
    "<path d=\"M10 1.5 18.5 10 10 18.5 1.5 10z\"/>",
    "<path fill-rule=\"evenodd\" d=\"M10 2a8 8 0 1 0 .01 0zM10 6.6a3.4 3.4 0 1 0 .01 0z\"/>",
    "<path d=\"M7.5 2h5v5.5h5.5v5h-5.5V18h-5v-5.5H2v-5h5.5z\"/>",
    "<rect x=\"2\" y=\"6.5\" width=\"16\" height=\"7\"/>",
    "<path d=\"M2 13.5a8 8 0 0 1 16 0z\"/>",
};

}  // namespace

const char* group_shape(int group) { return shapes[((group % 8) + 8) % 8]; }

Html group_mark(int group, int pixels) {
    const int i = ((group % 8) + 8) % 8;
    Markup out;
    out.raw("<svg class=\"group g").raw(i + 1).raw("\" aria-hidden=\"true\" width=\"").raw(pixels).raw("\" height=\"");
    out.raw(pixels).raw("\" viewBox=\"0 0 20 20\">").raw(group_shape(group)).raw("</svg>");
    return std::move(out).html();
}

}  // namespace page
