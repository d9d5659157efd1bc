// The figures of units by month, and what stands behind each of them.
#include "figures.h"

#include <array>

namespace measure {
namespace {

constexpr std::array<std::string_view, 8> figure_names = {"due",  "settled", "running",  "done_in_time",
                                                          "late", "judged",  "returned", "not_judged"};

std::int64_t month_in(kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    return std::int64_t{d.year} * 12 + d.month - 1;
}

std::vector<std::int64_t> ids_of(const std::vector<people::UnitId>& units) {
    std::vector<std::int64_t> ids;
    for (people::UnitId unit : units) ids.push_back(unit.value());
    return ids;
}

}  // namespace

std::string_view name(Figure figure) { return figure_names.at(static_cast<std::size_t>(figure)); }

std::optional<Figure> parse_figure(std::string_view text) {
    for (std::size_t i = 0; i < figure_names.size(); ++i)
        if (figure_names[i] == text) return static_cast<Figure>(i);
    return std::nullopt;
}

void where_counted(db::Query& query, const Counting& c) {
    query.where_in("m.counted_unit", ids_of(c.units));
    query.where("m.counted_month >= ?", month_in(c.from)).where("m.counted_month <= ?", month_in(c.to));
    switch (c.what) {
        case Figure::due:
            return;
        case Figure::settled:
            query.where("m.counted_in_time + m.counted_late > 0");
            return;
        case Figure::running:
            query.where("m.counted_in_time + m.counted_late = 0");
            return;
        case Figure::done_in_time:
            query.where("m.counted_in_time > 0");
            return;
        case Figure::late:
            query.where("m.counted_late > 0");
            return;
        case Figure::judged:
            query.where("m.counted_judged > 0");
            return;
        case Figure::returned:
            query.where("m.counted_returned > 0");
            return;
        case Figure::not_judged:
            query.where("m.counted_judged = 0");
            return;
    }
}

UnitCounts unit_counts(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from, kernel::Day to) {
    db::Query query(
        "select coalesce(sum(due), 0), coalesce(sum(done_in_time), 0), coalesce(sum(late), 0), "
        "coalesce(sum(extended), 0), coalesce(sum(judged), 0), coalesce(sum(returned), 0), "
        "coalesce(sum(measures_judged), 0), coalesce(sum(measures_returned), 0) from measure_month");
    query.where_in("unit", ids_of(units)).where("month >= ?", month_in(from)).where("month <= ?", month_in(to));
    const db::Row row = db.query(query).at(0);
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3),
            row.integer(4), row.integer(5), row.integer(6), row.integer(7)};
}

UnitCounts unit_counts(db::Connection& db, people::UnitId unit, kernel::Day from, kernel::Day to) {
    return unit_counts(db, std::vector<people::UnitId>{unit}, from, to);
}

bool any_sample(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from, kernel::Day to) {
    db::Query query("select m.id from measure m");
    where_counted(query, {units, from, to, Figure::due});
    query.where("m.sample = 1").then("limit 1");
    return !db.query(query).empty();
}

}  // namespace measure
