// The columns of a list of voices, and what a row of them says; for the stores alone.
#pragma once
#include <db/db.h>

#include "store.h"
#include "voice.h"

namespace voice {

// Asks for the columns that listed() reads; joins the words as w, the voice itself is v.
db::Query list_query();
// `for_public`: words only as far as everybody may see them.
Voice listed(const db::Row&, bool for_public);
// Of one unit, or of all.
db::Query escalated_query(deadline::Whom, std::optional<people::UnitId>, std::optional<Ringing> after, int at_most);
db::Query list_of(db::Connection&, const Filter&);

}  // namespace voice
