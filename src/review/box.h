// The ballot box of an open review: local tables in main.db, written by the writer's acts alone and emptied by the
// close. Neither a code nor a ballot has an order or a time, and nothing joins the two:
// - both tables are keyed by random values, and no other index stands on them;
// - each ballot put in moves some others of both tables: what lies there is taken out and put back in the order of
// fresh
//   random keys, so that neither the place of a row in its page (SQLite) nor its transaction number (PostgreSQL) pairs
//   a code with a ballot;
// - what an engine keeps of earlier states is cut by sweep().
// What remains possible to whoever copies the disk or the database again and again: README.md.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <kernel/bytes.h>

#include "review.h"

namespace review {

struct Ballot {
    int panel = 0;              // from 0
    std::string answers;        // a digit 0..5 for each question
    std::string name, reasons;  // of panels by name, else ""
};

// The mark of a code under a review's key: the first 16 bytes of its HMAC, in hex.
std::string mark_of(kernel::View key, ReviewId, std::string_view digits);

void put_key(db::Connection&, ReviewId, kernel::View key32);
std::optional<kernel::Bytes> key_of(db::Connection&, ReviewId);  // nothing: the box is gone
bool spent(db::Connection&, ReviewId, const std::string& mark);
void put_ballot(db::Connection&, ReviewId, const std::string& mark, const Ballot&);
std::vector<std::string> spent_in(db::Connection&, ReviewId);  // sorted
std::vector<Ballot> ballots_in(db::Connection&, ReviewId);     // by random key: in no order
void empty_box(db::Connection&, ReviewId);
std::int64_t ballots_waiting(db::Connection&);  // of all reviews

}  // namespace review
