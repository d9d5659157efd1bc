// What a backup says of itself, written last.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include <kernel/bytes.h>

namespace backup {

constexpr std::int64_t entries_in_a_part = 4096;

struct Manifest {
    std::int64_t size = 0;
    std::string checkpoint, origin, digest, made;
    std::map<std::string, std::string> files;  // path in the folder -> hex SHA-256 of its bytes
    std::string text() const;
};
// std::runtime_error for what text() did not write; `where` is how the message calls it.
Manifest parse_manifest(std::string_view text, const std::string& where);
std::optional<Manifest> read_manifest(const std::filesystem::path& folder);  // nothing when there is none

std::string part_name(std::string_view kind, std::int64_t first, std::int64_t count);  // "log/000000004096-4096"
std::string box_name(const kernel::Hash& box);  // of the local tables, by their key
std::string picture_name(const kernel::Hash&);
// The bytes of a file that the manifest names; std::runtime_error when they are not those it was made with.
kernel::Bytes checked_file(const std::filesystem::path& folder, const Manifest&, const std::string& name);

}  // namespace backup
