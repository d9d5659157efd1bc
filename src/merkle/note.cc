#include "note.h"

#include <algorithm>
#include <stdexcept>

#include <kernel/text.h>

#include "cosignature.h"

namespace merkle {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t most_bytes = 64 * 1024, id_bytes = 4;

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

}  // namespace

std::string NoteSignature::text() const {
    kernel::Bytes bytes = {static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
                           static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return std::string(dash) + name + " " + kernel::base64(bytes) + "\n";
}

std::optional<std::vector<NoteSignature>> parse_signatures(std::string_view lines) {
    std::vector<NoteSignature> out;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        if (end == lines.npos || out.size() == most_signatures) return std::nullopt;
        auto line = parse_signature_line(lines.substr(0, end));
        if (!line) return std::nullopt;
        out.push_back(std::move(*line));
        lines.remove_prefix(end + 1);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

std::string Note::text() const {
    std::string out = body + "\n";
    for (const NoteSignature& line : signatures) out += line.text();
    return out;
}

std::optional<Note> Note::parse(std::string_view text) {
    if (text.size() > most_bytes || !text.ends_with('\n') || !kernel::valid_utf8(text)) return std::nullopt;
    for (char c : text)
        if (static_cast<unsigned char>(c) < ' ' && c != '\n') return std::nullopt;
    const std::size_t blank = text.rfind("\n\n");
    if (blank == text.npos) return std::nullopt;
    auto signatures = parse_signatures(text.substr(blank + 2));
    if (!signatures) return std::nullopt;
    return Note{std::string(text.substr(0, blank + 1)), std::move(*signatures)};
}

Note sign(std::string body, const SignerKey& signer) {
    if (signer.verifier().type != log_key) throw std::invalid_argument("a note is signed with a key of type 1");
    NoteSignature line{signer.verifier().name, signer.verifier().id, signer.sign(body)};
    return {std::move(body), {std::move(line)}};
}

bool signed_by(const Note& note, const VerifierKey& key, bool* broken) {
    bool found = false, wrong = false;
    for (const NoteSignature& line : note.signatures) {
        if (line.id != key.id || line.name != key.name) continue;
        const bool right = key.type == witness_key ? cosigned_at(note.body, line, key).has_value()
                                                   : verify_ed25519(key.key, note.body, line.signature);
        (right ? found : wrong) = true;
    }
    if (broken) *broken = wrong;
    return found && !wrong;
}

}  // namespace merkle
