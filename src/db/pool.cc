#include "pool.h"

namespace db {

Database::Lease Pool::lend() {
    std::unique_ptr<Session> session = idle();
    if (session == nullptr) {
        try {
            session = make_();
        } catch (...) {
            take_back(nullptr);
            throw;
        }
    }
    Session* lent = session.release();  // the lease owns it; std::function cannot hold a unique_ptr
    return {*lent, [this, lent] { take_back(std::unique_ptr<Session>(lent)); }};
}

// Counts as lent from here on; null when a new one must be made.
std::unique_ptr<Session> Pool::idle() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return lent_ < most_; });
    ++lent_;
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Session> session = std::move(idle_.back());
    idle_.pop_back();
    return session;
}

void Pool::take_back(std::unique_ptr<Session> session) noexcept {
    if (session != nullptr) session->settle();
    if (session != nullptr && session->lost()) session.reset();
    {
        const std::lock_guard lock(mutex_);
        --lent_;
        if (session != nullptr) idle_.push_back(std::move(session));
    }
    returned_.notify_one();
}

}  // namespace db
