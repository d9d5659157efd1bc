// Which forms were sent before. A token is kept for three days, but only the newest 262,144 of them: so many take less
// than 20 MiB of memory, and nobody sends the same form again after so many others. One thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include <kernel/bytes.h>

#include "store.h"

namespace ledger {

class Tokens {
public:
    static constexpr std::int64_t days = 3;
    static constexpr std::size_t most = 262'144;

    explicit Tokens(db::Connection&, std::size_t at_most = most);

    // The entry that the form with this token got, also within the open transaction.
    std::optional<std::int64_t> find(db::Connection&, const kernel::Hash& token) const;

    // Both write in the open transaction. Until accept() they can be taken back: with abandon(), or down to a mark.
    void add(db::Connection&, const kernel::Hash& token, std::int64_t today, std::int64_t index);
    void prune(db::Connection&, std::int64_t today);  // at most 2,000
    std::size_t mark() const { return fresh_.size(); }
    void rewind(std::size_t mark) { fresh_.resize(mark); }
    bool changed() const { return !fresh_.empty() || old_ > 0; }
    void accept();
    void abandon();

private:
    struct Kept {
        std::int64_t n, day;
        std::uint64_t key;
    };
    void keep(const store::Used&);

    std::size_t at_most_;
    std::int64_t next_ = 0;
    std::deque<Kept> kept_;                                   // as in the table
    std::unordered_map<std::uint64_t, std::int64_t> by_key_;  // the token's first bytes, the newest n that has them
    std::vector<store::Used> fresh_;
    std::size_t old_ = 0;  // how many of kept_ the open transaction drops
};

}  // namespace ledger
