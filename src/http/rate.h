// How often one client may do something: token buckets, without any address being kept. Any thread.
#pragma once
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>

#include "address.h"

namespace http {

// Names clients by HMAC of their network under a key that is made anew each day and written nowhere: yesterday's names
// say nothing today.
class ClientNames {
public:
    // `now`: seconds of kernel::stopwatch().
    kernel::Hash of(const Address&, double now);
    // Changes when the key does: a name may be kept until then.
    std::int64_t era(double now);

private:
    std::mutex mutex_;
    kernel::Hash key_{};
    std::int64_t era_ = -1;
};

// A fixed number of buckets in sets of four; in a full set the one longest untouched, which is the fullest, gives way.
// A bucket holds `per_minute` tokens and is filled evenly.
class Rates {
public:
    explicit Rates(std::size_t buckets = 1 << 16);  // a power of two, at least 4; 24 bytes each
    // Takes a token of `client` for `what` (a route's pattern, or "" for all that has no rate of its own).
    // 0: taken; else the whole seconds until there is one.
    int take(const kernel::Hash& client, std::string_view what, int per_minute, double now);

private:
    struct Bucket {
        std::uint64_t owner = 0;
        double at = 0;
        double tokens = 0;
    };
    Bucket& bucket(std::uint64_t owner, double full, double now);
    std::mutex mutex_;
    std::vector<Bucket> buckets_;
};

}  // namespace http
