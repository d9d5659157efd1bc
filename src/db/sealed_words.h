// How words stand in PostgreSQL, which keeps what it once wrote: dead rows, its log, replicas, base backups. Columns
// that a migration declares with `-- words: table (column, …)` hold ciphertext alone. The key of each entry's words is
// one of the ring in the data folder (words_key.h); once it is destroyed, nobody reads those bytes again, wherever they
// lie. SQLite overwrites what it lets go, and keeps words as they are.
//
//   cell   = mark ‖ (text: base64, bytes: as they are) of: entry as 8 bytes big-endian ‖ sealed
//   sealed = kernel::seal under the entry's key, purpose "words in a database", bound to entry and type of the cell
#pragma once
#include <array>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <kernel/ring.h>

#include "database.h"

namespace db {

class SealedWords {  // any thread
public:
    // Reads the ring, and makes one when there is none: only where nothing was sealed yet, see prove().
    SealedWords(std::filesystem::path folder, const std::vector<Migration>&);

    // Whether this database was sealed with the ring: throws Failure lost, naming the file, when words.key is missing
    // or another one. A database that has no proof yet gets one: `fresh` says whether it was empty; nothing, that it
    // may only be read.
    static void require_key(Connection&, const std::filesystem::path& folder);
    void prove(Connection&, std::optional<bool> fresh) const;

    // Which parameters of a statement become cells of words, by number from 0; empty when none does. std::logic_error
    // when one of them is part of a larger expression, or is used elsewhere too.
    std::vector<bool> parameters(std::string_view sql) const;

    // What to send in place of the values; `held` keeps what they point to. Empty text and bytes stay empty: they are
    // what a row without words has. So does everything of an entry whose key was destroyed: it has no words any more.
    // std::logic_error without an entry. Failure encoding for a value that would be taken for a sealed one.
    struct Held {
        std::deque<std::string> texts;
        std::deque<kernel::Bytes> bytes;
    };
    std::vector<Value> sealed(const std::vector<Value>&, const std::vector<bool>& which,
                              std::optional<std::int64_t> entry, Held&) const;
    // Cells that were sealed become what they were; those whose key was destroyed become empty. Throws Failure other
    // for a cell that is not what was sealed.
    void open(Row&) const;

    void reload();  // after keys were destroyed in the file

private:
    std::optional<kernel::Hash> key(std::int64_t entry) const;
    kernel::Bytes seal(const kernel::Hash& key, std::int64_t entry, char type, kernel::View plain) const;
    std::optional<kernel::Bytes> unseal(kernel::View sealed, char type) const;

    const std::filesystem::path folder_;
    std::set<std::string, std::less<>> columns_;  // "voice_words.text"
    std::set<std::string, std::less<>> tables_;
    mutable std::mutex mutex_;
    mutable kernel::Ring ring_;
    // Rows of a page are read again and again, and a key takes some tens of hashes to find.
    struct Known {
        std::int64_t entry = -1;
        std::optional<kernel::Hash> key;
    };
    mutable std::array<Known, 512> known_;
};

}  // namespace db
