#include <thread>

#include "fixture.h"

namespace db {
namespace {

class Transactions : public BothEngines {
protected:
    void insert(int id) { writer().run("insert into thing (id, name) values ($1, $2)", id, std::to_string(id)); }
    std::string ids(Connection& c) {
        std::string all;
        for (const Row& row : c.query("select id from thing order by id")) all += std::to_string(row.integer(0)) + " ";
        return all;
    }
    std::string ids() { return ids(*base().read()); }
};

TEST_P(Transactions, ShowWhenCommitted) {
    Transaction t(writer());
    EXPECT_TRUE(writer().in_transaction());
    insert(1);
    insert(2);
    EXPECT_EQ(ids(writer()), "1 2 ");
    EXPECT_EQ(ids(), "");
    t.commit();
    EXPECT_FALSE(writer().in_transaction());
    EXPECT_EQ(ids(), "1 2 ");
}

TEST_P(Transactions, AreUndoneUnlessCommitted) {
    for (const bool asking : {false, true}) {
        Transaction t(writer());
        insert(1);
        if (asking) { EXPECT_EQ(ids(writer()), "1 "); }
    }
    EXPECT_THROW(
        {
            Transaction t(writer());
            insert(1);
            throw std::runtime_error("the act broke");
        },
        std::runtime_error);
    EXPECT_EQ(ids(), "");
    { const Transaction nothing(writer()); }
    insert(1);
    EXPECT_EQ(ids(), "1 ");
}

TEST_P(Transactions, SavepointsUndoAPart) {
    Transaction t(writer());
    insert(1);
    t.savepoint();
    insert(2);
    t.release_savepoint();
    t.savepoint();
    insert(3);
    EXPECT_EQ(ids(writer()), "1 2 3 ");
    t.rollback_to_savepoint();
    EXPECT_EQ(ids(writer()), "1 2 ");
    t.savepoint();
    insert(4);
    t.rollback_to_savepoint();
    t.savepoint();
    insert(5);
    t.release_savepoint();
    t.commit();
    EXPECT_EQ(ids(), "1 2 5 ");
}

TEST_P(Transactions, GoingBackHealsAFailure) {
    Transaction t(writer());
    insert(1);
    t.savepoint();
    EXPECT_EQ(failure_of([&] {
                  insert(1);
                  writer().query("select 1");
              }).kind,
              Kind::unique);
    t.rollback_to_savepoint();
    // The failure may still wait when the act is refused for another reason.
    t.savepoint();
    try {
        insert(1);
    } catch (const Failure&) {}
    t.rollback_to_savepoint();
    insert(2);
    t.commit();
    EXPECT_EQ(ids(), "1 2 ");
}

TEST_P(Transactions, GoingBackDoesNotHideAnEarlierFailure) {
    Transaction t(writer());
    insert(1);
    t.savepoint();
    Kind found = Kind::other;
    try {
        insert(1);  // SQLite knows at once
        t.release_savepoint();
        t.savepoint();
        insert(2);
        writer().query("select 1");  // PostgreSQL knows here
    } catch (const Failure& failure) { found = failure.kind; }
    EXPECT_EQ(found, Kind::unique);
    if (sqlite()) return;
    EXPECT_EQ(failure_of([&] { t.rollback_to_savepoint(); }).kind, Kind::unique);
    EXPECT_EQ(failure_of([&] { t.commit(); }).kind, Kind::other);
}

TEST_P(Transactions, MisuseIsADefect) {
    EXPECT_THROW(
        {
            Transaction t(writer());
            const Transaction second(writer());
        },
        std::logic_error);
    Transaction t(writer());
    EXPECT_THROW(t.release_savepoint(), std::logic_error);
    EXPECT_THROW(t.rollback_to_savepoint(), std::logic_error);
    t.savepoint();
    EXPECT_THROW(t.savepoint(), std::logic_error);
    insert(1);
    t.commit();  // with the savepoint open
    EXPECT_THROW(t.commit(), std::logic_error);
    EXPECT_EQ(ids(), "1 ");
}

TEST_P(Transactions, OnAReaderAreOneSnapshot) {
    insert(1);
    auto reader = base().read();
    {
        const Transaction snapshot(*reader);
        EXPECT_EQ(ids(*reader), "1 ");
        insert(2);
        EXPECT_EQ(ids(*reader), "1 ");
        EXPECT_EQ(ids(), "1 2 ");
    }
    EXPECT_EQ(ids(*reader), "1 2 ");
}

TEST_P(Transactions, ManyStatementsWait) {
    Transaction t(writer());
    for (int i = 0; i < 3'000; ++i) insert(i);
    t.commit();
    EXPECT_EQ(base().read()->one("select count(*) from thing")->integer(0), 3'000);
}

TEST_P(Transactions, LargeValuesWait) {
    const kernel::Bytes large(200'000, 0x5a);
    Transaction t(writer());
    for (int i = 0; i < 100; ++i)
        t->run("insert into thing (id, name, data) values ($1, $2, $3)", i, std::to_string(i), large);
    t.commit();
    EXPECT_EQ(base().read()->one("select sum(length(data)) from thing")->integer(0), 20'000'000);
}

TEST_P(Transactions, MoveBetweenThreads) {
    for (int i = 0; i < 8; ++i) {
        std::thread([&] {
            Transaction t(writer());
            insert(i);
            t.commit();
        }).join();
    }
    EXPECT_EQ(ids(), "0 1 2 3 4 5 6 7 ");
}

INSTANTIATE_TEST_SUITE_P(Engines, Transactions, testing::ValuesIn(engines), name_of_engine);

}  // namespace
}  // namespace db
