// Nothing may lie under the log's names that the checkpoint does not cover.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "source.h"

namespace verify {

// Returns the files that are no part of the log. Throws Fault for those that look like one.
std::vector<std::string> check_coverage(Source&, std::int64_t size);

}  // namespace verify
