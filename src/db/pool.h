// Connections made on demand and lent one by one. Any thread.
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "database.h"
#include "session.h"

namespace db {

inline constexpr std::size_t most_readers = 32;

class Pool {
public:
    using Make = std::function<std::unique_ptr<Session>()>;
    Pool(std::size_t most, Make make) : most_(most), make_(std::move(make)) {}

    // Waits while all are lent. Throws what `make` throws.
    Database::Lease lend();

private:
    void take_back(std::unique_ptr<Session> session) noexcept;
    std::unique_ptr<Session> idle();

    const std::size_t most_;
    const Make make_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::size_t lent_ = 0;
    std::vector<std::unique_ptr<Session>> idle_;  // the one used last is lent first
};

}  // namespace db
