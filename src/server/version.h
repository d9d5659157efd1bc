// Which program this is.
#pragma once
#include <string>

namespace server {

inline constexpr const char* version = "0.1.0";
std::string build_hash();  // SHA-256 of the running program file, hex; shown on /rules

}  // namespace server
