// What the workbench above does with a case: reads it as staff may, and answers it inside an act of its own.
#include "workbench.h"

#include <preset/preset.h>

#include "acts.h"
#include "reading.h"

namespace voice {

namespace {

// What the case goes by, read on the connection at hand: these acts have no place in memory to look it up.
preset::Casework casework_of(db::Connection& db, const Case& c) {
    return c.preset > 0 ? preset::preset(db, c.preset).value().casework() : rules::casework_of(c.terms);
}

}  // namespace

bool needs_release(db::Connection& db, const Case& c) { return casework_of(db, c).release.contains(name(c.kind)); }

std::optional<DeskCase> desk_case(db::Connection& db, const people::Actor& actor, VoiceId id) {
    const std::optional<Case> c = find_case(db, id);
    if (!c) return std::nullopt;
    const rules::Who who = who_of(db, actor, *c);
    // Also of a public one: what staff say among themselves is not for every account.
    Case closed = *c;
    closed.shown = Shown::unit_only;
    if (!may_read(who, closed)) return std::nullopt;
    Case open = *c;
    open.shown = Shown::published;
    DeskCase found{public_view(open, find_words(db, id)), newest_act(db, id), {}};
    found.voice.shown = c->shown;
    found.may_answer = rules::may(rules::Act::answer, *c, who);
    return found;
}

namespace {

struct Considered {
    Case on;
    change::Answered made;
};
kernel::Result<Considered> consider(ledger::Writing& w, const people::Actor& actor, VoiceId id, Answer answer,
                                    std::string_view text, std::optional<kernel::Day> by, const Sent& sent) {
    const std::optional<Case> c = find_case(w.db(), id);
    if (!c) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
    if (auto ok = unchanged(w.db(), id, sent); !ok) return ok.error();
    const kernel::Calendar calendar = people::calendar(w.db());
    const preset::Casework casework = casework_of(w.db(), *c);
    const rules::Today today{kernel::local_day(w.now()), calendar, casework, w.now()};
    const auto made = rules::answer(*c, who_of(w.db(), actor, *c), answer, text, by, today, true);
    if (!made) return made.error();
    return Considered{*c, *made};
}

}  // namespace

kernel::Checked check_answer(ledger::Writing& w, const people::Actor& actor, VoiceId id, Answer answer,
                             std::string_view text, std::optional<kernel::Day> by, const Sent& sent) {
    const auto considered = consider(w, actor, id, answer, text, by, sent);
    return considered ? kernel::Checked() : considered.error();
}

kernel::Result<std::int64_t> answer_released(ledger::Writing& w, const people::Actor& actor, VoiceId id, Answer answer,
                                             std::string_view text, std::optional<kernel::Day> by, const Sent& sent) {
    const auto considered = consider(w, actor, id, answer, text, by, sent);
    if (!considered) return considered.error();
    const auto& [c, made] = *considered;
    const std::int64_t entry =
        w.append(change::encode(made, c.is_public() ? ledger::Served::open : ledger::Served::closed));
    if (made.answer != Answer::agreed) promise(w, c, made.by, made.promised);
    return entry;
}

}  // namespace voice
