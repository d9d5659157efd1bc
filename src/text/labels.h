// What a clerk reads of a group: its keywords, as whole phrases, and a title.
//
// Phrases are what stands in titles: in Han, Kana … 2 to 12 characters, in words 1 to 3 of them, none beginning or
// ending with what only binds others. A phrase's score in a group is how much more often its messages have it than all
// others do: with k of the group's n messages and K of all N, each text counted once,
//     k * ln((k + 1/2) / (n + 1) * (N + 1) / (K + 1/2))
// k at least 2 and a quarter of n, or 1 where all are copies of one text; a group of one message has none. A phrase
// that stands within a longer one of nearly the same messages (9 of 10) gives way to it, and one that overlaps a better
// one is left out. The title of a group is that of its most central message.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "discover.h"

namespace text {

struct Label {
    std::vector<std::string> keywords;   // as people wrote them first, best first, at most 5
    std::vector<std::string> districts;  // that at least half of its messages name, by how many, then by name
    friend bool operator==(const Label&, const Label&) = default;
};

// The messages that discover() was given, in any order, and what it gave; both must outlive it. Counting is done once
// for all groups.
class Labels {
public:
    Labels(std::span<const Message>, const Found&);
    Labels(const Labels&) = delete;
    Labels& operator=(const Labels&) = delete;
    ~Labels();
    Label of(std::size_t group) const;

private:
    struct Counts;
    std::unique_ptr<Counts> counts_;
};

}  // namespace text
