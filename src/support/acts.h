// What the acts and their pages share.
#pragma once
#include <cycle/cycle.h>
#include <db/db.h>
#include <http/http.h>

#include "rules.h"

namespace support {

rules::Standing standing(db::Connection&, const voice::Voice&);
// A participant of the message's round, by the key of a browser or of a code; nobody: a Who of no id.
rules::Who by_browser(db::Connection&, const voice::Voice&, const kernel::Hash& key);
rules::Who by_code(db::Connection&, const voice::Voice&, const kernel::Hash& key);

}  // namespace support
