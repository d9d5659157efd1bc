// The ledger: the only way anything changes. An act runs on the one writer thread inside the batch's transaction; it
// reads, decides, and appends Changes; each Change becomes an entry, a leaf of the public Merkle tree, and rows through
// its kind's `apply`. Formats: docs/ledger-format.md.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/clock.h>
#include <kernel/json.h>
#include <kernel/result.h>
#include <merkle/merkle.h>
#include <merkle/note.h>

namespace db {
class Connection;
class Database;
}  // namespace db

namespace ledger {

// Of leaves and commitments: docs/ledger-format.md. A log keeps the format that it began with, and a new one gets the
// newest. Logs of format 0 are marked as trials.
inline constexpr int trial_format = 0, newest_format = 1;

// Are the payload and its salt served to everyone (so that anyone can check the commitment), or only to those entitled?
enum class Served { open, closed };

// What an act wants recorded. Facts: ids, kinds, states, days; nothing personal; never erased. Words: personal text,
// names, contacts; own salt, own commitment; can be erased.
struct Draft {
    std::string_view kind;               // "voice.received": module.verb in the past tense; a literal
    int v = 1;                           // version of this kind's encoding
    std::int64_t subject = 0;            // the addressable thing it is about; for speakers' acts the cycle, never less
    std::optional<std::int64_t> parent;  // an earlier entry it answers, where one act is about the other
    kernel::Json facts = kernel::Json::Object{};  // an object without real numbers; so are words
    std::optional<kernel::Json> words;
    Served facts_served = Served::open;
    Served words_served = Served::open;
};

// An entry as `apply` and followers see it. Facts and words are what the Draft said; words are absent when the kind has
// none or when they were erased.
struct Entry {
    std::int64_t index = 0;
    kernel::Instant time;  // whole minutes, never before the entry before it
    std::string kind;
    int v = 1;
    std::int64_t subject = 0;
    std::optional<std::int64_t> parent;
    kernel::Json facts;
    std::optional<kernel::Json> words;
};

// One kind of Change. All kinds are gathered by hand in server/ and handed to the ledger; an entry of an unknown kind
// stops the process.
struct Kind {
    std::string_view name;
    // Writes the rows. A pure function of the entry and the state rows: no clock, random, settings, calendar. Throws
    // only when the ledger contradicts itself.
    std::function<void(db::Connection&, const Entry&)> apply;
    // Leaves exactly the rows that `apply` without words would have left. Empty for kinds without words.
    std::function<void(db::Connection&, std::int64_t index)> forget;
};
using Kinds = std::vector<Kind>;

// What whoever acted gets in the same response, and can fetch later: proof that the entry is in the log.
struct Receipt {
    std::int64_t index = 0;
    kernel::Instant time;
    std::string leaf;        // the leaf's bytes: canonical JSON, at most 1 KiB
    merkle::Proof proof;     // inclusion of the leaf in the checkpoint's tree
    std::string checkpoint;  // signed note
    bool repeated = false;   // the same form was sent before: this is the receipt of the first time
    std::string tlog_proof() const;
};

// Inside the batch's transaction, on the writer thread, for the length of one act.
class Writing {
public:
    virtual ~Writing() = default;
    virtual db::Connection& db() = 0;         // for reading state; writing it is `apply`'s alone
    virtual kernel::Instant now() const = 0;  // the time every entry of this batch gets
    virtual std::int64_t next_index() const = 0;
    // Appends, applies, returns the index. An act may append several; a refusal after an append undoes them all.
    virtual std::int64_t append(Draft) = 0;
    // Rows of local tables in main (a ballot box) were written: they are committed though the act appends nothing.
    // Called last: a refusal after such rows were written does not undo them.
    virtual void keep_local() = 0;
};

// Decides and records. Returns the index whose receipt the actor gets. Runs at most once to success; it may be run
// again from the start when another act of the batch threw. Anything slow (parsing, NFC, hashing of passwords) is done
// before; it must take well under 60 microseconds of its own.
using Act = std::function<kernel::Result<std::int64_t>(Writing&)>;

// A form's or request's own token: the second act with the same token is not run, it gets the first one's receipt.
using Once = std::optional<kernel::Hash>;

class Ledger {
public:
    struct Settings {
        std::size_t queue = 4096;  // acts waiting; more are refused with code unavailable (Retry-After)
        std::size_t batch = 256;   // acts in one transaction at most
        std::string address = {};  // of this node, for others' ledger.not_leader
        // Where to keep how many entries were answered for (acknowledged.h); empty: nowhere. With fewer entries in the
        // database start() throws.
        std::string acknowledged = {};
        // The outcome of a commit is unknown, or the database is gone: nothing may be answered any more. Called on the
        // writer thread; by default a line in the log, then abort(). Should it return, everything is refused with
        // ledger.broken from then on.
        std::function<void(const std::string& why)> fatal = {};
    };
    // Starts the writer thread. Throws when the stored head does not verify under `signer`, does not fit the tiles and
    // entries, or another leader has moved.
    static std::unique_ptr<Ledger> start(db::Database&, const kernel::Clock&, const merkle::SignerKey&, Kinds,
                                         Settings);
    static std::unique_ptr<Ledger> start(db::Database& d, const kernel::Clock& c, const merkle::SignerKey& s, Kinds k) {
        return start(d, c, s, std::move(k), Settings{});
    }
    virtual ~Ledger() = default;  // drains what was accepted, then stops

    // Any thread. `done` is called exactly once, on the writer thread after the commit (or at once when refused for
    // overload): it must only hand on. A Receipt is durable when it arrives. Besides the act's own refusals, all with
    // code unavailable and nothing recorded:
    //   ledger.overloaded            too much is waiting, or the ledger is stopping
    //   ledger.not_leader {address}  another node writes; this one never will again
    //   ledger.disk_full             (no_space) acts are taken again as soon as there is space
    //   ledger.broken                the act, its apply or the database threw; the reason is in the process's log. The
    //                                other acts of the batch are run again without it.
    virtual void submit(Act, Once, std::function<void(kernel::Result<Receipt>)> done) = 0;
    // The same, waiting; what the act or its apply threw is thrown here, in place of ledger.broken. On the writer
    // thread it throws std::logic_error.
    kernel::Result<Receipt> perform(Act, Once once = std::nullopt);

    // Committed size; what a page's cache is keyed by. Any thread, no lock on the way.
    virtual std::int64_t size() const = 0;
    // Returns when size() > mark, or after the given time, or at stop; returns size().
    virtual std::int64_t wait(std::int64_t mark, int milliseconds) = 0;
    virtual std::string checkpoint() const = 0;  // the newest signed note
    virtual const merkle::VerifierKey& key() const = 0;
    virtual int format() const = 0;
    // A signed note with this body, by the log's key: a promise, never a checkpoint. std::logic_error for a body whose
    // first line is the log's origin or that does not end in LF. Any thread.
    virtual std::string sign(std::string body) const = 0;
};

// ---- reading the log: any connection, any thread -------------------------------------------------------------------

std::optional<Receipt> receipt(db::Connection&, std::int64_t index);  // against the newest checkpoint
std::optional<Entry> entry(db::Connection&, std::int64_t index);
std::vector<Entry> entries(db::Connection&, std::int64_t from, int at_most);  // in order, for followers and rebuild
std::optional<std::string> leaf(db::Connection&, std::int64_t index);
std::string head(db::Connection&);  // the newest signed note
std::int64_t size(db::Connection&);
// Complete subtrees, from tiles. For the length of one proof: it remembers the tiles it has read. std::out_of_range for
// subtrees that the log does not have.
merkle::Reader hashes(db::Connection&);
// Hash tile bytes of a tile with this width, as tlog-tiles serves it; nothing when the tree has no such tile.
std::optional<kernel::Bytes> tile(db::Connection&, int level, std::int64_t n, int width);
std::optional<kernel::Bytes> entry_bundle(db::Connection&, std::int64_t n, int width);

// What anyone may see of an entry, to check the leaf's commitments: the payloads that are served, with their salts.
struct PublicEntry {
    std::int64_t index = 0;
    std::string leaf;
    std::optional<std::string> facts, words;  // canonical JSON
    std::optional<kernel::Bytes> facts_salt, words_salt;
    bool words_erased = false;
};
std::vector<PublicEntry> public_entries(db::Connection&, std::int64_t from, int at_most);
// Those of these entries whose words are there and served, in the order of the log.
std::vector<std::int64_t> with_served_words(db::Connection&, std::span<const std::int64_t> entries);

// ---- erasure, rebuild ----------------------------------------------------------------------------------------------

// Records that the words of `target` are gone, on which legal basis, and destroys payload and salt; the kind's `forget`
// runs through the erasure's own apply. Refuses ledger.nothing_to_erase (not_found). Part of an act: who may and how
// many must agree is the caller's business.
kernel::Result<std::int64_t> erase_words(Writing&, std::int64_t target, std::string_view basis);

// The other half, for words that a restored place never had, because their key was destroyed after the backup was made:
// records the same for an entry whose leaf has words and whose words are not there. ledger.nothing_to_erase else.
kernel::Result<std::int64_t> record_lost_words(Writing&, std::int64_t target, std::string_view basis);

using Progress = std::function<void(std::int64_t done, std::int64_t of)>;

// Copies every entry of `source` into the empty `target`, checking each leaf, commitment and the head, and applies it.
// Afterwards db::state_digest of both is equal. Throws std::runtime_error naming the index of the first fault.
void rebuild(db::Connection& source, db::Database& target, const Kinds&, const Progress& progress = {});

// An entry with all its payloads, whoever may see them: what a backup keeps.
struct WholeEntry {
    struct Words {
        std::string bytes;  // canonical JSON
        kernel::Bytes salt;
        bool open = false;
    };
    std::int64_t index = 0;
    std::string leaf, facts;
    kernel::Bytes facts_salt;
    bool facts_open = false;
    std::optional<Words> words;
};
// Throws std::runtime_error that names the entry when its leaf is none or its facts or words are not what the leaf
// commits to. True when the leaf commits to words that are not there: some entry must have erased them.
bool lacks_words(const WholeEntry&);
// In order, from `from` on, before `before`.
std::vector<WholeEntry> whole_entries(db::Connection&, std::int64_t from, std::int64_t before, int at_most);
// What rebuild does, out of a backup: `read` gives the next entries from an index on. `lost`: entries whose words are
// not there though no entry of this log erased them. Throws what rebuild throws.
void restore(const std::string& checkpoint, const std::function<std::vector<WholeEntry>(std::int64_t from)>& read,
             const std::set<std::int64_t>& lost, db::Database& target, const Kinds&, const Progress& progress = {});

// After an upgrade whose migrations ask for it (db::replay_due): empties every state table and applies the whole log
// again, checking it as a rebuild does; local and derived tables stay. All in one transaction: whoever stops it finds
// everything as it was and starts over. Says whether there was anything to replay. Before Ledger::start, which does it
// without a progress where nobody has. Throws what rebuild throws.
bool replay_if_due(db::Database&, const Kinds&, const Progress& progress = {});

// ---- followers -----------------------------------------------------------------------------------------------------

// Reads the ledger in order after its own mark and keeps derived tables; results and mark are one transaction of
// derived.db. Dropping the tables and the mark makes it start again from entry 0.
struct Follower {
    std::string name;
    std::function<void(db::Connection& derived, const Entry&)> follow;
    int at_most = 500;                                      // entries in one transaction
    std::function<void(db::Connection& derived)> end = {};  // after the last entry of each transaction, within it
    std::function<bool()> stopping = {};                    // asked between two transactions
};
// Follows until nothing is left, or it is to stop; returns the mark. Called by a job, or by tests.
std::int64_t catch_up(db::Database&, const Follower&);
// It reads from entry 0 again: for whoever empties what it keeps, in the same transaction of derived.db.
void begin_again(db::Connection& derived, const std::string& follower);

}  // namespace ledger
