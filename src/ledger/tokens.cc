#include "tokens.h"

#include <algorithm>
#include <cstring>

namespace ledger {
namespace {

constexpr std::size_t prune_at_most = 2000;

std::uint64_t key_of(const kernel::Hash& token) {
    std::uint64_t key = 0;
    std::memcpy(&key, token.data(), sizeof key);
    return key;
}

}  // namespace

Tokens::Tokens(db::Connection& db, std::size_t at_most) : at_most_(at_most) {
    store::each_used(db, [this](const store::Used& used) { keep(used); });
}

void Tokens::keep(const store::Used& used) {
    const std::uint64_t key = key_of(used.token);
    kept_.push_back({used.n, used.day, key});
    by_key_[key] = used.n;
    next_ = used.n + 1;
}

std::optional<std::int64_t> Tokens::find(db::Connection& db, const kernel::Hash& token) const {
    const auto fresh = std::ranges::find(fresh_, token, &store::Used::token);
    if (fresh != fresh_.end()) return fresh->index;
    const auto known = by_key_.find(key_of(token));
    if (known == by_key_.end()) return std::nullopt;
    const auto used = store::used(db, known->second);
    if (!used || used->token != token) return std::nullopt;
    return used->index;
}

void Tokens::add(db::Connection& db, const kernel::Hash& token, std::int64_t today, std::int64_t index) {
    fresh_.push_back({next_ + static_cast<std::int64_t>(fresh_.size()), today, token, index});
    store::add_used(db, fresh_.back());
}

void Tokens::prune(db::Connection& db, std::int64_t today) {
    while (old_ < kept_.size() && old_ < prune_at_most &&
           (kept_[old_].day < today - days || kept_.size() - old_ > at_most_))
        ++old_;
    if (old_ > 0) store::drop_used(db, kept_[old_ - 1].n + 1);
}

void Tokens::accept() {
    for (; old_ > 0; --old_) {
        const Kept& oldest = kept_.front();
        // It is there: a key goes only with the newest token that has it.
        if (const auto known = by_key_.find(oldest.key); known->second == oldest.n) by_key_.erase(known);
        kept_.pop_front();
    }
    for (const store::Used& used : fresh_) keep(used);
    fresh_.clear();
}

void Tokens::abandon() {
    fresh_.clear();
    old_ = 0;
}

}  // namespace ledger
