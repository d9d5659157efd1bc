// What happens with confidential messages, as typed values, and its permanent encoding in the ledger. All that is said
// in a matter, by whomever, is one kind of entry with payloads of one size, served to nobody.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "confidential.h"

namespace confidential::change {

struct Named {
    people::OfficerId officer, by;
    std::string reason;
    friend bool operator==(const Named&, const Named&) = default;
};
struct Ready {
    people::OfficerId officer;
    kernel::Hash key{};
    friend bool operator==(const Ready&, const Ready&) = default;
};
struct Left {
    people::OfficerId officer, by;
    std::string reason;
    friend bool operator==(const Left&, const Left&) = default;
};

// What rules and clock need: nothing of what was said, nor of the author.
struct Facts {
    Act act = Act::opened;
    std::string matter;                        // the tag: 32 hexadecimal digits
    int n = 1;                                 // of the acts of this matter, from 1
    std::optional<kernel::Day> due;            // until when a receiver answers; none where nobody waits for one
    int holder = 0;                            // whose turn it is, of the receivers
    std::vector<people::OfficerId> receivers;  // from this act on, the lowest in line first; 1 to most_receivers
    int year = 0;
    friend bool operator==(const Facts&, const Facts&) = default;
};
struct Words {
    kernel::Hash author{};             // the author's public key
    std::vector<kernel::Bytes> boxes;  // 1 + most_receivers; of the author, then as the receivers; the rest is random
    kernel::Bytes sealed;
    friend bool operator==(const Words&, const Words&) = default;
};
struct Entered {
    people::CycleId desk;
    Facts facts;
    std::optional<Words> words;  // nothing once they were erased
    friend bool operator==(const Entered&, const Entered&) = default;
};
using Change = std::variant<Named, Ready, Left, Entered>;

inline constexpr std::string_view named_kind = "confidential.receiver_named";
inline constexpr std::string_view ready_kind = "confidential.receiver_ready";
inline constexpr std::string_view left_kind = "confidential.receiver_left";
inline constexpr std::string_view entered_kind = "confidential.entered";

inline constexpr std::size_t box_bytes = 32 + 48;              // a key in its box
inline constexpr std::size_t plain_bytes = 12 * 1024;          // what was said, padded
inline constexpr std::size_t sealed_bytes = plain_bytes + 28;  // and sealed

ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the payloads are not what some version wrote.
Change decode(const ledger::Entry&);

// The two payloads of an act apart, for what waits for its hour.
kernel::Json facts_of(const Facts&);
kernel::Json words_of(const Words&);
Entered entered(people::CycleId desk, const kernel::Json& facts, const std::optional<kernel::Json>& words);

}  // namespace confidential::change
