#include <kernel/text.h>

#include "rules.h"
#include "texts.h"

namespace voice::rules {
namespace {

using kernel::Code;

kernel::Checked whole(const Called& asked) {
    if (asked.outcome != Call::rated) {
        if (asked.solved || asked.stars || asked.again) return kernel::invalid("call", "voice.call_not_rated");
        return {};
    }
    if (!asked.solved) return kernel::invalid("call_solved", "voice.solved_missing");
    if (!asked.stars) return kernel::invalid("call_stars", "voice.stars_missing");
    if (*asked.stars < 1 || *asked.stars > 5) return kernel::invalid("call_stars", "voice.stars_range");
    if (asked.again && *asked.solved) return kernel::invalid("call_again", "voice.again_solved");
    return {};
}

}  // namespace

kernel::Result<change::CalledBack> call_back(const Case& c, const Who& who, const Called& asked, std::string_view said,
                                             std::optional<people::UnitId> superior, Today today) {
    if (auto ok = may(Act::call_back, c, who); !ok) return ok.error();
    if (c.term && today.day > *c.term) return kernel::refuse(Code::conflict, "voice.term_over");
    if (auto ok = whole(asked); !ok) return ok.error();
    // What somebody is told to have said is written down; that nobody answered says itself.
    if (asked.outcome == Call::rated && said.empty()) return kernel::invalid("call_said", "voice.said_missing");
    if (auto ok = kernel::check_length(said, "call_said", max_remark); !ok) return ok.error();
    change::CalledBack made;
    made.voice = c.id;
    made.outcome = asked.outcome;
    made.nth = c.call_tries + 1;
    made.by = who.officer;
    made.unit = who.unit;
    if (!said.empty()) made.text = std::string(said);
    if (asked.outcome != Call::rated) return made;
    made.solved = *asked.solved;
    made.stars = *asked.stars;
    if (!asked.again) {
        made.term = deadline::count(today.calendar, today.day, today.casework.rating).due;
        return made;
    }
    if (c.reopened >= today.casework.superior_at) return kernel::refuse(Code::conflict, "voice.reopened_enough");
    made.again = change::Again{c.reopened + 1, {}, counted(today, today.day, today.casework.again_term(name(c.kind)))};
    if (made.again->nth == today.casework.superior_at) made.again->superior = superior;
    return made;
}

}  // namespace voice::rules
