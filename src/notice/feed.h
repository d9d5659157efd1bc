// Feeds (RFC 4287) of what happened in a matter: kinds and numbers, no words, so that nothing in a reader's copy ever
// has to be taken back.
#pragma once
#include <string>
#include <vector>

#include <page/page.h>

#include "notice.h"

namespace notice {

struct FeedEntry {
    std::int64_t entry = 0;
    std::string title, link;
    kernel::Instant at;
};
struct Feed {
    Matter matter;
    std::string title, author, address, lang;  // address: of this installation; "" leaves links relative to the feed
    std::string link;                          // of the matter: "/voices/17"
    std::string origin;                        // of the log: what ids are made of
    kernel::Instant since;                     // when nothing has happened yet
    std::vector<FeedEntry> entries;            // newest first
};
std::string atom(const Feed&);

}  // namespace notice
