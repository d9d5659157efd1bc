// Spot checks: the lot is drawn again, out of the leaves and what was closed, and what was looked at is counted.
#include <algorithm>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

kernel::Hash parent_of(const kernel::Hash& left, const kernel::Hash& right) {
    const std::uint8_t mark[] = {1};
    return kernel::sha256({kernel::View(mark), kernel::View(left), kernel::View(right)});
}

// As the institution's page describes it.
std::vector<std::pair<Index, const char*>> draw(const World& w, const SpotCheck& c, Index& population) {
    std::vector<std::pair<kernel::Hash, std::pair<Index, const char*>>> tickets;
    const std::string unit = std::to_string(c.unit);
    const kernel::Hash seed = kernel::sha256(
        {kernel::view("huiyin spot check\n"), kernel::View(*c.root), kernel::view("\n"), kernel::view(unit)});
    for (auto at = w.closings.lower_bound({c.unit, c.from});
         at != w.closings.end() && at->first < std::pair{c.unit, c.to}; ++at)
        tickets.push_back({kernel::hmac_sha256(seed, kernel::view(std::to_string(at->second.first))), at->second});
    population = static_cast<Index>(tickets.size());
    std::sort(tickets.begin(), tickets.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::pair<Index, const char*>> all;
    for (const auto& [order, matter] : tickets) {
        if (static_cast<Index>(all.size()) == c.n) break;
        all.push_back(matter);
    }
    return all;
}

struct Checking {
    World& w;
    const Event& e;

    void wrong(std::string what) const { w.fault("spot check", e.subject, e.index, std::move(what)); }

    void announced() const {
        known(w.units, e.integer("unit"), "unit");
        SpotCheck c;
        c.unit = e.integer("unit"), c.from = e.integer("from"), c.to = e.integer("to"), c.n = e.integer("n");
        c.month = month_of(e.day("day"));
        c.root = w.tree.root();
        if (c.from != w.last_drawn[c.unit] || c.to != e.index)
            wrong("drawn from entries " + std::to_string(c.from) + " to " + std::to_string(c.to) +
                  "; what was not drawn from before are those from " + std::to_string(w.last_drawn[c.unit]) + " to " +
                  std::to_string(e.index));
        w.last_drawn[c.unit] = c.to;
        w.spot_checks[e.index] = std::move(c);
    }

    void drawn(SpotCheck& c) const {
        if (c.drawn) wrong("drawn twice");
        c.drawn = true, c.due = e.day("due");
        if (e.integer("size") != e.subject + 1) wrong("drawn by another tree than the one its announcement ends");
        std::vector<std::pair<Index, std::string>> claimed;
        for (const Json& one : e.facts.need_array("drawn")) {
            claimed.emplace_back(one.need_integer("matter"), one.need_string("kind"));
            c.matters[claimed.back().first] = {claimed.back().second, false, false};
        }
        w.sums[{c.unit, c.month}].drawn += static_cast<Index>(claimed.size());
        if (!c.root) return;
        if (e.string("root") != kernel::hex(*c.root)) wrong("drawn by a root that the log does not have there");
        Index population = 0;
        const auto mine = draw(w, c, population);
        if (e.integer("population") != population)
            wrong("drawn from " + std::to_string(e.integer("population")) + ", the log gives " +
                  std::to_string(population));
        const bool same =
            std::equal(mine.begin(), mine.end(), claimed.begin(), claimed.end(),
                       [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; });
        if (!same) wrong("the lot falls on others");
    }

    void looked(SpotCheck& c) const {
        const Index matter = e.integer("matter");
        const auto at = c.matters.find(matter);
        if (at == c.matters.end()) return wrong("looked at " + std::to_string(matter) + ", which was not drawn");
        if (at->second.looked) wrong("looked at " + std::to_string(matter) + " twice");
        at->second.looked = true;
        const Index unit = e.integer("unit");
        const std::vector<Index> under = w.below(c.unit);
        if (unit == c.unit || std::find(under.begin(), under.end(), unit) != under.end())
            wrong("looked at by unit " + std::to_string(unit) + ", which is not independent");
        Sum& s = w.sums[{c.unit, c.month}];
        const std::string& outcome = e.string("outcome");
        s.looked += 1;
        s.as_said += outcome == "as_said", s.not_as_said += outcome == "not_as_said";
        s.could_not_see += outcome == "could_not_see";
        if (!e.flag("reopens")) {
            if (outcome == "not_as_said" && still_closed(at->second.kind, matter))
                wrong("not as said, and left closed");
            return;
        }
        if (outcome != "not_as_said") wrong("opened again, and it was as said or could not be seen");
        miss_finding(w, e.index);
        w.finding = Finding{e.subject, e.index, matter, at->second.kind};
    }

    bool still_closed(const std::string& kind, Index matter) const {
        if (kind == "measure") return w.measures.contains(matter) && w.measures[matter].closed;
        return w.cases.contains(matter) && w.cases[matter].closed;
    }

    void not_looked(SpotCheck& c) const {
        if (!c.drawn || e.day() + 1 <= c.due) wrong("said to be not looked at before its last day was over");
        for (const Json& one : e.facts.need_array("matters")) {
            const auto at = one.integer() ? c.matters.find(*one.integer()) : c.matters.end();
            if (at == c.matters.end() || at->second.looked || at->second.overdue) {
                wrong("said to be not looked at, and it was, or was not drawn");
                continue;
            }
            at->second.overdue = true;
            w.sums[{c.unit, c.month}].overdue += 1;
        }
    }
};

}  // namespace

void Tree::append(const std::optional<kernel::Hash>& leaf) {
    whole = whole && leaf;
    if (!whole) return;
    peaks.push_back(*leaf);
    // Two complete subtrees of one size become one.
    for (Index n = size++; n & 1; n >>= 1) {
        const kernel::Hash right = peaks.back();
        peaks.pop_back();
        peaks.back() = parent_of(peaks.back(), right);
    }
}

std::optional<kernel::Hash> Tree::root() const {
    if (!whole || peaks.empty()) return std::nullopt;
    kernel::Hash all = peaks.back();
    for (auto peak = peaks.rbegin() + 1; peak != peaks.rend(); ++peak) all = parent_of(*peak, all);
    return all;
}

void take_spot_check(World& w, const Event& e) {
    const Checking checking{w, e};
    if (e.kind == "spotcheck.announced") return checking.announced();
    SpotCheck& c = known(w.spot_checks, e.subject, "spot check");
    if (e.kind == "spotcheck.drawn") return checking.drawn(c);
    if (e.kind == "spotcheck.looked") return checking.looked(c);
    checking.not_looked(c);
}

void meet_finding(World& w, const Event& e, std::string_view kind, Index matter, Index look) {
    const bool met = w.finding && w.finding->look == look && w.finding->matter == matter && w.finding->kind == kind &&
                     look + 1 == e.index;
    if (!met)
        w.fault(kind == "voice" ? "voice" : "measure", matter, e.index,
                "opened again by the finding of entry " + std::to_string(look) + ", which is none about it");
    w.finding.reset();
}

void miss_finding(World& w, Index entry) {
    if (!w.finding || w.finding->look == entry) return;
    w.fault("spot check", w.finding->check, w.finding->look, "found not to be as said, and it was not opened again");
    w.finding.reset();
}

}  // namespace audit
