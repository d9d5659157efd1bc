// On both engines: the rows of clients, their keys, and replay, also after words were erased.
#include "store.h"

#include <random>

#include "test_world.h"

namespace georeport {
namespace {

class Clients : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Clients() : World(GetParam()) {}
    std::optional<Client> by_key(const std::string& key) {
        return client_by_key(*database->read(), stored(needs->server_key, key));
    }
};

TEST_P(Clients, AKeyOpensUntilItsEnd) {
    const Admitted one = admitted("City app"), two = admitted("Hotline", false, 5);
    EXPECT_EQ(one.key.size(), 32u);
    EXPECT_NE(one.key, two.key);
    ASSERT_TRUE(by_key(one.key));
    EXPECT_EQ(by_key(one.key)->id, one.client);
    EXPECT_TRUE(by_key(one.key)->for_authors);
    EXPECT_EQ(by_key(two.key)->per_minute, 5);
    EXPECT_FALSE(by_key(""));
    EXPECT_FALSE(by_key(one.key + "a"));
    must(end(*needs, as("administrator"), one.client, "The key was lost."));
    EXPECT_FALSE(by_key(one.key));
    EXPECT_TRUE(by_key(two.key));
    const Client gone = client(*database->read(), one.client).value();
    EXPECT_EQ(gone.reason, "The key was lost.");
    EXPECT_EQ(gone.ended_entry, ledger->size() - 1);
    EXPECT_EQ(clients(*database->read()).size(), 2u);
    EXPECT_EQ(clients(*database->read(), true).size(), 1u);
    EXPECT_EQ(slip(*database->read(), one.client.value())->link, "/rules#open311");
    EXPECT_FALSE(slip(*database->read(), roads.value()));
    expect_same_after_rebuild();
}

TEST_P(Clients, TheKeyIsNowhereInTheLog) {
    const Admitted one = admitted();
    const auto entry = ledger::entry(*database->read(), one.client.value()).value();
    EXPECT_EQ(kernel::canonical(entry.facts).find(one.key), std::string::npos);
    EXPECT_EQ(entry.facts.need_string("key"), kernel::hex(stored(needs->server_key, one.key)));
    EXPECT_NE(stored(kernel::Bytes(32, 8), one.key), stored(needs->server_key, one.key));
}

TEST_P(Clients, TheSameFormTwiceIsOneClient) {
    const Once once = kernel::random_hash();
    const auto first = must(admit(*needs, as("administrator"), {"App", 60, false}, once));
    const auto again = must(admit(*needs, as("administrator"), {"App", 60, false}, once));
    EXPECT_EQ(first.client, again.client);
    EXPECT_NE(first.key, "");
    EXPECT_EQ(again.key, "") << "the first one holds";
    EXPECT_EQ(refused(admit(*needs, as("administrator"), {"App", 60, false})), "georeport.name_taken");
    must(end(*needs, as("administrator"), first.client, "anew"));
    EXPECT_EQ(refused(end(*needs, as("administrator"), first.client, "anew")), "georeport.client_has_ended");
    EXPECT_EQ(refused(end(*needs, as("administrator"), ClientId(roads.value()), "x")), "georeport.client_unknown");
    EXPECT_EQ(refused(admit(*needs, as("clerk"), {"B", 60, false})), "people.role_needed_administrator");
    must(admit(*needs, as("administrator"), {"App", 60, false}));
}

TEST_P(Clients, ReplayEqualsLifeWhateverWasErased) {
    std::mt19937 random(20261129);
    std::vector<ClientId> all;
    for (int step = 0; step < 40; ++step) {
        if (all.empty() || random() % 2)
            all.push_back(admitted("App " + std::to_string(step), random() % 2, 1 + random() % 600).client);
        else
            (void)end(*needs, as("administrator"), all[random() % all.size()], "reason " + std::to_string(step));
        if (const std::int64_t newest = ledger->size() - 1;
            random() % 3 == 0 && ledger::entry(*database->read(), newest)->words)
            erase(newest);
    }
    EXPECT_EQ(slip(*database->read(), all.front().value())->kind_key, "georeport.slip");
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Clients, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

TEST(Keys, ATokenIsItsNumberAndNobodyMakesOneUp) {
    const kernel::Bytes key(32, 7), other(32, 8);
    const std::string one = token(key, voice::VoiceId(17));
    EXPECT_TRUE(one.starts_with("17-"));
    EXPECT_EQ(one.size(), 3u + 24u);
    EXPECT_EQ(parse_token(key, one), voice::VoiceId(17));
    EXPECT_FALSE(parse_token(other, one));
    for (const std::string& wrong : {std::string(), std::string("17"), std::string("17-"), "18" + one.substr(2),
                                     one + "a", "0" + one, one.substr(0, one.size() - 1), "-" + one})
        EXPECT_FALSE(parse_token(key, wrong)) << wrong;
}

}  // namespace
}  // namespace georeport
