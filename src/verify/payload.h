// Payloads and the lines they are served in: docs/ledger-format.md sections 3 and 6.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>

namespace verify {

// A payload is a JSON object without real numbers, in its RFC 8785 form. Throws Wrong for anything else.
void check_payload(std::string_view bytes);

struct Served {
    std::string bytes;
    kernel::Hash salt{};
};
struct PayloadLine {
    std::int64_t index = 0;
    bool has_facts = false, has_words = false, words_erased = false;
    Served facts, words;
};
// One line without its line feed. `out` is used again and again, so that a million lines need no new memory.
void read_payload_line(std::string_view line, PayloadLine& out);  // throws Wrong

// What the facts of a ledger.words_erased say.
struct Erasure {
    std::string basis;
    std::int64_t target = 0;
};
Erasure read_erasure(std::string_view facts);  // throws Wrong

}  // namespace verify
