// The passwords that are guessed first: common_passwords.list, compiled in.
#pragma once
#include <string_view>
#include <vector>

namespace people {

const std::vector<std::string_view>& common_passwords();  // sorted

// `core`: lower case, letters and digits only.
bool is_common_password(std::string_view core);

}  // namespace people
