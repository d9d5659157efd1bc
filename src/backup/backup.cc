#include "backup.h"

#include <fstream>
#include <set>
#include <stdexcept>

#include <db/database.h>
#include <db/words_key.h>
#include <files/files.h>
#include <kernel/clock.h>
#include <ledger/key.h>
#include <merkle/merkle.h>
#include <merkle/note.h>

#include "disk.h"
#include "keys.h"
#include "manifest.h"
#include "parts.h"
#include "sealed.h"

namespace backup {
namespace {

namespace fs = std::filesystem;

// Of this place alone, or of minutes: not worth keeping, or wrong elsewhere.
const std::set<std::string> not_kept = {"migration",          "replay_due",      "once",     "session", "erasure_scrub",
                                        "erasure_scrub_blob", "sign_in_failure", "words_key"};

class Run {
public:
    Run(const fs::path& to, const kernel::Ring& ring, const Progress& progress)
        : to_(to), ring_(ring), progress_(progress), before_(read_manifest(to)) {}

    Made made;
    Manifest manifest;
    const std::optional<Manifest>& before() const { return before_; }

    // Full parts, which never change again. One that is there is kept: it was put in place as a whole.
    void full_parts(db::Connection& db, std::int64_t size) {
        for (std::int64_t first = 0; first + entries_in_a_part <= size; first += entries_in_a_part) {
            part(db, first, entries_in_a_part);
            if (progress_) progress_(first + entries_in_a_part, size);
        }
    }
    void part(db::Connection& db, std::int64_t first, std::int64_t count) {
        const std::string log = part_name("log", first, count), words = part_name("words", first, count);
        if (kept(log) && kept(words)) return;
        const std::vector<ledger::WholeEntry> entries =
            ledger::whole_entries(db, first, first + count, static_cast<int>(count));
        if (static_cast<std::int64_t>(entries.size()) != count)
            throw std::runtime_error("entries after " + std::to_string(first) + " are missing");
        put(words, words_part(entries, ring_));
        put(log, log_part(entries));
        made.entries += count;
    }
    void picture(const fs::path& file, const kernel::Hash& hash) {
        const std::string name = picture_name(hash);
        if (kept(name)) return;
        const auto key = ring_.key(kernel::name_of_blob(hash));
        const auto bytes = key ? read_file(file) : std::nullopt;  // erased meanwhile
        if (!bytes) return;
        if (kernel::sha256(*bytes) != hash) throw std::runtime_error(file.string() + " is damaged");
        put(name, seal(*key, *bytes));
        ++made.pictures;
    }
    void put(const std::string& name, kernel::View bytes) {
        write_file(to_ / name, bytes);
        manifest.files[name] = kernel::hex(kernel::sha256(bytes));
        made.bytes += static_cast<std::int64_t>(bytes.size());
    }

private:
    bool kept(const std::string& name) {
        if (manifest.files.contains(name)) return true;
        if (before_) {
            const auto known = before_->files.find(name);
            if (known != before_->files.end() && fs::exists(to_ / name)) {
                manifest.files[name] = known->second;
                return true;
            }
        }
        const auto bytes = read_file(to_ / name);
        if (!bytes) return false;
        manifest.files[name] = kernel::hex(kernel::sha256(*bytes));
        return true;
    }
    const fs::path to_;
    const kernel::Ring& ring_;
    const Progress& progress_;
    const std::optional<Manifest> before_;
};

// What no log has, from the same snapshot as its end.
kernel::Bytes local_rows(db::Database& database, db::Connection& db) {
    std::string lines;
    db::each_local_row(db, database.classes(),
                       [&](const std::string& schema, const std::string& table, const std::vector<std::string>& columns,
                           const db::Row& row) {
                           if (!not_kept.contains(table)) lines += row_line(schema, table, columns, row);
                       });
    const kernel::View bytes = kernel::view(lines);
    return {bytes.begin(), bytes.end()};
}

void copy_end(Run& run, db::Database& database, const KeyFile& keys) {
    auto db = database.read();
    const db::Transaction snapshot(*db);
    run.manifest.checkpoint = ledger::head(*db);
    const std::int64_t size = ledger::size(*db);
    run.full_parts(*db, size);
    if (const std::int64_t left = size % entries_in_a_part; left > 0) run.part(*db, size - left, left);
    run.manifest.size = run.made.size = size;
    run.manifest.digest = kernel::hex(db::state_digest(*db, database.classes()));
    run.put(box_name(keys.box), seal(keys.box, local_rows(database, *db)));
}

void copy_pictures(Run& run, const fs::path& folder) {
    if (!fs::exists(folder)) return;
    for (const auto& shelf : fs::directory_iterator(folder)) {
        if (!shelf.is_directory()) continue;
        for (const auto& file : fs::directory_iterator(shelf)) {
            const auto bytes = kernel::parse_hex(shelf.path().filename().string() + file.path().filename().string());
            kernel::Hash hash{};
            if (!bytes || bytes->size() != hash.size()) continue;  // a draft
            std::copy(bytes->begin(), bytes->end(), hash.begin());
            run.picture(file.path(), hash);
        }
    }
}

// Everything is read back: hashes, the words under their keys, what the leaves commit to, and the log's root under its
// signature.
void verify(const fs::path& to, const Manifest& manifest, const KeyFile& keys, const merkle::VerifierKey& log_key) {
    const auto note = merkle::Note::parse(manifest.checkpoint);
    const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
    if (!checkpoint || !merkle::signed_by(*note, log_key) || checkpoint->size != manifest.size)
        throw std::runtime_error("the backup's checkpoint is not signed by log.key, or not of its size");
    merkle::Frontier tree;
    std::vector<std::int64_t> lost;
    std::set<std::int64_t> wordless;
    for (std::int64_t first = 0; first < manifest.size; first += entries_in_a_part) {
        const std::int64_t count = std::min(entries_in_a_part, manifest.size - first);
        const std::string name = part_name("log", first, count);
        const kernel::Bytes log = checked_file(to, manifest, name),
                            words = checked_file(to, manifest, part_name("words", first, count));
        try {
            for (const ledger::WholeEntry& entry : read_parts(log, words, keys.ring, name, lost)) {
                tree.append(merkle::leaf_hash(kernel::view(entry.leaf)));
                if (ledger::lacks_words(entry)) wordless.insert(entry.index);
                if (const auto target = erased_by(entry.leaf)) wordless.erase(*target);
            }
        } catch (const std::exception&) {
            // A full part is otherwise never written again: the next run shall read it from the database anew.
            for (const char* kind : {"log", "words"}) files::wipe(to / part_name(kind, first, count));
            throw;
        }
    }
    for (const std::int64_t entry : wordless)
        if (!keys.ring.erased().contains(entry))
            throw std::runtime_error("entry " + std::to_string(entry) +
                                     ": its words are gone, and nothing erased them");
    if (tree.size() != manifest.size || tree.root() != checkpoint->root)
        throw std::runtime_error("the backup's entries are not those of its checkpoint: another installation's?");
    for (const auto& [name, hash] : manifest.files)
        if (!name.starts_with("log/") && !name.starts_with("words/")) checked_file(to, manifest, name);
}

// What an older manifest named and this one does not: ends of the log that grew, pictures that were erased.
void sweep(const fs::path& to, const Manifest& manifest) {
    std::vector<fs::path> gone;
    for (const auto& file : fs::recursive_directory_iterator(to))
        if (file.is_regular_file() && file.path() != to / "manifest" &&
            !manifest.files.contains(fs::relative(file.path(), to).string()))
            gone.push_back(file.path());
    for (const fs::path& file : gone) files::wipe(file);
}

}  // namespace

Made make(db::Database& database, const fs::path& data, const fs::path& to, const fs::path& key_file,
          const Progress& progress) {
    fs::create_directories(to);
    fs::permissions(to, fs::perms::owner_all);
    // Two runs into one folder would sweep each other's parts away: the second waits.
    const Held alone(to);
    KeyFile keys{need_file(data / "log.key"),
                 need_file(data / "server.key"),
                 kernel::random_hash(),
                 {},
                 db::ring_of_words(data)};
    // Another file of this name is not overwritten: it must be a key file already.
    if (fs::exists(key_file)) keys.box_before = read_keys(key_file).box;
    const merkle::SignerKey signer = ledger::load_key(data / "log.key");
    Run run(to, keys.ring, progress);
    if (run.before() && run.before()->origin != signer.verifier().text())
        throw std::runtime_error(to.string() + " holds the backup of another installation");
    run.manifest.origin = signer.verifier().text();
    {
        auto db = database.read();
        run.full_parts(*db, ledger::size(*db));
    }
    copy_end(run, database, keys);
    // After the log: a picture that no entry names does no harm.
    copy_pictures(run, data / "files");
    run.manifest.made = kernel::iso(kernel::SystemClock().now());
    verify(to, run.manifest, keys, signer.verifier());
    // The keys first: a backup whose keys are not there would be worth nothing.
    const Held held(data);  // nothing is destroyed between reading the keys and writing them
    remember_key_file(data, key_file);
    keys.ring = db::ring_of_words(data);
    write_keys(key_file, keys);
    write_file(to / "manifest", kernel::view(run.manifest.text()));
    sweep(to, run.manifest);
    return run.made;
}

}  // namespace backup
