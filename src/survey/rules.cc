#include "rules.h"

#include <algorithm>
#include <set>

#include <kernel/text.h>

namespace survey::rules {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::invalid;
using kernel::need_text;
using kernel::refuse;

kernel::Error wrong_state(const Survey& s) {
    return refuse(Code::conflict, "survey.wrong_state", {{"state", std::string(name(s.state))}});
}

Checked check_list(const std::vector<std::string>& all, const std::string& field, std::size_t least, std::size_t most) {
    if (all.size() < least) return invalid(field, "survey.options_few", {{"min", std::to_string(least)}});
    if (all.size() > most)
        return invalid(field, "survey.options_many",
                       {{"max", std::to_string(most)}, {"n", std::to_string(all.size())}});
    for (const std::string& one : all)
        if (auto ok = need_text(one, field, max_option, "survey.option_empty"); !ok) return ok;
    if (std::set<std::string>(all.begin(), all.end()).size() != all.size())
        return invalid(field, "survey.option_twice");
    return {};
}

Checked check_options(const Question& q, const std::string& field) {
    const std::string options = field + "options", rows = field + "rows";
    if (q.type != Type::matrix && !q.rows.empty()) return invalid(rows, "survey.rows_of_matrix");
    switch (q.type) {
        case Type::single:
        case Type::multiple:
            return check_list(q.options, options, 2, max_options);
        case Type::ranking:
            return check_list(q.options, options, 2, max_ranked);
        case Type::matrix:
            if (auto ok = check_list(q.rows, rows, 1, max_rows); !ok) return ok;
            return check_list(q.options, options, 2, max_options);
        case Type::place:
            return q.options.empty() ? Checked() : check_list(q.options, options, 2, max_places);
        case Type::scale:  // what its ends mean
            return q.options.empty() ? Checked() : check_list(q.options, options, 2, 2);
        case Type::number:
        case Type::text:
            break;
    }
    return q.options.empty() ? Checked() : invalid(options, "survey.options_none");
}

Checked check_bounds(const Question& q, const std::string& field) {
    const auto many = static_cast<std::int64_t>(q.options.size());
    switch (q.type) {
        case Type::scale:
            if (q.min < 0 || q.max <= q.min || q.max - q.min >= longest_scale)
                return invalid(field + "max", "survey.scale_range", {{"max", std::to_string(longest_scale)}});
            return {};
        case Type::number:
            if (q.min < -largest_number || q.max > largest_number || q.max <= q.min)
                return invalid(field + "max", "survey.bounds_range", {{"max", std::to_string(largest_number)}});
            return {};
        case Type::multiple:
            if (q.min < 0 || q.max < 0 || q.min > many || q.max > many || (q.max > 0 && q.max < q.min))
                return invalid(field + "max", "survey.picks_range");
            return {};
        case Type::single:
        case Type::matrix:
        case Type::ranking:
        case Type::text:
        case Type::place:
            break;
    }
    return q.min == 0 && q.max == 0 ? Checked() : invalid(field + "max", "survey.bounds_none");
}

// On an answer of an earlier page: without a script, a page cannot change while it is filled in.
Checked check_condition(const std::vector<Question>& all, std::size_t i, const std::string& field) {
    const Question& q = all[i];
    if (!q.when) return {};
    const auto on = static_cast<std::size_t>(q.when->question);
    if (on < 1 || on > i || all[on - 1].page >= q.page) return invalid(field + "if", "survey.if_earlier");
    const Question& source = all[on - 1];
    if (!chosen(source.type) || written(source)) return invalid(field + "if", "survey.if_choice");
    const std::int64_t low = source.type == Type::scale ? source.min : 1;
    const std::int64_t high =
        source.type == Type::scale ? source.max : static_cast<std::int64_t>(source.options.size());
    const std::vector<int>& any = q.when->any;
    const bool ascending = std::adjacent_find(any.begin(), any.end(), std::greater_equal<>()) == any.end();
    if (any.empty() || !ascending || any.front() < low || any.back() > high)
        return invalid(field + "any", "survey.if_options",
                       {{"low", std::to_string(low)}, {"high", std::to_string(high)}});
    return {};
}

Checked check_questions(const std::vector<Question>& all) {
    if (all.empty()) return invalid("q1_text", "survey.questions_missing");
    if (all.size() > max_questions)
        return invalid("q" + std::to_string(max_questions + 1) + "_text", "survey.questions_many",
                       {{"max", std::to_string(max_questions)}});
    int page = 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string field = "q" + std::to_string(i + 1) + "_";
        const Question& q = all[i];
        if (auto ok = need_text(q.text, field + "text", max_question, "survey.question_missing"); !ok) return ok;
        if (auto ok = check_options(q, field); !ok) return ok;
        if (auto ok = check_bounds(q, field); !ok) return ok;
        if (q.page != page && (i == 0 || q.page != page + 1)) return invalid(field + "page", "survey.page_order");
        page = q.page;
        if (auto ok = check_condition(all, i, field); !ok) return ok;
    }
    return {};
}

Checked check_day(kernel::Day closes, kernel::Day today) {
    if (closes <= today || closes > today + longest_term)
        return invalid("closes", "survey.day_range",
                       {{"first", kernel::iso(today + 1)}, {"last", kernel::iso(today + longest_term)}});
    return {};
}

Checked check_draft(const Draft& d, const Ground& ground, kernel::Day today) {
    if (auto ok = need_text(d.title, "title", max_title, "survey.title_missing"); !ok) return ok;
    if (auto ok = kernel::check_length(d.intro, "intro", max_intro); !ok) return ok;
    if (!kernel::language_tag(d.lang)) return invalid("lang", "survey.lang_missing");
    if (auto ok = check_questions(d.questions); !ok) return ok;
    if (d.k < ground.least_k || d.k > 100)
        return invalid("k", "survey.k_range", {{"least", std::to_string(ground.least_k)}});
    const bool on_roll = d.mode == Mode::roll;
    if (on_roll ? d.roll < d.k || d.roll > max_roll : d.roll != 0)
        return invalid("roll", on_roll ? "survey.roll_range" : "survey.roll_none",
                       {{"k", std::to_string(d.k)}, {"max", std::to_string(max_roll)}});
    return check_day(d.closes, today);
}

kernel::Error round_closed() { return refuse(Code::conflict, "survey.round_closed"); }
bool over(const Ground& ground) { return ground.cycle->phase == cycle::Phase::closed && !ground.cycle->standing; }

}  // namespace

Checked may_run(const people::Actor& actor, const std::optional<cycle::Cycle>& c) {
    if (!c) return refuse(Code::not_found, "cycle.unknown");
    return cycle::may_run(actor, *c);
}

kernel::Result<change::Drafted> draft(const Draft& d, const Ground& ground, const people::Actor& actor,
                                      kernel::Day today) {
    if (auto ok = may_run(actor, ground.cycle); !ok) return ok.error();
    if (over(ground)) return round_closed();
    if (auto ok = check_draft(d, ground, today); !ok) return ok.error();
    change::Drafted made{d, actor.officer};
    made.asked.sample = d.sample || ground.cycle->sample;
    return made;
}

kernel::Result<change::Changed> redraft(const Survey& s, const Draft& d, const Ground& ground,
                                        const people::Actor& actor, kernel::Day today) {
    if (auto ok = may_run(actor, ground.cycle); !ok) return ok.error();
    if (s.state != State::drafted) return wrong_state(s);
    if (auto ok = check_draft(d, ground, today); !ok) return ok.error();
    change::Changed made{s.id, d, actor.officer};
    made.asked.sample = s.asked.sample;
    made.asked.cycle = s.asked.cycle;
    return made;
}

Checked open(const Survey& s, const Ground& ground, const people::Actor& actor, kernel::Day today) {
    if (auto ok = may_run(actor, ground.cycle); !ok) return ok;
    if (s.state != State::drafted) return wrong_state(s);
    if (over(ground)) return round_closed();
    if (s.asked.closes <= today) return refuse(Code::conflict, "survey.day_has_come");
    return {};
}

Checked takes_answers(const Survey& s, kernel::Day today) {
    if (s.state == State::drafted) return refuse(Code::conflict, "survey.not_open_yet");
    if (s.state == State::closed || today > s.asked.closes) return refuse(Code::conflict, "survey.over");
    return {};
}

Checked close(const Survey& s, const Ground& ground, const people::Actor& actor, std::string_view reason,
              kernel::Day today) {
    if (auto ok = may_run(actor, ground.cycle); !ok) return ok;
    if (s.state != State::open) return wrong_state(s);
    if (today > s.asked.closes) return kernel::check_length(reason, "reason", max_reason);
    return need_text(reason, "reason", max_reason, "survey.reason_missing");
}

Checked close_by_clock(const Survey& s, kernel::Day today) {
    if (s.state != State::open) return wrong_state(s);
    if (today <= s.asked.closes) return refuse(Code::conflict, "survey.too_early");
    return {};
}

}  // namespace survey::rules
