// libFuzzer target: what anybody may send to a witness. What is read must be said again byte for byte, and is never
// cosigned without the key's own signature, nor against what was cosigned last.
// needs: witness/add_checkpoint.cc
#include <cstdint>
#include <cstdlib>
#include <string>

#include "../add_checkpoint.h"

namespace {

void need(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto asked = witness::AddCheckpoint::parse(body);
    if (!asked) return 0;
    std::string again = "old " + std::to_string(asked->old_size) + "\n";
    for (const merkle::Hash& hash : asked->proof) again += kernel::base64(hash) + "\n";
    need(again + "\n" + asked->note.text() == body);
    need(asked->proof.size() <= 63);

    static const merkle::VerifierKey key = merkle::SignerKey::from_seed("log.example", kernel::Bytes(32, 7)).verifier();
    const witness::Last ahead{asked->checkpoint.size + 1, {}, 0}, other{asked->checkpoint.size, {}, 0};
    for (const auto& last : {std::optional<witness::Last>(), std::optional(ahead), std::optional(other)}) {
        const witness::Verdict verdict = witness::decide(*asked, {key}, last);
        if (verdict != witness::Verdict::cosign) continue;
        need(merkle::signed_by(asked->note, key));
        need(!last || (last->size == asked->old_size && asked->old_size <= asked->checkpoint.size));
        need(!last || last->size != asked->checkpoint.size || last->root == asked->checkpoint.root);
    }
    need(witness::decide(*asked, {}, {}) != witness::Verdict::cosign);
    return 0;
}
