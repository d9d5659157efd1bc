// Work before anonymous submissions when too many come: a puzzle that one person's device solves in seconds and a
// flood's senders pay for each time. Whoever cannot run our script waits instead, a few of one network each minute.
// Nothing is asked while it is quiet, and never of somebody signed in.
//
// A challenge is "v1.SALT.ROUTE.MADE.BITS.MAC": 16 random hex digits, a tag of the route, milliseconds of the
// stopwatch, the difficulty, and an HMAC over all of it under a key that lives as long as the process. It is good for
// five minutes and once. Solved is it by work_parts numbers: SHA-256(challenge ":" part ":" number) begins with
// BITS − log2(work_parts) zero bits, for each part. Parts make progress visible and the time even.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <kernel/bytes.h>

#include "http.h"
#include "rate.h"
#include "server.h"

namespace http {

inline constexpr int work_parts = 8;
inline constexpr int least_work = 15, most_work = 21;  // bits: 32,768 to 2 million hashes, 0.1 to 7 s
inline constexpr double work_lasts = 300;              // seconds
inline constexpr int waits_per_minute = 2;             // of one network, without work
inline constexpr int firsts_per_minute = 2;            // of one network, without being asked
inline constexpr int firsts_up_to = 4;                 // times `from` a minute, of all together; then everybody works

// The difficulty at so many accepted submissions a minute: 0 up to `from`, then two bits more each time they double.
// `from` 0: never any.
int work_bits(double per_minute, int from);
// Whether `proof` ("17.5.1023…", one number for each part) solves it; any bytes.
bool solves(std::string_view challenge, int bits, std::string_view proof);

// Any thread. `now`: seconds of kernel::stopwatch().
class Work {
public:
    explicit Work(int from_per_minute) : from_(from_per_minute) {}
    // Nothing: go on; this one is counted. Else what is asked for.
    std::optional<WorkAsked> ask(const Request&, std::string_view pattern, double now);

private:
    WorkAsked fresh(std::string_view pattern, int bits, double now) const;
    bool good(std::string_view challenge, std::string_view proof, std::string_view pattern, const kernel::Hash& client,
              double now);
    bool used(std::uint64_t salt);
    bool first_use(std::uint64_t salt, double now);
    double rate(double now) const;
    void count(double now);

    const int from_;
    const kernel::Hash key_ = kernel::random_hash();
    Rates waits_{1 << 12}, firsts_{1 << 14};
    std::mutex mutex_;
    std::unordered_map<std::uint64_t, double> used_;  // salt, until when
    double swept_ = 0;
    double per_minute_ = 0, counted_ = 0;
};

}  // namespace http
