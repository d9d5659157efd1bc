// What the pages and the API of the log share.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <http/http.h>
#include <kernel/json.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include "proof.h"

namespace proof {

kernel::Json receipt_json(const ledger::Receipt&);
kernel::Json entry_json(const ledger::PublicEntry&);
// What of the entries may be shown now, from `from` on, at most so many.
std::vector<ledger::PublicEntry> shown_entries(const Hooks&, db::Connection&, std::int64_t from, int at_most);
std::optional<std::int64_t> index_param(const http::Request&);  // of "{index}"
kernel::Error no_such_entry();

struct Checked {
    bool signed_by_log = false, in_tree = false;
    std::int64_t size = 0;
};
Checked check(const ledger::Receipt&, const merkle::VerifierKey&);

std::optional<Matter> matter_of(const Hooks&, db::Connection&, std::int64_t entry);
using people::kind_words;

// The receipt that can be had now: in the newest cosigned checkpoint that covers the entry, or until there is one in
// the log's own.
std::optional<ledger::Receipt> receipt_of(const Hooks&, db::Connection&, std::int64_t index);
// For the part proof/witnessed: what the witnesses say of this checkpoint, a signed note.
void set_witnessed(page::Lang, const witnesses::Witnesses&, const std::string& checkpoint, page::Data&);
void set_standings(page::Lang, const Hooks&, page::Data&);  // each witness, and whether one raises the alarm
kernel::Json witnesses_json(const Hooks&);
std::string cache_key(const Hooks&);  // changes with what witnesses say

void add_log_files(http::Router&, const people::Needs&,
                   const Hooks&);  // checkpoint, key, policy, tiles, bundles, payloads
void add_log_pages(http::Router&, const people::Needs&, const Hooks&);
void add_receipt_pages(http::Router&, const people::Needs&, const Hooks&);
void add_rules_page(http::Router&, const people::Needs&, const Hooks&);
void add_api(http::Router&, const people::Needs&, const Hooks&);

}  // namespace proof
