// How a log line is spelled. Not part of the face.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include <kernel/time.h>

#include "watch.h"

namespace watch {

// One JSON object without the line feed. Members stand as given, not sorted: time, level and event come first so that
// people can read it.
std::string log_line(kernel::Instant at, std::string_view level, std::string_view event,
                     std::initializer_list<Field> fields);

}  // namespace watch
