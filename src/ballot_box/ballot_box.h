// What keeps a secret ballot apart from who gave it, the same for everybody who asks by one-time codes. While the vote
// is open its codes and ballots lie in local tables of main.db, written by the writer's acts alone and emptied by the
// close. Each owner has tables of its own, because a ballot's columns are the owner's; how their rows are put in, keyed
// and moved stands here. Neither a code nor a ballot has an order or a time, and nothing joins the two:
// - both tables are keyed by random values, and no other index stands on them;
// - each ballot put in moves some others of both tables: what lies there is taken out and put back in the order of
//   fresh random keys, so that neither the place of a row in its page (SQLite) nor its transaction number (PostgreSQL)
//   pairs a code with a ballot;
// - what an engine keeps of earlier states is cut by sweep().
// What remains possible to whoever copies the disk or the database again and again: README.md.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kernel/bytes.h>

namespace db {
class Connection;
class Database;
}  // namespace db
namespace jobs {
struct Task;
}

namespace ballot_box {

// How many rows of each table change their place with every ballot, and the length of a ballot's random key.
inline constexpr int moved_together = 24;
inline constexpr std::size_t key_bytes = 16;

// The mark of a code under the key of a box, which is destroyed when the box is emptied: the first 16 bytes of its HMAC
// in hex. `box` is the entry that made what is voted on.
std::string mark_of(kernel::View key32, std::int64_t box, std::string_view digits);

// So many new codes, as they are handed out, and their marks, sorted: which is whose mark is not kept.
struct Slips {
    std::vector<std::string> in_fives, marks;
};
Slips make_slips(kernel::View key32, std::int64_t box, std::int64_t n);

// Every order is as likely as every other (Fisher and Yates), by the operating system's generator.
template <class Sequence>
void shuffle(Sequence& all) {
    for (std::size_t left = all.size(); left > 1; --left)
        std::swap(all[left - 1], all[static_cast<std::size_t>(kernel::random_below(static_cast<std::int64_t>(left)))]);
}

// Rows of one box in a table of the owner's, by their keys. `from` and `before` give at most n rows whose key is not
// less, or is less, in the order of the keys; drop() and put() are of one row.
//   Bytes keys: std::vector<std::pair<kernel::Bytes, Ballot>> from(key, n), before(key, n); drop(key), put(key, ballot)
//   marks:      std::vector<std::string> from(mark, n), before(mark, n); drop(mark), put(mark)
template <class Ballots, class Ballot>
void put_in(Ballots& rows, Ballot ballot) {
    const kernel::Bytes at = kernel::random_bytes(key_bytes);
    auto moved = rows.from(at, moved_together);
    for (auto& row : rows.before(at, moved_together - static_cast<int>(moved.size()))) moved.push_back(std::move(row));
    for (const auto& row : moved) rows.drop(row.first);
    moved.emplace_back(kernel::Bytes(), std::move(ballot));
    for (auto& row : moved) row.first = kernel::random_bytes(key_bytes);
    std::sort(moved.begin(), moved.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& row : moved) rows.put(row.first, row.second);
}
template <class Marks>
void spend(Marks& rows, const std::string& mark) {
    const std::string at = kernel::hex(kernel::random_bytes(key_bytes));
    std::vector<std::string> moved = rows.from(at, moved_together);
    for (std::string& one : rows.before(at, moved_together - static_cast<int>(moved.size())))
        moved.push_back(std::move(one));
    for (const std::string& one : moved) rows.drop(one);
    moved.push_back(mark);
    std::sort(moved.begin(), moved.end());
    for (const std::string& one : moved) rows.put(one);
}

// SQLite's write-ahead log holds the pages of a box as each ballot left them: the task cuts it within a minute whenever
// the number of ballots in the owner's boxes has changed. On PostgreSQL it is a vacuum.
jobs::Task sweep(std::string name, db::Database&, std::function<std::int64_t(db::Connection&)> waiting);

}  // namespace ballot_box
