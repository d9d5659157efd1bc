// What lies between the rows of a page of SQLite: bytes of rows that were moved or taken out.
#pragma once
#include <span>

#include <cstdint>

namespace db {

// Overwrites with zeros what a b-tree page does not use: the gap between its cell pointers and its cells, and its
// freeblocks but for their headers (SQLite's file format, 1.6). `first`: the page begins with the file's header. Every
// other page, and one whose numbers do not fit each other, stays as it is. Says whether it looked like a b-tree page.
// Fragments of at most three bytes between two cells are not looked for.
bool clear_gaps(std::span<std::uint8_t> page, bool first);

// From this page number on an overflow page can begin with the same byte as a b-tree page: its first four bytes are the
// number of the next page. At 4,096 bytes a page that is 128 GiB.
inline constexpr std::int64_t ambiguous_from = std::int64_t{2} << 24;

}  // namespace db
