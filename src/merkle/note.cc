#include "note.h"

#include <algorithm>

#include <kernel/text.h>

namespace merkle {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t most_bytes = 64 * 1024, most_signatures = 64;
constexpr std::size_t id_bytes = 4, time_bytes = 8;

// "— name base64(id || signature)", without its line feed.
std::optional<NoteSignature> parse_signature_line(std::string_view line) {
    if (!line.starts_with(dash)) return std::nullopt;
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == line.npos) return std::nullopt;
    const auto bytes = kernel::parse_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= id_bytes) return std::nullopt;
    NoteSignature out;
    out.name = line.substr(0, space);
    if (!valid_key_name(out.name)) return std::nullopt;
    for (std::size_t i = 0; i < id_bytes; ++i) out.id = out.id << 8 | (*bytes)[i];
    out.signature.assign(bytes->begin() + id_bytes, bytes->end());
    return out;
}

// The message of a type 4 signature: its time stands before the 64 bytes.
bool cosigned(const std::string& body, kernel::View key, kernel::View timed) {
    if (timed.size() <= time_bytes || timed[0] > 0x7f) return false;  // times above 2^63 - 1 are not allowed
    std::uint64_t time = 0;
    for (std::uint8_t byte : timed.first(time_bytes)) time = time << 8 | byte;
    return verify_ed25519(key, "cosignature/v1\ntime " + std::to_string(time) + "\n" + body, timed.subspan(time_bytes));
}

}  // namespace

std::string Note::text() const {
    std::string out = body + "\n";
    for (const NoteSignature& line : signatures) {
        kernel::Bytes bytes = {static_cast<std::uint8_t>(line.id >> 24), static_cast<std::uint8_t>(line.id >> 16),
                               static_cast<std::uint8_t>(line.id >> 8), static_cast<std::uint8_t>(line.id)};
        bytes.insert(bytes.end(), line.signature.begin(), line.signature.end());
        out.append(dash).append(line.name).append(" ").append(kernel::base64(bytes)).append("\n");
    }
    return out;
}

std::optional<Note> Note::parse(std::string_view text) {
    if (text.size() > most_bytes || !text.ends_with('\n') || !kernel::valid_utf8(text)) return std::nullopt;
    for (char c : text)
        if (static_cast<unsigned char>(c) < ' ' && c != '\n') return std::nullopt;
    const std::size_t blank = text.rfind("\n\n");
    if (blank == text.npos) return std::nullopt;
    Note out;
    out.body = text.substr(0, blank + 1);
    std::string_view lines = text.substr(blank + 2);
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');  // there is one: the text ends in it
        auto line = parse_signature_line(lines.substr(0, end));
        if (!line || out.signatures.size() == most_signatures) return std::nullopt;
        out.signatures.push_back(std::move(*line));
        lines.remove_prefix(end + 1);
    }
    if (out.signatures.empty()) return std::nullopt;
    return out;
}

Note sign(std::string body, const SignerKey& signer) {
    NoteSignature line{signer.verifier().name, signer.verifier().id, signer.sign(body)};
    return {std::move(body), {std::move(line)}};
}

bool signed_by(const Note& note, const VerifierKey& key, bool* broken) {
    bool found = false, wrong = false;
    for (const NoteSignature& line : note.signatures) {
        if (line.id != key.id || line.name != key.name) continue;
        const bool right = key.type == 4 ? cosigned(note.body, key.key, line.signature)
                                         : verify_ed25519(key.key, note.body, line.signature);
        (right ? found : wrong) = true;
    }
    if (broken) *broken = wrong;
    return found && !wrong;
}

}  // namespace merkle
