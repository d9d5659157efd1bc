#include "rows.h"
#include "store.h"

namespace voice {
namespace {

void set_agreement(db::Connection& db, const ledger::Entry& entry, VoiceId voice, Agreement now, What what,
                   std::optional<people::OfficerId> by, const std::optional<std::string>& text) {
    db.run("update voice set agreement = $2 where id = $1", voice.value(), number(now));
    if (now == Agreement::denied || now == Agreement::broken)
        db.run("update voice set agreed_badly = $2 where id = $1", voice.value(), number(now));
    Step step;
    step.entry = entry.index;
    step.what = what;
    step.minute = entry.time;
    step.officer = by;
    step.text = text;
    record(db, voice, step);
}

}  // namespace

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::AgreementSaid& c) {
    set_agreement(db, entry, c.voice, c.agrees ? Agreement::confirmed : Agreement::denied,
                  c.agrees ? What::agreement_confirmed : What::agreement_denied, {}, c.text);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::AgreementJudged& c) {
    set_agreement(db, entry, c.voice, c.kept ? Agreement::kept : Agreement::broken,
                  c.kept ? What::agreement_kept : What::agreement_broken, {}, c.text);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::AgreementFound& c) {
    if (!c.kept) {
        set_agreement(db, entry, c.voice, Agreement::unsaid, What::agreement_unsaid, {}, {});
        return;
    }
    set_agreement(db, entry, c.voice, *c.kept ? Agreement::kept : Agreement::broken,
                  *c.kept ? What::agreement_found_kept : What::agreement_found_broken, c.by, c.reason);
}

std::vector<Ringing> agreements_over(db::Connection& db, kernel::Day today, Ringing after, int at_most) {
    std::vector<Ringing> all;
    for (const db::Row& row : db.query("select promised, id from voice where agreement < 2 and promised < $1 "
                                       "and (promised, id) > ($2, $3) order by promised, id limit $4",
                                       today.days, after.day.days, after.voice.value(), at_most))
        all.push_back({kernel::Day{row.integer(0)}, VoiceId(row.integer(1))});
    return all;
}

}  // namespace voice
