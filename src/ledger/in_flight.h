// Many acts at once, so that they share commits: submitted without waiting for each, at most a few hundred in flight.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "ledger.h"

namespace ledger {

// One thread submits; the outcomes come on the ledger's writer. The destructor waits for what is in flight.
class InFlight {
public:
    explicit InFlight(Ledger& ledger, int most = 256) : ledger_(ledger), most_(most) {}
    ~InFlight() { wait(); }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

    void submit(Act);  // waits while `most` are in flight
    void wait();       // until none is
    std::int64_t recorded() const;
    std::optional<kernel::Error> refused() const;  // the first refusal but conflicts, which mean: done already

private:
    Ledger& ledger_;
    const int most_;
    mutable std::mutex lock_;
    std::condition_variable fewer_;
    int flying_ = 0;
    std::int64_t recorded_ = 0;
    std::optional<kernel::Error> refused_;
};

}  // namespace ledger
