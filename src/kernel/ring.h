// Keys that can be destroyed one at a time. There is a key for each of 2^64 names, all derived from what little the
// ring holds: the seeds of the subtrees of a binary tree in which nothing was destroyed yet (O. Goldreich, S.
// Goldwasser, S. Micali, "How to construct random functions", JACM 33 (1986) 792-807; punctured as in D. Boneh, B.
// Waters, 2013). Destroying a key replaces the seed above it by those beside its path, at most 64; nobody can go back.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bytes.h"

namespace kernel {

using Name = std::uint64_t;
Name name_of_entry(std::int64_t index);  // the words of this entry
Name name_of_blob(const Hash& blob);     // by its first 63 bits

class Ring {
public:
    static Ring make();                        // with all keys
    static Ring parse(std::string_view text);  // std::runtime_error for what text() did not write
    std::string text() const;                  // with a check: check_line.h

    std::optional<Hash> key(Name) const;  // nothing: it was destroyed
    bool destroy(Name);                   // false: it was gone before
    // Which entries' words were erased, on which basis: for a place that is restored without them.
    void note(std::int64_t index, std::string_view basis) { erased_[index] = basis; }
    const std::map<std::int64_t, std::string>& erased() const { return erased_; }

private:
    // A subtree: the names whose first `depth` bits are those of `prefix`, the others being zero there.
    using Place = std::pair<Name, int>;
    std::optional<std::map<Place, Hash>::const_iterator> above(Name) const;
    std::map<Place, Hash> seeds_;
    std::map<std::int64_t, std::string> erased_;
    // The path walked last, from a stored seed down: names one after another share nearly all of it.
    mutable std::vector<std::pair<Place, Hash>> path_;
};

}  // namespace kernel
