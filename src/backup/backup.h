// Backups beside the running program, and what is restored from them. A backup is a folder: the log in parts that never
// change once they are full, the words of each entry and each picture sealed under keys of their own, and a manifest
// with the hash of every file, written last. The keys lie elsewhere: in the data folder and in a key file that is
// replaced at every run. Destroying a key there is what erases words from every backup ever made.
// Format: docs/decisions/0030-backup-by-parts-and-key-shredding.md.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <kernel/bytes.h>
#include <ledger/ledger.h>

namespace db {
class Database;
}

namespace backup {

using Progress = std::function<void(std::int64_t done, std::int64_t of)>;

struct Made {
    std::int64_t size = 0;                   // entries in the backup
    std::int64_t entries = 0, pictures = 0;  // copied by this run
    std::int64_t bytes = 0;                  // written by this run
};
// `database`: opened to read, beside the running program or without it; `data`: its folder. Goes on where a broken run
// stopped. When it returns, everything was read back and checked. Throws std::runtime_error with the file for what does
// not fit, std::system_error when the place is full: what was complete before stays complete.
Made make(db::Database& database, const std::filesystem::path& data, const std::filesystem::path& to,
          const std::filesystem::path& key_file, const Progress& progress = {});

struct Restored {
    std::int64_t size = 0;    // of the log in the backup
    std::int64_t erased = 0;  // entries whose words were erased after it was made, recorded now
    std::int64_t pictures = 0;
};
// Puts the keys of a backup's words into the folder of the place that it will be restored into: on PostgreSQL they seal
// the words there too, so that this comes before the database is opened. Throws std::runtime_error when other ones are
// there.
void place_ring(const std::filesystem::path& key_file, const std::filesystem::path& data);
// Into `target`, a fresh database, and `data`, its folder, which gets keys and pictures; log.key last, so that no
// program takes what is half there for an installation. `at_least`: a checkpoint that the backup must not be older
// than. Throws std::runtime_error naming the file or entry that does not verify.
Restored restore(const std::filesystem::path& from, const std::filesystem::path& key_file,
                 const std::optional<std::string>& at_least, db::Database& target, const std::filesystem::path& data,
                 const ledger::Kinds&, const kernel::Clock&, const Progress& progress = {});

// Where the key files lie that backups of this folder were made with. std::runtime_error when the list is damaged.
std::set<std::string> key_files(const std::filesystem::path& data);
// Destroys the keys of these entries' words and of these pictures, in the data folder and in the key files that backups
// of it were made with, as far as they can be reached; each that cannot is handed to `unreachable`. Durable when it
// returns; nothing happens where no backup was ever made.
void destroy_keys(const std::filesystem::path& data, const std::vector<std::int64_t>& entries, std::string_view basis,
                  const std::vector<kernel::Hash>& pictures,
                  const std::function<void(const std::filesystem::path&)>& unreachable);

}  // namespace backup
