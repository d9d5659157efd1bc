// One witness, as the round knows it.
#pragma once
#include <optional>
#include <string>

#include <http/client.h>

#include "witnesses.h"

namespace witnesses {

struct Witnesses::Peer {
    merkle::Policy::Witness witness;
    http::Client client;
    Standing standing;
    int failures = 0;                           // one after the other
    double not_before = 0;                      // both by kernel::stopwatch()
    double signed_at = -1e18;                   // not since this start: asked at once
    std::optional<merkle::NoteSignature> line;  // what it answered in this round
};

struct Witnesses::Target {
    std::int64_t size = 0;
    merkle::Note note;
    std::string text;
};

}  // namespace witnesses
