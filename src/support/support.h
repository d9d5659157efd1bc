// Saying so too (我也这样认为): whoever thinks the same joins a public message instead of writing it again. One person,
// once for each message, without an account, taken back at any time while the round takes messages. How many is
// public; who, nobody learns, and nothing lists what somebody joined. README.md says what the log tells.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kernel/result.h>
#include <people/people.h>
#include <voice/voice.h>

namespace ledger {
struct Entry;
}

namespace support {

using voice::VoiceId;
using Once = std::optional<kernel::Hash>;

// What speaks for this message: the one that staff say it is the same as, the one it repeats, or the whole that it was
// a part of and is again. Nothing: it stands for itself.
std::optional<VoiceId> leads_to(db::Connection&, const voice::Voice&);
// Whether anybody can join it now: support.says_the_same {other}, support.not_public, support.withdrawn,
// support.erased, support.case_over, cycle.not_open, all conflict. For whoever offers it.
kernel::Checked may_be_joined(db::Connection&, const voice::Voice&);

// How many joined it, the author aside. Kept incrementally.
std::int64_t count(db::Connection&, VoiceId);
std::vector<std::int64_t> counts(db::Connection&, const std::vector<VoiceId>&);  // in the order asked for
std::optional<VoiceId> about(
    const ledger::Entry&);  // the message that an entry of this feature joins, or joins no more
// Whether this browser did: for what it is shown itself, and nothing else.
bool joined(const people::Needs&, const http::Request&, db::Connection&, const voice::Voice&);

// ---- acts ----------------------------------------------------------------------------------------------------------
// By a participant, whose key is Actor::visitor: somebody's own word, also that of staff; nobody joins for a caller.
// What may_be_joined() refuses, and voice.unknown (not_found), support.own, support.given_already (conflict),
// support.key_missing (invalid).
kernel::Result<ledger::Receipt> give(const people::Needs&, const people::Actor&, VoiceId, Once = {});
// By the browser that joined it or, from another one, by the secret code of who did; "": none was typed. As long as the
// round takes messages, whatever became of the message: support.none_given, cycle.not_open (conflict);
// support.code_wrong (forbidden) at "code".
kernel::Result<ledger::Receipt> take_back(const people::Needs&, const people::Actor&, VoiceId,
                                          std::string_view code = {}, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&);
// How many, and the small form that joins, or that this browser did and where it is taken back; empty where nobody
// joined it and nobody can. For pages of one reader (page::answer), which hold its tokens.
page::Html button(const people::Needs&, const http::Request&, db::Connection&, VoiceId);
// On the message's page, which is kept for everybody: the same without tokens.
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);  // as little as the leaf tells: the round

}  // namespace support
