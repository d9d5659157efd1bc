// The suggestions, as the program found them: derived tables. Reads: any connection; writes: that of derived.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <db/db.h>
#include <kernel/time.h>
#include <ledger/ledger.h>

#include "item.h"

namespace discovery {

struct Group {
    std::int64_t id = 0;  // the lowest item in it
    std::optional<issue::IssueId> issue, resembles;
    std::int64_t topic = 0;
    people::CycleId cycle;
    Item example = 0;
    std::int64_t people = 0, items = 0, texts = 0;  // texts: copies count once
    std::int64_t cohesion = 0;                      // mean likeness in ten-thousandths
    bool cohesive = false;                          // one matter, not many of one kind
    std::vector<std::string> keywords, districts;   // empty once words were erased, until the next grouping
    friend bool operator==(const Group&, const Group&) = default;
};
struct Grouped {
    Item item = 0;
    std::int64_t group = 0;
    Item first = 0;
    friend bool operator==(const Grouped&, const Grouped&) = default;
};
struct Run {
    kernel::Instant at;
    std::int64_t items = 0, left_out = 0, groups = 0, milliseconds = 0;
};

// Those with most people first; after the one with this many people and this id.
struct Rank {
    std::int64_t people = 0, id = 0;
};
std::vector<Group> groups(db::Connection&, std::optional<people::CycleId>, std::optional<Rank> after, int at_most);
std::optional<Group> group(db::Connection&, std::int64_t id);
std::vector<Group> of_topic(db::Connection&, std::int64_t topic, int at_most);  // by id
std::vector<Group> for_issue(db::Connection&, issue::IssueId, int at_most);     // by id
std::vector<Grouped> grouped(db::Connection&, std::int64_t group, Item after, int at_most);
std::optional<Grouped> grouped(db::Connection&, Item);
bool kept_out(db::Connection&, issue::IssueId, Item);
std::set<std::pair<std::int64_t, Item>> all_kept_out(db::Connection&);  // issue and item
std::optional<Run> last_run(db::Connection&);
std::int64_t how_many(db::Connection&, people::CycleId, int at_most);  // groups of a round, counted up to so many

// In place of all there were, and then what entries from `since` up to the follower's mark say of it: one transaction.
void write(db::Connection& derived, const std::vector<Group>&, const std::vector<Grouped>&, const Run&,
           std::int64_t since);
// What an entry changes: what was gathered leaves its suggestion, what is no part of an issue is remembered, and when
// words are erased all labels are emptied.
void follow(db::Connection& derived, const ledger::Entry&);
ledger::Follower follower();

}  // namespace discovery
