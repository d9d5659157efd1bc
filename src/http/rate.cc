#include "rate.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace http {
namespace {

constexpr double day_seconds = 86'400;
constexpr std::size_t set_size = 4;

// The client's name is a keyed hash already, so that nobody can aim at another's set; FNV-1a only mixes the route in.
std::uint64_t owner_of(const kernel::Hash& client, std::string_view what) {
    std::uint64_t out = 0;
    std::memcpy(&out, client.data(), sizeof out);
    for (char c : what) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return out == 0 ? 1 : out;
}

}  // namespace

std::int64_t ClientNames::era(double now) { return static_cast<std::int64_t>(now / day_seconds); }

kernel::Hash ClientNames::of(const Address& address, double now) {
    const std::int64_t current = era(now);
    kernel::Hash key;
    {
        const std::lock_guard lock(mutex_);
        if (era_ != current) {
            key_ = kernel::random_hash();
            era_ = current;
        }
        key = key_;
    }
    return kernel::hmac_sha256(key, address.network());
}

Rates::Rates(std::size_t buckets) : buckets_(buckets) {}

Rates::Bucket& Rates::bucket(std::uint64_t owner, double full, double now) {
    Bucket* const set = &buckets_[(owner >> 8) % (buckets_.size() / set_size) * set_size];
    Bucket* oldest = set;
    for (Bucket* one = set; one != set + set_size; ++one) {
        if (one->owner == owner) return *one;
        if (one->owner == 0 || (oldest->owner != 0 && one->at < oldest->at)) oldest = one;
    }
    *oldest = {owner, now, full};
    return *oldest;
}

int Rates::take(const kernel::Hash& client, std::string_view what, int per_minute, double now) {
    const double per_second = per_minute / 60.0;
    const std::lock_guard lock(mutex_);
    Bucket& mine = bucket(owner_of(client, what), per_minute, now);
    mine.tokens = std::min<double>(per_minute, mine.tokens + std::max(0.0, now - mine.at) * per_second);
    mine.at = std::max(mine.at, now);
    if (mine.tokens >= 1) {
        mine.tokens -= 1;
        return 0;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - mine.tokens) / per_second)));
}

}  // namespace http
