// What lets anybody check the log: checkpoint, tiles, entries, receipts, "is my message in it?", and the rules in
// force.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kernel/time.h>
#include <people/people.h>

namespace page {
class Html;
enum class Lang;
}  // namespace page

namespace witnesses {
class Witnesses;
}

namespace proof {

// What the slip of an entry says, told by the feature the entry belongs to.
struct Matter {
    std::string kind_key;  // message key
    std::optional<kernel::Day> due;
    std::string link;
};
struct Hooks {
    std::vector<std::function<std::optional<Matter>(db::Connection&, std::int64_t entry)>> matters;
    // Words that were served once but may not be shown now, because the matter is held or hidden meanwhile.
    std::function<bool(db::Connection&, std::int64_t entry)> withheld;
    // What higher features show on an entry's page; an empty Html adds nothing.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, std::int64_t entry)>> parts;
    // And on its receipt's page, below the slip.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, std::int64_t entry)>> receipt_parts =
        {};
    // What higher features add to /rules: sections of their own.
    std::vector<std::function<page::Html(page::Lang, db::Connection&)>> rules;
    std::string version, build_hash;                  // shown on /rules
    const witnesses::Witnesses* witnesses = nullptr;  // never null when the routes are added; outlives them
    // A setting that does not hold, because something among `rules` says it now: left out of the terms.
    std::function<bool(db::Connection&, std::string_view setting)> said_elsewhere = {};
};
// /log, /log/checkpoint, /log/policy, /log/tile/…, /log/payloads/…, /log/check.html, /entries, /entries/{index},
// /receipts/{index}, /receipts/{index}/proof, /check, /rules, and the same under /api/v1/ledger and /api/v1/rules.
void add_routes(http::Router&, const people::Needs&, Hooks);

// With how many witnesses the log is signed now, or what is missing: a paragraph for other pages.
page::Html witnessed(page::Lang, const witnesses::Witnesses&);

// The cookie in which a secret code travels from the act's answer to the receipt's page: one minute, HttpOnly, shown
// once.
inline constexpr std::string_view code_cookie = "code";

}  // namespace proof
