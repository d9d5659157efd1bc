#include <limits>

#include "fixture.h"

namespace db {
namespace {

class Connections : public BothEngines {
protected:
    void insert(std::int64_t id, const Value& name, const Value& size, const Value& data) {
        writer().run("insert into thing (id, name, size, data) values ($1, $2, $3, $4)", id, name, size, data);
    }
};

TEST_P(Connections, TextComesBackAsItWas) {
    const std::string texts[] = {
        "", "a", "it's $1 ? \"x\" -- no;", "回音 é \xF0\x9F\x98\x80", std::string(100'000, 'x'), "\t\n\\"};
    std::int64_t id = 0;
    for (const std::string& text : texts) {
        insert(++id, text, nullptr, nullptr);
        EXPECT_EQ(writer().one("select name from thing where id = $1", id)->text(0), text);
        EXPECT_EQ(writer().one("select id from thing where name = $1", text)->integer(0), id);
    }
}

TEST_P(Connections, BytesComeBackAsTheyWere) {
    kernel::Bytes every;
    for (int i = 0; i < 256; ++i) every.push_back(static_cast<std::uint8_t>(i));
    const kernel::Bytes cases[] = {{}, {0}, {0, 1, 0}, every, kernel::Bytes(100'000, 0xff)};
    std::int64_t id = 0;
    for (const kernel::Bytes& bytes : cases) {
        ++id;
        insert(id, std::to_string(id), nullptr, bytes);
        const Row row = *writer().one("select data from thing where id = $1", id);
        EXPECT_EQ(kernel::Bytes(row.bytes(0).begin(), row.bytes(0).end()), bytes);
        EXPECT_EQ(writer().one("select id from thing where data = $1", bytes)->integer(0), id);
    }
    insert(++id, "hash", nullptr, kernel::Hash{1, 2, 3});
    EXPECT_EQ(writer().one("select length(data) from thing where id = $1", id)->integer(0), 32);
}

TEST_P(Connections, IntegersHave64Bits) {
    const std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                       most = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t n : {least, std::int64_t{-1}, std::int64_t{0}, std::int64_t{5'000'000'000}, most}) {
        writer().run("delete from thing");
        insert(n, "n", nullptr, nullptr);
        EXPECT_EQ(writer().one("select id from thing")->integer(0), n);
        EXPECT_EQ(writer().one("select $1 + 0", n)->integer(0), n);
    }
}

TEST_P(Connections, NullNeedsNoType) {
    insert(1, "one", nullptr, nullptr);
    insert(2, "two", 7, kernel::Bytes{1});
    const Row row = *writer().one("select size, data, null from thing where id = $1", 1);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(row.null(i));
    EXPECT_EQ(row.integer_or_null(0), std::nullopt);
    EXPECT_EQ(row.text_or_null(2), std::nullopt);
    // The same text with and without null, for each type of column.
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(writer().query("select id from thing where $1 is null or size = $1", nullptr).size(), 2u);
        EXPECT_EQ(writer().query("select id from thing where $1 is null or size = $1", 7).size(), 1u);
        EXPECT_EQ(writer().query("select id from thing where $1 is null or name = $1", nullptr).size(), 2u);
        EXPECT_EQ(writer().query("select id from thing where $1 is null or name = $1", "one").size(), 1u);
        EXPECT_EQ(writer().change("update thing set size = $1, data = $2 where id = $3", nullptr, nullptr, 2), 1);
        EXPECT_EQ(writer().change("update thing set size = $1, data = $2 where id = $3", 7, kernel::Bytes{2}, 2), 1);
        EXPECT_EQ(writer().one("select coalesce($1, 5)", nullptr)->integer(0), 5);
    }
    EXPECT_TRUE(writer().one("select $1", nullptr)->null(0));
    const std::optional<std::string> none;
    const std::optional<std::int64_t> some = 9;
    writer().run("update thing set size = $1 where name = coalesce($2, 'two')", some, none);
    EXPECT_EQ(writer().one("select size from thing where id = 2")->integer_or_null(0), 9);
}

TEST_P(Connections, ParametersGoByNumber) {
    EXPECT_EQ(writer().one("select $2 - $1, $1", 1, 10)->integer(0), 9);
    EXPECT_EQ(writer().one("select $1 || $2 || $1", "a", "b")->text(0), "aba");
    EXPECT_EQ(writer().one("select '$1', $1", 3)->text(0), "$1");
}

TEST_P(Connections, TruthIsZeroOrOne) {
    const Row row =
        *writer().one("select 1 = 1, 1 = 2, exists (select 1 from thing), not exists (select 1 from thing)");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(row.integer(i), i == 0 || i == 3 ? 1 : 0) << i;
}

TEST_P(Connections, CountsWhatWasTouched) {
    EXPECT_EQ(writer().change("insert into thing (id, name) values (1, 'a'), (2, 'b'), (3, 'c')"), 3);
    EXPECT_EQ(writer().change("update thing set size = 1 where id > $1", 1), 2);
    EXPECT_EQ(writer().change("update thing set size = 1 where id > $1", 10), 0);
    EXPECT_EQ(writer().change("insert into thing (id, name) values (1, 'a') on conflict do nothing"), 0);
    EXPECT_EQ(writer().change("insert into thing as t (id, name, size) values (2, 'b', 5)"
                              " on conflict (id) do update set size = t.size + excluded.size"),
              1);
    EXPECT_EQ(writer().one("select size from thing where id = 2")->integer(0), 6);
    EXPECT_EQ(writer().change("delete from thing where id = 1"), 1);
    EXPECT_EQ(writer().change("select 1"), 0);
}

TEST_P(Connections, ReturnsWhatWasWritten) {
    const Rows rows =
        writer().query("insert into thing (id, name) values ($1, $2), ($3, $4) returning name", 1, "a", 2, "b");
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].text(0), "b");
    EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 2);
}

TEST_P(Connections, OneIsTheFirstOrNothing) {
    EXPECT_EQ(writer().one("select id from thing"), std::nullopt);
    insert(1, "a", nullptr, nullptr);
    insert(2, "b", nullptr, nullptr);
    EXPECT_EQ(writer().one("select id from thing order by id desc")->integer(0), 2);
}

TEST_P(Connections, WrongUseIsADefect) {
    Connection& c = writer();
    EXPECT_THROW(c.run("select $1"), std::logic_error);
    EXPECT_THROW(c.run("select $1", 1, 2), std::logic_error);
    EXPECT_THROW(c.run("select $2", 1, 2), std::logic_error);
    EXPECT_THROW(c.run("select ?", 1), std::logic_error);
    EXPECT_THROW(c.run("select 1; select 2"), std::logic_error);
    EXPECT_THROW(c.run(" -- nothing"), std::logic_error);
    EXPECT_EQ(c.query("select 1;").size(), 1u);
    const Row row = *c.one("select 1, 'a', null");
    EXPECT_THROW(row.text(0), std::logic_error);
    EXPECT_THROW(row.integer(1), std::logic_error);
    EXPECT_THROW(row.bytes(1), std::logic_error);
    EXPECT_THROW(row.integer(2), std::logic_error);
    EXPECT_THROW(row.integer(3), std::logic_error);
    EXPECT_THROW(row.null(-1), std::logic_error);
    EXPECT_EQ(c.one("select $1", 4)->integer(0), 4);  // as good as before
}

TEST_P(Connections, FractionsAreADefect) {
    Connection& c = writer();
    EXPECT_THROW(c.query("select 1.5"), std::logic_error);
    EXPECT_THROW(c.query("select cast(1.5 as double precision)"), std::logic_error);
    EXPECT_EQ(c.one("select 1")->integer(0), 1);
}

TEST_P(Connections, SumsAreIntegersWhileTheyFit) {
    Connection& c = writer();
    EXPECT_TRUE(c.one("select sum(size) from thing")->null(0));
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    struct Case {
        std::int64_t a, b;
    };
    for (const Case& k : {Case{0, 0}, Case{1, 2}, Case{9'999, 1}, Case{10'000, 0}, Case{123'450'000, 6'789},
                          Case{most, 0}, Case{most - 1, 1}}) {
        c.run("delete from thing");
        insert(1, "a", k.a, nullptr);
        insert(2, "b", k.b, nullptr);
        EXPECT_EQ(c.one("select sum(size) from thing")->integer(0), k.a + k.b);
        EXPECT_EQ(c.one("select sum(-size) from thing")->integer(0), -k.a - k.b);
    }
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(c.one("select sum(n) from (select cast($1 as bigint) as n union all select 0) as t", least)->integer(0),
              least);
}

TEST_P(Connections, StreamsRowsOneByOne) {
    {
        Transaction t(writer());
        for (int i = 1; i <= 2'000; ++i) insert(i, std::to_string(i), i, nullptr);
        t.commit();
    }
    auto lease = base().read();
    std::int64_t sum = 0, rows = 0;
    const Connection::Each add = [&](const Row& row) {
        sum += row.integer(0);
        ++rows;
    };
    lease->each("select id from thing where id > $1 order by id", add, 1'000);
    EXPECT_EQ(rows, 1'000);
    EXPECT_EQ(sum, (1'001 + 2'000) * 500);
    Query q("select id from thing");
    q.where("id <= ?", 3);
    rows = 0;
    lease->each(q, add);
    EXPECT_EQ(rows, 3);
}

TEST_P(Connections, WhatTheRowFunctionThrowsPassesThrough) {
    for (int i = 1; i <= 100; ++i) insert(i, std::to_string(i), i, nullptr);
    auto lease = base().read();
    int rows = 0;
    EXPECT_THROW(lease->each("select id from thing",
                             [&](const Row&) {
                                 if (++rows == 10) throw std::runtime_error("enough");
                             }),
                 std::runtime_error);
    EXPECT_EQ(rows, 10);
    EXPECT_EQ(lease->one("select count(*) from thing")->integer(0), 100);
    EXPECT_THROW(lease->each("select id from thing", [&](const Row&) { lease->query("select 1"); }), std::logic_error);
    EXPECT_EQ(lease->one("select count(*) from thing")->integer(0), 100);
    EXPECT_EQ(failure_of([&] { lease->each("select nothing from thing", [](const Row&) {}); }).kind, Kind::other);
}

TEST_P(Connections, AFailureOfTheRowFunctionIsNotOurs) {
    for (int i = 1; i <= 100; ++i) insert(i, std::to_string(i), i, nullptr);
    Transaction t(writer());
    insert(1'000, "x", nullptr, nullptr);
    for (const Kind kind : {Kind::lost, Kind::unique}) {
        const Failure failure = failure_of([&] {
            writer().each("select id from thing", [&](const Row&) { throw Failure(kind, "of another place"); });
        });
        EXPECT_EQ(failure.kind, kind);
    }
    t.commit();
    EXPECT_EQ(writer().one("select count(*) from thing")->integer(0), 101);
}

TEST_P(Connections, ManyStatementsAreForgottenAndMadeAgain) {
    insert(1, "a", nullptr, nullptr);
    const auto ask = [&](int text) {
        Query q("select count(*) from thing");
        q.where_in("id", std::vector<std::int64_t>(std::size_t{1} << text % 7, 1));
        for (int i = 0; i < text / 7; ++i) q.where("1=1");
        return writer().query(q).at(0).integer(0);
    };
    for (int i = 0; i < 600; ++i) ASSERT_EQ(ask(i), 1) << i;
    Transaction t(writer());
    for (int i = 600; i-- > 0;) ASSERT_EQ(ask(i), 1) << i;
    t.commit();
}

INSTANTIATE_TEST_SUITE_P(Engines, Connections, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
