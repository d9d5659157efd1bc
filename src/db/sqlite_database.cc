#include "sqlite_database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>

#include "failure.h"
#include "lock_file.h"
#include "migrate.h"
#include "pool.h"
#include "sqlite_session.h"

namespace db {

namespace {

namespace fs = std::filesystem;

constexpr const char* file_names[] = {"main.db", "local.db", "derived.db"};
constexpr int largest_wal = 16'384;  // pages: 64 MiB
using Checkpoint = SqliteSession::Checkpoint;

// The mode of the -wal and -shm files follows that of the database file. A file that exists is never opened here:
// closing it would drop the locks that SQLite holds on it elsewhere in this process.
void make_files(const fs::path& folder) {
    if (!fs::exists(folder / "main.db") && fs::exists(folder / "local.db"))
        throw failure(Kind::lost, "main.db is missing from " + folder.string() +
                                      " though local.db is there: restore it before going on");
    for (const char* name : file_names) {
        const fs::path path = folder / name;
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file >= 0) ::close(file);
        if (file < 0 && errno != EEXIST)
            throw failure(errno == ENOSPC ? Kind::full : Kind::lost,
                          path.string() + " cannot be made: " + std::strerror(errno));
        ::chmod(path.c_str(), 0600);
    }
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
}

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(const Place& place, const std::vector<Migration>& migrations)
        : Database(table_classes(migrations)),
          folder_(place.folder),
          lock_(place.folder),
          readers_(most_readers, maker(Access::nothing)),
          local_(1, maker(Access::local)),
          derived_(1, maker(Access::derived)) {
        make_files(folder_);
        for (const char* name : file_names) files_.push_back(std::make_unique<SqliteSession>(folder_ / name));
        migrate(migrations, [this](std::string_view schema) -> Connection& {
            return *files_[schema == "main" ? 0 : schema == "local" ? 1 : 2];
        });
        for (auto& file : files_) add_checks(*file);
        writer_ = std::make_unique<SqliteSession>(folder_, Access::main);
    }

    Engine engine() const override { return Engine::sqlite; }
    Connection& writer() override { return *writer_; }
    Lease read() override { return readers_.lend(); }
    Lease local() override { return local_.lend(); }
    Lease derived() override { return derived_.lend(); }

    bool checkpoint(Wal how) override {
        const std::lock_guard lock(checkpointing_);
        bool all = true;
        for (std::size_t i = 0; i < files_.size(); ++i)
            all &= how == Wal::empty ? files_[i]->checkpoint(Checkpoint::truncate, 5'000).all : move(i);
        return all;
    }

private:
    Pool::Make maker(Access access) {
        return [this, access] { return std::make_unique<SqliteSession>(folder_, access); };
    }

    // A file of an earlier program, or one that another wrote, gets its checks here, where the disk has room for a
    // second one beside it; else it goes on without.
    static void add_checks(SqliteSession& file) {
        if (!file.lacks_checks()) return;
        try {
            file.add_checks();
            file.checkpoint(Checkpoint::truncate, 1'000);
        } catch (const Failure& failure) {
            if (failure.kind != Kind::full) throw;
        }
    }

    // A WAL whose pages were all moved is used again from its start by the next writer. While much is written that
    // never comes to pass, because there are new pages at the end of each checkpoint: then the writer waits for a
    // moment. To empty a large file takes longer, because it is overwritten, and is left to a time when nobody writes.
    bool move(std::size_t i) {
        SqliteSession& file = *files_[i];
        const SqliteSession::Frames frames = file.checkpoint(Checkpoint::passive, 0);
        if (frames.in_wal > largest_wal) {
            file.checkpoint(Checkpoint::restart, 50);
            grown_[i] = true;
        } else if (grown_[i] && frames.all && frames.in_wal == last_in_wal_[i]) {
            grown_[i] = !file.checkpoint(Checkpoint::truncate, 50).all;
        }
        last_in_wal_[i] = frames.in_wal;
        return frames.all;
    }

    const fs::path folder_;
    const LockFile lock_;
    std::mutex checkpointing_;
    // Destroyed from below: the last to close a file is the one that may write it, and it empties the WAL.
    std::vector<std::unique_ptr<SqliteSession>> files_;  // main, local, derived, each by itself
    std::array<bool, 3> grown_{};                        // its WAL is a large file since it was emptied last
    std::array<int, 3> last_in_wal_{};                   // pages, at the last move
    std::unique_ptr<SqliteSession> writer_;
    Pool readers_, local_, derived_;
};

class SqliteReader final : public Database {
public:
    SqliteReader(const Place& place, const std::vector<Migration>& migrations)
        : Database(table_classes(migrations)), readers_(most_readers, [folder = place.folder] {
              return std::make_unique<SqliteSession>(folder, Access::nothing);
          }) {
        if (!fs::exists(place.folder / "main.db"))
            throw failure(Kind::lost, "there is no main.db in " + place.folder.string());
        require_migrated(migrations, *readers_.lend());
    }
    Engine engine() const override { return Engine::sqlite; }
    Connection& writer() override { throw std::logic_error("db: opened to read only"); }
    Lease read() override { return readers_.lend(); }
    Lease local() override { throw std::logic_error("db: opened to read only"); }
    Lease derived() override { throw std::logic_error("db: opened to read only"); }
    bool checkpoint(Wal) override { throw std::logic_error("db: opened to read only"); }

private:
    Pool readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Place& place, const std::vector<Migration>& migrations) {
    return std::make_unique<SqliteDatabase>(place, migrations);
}

std::unique_ptr<Database> read_sqlite(const Place& place, const std::vector<Migration>& migrations) {
    return std::make_unique<SqliteReader>(place, migrations);
}

}  // namespace db
