#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

#include "tally.h"

namespace review::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::need_text;
using kernel::refuse;
using people::Role;

kernel::Error unknown_measure() { return refuse(Code::not_found, "measure.unknown"); }
kernel::Error wrong_state(const Review& r) {
    return refuse(Code::conflict, "review.wrong_state", {{"state", std::string(name(r.state))}});
}

Checked check_questions(const Draft& d, const cycle::Cycle& cycle) {
    if (d.questions.empty()) return invalid("q1_text", "review.question_missing");
    if (d.questions.size() > max_questions)
        return invalid("q1_text", "review.too_many_questions", {{"max", std::to_string(max_questions)}});
    for (std::size_t i = 0; i < d.questions.size(); ++i) {
        const std::string field = "q" + std::to_string(i + 1) + "_";
        const Question& q = d.questions[i];
        if (auto ok = need_text(q.text, field + "text", max_question, "review.question_missing"); !ok) return ok;
        const bool known = std::any_of(cycle.criteria.begin(), cycle.criteria.end(),
                                       [&](const cycle::Criterion& c) { return c.id == q.criterion; });
        if (cycle.criteria.empty() ? static_cast<bool>(q.criterion) : !known)
            return invalid(field + "criterion", "review.criterion_unknown");
    }
    return {};
}

Checked check_panel(const PanelDraft& p, const std::string& field, std::int64_t k) {
    if (auto ok = need_text(p.name, field + "name", max_name, "review.panel_nameless"); !ok) return ok;
    if (auto ok = need_text(p.chosen_by, field + "chosen_by", max_chosen_by, "review.chosen_by_missing"); !ok)
        return ok;
    if (p.weight < 1 || p.weight > 100) return invalid(field + "weight", "review.weight_range");
    if (p.roll < 1 || p.roll > max_roll)
        return invalid(field + "roll", "review.roll_range", {{"max", std::to_string(max_roll)}});
    if (always_secret(p.group) && p.secrecy != Secrecy::secret)
        return invalid(field + "secrecy", "review.must_be_secret");
    if (p.secrecy == Secrecy::secret && p.roll < k)
        return invalid(field + "roll", "review.roll_below_k", {{"k", std::to_string(k)}});
    return {};
}

Checked check_panels(const Draft& d) {
    if (d.panels.empty()) return invalid("p1_name", "review.panels_missing");
    if (d.panels.size() > max_panels)
        return invalid("p1_name", "review.too_many_panels", {{"max", std::to_string(max_panels)}});
    std::int64_t weight = 0, roll = 0;
    for (std::size_t i = 0; i < d.panels.size(); ++i) {
        if (auto ok = check_panel(d.panels[i], "p" + std::to_string(i + 1) + "_", d.k); !ok) return ok;
        weight += d.panels[i].weight;
        roll += d.panels[i].roll;
    }
    if (weight != 100) return invalid("p1_weight", "review.weights_sum", {{"sum", std::to_string(weight)}});
    if (roll > max_roll) return invalid("p1_roll", "review.roll_range", {{"max", std::to_string(max_roll)}});
    if (std::none_of(d.panels.begin(), d.panels.end(), [](const PanelDraft& p) { return concerned(p.group); }))
        return invalid("p1_group", "review.nobody_concerned");
    return {};
}

Checked check_day(const Draft& d, kernel::Day today) {
    if (d.closes <= today) return invalid("closes", "review.closes_too_soon");
    if (d.closes - today > longest_term)
        return invalid("closes", "review.closes_too_late", {{"max", std::to_string(longest_term)}});
    return {};
}

bool can_still_be_judged(const measure::Measure& m) {
    return m.state != measure::State::accepted && m.state != measure::State::closed;
}

}  // namespace

Checked may_run(const measure::Measure& m, const Who& who) {
    if (auto staff = people::need_staff(who.actor); !staff) return staff;
    const bool clerk = who.actor.has(Role::clerk);
    if (!clerk && !who.actor.has(Role::head)) return refuse(Code::forbidden, "review.may_not");
    const bool apart = who.independent || (clerk && who.nobody && !who.of_owner_unit);
    if (who.actor.officer == m.promised.owner || !apart) return refuse(Code::forbidden, "review.conflict");
    return {};
}

kernel::Result<change::Drafted> draft(const Draft& d, const Ground& ground, const Who& who, kernel::Day today) {
    if (!ground.measure || !ground.cycle) return unknown_measure();
    if (auto ok = may_run(*ground.measure, who); !ok) return ok.error();
    if (!can_still_be_judged(*ground.measure)) return refuse(Code::conflict, "review.judged_already");
    if (d.lang.empty()) return invalid("lang", "review.lang_missing");
    if (auto ok = check_questions(d, *ground.cycle); !ok) return ok.error();
    if (d.k < ground.least_k || d.k > 100)
        return invalid("k", "review.k_range", {{"least", std::to_string(ground.least_k)}});
    if (auto ok = check_panels(d); !ok) return ok.error();
    if (d.accept_percent < 50 || d.accept_percent > 100) return invalid("accept_percent", "review.threshold_range");
    if (auto ok = check_day(d, today); !ok) return ok.error();
    change::Drafted made{d, ground.cycle->id, who.actor.officer};
    // What is judged of sample data is sample data.
    made.draft.sample = d.sample || ground.measure->promised.sample;
    return made;
}

Checked open(const Review& r, const measure::Measure& m, const Who& who, const Checked& ready, bool another,
             kernel::Day today) {
    if (auto ok = may_run(m, who); !ok) return ok;
    if (r.state != State::drafted) return wrong_state(r);
    if (another) return refuse(Code::conflict, "review.another_open");
    if (!ready) return ready;
    if (r.frozen.closes <= today) return refuse(Code::conflict, "review.day_has_come");
    return {};
}

Checked whole(const Review& r, const std::vector<int>& answers, kernel::Day today) {
    if (r.state == State::drafted) return refuse(Code::conflict, "review.not_open_yet");
    if (r.state == State::closed || today > r.frozen.closes) return refuse(Code::conflict, "review.over");
    const std::size_t asked = r.frozen.questions.size();
    if (answers.size() != asked)
        return invalid("q" + std::to_string(std::min(answers.size(), asked - 1) + 1), "review.answers_count",
                       {{"n", std::to_string(asked)}});
    for (std::size_t i = 0; i < asked; ++i)
        if (answers[i] < 0 || answers[i] >= answers_of)
            return invalid("q" + std::to_string(i + 1), "review.answer_range");
    return {};
}

Checked signature(const PanelDraft& panel, std::string_view name, std::string_view reasons) {
    if (panel.secrecy == Secrecy::secret) {
        if (!name.empty()) return invalid("name", "review.secret_has_no_name");
        if (!reasons.empty()) return invalid("reasons", "review.secret_has_no_name");
        return {};
    }
    if (auto ok = need_text(name, "name", max_name, "review.name_missing"); !ok) return ok;
    return need_text(reasons, "reasons", max_reasons, "review.reasons_missing");
}

Checked close(const Review& r, const measure::Measure& m, const Who& who, std::int64_t waiting, kernel::Day today) {
    if (auto ok = may_run(m, who); !ok) return ok;
    if (r.state != State::open) return wrong_state(r);
    std::int64_t roll = 0;
    for (const PanelDraft& p : r.frozen.panels) roll += p.roll;
    if (today <= r.frozen.closes && waiting < roll)
        return refuse(Code::conflict, "review.too_early", {{"day", kernel::iso(r.frozen.closes)}});
    return {};
}

Checked close_by_clock(const Review& r, kernel::Day today) {
    if (r.state != State::open) return wrong_state(r);
    if (today <= r.frozen.closes)
        return refuse(Code::conflict, "review.too_early", {{"day", kernel::iso(r.frozen.closes)}});
    return {};
}

change::Closed closed(const Review& r, const std::vector<Ballot>& ballots, const std::vector<std::string>& spent,
                      const std::function<int(const std::string&)>& panel_of,
                      const std::function<void(std::string&)>& shuffle) {
    change::Closed c;
    c.review = r.id;
    std::vector<std::vector<std::vector<int>>> said(r.frozen.panels.size());
    c.panels.resize(r.frozen.panels.size());
    for (const std::string& mark : spent) c.panels.at(static_cast<std::size_t>(panel_of(mark))).spent.push_back(mark);
    for (const Ballot& ballot : ballots) {
        const auto p = static_cast<std::size_t>(ballot.panel);
        std::vector<int> answers;
        for (char answer : ballot.answers) answers.push_back(answer - '0');
        said.at(p).push_back(std::move(answers));
        if (r.frozen.panels[p].secrecy == Secrecy::named)
            c.panels[p].named.push_back({ballot.answers, ballot.name, ballot.reasons});
    }
    for (std::size_t p = 0; p < c.panels.size(); ++p) {
        change::ClosedPanel& panel = c.panels[p];
        panel.cast = static_cast<std::int64_t>(said[p].size());
        if (r.frozen.panels[p].secrecy == Secrecy::named || panel.cast < r.frozen.k) continue;
        for (std::size_t q = 0; q < r.frozen.questions.size(); ++q) {
            std::string column;
            for (const std::vector<int>& ballot : said[p]) column += static_cast<char>('0' + ballot[q]);
            shuffle(column);
            panel.answers.push_back(std::move(column));
        }
    }
    const Result result = tally(r.frozen, said);
    c.enough = result.enough, c.accepted = result.accepted, c.percent = result.percent;
    return c;
}

kernel::Result<change::PassedOver> pass_over(const std::optional<measure::Measure>& m, const Who& who, bool listed,
                                             std::string_view reason) {
    if (!m) return unknown_measure();
    if (auto ok = may_run(*m, who); !ok) return ok.error();
    if (m->review || listed) return refuse(Code::conflict, "review.listed_already");
    if (auto ok = need_text(reason, "reason", max_reason, "review.reason_missing"); !ok) return ok.error();
    return change::PassedOver{m->id, m->promised.cycle, who.actor.officer, std::string(reason)};
}

}  // namespace review::rules
