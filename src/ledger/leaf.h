// The bytes of a leaf and of the commitments in it: docs/ledger-format.md sections 2 and 3. Bytes once published are
// never encoded again.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>
#include <kernel/json.h>
#include <kernel/time.h>

#include "ledger.h"

namespace ledger {

inline constexpr std::size_t longest_leaf = 1024;
inline constexpr std::size_t longest_kind = 64;

struct Leaf {
    int format = newest_format;
    std::string kind;
    int v = 1;
    std::int64_t subject = 0;
    std::optional<std::int64_t> parent;
    kernel::Instant time;
    kernel::Hash facts{};
    std::optional<kernel::Hash> words;
};

bool valid_kind(std::string_view name);  // "voice.received": two parts of a-z, 0-9 and '_', each starting with a letter
std::string write_leaf(const Leaf&);     // RFC 8785
// Throws std::runtime_error, naming the index, for anything that write_leaf would not have written.
Leaf read_leaf(std::string_view bytes, std::int64_t index);
kernel::Hash commitment(kernel::View salt, std::string_view canonical_payload);

// The canonical bytes of a payload. Throws std::logic_error when the payload is no object or holds a real number: what
// is written must be read back as the same value.
std::string payload_bytes(const kernel::Json&);
// Throws std::runtime_error, naming the index, for anything that payload_bytes would not have written.
kernel::Json read_payload(std::string_view bytes, std::int64_t index);

}  // namespace ledger
