// Numbers without a pattern that votes could share, the same on every machine (SplitMix64: Steele, Lea & Flood, OOPSLA
// 2014).
#pragma once
#include <cstdint>

namespace opinion {

inline std::uint64_t scattered(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

class Scatter {
public:
    explicit Scatter(std::uint64_t seed) : state_(seed) {}
    std::uint64_t operator()() { return scattered(state_ += 0x9e3779b97f4a7c15U); }
    // 0 … n − 1.
    std::uint64_t below(std::uint64_t n) { return (*this)() % n; }

private:
    std::uint64_t state_;
};

}  // namespace opinion
