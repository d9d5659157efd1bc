// The ring of keys under which words are sealed, wherever they are: `words.key` in the data folder. Destroying a key in
// it is what erases.
#pragma once
#include <filesystem>

#include <kernel/ring.h>

namespace db {

std::filesystem::path words_key(const std::filesystem::path& folder);
// Made, durably, when there is none yet. std::runtime_error for one that cannot be read or made.
kernel::Ring ring_of_words(const std::filesystem::path& folder);

}  // namespace db
