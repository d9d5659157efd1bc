// Which district a message names, as far as it says so itself: a word that touches the character of a district, as in
// A7县 and A3区. Names of Han characters alone cannot be told from other words here: whoever knows the districts hands
// them over with the message.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace text {

std::vector<std::string> named_districts(std::string_view title);  // ascending, each once
// Two that both name districts, and none in common.
bool elsewhere(const std::vector<std::string>&, const std::vector<std::string>&);

}  // namespace text
