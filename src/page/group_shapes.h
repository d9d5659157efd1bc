#pragma once

namespace page {

// The form of a group, 0 to 7 and again, as SVG in a square of 20 units.
const char* group_shape(int group);

}  // namespace page
