// Goes through the log from the first entry on, bundle by bundle, in bounded memory: leaves, tree, payloads, words and
// their erasures, and what the log must have held at earlier moments.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/time.h>
#include <merkle/note.h>

#include "leaf.h"
#include "payload.h"
#include "source.h"
#include "tiles.h"

namespace verify {

// When witnesses saw a checkpoint: the first of those that are counted, and as many as make the quorum.
struct Seen {
    kernel::Instant first, by_quorum;
};
// A checkpoint that somebody kept: of an older visit, or in a receipt.
struct Kept {
    std::string where;
    merkle::Checkpoint checkpoint;
    std::optional<Seen> seen;  // by a quorum
};
// A leaf that somebody's receipt proves.
struct Wanted {
    std::string where;
    merkle::TlogProof proof;
    merkle::Checkpoint checkpoint;
};

struct Figures {
    std::int64_t entries = 0, tiles = 0, bundles = 0;
    int format = 1;                               // of every leaf
    std::int64_t facts = 0, words = 0;            // payloads that match their commitment
    std::int64_t facts_kept = 0, words_kept = 0;  // not served: kept for those entitled
    std::int64_t words_erased = 0;
    std::int64_t kept = 0, receipts = 0;  // older checkpoints and receipts that fit
    kernel::Instant first, last;
};

class Walk {
public:
    using Progress = std::function<void(std::int64_t done, std::int64_t of)>;
    // What an entry says, once its leaf and what is served of it were found right; whether it is in the tree is known
    // only at the end.
    using Each = std::function<void(std::int64_t index, const Leaf&, const PayloadLine&)>;
    // `slack`: by how many milliseconds the log's clock may differ from the witnesses'.
    Walk(Source&, std::vector<Kept>, std::vector<Wanted>, std::int64_t slack, Progress, Each = {});

    // From where it stands up to this checkpoint, which a quorum had seen at that time. Throws Fault.
    void to(const merkle::Checkpoint&, std::optional<kernel::Instant> witnessed);
    // Entries whose words are said to be erased, while no entry up to here says so.
    bool owes_erasures() const { return !claimed_.empty(); }
    // After the last: what is still open is a fault.
    void expect_end() const;
    const Figures& figures() const { return figures_; }

private:
    struct Place {  // of an entry in the two bundles
        std::int64_t index = 0;
        const std::string* bundle = nullptr;
        std::int64_t byte = 0;
        const std::string* lines = nullptr;
        std::int64_t line_byte = 0;
    };
    void bundle(std::int64_t n, int width);
    void entry(const Place&, std::string_view leaf, std::string_view line);
    void check_leaf(const Place&, const Leaf&);
    void check_payloads(const Place&, const Leaf&, const merkle::Hash& leaf_hash);
    void check_erasure(const Place&, const Leaf&);
    bool erased_meanwhile(std::int64_t target);
    void check_time_bounds(const Place&, const Leaf&);
    void meet_kept();
    void meet_receipts(const Place&, const merkle::Hash& leaf);

    Source& source_;
    std::vector<Kept> kept_;      // by size
    std::vector<Wanted> wanted_;  // by index
    std::size_t next_kept_ = 0, next_wanted_ = 0;
    std::int64_t slack_;
    Progress progress_;
    Each each_;
    Tiles tiles_;
    PayloadLine line_;                                  // used again for each entry
    std::map<std::int64_t, std::int64_t> claimed_;      // entry whose words are said to be erased -> its subject
    std::int64_t fetched_up_to_ = 0;                    // payloads read in earlier calls of to()
    std::vector<std::optional<kernel::Instant>> seen_;  // when a quorum had first seen one of kept_[i] and after
    std::optional<kernel::Instant> goal_witnessed_;
    std::optional<kernel::Instant> not_before_;  // when the first witness saw a kept checkpoint so far
    Figures figures_;
};

}  // namespace verify
