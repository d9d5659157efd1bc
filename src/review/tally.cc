#include "tally.h"

#include <stdexcept>
#include <tuple>

#include <page/page.h>

namespace review {
namespace {

// At most 8 panels of 10,000 marks each, weights of 100 together and a factor of 100: below 10^36, which fits.
__extension__ using Wide = __int128;

struct Weighed {
    Wide sum = 0;      // of weight * good / marks, over the product of all marks
    Wide product = 1;  // of the marks of every panel that counts
    std::int64_t weight = 0;
    bool concerned = false;
};

Weighed weigh(const std::vector<PanelResult>& panels) {
    Weighed w;
    for (const PanelResult& p : panels) {
        if (!p.counted) continue;
        w.product *= p.marks;
        w.weight += p.panel.weight;
        w.concerned = w.concerned || concerned(p.panel.group);
    }
    for (const PanelResult& p : panels)
        if (p.counted) w.sum += w.product / p.marks * p.good * p.panel.weight;
    return w;
}

PanelResult panel_result(const PanelDraft& panel, const Counted& counted, std::int64_t k) {
    PanelResult r;
    r.panel = panel;
    r.cast = counted.cast;
    r.shown = shows(panel, counted.cast, k);
    if (!r.shown) return r;
    r.counts = counted.counts;
    const std::vector<std::int64_t>& overall = r.counts.at(0);
    for (int mark = 1; mark < answers_of; ++mark) r.marks += overall.at(static_cast<std::size_t>(mark));
    r.good = overall.at(4) + overall.at(5);
    r.counted = r.marks > 0;
    if (r.counted) r.share = static_cast<double>(r.good) / static_cast<double>(r.marks);
    std::tie(r.low, r.high) = page::wilson(r.good, r.marks);
    return r;
}

Counted count(const Draft& draft, const std::vector<std::vector<int>>& ballots) {
    Counted counted{static_cast<std::int64_t>(ballots.size()),
                    std::vector(draft.questions.size(), std::vector<std::int64_t>(answers_of))};
    for (const std::vector<int>& ballot : ballots) {
        if (ballot.size() != draft.questions.size()) throw std::logic_error("review: a ballot of another length");
        for (std::size_t q = 0; q < ballot.size(); ++q) {
            if (ballot[q] < 0 || ballot[q] >= answers_of) throw std::logic_error("review: no such answer");
            ++counted.counts[q][static_cast<std::size_t>(ballot[q])];
        }
    }
    return counted;
}

}  // namespace

bool shows(const PanelDraft& panel, std::int64_t cast, std::int64_t k) {
    return panel.secrecy == Secrecy::named || cast >= k;
}

Result result_of(const Draft& draft, const std::vector<Counted>& by_panel) {
    if (by_panel.size() != draft.panels.size()) throw std::logic_error("review: another number of panels");
    Result r;
    for (std::size_t p = 0; p < by_panel.size(); ++p)
        r.panels.push_back(panel_result(draft.panels[p], by_panel[p], draft.k));
    const Weighed w = weigh(r.panels);
    r.enough = w.weight * 2 >= 100 && w.concerned;
    if (!r.enough) return r;
    const Wide whole = w.product * w.weight;
    r.percent = static_cast<int>(w.sum * 100 / whole);
    r.accepted = w.sum * 100 >= whole * draft.accept_percent;
    return r;
}

Result tally(const Draft& draft, const std::vector<std::vector<std::vector<int>>>& ballots_by_panel) {
    std::vector<Counted> counted;
    for (const auto& ballots : ballots_by_panel) counted.push_back(count(draft, ballots));
    return result_of(draft, counted);
}

}  // namespace review
