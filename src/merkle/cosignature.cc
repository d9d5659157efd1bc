#include "cosignature.h"

#include <stdexcept>

namespace merkle {
namespace {

constexpr std::size_t time_bytes = 8, timed_bytes = 8 + 64;

}  // namespace

std::string cosignature_message(std::string_view body, std::int64_t seconds) {
    return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(body);
}

NoteSignature cosign(std::string_view body, const SignerKey& witness, std::int64_t seconds) {
    if (witness.verifier().type != witness_key) throw std::invalid_argument("a witness cosigns with a key of type 4");
    if (seconds < 0) throw std::invalid_argument("a cosignature's time is not negative");
    NoteSignature out{witness.verifier().name, witness.verifier().id, {}};
    for (int shift = 56; shift >= 0; shift -= 8) out.signature.push_back(static_cast<std::uint8_t>(seconds >> shift));
    const kernel::Bytes signature = witness.sign(cosignature_message(body, seconds));
    out.signature.insert(out.signature.end(), signature.begin(), signature.end());
    return out;
}

std::optional<std::int64_t> claimed_time(const NoteSignature& line) {
    if (line.signature.size() != timed_bytes || line.signature[0] > 0x7f) return std::nullopt;
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < time_bytes; ++i) seconds = seconds << 8 | line.signature[i];
    return seconds;
}

std::optional<std::int64_t> cosigned_at(std::string_view body, const NoteSignature& line, const VerifierKey& witness) {
    if (witness.type != witness_key || line.id != witness.id || line.name != witness.name) return std::nullopt;
    const auto seconds = claimed_time(line);
    if (!seconds) return std::nullopt;
    const kernel::View signature = kernel::View(line.signature).subspan(time_bytes);
    if (!verify_ed25519(witness.key, cosignature_message(body, *seconds), signature)) return std::nullopt;
    return seconds;
}

}  // namespace merkle
