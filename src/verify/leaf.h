// A leaf of the log: docs/ledger-format.md section 2.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include <kernel/bytes.h>
#include <kernel/time.h>

namespace verify {

struct Leaf {
    int format = 1;         // 0: of a log that was begun as a trial
    std::string_view kind;  // in the leaf's own bytes
    std::int64_t subject = 0;
    std::optional<std::int64_t> parent;
    std::int64_t v = 1;
    kernel::Instant time;
    kernel::Hash facts{};
    std::optional<kernel::Hash> words;
    kernel::Hash hash{};  // SHA-256(00 || leaf): its place in the tree; filled by whoever reads the log
};

Leaf read_leaf(std::string_view bytes);  // throws Wrong

}  // namespace verify
