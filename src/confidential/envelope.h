// How an act of a matter is sealed: what was said is padded to one length and sealed once under a fresh key
// (kernel::seal), and that key is boxed to the author and to each receiver (kernel::box, HPKE). Pure but for random
// numbers. Any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <kernel/box.h>
#include <kernel/code.h>

#include "change.h"
#include "confidential.h"

namespace confidential {

// What only the author and the receivers read.
struct Content {
    Act act = Act::opened;
    kernel::Instant at;                     // whole minutes
    people::OfficerId by;                   // zero: the author, or the clock
    std::string text, place, lang;          // lang: BCP 47 of the text
    Kind kind = Kind::complaint;            // where it was opened
    std::vector<people::UnitId> units;      // concerned; where it was opened
    std::vector<people::OfficerId> struck;  // whom the author wants to have no part in it; where it was opened
    std::string retaliation_of;             // the tag of the matter that the author is made to suffer for, "" for none
    people::OfficerId to;                   // to whom it was handed over
    int days = 0;                           // late by so many working days
    // Of the acts 1, 2 … of this matter (handed over) or of the one it is about (retaliation): their keys, 32 bytes
    // each, zeros where it is not known. For who gets them only now.
    kernel::Bytes keys;
    friend bool operator==(const Content&, const Content&) = default;
};

// The author's key, out of the code alone; and the name of their matter, under the server's key.
kernel::BoxKey author_key(const kernel::Code25&);
std::string tag_of(kernel::View server_key, const kernel::Code25&);  // 32 hexadecimal digits

struct Sealed {
    change::Words words;
    kernel::Hash key{};  // of this act, for who acts
};
// `to`: public keys, of the receivers in the order of the facts. confidential.text_bytes, at "text", when it does not
// fit.
kernel::Result<Sealed> seal(const change::Facts&, const kernel::Hash& author, const std::vector<kernel::Hash>& to,
                            const Content&);
// The act's key out of the box at this place (0: the author's); nothing when it is another's box, or one bit of it is
// another.
std::optional<kernel::Hash> key_at(const change::Facts&, const change::Words&, int place, const kernel::BoxKey&);
// Nothing when the key, or one bit, is another.
std::optional<Content> unseal(const change::Facts&, const change::Words&, const kernel::Hash& key);

}  // namespace confidential
