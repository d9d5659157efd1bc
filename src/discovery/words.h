// How an item is shown to somebody: its words where they may be read, where they stand, whose they are.
#pragma once
#include <string>

#include <page/page.h>

#include "item.h"

namespace discovery {

struct Shown {
    std::string start, lang;  // the title, or how the text begins; "" when this reader may not read it
    std::string text;         // all of it
    std::string link;         // "" for none
    std::string kind;         // in the reader's words: "suggestion", "statement", "survey: what was asked"
    std::string day;
    people::CycleId cycle;
};
// Nothing where it is not there any more.
std::optional<Shown> shown(page::Lang, db::Connection&, const people::Actor&, Item);

}  // namespace discovery
