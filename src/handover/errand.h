// What is still to be asked of the other side about one handover: its states, and what came of a request. The row is
// written before the request: a program that is killed in between never sends a second time by itself where the other
// side would take it for another report.
#pragma once
#include <cstdint>
#include <string>

#include "handover.h"

namespace handover {

struct Errand {
    enum class State {  // the numbers are stored
        waiting,        // to be sent
        sending,        // the request is on its way, or was when the program ended
        uncertain,      // nobody here knows whether they have it; staff say
        token,          // they have it, and tell its number later
        following,      // they have it under a number
    };
    HandoverId handover;
    State state = State::waiting;
    kernel::Instant next_at;
    int tries = 0;          // without an answer that can be used, in a row
    kernel::Instant since;  // of the state
    std::string token = {};
    std::string fault = {};         // of the last time: handover.fault_NAME; "" none
    kernel::Instant asked_at = {};  // last
    std::string seen = {};          // HMAC of their newest notes: what was erased here is not entered again
};

}  // namespace handover
