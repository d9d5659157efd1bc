// The check at the end of every page of a database file: what a disk, a cable or a memory has changed is found when the
// page is read, and not served. The page's number is part of it, so that a page in the wrong place is found too.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace db {

// Bytes that SQLite leaves alone at the end of each page, as byte 20 of the file says (SQLite's file format, 1.3.4).
inline constexpr int check_size = 8;
inline constexpr int check_size_at = 20, file_start = 100;  // that byte; the bytes before the first page's own header
inline constexpr std::string_view first_words("SQLite format 3", 16);

// XXH3 (64 bits, seeded with the page's number, little endian) of all bytes before. Numbers begin with 1.
void set_check(std::span<std::uint8_t> page, std::int64_t number);
// A page of zeros alone counts as intact: SQLite leaves holes for pages that it has never written.
bool intact(std::span<const std::uint8_t> page, std::int64_t number);

}  // namespace db
