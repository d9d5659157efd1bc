#include "postgres_database.h"

#include <chrono>
#include <optional>
#include <thread>

#include "failure.h"
#include "lock_file.h"
#include "migrate.h"
#include "pool.h"
#include "postgres_session.h"
#include "sealed_words.h"

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

void require_folder(const Place& place) {
    if (place.folder.empty()) throw failure(Kind::other, "PostgreSQL needs a data folder too: words.key lies there");
}

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const Place& place, const std::vector<Migration>& migrations)
        : Database(table_classes(migrations)),
          place_(place.postgres),
          readers_(most_readers, maker(Access::nothing)),
          local_(1, maker(Access::local)),
          derived_(1, maker(Access::derived)) {
        require_folder(place);
        lock_.emplace(place.folder);
        writer_ = std::make_unique<PostgresSession>(place.postgres, Access::main);
        require_database(*writer_);
        advisory_.emplace(*writer_);
        PostgresSession session(place.postgres, Access::everything);
        const bool fresh = session.one("select to_regclass('public.migration') is null")->integer(0) != 0;
        run_missing(session, migrations);
        SealedWords::require_key(session, place.folder);
        words_ = std::make_unique<SealedWords>(place.folder, migrations);
        words_->prove(session, fresh);
        writer_->use(*words_);
        if (has_to_shrink(session)) let_go(session);
    }

    Engine engine() const override { return Engine::postgres; }
    Connection& writer() override { return *writer_; }
    Lease read() override { return readers_.lend(); }
    Lease local() override { return local_.lend(); }
    Lease derived() override { return derived_.lend(); }
    bool checkpoint(Wal how) override {
        if (how != Wal::empty) return true;
        words_->reload();
        PostgresSession session(place_, Access::everything);
        let_go(session);
        return true;
    }

private:
    // Sessions are made when they are first lent.
    Pool::Make maker(Access access) {
        return [this, access] { return std::make_unique<PostgresSession>(place_, access, words_.get()); };
    }

    static void run_missing(PostgresSession& session, const std::vector<Migration>& migrations) {
        session.script("create schema if not exists local; create schema if not exists derived;");
        migrate(migrations, [&](std::string_view schema) -> Connection& {
            session.script(schema == "main"    ? "set search_path = public"
                           : schema == "local" ? "set search_path = local"
                                               : "set search_path = derived");
            return session;
        });
        session.script("set search_path = public");
    }

    // Rows from before words were sealed lie dead between the others until the tables are written anew.
    static bool has_to_shrink(Connection& session) {
        return session.one("select one from words_key where shrunk = 0") && !replay_due(session);
    }
    static void let_go(PostgresSession& session) {
        const bool all = has_to_shrink(session);
        session.script(all ? "vacuum full" : "vacuum");
        if (all) session.run("update words_key set shrunk = 1 where one = 1");
    }

    const std::string place_;
    std::optional<LockFile> lock_;
    std::unique_ptr<SealedWords> words_;
    std::unique_ptr<PostgresSession> writer_;
    std::optional<AdvisoryLock> advisory_;
    Pool readers_, local_, derived_;
};

class PostgresReader final : public Database {
public:
    PostgresReader(const Place& place, const std::vector<Migration>& migrations)
        : Database(table_classes(migrations)), place_(place.postgres), readers_(most_readers, [this] {
              return std::make_unique<PostgresSession>(place_, Access::nothing, words_.get());
          }) {
        require_folder(place);
        PostgresSession session(place.postgres, Access::nothing);
        require_database(session);
        require_migrated(migrations, session);
        SealedWords::require_key(session, place.folder);
        words_ = std::make_unique<SealedWords>(place.folder, migrations);
        words_->prove(session, std::nullopt);
    }
    Engine engine() const override { return Engine::postgres; }
    Connection& writer() override { throw std::logic_error("db: opened to read only"); }
    Lease read() override { return readers_.lend(); }
    Lease local() override { throw std::logic_error("db: opened to read only"); }
    Lease derived() override { throw std::logic_error("db: opened to read only"); }
    bool checkpoint(Wal) override { throw std::logic_error("db: opened to read only"); }

private:
    const std::string place_;
    std::unique_ptr<SealedWords> words_;
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
