// The page that checks a receipt without any server.
#pragma once
#include <string>

namespace proof {

// One self-contained HTML file in three languages, with this key filled in. It asks nobody for anything.
std::string page_alone(const std::string& key);

}  // namespace proof
