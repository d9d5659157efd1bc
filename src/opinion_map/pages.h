// What the pages of this feature are made of.
#pragma once
#include <db/db.h>
#include <http/http.h>
#include <kernel/json.h>
#include <page/page.h>

#include "view.h"

namespace opinion_map {

std::string address(DialogueId);  // "/dialogues/17/map"
page::Page map_page(const http::Request&, db::Connection&, const dialogue::Dialogue&, const Shown&,
                    const std::optional<Me>&, const Hooks&);
// Within a frame of another site: the map and its groups, nobody in it.
page::Page frame_page(const http::Request&, db::Connection&, const dialogue::Dialogue&, const Shown&);
page::Html small_map(page::Lang, db::Connection&, const dialogue::Dialogue&, const Shown&, const std::optional<Me>&);
kernel::Json as_json(db::Connection&, const dialogue::Dialogue&, const Shown&);

}  // namespace opinion_map
