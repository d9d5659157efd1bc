// The columns of a list of voices, and what a row of them says; for the stores alone.
#pragma once
#include <db/db.h>

#include "voice.h"

namespace voice {

// In the order that listed() reads them; joins the words as w.
inline constexpr db::Sql list_columns =
    "select v.id, v.cycle, v.kind, v.audience, v.shown, v.state, v.way, v.received, v.unit, v.officer, v.due, "
    "v.late_days, v.reopened, v.rating, v.solved, v.ground, v.master, v.answer, v.by_staff, v.photos, v.source, "
    "v.sample, v.overdue, v.joined_to, v.agreement, w.title, w.text, w.place, w.lang from voice v left join "
    "voice_words w on "
    "w.voice = v.id";
// `for_public`: words only as far as everybody may see them.
Voice listed(const db::Row&, bool for_public);

}  // namespace voice
