// Looking something up in the index: which matters, in which order, how many. Bounded: a query that would read more
// than its share stops, says how far it looked, and goes on from there when it is asked to.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/time.h>

#include "matters.h"
#include "query.h"

namespace search {

enum class Order { fitting, newest };  // the best of the newest `most_ranked` first, or the newest first

inline constexpr std::int64_t most_ranked = 1000;
// Bytes of lists that one query may read, each look-up counted as so many.
inline constexpr std::int64_t most_read = 2'000'000, look_up = 400;

// Where a list goes on: below the number `top`; of those ranked, after the one with this score and number.
struct Cursor {
    std::int64_t top = 0;
    std::optional<std::pair<int, std::int64_t>> after;
    std::string text() const;  // "4711" or "4711.12.4000"
    static std::optional<Cursor> parse(std::string_view);
};

struct Asked {
    Query query;
    std::optional<Kind> kind;
    std::int64_t cycle = 0, unit = 0;  // 0: any
    std::string state;                 // "": any
    std::optional<kernel::Day> from, until;
    Order order = Order::fitting;
    std::optional<Cursor> cursor;
    int at_most = 20;
};
struct Hit {
    std::int64_t n = 0;
    Matter matter;
    kernel::Instant came;
    int score = 0;
};
struct Found {
    std::vector<Hit> hits;
    // On the first page: how many there are, as far as was looked; `more`: more than most_ranked.
    std::int64_t count = 0;
    bool more = false;
    std::optional<Cursor> next;
    // It stopped before it had looked at everything: at what came then. `next` goes on from there.
    std::optional<kernel::Instant> stopped_at;
};
Found find(db::Connection&, kernel::View server_key, const Asked&);

// The order of hits, the best first.
bool goes_before(Order, const Hit&, const Hit&);
bool fits(const Asked&, const Matter&, const Attributes&);  // its filters but for the days

}  // namespace search
