// What opinion maps say to the features below and beside them.
#pragma once
#include <memory>

#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <opinion_map/opinion_map.h>

namespace server {

// On a dialogue's own page, and which statement is asked next.
void add_maps(dialogue::Hooks&, const people::Needs&, std::shared_ptr<opinion_map::Live>);
// How divided an issue is hangs on what each group of opinion said.
issue::OpinionGroups opinions(std::shared_ptr<opinion_map::Live>);

}  // namespace server
