#include "in_flight.h"

namespace ledger {

void InFlight::submit(Act act) {
    {
        std::unique_lock held(lock_);
        fewer_.wait(held, [&] { return flying_ < most_; });
        ++flying_;
    }
    ledger_.submit(std::move(act), std::nullopt, [this](const kernel::Result<Receipt>& outcome) {
        const std::lock_guard held(lock_);
        if (outcome)
            ++recorded_;
        else if (outcome.error().code != kernel::Code::conflict && !refused_)
            refused_ = outcome.error();
        --flying_;
        fewer_.notify_all();
    });
}

void InFlight::wait() {
    std::unique_lock held(lock_);
    fewer_.wait(held, [&] { return flying_ == 0; });
}

std::int64_t InFlight::recorded() const {
    const std::lock_guard held(lock_);
    return recorded_;
}

std::optional<kernel::Error> InFlight::refused() const {
    const std::lock_guard held(lock_);
    return refused_;
}

}  // namespace ledger
