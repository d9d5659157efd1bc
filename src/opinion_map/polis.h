// A dialogue that is over, in the files of a Polis export: what `huiyin import polis` takes.
#pragma once
#include <http/http.h>

#include "live.h"

namespace opinion_map {

// "comments.csv", "votes.csv", "participants-votes.csv" or "summary.csv" of a frozen map, streamed; nothing for other
// names, or where nothing was frozen. People have the numbers of the rows of the public matrix, statements those of
// their source or of their place; no author; of times, a statement's day and, for every vote, the day of freezing;
// words as far as they are public now.
std::optional<http::Response> polis_file(const people::Needs&, std::shared_ptr<const Map>, std::string_view name);

}  // namespace opinion_map
