// Token counts of messages one after another, and numbers for tokens: what the index and the model of categories are
// made of.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "tokens.h"

namespace text {

// Of a token: tokens of different kinds or texts have different numbers, but for one chance in 10^7 among five million
// tokens.
std::uint64_t token_hash(Kind, std::string_view);

// Numbers for hashes, 0, 1, 2 … in the order in which they were first met.
class Numbering {
public:
    std::uint32_t number(std::uint64_t hash);  // a new one where it is not known
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    std::uint32_t find(std::uint64_t hash) const;
    std::size_t size() const { return count_; }
    std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

private:
    struct Slot {
        std::uint64_t hash = 0;  // 0: free
        std::uint32_t number = 0;
    } __attribute__((packed));
    std::size_t place(std::uint64_t hash) const;
    std::vector<Slot> slots_;
    std::uint32_t count_ = 0;
};

struct Count {
    std::uint64_t hash = 0;
    std::uint32_t n = 0;
};
// What likeness is computed from: words, pairs and seams with how often they stand there, by hash.
std::vector<Count> counts(Tokenizer&, std::string_view title, std::string_view body, int title_weight,
                          std::size_t longest_body);

}  // namespace text
