#include <gtest/gtest.h>

#include "fixture.h"

namespace db {
namespace {

template <class Work>
bool is_defect(Work work) {
    try {
        work();
    } catch (const std::logic_error&) { return true; }
    return false;
}

TEST(Query, JoinsFragments) {
    Query q("select v.id from voice v");
    EXPECT_EQ(q.text(), "select v.id from voice v");
    q.where("v.kind = ?", 3).where("v.hidden = 0").where("v.at between ? and ?", 10, 20);
    q.then("order by v.id desc limit ?", 21);
    EXPECT_EQ(q.text(),
              "select v.id from voice v where (v.kind = $1) and (v.hidden = 0) and (v.at between $2 and $3)"
              " order by v.id desc limit $4");
    ASSERT_EQ(q.values().size(), 4u);
    EXPECT_EQ(std::get<std::int64_t>(q.values()[3].held()), 21);
}

TEST(Query, CopiesWhatItIsGiven) {
    Query q("select 1");
    {
        const std::string text(100, 'x');
        const kernel::Bytes bytes(100, 7);
        q.where("a = ? and b = ?", text, bytes).then("limit ?", nullptr);
    }
    const std::vector<Value> values = q.values();
    EXPECT_EQ(std::get<std::string_view>(values[0].held()), std::string(100, 'x'));
    EXPECT_EQ(std::get<kernel::View>(values[1].held()).size(), 100u);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(values[2].held()));
}

TEST(Query, MarksInsideQuotesAndCommentsAreText) {
    Query q("select 'why?' as \"odd?\" from voice");
    q.where("a = '?' and b = ? -- really?", 1).where("c = 'it''s ?'").then("/* ? */ limit ?", 2);
    EXPECT_EQ(q.text(),
              "select 'why?' as \"odd?\" from voice where (a = '?' and b = $1 ) and (c = 'it''s ?')  limit $2");
}

TEST(Query, ListsHaveFewLengths) {
    struct Case {
        std::size_t given, bound;
    };
    for (const Case& c :
         {Case{1, 1}, Case{2, 2}, Case{3, 4}, Case{5, 8}, Case{256, 256}, Case{257, 512}, Case{9'000, 16'384}}) {
        std::vector<std::int64_t> list(c.given);
        for (std::size_t i = 0; i < c.given; ++i) list[i] = static_cast<std::int64_t>(i);
        Query q("select 1");
        q.where_in("id", list);
        EXPECT_EQ(q.values().size(), c.bound) << c.given;
        EXPECT_EQ(std::get<std::int64_t>(q.values().back().held()), list.back());
    }
    Query none("select 1");
    none.where_in("id", {});
    EXPECT_EQ(none.text(), "select 1 where (1 = 0)");
    EXPECT_THROW(none.where_in("id", std::vector<std::int64_t>(16'385)), std::length_error);
}

TEST(Query, RefusesWhatCannotBeMeant) {
    EXPECT_TRUE(is_defect([] { Query q("select ?"); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").where("a = ?"); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").where("a = 1", 1); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").where("a = '?'", 1); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").where("a = ?", 1, 2); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").where("a = ? and b = ?", 1); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").where("a = $1"); }));
    EXPECT_TRUE(is_defect([] { Query("select 1").then("order by 1").where("a = 1"); }));
    EXPECT_FALSE(is_defect([] { Query("select 1").where("a = ?", 1).then("order by 1").then("limit ?", 1); }));
}

class QueryRuns : public BothEngines {};

TEST_P(QueryRuns, FiltersRows) {
    for (int i = 1; i <= 9; ++i)
        writer().run("insert into thing (id, name, size) values ($1, $2, $3)", i, std::to_string(i), i % 3);
    Query q("select t.id from thing t");
    q.where("t.size = ? or t.size = ?", 1, 2).where_in("t.id", {1, 2, 3, 5, 9}).where("t.name <> '?'");
    q.then("order by t.id desc limit ?", 2);
    const Rows rows = base().read()->query(q);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].integer(0), 5);
    EXPECT_EQ(rows[1].integer(0), 2);
    Query none("select t.id from thing t");
    none.where_in("t.id", {});
    EXPECT_TRUE(base().read()->query(none).empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, QueryRuns, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
