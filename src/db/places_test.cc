// What only one engine's places have: the files of SQLite, the database and the server of PostgreSQL.
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "fixture.h"
#include "postgres_session.h"

namespace db {
namespace {

// ---- SQLite files
// ------------------------------------------------------------------------------------------------------

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool somewhere_in(const std::filesystem::path& folder, const std::string& text) {
    for (const auto& file : std::filesystem::directory_iterator(folder))
        if (content_of(file.path()).find(text) != std::string::npos) return true;
    return false;
}

TEST(SqliteFiles, AreForTheOwnerAlone) {
    const ::mode_t mask = ::umask(0);
    const TestPlace place(Engine::sqlite);
    const Place below{place.place().folder / "new" / "folder", {}};
    {
        const auto base = Database::open(below, test_files);
        base->writer().run("insert into thing (id, name) values (1, 'one')");
        int files = 0;
        for (const auto& file : std::filesystem::directory_iterator(below.folder)) {
            struct stat about = {};
            ASSERT_EQ(::stat(file.path().c_str(), &about), 0);
            EXPECT_EQ(about.st_mode & 0777, 0600u) << file.path();
            ++files;
        }
        EXPECT_GE(files, 6) << "main.db, its -wal and -shm, local.db, derived.db, lock";
    }
    struct stat about = {};
    ASSERT_EQ(::stat(below.folder.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0700u);
    ::umask(mask);
    EXPECT_FALSE(std::filesystem::exists(below.folder / "main.db-wal")) << "a clean end leaves all in main.db";
}

TEST(SqliteFiles, NamesMayHoldAnything) {
    const TestPlace place(Engine::sqlite);
    const Place odd{place.place().folder / "a b?c#d%41'\"回音", {}};
    Database::open(odd, test_files)->writer().run("insert into thing (id, name) values (1, 'one')");
    EXPECT_TRUE(std::filesystem::exists(odd.folder / "main.db"));
    EXPECT_EQ(Database::open_to_read(odd, test_files)->read()->one("select count(*) from thing")->integer(0), 1);
}

TEST(SqliteFiles, WithoutMainAreRefused) {
    const TestPlace place(Engine::sqlite);
    Database::open(place.place(), test_files);
    std::filesystem::remove(place.place().folder / "main.db");
    EXPECT_EQ(failure_of([&] { Database::open(place.place(), test_files); }).kind, Kind::lost);
    EXPECT_FALSE(std::filesystem::exists(place.place().folder / "main.db"));
}

TEST(SqliteFiles, ThatAreNoDatabaseAreLost) {
    const TestPlace place(Engine::sqlite);
    Database::open(place.place(), test_files);
    std::ofstream(place.place().folder / "main.db") << std::string(10'000, 'x');
    EXPECT_EQ(failure_of([&] { Database::open(place.place(), test_files); }).kind, Kind::lost);
}

TEST(SqliteFiles, HoldNothingThatWasDeleted) {
    const TestPlace place(Engine::sqlite);
    const auto base = Database::open(place.place(), test_files);
    const std::string words = "words that must go away";
    auto reader = base->read();
    for (int i = 0; i < 50; ++i)
        base->writer().run("insert into thing (id, name) values ($1, $2)", i, words + std::to_string(i));
    base->local()->run("insert into local.session (id, word) values (1, $1)", words);
    EXPECT_EQ(reader->one("select count(*) from thing")->integer(0), 50);
    EXPECT_TRUE(base->checkpoint());
    EXPECT_TRUE(somewhere_in(place.place().folder, words));
    base->writer().run("delete from thing");
    base->local()->run("delete from local.session");
    EXPECT_TRUE(base->checkpoint(Wal::empty));
    EXPECT_FALSE(somewhere_in(place.place().folder, words));
    EXPECT_EQ(std::filesystem::file_size(place.place().folder / "main.db-wal"), 0u);
}

TEST(SqliteFiles, AHeldSnapshotKeepsTheWal) {
    const TestPlace place(Engine::sqlite);
    const auto base = Database::open(place.place(), test_files);
    base->writer().run("insert into thing (id, name) values (1, 'one')");
    auto reader = base->read();
    std::optional<Transaction> snapshot(std::in_place, *reader);
    base->writer().run("insert into thing (id, name) values (2, 'two')");
    EXPECT_FALSE(base->checkpoint(Wal::move)) << "the reader still needs the old pages";
    base->writer().run("insert into thing (id, name) values (3, 'three')");
    snapshot.reset();
    EXPECT_TRUE(base->checkpoint(Wal::move));
}

TEST(SqliteFiles, ALargeWalIsUsedAgainAndEmptiedWhenNobodyWrites) {
    const TestPlace place(Engine::sqlite);
    const auto base = Database::open(place.place(), test_files);
    const auto wal = [&] { return std::filesystem::file_size(place.place().folder / "main.db-wal"); };
    const auto write = [&](int first, int megabytes) {
        for (int i = 0; i < megabytes; ++i)
            base->writer().run("insert into thing (id, name) values ($1, $2)", first + i,
                               std::to_string(first + i) + std::string(1 << 20, 'a'));
    };
    write(0, 70);
    const auto large = wal();
    EXPECT_GT(large, 64u << 20);
    EXPECT_TRUE(base->checkpoint(Wal::move));
    write(100, 5);
    EXPECT_EQ(wal(), large) << "written from its start again";
    EXPECT_TRUE(base->checkpoint(Wal::move));
    EXPECT_EQ(wal(), large) << "somebody writes: to overwrite it now would hold them up";
    EXPECT_TRUE(base->checkpoint(Wal::move));
    EXPECT_EQ(wal(), 0u);
    write(200, 1);
    EXPECT_TRUE(base->checkpoint(Wal::move));
    EXPECT_TRUE(base->checkpoint(Wal::move));
    EXPECT_GT(wal(), 0u) << "a small one stays";
    EXPECT_EQ(base->read()->one("select count(*) from thing")->integer(0), 76);
}

TEST(SqliteFiles, DerivedMayBeDeleted) {
    const TestPlace place(Engine::sqlite);
    Database::open(place.place(), test_files)->derived()->run("insert into derived.mark (id, at) values (1, 7)");
    std::filesystem::remove(place.place().folder / "derived.db");
    const auto base = Database::open(place.place(), test_files);
    EXPECT_EQ(base->read()->one("select count(*) from derived.mark")->integer(0), 0);
}

// ---- PostgreSQL
// --------------------------------------------------------------------------------------------------------

TEST(PostgresPlaces, DerivedMayBeDropped) {
    const TestPlace place(Engine::postgres);
    Database::open(place.place(), test_files)->derived()->run("insert into derived.mark (id, at) values (1, 7)");
    PostgresSession(place.place().postgres, Access::everything).script("drop schema derived cascade");
    const auto base = Database::open(place.place(), test_files);
    EXPECT_EQ(base->read()->one("select count(*) from derived.mark")->integer(0), 0);
}

TEST(PostgresPlaces, OfAnotherEncodingOrCollationAreRefused) {
    for (const char* how : {"encoding 'SQL_ASCII' locale 'C'", "encoding 'UTF8' locale 'C.UTF-8'"}) {
        const TestPlace place(Engine::postgres);
        const std::string name = place.place().folder.filename();
        const std::string server = std::getenv("HUIYIN_TEST_POSTGRES");
        PostgresSession session(server, Access::everything);
        session.script("drop database " + name);
        session.script("create database " + name + " template template0 " + how);
        const Failure failure = failure_of([&] { Database::open(place.place(), test_files); });
        EXPECT_EQ(failure.kind, Kind::encoding) << failure.what();
        EXPECT_EQ(failure_of([&] { Database::open_to_read(place.place(), test_files); }).kind, Kind::encoding);
    }
}

TEST(PostgresPlaces, ThatCannotBeReachedAreLost) {
    const TestPlace folder(Engine::sqlite);
    const Failure failure = failure_of([&] {
        Database::open({folder.place().folder, "host=127.0.0.1 port=1 user=nobody password=Geheimnis dbname=x"},
                       test_files);
    });
    EXPECT_EQ(failure.kind, Kind::lost);
    EXPECT_EQ(std::string(failure.what()).find("Geheimnis"), std::string::npos) << failure.what();
}

TEST(PostgresPlaces, ACutConnectionIsLostAndReadersAreReplaced) {
    const TestPlace place(Engine::postgres);
    const auto base = Database::open(place.place(), test_files);
    base->writer().run("insert into thing (id, name) values (1, 'one')");
    base->read()->query("select 1");
    const auto cut = [&] {
        PostgresSession(place.place().postgres, Access::everything)
            .script(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()");
    };
    {
        auto reader = base->read();
        Transaction t(base->writer());
        t->run("insert into thing (id, name) values (2, 'two')");
        cut();
        EXPECT_EQ(failure_of([&] { t.commit(); }).kind, Kind::lost);
        EXPECT_EQ(failure_of([&] { reader->query("select 1"); }).kind, Kind::lost);
        EXPECT_EQ(failure_of([&] { reader->query("select 1"); }).kind, Kind::lost);
    }
    EXPECT_EQ(failure_of([&] { base->writer().query("select 1"); }).kind, Kind::lost);
    EXPECT_EQ(base->read()->one("select count(*) from thing")->integer(0), 1);
    EXPECT_EQ(failure_of([&] { base->writer().run("select 1"); }).kind, Kind::lost);
}

TEST(PostgresPlaces, NoSpaceIsFull) {
    const TestPlace place(Engine::postgres);
    PostgresSession session(place.place().postgres, Access::everything);
    EXPECT_EQ(failure_of([&] { session.script("do $$ begin raise exception using errcode = '53100'; end $$"); }).kind,
              Kind::full);
}

}  // namespace
}  // namespace db
