#include "postgres_database.h"

#include <chrono>
#include <optional>
#include <thread>

#include "failure.h"
#include "lock_file.h"
#include "migrate.h"
#include "pool.h"
#include "postgres_session.h"

namespace db {

namespace {

void require_database(Connection& connection) {
    if (connection.one("select current_setting('server_version_num')::integer")->integer(0) < 150'000)
        throw failure(Kind::other, "PostgreSQL 15 or later is needed");
    const Row row = *connection.one(
        "select pg_encoding_to_char(encoding), datcollate::text, datctype::text, datlocprovider::text"
        " from pg_database where datname = current_database()");
    const auto is_c = [](const std::string& name) { return name == "C" || name == "POSIX"; };
    if (row.text(0) != "UTF8" || !is_c(row.text(1)) || !is_c(row.text(2)) || row.text(3) != "c")
        throw failure(Kind::encoding, "the database has encoding " + row.text(0) + ", collation " + row.text(1) +
                                          " and character type " + row.text(2) +
                                          "; it must be made with encoding UTF8 and locale C");
}

// Each database of the server has its own; held until let go or until the session ends.
class AdvisoryLock {
public:
    explicit AdvisoryLock(Connection& connection) : connection_(connection) {
        // The server needs a moment to notice that a process which was killed is gone.
        for (int tries = 0; !taken(); ++tries) {
            if (tries == 20)
                throw failure(Kind::busy,
                              "another process has this PostgreSQL database open for writing; stop it first");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
    // Said, not left to the end of the session: who opens again at once must not find it taken.
    ~AdvisoryLock() {
        try {
            connection_.query("select pg_advisory_unlock(448646445417)");
        } catch (const std::exception&) {
            // The session is lost, and the lock with it.
        }
    }
    AdvisoryLock(const AdvisoryLock&) = delete;
    AdvisoryLock& operator=(const AdvisoryLock&) = delete;

private:
    bool taken() { return connection_.one("select pg_try_advisory_lock(448646445417)")->integer(0) == 1; }
    Connection& connection_;
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const Place& place, const std::vector<Migration>& migrations)
        : Database(table_classes(migrations)),
          place_(place.postgres),
          readers_(most_readers, maker(place.postgres, Access::nothing)),
          local_(1, maker(place.postgres, Access::local)),
          derived_(1, maker(place.postgres, Access::derived)) {
        if (!place.folder.empty()) folder_.emplace(place.folder);
        writer_ = std::make_unique<PostgresSession>(place.postgres, Access::main);
        require_database(*writer_);
        advisory_.emplace(*writer_);
        run_missing(place.postgres, migrations);
    }

    Engine engine() const override { return Engine::postgres; }
    Connection& writer() override { return *writer_; }
    Lease read() override { return readers_.lend(); }
    Lease local() override { return local_.lend(); }
    Lease derived() override { return derived_.lend(); }
    bool checkpoint(Wal how) override {
        if (how == Wal::empty) PostgresSession(place_, Access::everything).script("vacuum");
        return true;
    }

private:
    static Pool::Make maker(const std::string& place, Access access) {
        return [place, access] { return std::make_unique<PostgresSession>(place, access); };
    }

    static void run_missing(const std::string& place, const std::vector<Migration>& migrations) {
        PostgresSession session(place, Access::everything);
        session.script("create schema if not exists local; create schema if not exists derived;");
        migrate(migrations, [&](std::string_view schema) -> Connection& {
            session.script(schema == "main"    ? "set search_path = public"
                           : schema == "local" ? "set search_path = local"
                                               : "set search_path = derived");
            return session;
        });
    }

    const std::string place_;
    std::optional<LockFile> folder_;
    std::unique_ptr<PostgresSession> writer_;
    std::optional<AdvisoryLock> advisory_;
    Pool readers_, local_, derived_;
};

class PostgresReader final : public Database {
public:
    PostgresReader(const Place& place, const std::vector<Migration>& migrations)
        : Database(table_classes(migrations)), readers_(most_readers, [from = place.postgres] {
              return std::make_unique<PostgresSession>(from, Access::nothing);
          }) {
        Lease lease = readers_.lend();
        require_database(*lease);
        require_migrated(migrations, *lease);
    }
    Engine engine() const override { return Engine::postgres; }
    Connection& writer() override { throw std::logic_error("db: opened to read only"); }
    Lease read() override { return readers_.lend(); }
    Lease local() override { throw std::logic_error("db: opened to read only"); }
    Lease derived() override { throw std::logic_error("db: opened to read only"); }
    bool checkpoint(Wal) override { throw std::logic_error("db: opened to read only"); }

private:
    Pool readers_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const Place& place, const std::vector<Migration>& migrations) {
    return std::make_unique<PostgresDatabase>(place, migrations);
}

std::unique_ptr<Database> read_postgres(const Place& place, const std::vector<Migration>& migrations) {
    return std::make_unique<PostgresReader>(place, migrations);
}

}  // namespace db
