#include "box.h"

namespace review {
namespace {

struct Ballots {
    using Kept = std::vector<std::pair<kernel::Bytes, Ballot>>;
    db::Connection& db;
    const ReviewId id;

    Kept from(const kernel::Bytes& key, int n) const {
        return read(
            db.query("select ballot_key, panel, answers, name, reasons from review_box where review = $1 and "
                     "ballot_key >= $2 order by ballot_key limit $3",
                     id.value(), key, n));
    }
    Kept before(const kernel::Bytes& key, int n) const {
        return read(
            db.query("select ballot_key, panel, answers, name, reasons from review_box where review = $1 and "
                     "ballot_key < $2 order by ballot_key limit $3",
                     id.value(), key, n));
    }
    void drop(const kernel::Bytes& key) const {
        db.run("delete from review_box where review = $1 and ballot_key = $2", id.value(), key);
    }
    void put(const kernel::Bytes& key, const Ballot& b) const {
        db.run(
            "insert into review_box (review, ballot_key, panel, answers, name, reasons) values ($1, $2, $3, $4, $5, "
            "$6)",
            id.value(), key, b.panel + 1, b.answers, b.name, b.reasons);
    }
    static Kept read(const db::Rows& rows) {
        Kept all;
        for (const db::Row& row : rows) {
            const kernel::View key = row.bytes(0);
            all.emplace_back(kernel::Bytes(key.begin(), key.end()),
                             Ballot{static_cast<int>(row.integer(1) - 1), row.text(2), row.text(3), row.text(4)});
        }
        return all;
    }
};

struct Marks {
    db::Connection& db;
    const ReviewId id;

    std::vector<std::string> from(const std::string& mark, int n) const {
        return read(db.query("select mark from review_spent where review = $1 and mark >= $2 order by mark limit $3",
                             id.value(), mark, n));
    }
    std::vector<std::string> before(const std::string& mark, int n) const {
        return read(db.query("select mark from review_spent where review = $1 and mark < $2 order by mark limit $3",
                             id.value(), mark, n));
    }
    void drop(const std::string& mark) const {
        db.run("delete from review_spent where review = $1 and mark = $2", id.value(), mark);
    }
    void put(const std::string& mark) const {
        db.run("insert into review_spent (review, mark) values ($1, $2)", id.value(), mark);
    }
    static std::vector<std::string> read(const db::Rows& rows) {
        std::vector<std::string> all;
        for (const db::Row& row : rows) all.push_back(row.text(0));
        return all;
    }
};

}  // namespace

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
    Marks marks{db, id};
    ballot_box::spend(marks, mark);
    Ballots ballots{db, id};
    const db::WordsOf sealed(db, id.value());  // their own entry comes at the close
    ballot_box::put_in(ballots, ballot);
}

std::vector<std::string> spent_in(db::Connection& db, ReviewId id) {
    return Marks::read(db.query("select mark from review_spent where review = $1 order by mark", id.value()));
}

std::vector<Ballot> ballots_in(db::Connection& db, ReviewId id) {
    std::vector<Ballot> all;
    for (auto& [key, ballot] : Ballots::read(
             db.query("select ballot_key, panel, answers, name, reasons from review_box where review = $1 order by "
                      "ballot_key",
                      id.value())))
        all.push_back(std::move(ballot));
    return all;
}

void empty_box(db::Connection& db, ReviewId id) {
    db.run("delete from review_box where review = $1", id.value());
    db.run("delete from review_spent where review = $1", id.value());
    db.run("delete from review_key where review = $1", id.value());
}

std::int64_t ballots_waiting(db::Connection& db) { return db.one("select count(*) from review_spent")->integer(0); }

}  // namespace review
