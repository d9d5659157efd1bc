#include "period.h"

namespace scorecard {
namespace {

kernel::Day first_of(int year, int month) { return kernel::day({year, month, 1}); }
kernel::Day last_of(int year, int month) {
    return (month == 12 ? first_of(year + 1, 1) : first_of(year, month + 1)) + -1;
}

}  // namespace

Period whole_months(kernel::Day from, kernel::Day to) {
    const kernel::Date a = kernel::date(from), b = kernel::date(to);
    return {first_of(a.year, a.month), last_of(b.year, b.month)};
}

Period year_of(kernel::Day day) {
    const int year = kernel::date(day).year;
    return {first_of(year, 1), last_of(year, 12)};
}

Period quarter_of(kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    const int month = (d.month - 1) / 3 * 3 + 1;
    return {first_of(d.year, month), last_of(d.year, month + 2)};
}

bool is_year(const Period& p) { return p == year_of(p.from); }
bool is_quarter(const Period& p) { return p == quarter_of(p.from); }
int quarter_number(const Period& p) { return (kernel::date(p.from).month - 1) / 3 + 1; }

std::vector<Period> years(kernel::Day today, int n) {
    std::vector<Period> all;
    for (Period p = year_of(today); static_cast<int>(all.size()) < n; p = year_of(p.from + -1)) all.push_back(p);
    return all;
}

std::vector<Period> quarters(kernel::Day today, int n) {
    std::vector<Period> all;
    for (Period p = quarter_of(today); static_cast<int>(all.size()) < n; p = quarter_of(p.from + -1)) all.push_back(p);
    return all;
}

bool sound(kernel::Day from, kernel::Day to) { return from <= to && to - from <= 3660; }

}  // namespace scorecard
