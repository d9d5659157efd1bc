// The passwords that are guessed first.
#pragma once
#include <string_view>

namespace people {

// `core`: lower case, letters and digits only. Shorter ones than eight characters are refused anyway.
bool is_common_password(std::string_view core);

}  // namespace people
