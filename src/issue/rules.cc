#include "rules.h"

#include <kernel/text.h>

namespace issue::rules {
namespace {

kernel::Error wrong_state(const Issue& issue) {
    return kernel::refuse(kernel::Code::conflict, "issue.wrong_state", {{"state", std::string(name(issue.state))}});
}

kernel::Checked need_reason(std::string_view reason) {
    return kernel::need_text(reason, "reason", reason_max, "issue.reason_missing");
}

bool follows(State from, State to) {
    switch (to) {
        case State::before_body:
            return from == State::confirmed || from == State::before_body;
        case State::adopted:
            return from == State::before_body || from == State::adopted;
        case State::refused:
            return from == State::before_body;
        case State::resolved:
            return from == State::adopted;
        case State::carried_over:
            return from == State::suggested || from == State::confirmed || from == State::before_body;
        case State::suggested:
        case State::confirmed:
        case State::dismissed:
            return false;
    }
    return false;
}

}  // namespace

kernel::Checked may_gather(const people::Actor& actor) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    for (people::Role role : {people::Role::officer, people::Role::head, people::Role::clerk})
        if (actor.has(role)) return {};
    return kernel::refuse(kernel::Code::forbidden, "issue.may_not_gather");
}

kernel::Checked may_confirm(const people::Actor& actor) {
    if (auto staff = people::need_staff(actor); !staff) return staff;
    if (actor.has(people::Role::head) || actor.has(people::Role::clerk)) return {};
    return kernel::refuse(kernel::Code::forbidden, "issue.may_not_confirm");
}

kernel::Result<change::Suggested> suggest(const people::Actor& actor, const Draft& draft,
                                          const std::optional<cycle::Cycle>& cycle) {
    if (auto may = may_gather(actor); !may) return may.error();
    if (!cycle) return kernel::invalid("cycle", "issue.cycle_unknown");
    if (!cycle->standing && (cycle->phase == cycle::Phase::prepare || cycle->phase == cycle::Phase::closed))
        return kernel::invalid("cycle", "issue.cycle_not_open");
    if (auto ok = kernel::need_text(draft.title, "title", title_max, "issue.title_missing"); !ok) return ok.error();
    if (auto ok = kernel::check_length(draft.text, "text", text_max); !ok) return ok.error();
    return change::Suggested{draft.cycle, draft.title, draft.text, draft.lang, draft.sample, actor.officer};
}

kernel::Checked gather(const people::Actor& actor, const Issue& issue, std::size_t voices, std::size_t statements) {
    if (auto may = may_gather(actor); !may) return may;
    if (issue.state != State::suggested && issue.state != State::confirmed) return wrong_state(issue);
    if (voices == 0 && statements == 0) return kernel::invalid("voices", "issue.nothing_chosen");
    if (voices > gather_max || statements > gather_max)
        return kernel::invalid("voices", "issue.too_many", {{"max", std::to_string(gather_max)}});
    return {};
}

kernel::Checked arrange(const people::Actor& actor, const Issue& issue) {
    if (auto may = may_gather(actor); !may) return may;
    if (issue.state != State::suggested && issue.state != State::confirmed) return wrong_state(issue);
    return {};
}

kernel::Result<change::Moved> confirm(const people::Actor& actor, const Issue& issue, int marks,
                                      std::string_view reason, std::int64_t answers) {
    if (auto may = may_confirm(actor); !may) return may.error();
    // Confirmed ones may be confirmed again with other marks.
    if (issue.state != State::suggested && issue.state != State::confirmed) return wrong_state(issue);
    if (marks < 0 || marks > all_marks) return kernel::invalid("marks", "issue.marks_unknown");
    if (marks != 0 || issue.state == State::confirmed)
        if (auto given = need_reason(reason); !given) return given.error();
    if (issue.voices == 0 && issue.statements == 0 && answers == 0)
        return kernel::refuse(kernel::Code::conflict, "issue.empty");
    return change::Moved{issue.id, State::confirmed, marks, std::string(reason), {}, actor.officer};
}

kernel::Result<change::Moved> dismiss(const people::Actor& actor, const Issue& issue, std::string_view reason) {
    if (auto may = may_confirm(actor); !may) return may.error();
    if (issue.state != State::suggested && issue.state != State::confirmed) return wrong_state(issue);
    if (auto given = need_reason(reason); !given) return given.error();
    return change::Moved{issue.id, State::dismissed, issue.marks, std::string(reason), {}, actor.officer};
}

kernel::Result<change::Moved> move(const Issue& issue, State to, std::string_view reason,
                                   std::optional<std::int64_t> because) {
    if (!follows(issue.state, to)) return wrong_state(issue);
    if (to == State::refused)
        if (auto given = need_reason(reason); !given) return given.error();
    return change::Moved{issue.id, to, issue.marks, std::string(reason), because, {}};
}

kernel::Checked takes_advice(const Issue& issue) {
    if (issue.state == State::confirmed || issue.state == State::before_body || issue.state == State::adopted)
        return {};
    return kernel::refuse(kernel::Code::conflict, "issue.advice_not_asked");
}

kernel::Result<change::Moved> carry_over(const Issue& issue, people::CycleId next) {
    // Only onwards: rounds are numbered in the order in which they were opened.
    if (next <= issue.cycle) return kernel::refuse(kernel::Code::conflict, "issue.carried_back");
    return move(issue, State::carried_over, "", next.value());
}

}  // namespace issue::rules
