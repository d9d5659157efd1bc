#include <algorithm>

#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

constexpr std::size_t max_word = 2000;

std::optional<std::string> said(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

bool term_over(const Case& c, Today today) { return c.term && today.day > *c.term; }

// The clock stood from asked_on until today: the due day moves by the working days in between, at most by those
// granted. What was late already stays so: nobody is in time again by asking.
change::Counted resumed(const Case& c, Today today) {
    if (*c.asked_on > *c.due) return counted(today.calendar, *c.due, 0);
    const int stood = kernel::working_days_between(today.calendar, *c.asked_on, today.day);
    return counted(today.calendar, *c.due, std::clamp(stood, 0, c.terms.ask_back_days));
}

}  // namespace

kernel::Result<change::WordAdded> add_word(const Case& c, const Who& who, std::string_view text, Today today) {
    if (auto ok = may(Act::add_word, c, who); !ok) return ok.error();
    if (auto ok = needed_text(text, "text", max_word); !ok) return ok.error();
    change::WordAdded made{c.cycle, c.id, {}, said(text)};
    if (c.state == State::asked_back) made.resumed = resumed(c, today);
    return made;
}

kernel::Result<change::Rated> rate(const Case& c, const Who& who, bool solved, int stars, std::string_view words,
                                   Today today) {
    if (auto ok = may(Act::rate, c, who); !ok) return ok.error();
    if (term_over(c, today)) return kernel::refuse(kernel::Code::conflict, "voice.term_over");
    if (stars < 1 || stars > 5) return kernel::invalid("stars", "voice.stars_range");
    if (auto ok = kernel::check_length(words, "words", max_word); !ok) return ok.error();
    return change::Rated{
        c.cycle,    c.id, solved, stars, kernel::add_working_days(today.calendar, today.day, c.terms.rating_days),
        said(words)};
}

kernel::Result<change::Reopened> reopen(const Case& c, const Who& who, std::string_view reason,
                                        std::optional<people::UnitId> superior, Today today) {
    if (auto ok = may(Act::reopen, c, who); !ok) return ok.error();
    if (term_over(c, today) && c.agreement != Agreement::broken)
        return kernel::refuse(kernel::Code::conflict, "voice.term_over");
    if (c.reopened >= c.terms.superior_at) return kernel::refuse(kernel::Code::conflict, "voice.reopened_enough");
    if (auto ok = needed_text(reason, "reason", max_word); !ok) return ok.error();
    change::Reopened made{c.cycle,     c.id, c.reopened + 1, {}, counted(today.calendar, today.day, c.terms.reply_days),
                          said(reason)};
    if (made.nth == c.terms.superior_at) made.superior = superior;
    return made;
}

kernel::Result<change::Withdrawn> withdraw(const Case& c, const Who& who, bool unit_asked) {
    if (auto ok = may(Act::withdraw, c, who); !ok) return ok.error();
    return change::Withdrawn{c.cycle, c.id, unit_asked};
}

kernel::Result<change::Appealed> appeal(const Case& c, const Who& who, std::string_view reason) {
    if (auto ok = may(Act::appeal, c, who); !ok) return ok.error();
    if (auto ok = needed_text(reason, "reason", max_word); !ok) return ok.error();
    return change::Appealed{c.cycle, c.id, c.hidden_entry.value(), said(reason)};
}

std::optional<change::Late> late(const Case& c, Today today) {
    const bool runs = c.state == State::received || c.state == State::assigned || c.state == State::joined;
    if (!runs || !c.next_day || today.day < *c.next_day) return std::nullopt;
    const kernel::Day due = *c.due;
    if (today.day < *c.late_from) {
        // Only a case that no unit has is looked at before its answer is late.
        const int waited = kernel::working_days_between(today.calendar, kernel::local_day(c.received), today.day);
        return change::Late{c.id, change::Duty::accept, waited, *c.late_from};
    }
    const int days = kernel::working_days_between(today.calendar, due, today.day);
    if (days < 1) return std::nullopt;  // late_from was a working day of the calendar then in force
    constexpr int marks[] = {1, 5, 10, 20};
    const int* mark = std::find_if(std::begin(marks), std::end(marks), [&](int one) { return one > days; });
    const int next = mark != std::end(marks) ? *mark : (days / 20 + 1) * 20;
    return change::Late{c.id, change::Duty::reply, days, kernel::add_working_days(today.calendar, due, next)};
}

std::optional<change::Resumed> resume(const Case& c, Today today) {
    if (c.state != State::asked_back || !c.next_day || today.day < *c.next_day) return std::nullopt;
    return change::Resumed{c.id, resumed(c, today)};
}

std::optional<change::Closed> close(const Case& c, Today today) {
    if ((c.state != State::answered && c.state != State::rated) || !term_over(c, today)) return std::nullopt;
    return change::Closed{c.id, c.state == State::rated};
}

std::optional<change::Published> publish_late(const Case& c, Today today) {
    if (c.shown != Shown::held || !c.held_until || today.day <= *c.held_until) return std::nullopt;
    return change::Published{c.id, people::OfficerId()};
}

}  // namespace voice::rules
