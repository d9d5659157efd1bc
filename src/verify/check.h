// The whole check of one log.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "source.h"
#include "walk.h"

namespace verify {

struct Text {
    std::string where, content;
};
struct Ask {
    std::string key;             // of the log, in its text form; empty: the one that the log shows itself
    std::optional<Text> policy;  // tlog-policy: names the log's key and the witnesses, and how many must have signed
    std::vector<Text> since;     // checkpoints that were kept
    std::vector<Text> receipts;  // .tlog-proof
    std::int64_t slack_seconds = 10;
    Walk::Progress progress = {};
    Walk::Each each = {};  // entry after entry; worth nothing unless check() returns
};

struct Report {
    merkle::Checkpoint checkpoint;
    std::string key;
    bool own_key = false;  // the key was shown by the log itself: compare it with what was published elsewhere
    bool witnessed = false;
    std::optional<kernel::Instant> seen;  // by a quorum of witnesses
    Figures figures;
    std::vector<std::string> beside;  // files that are no part of the log and were not checked
};

// Throws Fault at the first thing that is wrong, std::runtime_error when the log cannot be read.
Report check(Source&, const Ask&);

}  // namespace verify
