#include "tokens.h"

#include "toy.h"

namespace {

using ledger::Tokens;

class TokensTest : public toy::Engines {
protected:
    TokensTest() : place_(GetParam()) { place_.ledger.reset(); }
    db::Connection& db() { return place_.database->writer(); }
    std::int64_t rows() { return db().one("select count(*) from once")->integer(0); }
    // Same first bytes for the same `a`.
    static kernel::Hash token(std::uint8_t a, std::uint8_t b = 0) {
        kernel::Hash out{};
        out[0] = a;
        out[31] = b;
        return out;
    }

private:
    toy::Place place_;
};
INSTANTIATE_TEST_SUITE_P(Engines, TokensTest, testing::ValuesIn(db::engines), toy::engine_name);

TEST_P(TokensTest, are_kept_with_the_transaction_or_not_at_all) {
    Tokens tokens(db());
    {
        db::Transaction transaction(db());
        tokens.add(db(), token(1), 100, 11);
        EXPECT_EQ(tokens.find(db(), token(1)), 11);
        const std::size_t mark = tokens.mark();
        transaction.savepoint();
        tokens.add(db(), token(2), 100, 12);
        transaction.rollback_to_savepoint();
        tokens.rewind(mark);
        EXPECT_FALSE(tokens.find(db(), token(2)));
        tokens.add(db(), token(3), 100, 13);
        EXPECT_TRUE(tokens.changed());
        transaction.commit();
        tokens.accept();
    }
    {
        db::Transaction transaction(db());
        tokens.add(db(), token(4), 100, 14);
    }
    tokens.abandon();
    EXPECT_FALSE(tokens.changed());
    for (const Tokens& each : {tokens, Tokens(db())}) {
        EXPECT_EQ(each.find(db(), token(1)), 11);
        EXPECT_EQ(each.find(db(), token(3)), 13);
        EXPECT_FALSE(each.find(db(), token(2)) || each.find(db(), token(4)));
        // The same first bytes are not the same token.
        EXPECT_FALSE(each.find(db(), token(1, 1)));
    }
    EXPECT_EQ(rows(), 2);
}

TEST_P(TokensTest, go_after_three_days_or_when_too_many_came_after) {
    Tokens tokens(db(), 4);
    const auto add = [&](std::uint8_t a, std::int64_t day, std::uint8_t b = 0) {
        db::Transaction transaction(db());
        tokens.prune(db(), day);
        tokens.add(db(), token(a, b), day, a);
        transaction.commit();
        tokens.accept();
    };
    add(1, 100);
    add(2, 101);
    add(3, 103);
    EXPECT_TRUE(tokens.find(db(), token(1)));
    add(4, 104);
    EXPECT_FALSE(tokens.find(db(), token(1)));
    EXPECT_EQ(rows(), 3);
    for (std::uint8_t a = 5; a < 10; ++a) add(a, 104);
    EXPECT_EQ(rows(), 5);  // four, and the one that came after them
    EXPECT_FALSE(tokens.find(db(), token(4)));
    EXPECT_TRUE(tokens.find(db(), token(5)));
    // Of two tokens with the same first bytes the newer is known, also when the older goes.
    add(9, 104, 1);
    EXPECT_TRUE(tokens.find(db(), token(9, 1)));
    for (std::uint8_t a = 20; a < 23; ++a) add(a, 104);
    EXPECT_TRUE(tokens.find(db(), token(9, 1)));
    {
        db::Transaction transaction(db());
        tokens.prune(db(), 200);
        EXPECT_TRUE(tokens.changed());
    }
    tokens.abandon();
    EXPECT_TRUE(tokens.find(db(), token(22)));
    add(30, 200);
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(Tokens(db(), 4).find(db(), token(30)), 30);
}

// Thousands that grew old together go in parts, so that nobody waits for all of them.
TEST_P(TokensTest, go_two_thousand_at_a_time) {
    Tokens tokens(db());
    {
        db::Transaction transaction(db());
        for (int i = 0; i < 2005; ++i)
            tokens.add(db(), token(static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 256)), 100, i);
        transaction.commit();
        tokens.accept();
    }
    for (const std::int64_t left : {5, 0}) {
        db::Transaction transaction(db());
        tokens.prune(db(), 200);
        transaction.commit();
        tokens.accept();
        EXPECT_EQ(rows(), left);
    }
    EXPECT_FALSE(tokens.find(db(), token(0)));
}

// A row that another hand took away is not answered from memory.
TEST_P(TokensTest, are_read_where_they_are_kept) {
    Tokens tokens(db());
    {
        db::Transaction transaction(db());
        tokens.add(db(), token(1), 100, 11);
        transaction.commit();
        tokens.accept();
    }
    EXPECT_EQ(tokens.find(db(), token(1)), 11);
    db().run("delete from once");
    EXPECT_FALSE(tokens.find(db(), token(1)));
}

}  // namespace
