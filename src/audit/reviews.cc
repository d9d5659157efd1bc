// Public judgements: the roll of marks, the ballots against the list of spent marks, and the verdict.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::string_view, 7> groups = {"superiors", "recipients", "media", "delegates",
                                                    "monitors",  "peers",      "people"};
constexpr std::size_t most_panels = 8, most_questions = 10;
constexpr std::size_t most_marks = 10'000;

// A fraction in its lowest terms. Of eight panels with 10,000 marks each it stays below 2^127.
struct Ratio {
    Wide top = 0, bottom = 1;
    void add(Wide part, Wide whole) {
        top = top * whole + part * bottom, bottom *= whole;
        Wide a = top, b = bottom;  // Euclid's
        while (b != 0) a = std::exchange(b, a % b);
        if (a > 1) top /= a, bottom /= a;
    }
};

bool concerned(const Panel& p) { return p.group == "recipients" || p.group == "people"; }

std::string panel_name(std::size_t p) { return "panel " + std::to_string(p + 1); }

void draft(World& w, const Event& e) {
    Review r;
    r.measure = e.integer("measure"), r.accept_percent = e.integer("accept_percent"), r.k = e.integer("k");
    r.closes = e.day("closes"), r.questions = e.facts.need_array("criteria").size(), r.touched = e.index;
    Index weight = 0, roll = 0;
    for (const Json& one : e.facts.need_array("panels")) {
        Panel p;
        p.group = one_of(groups, one.need_string("group"));
        p.secret = one.need_string("secrecy") == "secret";
        p.weight = one.need_integer("weight"), p.roll = one.need_integer("roll");
        weight += p.weight, roll += p.roll;
        if (p.weight < 0 || p.weight > 100 || p.roll < 0) throw std::runtime_error("a panel that none can be");
        r.panels.push_back(std::move(p));
    }
    if (r.panels.size() > most_panels || r.questions > most_questions || r.questions == 0 || roll > Index{most_marks} ||
        r.accept_percent < 0 || r.accept_percent > 100)
        throw std::runtime_error("more than a review can have");
    if (weight != 100)
        w.fault("review", e.index, e.index, "its weights are " + std::to_string(weight) + " together, not 100");
    if (r.k < w.k)
        w.fault("review", e.index, e.index,
                "shows panels from " + std::to_string(r.k) + " on, the least here is " + std::to_string(w.k));
    known(w.measures, r.measure, "measure");
    w.reviews[e.index] = std::move(r);
}

std::vector<std::string> texts(const Json& list) {
    std::vector<std::string> all;
    if (!list.array()) return all;
    for (const Json& one : *list.array()) {
        if (!one.string()) throw std::runtime_error("no text where one must be");
        all.push_back(*one.string());
    }
    return all;
}

void open(World& w, const Event& e, Review& r) {
    const Json::Array& roll = e.facts.need_array("roll");
    if (r.state != "drafted" || roll.size() != r.panels.size())
        throw std::runtime_error("opened twice, or for another number of panels");
    std::set<std::string> seen;
    for (std::size_t p = 0; p < roll.size(); ++p) {
        Panel& panel = r.panels[p];
        panel.marks = texts(roll[p]);
        std::sort(panel.marks.begin(), panel.marks.end());
        if (static_cast<Index>(panel.marks.size()) != panel.roll)
            w.fault("review", e.subject, e.index,
                    panel_name(p) + " has " + std::to_string(panel.marks.size()) + " codes for a roll of " +
                        std::to_string(panel.roll));
        for (const std::string& mark : panel.marks)
            if (!seen.insert(mark).second)
                w.fault("review", e.subject, e.index, panel_name(p) + ": code " + mark + " is on the roll twice");
    }
    r.state = "open";
}

struct Close {  // of one review, by one entry
    World& w;
    const Event& e;
    Review& r;

    void wrong(std::string what) const { w.fault("review", e.subject, e.index, std::move(what)); }

    // Each used code is on the panel's roll, and used once; and there are as many ballots as used codes.
    void check_codes(std::size_t p, const Json& facts) const {
        const Panel& panel = r.panels[p];
        const std::vector<std::string> spent = texts(facts["spent"]);
        std::set<std::string> seen;
        for (const std::string& mark : spent) {
            if (!seen.insert(mark).second) wrong(panel_name(p) + ": code " + mark + " was used twice");
            if (!std::binary_search(panel.marks.begin(), panel.marks.end(), mark))
                wrong(panel_name(p) + ": code " + mark + " is not on its roll");
        }
        if (panel.cast != static_cast<Index>(spent.size()))
            wrong(panel_name(p) + " has " + std::to_string(panel.cast) + " ballots and " +
                  std::to_string(spent.size()) + " used codes");
        if (panel.cast > panel.roll)
            wrong(panel_name(p) + " has " + std::to_string(panel.cast) + " ballots of " + std::to_string(panel.roll) +
                  " evaluators");
    }

    void add(Panel& panel, std::size_t question, char answer) const {
        if (answer < '0' || answer > '5') throw std::runtime_error("no such answer");
        ++panel.counts.at(question)[static_cast<std::size_t>(answer - '0')];
    }

    void count(std::size_t p, const Json& facts) const {
        Panel& panel = r.panels[p];
        panel.cast = facts.need_integer("cast");
        if (panel.cast < 0 || panel.cast > Index{most_marks})
            throw std::runtime_error("more ballots than a review can have");
        check_codes(p, facts);
        panel.shown = !panel.secret || panel.cast >= r.k;
        const std::vector<std::string> columns = texts(facts["answers"]), named = texts(facts["ballots"]);
        if (!panel.shown && !(columns.empty() && named.empty()))
            wrong(panel_name(p) + " is below " + std::to_string(r.k) + " and its answers are in the log");
        if (!panel.shown) return;
        panel.counts.assign(r.questions, {});
        if (panel.secret) {
            if (columns.size() != r.questions) throw std::runtime_error(panel_name(p) + " lacks answers");
            for (std::size_t q = 0; q < columns.size(); ++q) {
                if (columns[q].size() > most_marks) throw std::runtime_error("more answers than a review can have");
                if (static_cast<Index>(columns[q].size()) != panel.cast)
                    wrong(panel_name(p) + ", question " + std::to_string(q + 1) + ": " +
                          std::to_string(columns[q].size()) + " answers of " + std::to_string(panel.cast) + " ballots");
                for (char answer : columns[q]) add(panel, q, answer);
            }
        } else {
            if (static_cast<Index>(named.size()) != panel.cast)
                wrong(panel_name(p) + ": " + std::to_string(named.size()) + " ballots by name of " +
                      std::to_string(panel.cast));
            for (const std::string& ballot : named) {
                if (ballot.size() != r.questions) throw std::runtime_error("a ballot of another length");
                for (std::size_t q = 0; q < ballot.size(); ++q) add(panel, q, ballot[q]);
            }
        }
        const auto& overall = panel.counts[0];
        panel.marks_given = std::accumulate(overall.begin() + 1, overall.end(), Index{0});
        panel.good = overall[4] + overall[5];
        panel.counted = panel.marks_given > 0;
    }

    void close() const {
        const Json::Array& panels = e.facts.need_array("panels");
        if (r.state != "open" || panels.size() != r.panels.size())
            throw std::runtime_error("closed while it was " + std::string(r.state) + ", or for other panels");
        r.state = "closed", r.closed = e.index;
        for (std::size_t p = 0; p < panels.size(); ++p) count(p, panels[p]);
        r.verdict = verdict(r);
        Verdict claimed{e.flag("enough"), e.flag("accepted"), {}};
        if (e.has("percent")) claimed.percent = static_cast<int>(e.integer("percent"));
        if (!(claimed == r.verdict)) wrong("says " + said(claimed) + "; the ballots give " + said(r.verdict));
        const bool all_voted =
            std::all_of(r.panels.begin(), r.panels.end(), [](const Panel& p) { return p.cast == p.roll; });
        if (e.day("day") <= r.closes && !all_voted)
            wrong("closed on " + kernel::iso(e.day("day")) + ", before its last day " + kernel::iso(r.closes) +
                  " was over");
        const Measure& m = known(w.measures, r.measure, "measure");
        if (e.integer("unit") != m.unit)
            wrong("counted for unit " + std::to_string(e.integer("unit")) + "; the measure is of unit " +
                  std::to_string(m.unit));
        r.applied = e.flag("applied");
        if (r.applied && !r.verdict.enough) wrong("applied a verdict, and too few judged");
        if (!r.applied && r.verdict.enough && m.state == "verified")
            wrong("a verdict on a measure that was reported and checked, and it was not applied");
        for (Panel& p : r.panels) p.marks = {};
    }

    static std::string said(const Verdict& v) {
        if (!v.enough) return "too few judged";
        return (v.accepted ? "accepted" : "returned") +
               (v.percent ? " with " + std::to_string(*v.percent) + " per cent" : std::string());
    }
};

}  // namespace

// Panels that count hold half of all weight at least, and one is of those concerned; the share of 4 and 5 of each is
// weighed among them.
Verdict verdict(const Review& r) {
    Verdict v;
    Ratio sum;
    Index weight = 0;
    bool some_concerned = false;
    for (const Panel& p : r.panels) {
        if (!p.counted) continue;
        sum.add(Wide{p.weight} * p.good, p.marks_given);
        weight += p.weight;
        some_concerned = some_concerned || concerned(p);
    }
    v.enough = weight * 2 >= 100 && some_concerned;
    if (!v.enough) return v;
    const Wide whole = sum.bottom * weight;
    v.percent = static_cast<int>(sum.top * 100 / whole);
    v.accepted = sum.top * 100 >= whole * r.accept_percent;
    return v;
}

// Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
std::pair<double, double> wilson(Index part, Index whole) {
    if (whole <= 0) return {0, 1};
    const double z = 1.959964, n = static_cast<double>(whole), p = static_cast<double>(part) / n;
    const double centre = p + z * z / (2 * n), spread = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {part == 0 ? 0 : std::max(0.0, (centre - spread) / scale),
            part == whole ? 1 : std::min(1.0, (centre + spread) / scale)};
}

void take_review(World& w, const Event& e) {
    if (e.kind == "review.drafted") return draft(w, e);
    Review& r = known(w.reviews, e.subject, "review");
    r.touched = e.index;
    if (e.kind == "review.opened") return open(w, e, r);
    Close{w, e, r}.close();
}

void end_reviews(World& w) {
    for (const auto& [id, r] : w.reviews)
        if (r.applied && !r.judged)
            w.fault("review", id, r.closed, "says that its verdict was applied, and no entry of its measure follows");
}

Json figures_of(const World&, Index id, const Review& r) {
    Json j = Json::Object{{"id", id},         {"measure", r.measure},
                          {"state", r.state}, {"accept_percent", r.accept_percent},
                          {"k", r.k},         {"closes", kernel::iso(r.closes)}};
    Json::Array panels;
    for (const Panel& p : r.panels) {
        Json panel = Json::Object{
            {"group", p.group}, {"weight", p.weight}, {"roll", p.roll}, {"secrecy", p.secret ? "secret" : "named"}};
        if (r.closed) {
            Json::Array counts;
            for (const auto& question : p.counts) counts.emplace_back(Json::Array(question.begin(), question.end()));
            panel.set("cast", p.cast).set("shown", p.shown).set("counted", p.counted);
            panel.set("counts", std::move(counts)).set("good", p.good).set("marks", p.marks_given);
            const auto [low, high] = wilson(p.good, p.marks_given);
            panel.set("low", p.counted ? Json(low) : Json()).set("high", p.counted ? Json(high) : Json());
        }
        panels.push_back(std::move(panel));
    }
    j.set("panels", std::move(panels));
    if (!r.closed) return j;
    return j.set("result", Json::Object{{"accepted", r.verdict.accepted},
                                        {"enough", r.verdict.enough},
                                        {"percent", r.verdict.percent ? Json(*r.verdict.percent) : Json()}});
}

}  // namespace audit
