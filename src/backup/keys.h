// The key files beside backups.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include <kernel/ring.h>

#include "backup.h"

namespace backup {

struct KeyFile {
    kernel::Bytes log_key, server_key;  // as they lie in the data folder
    // Of the local tables: of this run and, because a run may break before its manifest is there, of the one before.
    kernel::Hash box{}, box_before{};
    kernel::Ring ring;
};
void write_keys(const std::filesystem::path&, const KeyFile&);
std::string keys_text(const KeyFile&);
// std::runtime_error when it is damaged; `where` is how the message calls it.
KeyFile parse_keys(std::string_view text, const std::string& where);
KeyFile read_keys(const std::filesystem::path&);  // std::runtime_error when missing or damaged
// So that destroy_keys() finds it.
void remember_key_file(const std::filesystem::path& data, const std::filesystem::path& key_file);

}  // namespace backup
