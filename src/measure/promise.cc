// An answer with a day is a promise, and a promise is a measure: whoever answered owns it, and it ends on that day.
#include "rules.h"
#include "store.h"

namespace measure {

std::optional<Measure> measure_of_voice(db::Connection& db, voice::VoiceId id) {
    Filter f;
    f.voice = id;
    f.at_most = 1;
    std::vector<Measure> newest = measures(db, f);
    return newest.empty() ? std::nullopt : std::optional(std::move(newest.front()));
}

void adopt_promise(ledger::Writing& w, const voice::Promise& p) {
    const std::optional<Measure> before = measure_of_voice(w.db(), p.voice);
    // Answered again before the first promise was kept: that one stands, and is extended where more time is asked for.
    if (before && rules::being_done(*before)) return;
    Draft d;
    d.cycle = p.cycle;
    d.voice = p.voice;
    d.kind = Kind::pledge;
    d.lang = "und";  // it has no words of its own
    d.owner_unit = p.unit, d.owner = p.by;
    d.indicator = {"", "", {0, 0}, {1, 0}};  // not done, done
    d.due = p.due;
    d.sample = p.sample;
    w.append(change::encode(change::Adopted{std::move(d), std::nullopt, p.by}, w.next_index()));
}

}  // namespace measure
