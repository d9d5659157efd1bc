// What was found, for people and for programs.
#pragma once
#include <string>

#include "check.h"
#include "fault.h"

namespace verify {

std::string text(const Report&, double seconds);
std::string text(const Fault&);
std::string json(const Report&, double seconds);
std::string json(const Fault&);

}  // namespace verify
