// What freezes a map, as typed values, and their permanent encoding in the ledger. Facts alone, served to everyone:
// nothing in them is anybody's own.
#pragma once
#include <variant>

#include <ledger/ledger.h>

#include "matrix.h"
#include "opinion_map.h"

namespace opinion_map::change {

// Some rows of a public matrix. They count once a Frozen names them; else the freezing was cut short and began again.
struct Rows {
    DialogueId dialogue;
    std::vector<std::string> rows;
    friend bool operator==(const Rows&, const Rows&) = default;
};
struct Frozen {
    DialogueId dialogue;
    std::int64_t method = 1;
    std::vector<StatementId> columns;
    std::vector<StatementId> hidden;   // those among them that were set aside
    std::vector<std::int64_t> parts;   // entries with the rows, in their order
    std::int64_t rows = 0, votes = 0;  // of the matrix
    std::int64_t people = 0;           // who voted; more than rows where somebody voted on nothing that is in it
    std::int64_t left_out = 0;         // statements that too few people voted on to hide who wrote them
    kernel::Hash matrix{}, map{};      // digest() of both
    std::vector<std::int64_t> groups;  // people in each
    friend bool operator==(const Frozen&, const Frozen&) = default;
};
using Change = std::variant<Rows, Frozen>;

inline constexpr std::string_view rows_kind = "opinion_map.rows_published";
inline constexpr std::string_view frozen_kind = "opinion_map.frozen";
inline constexpr std::size_t rows_bytes = 48 * 1024;  // of one entry, about

ledger::Draft encode(const Change&);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace opinion_map::change
