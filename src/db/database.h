// Where the data lies: main (ledger, state, form tokens, ballot box), local (sessions, outbox, progress) and derived
// (what followers compute). SQLite: main.db, local.db, derived.db in the data folder, WAL, mode 0600. PostgreSQL:
// schemas public, local, derived of one database for each installation, which must be UTF8 with C collation.
// In SQL, main tables stand bare, the others with their schema: `local.session`, `derived.mark`, on both engines.
#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include <kernel/embedded.h>

#include "db.h"

namespace db {

struct Place {
    std::filesystem::path folder;  // holds the SQLite files
    std::string postgres;          // libpq connection string; empty: SQLite
};

// Every table has exactly one class: design rule and checks are in schema_faults().
struct TableClass {
    std::string schema, table, kind, reason;  // kind: state, derived, local, ledger
};

// Which of the WAL's pages go into the database file: those that no reader is in the way of, or all.
enum class Wal { move, empty };

class Database {
public:
    // Opens or creates, runs the migrations that are missing, each in a transaction. Throws Failure: newer, when the
    // data was written by a later program; busy, when another process has the place open for writing (held by flock on
    // folder/lock and, on PostgreSQL, an advisory lock); encoding, for a PostgreSQL database that is not UTF8 and C;
    // lost, when main.db is gone but local.db is there, or the server cannot be reached.
    static std::unique_ptr<Database> open(const Place&);
    // The same with other migrations than the compiled-in ones, beside this module's own: for tests.
    static std::unique_ptr<Database> open(const Place&, std::span<const kernel::EmbeddedFile> files);
    // For tools that only read, also beside a running server: no lock, no migrations, nothing is created. Only read()
    // may be called. Throws Failure newer when the data was written by a later program, or by an earlier one and not
    // migrated yet (the sentence says which); lost when there is nothing.
    static std::unique_ptr<Database> open_to_read(const Place&);
    static std::unique_ptr<Database> open_to_read(const Place&, std::span<const kernel::EmbeddedFile> files);

    virtual ~Database() = default;  // after every Lease is back
    virtual Engine engine() const = 0;
    // Of all tables, as the migrations it was opened with leave them.
    const std::vector<TableClass>& classes() const { return classes_; }

    // The one connection that writes main. Belongs to the ledger's writer thread. It sees local and derived read-only:
    // writing them throws Failure other. On PostgreSQL that is decided from the statement's text.
    virtual Connection& writer() = 0;

    // A read-only connection of the pool with all three attached, for as long as the Lease lives (keep it short: it
    // holds a snapshot while a query runs, not between). Any thread. The pool grows on demand to 32; waits when all are
    // lent, so one thread must not want two. What is left open in it is rolled back when it comes back; a connection
    // that was lost is replaced.
    class Lease {
    public:
        Lease(Connection& c, std::function<void()> back) : connection_(&c), back_(std::move(back)) {}
        Lease(Lease&& other) noexcept : connection_(other.connection_), back_(std::move(other.back_)) {
            other.back_ = nullptr;
        }
        ~Lease() {
            if (back_) back_();
        }
        Connection& operator*() { return *connection_; }
        Connection* operator->() { return connection_; }

    private:
        Connection* connection_;
        std::function<void()> back_;
    };
    virtual Lease read() = 0;

    // Writing connections for local and for derived, each lent to one at a time for as long as the Lease lives; they
    // see the other schemas read-only. Never hold one while waiting for the ledger.
    virtual Lease local() = 0;
    virtual Lease derived() = 0;

    // Moves the WAL into the database file; called from a job every few seconds, never from the writer thread: nobody
    // else does it for main.db, whose WAL grows until then. `move` makes nobody wait; only when a WAL has grown above
    // 64 MiB does it cut that one, for which the writer may wait up to 50 ms. `empty` waits up to 5 s for readers (and
    // the writer for it) and cuts all three WALs to nothing, overwriting what they held: after an erasure, when what
    // was erased must be in no file any more. Returns whether everything asked for was done; false means that somebody
    // was still reading: try again. Throws Failure (full: it needs space in main.db); nothing is lost by that. On
    // PostgreSQL `move` has no effect, and `empty` is a vacuum: dead rows are let go, but their bytes stay until others
    // come over them.
    virtual bool checkpoint(Wal how = Wal::move) = 0;

protected:
    explicit Database(std::vector<TableClass> classes) : classes_(std::move(classes)) {}

private:
    const std::vector<TableClass> classes_;
};

// Migrations are the embedded files NNNN_name.sql of all modules, in the order of their numbers, each starting with a
// line "-- main", "-- local" or "-- derived" naming its schema, in which its table names stand bare; gaps are allowed.
// A twin NNNN_name.postgres.sql replaces the file on PostgreSQL. These become the engine's words:
//   {int} {text} {bytes}  the only types of state columns
//   {table-end}           strict: for tables whose primary key is one {int} column
//   {table-end-keyed}     strict, without rowid: for every other primary key
// Statements are create, alter, drop, insert, update, delete; no triggers. Every `create table` stands under a comment
// line "-- state: …", "-- derived: …", "-- local: why it is not rebuilt" or "-- ledger: …": its class and its reason.
// State and ledger tables stand in main, derived ones in derived, local ones in local or main. A second line "--
// replay" says that state tables get their rows from entries that are in the log already: see replay_due().
struct Migration {
    int number = 0;
    std::string name;    // "voice/0012_voice.sql"
    std::string schema;  // main, local, derived
    std::string sql;     // with the engine's words
    bool replay = false;
    std::vector<std::string> words = {};  // columns that hold words: "voice_words.text"
};
// Both throw std::logic_error naming the file for what breaks these rules, a number given twice above all.
std::vector<Migration> migrations(Engine);
std::vector<Migration> migrations(Engine, std::span<const kernel::EmbeddedFile> files);

// The tables that stand at the end, sorted by schema and name. std::logic_error for a table in no or two classes.
std::vector<TableClass> table_classes();  // of the compiled-in migrations
std::vector<TableClass> table_classes(const std::vector<Migration>&);

// Has a migration with "-- replay" run since state was last made from the log? Until then state is not what its log
// says, and open_to_read() throws Failure newer. Who has the log empties the state tables, applies every entry again
// and says so, all in one transaction of the writer.
bool replay_due(Connection&);
void empty_state(Connection& writer, const std::vector<TableClass>&);
void replayed(Connection& writer);

// All rows of local tables, table by table, columns in name order: for backups. In the snapshot of an open transaction.
using LocalRow = std::function<void(const std::string& schema, const std::string& table,
                                    const std::vector<std::string>& columns, const Row&)>;
void each_local_row(Connection&, const std::vector<TableClass>&, const LocalRow&);
// Puts one back; std::runtime_error when there is no such local table or column any more.
void put_row(Connection& writer, const std::string& schema, const std::string& table,
             const std::vector<std::string>& columns, const Row&);

// ---- copies of a place in SQLite, for upgrades
// -----------------------------------------------------------------------
using CopyProgress = std::function<void(std::int64_t done, std::int64_t of)>;
// main.db and local.db as one moment has them, beside a running program too, into a folder that is made; whatever
// program wrote them. Durable when it returns. Throws Failure (full above all); then what there is of
// `to` is the caller's to overwrite.
void copy_place(const std::filesystem::path& from, const std::filesystem::path& to, const CopyProgress& progress = {});
// What every page of the place's database files says of itself (page_check.h), read in order, beside a running program
// too. Throws Failure for a file that cannot be read.
struct PageReport {
    std::string file;  // "main.db"
    std::int64_t pages = 0;
    bool checked = true;                // false: made by an earlier program, its pages have no checks yet
    std::vector<std::int64_t> damaged;  // page numbers, from 1; at most 100 are named
};
std::vector<PageReport> check_pages(const std::filesystem::path& folder, const CopyProgress& progress = {});
// How many of this program's migrations of main and local have not run in a place that is there; 0 where none is.
int migrations_due(const std::filesystem::path& folder);
// One main.db by itself, whatever program wrote it, for looking at it.
std::unique_ptr<Connection> open_main(const std::filesystem::path& folder);
// Moves the files of a copy into the place of those of `folder`. Begun again after it was broken off, it ends the same
// way. Throws Failure busy while another process has the folder.
void put_back(const std::filesystem::path& copy, const std::filesystem::path& folder);

// Reads the schema of the engine and names, in a sentence each, what breaks the rules: a table in no class or a class
// without its table; a trigger, a cascade; in a state table a missing primary key, a type other than {int} {text}
// {bytes}, a default that is not a literal, a sequence, a generated column, a collation, a lean on rowid. Empty: sound.
std::vector<std::string> schema_faults(Connection&, const std::vector<TableClass>&);

// SHA-256 over all state tables, rows in primary-key order, columns in name order, each cell as type, length, bytes:
// equal on both engines for equal content. Streamed, in one snapshot. With no transaction open it makes its own.
//   table = SHA-256(text name ‖ int columns ‖ text column … ‖ cell … ‖ byte 4 ‖ rows as 8 bytes)
//   all   = SHA-256(text name ‖ bytes table …), tables in name order
// A cell is one byte of type (0 null, 1 int, 2 text, 3 bytes), then but for null 8 bytes of length and the content; an
// int has 8 bytes. All numbers are big-endian.
kernel::Hash state_digest(Connection&);
kernel::Hash state_digest(Connection&, const std::vector<TableClass>&);
// By table, for finding which one differs.
std::vector<std::pair<std::string, kernel::Hash>> state_digests(Connection&);
std::vector<std::pair<std::string, kernel::Hash>> state_digests(Connection&, const std::vector<TableClass>&);

}  // namespace db
