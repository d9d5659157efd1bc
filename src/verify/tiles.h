// The tree built from the leaves, held against the tiles that the log serves.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <merkle/merkle.h>

#include "source.h"

namespace verify {

class Tiles {
public:
    explicit Tiles(Source& source) : source_(source) {}

    // In order. A tile that is full is compared at once.
    void append(const merkle::Hash& leaf);
    // Compares the tiles at the right edge of the tree as it is now. Throws Fault.
    void finish(const merkle::Hash& root);
    std::int64_t size() const { return frontier_.size(); }
    merkle::Hash root() const { return frontier_.root(); }
    // The next leaf's hash against the tile as it is served: throws Fault when they differ. Said by whoever found
    // another fault at this entry, so that it is named in the file it is in.
    void expect(const merkle::Hash& leaf);
    // Of the newest leaves: those in the tile that is not full yet.
    const merkle::Hash* held(std::int64_t index) const;
    // Where the log goes to; which of two files is to blame is found with the tiles above them.
    void going_to(std::int64_t size, const merkle::Hash& root) { goal_ = size, goal_root_ = root; }
    std::int64_t compared() const { return compared_; }  // tiles

private:
    void compare(int level, std::int64_t n);
    [[noreturn]] void differ(int level, std::int64_t n, std::size_t at, const merkle::Hash& mine,
                             const std::string& served);
    bool fits(std::int64_t n, const std::string& hashes);
    bool fits_the_edge(const std::string& hashes);

    Source& source_;
    merkle::Frontier frontier_;
    std::vector<std::vector<merkle::Hash>> open_;  // for each level the hashes of its newest tile
    std::vector<std::int64_t> full_;               // and how many tiles before it were full
    std::int64_t goal_ = 0, compared_ = 0;
    merkle::Hash goal_root_{};
};

}  // namespace verify
