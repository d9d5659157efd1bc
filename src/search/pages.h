// What was asked, read out of an address, and the answers as a page, JSON and a feed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <http/http.h>
#include <kernel/json.h>
#include <kernel/result.h>
#include <page/atom.h>
#include <page/page.h>

#include "excerpt.h"
#include "find.h"

namespace search {

inline constexpr int hits_on_a_page = 20, hits_in_feed = 50;

struct Wished {
    std::optional<Asked> asked;  // nothing when nothing was asked, or something is wrong
    std::vector<kernel::Error> errors;
    bool bad_cursor = false;  // a page begins with its first hits then
};
Wished wished(const http::Request&, text::Tokenizer&);
std::string address_of(const Asked&, std::string_view path);  // without the cursor

// A hit as it is to be read now.
struct Read {
    Hit hit;
    Document document;
    std::vector<Shown> title, excerpt;  // a title is never empty; of an excerpt nothing where the title says it all
};
// Each is looked at again: what may not be read any more, or has other words now, is left out.
std::vector<Read> read(db::Connection&, const Asked&, const std::vector<Hit>&, text::Tokenizer&);

struct Standing {  // of the index
    std::int64_t entries = 0, of = 0;
    bool behind() const { return entries + 1000 < of; }
};
page::Page search_page(const http::Request&, db::Connection&, const Wished&, const std::optional<Found>&,
                       const std::vector<Read>&, const Standing&);
kernel::Json as_json(const Found&, const std::vector<Read>&);
page::Feed as_feed(page::Lang, db::Connection&, const Asked&, const std::vector<Read>&, const std::string& origin,
                   kernel::Instant since);

}  // namespace search
