#include <algorithm>

#include "box.h"

namespace review {
namespace {

// How many rows of each table change their place with every ballot.
constexpr int moved_together = 24;
constexpr std::size_t key_bytes = 16, mark_bytes = 16;

struct Kept {
    kernel::Bytes key;
    Ballot ballot;
};

Kept kept_at(const db::Row& row) {
    const kernel::View key = row.bytes(0);
    return {{key.begin(), key.end()}, {static_cast<int>(row.integer(1) - 1), row.text(2), row.text(3), row.text(4)}};
}

std::vector<Kept> some_ballots(db::Connection& db, ReviewId id) {
    std::vector<Kept> all;
    const kernel::Bytes from = kernel::random_bytes(key_bytes);
    const auto take = [&](const db::Rows& rows) {
        for (const db::Row& row : rows) all.push_back(kept_at(row));
    };
    take(
        db.query("select ballot_key, panel, answers, name, reasons from review_box where review = $1 and ballot_key >= "
                 "$2 order by ballot_key limit $3",
                 id.value(), from, moved_together));
    take(
        db.query("select ballot_key, panel, answers, name, reasons from review_box where review = $1 and ballot_key < "
                 "$2 order by ballot_key limit $3",
                 id.value(), from, moved_together - static_cast<int>(all.size())));
    return all;
}

void mix_in_ballot(db::Connection& db, ReviewId id, const Ballot& ballot) {
    std::vector<Kept> all = some_ballots(db, id);
    for (const Kept& one : all)
        db.run("delete from review_box where review = $1 and ballot_key = $2", id.value(), one.key);
    all.push_back({{}, ballot});
    for (Kept& one : all) one.key = kernel::random_bytes(key_bytes);
    std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) { return a.key < b.key; });
    const db::WordsOf sealed(db, id.value());  // their own entry comes at the close
    for (const Kept& one : all)
        db.run(
            "insert into review_box (review, ballot_key, panel, answers, name, reasons) values ($1, $2, $3, $4, $5, "
            "$6)",
            id.value(), one.key, one.ballot.panel + 1, one.ballot.answers, one.ballot.name, one.ballot.reasons);
}

void mix_in_mark(db::Connection& db, ReviewId id, const std::string& mark) {
    std::vector<std::string> all = {mark};
    const std::string from = kernel::hex(kernel::random_bytes(mark_bytes));
    const auto take = [&](const db::Rows& rows) {
        for (const db::Row& row : rows) all.push_back(row.text(0));
    };
    take(db.query("select mark from review_spent where review = $1 and mark >= $2 order by mark limit $3", id.value(),
                  from, moved_together));
    take(db.query("select mark from review_spent where review = $1 and mark < $2 order by mark limit $3", id.value(),
                  from, moved_together + 1 - static_cast<int>(all.size())));
    for (const std::string& one : all)
        db.run("delete from review_spent where review = $1 and mark = $2", id.value(), one);
    std::sort(all.begin(), all.end());
    for (const std::string& one : all)
        db.run("insert into review_spent (review, mark) values ($1, $2)", id.value(), one);
}

}  // namespace

std::string mark_of(kernel::View key, ReviewId id, std::string_view digits) {
    const std::string said = "huiyin ballot code v1 " + std::to_string(id.value()) + " " + std::string(digits);
    const kernel::Hash hash = kernel::hmac_sha256(key, kernel::view(said));
    return kernel::hex(kernel::View(hash).first(mark_bytes));
}

void put_key(db::Connection& db, ReviewId id, kernel::View key32) {
    db.run("insert into review_key (review, secret) values ($1, $2)", id.value(), key32);
}

std::optional<kernel::Bytes> key_of(db::Connection& db, ReviewId id) {
    const auto row = db.one("select secret from review_key where review = $1", id.value());
    if (!row) return std::nullopt;
    const kernel::View key = row->bytes(0);
    return kernel::Bytes(key.begin(), key.end());
}

bool spent(db::Connection& db, ReviewId id, const std::string& mark) {
    return db.one("select mark from review_spent where review = $1 and mark = $2", id.value(), mark).has_value();
}

void put_ballot(db::Connection& db, ReviewId id, const std::string& mark, const Ballot& ballot) {
    mix_in_mark(db, id, mark);
    mix_in_ballot(db, id, ballot);
}

std::vector<std::string> spent_in(db::Connection& db, ReviewId id) {
    std::vector<std::string> all;
    for (const db::Row& row : db.query("select mark from review_spent where review = $1 order by mark", id.value()))
        all.push_back(row.text(0));
    return all;
}

std::vector<Ballot> ballots_in(db::Connection& db, ReviewId id) {
    std::vector<Ballot> all;
    for (const db::Row& row :
         db.query("select ballot_key, panel, answers, name, reasons from review_box where review = "
                  "$1 order by ballot_key",
                  id.value()))
        all.push_back(kept_at(row).ballot);
    return all;
}

void empty_box(db::Connection& db, ReviewId id) {
    db.run("delete from review_box where review = $1", id.value());
    db.run("delete from review_spent where review = $1", id.value());
    db.run("delete from review_key where review = $1", id.value());
}

std::int64_t ballots_waiting(db::Connection& db) { return db.one("select count(*) from review_spent")->integer(0); }

}  // namespace review
