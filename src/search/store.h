// The derived tables: which matters there are, the lists of words of each block of them, by which rules they were made.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <kernel/bytes.h>
#include <kernel/time.h>

#include "matters.h"

namespace search {

struct Row {
    std::int64_t n = 0;
    Matter matter;
    kernel::Instant came;
    Attributes attributes;
    std::int64_t own_print = 0, answer_print = 0;  // of what is indexed of it; 0: nothing
    std::int64_t as_of = 0;                        // it was read when the log had so many entries
};
std::optional<Row> row_of(db::Connection&, const Matter&);
std::vector<Row> rows_of(db::Connection&, const std::vector<std::int64_t>& ns);
std::int64_t next_n(db::Connection&);                        // one more than the last
std::int64_t first_since(db::Connection&, kernel::Instant);  // the first that came then or later, else next_n()
std::optional<kernel::Instant> came_at(db::Connection&, std::int64_t n);
void put(db::Connection& derived, const Row&);

// The number of a block and a word's hash are one key.
std::int64_t place_of(std::int64_t block, std::int64_t hash);
std::optional<kernel::Bytes> list_at(db::Connection&, std::int64_t place);
using Lists = std::map<std::int64_t, kernel::Bytes>;
Lists lists_at(db::Connection&, const std::vector<std::int64_t>& places);  // those that are there
void put_list(db::Connection& derived, std::int64_t place, const kernel::Bytes&);
void drop_list(db::Connection& derived, std::int64_t place);
using EachList = std::function<void(std::int64_t place, kernel::View list)>;
void each_list(db::Connection&, std::int64_t block, const EachList&);

struct Made {
    std::string rules;
    std::int64_t entries = 0;
};
std::optional<Made> made(db::Connection&);
void put_made(db::Connection& derived, const Made&);
void drop_all(db::Connection& derived);

}  // namespace search
