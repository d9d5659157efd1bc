#include "add_checkpoint.h"

#include <algorithm>

#include <kernel/id.h>

namespace witness {
namespace {

constexpr std::size_t longest_proof = 63;

std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

// Origin, size and root; lines after them must not be empty.
std::optional<merkle::Checkpoint> read_checkpoint(std::string_view body) {
    std::string_view rest = body;
    for (int i = 0; i < 3; ++i)
        if (!take_line(rest)) return std::nullopt;
    if (rest.starts_with('\n') || rest.find("\n\n") != rest.npos) return std::nullopt;
    return merkle::Checkpoint::parse(body.substr(0, body.size() - rest.size()));
}

}  // namespace

std::optional<AddCheckpoint> AddCheckpoint::parse(std::string_view body) {
    AddCheckpoint out;
    auto line = take_line(body);
    if (!line || !line->starts_with("old ")) return std::nullopt;
    const auto old = kernel::parse_index(line->substr(4));
    if (!old) return std::nullopt;
    out.old_size = *old;
    while ((line = take_line(body)) && !line->empty()) {
        const auto bytes = kernel::parse_base64(*line);
        merkle::Hash hash;
        if (!bytes || bytes->size() != hash.size() || out.proof.size() == longest_proof) return std::nullopt;
        std::copy(bytes->begin(), bytes->end(), hash.begin());
        out.proof.push_back(hash);
    }
    if (!line) return std::nullopt;
    auto note = merkle::Note::parse(body);
    auto checkpoint = note ? read_checkpoint(note->body) : std::nullopt;
    if (!checkpoint) return std::nullopt;
    out.note = std::move(*note);
    out.checkpoint = std::move(*checkpoint);
    return out;
}

int status_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::cosign:
            return 200;
        case Verdict::old_too_large:
            return 400;
        case Verdict::not_signed:
            return 403;
        case Verdict::not_the_last:
            return 409;
        case Verdict::inconsistent:
            return 422;
    }
    return 500;
}

Verdict decide(const AddCheckpoint& asked, const std::vector<merkle::VerifierKey>& keys,
               const std::optional<Last>& last) {
    bool right = false, broken = false;
    for (const merkle::VerifierKey& key : keys) {
        bool wrong = false;
        right = merkle::signed_by(asked.note, key, &wrong) || right;
        broken = broken || wrong;
    }
    if (!right || broken) return Verdict::not_signed;
    const merkle::Checkpoint& next = asked.checkpoint;
    if (asked.old_size > next.size) return Verdict::old_too_large;
    if (asked.old_size != (last ? last->size : 0)) return Verdict::not_the_last;
    // The empty tree has one root, also before anything was cosigned.
    if (next.size == 0 && next.root != merkle::empty_root()) return Verdict::inconsistent;
    if (asked.old_size == 0) return asked.proof.empty() ? Verdict::cosign : Verdict::inconsistent;
    const bool follows = merkle::verify_consistency(asked.old_size, next.size, asked.proof, last->root, next.root);
    return follows ? Verdict::cosign : Verdict::inconsistent;
}

}  // namespace witness
