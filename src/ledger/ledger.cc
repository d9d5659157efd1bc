#include "ledger.h"

#include <exception>
#include <future>
#include <stdexcept>

#include "writer.h"

namespace ledger {

std::unique_ptr<Ledger> Ledger::start(db::Database& db, const kernel::Clock& clock, const merkle::SignerKey& signer,
                                      Kinds kinds, Settings settings) {
    replay_if_due(db, kinds);
    return std::make_unique<Writer>(db, clock, signer, std::move(kinds), std::move(settings));
}

kernel::Result<Receipt> Ledger::perform(Act act, Once once) {
    if (Writer::is_this_thread()) throw std::logic_error("ledger: perform() would wait for its own thread");
    // Shared with `done`: set_value() may still be at work in it when get() has returned.
    const auto promise = std::make_shared<std::promise<kernel::Result<Receipt>>>();
    std::exception_ptr thrown;  // written on the writer thread before the promise is kept
    submit(
        [&act, &thrown](Writing& writing) {
            thrown = nullptr;
            try {
                return act(writing);
            } catch (...) {
                thrown = std::current_exception();
                throw;
            }
        },
        once, [promise](kernel::Result<Receipt> result) { promise->set_value(std::move(result)); });
    kernel::Result<Receipt> result = promise->get_future().get();
    if (!result && result.error().key == "ledger.broken" && thrown) std::rethrow_exception(thrown);
    return result;
}

}  // namespace ledger
