// What everybody can read of an entry's words now.
#pragma once
#include <string>
#include <vector>

#include <kernel/json.h>

#include "claim.h"

namespace claim {

// The texts in it that are not empty, in the order of the members.
std::vector<std::string> texts_of(const kernel::Json& words);
std::vector<std::string> public_words(db::Connection&, const Hooks&, std::int64_t entry);

}  // namespace claim
