// An act of an officer that is one Change: decided by the rules, written, applied.
#pragma once
#include <cstdint>
#include <utility>

#include <ledger/ledger.h>

#include "acts.h"

namespace people {

// `decide(Writing&, const Actor&)` gives a Result of the Change, which is written by its feature's encode(Change,
// index). The actor it gets is as the state has them now: roles may have been lost, and contractors are known there
// alone. What Ledger::perform refuses, this does too.
template <class Id = std::int64_t, class Decide>
kernel::Result<Id> recorded(const Needs& needs, const Actor& actor, Once once, Decide decide) {
    const auto done = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change = decide(w, in_force(w.db(), actor));
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once);
    if (!done) return done.error();
    return Id(done->index);
}

}  // namespace people
