// The public matrix of a dialogue that is over, and how it is written: rows in a new, random order under no number, no
// times, no hint who wrote a statement. What was frozen is computed from it alone, so that anybody can compute it
// again.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <dialogue/dialogue.h>
#include <kernel/bytes.h>
#include <opinion/picture.h>

namespace opinion_map {

using dialogue::StatementId;

struct PublicMatrix {
    std::vector<StatementId> columns;
    std::vector<bool> hidden;       // of each column: set aside, weighs nothing
    std::vector<std::string> rows;  // as row_text() writes them; none is empty
    friend bool operator==(const PublicMatrix&, const PublicMatrix&) = default;
};

// "0a3d12p": column and a letter for agree, disagree, pass, by rising column.
std::string row_text(std::span<const opinion::Votes::Code>);
// Nothing when it is not what row_text() writes, or names a column that is none.
std::optional<std::vector<opinion::Votes::Code>> parse_row(std::string_view, std::size_t columns);

// Leaves out the columns `secret` says, then empty rows; the others in random order.
PublicMatrix shuffled(const opinion::Votes&, const std::vector<StatementId>& statements,
                      const std::vector<bool>& secret);
// Throws std::runtime_error when a row cannot be read.
opinion::Votes votes_of(const PublicMatrix&);

// SHA-256 over the lines "column id[ hidden]" and then the rows, each ended by LF.
kernel::Hash digest(const PublicMatrix&);
// SHA-256 over every number of a picture in the order of its members: floating-point numbers as their 8 bytes (IEEE
// 754, little-endian), whole numbers as 8 bytes, lists after their length.
kernel::Hash digest(const opinion::Picture&);

// How `picture` is computed; another method, another number.
inline constexpr std::int64_t method = 1;

}  // namespace opinion_map
