// A signing key in its file: the one line of SignerKey::private_text(). Whoever has a log's key can sign other
// histories in this log's name; a witness keeps its key in the same way.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include <kernel/result.h>
#include <merkle/note.h>

namespace ledger {

// The log's name for ever: the address its checkpoint and tiles are served under, without "https://" and without a
// slash at the end ("example.org/log"). At most 200 letters, digits and . - _ ~ : / in ASCII.
// Refuses ledger.origin_invalid, at field "origin".
kernel::Checked check_origin(std::string_view origin);

// Both throw std::runtime_error saying what is wrong with the file.
// Makes a new key: mode 0600, on the disk when it returns, never over a file that is there. The origin was checked.
merkle::SignerKey make_key(const std::filesystem::path& file, const std::string& origin,
                           std::uint8_t type = merkle::log_key);
// Refuses a file that others than its owner can read or write, and a key of another type.
merkle::SignerKey load_key(const std::filesystem::path& file, std::uint8_t type = merkle::log_key);

}  // namespace ledger
