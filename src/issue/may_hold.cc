// What an issue can hold.
#include <algorithm>

#include <survey/survey.h>

#include "acts.h"
#include "advice.h"

namespace issue {
namespace {

// Is it said in the issue's own round, or in one in which the issue was before?
bool of_its_rounds(db::Connection& db, const Issue& to, people::CycleId said_in) {
    if (said_in == to.cycle) return true;
    const auto before = carried(db, to.id);
    return std::any_of(before.begin(), before.end(), [&](const Carried& c) { return c.from == said_in; });
}

bool of_the_desk(db::Connection& db, people::CycleId id) {
    const auto c = cycle::cycle(db, id);
    return c && c->standing;
}

}  // namespace

kernel::Checked may_hold(db::Connection& db, const Issue& to, voice::VoiceId id) {
    const auto found = voice::voice(db, id);
    if (!found) return kernel::invalid("voices", "issue.voice_unknown", {{"number", std::to_string(id.value())}});
    if (found->state == voice::State::withdrawn)
        return kernel::invalid("voices", "issue.voice_withdrawn", {{"number", std::to_string(id.value())}});
    if (found->state == voice::State::put_back)
        return kernel::invalid("voices", "issue.voice_put_back", {{"number", std::to_string(id.value())}});
    if (has_advice(db, to.id, id))
        return kernel::invalid("voices", "issue.voice_is_advice", {{"number", std::to_string(id.value())}});
    if (of_its_rounds(db, to, found->cycle)) return {};
    if (of_the_desk(db, found->cycle)) return {};
    return kernel::invalid("voices", "issue.voice_elsewhere", {{"number", std::to_string(id.value())}});
}

kernel::Checked may_hold(db::Connection& db, const Issue& to, dialogue::StatementId id) {
    const auto found = dialogue::statement(db, id);
    const auto in = found ? dialogue::dialogue(db, found->dialogue) : std::nullopt;
    if (!in || !of_its_rounds(db, to, in->cycle))
        return kernel::invalid("statements", "issue.statement_unknown", {{"number", std::to_string(id.value())}});
    return {};
}

kernel::Checked may_hold(db::Connection& db, const Issue& to, AnswerId id) {
    const auto found = survey::written(db, id.entry, id.question);
    if (found && !found->text.empty() && (of_its_rounds(db, to, found->cycle) || of_the_desk(db, found->cycle)))
        return {};
    return kernel::invalid("answers", "issue.answer_unknown", {{"number", std::to_string(id.entry)}});
}

}  // namespace issue
