// The page that checks a receipt without any server.
#pragma once
#include <string>

namespace proof {

// One self-contained HTML file in three languages, with this key and policy (C2SP tlog-policy) filled in. It asks
// nobody for anything.
std::string page_alone(const std::string& key, const std::string& policy);

}  // namespace proof
