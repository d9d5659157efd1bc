// Cosignatures of witnesses: C2SP tlog-cosignature v1.0.1, type 04 (Ed25519). A witness says: "this was the newest
// checkpoint of this log that I knew at this time, and it is consistent with all that I signed before."
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "note.h"

namespace merkle {

// What is signed: "cosignature/v1\ntime <t>\n" and the note's body.
std::string cosignature_message(std::string_view body, std::int64_t seconds);

// `seconds` since 1970, not negative; std::invalid_argument otherwise, or for a key that is not of type 4.
NoteSignature cosign(std::string_view body, const SignerKey& witness, std::int64_t seconds);

// The time that a line claims, whether or not it is right: eight bytes, big endian, before the 64 of the signature.
// Nothing when the line has another length, or a time above 2^63 - 1.
std::optional<std::int64_t> claimed_time(const NoteSignature&);

// The time at which `witness` signed this body by this line; nothing when the line is another key's or wrong.
std::optional<std::int64_t> cosigned_at(std::string_view body, const NoteSignature&, const VerifierKey& witness);

}  // namespace merkle
