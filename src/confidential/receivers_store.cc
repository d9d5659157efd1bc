// Receivers and their keys, and the totals of years.
#include <algorithm>

#include "store.h"

namespace confidential {
namespace {

bool in_line(db::Connection& db, people::UnitId one, people::UnitId other) {
    return people::is_under(db, one, other) || people::is_under(db, other, one);
}

// The lowest first: whoever comes next is up.
void in_order(std::vector<Receiver>& all) {
    std::sort(all.begin(), all.end(), [](const Receiver& a, const Receiver& b) {
        return a.depth != b.depth ? a.depth > b.depth : a.officer < b.officer;
    });
}

template <class Left>
std::vector<Receiver> ready_but(db::Connection& db, Left left_out) {
    std::vector<Receiver> all = receivers(db);
    std::erase_if(all, [&](const Receiver& r) { return !r.ready() || left_out(r); });
    in_order(all);
    return all;
}

}  // namespace

std::vector<Receiver> receivers(db::Connection& db) {
    std::vector<Receiver> all;
    for (const db::Row& row : db.query("select officer, public_key, gone from confidential_officer order by officer")) {
        const auto officer = people::officer(db, people::OfficerId(row.integer(0)));
        if (!officer) continue;
        Receiver r{officer->id, officer->unit, officer->post, {}, !row.null(2) || !officer->active, 0};
        if (const auto key = row.text_or_null(1)) {
            const auto bytes = kernel::parse_base64(*key);
            r.key.emplace();
            if (bytes && bytes->size() == r.key->size()) std::copy(bytes->begin(), bytes->end(), r.key->begin());
        }
        for (auto unit = people::unit(db, r.unit); unit && unit->parent; unit = people::unit(db, *unit->parent))
            ++r.depth;
        all.push_back(std::move(r));
    }
    return all;
}

std::vector<Receiver> outside(db::Connection& db, const std::vector<people::UnitId>& concerned) {
    return ready_but(db, [&](const Receiver& r) {
        return std::any_of(concerned.begin(), concerned.end(),
                           [&](people::UnitId unit) { return in_line(db, r.unit, unit); });
    });
}

std::vector<Receiver> above(db::Connection& db, const std::vector<people::UnitId>& concerned) {
    const auto number = kernel::parse_index(people::setting(db, "confidential.higher_body"));
    const auto body = number ? people::unit(db, people::UnitId(*number)) : std::nullopt;
    if (!body) return {};
    return ready_but(db, [&](const Receiver& r) {
        return !people::is_under(db, r.unit, body->id) ||
               std::any_of(concerned.begin(), concerned.end(),
                           [&](people::UnitId unit) { return people::is_under(db, r.unit, unit); });
    });
}

std::vector<Year> years_before(db::Connection& db, int this_year) {
    const std::int64_t least = people::setting_number(db, "figures.min_cell");
    std::vector<Year> all;
    for (const db::Row& row :
         db.query("select year, matters from confidential_year where year < $1 order by year desc", this_year))
        all.push_back({static_cast<int>(row.integer(0)), row.integer(1), row.integer(1) >= least});
    return all;
}

std::optional<KeyRow> key_row(db::Connection& db, people::OfficerId officer, const kernel::Hash& public_key) {
    const auto row = db.one(
        "select public_key, salt, wrapped, passes, kibibytes from local.confidential_key where officer = $1 and "
        "public_key = "
        "$2",
        officer.value(), public_key);
    if (!row) return std::nullopt;
    const auto bytes = [&](int column) {
        const kernel::View view = row->bytes(column);
        return kernel::Bytes(view.begin(), view.end());
    };
    return KeyRow{bytes(0), bytes(1), bytes(2), {static_cast<int>(row->integer(3)), static_cast<int>(row->integer(4))}};
}

void write_key_row(db::Connection& local, people::OfficerId officer, const KeyRow& k) {
    local.run("delete from local.confidential_key where officer = $1 and public_key = $2", officer.value(),
              k.public_key);
    local.run(
        "insert into local.confidential_key (officer, public_key, salt, wrapped, passes, kibibytes) values ($1, $2, "
        "$3, $4, "
        "$5, $6)",
        officer.value(), k.public_key, k.salt, k.wrapped, k.cost.passes, k.cost.kibibytes);
}

void drop_key_rows(db::Connection& local, people::OfficerId officer, const kernel::Hash& but) {
    local.run("delete from local.confidential_key where officer = $1 and public_key <> $2", officer.value(), but);
}

bool has_key(db::Connection& db, const Receiver& r) { return r.key && key_row(db, r.officer, *r.key).has_value(); }

}  // namespace confidential
