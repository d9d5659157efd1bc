// What is grouped, read through the faces of those who keep it.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <db/database.h>

#include "item.h"

namespace discovery {

struct Piece {
    Item item = 0;
    people::CycleId cycle;
    std::int64_t person = 0;  // 0: nobody knows
    std::int64_t issue = 0;   // that holds it: the first; 0: none
    std::string title, text, district;
    bool open = true;  // for everybody to read
};
// The words as staff group them: messages that are published or for the unit alone, accepted statements, texts of
// closed surveys. Nothing for what is hidden, held, withdrawn, split, put back, erased, advice on an issue, or not
// there.
std::optional<Piece> piece(db::Connection&, Item);
// Open rounds and the desk: where something can be gathered into.
bool takes_part(const cycle::Cycle&);
std::vector<cycle::Cycle> open_rounds(db::Connection&);
// What stands there (messages from elsewhere, as a rule) is staff's to look at, and taken up when the round asks.
std::vector<cycle::Cycle> rounds_in_preparation(db::Connection&);
// The newest `most` of all that stands in them, by item. Reads in parts, each with a connection of its own; stops
// early, with what it has, when `go_on` says no.
std::vector<Piece> corpus(db::Database&, const std::vector<cycle::Cycle>&, std::size_t most,
                          const std::function<bool()>& go_on);

}  // namespace discovery
