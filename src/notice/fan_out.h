// From the log to what is to be sent. The entry itself is what an act leaves behind for its followers: it commits with
// the act, and nothing of this runs on the writer. See docs/decisions/0020-notices.md.
#pragma once
#include "notice.h"
#include "store.h"

namespace notice {

// One transaction of local.db: what is to be sent, for at most `at_most` followers, and how far that came. False when
// nothing is left to read. A place without a mark begins at the end of the log, one whose mark lies beyond the log (it
// was put back) likewise: nobody is told of what was.
bool fan_out(const people::Needs&, const Hooks&, const Means&, int at_most = 500);
// Without a mail server and webhooks: where it would go on later is the end of the log then.
void forget_mark(db::Database&);
std::int64_t hook_number(const Webhook&);  // out of its url

}  // namespace notice
