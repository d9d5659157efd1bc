// The bytes of the parts of a log in a backup.
#pragma once
#include <vector>

#include <db/db.h>
#include <kernel/ring.h>
#include <ledger/ledger.h>

namespace backup {

kernel::Bytes log_part(const std::vector<ledger::WholeEntry>&);
// Only of entries that have words, and whose key is there.
kernel::Bytes words_part(const std::vector<ledger::WholeEntry>&, const kernel::Ring&);
// Both read back. Words whose key is gone are absent, and named in `lost`; std::runtime_error naming the entry for
// sealed words that are not what was sealed.
std::vector<ledger::WholeEntry> read_parts(kernel::View log, kernel::View words, const kernel::Ring&,
                                           const std::string& name, std::vector<std::int64_t>& lost);
// The target of an erasure; nothing for every other leaf.
std::optional<std::int64_t> erased_by(const std::string& leaf);
// Rows of local tables, one line each.
struct LocalRow {
    std::string schema, table;
    std::vector<std::string> columns;
    db::Row row;
};
std::vector<LocalRow> read_rows(std::string_view lines);  // std::runtime_error for what row_line() did not write
std::string row_line(const std::string& schema, const std::string& table, const std::vector<std::string>& columns,
                     const db::Row&);

}  // namespace backup
