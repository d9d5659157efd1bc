// What another authority takes: its services, asked now and then and kept here; with when, and what was wrong.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <kernel/time.h>

#include "handover.h"

namespace handover {

struct Service {
    std::string code, name, group;
    friend bool operator==(const Service&, const Service&) = default;
};
struct Directory {
    std::vector<Service> services;
    kernel::Instant as_of;     // 0: never
    kernel::Instant asked_at;  // last, with or without an answer
    bool once = false;         // it knows a report that comes again by its Idempotency-Key
    int left_out = 0;          // services that cannot be named here
    std::string fault;         // of the last time: handover.fault_NAME; "" none
    int tries = 0;             // without an answer since then
};

}  // namespace handover
