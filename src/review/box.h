// The ballot box of an open review, in local tables of its own; how it is kept without order or time:
// <ballot_box/ballot_box.h>.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ballot_box/ballot_box.h>
#include <db/db.h>
#include <kernel/bytes.h>

#include "review.h"

namespace review {

struct Ballot {
    int panel = 0;              // from 0
    std::string answers;        // a digit 0..5 for each question
    std::string name, reasons;  // of panels by name, else ""
};

void put_key(db::Connection&, ReviewId, kernel::View key32);
std::optional<kernel::Bytes> key_of(db::Connection&, ReviewId);  // nothing: the box is gone
bool spent(db::Connection&, ReviewId, const std::string& mark);
void put_ballot(db::Connection&, ReviewId, const std::string& mark, const Ballot&);
std::vector<std::string> spent_in(db::Connection&, ReviewId);  // sorted
std::vector<Ballot> ballots_in(db::Connection&, ReviewId);     // by random key: in no order
void empty_box(db::Connection&, ReviewId);
std::int64_t ballots_waiting(db::Connection&);  // of all reviews

}  // namespace review
