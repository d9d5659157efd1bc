// The list of what was counted, each with a line for people.
#include <algorithm>

#include "world.h"

namespace audit {
namespace {

std::string n(Index number) { return std::to_string(number); }

struct Taking {  // part: of all messages of a round
    Index voices = 0, open = 0, hidden = 0, held = 0, answered = 0, late = 0, reopened = 0, withdrawn = 0, noted = 0,
          rated = 0, silent = 0, by_staff = 0, typed = 0, called_back = 0, split = 0, parts = 0;
};

Taking messages(const World& w, Index round) {
    Taking t;
    for (const auto& [id, c] : w.cases) {
        if (c.round != round) continue;
        // Messages, each once; then what became of them, by cases: a message that is split is its parts.
        if (c.part_of == 0) {
            ++t.voices, t.split += c.state == "split";
            t.open += c.shown == "published", t.hidden += c.shown == "hidden", t.held += c.shown == "held";
            t.noted += c.imported, t.by_staff += c.by_staff, t.typed += c.typed;
        }
        if (c.out) continue;
        t.parts += c.part_of != 0;
        t.answered += c.answered, t.late += c.late_days > 0, t.reopened += c.reopened > 0;
        t.withdrawn += c.state == "withdrawn", t.rated += c.stars > 0, t.silent += c.silent;
        t.called_back += c.called && c.stars > 0;
    }
    return t;
}

Json visits(const World& w, Index round) {
    Index visits = 0, met = 0, deciders = 0;
    std::set<Index> seen;
    for (const auto& [id, v] : w.visits) {
        if (v.round != round) continue;
        ++visits, met += v.met, deciders += v.may_decide;
        if (v.issue != 0) seen.insert(v.issue);
    }
    return Json::Object{{"visits", visits}, {"met", met}, {"by_deciders", deciders}, {"issues_seen", seen.size()}};
}

// By the state they are in; those that went on count where they went from as carried_over, too.
Json issues(const World& w, Index round) {
    std::map<std::string_view, Index> of;
    Index inherited = 0;
    for (const auto& [id, i] : w.issues) {
        if (i.round == round) ++of[i.state];
        for (const Carried& c : i.carried) of["carried_over"] += c.from == round, inherited += c.to == round;
    }
    Json j = Json::Object{};
    for (std::string_view state : issue_states) j.set(std::string(state), of[state]);
    return j.set("inherited", inherited);
}

std::string says(const Motion& m) {
    std::string out(m.state);
    if (!m.counted) return out;
    return out + ": " + n(m.tally.yes) + " yes, " + n(m.tally.no) + " no, " + n(m.tally.abstain) + " abstain; " +
           n(m.outcome.needed) + " of " + n(m.outcome.base) + " needed, quorum " + (m.outcome.quorum ? "" : "not ") +
           "there";
}

std::string says(const Sitting& s) {
    return std::string(s.state) + ": " + n(s.present()) + " present of " + n(static_cast<Index>(s.roll.size())) +
           " on the roll, " + n(s.seats) + " seats";
}

std::string says(const Review& r) {
    std::string out(r.state);
    if (!r.closed) return out;
    out = !r.verdict.enough ? "too few judged" : r.verdict.accepted ? "accepted" : "returned";
    if (r.verdict.percent) out += " with " + n(*r.verdict.percent) + " per cent, " + n(r.accept_percent) + " needed";
    for (const Panel& p : r.panels)
        out += "; " + p.group + " " + n(p.cast) + " of " + n(p.roll) +
               (p.counted ? ", " + n(p.good) + " of " + n(p.marks_given) + " good" : ", not counted");
    return out;
}

std::string says(const Measure& m) {
    return std::string(m.state) + ", due " + kernel::iso(m.due) +
           (m.late_days ? ", " + n(m.late_days) + " working days late" : "") + (m.extended ? ", extended" : "") +
           (m.returned ? ", sent back " + n(m.returned) + " times" : "");
}

std::string says(const Issue& i) {
    return std::string(i.state) + ": " + n(static_cast<Index>(i.voices.size())) + " messages, " +
           n(static_cast<Index>(i.statements.size())) + " statements, " + n(i.visits) + " visits" +
           (i.carried.empty() ? "" : ", carried over " + n(static_cast<Index>(i.carried.size())) + " times");
}

// "accepted 3, pending 0": what an object of numbers holds.
std::string says(const Json& numbers) {
    std::string out;
    for (const auto& [key, value] : *numbers.object())
        if (value.integer()) out += (out.empty() ? "" : ", ") + key + " " + n(*value.integer());
    return out;
}

std::string says_card(const Json& card) {
    std::string out;
    for (const Json& f : *card["figures"].array())
        out += (out.empty() ? "" : ", ") + f.need_string("key") + " " +
               (f["part"].is_null() ? "too few" : n(*f["part"].integer())) + " of " + n(f.need_integer("n"));
    return out;
}

struct List {
    const World& w;
    std::vector<Matter> all;

    void add(const char* kind, Index id, bool claimed, Index entry, std::string line, Json figures) {
        all.push_back({{kind, id, {}, {}}, claimed, entry, std::move(line), std::move(figures)});
    }
    void add_card(const Name& name, Day from, Day to, std::optional<Index> entry) {
        Json card = w.scorecard(name.id, from, to);
        std::string line = says_card(card);
        all.push_back({name, entry.has_value(), entry, std::move(line), std::move(card)});
    }
    // Every quarter of a unit in which something was counted, and every published period.
    void cards() {
        std::map<Name, std::pair<Day, Day>> periods;
        for (const auto& [key, sum] : w.sums) {
            if (sum == Sum{}) continue;
            const int year = key.second / 12, first = key.second % 12 / 3 * 3 + 1;
            const Day from = kernel::day({year, first, 1});
            const Day to = (first == 10 ? kernel::day({year + 1, 1, 1}) : kernel::day({year, first + 3, 1})) + -1;
            periods[{"scorecard", key.first, kernel::iso(from), kernel::iso(to)}] = {from, to};
        }
        for (const auto& [name, card] : w.cards)
            periods[name] = {kernel::parse_day(name.from).value(), kernel::parse_day(name.to).value()};
        for (const auto& [name, period] : periods) {
            const auto published = w.cards.find(name);
            add_card(name, period.first, period.second,
                     published == w.cards.end() ? std::nullopt : std::optional(published->second.entry));
        }
    }
};

}  // namespace

Json figures_of(const World& w, Index id, const Round& r) {
    const Taking t = messages(w, id);
    Json voices = Json::Object{{"voices", t.voices},     {"open", t.open},
                               {"hidden", t.hidden},     {"held", t.held},
                               {"answered", t.answered}, {"late", t.late},
                               {"reopened", t.reopened}, {"withdrawn", t.withdrawn},
                               {"noted", t.noted},       {"rated", t.rated},
                               {"silent", t.silent},     {"by_staff", t.by_staff},
                               {"typed", t.typed},       {"called_back", t.called_back},
                               {"split", t.split},       {"parts", t.parts}};
    Json j =
        Json::Object{{"id", id}, {"voices", std::move(voices)}, {"visits", visits(w, id)}, {"issues", issues(w, id)}};
    return j.set("entries_of_votes", r.votes).set("phase", r.phase.empty() ? Json() : Json(r.phase));
}

std::vector<Matter> all_matters(const World& w) {
    List list{w, {}};
    for (const auto& [id, r] : w.rounds) {
        Json f = figures_of(w, id, r);
        std::string line = says(f["voices"]) + "; " + says(f["visits"]) + "; " + n(r.votes) + " entries of votes";
        list.add("round", id, false, r.touched, std::move(line), std::move(f));
    }
    for (const auto& [id, d] : w.dialogues) {
        Json f = figures_of(w, id, d);
        std::string line = says(f["figures"]);
        list.add("dialogue", id, false, d.touched, std::move(line), std::move(f));
    }
    for (const auto& [id, i] : w.issues)
        list.add("issue", id, i.state == "adopted" || i.state == "refused" || i.state == "resolved", i.touched, says(i),
                 figures_of(w, id, i));
    for (const auto& [id, s] : w.sittings) list.add("sitting", id, true, s.touched, says(s), figures_of(w, id, s));
    for (const auto& [id, m] : w.motions)
        list.add("motion", id, m.counted > 0, m.counted ? m.counted : m.touched, says(m), figures_of(w, id, m));
    for (const auto& [id, m] : w.measures) list.add("measure", id, true, m.touched, says(m), figures_of(w, id, m));
    for (const auto& [id, r] : w.reviews)
        list.add("review", id, r.closed > 0, r.closed ? r.closed : r.touched, says(r), figures_of(w, id, r));
    for (const auto& [id, s] : w.surveys)
        list.add("survey", id, s.closed > 0, s.closed ? s.closed : s.touched, says(s), figures_of(w, id, s));
    for (const auto& [id, b] : w.batches) list.add("batch", id, false, b.touched, says(b), figures_of(w, id, b));
    list.cards();
    return std::move(list.all);
}

}  // namespace audit
