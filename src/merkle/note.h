// Signed notes, checkpoints and receipts: C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-cosignature v1.0.1
// (type 04, Ed25519) and tlog-proof. Ed25519 is OpenSSL's.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>

#include "merkle.h"

namespace merkle {

inline constexpr std::uint8_t log_key = 1, witness_key = 4;  // types: Ed25519 over a note, Ed25519 with a time

// Public key with its name: "<name>+<hex key id>+<base64(type || key)>". Name: no space, no '+', not empty.
struct VerifierKey {
    std::string name;
    std::uint32_t id = 0;  // first four bytes of SHA-256(name || 0A || type || key), big endian
    std::uint8_t type = log_key;
    kernel::Bytes key;  // 32 bytes
    std::string text() const;
    static std::optional<VerifierKey> parse(std::string_view text);
};

// A signing key. Copies share the loaded key; sign() may be called by several threads.
class SignerKey {
public:
    // std::invalid_argument for a name that cannot stand in a note, a seed of another length than 32, another type.
    static SignerKey generate(std::string name, std::uint8_t type = log_key);
    static SignerKey from_seed(std::string name, kernel::View seed32, std::uint8_t type = log_key);
    // "PRIVATE+KEY+<name>+<hex key id>+<base64(type || seed)>" and LF, as Go's note package writes it: the secret.
    std::string private_text() const;
    static std::optional<SignerKey> parse_private(std::string_view text);
    const VerifierKey& verifier() const { return verifier_; }
    kernel::View seed() const { return seed_; }
    kernel::Bytes sign(std::string_view message) const;  // 64 bytes

private:
    VerifierKey verifier_;
    kernel::Bytes seed_;
    std::shared_ptr<void> key_;  // OpenSSL's, reference-counted there too; loading it costs as much as a signature
};
bool valid_key_name(std::string_view);  // UTF-8, not empty, no Unicode space, no control character, no '+'
bool verify_ed25519(kernel::View key32, std::string_view message, kernel::View signature64);

struct NoteSignature {
    std::string name;
    std::uint32_t id = 0;
    kernel::Bytes signature;
    std::string text() const;  // "— <name> <base64(id || signature)>" and LF
};
inline constexpr std::size_t most_signatures = 64;
// Signature lines and nothing else, each with its LF: a note's end, a witness's answer. At least one, at most 64.
std::optional<std::vector<NoteSignature>> parse_signatures(std::string_view lines);

struct Note {
    std::string body;  // ends in LF
    std::vector<NoteSignature> signatures;
    std::string text() const;
    // Strict: UTF-8, no control character but LF, a blank line, at least one and at most 64 signature lines, <= 64 KiB.
    static std::optional<Note> parse(std::string_view text);
};
Note sign(std::string body, const SignerKey& log_key);
// True when a line of exactly this key is there and right. False when there is none. A line of this key that is wrong
// makes the note worthless: `broken` is set then.
bool signed_by(const Note&, const VerifierKey&, bool* broken = nullptr);

struct Checkpoint {
    std::string origin;
    std::int64_t size = 0;
    Hash root{};
    std::string body() const;
    static std::optional<Checkpoint> parse(std::string_view body);  // extension lines are refused
};

// A receipt that stands by itself: "c2sp.org/tlog-proof@v1", index, proof, checkpoint.
struct TlogProof {
    std::int64_t index = 0;
    Proof proof;
    std::string checkpoint;            // the signed note
    std::optional<std::string> extra;  // unauthenticated bytes
    std::string text() const;
    static std::optional<TlogProof> parse(std::string_view text);
};

}  // namespace merkle
