#include <algorithm>

#include "fixture.h"
#include "postgres_session.h"
#include "sqlite_session.h"

namespace db {
namespace {

class Schemas : public testing::TestWithParam<Engine> {
protected:
    Schemas() {
        { const auto made = Database::open(place_.place(), test_files); }
        if (GetParam() == Engine::sqlite)
            session_ = std::make_unique<SqliteSession>(place_.place().folder / "main.db");
        else
            session_ = std::make_unique<PostgresSession>(place_.place().postgres, Access::everything);
    }
    // Makes it behind the migrations' back.
    void make(const std::string& sql) { session_->script(sql); }
    std::string faults(std::vector<TableClass> classes) {
        const auto reading = Database::open_to_read(place_.place(), test_files);
        std::string all;
        for (const std::string& fault : schema_faults(*reading->read(), classes)) all += fault + "\n";
        return all;
    }
    std::vector<TableClass> classes() const { return test_classes(GetParam()); }
    std::vector<TableClass> with(const char* table, const char* kind = "state") const {
        std::vector<TableClass> all = classes();
        all.push_back({"main", table, kind, "for tests"});
        return all;
    }

    TestPlace place_{GetParam()};
    std::unique_ptr<Session> session_;
};

// This module's own migration tables are not in test_files.
std::vector<TableClass> own(Engine engine) {
    std::vector<TableClass> all = {{"derived", "migration", "derived", "x"},
                                   {"local", "migration", "local", "x"},
                                   {"main", "migration", "local", "x"},
                                   {"main", "replay_due", "local", "x"}};
    if (engine == Engine::postgres) all.push_back({"main", "words_key", "local", "x"});
    return all;
}

TEST_P(Schemas, SoundOnesHaveNoFault) {
    std::vector<TableClass> all = classes();
    for (const TableClass& table : own(GetParam())) all.push_back(table);
    EXPECT_EQ(faults(all), "");
}

TEST_P(Schemas, TablesAndClassesBelongTogether) {
    std::vector<TableClass> all = classes();
    std::string all_own;
    for (const TableClass& table : own(GetParam())) all_own += table.schema + '.' + table.table + ": it has no class\n";
    EXPECT_EQ(faults(all), all_own);
    for (const TableClass& table : own(GetParam())) all.push_back(table);
    all.push_back({"main", "ghost", "state", "x"});
    all.push_back(all.front());
    EXPECT_EQ(faults(all), "derived.mark: it has two classes\nmain.ghost: there is no such table\n");
}

struct Bad {
    const char* sqlite;
    const char* postgres;
    const char* says;
};

const Bad bad_tables[] = {
    {"create table bad (id integer primary key, x real) strict",
     "create table bad (id bigint primary key, x double precision)", "x has type"},
    {"create table bad (id integer primary key, x any) strict", "create table bad (id bigint primary key, x integer)",
     "x has type"},
    {"create table bad (id integer primary key, x int) strict", "create table bad (id bigint primary key, x timestamp)",
     "x has type"},
    {"create table bad (id integer) strict", "create table bad (id bigint)", "no primary key"},
    {"create table bad (id integer primary key, at text default current_timestamp) strict",
     "create table bad (id bigint primary key, at text default now())", "not a literal"},
    {"create table bad (id integer primary key, n integer default (abs(-1))) strict",
     "create table bad (id bigserial primary key)", "not a literal"},
    {"create table bad (id integer primary key autoincrement) strict",
     "create table bad (id bigint generated always as identity primary key)", ""},
    {"create table bad (id integer primary key, n integer generated always as (id + 1)) strict",
     "create table bad (id bigint primary key, n bigint generated always as (id + 1) stored)", "n is computed"},
    {"create table bad (id integer primary key, n integer references thing (id) on delete cascade) strict",
     "create table bad (id bigint primary key, n bigint references thing (id) on delete cascade)", "acts by itself"},
    {"create table bad (id integer primary key, n integer references thing (id) on update set null) strict",
     "create table bad (id bigint primary key, n bigint references thing (id) on update set null)", "acts by itself"},
    {"create table bad (id integer primary key) strict; create trigger t after insert on bad begin select 1; end",
     "create table bad (id bigint primary key); create function f() returns trigger language plpgsql as 'begin return "
     "null; end';"
     " create trigger t after insert on bad execute function f()",
     "trigger t"},
    {"create table bad (word text primary key collate nocase) strict, without rowid",
     "create table bad (word text collate \"C.utf8\" primary key)", "a collation"},
};

TEST_P(Schemas, BadStateTablesAreNamed) {
    for (const Bad& bad : bad_tables) {
        make(GetParam() == Engine::sqlite ? bad.sqlite : bad.postgres);
        std::vector<TableClass> all = with("bad");
        for (const TableClass& table : own(GetParam())) all.push_back(table);
        const std::string found = faults(all);
        EXPECT_EQ(found.substr(0, 10), "main.bad: ") << bad.sqlite << " / " << found;
        EXPECT_NE(found.find(bad.says), std::string::npos) << bad.says << " / " << found;
        make("drop table bad");
    }
}

TEST_P(Schemas, LeaningOnRowidIsSqlites) {
    if (GetParam() == Engine::postgres) return;
    for (const char* sql :
         {"create table bad (id integer primary key)", "create table bad (word text primary key) strict",
          "create table bad (a integer, b integer, primary key (a, b)) strict",
          "create table bad (id int primary key) strict"}) {
        make(sql);
        std::vector<TableClass> all = with("bad");
        for (const TableClass& table : own(GetParam())) all.push_back(table);
        EXPECT_NE(faults(all), "") << sql;
        make("drop table bad");
    }
}

TEST_P(Schemas, OtherClassesAreFreer) {
    make(GetParam() == Engine::sqlite ? "create table free (x real)" : "create table free (x double precision)");
    for (const char* kind : {"local", "ledger"}) {
        std::vector<TableClass> all = with("free", kind);
        for (const TableClass& table : own(GetParam())) all.push_back(table);
        EXPECT_EQ(faults(all), "");
    }
}

TEST_P(Schemas, LiteralDefaultsAreFine) {
    make(GetParam() == Engine::sqlite ? "create table good (id integer primary key, a integer default -1, b text "
                                        "default 'now()', c text default null,"
                                        " d integer not null default 0) strict"
                                      : "create table good (id bigint primary key, a bigint default -1, b text default "
                                        "'now()', c text default null,"
                                        " d bigint not null default 0)");
    std::vector<TableClass> all = with("good");
    for (const TableClass& table : own(GetParam())) all.push_back(table);
    EXPECT_EQ(faults(all), "");
}

INSTANTIATE_TEST_SUITE_P(Engines, Schemas, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
