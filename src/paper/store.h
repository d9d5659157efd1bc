// The rows of paper. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "paper.h"

namespace paper {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

std::vector<people::OfficerId> typists(db::Connection&, SheetId);
std::optional<Version> version(db::Connection&, std::int64_t entry);
people::OfficerId counted_by(db::Connection&, BatchId);  // who said how many sheets there are
int next_free(db::Connection&, const Batch&);            // the lowest number of no sheet; 0: there is none
struct Sums {
    std::int64_t batches = 0, open = 0, sheets = 0, taken = 0, aside = 0, left = 0;
};
Sums sums(db::Connection&, people::CycleId);
// For the test that they never scan.
db::Query sheets_query(BatchId, SheetState, int after, int at_most);
db::Query without_code_query(BatchId, int after, int at_most);

}  // namespace paper
