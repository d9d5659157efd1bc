// The ballot box of an open survey on a roll, in local tables of its own; how it is kept without order or time:
// <ballot_box/ballot_box.h>.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ballot_box/ballot_box.h>
#include <db/db.h>
#include <kernel/bytes.h>

#include "survey.h"

namespace survey {

struct Ballot {
    std::string picks, texts;  // as picks_text(); a JSON array of what was written, "" for nothing
};

void put_key(db::Connection&, SurveyId, kernel::View key32);
std::optional<kernel::Bytes> key_of(db::Connection&, SurveyId);  // nothing: the box is gone
bool spent(db::Connection&, SurveyId, const std::string& mark);
void put_ballot(db::Connection&, SurveyId, const std::string& mark, const Answers&);
std::vector<std::string> spent_in(db::Connection&, SurveyId);     // sorted
std::vector<Answers> ballots_in(db::Connection&, const Survey&);  // by random key: in no order
void empty_box(db::Connection&, SurveyId);
std::int64_t ballots_waiting(db::Connection&);  // of all surveys

}  // namespace survey
