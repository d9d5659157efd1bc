// What docs/dialects.md says of the two engines, each line tried. A line that changes here changes there.
#include "fixture.h"

namespace db {
namespace {

struct Trap {
    Sql sql;
    const char* sqlite;
    const char* postgres;
};

// "1 null 'words' x00ff", "no row", "failure other", "defect".
std::string outcome(Connection& c, Sql sql) {
    try {
        const Transaction undone(c);
        const std::optional<Row> row = c.one(sql);
        if (!row) return "no row";
        std::string all;
        for (const Row::Cell& cell : row->cells) {
            if (!all.empty()) all += " ";
            if (const auto* n = std::get_if<std::int64_t>(&cell)) all += std::to_string(*n);
            if (const auto* t = std::get_if<std::string>(&cell)) all += "'" + *t + "'";
            if (const auto* b = std::get_if<kernel::Bytes>(&cell)) all += "x" + kernel::hex(*b);
            if (cell.index() == 0) all += "null";
        }
        return all;
    } catch (const Failure& failure) {
        return "failure " + std::string(name(failure.kind));
    } catch (const std::logic_error&) { return "defect"; }
}

const Trap traps[] = {
    // Numbers.
    {"select 7 / 2, -7 / 2, -7 % 3", "3 -3 -1", "3 -3 -1"},
    {"select 1 / 0", "null", "failure other"},
    {"select 9223372036854775807 + 1", "defect", "failure other"},
    {"select 2147483647 + 1", "2147483648", "failure other"},
    {"select avg(id) from thing", "defect", "defect"},
    {"select avg(id) from thing where id = 1", "defect", "defect"},
    {"select sum(size) from thing", "3", "3"},
    {"select cast('12abc' as integer)", "12", "failure other"},
    {"select cast(5 as bigint), cast('5' as bigint), cast(5 as text)", "5 5 '5'", "5 5 '5'"},
    // Truth.
    {"select 1 = 1, true, false", "1 1 0", "1 1 0"},
    {"select id from thing where size", "1", "failure other"},
    {"select sum(id = 1) from thing", "1", "failure other"},
    {"select count(*) filter (where id = 1) from thing", "1", "1"},
    {"insert into thing (id, name, size) values (9, 'x', true) returning size", "1", "failure other"},
    {"select 5 == 5", "1", "failure other"},
    {"select 5 is 5", "1", "failure other"},
    {"select null is not distinct from null, 5 is distinct from null", "1 1", "1 1"},
    // Text.
    {"select 'a' like 'A', 'a' like 'a', 'B' < 'a'", "0 1 1", "0 1 1"},
    {"select lower('ÉA'), upper('éa'), length('回音')", "'Éa' 'éA' 2", "'Éa' 'éA' 2"},
    {"select 'a' || 1", "'a1'", "'a1'"},
    {"select '1' = 1", "0", "1"},
    {"select id from thing where name = 1", "no row", "failure other"},
    {"select id from thing where id = '1'", "1", "1"},
    {"select substr('abc', cast(2 as bigint))", "'bc'", "failure other"},
    {"select substr('abc', cast(2 as integer)), substr('abc', 2, 1)", "'bc' 'b'", "'bc' 'b'"},
    {"select substr('abc', -1)", "'c'", "'abc'"},
    {"select instr('abc', 'b')", "2", "failure other"},
    {"select replace('abc', 'b', 'x'), trim('  a '), ltrim('  a'), rtrim('a  ')", "'axc' 'a' 'a' 'a'",
     "'axc' 'a' 'a' 'a'"},
    {"select x'00ff'", "x00ff", "defect"},
    {"select data || data from thing where id = 1", "'AA'", "x4141"},
    {"select \"words\"", "failure other", "failure other"},
    // Functions.
    {"select max(1, 2)", "2", "failure other"},
    {"select greatest(1, 2)", "failure other", "2"},
    {"select ifnull(null, 1)", "1", "failure other"},
    {"select coalesce(null, 1), nullif(1, 1), abs(-1), case when 1 = 1 then 'y' else 'n' end", "1 null 1 'y'",
     "1 null 1 'y'"},
    {"select group_concat(name) from thing where id = 1", "'one'", "failure other"},
    {"select string_agg(name, ',') from thing where id = 1", "failure other", "'one'"},
    {"select iif(1 = 1, 1, 2)", "1", "failure other"},
    // Rows, order, groups.
    {"select size from thing order by size", "null", "1"},
    {"select size from thing order by size nulls last", "1", "1"},
    {"select name, count(*) from thing", "'one' 3", "failure other"},
    {"select id from thing limit -1", "1", "failure other"},
    {"select id from thing where id in ()", "no row", "failure other"},
    {"select id from thing where (size, id) > (1, 1)", "2", "2"},
    {"select x from (values (1)) as t (x)", "failure other", "1"},
    {"with t (x) as (values (1)) select x from t", "1", "1"},
    {"select row_number() over (order by id) from thing", "1", "1"},
    {"select user", "failure other", "'huiyin'"},
    {"with recursive t (n) as (select 1 union all select n + 1 from t where n < 5) select count(*) from t", "5", "5"},
    // Tables.
    {"create unique index big on thing (size) where size > 5", "no row", "no row"},
    {"create table r (user text)", "no row", "failure other"},
    {"create table r (window text)", "no row", "failure other"},
    {"alter table thing add column z text not null", "failure other", "failure check"},
    {"alter table thing add column z text not null default ''", "no row", "no row"},
    {"alter table thing drop constraint thing_size_check", "failure other", "no row"},
    // Writing.
    {"insert into thing (id, name) values (null, 'x') returning id", "4", "failure check"},
    {"insert into thing (name) values ('x') returning id", "4", "failure check"},
    {"insert into thing (id, name, size) values (9, 'x', '12') returning size", "12", "12"},
    {"insert into thing (id, name) values (9, 5) returning name", "'5'", "'5'"},
    {"insert into thing (id, name) select 9, data from thing where id = 1 returning id", "failure other", "9"},
    {"insert into thing (id, name) values (1, 'x') on conflict (id) do update set size = size + 1", "no row",
     "failure other"},
    {"insert into thing as t (id, name) values (1, 'x') on conflict (id) do update set size = t.size + 1 returning "
     "size",
     "2", "2"},
    {"insert into thing (id, name) select 1, 'x' from thing on conflict do nothing", "failure other", "no row"},
    {"insert into thing (id, name) select 1, 'x' from thing where 1 = 1 on conflict do nothing", "no row", "no row"},
    {"insert or ignore into thing (id, name) values (1, 'x')", "no row", "failure other"},
    {"delete from thing where id > 1 limit 1", "no row", "failure other"},
    {"update thing set size = p.id from thing p where p.id = thing.id returning thing.size", "1", "1"},
};

class Dialects : public BothEngines {};

TEST_P(Dialects, AreAsDocumented) {
    writer().run("insert into thing (id, name, size, data) values (1, 'one', 1, $1)", kernel::Bytes{0x41});
    writer().run("insert into thing (id, name, size) values (2, 'two', 2)");
    writer().run("insert into thing (id, name) values (3, 'three')");
    for (const Trap& trap : traps)
        EXPECT_EQ(outcome(writer(), trap.sql), sqlite() ? trap.sqlite : trap.postgres) << trap.sql.text();
}

TEST_P(Dialects, OfBoundValues) {
    writer().run("insert into thing (id, name, size) values (1, '5', 1)");
    const auto kind_of = [&](auto work) {
        try {
            work();
        } catch (const Failure& failure) { return std::string(name(failure.kind)); }
        return std::string("fine");
    };
    const auto expect = [&](const std::string& found, const char* on_sqlite, const char* on_postgres) {
        EXPECT_EQ(found, sqlite() ? on_sqlite : on_postgres);
    };
    // Text that looks like a number, into an integer column or against one.
    expect(kind_of([&] { writer().run("update thing set size = $1", "12"); }), "fine", "other");
    expect(kind_of([&] { writer().query("select id from thing where id = $1", "1"); }), "fine", "other");
    expect(kind_of([&] { writer().query("select id from thing where name = $1", 5); }), "fine", "other");
    // Bytes into a text column.
    expect(kind_of([&] { writer().run("update thing set name = $1", kernel::Bytes{0x41}); }), "other", "fine");
    // A 64-bit value where PostgreSQL's function wants 32 bits.
    expect(kind_of([&] { writer().query("select substr(name, $1) from thing", 1); }), "fine", "other");
    expect(kind_of([&] { writer().query("select substr(name, cast($1 as integer)) from thing", 1); }), "fine", "fine");
}

INSTANTIATE_TEST_SUITE_P(Engines, Dialects, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
