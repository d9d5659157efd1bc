#include <http/http.h>
#include <kernel/text.h>
#include <page/page.h>

#include "people.h"

namespace people {

void add_counting(page::Query& query, const std::vector<UnitId>& units, kernel::Day from, kernel::Day to,
                  std::string_view figure, bool below) {
    std::string joined;
    for (UnitId unit : units) joined += (joined.empty() ? "" : "+") + std::to_string(unit.value());
    query.add("unit", joined).add("from", kernel::iso(from)).add("to", kernel::iso(to)).add("figure", figure);
    if (below) query.add("below", "yes");
}

std::optional<Counting<std::string>> counting_asked(const http::Request& request, std::string_view standard_figure) {
    const std::optional<kernel::Day> from = kernel::parse_day(request.asked("from").value_or("")),
                                     to = kernel::parse_day(request.asked("to").value_or(""));
    std::vector<UnitId> units;
    // A plus sign in an address stands for a space.
    for (std::string_view one : kernel::split(request.asked("unit").value_or(""), ' '))
        if (const auto n = kernel::parse_index(one); n) units.emplace_back(*n);
    if (!from || !to || units.empty()) return std::nullopt;
    return Counting<std::string>{std::move(units), *from, *to,
                                 std::string(request.asked("figure").value_or(standard_figure)),
                                 request.asked("below") == "yes"};
}

}  // namespace people
