// What the pages and the API of the log share: reading an entry, proving it, wording it.
#include "parts.h"

#include <kernel/json.h>
#include <kernel/text.h>
#include <merkle/merkle.h>
#include <merkle/note.h>

namespace proof {

kernel::Json receipt_json(const ledger::Receipt& receipt) {
    kernel::Json::Array path;
    for (const merkle::Hash& hash : receipt.proof) path.emplace_back(kernel::base64(hash));
    return kernel::Json::Object{{"index", receipt.index},
                                {"time", kernel::iso(receipt.time)},
                                {"leaf", receipt.leaf},
                                {"proof", std::move(path)},
                                {"checkpoint", receipt.checkpoint}};
}

kernel::Json entry_json(const ledger::PublicEntry& entry) {
    kernel::Json::Object out{{"index", entry.index}, {"leaf", entry.leaf}};
    if (entry.facts) out.insert_or_assign("facts", *entry.facts);
    if (entry.facts_salt) out.insert_or_assign("facts_salt", kernel::base64(*entry.facts_salt));
    if (entry.words) out.insert_or_assign("words", *entry.words);
    if (entry.words_salt) out.insert_or_assign("words_salt", kernel::base64(*entry.words_salt));
    if (entry.words_erased) out.insert_or_assign("words_erased", true);
    return out;
}

std::vector<ledger::PublicEntry> shown_entries(const Hooks& hooks, db::Connection& db, std::int64_t from, int at_most) {
    auto entries = ledger::public_entries(db, from, at_most);
    for (ledger::PublicEntry& entry : entries) {
        if (!entry.words || !hooks.withheld || !hooks.withheld(db, entry.index)) continue;
        entry.words.reset();
        entry.words_salt.reset();
    }
    return entries;
}

std::optional<std::int64_t> index_param(const http::Request& request) {
    return kernel::parse_index(request.param("index"));
}

kernel::Error no_such_entry() { return kernel::refuse(kernel::Code::not_found, "proof.no_such_entry"); }

Checked check(const ledger::Receipt& receipt, const merkle::VerifierKey& key) {
    Checked out;
    const auto note = merkle::Note::parse(receipt.checkpoint);
    out.signed_by_log = note && merkle::signed_by(*note, key);
    const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
    if (!checkpoint) return out;
    out.size = checkpoint->size;
    out.in_tree =
        merkle::verify_inclusion(receipt.index, checkpoint->size, merkle::leaf_hash(kernel::view(receipt.leaf)),
                                 receipt.proof, checkpoint->root);
    return out;
}

std::optional<Matter> matter_of(const Hooks& hooks, db::Connection& db, std::int64_t entry) {
    for (const auto& ask : hooks.matters)
        if (auto matter = ask(db, entry)) return matter;
    return std::nullopt;
}

}  // namespace proof
