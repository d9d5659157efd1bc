// The draw, as docs and the page describe it, so that anybody can do it again.
#include <algorithm>

#include "spotcheck.h"

namespace spotcheck {

std::vector<Candidate> lot(const kernel::Hash& root, people::UnitId unit, std::vector<Candidate> all, int n) {
    const std::string number = std::to_string(unit.value());
    const kernel::Hash seed = kernel::sha256(
        {kernel::view("huiyin spot check\n"), kernel::View(root), kernel::view("\n"), kernel::view(number)});
    struct Ticket {
        kernel::Hash order{};
        Candidate of;
    };
    std::vector<Ticket> tickets;
    tickets.reserve(all.size());
    for (const Candidate& one : all)
        tickets.push_back({kernel::hmac_sha256(seed, kernel::view(std::to_string(one.matter))), one});
    const auto first = std::min(tickets.size(), static_cast<std::size_t>(std::max(n, 0)));
    std::partial_sort(tickets.begin(), tickets.begin() + static_cast<std::ptrdiff_t>(first), tickets.end(),
                      [](const Ticket& a, const Ticket& b) { return a.order < b.order; });
    all.clear();
    for (std::size_t i = 0; i < first; ++i) all.push_back(tickets[i].of);
    return all;
}

}  // namespace spotcheck
