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

const deadline::Term& again_term(const Case& c, Today today) { return today.casework.again_term(name(c.kind)); }

bool term_over(const Case& c, Today today) { return c.term && today.day > *c.term; }

}  // namespace

kernel::Result<change::WordAdded> add_word(const Case& c, const Who& who, std::string_view text, Today today) {
    if (auto ok = may(Act::add_word, c, who); !ok) return ok.error();
    if (auto ok = needed_text(text, "text", max_word); !ok) return ok.error();
    change::WordAdded made{c.cycle, c.id, {}, said(text)};
    if (c.state == State::asked_back && !c.paused_otherwise()) made.resumed = gone_on(c, today);
    return made;
}

kernel::Result<change::Rated> rate(const Case& c, const Who& who, bool solved, int stars, std::string_view words,
                                   Today today) {
    if (auto ok = may(Act::rate, c, who); !ok) return ok.error();
    if (term_over(c, today)) return kernel::refuse(kernel::Code::conflict, "voice.term_over");
    if (stars < 1 || stars > 5) return kernel::invalid("stars", "voice.stars_range");
    if (auto ok = kernel::check_length(words, "words", max_word); !ok) return ok.error();
    return change::Rated{
        c.cycle,    c.id, solved, stars, deadline::count(today.calendar, today.day, today.casework.rating).due,
        said(words)};
}

kernel::Result<change::Reopened> reopen(const Case& c, const Who& who, std::string_view reason,
                                        std::optional<people::UnitId> superior, Today today) {
    if (auto ok = may(Act::reopen, c, who); !ok) return ok.error();
    if (term_over(c, today) && c.agreement != Agreement::broken)
        return kernel::refuse(kernel::Code::conflict, "voice.term_over");
    if (c.reopened >= today.casework.superior_at)
        return kernel::refuse(kernel::Code::conflict, "voice.reopened_enough");
    if (auto ok = needed_text(reason, "reason", max_word); !ok) return ok.error();
    change::Reopened made{c.cycle,     c.id, c.reopened + 1, {}, counted(today, today.day, again_term(c, today)),
                          said(reason)};
    if (made.nth == today.casework.superior_at) made.superior = superior;
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

std::optional<change::Closed> close(const Case& c, Today today) {
    if ((c.state != State::answered && c.state != State::rated) || !term_over(c, today)) return std::nullopt;
    return change::Closed{c.id, c.state == State::rated};
}

std::optional<change::Published> publish_late(const Case& c, Today today) {
    if (c.shown != Shown::held || !c.held_until || today.day <= *c.held_until) return std::nullopt;
    return change::Published{c.id, people::OfficerId()};
}

}  // namespace voice::rules
