#include "sql_text.h"

#include <gtest/gtest.h>

namespace db {
namespace {

using Strings = std::vector<std::string>;

TEST(SqlText, PiecesJoinToTheWhole) {
    for (const std::string sql : {"", "select 1", "select '?''$1' -- ? $2\n, \"a?\" /* $3 ? */ where a=$1 and b = ?",
                                  "'never closed", "/* never closed", "-- to the end", "$", "$x", "名 = '字'"}) {
        std::string joined;
        for (const Token& token : tokens(sql)) joined += token.text;
        EXPECT_EQ(joined, sql);
    }
}

TEST(SqlText, CountsParameters) {
    struct Case {
        const char* sql;
        std::size_t count;
    };
    for (const Case& c : {Case{"select 1", 0}, Case{"select $1, $2, $1", 2}, Case{"select $2, $1", 2},
                          Case{"select '$9', $1 -- $7\n /* $8 */", 1}, Case{"select \"$4\"", 0},
                          Case{"values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)", 11}})
        EXPECT_EQ(parameters(c.sql), c.count) << c.sql;
    for (const char* sql : {"select $2", "select $1, $3", "select ?", "select $0", "select $99999999999999999999"})
        EXPECT_THROW(parameters(sql), std::logic_error) << sql;
    EXPECT_EQ(parameters("select '?'"), 0u);
}

TEST(SqlText, PutsNullInPlace) {
    const std::vector<Value> values = {nullptr, 1, nullptr};
    EXPECT_EQ(without_nulls("select $1, $2, '$1', $3 -- $1", values), "select null, $2, '$1', null -- $1");
}

TEST(SqlText, FindsWhatIsWritten) {
    struct Case {
        const char* sql;
        Strings tables;
    };
    const Case cases[] = {
        {"select 1 from a", {}},
        {"insert into a (x) values (1)", {"a"}},
        {"INSERT INTO Local.Session values (1)", {"local.session"}},
        {"insert into \"Odd\" values (1)", {"Odd"}},
        {"insert into a select * from b on conflict (x) do update set y = 1", {"a"}},
        {"update a set x = 1", {"a"}},
        {"update only a set x = 1", {"a"}},
        {"delete from derived . mark where x = 'delete from b'", {"derived.mark"}},
        {"with gone as (delete from a returning x) insert into b select x from gone", {"a", "b"}},
        {"select x from a for update", {}},
        {"select x from a -- insert into b", {}},
    };
    for (const Case& c : cases) EXPECT_EQ(written_tables(c.sql), c.tables) << c.sql;
}

TEST(SqlText, SplitsStatements) {
    const std::string script =
        "-- first; not yet\ncreate table a (x text default ';');\n\n;  /* ; */ insert into a\nvalues (1)";
    const std::vector<std::string_view> parts = statements(script);
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0], "-- first; not yet\ncreate table a (x text default ';')");
    EXPECT_EQ(words(parts[1]), (Strings{"insert", "into", "a", "values", "(", "1", ")"}));
    EXPECT_TRUE(statements("  -- nothing\n").empty());
}

// "number table.column", with a star where the parameter does not stand alone, once.
std::string stored(std::string_view sql) {
    std::string out;
    for (const StoredParameter& one : stored_parameters(sql))
        out += (out.empty() ? "" : ", ") + std::to_string(one.number + 1) + ' ' + one.table + '.' + one.column +
               (one.alone ? "" : "*");
    return out;
}

TEST(SqlText, SaysWhatAParameterIsStoredIn) {
    EXPECT_EQ(stored("insert into t (a, b) values ($1, $2)"), "1 t.a, 2 t.b");
    EXPECT_EQ(stored("insert into t (a, b) values (1, $1), (2, $2)"), "1 t.b, 2 t.b");
    EXPECT_EQ(stored("insert into t (a, \"B\") values (coalesce($1, ''), $2)"), "1 t.a*, 2 t.B");
    EXPECT_EQ(stored("insert into t values ($1)"), "1 t.*");
    EXPECT_EQ(stored("insert into t (a, b) select $1, f(x, $2) from u where c = $3"), "1 t.a, 2 t.b*");
    EXPECT_EQ(stored("insert into local.t (a) values ($1) on conflict (a) do update set b = excluded.b, c = $2"),
              "1 local.t.a, 2 local.t.c");
    EXPECT_EQ(stored("update t set a = $1, b = b + 1, c = case when $2 then $3 else c end where d = $4"),
              "1 t.a, 2 t.c*, 3 t.c*");
    EXPECT_EQ(stored("Update only t Set a = $1 Where b = $1"), "1 t.a*");
    EXPECT_EQ(stored("update t set (a, b) = ($1, $2)"), "1 t.*, 2 t.*");
    EXPECT_EQ(stored("insert into t (a, b) values ($1, $1)"), "1 t.a*, 1 t.b*");
    EXPECT_EQ(stored("insert into t (id, a) values ((select n from u where v = $1), $2) returning $3"),
              "1 t.id*, 2 t.a");
    EXPECT_EQ(stored("delete from t where a = $1"), "");
    EXPECT_EQ(stored("select a from t where b = $1 for update"), "");
}

}  // namespace
}  // namespace db
