// libFuzzer target: the texts that strangers send. What a parser accepts it must write again byte for byte, and a proof
// that verifies must name a leaf of its tree.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <merkle/merkle.h>
#include <merkle/note.h>
#include <merkle/policy.h>
#include <merkle/tile.h>

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

void proof_of(const merkle::TlogProof& proof) {
    const auto note = merkle::Note::parse(proof.checkpoint);
    need(note.has_value());
    const auto checkpoint = merkle::Checkpoint::parse(note->body);
    if (!checkpoint) return;
    if (merkle::verify_inclusion(proof.index, checkpoint->size, merkle::leaf_hash({}), proof.proof, checkpoint->root))
        need(proof.index < checkpoint->size);
    merkle::verify_consistency(proof.index, checkpoint->size, proof.proof, merkle::Hash{}, checkpoint->root);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto note = merkle::Note::parse(text)) {
        need(note->text() == text);
        static const merkle::VerifierKey key = merkle::SignerKey::from_seed("a", kernel::Bytes(32, 7)).verifier();
        merkle::signed_by(*note, key);
    }
    if (const auto checkpoint = merkle::Checkpoint::parse(text)) need(checkpoint->body() == text);
    if (const auto key = merkle::VerifierKey::parse(text)) need(key->text() == text);
    if (const auto tile = merkle::parse_tile_path(text)) need(merkle::tile_path(*tile) == text);
    if (const auto lines = merkle::parse_signatures(text)) {
        std::string again;
        for (const merkle::NoteSignature& line : *lines) again += line.text();
        need(again == text);
    }
    const auto policy = merkle::Policy::parse(text);
    if (const auto* good = std::get_if<merkle::Policy>(&policy)) {
        const auto again = merkle::Policy::parse(good->text());
        need(std::holds_alternative<merkle::Policy>(again) && std::get<merkle::Policy>(again).text() == good->text());
        merkle::judge(*good, merkle::Note{"a\n", {{"a", 0, kernel::Bytes(72)}}});
    }
    if (const auto proof = merkle::TlogProof::parse(text)) {
        need(proof->text() == text);
        proof_of(*proof);
    }
    return 0;
}
