// The rows that are not in the ledger, on both engines; what signing in makes of them is tested in sign_in_test.cc.
#include <gtest/gtest.h>

#include "site_for_tests.h"

namespace people {
namespace {

class LocalRowsTest : public testing::TestWithParam<db::Engine> {
protected:
    static kernel::Hash key(std::string_view text) { return kernel::sha256(kernel::view(text)); }
    TestSite site{GetParam()};
    const OfficerId admin = site.admin.officer;
    const kernel::Instant now = site.clock.now();
};
INSTANTIATE_TEST_SUITE_P(Engines, LocalRowsTest, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

TEST_P(LocalRowsTest, SessionsPasswordsAndFailures) {
    auto local = site.database->local();
    const std::int64_t entry = credentials(*local, "admin")->officer_entry;
    write_session(*local, {key("a"), admin, entry, now, now});
    write_session(*local, {key("b"), admin, entry, now + 1, now + 1});
    write_session(*local, {key("c"), admin, entry + 1, now + 2, now + 2});
    EXPECT_EQ(signed_in(*local, key("a"))->officer.roles, std::vector<Role>{Role::administrator});
    EXPECT_EQ(signed_in(*local, key("c")), std::nullopt) << "opened before the officer's last change";
    EXPECT_EQ(signed_in(*local, key("x")), std::nullopt);
    EXPECT_THROW(write_session(*local, {key("a"), admin, entry, now, now}), db::Failure);
    touch_session(*local, key("a"), now + 5);
    EXPECT_EQ(signed_in(*local, key("a"))->session.seen, now + 5);
    EXPECT_EQ(sessions(*local, admin).size(), 3u);
    EXPECT_EQ(sessions(*local, admin).front().id_hash, key("c")) << "newest first";
    end_old_sessions(*local, now + 1, now + -1);
    EXPECT_EQ(sessions(*local, admin).size(), 2u) << "b was not seen since";
    end_session(*local, key("c"));
    EXPECT_EQ(sessions(*local, admin).size(), 1u);
    end_sessions(*local, OfficerId(77));
    EXPECT_EQ(sessions(*local, admin).size(), 1u);
    end_sessions(*local, admin);
    EXPECT_TRUE(sessions(*local, admin).empty());

    EXPECT_EQ(password(*local, admin)->chosen, Chosen::given);
    write_password(*local, admin, "hash", Chosen::by_officer, now + 7);
    EXPECT_EQ(password(*local, admin)->hash, "hash");
    EXPECT_EQ(password(*local, admin)->chosen, Chosen::by_officer);
    EXPECT_EQ(password(*local, admin)->set, now + 7);
    EXPECT_EQ(credentials(*local, "admin")->hash, "hash");
    EXPECT_EQ(credentials(*local, "nobody"), std::nullopt);

    EXPECT_EQ(failures(*local, key("l")), std::nullopt);
    write_failures(*local, key("l"), {3, now, now + 10});
    write_failures(*local, key("l"), {4, now + 1, now + 20});
    EXPECT_EQ(failures(*local, key("l"))->count, 4);
    EXPECT_EQ(failures(*local, key("l"))->open, now + 20);
    forget_failures(*local, now + 1);
    EXPECT_TRUE(failures(*local, key("l")));
    forget_failures(*local, now + 2);
    EXPECT_EQ(failures(*local, key("l")), std::nullopt);
    write_failures(*local, key("l"), {1, now, now});
    clear_failures(*local, key("l"));
    EXPECT_EQ(failures(*local, key("l")), std::nullopt);
}

}  // namespace
}  // namespace people
