// Feeds (RFC 4287) of what happened: kinds and numbers, no words, so that nothing in a reader's copy ever has to be
// taken back.
#pragma once
#include <string>
#include <vector>

#include <kernel/time.h>

namespace page {

struct FeedEntry {
    std::int64_t entry = 0;
    std::string title, link;
    kernel::Instant at;
};
struct Feed {
    std::string name;                          // what its id is made of: "voice/17"
    std::string self;                          // "/feeds/voice/17.atom?lang=en"
    std::string title, author, address, lang;  // address: of this installation; "" leaves links relative to the feed
    std::string link;                          // of the page that it is the feed of: "/voices/17"
    std::string origin;                        // of the log: what ids are made of
    kernel::Instant since;                     // when nothing has happened yet
    std::vector<FeedEntry> entries;            // newest first
};
std::string atom(const Feed&);
inline constexpr const char* atom_type = "application/atom+xml; charset=utf-8";

}  // namespace page
