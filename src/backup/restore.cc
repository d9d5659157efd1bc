#include <stdexcept>

#include <db/database.h>
#include <db/words_key.h>
#include <files/files.h>
#include <kernel/clock.h>
#include <ledger/key.h>
#include <merkle/merkle.h>
#include <merkle/note.h>

#include "backup.h"
#include "disk.h"
#include "keys.h"
#include "manifest.h"
#include "parts.h"
#include "sealed.h"

namespace backup {
namespace {

namespace fs = std::filesystem;

std::optional<merkle::Checkpoint> checkpoint_signed_by(std::string_view text, const merkle::VerifierKey& key) {
    const auto note = merkle::Note::parse(text);
    return note && merkle::signed_by(*note, key) ? merkle::Checkpoint::parse(note->body) : std::nullopt;
}

class Reader {
public:
    Reader(const fs::path& from, const Manifest& manifest, const kernel::Ring& ring)
        : from_(from), manifest_(manifest), ring_(ring) {}
    std::vector<std::int64_t> lost;

    // Words that the log itself erased may lie in a part that was written before.
    void leave_out(std::set<std::int64_t> erased) { erased_ = std::move(erased); }

    std::vector<ledger::WholeEntry> read(std::int64_t first) {
        const std::int64_t count = std::min(entries_in_a_part, manifest_.size - first);
        const std::string name = part_name("log", first, count);
        const kernel::Bytes log = checked_file(from_, manifest_, name),
                            words = checked_file(from_, manifest_, part_name("words", first, count));
        std::vector<ledger::WholeEntry> all = read_parts(log, words, ring_, name, lost);
        for (ledger::WholeEntry& entry : all)
            if (erased_.contains(entry.index)) entry.words.reset();
        return all;
    }

private:
    const fs::path& from_;
    const Manifest& manifest_;
    const kernel::Ring& ring_;
    std::set<std::int64_t> erased_;
};

struct Found {
    std::set<std::int64_t> erased;  // by the log itself
    std::set<std::int64_t> lost;    // whose key was destroyed, though this log does not say so yet
};

// Before anything is made: the hashes of all files, the signature, the root, and that of the checkpoint that it must
// not be older than. Says which entries' words have lost their key.
Found check(const fs::path& from, const Manifest& manifest, const kernel::Ring& ring, const merkle::VerifierKey& key,
            const std::optional<std::string>& at_least, const Progress& progress) {
    const auto own = checkpoint_signed_by(manifest.checkpoint, key);
    if (!own || own->size != manifest.size)
        throw std::runtime_error("the backup's checkpoint is not signed by its log.key, or not of its size");
    const auto known = at_least ? checkpoint_signed_by(*at_least, key) : std::nullopt;
    if (at_least && !known) throw std::runtime_error("--at-least is no checkpoint that this log's key has signed");
    if (known && known->size > manifest.size)
        throw std::runtime_error("the backup is older than the checkpoint: it has " + std::to_string(manifest.size) +
                                 " entries, the checkpoint " + std::to_string(known->size));
    Reader reader(from, manifest, ring);
    merkle::Frontier tree;
    Found found;
    bool same = !known || known->size == 0;
    for (std::int64_t first = 0; first < manifest.size; first += entries_in_a_part) {
        for (const ledger::WholeEntry& entry : reader.read(first)) {
            tree.append(merkle::leaf_hash(kernel::view(entry.leaf)));
            if (const auto target = erased_by(entry.leaf)) found.erased.insert(*target);
            if (known && tree.size() == known->size) same = tree.root() == known->root;
        }
        if (progress) progress(std::min(manifest.size, first + entries_in_a_part), manifest.size);
    }
    if (tree.size() != manifest.size || tree.root() != own->root)
        throw std::runtime_error("the backup's entries are not those of its checkpoint");
    if (!same) throw std::runtime_error("the backup is of another history than the checkpoint");
    for (const auto& [name, hash] : manifest.files) checked_file(from, manifest, name);
    for (std::int64_t entry : reader.lost)
        if (!found.erased.contains(entry)) found.lost.insert(entry);
    return found;
}

void put_local_rows(db::Database& target, std::string_view lines) {
    for (const LocalRow& one : read_rows(lines)) {
        if (one.schema == "main") {
            db::put_row(target.writer(), one.schema, one.table, one.columns, one.row);
        } else {
            auto local = target.local();
            db::put_row(*local, one.schema, one.table, one.columns, one.row);
        }
    }
}

kernel::Bytes open_box(const fs::path& from, const Manifest& manifest, const KeyFile& keys) {
    for (const kernel::Hash& box : {keys.box, keys.box_before}) {
        const std::string name = box_name(box);
        if (!manifest.files.contains(name)) continue;
        if (auto rows = open(box, checked_file(from, manifest, name))) return *std::move(rows);
    }
    throw std::runtime_error("the key file is of another run than the backup: take the newest of both");
}

std::int64_t put_pictures(const fs::path& from, const Manifest& manifest, const kernel::Ring& ring,
                          const fs::path& data) {
    files::Store store(data / "files");
    std::int64_t n = 0;
    for (const auto& [name, ignored] : manifest.files) {
        if (!name.starts_with("pictures/")) continue;
        const auto bytes = kernel::parse_hex(name.substr(9, 2) + name.substr(12));
        kernel::Hash hash{};
        if (!bytes || bytes->size() != hash.size()) throw std::runtime_error(name + " is no picture's name");
        std::copy(bytes->begin(), bytes->end(), hash.begin());
        const auto key = ring.key(kernel::name_of_blob(hash));
        if (!key) continue;  // erased after the backup was made
        const auto plain = open(*key, checked_file(from, manifest, name));
        if (!plain || kernel::sha256(*plain) != hash) throw std::runtime_error(name + " does not open with its key");
        store.put(*plain);
        ++n;
    }
    return n;
}

// The erasures that came after the backup are entered into the log that goes on from it.
void record_lost(db::Database& target, const merkle::SignerKey& signer, const ledger::Kinds& kinds,
                 const kernel::Clock& clock, const kernel::Ring& ring, const std::set<std::int64_t>& lost) {
    const auto log = ledger::Ledger::start(target, clock, signer, kinds);
    for (std::int64_t entry : lost) {
        if (ledger::entry(*target.read(), entry)->words) throw std::logic_error("words without a key");
        const auto basis = ring.erased().find(entry);
        if (basis == ring.erased().end())
            throw std::runtime_error("the key of entry " + std::to_string(entry) +
                                     " is missing, and nothing says that its words were erased");
        const auto done =
            log->perform([&](ledger::Writing& w) { return ledger::record_lost_words(w, entry, basis->second); });
        if (!done) throw std::runtime_error("an erasure could not be entered again: " + done.error().key);
    }
}

void put_ring(const fs::path& data, const kernel::Ring& ring) {
    const auto there = read_file(db::words_key(data));
    if (there && kernel::text(*there) != ring.text())
        throw std::runtime_error(db::words_key(data).string() + " is there already, and is not that of the backup");
    if (!there) write_file(db::words_key(data), kernel::view(ring.text()));
}

}  // namespace

void place_ring(const fs::path& key_file, const fs::path& data) { put_ring(data, read_keys(key_file).ring); }

Restored restore(const fs::path& from, const fs::path& key_file, const std::optional<std::string>& at_least,
                 db::Database& target, const fs::path& data, const ledger::Kinds& kinds, const kernel::Clock& clock,
                 const Progress& progress) {
    const auto manifest = read_manifest(from);
    if (!manifest)
        throw std::runtime_error(from.string() + " is no complete backup: it has no manifest, which is written last");
    const KeyFile keys = read_keys(key_file);
    put_ring(data, keys.ring);
    const fs::path parked = data / "log.key.restoring";
    write_file(parked, keys.log_key);
    const merkle::SignerKey signer = ledger::load_key(parked);
    const Found found = check(from, *manifest, keys.ring, signer.verifier(), at_least, progress);
    const auto rows = open_box(from, *manifest, keys);
    Reader reader(from, *manifest, keys.ring);
    reader.leave_out(found.erased);
    ledger::restore(
        manifest->checkpoint, [&](std::int64_t first) { return reader.read(first); }, found.lost, target, kinds,
        progress);
    Restored done{manifest->size, static_cast<std::int64_t>(found.lost.size()), 0};
    if (found.lost.empty() && kernel::hex(db::state_digest(*target.read(), target.classes())) != manifest->digest)
        throw std::runtime_error("the restored state is not that of the place the backup was made of");
    put_local_rows(target, kernel::text(rows));
    done.pictures = put_pictures(from, *manifest, keys.ring, data);
    record_lost(target, signer, kinds, clock, keys.ring, found.lost);
    write_file(data / "server.key", keys.server_key);
    fs::rename(parked, data / "log.key");
    return done;
}

}  // namespace backup
