#include <map>

#include "catalogue.h"
#include "fixture.h"

namespace db {
namespace {

using Files = std::vector<kernel::EmbeddedFile>;

// The text of the std::logic_error, or "".
template <class Work>
std::string defect_of(Work work) {
    try {
        work();
    } catch (const std::logic_error& defect) { return defect.what(); }
    return {};
}

TEST(Migrations, AreInOrderOfTheirNumbers) {
    const Files files = {{"z/0012_a.sql", "-- main\n"},
                         {"a/0100_b.sql", "-- derived\n"},
                         {"b/0002_c.sql", "-- local\n"},
                         {"b/readme.html", "x"}};
    const std::vector<Migration> all = migrations(Engine::sqlite, files);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].name, "b/0002_c.sql");
    EXPECT_EQ(all[0].schema, "local");
    EXPECT_EQ(all[1].number, 12);
    EXPECT_EQ(all[2].schema, "derived");
}

TEST(Migrations, SpeakTheEnginesWords) {
    const Files files = {
        {"a/0001_a.sql",
         "-- main\n-- state: x\ncreate table a (i {int} primary key, t {text} default '{}', b {bytes}) {table-end};\n"
         "-- state: y\ncreate table b (t {text} primary key) {table-end-keyed};"}};
    const std::string sqlite = migrations(Engine::sqlite, files)[0].sql;
    EXPECT_NE(sqlite.find("(i integer primary key, t text default '{}', b blob) strict;"), std::string::npos) << sqlite;
    EXPECT_NE(sqlite.find("(t text primary key) strict, without rowid;"), std::string::npos);
    const std::string postgres = migrations(Engine::postgres, files)[0].sql;
    EXPECT_NE(postgres.find("(i bigint primary key, t text default '{}', b bytea)  ;"), std::string::npos) << postgres;
}

TEST(Migrations, TwinsReplaceOnPostgres) {
    const Files files = {{"a/0001_a.postgres.sql", "-- derived\ndrop table p;"},
                         {"a/0001_a.sql", "-- derived\ndrop table s;"}};
    EXPECT_EQ(migrations(Engine::sqlite, files)[0].sql, "-- derived\ndrop table s;");
    ASSERT_EQ(migrations(Engine::postgres, files).size(), 1u);
    EXPECT_EQ(migrations(Engine::postgres, files)[0].sql, "-- derived\ndrop table p;");
}

TEST(Migrations, BrokenOnesAreDefects) {
    const char* table = "-- main\n-- state: x\ncreate table a (i {int} primary key) {table-end};\n";
    struct Case {
        Files files;
        const char* says;
    };
    const Case cases[] = {
        {{{"a/0001_a.sql", table}, {"b/0001_b.sql", "-- main\n"}}, "is taken by a/0001_a.sql"},
        {{{"a/001_a.sql", table}}, "NNNN_name.sql"},
        {{{"a/schema.sql", table}}, "NNNN_name.sql"},
        {{{"a/0001_a.sqlite.sql", table}}, "neither"},
        {{{"a/0001_a.postgres.sql", table}}, "that it replaces"},
        {{{"a/0001_b.sql", table}, {"a/0001_a.postgres.sql", table}}, "that it replaces"},
        {{{"a/0001_a.sql", table}, {"a/0001_a.postgres.sql", "-- local\n"}}, "schema"},
        {{{"a/0001_a.sql", "create table a (i {int});"}}, "first line"},
        {{{"a/0001_a.sql", "-- other\n"}}, "first line"},
        {{{"a/0001_a.sql", "-- main\ncreate table a (i {integer});"}}, "no such word: {integer}"},
        {{{"a/0001_a.sql", "-- local\n-- replay\n"}}, "only a migration of main"},
        {{{"a/0001_a.sql", "-- main\npragma foreign_keys=off;"}}, "may not pragma"},
        {{{"a/0001_a.sql", "-- main\ndrop table a; commit;"}}, "may not commit"},
        {{{"a/0001_a.sql", "-- main\ncreate trigger t after insert on a begin select 1; end;"}}, "no triggers"},
        {{{"a/0001_a.sql", "-- local\n-- local: x\ncreate table local.a (i {int});"}}, "stand bare"},
    };
    for (const Case& c : cases) {
        const std::string said = defect_of([&] { migrations(Engine::postgres, c.files); });
        EXPECT_NE(said.find(c.says), std::string::npos) << c.says << " / " << said;
        EXPECT_NE(said.find(c.files.back().path.substr(0, 6)), std::string::npos) << said;
    }
}

TEST(TableClasses, AreReadFromTheComments) {
    const Files files = {
        {"a/0001_a.sql",
         "-- main\n"
         "-- a comment; with a semicolon\n"
         "-- state: one row for each voice,\n"
         "-- as its author sent it\n"
         "create table if not exists voice (id {int} primary key) {table-end};\n"
         "-- local: the ballot box\n"
         "create table box (id {text} primary key) {table-end-keyed};\n"
         "-- ledger: entries\n"
         "create table entry (id {int} primary key) {table-end};\n"},
        {"a/0002_a.sql", "-- derived\n-- derived: search\ncreate virtual table words using fts5 (body);"},
        {"a/0003_a.sql",
         "-- main\nalter table voice rename to message;\ndrop table if exists box; create index x on message (id);"},
        {"a/0004_a.sql", "-- local\n-- local: sessions\ncreate table session (id {int} primary key) {table-end};"},
    };
    std::string all;
    for (const TableClass& c : table_classes(migrations(Engine::sqlite, files)))
        all += c.schema + "." + c.table + " " + c.kind + ": " + c.reason + "\n";
    EXPECT_EQ(all,
              "derived.words derived: search\n"
              "local.session local: sessions\n"
              "main.entry ledger: entries\n"
              "main.message state: one row for each voice, as its author sent it\n");
}

TEST(TableClasses, EveryTableHasExactlyOne) {
    struct Case {
        const char* sql;
        const char* says;
    };
    const Case cases[] = {
        {"-- main\ncreate table a (i {int});", "no line"},
        {"-- main\n-- stat: x\ncreate table a (i {int});", "no line"},
        {"-- main\n-- state\ncreate table a (i {int});", "no line"},
        {"-- main\n-- state:\ncreate table a (i {int});", "has no reason"},
        {"-- main\n-- state: x\n-- local: y\ncreate table a (i {int});", "two classes"},
        {"-- main\n-- state: x\ncreate table a (i {int}); create table b (i {int});", "no line"},
        {"-- main\n-- state: x\ncreate table a (i {int});\n-- state: x\ncreate table a (i {int});", "exists already"},
        {"-- main\n-- derived: x\ncreate table a (i {int});", "does not stand in main"},
        {"-- local\n-- state: x\ncreate table a (i {int});", "does not stand in local"},
        {"-- derived\n-- local: x\ncreate table a (i {int});", "does not stand in derived"},
        {"-- main\ndrop table a;", "no table a to drop"},
        {"-- main\nalter table a rename to b;", "no table a to rename"},
    };
    for (const Case& c : cases) {
        const Files files = {{"a/0001_a.sql", c.sql}};
        const std::string said = defect_of([&] { table_classes(migrations(Engine::sqlite, files)); });
        EXPECT_NE(said.find(c.says), std::string::npos) << c.says << " / " << said;
    }
}

class Migrating : public testing::TestWithParam<Engine> {
protected:
    void open(const Files& files) { base_ = Database::open(place_.place(), files); }
    std::string numbers() {
        std::string all;
        for (const Row& row :
             base_->read()->query("select number from migration union all select number from local.migration"
                                  " union all select number from derived.migration order by 1"))
            all += std::to_string(row.integer(0)) + " ";
        return all;
    }
    TestPlace place_{GetParam()};
    std::unique_ptr<Database> base_;
};

const kernel::EmbeddedFile first = {
    "a/0900_a.sql", "-- main\n-- state: x\ncreate table a (i {int} primary key, t {text}) {table-end};"};
const kernel::EmbeddedFile second = {"b/0905_b.sql",
                                     "-- local\n-- local: x\ncreate table b (i {int} primary key) {table-end};"};
const kernel::EmbeddedFile third = {
    "a/0910_a.sql",
    "-- main\ninsert into a (i, t) values (1, 'one'), (2, 'two'); update a set t = 'zwei' where i = 2;"};
const kernel::EmbeddedFile broken = {"a/0911_a.sql",
                                     "-- main\n-- state: x\ncreate table c (i {int} primary key) {table-end};\n"
                                     "insert into a (i) values (3);\ninsert into a (i) values (1);"};

TEST_P(Migrating, RunsWhatIsMissing) {
    open({first});
    EXPECT_EQ(numbers(), "1 2 3 4 5 900 ");
    base_.reset();
    open({first, third});
    EXPECT_EQ(numbers(), "1 2 3 4 5 900 910 ");
    EXPECT_EQ(base_->read()->one("select t from a where i = 2")->text(0), "zwei");
    base_.reset();
    open({first, second, third});  // another module's, with a number in between
    EXPECT_EQ(numbers(), "1 2 3 4 5 900 905 910 ");
    EXPECT_EQ(base_->read()->one("select count(*) from a")->integer(0), 2);
    base_->local()->run("insert into local.b (i) values (1)");
    EXPECT_EQ(base_->read()->one("select name from migration where number = 910")->text(0), "a/0910_a.sql");
}

TEST_P(Migrating, HalfAMigrationLeavesNothing) {
    const Failure failure = failure_of([&] { open({first, third, broken}); });
    EXPECT_EQ(failure.kind, Kind::unique);
    EXPECT_NE(std::string(failure.what()).find("a/0911_a.sql"), std::string::npos) << failure.what();
    open({first, third});
    EXPECT_EQ(numbers(), "1 2 3 4 5 900 910 ");
    EXPECT_EQ(base_->read()->one("select count(*) from a")->integer(0), 2);
    EXPECT_TRUE(schema_faults(*base_->read(), table_classes(migrations(GetParam(), Files{first}))).size() > 0);
    base_.reset();
    const kernel::EmbeddedFile repaired = {broken.path,
                                           "-- main\n-- state: x\ncreate table c (i {int} primary key) {table-end};"};
    open({first, third, repaired});
    EXPECT_EQ(base_->read()->one("select count(*) from c")->integer(0), 0);
}

TEST_P(Migrating, RefusesDataOfALaterProgram) {
    open({first, second});
    base_.reset();
    const Failure failure = failure_of([&] { open({first, third}); });
    EXPECT_EQ(failure.kind, Kind::newer);
    EXPECT_NE(std::string(failure.what()).find("migration 905 of schema local"), std::string::npos) << failure.what();
    EXPECT_EQ(failure_of([&] { Database::open_to_read(place_.place(), Files{first}); }).kind, Kind::newer);
    open({first, second});
    EXPECT_EQ(numbers(), "1 2 3 4 5 900 905 ") << "the refused program changed nothing";
}

TEST_P(Migrating, AToolRefusesDataOfAnEarlierProgram) {
    open({first});
    const Failure failure = failure_of([&] { Database::open_to_read(place_.place(), Files{first, second}); });
    EXPECT_EQ(failure.kind, Kind::newer);
    EXPECT_NE(std::string(failure.what()).find("earlier program"), std::string::npos) << failure.what();
    EXPECT_EQ(numbers(), "1 2 3 4 5 900 ");
}

TEST_P(Migrating, AsksForAReplayUntilItIsDone) {
    const kernel::EmbeddedFile asking = {"a/0920_a.sql", "-- main\n-- replay\nalter table a add column n {int};"};
    open({first, third});
    EXPECT_FALSE(replay_due(base_->writer()));
    base_.reset();
    open({first, third, asking});
    EXPECT_TRUE(replay_due(base_->writer()));
    base_.reset();
    const Failure failure = failure_of([&] { Database::open_to_read(place_.place(), Files{first, third, asking}); });
    EXPECT_EQ(failure.kind, Kind::newer);
    EXPECT_NE(std::string(failure.what()).find("has not been replayed"), std::string::npos) << failure.what();
    open({first, third, asking});
    EXPECT_TRUE(replay_due(base_->writer())) << "until somebody says that it is done";
    base_->writer().run("insert into migration (number, name) values (9999, 'not state')");
    {
        Transaction transaction(base_->writer());
        empty_state(base_->writer(), base_->classes());
        replayed(base_->writer());
        transaction.commit();
    }
    EXPECT_FALSE(replay_due(base_->writer()));
    EXPECT_EQ(base_->read()->one("select count(*) from a")->integer(0), 0);
    EXPECT_EQ(base_->writer().change("delete from migration where number = 9999"), 1) << "other tables stay";
    base_.reset();
    EXPECT_EQ(Database::open_to_read(place_.place(), Files{first, third, asking})->classes().size(),
              GetParam() == Engine::postgres ? 6u : 5u);
}

// Everything that is compiled in, from all modules.
TEST_P(Migrating, TheWholeProjectsSchemaIsSound) {
    base_ = Database::open(place_.place());
    const std::vector<TableClass> classes = table_classes(migrations(GetParam()));
    EXPECT_GE(classes.size(), 3u);
    for (const std::string& fault : schema_faults(*base_->read(), classes)) ADD_FAILURE() << fault;
    const auto states = [](const std::vector<TableClass>& all) {
        std::string names;
        for (const TableClass& table : all)
            if (table.kind == "state") names += table.table + " ";
        return names;
    };
    EXPECT_EQ(states(classes), states(table_classes())) << "both engines have the same state tables";
    state_digest(base_->writer());
    // What holds words is there, can be sealed, and orders or finds nothing by itself.
    std::map<std::string, CatalogueColumn> columns;
    for (const CatalogueTable& table : catalogue(*base_->read()))
        for (const CatalogueColumn& column : table.columns) columns.emplace(table.name + '.' + column.name, column);
    int words = 0;
    for (const Migration& migration : migrations(GetParam()))
        for (const std::string& name : migration.words) {
            ++words;
            ASSERT_TRUE(columns.contains(name)) << name;
            EXPECT_TRUE(columns[name].key == 0 && columns[name].type != "integer" && columns[name].type != "bigint")
                << name;
        }
    EXPECT_GE(words, 50);
}

TEST(Migrations, SayWhichColumnsHoldWords) {
    const auto of = [](std::string_view sql) {
        const kernel::EmbeddedFile file{"a/0100_a.sql", sql};
        return migrations(Engine::postgres, std::span(&file, 1)).at(0).words;
    };
    EXPECT_EQ(of("-- main\n-- words: a (b, c)\n-- words: d (e)\n"), (std::vector<std::string>{"a.b", "a.c", "d.e"}));
    EXPECT_THROW(of("-- main\n-- words: a\n"), std::logic_error);
    EXPECT_THROW(of("-- local\n-- words: a (b)\n"), std::logic_error);
}

INSTANTIATE_TEST_SUITE_P(Engines, Migrating, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
