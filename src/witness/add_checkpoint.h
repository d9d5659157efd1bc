// What a log asks of a witness (C2SP tlog-witness v1.0.0, "add-checkpoint"), and what it is answered. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <merkle/merkle.h>
#include <merkle/note.h>

namespace witness {

// "old <size>", the consistency proof one hash a line (at most 63), a blank line, the log's signed checkpoint.
struct AddCheckpoint {
    std::int64_t old_size = 0;
    merkle::Proof proof;
    merkle::Note note;
    merkle::Checkpoint checkpoint;  // extension lines are let through: a witness signs them with the rest
    // Nothing for any other bytes.
    static std::optional<AddCheckpoint> parse(std::string_view body);
};

// The checkpoint of a log that this witness cosigned last.
struct Last {
    std::int64_t size = 0;
    merkle::Hash root{};
    std::int64_t seconds = 0;  // when: since 1970
};

enum class Verdict {
    cosign,         // 200
    old_too_large,  // 400  old is larger than the checkpoint
    not_signed,     // 403  by no key of this log that is trusted, or wrongly by one
    not_the_last,   // 409  old is not what was cosigned last: ask again with that size
    inconsistent,   // 422  the proof does not hold, or one size has two roots: a fork, if the log is honest about the
                    // proof
};
int status_of(Verdict);

// `keys`: trusted for this checkpoint's origin. `last`: nothing when none was cosigned yet.
Verdict decide(const AddCheckpoint&, const std::vector<merkle::VerifierKey>& keys, const std::optional<Last>& last);

}  // namespace witness
