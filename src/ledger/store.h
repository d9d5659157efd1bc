// All SQL of the ledger. Main tables are written by the writer and by rebuild alone.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>

#include "ledger.h"

namespace db {
class Connection;
}

namespace ledger::store {

using Stored = WholeEntry;  // an entry as it lies in the tables
using Words = WholeEntry::Words;

void add_entry(db::Connection&, std::int64_t index, std::string_view leaf, std::string_view facts, kernel::View salt,
               bool open);
void add_words(db::Connection&, std::int64_t index, std::string_view words, kernel::View salt, bool open);
// Those that a version wrote which did not seal words yet: on PostgreSQL alone.
void seal_words(db::Connection&);
bool has_words(db::Connection&, std::int64_t index);
std::vector<std::int64_t> with_served_words(db::Connection&, std::span<const std::int64_t> indices);
void destroy_words(db::Connection&, std::int64_t index);
std::vector<Stored> entries(db::Connection&, std::int64_t from, std::int64_t before, int at_most);
std::vector<std::string> leaves(db::Connection&, std::int64_t from, std::int64_t before);
std::int64_t entry_count(db::Connection&);  // the highest index, plus one

void put_tile(db::Connection&, int level, std::int64_t n, kernel::View hashes);
std::optional<kernel::Bytes> tile(db::Connection&, int level, std::int64_t n);

struct Head {
    std::int64_t epoch = 0, size = 0;
    std::string checkpoint, leader;
};
std::optional<Head> head(db::Connection&);
void add_head(db::Connection&, const Head&);
// Both are compare-and-swap: false when the row is no longer what the caller thinks.
bool move_head(db::Connection&, std::int64_t epoch, std::int64_t from, std::int64_t to, std::string_view checkpoint);
bool take_lead(db::Connection&, std::int64_t epoch, std::int64_t size, std::string_view leader);

// Tokens of forms, numbered as they came; the oldest go first. The table has no index on the token: a random key
// dirties a page for each act, which cost the writer as much again as the whole act.
struct Used {
    std::int64_t n = 0, day = 0;
    kernel::Hash token{};
    std::int64_t index = 0;
};
void add_used(db::Connection&, const Used&);
std::optional<Used> used(db::Connection&, std::int64_t n);
void each_used(db::Connection&, const std::function<void(const Used&)>&);  // in order
void drop_used(db::Connection&, std::int64_t before);

std::int64_t mark(db::Connection&, std::string_view follower);
void put_mark(db::Connection&, std::string_view follower, std::int64_t index);

}  // namespace ledger::store
