// The rows of who joined which message. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "support.h"

namespace support {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

bool stands(db::Connection&, VoiceId, people::ParticipantId);

}  // namespace support
