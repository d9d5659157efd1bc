#include "vectors.h"

#include <algorithm>
#include <cstring>

namespace text {

namespace {

constexpr std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    const __uint128_t product = static_cast<__uint128_t>(a ^ 0x9E3779B97F4A7C15) * (b ^ 0xD1B54A32D192ED03);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// A single letter is none: A市 is a place.
bool is_stop_word(std::string_view word) {
    constexpr std::size_t longest = 16;
    if (word.size() < 2 || word.size() > longest) return false;
    char lower[longest];
    std::transform(word.begin(), word.end(), lower, [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return Tokenizer::stop_word({lower, word.size()});
}

}  // namespace

std::uint64_t token_hash(Kind kind, std::string_view text) {
    std::uint64_t hash = mixed(text.size(), static_cast<std::uint64_t>(kind) + 1);
    for (; text.size() > 8; text.remove_prefix(8)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data(), 8);
        hash = mixed(hash, eight);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data(), text.size());
    hash = mixed(hash, rest);
    return hash == 0 ? 1 : hash;
}

std::size_t Numbering::place(std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash * 0x9E3779B97F4A7C15 >> 20) & mask;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    return at;
}

std::uint32_t Numbering::find(std::uint64_t hash) const {
    if (slots_.empty()) return none;
    const Slot& slot = slots_[place(hash)];
    return slot.hash == 0 ? none : slot.number;
}

std::uint32_t Numbering::number(std::uint64_t hash) {
    if (slots_.size() * 2 <= static_cast<std::size_t>(count_) * 3) {
        std::vector<Slot> old(std::max<std::size_t>(1024, slots_.size() * 2));
        old.swap(slots_);
        for (const Slot& one : old)
            if (one.hash != 0) slots_[place(one.hash)] = one;
    }
    Slot& slot = slots_[place(hash)];
    if (slot.hash == 0) slot.hash = hash, slot.number = count_++;
    return slot.number;
}

std::vector<Count> counts(Tokenizer& tokenizer, std::string_view title, std::string_view body, int title_weight,
                          std::size_t longest_body) {
    std::vector<Count> all;
    const auto add = [&](std::string_view text, std::uint32_t weight, std::size_t longest) {
        std::size_t taken = 0;
        for (const Token& token : tokenizer.tokens(text)) {
            if (token.kind == Kind::character) continue;
            // Where most messages are in another language even "the" is rare, and all that have it would be alike.
            if (token.kind == Kind::word && is_stop_word(text.substr(token.begin, token.end - token.begin))) continue;
            if (++taken > longest) break;
            all.push_back({token_hash(token.kind, token.text), weight});
        }
    };
    add(title, static_cast<std::uint32_t>(title_weight), longest_body);
    // A token takes two bytes at least and 64 at most, but for spaces; what follows is not even read.
    add(body.substr(0, longest_body * 16), 1, longest_body);
    std::sort(all.begin(), all.end(), [](const Count& a, const Count& b) { return a.hash < b.hash; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].hash == all[last].hash)
            all[last].n += all[i].n;
        else
            all[++last] = all[i];
    if (!all.empty()) all.resize(last + 1);
    return all;
}

}  // namespace text
