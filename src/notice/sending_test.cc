#include "sending.h"

#include <set>

#include <gtest/gtest.h>

#include "fan_out.h"
#include "rules.h"
#include "test_world.h"

namespace notice {
namespace {

using How = http::Taken::How;
constexpr std::int64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;

class SendingLetters : public testing::TestWithParam<db::Engine> {
protected:
    SendingLetters() { tell(); }
    void tell() {
        while (fan_out(*world.needs, world.hooks, world.means)) {}
    }
    // A process: what it was told by the mail server is given beforehand, then everything is taken.
    std::unique_ptr<Sending> process() {
        return std::make_unique<Sending>(*world.needs, world.hooks, world.means,
                                         [this](const http::Letter& letter, const std::function<bool()>&) {
                                             letters.push_back(letter);
                                             if (answers.empty()) return http::Taken{How::taken, false, 250, ""};
                                             const http::Taken answer = answers.front();
                                             answers.erase(answers.begin());
                                             return answer;
                                         });
    }
    void send() { sending->run(world.run); }
    std::int64_t waiting() { return world.number("select count(*) from local.notice_outbox"); }
    std::int64_t addresses() { return world.number("select count(*) from local.notice_address"); }
    void ask_for(const std::string& mail, Matter m) {
        kernel::must(ask(*world.needs, world.hooks, world.means, {m, mail, false, "en"}));
    }

    World world{GetParam()};
    std::vector<http::Letter> letters;
    std::vector<http::Taken> answers;
    std::unique_ptr<Sending> sending = process();
};

TEST_P(SendingLetters, OnlyWhoConfirmedByTheButtonIsTold) {
    ask_for("anna@example.org", world.whole());
    world.unit(world.root, "Roads");
    tell();
    send();
    ASSERT_EQ(letters.size(), 1U) << "the letter that asks, and no other";
    const std::string own = "https://voices.example.org/notices/" + world.token_for("anna@example.org");
    EXPECT_NE(letters[0].text.find(own + "\n"), std::string::npos);
    EXPECT_EQ(letters[0].to, "anna@example.org");
    EXPECT_EQ(letters[0].more[1].second, "<" + own + "/stop>");
    EXPECT_EQ(letters[0].more[2].second, "List-Unsubscribe=One-Click");
    confirm(*world.needs, world.token_for("anna@example.org"));
    world.unit(world.root, "Parks");
    tell();
    send();
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters[1].text.find("Parks"), std::string::npos) << "no words of a matter";
    EXPECT_EQ(waiting(), 0);
}

TEST_P(SendingLetters, NobodyIsFloodedWithLettersThatAsk) {
    for (int i = 0; i < 30; ++i) ask_for("anna@example.org", world.whole());
    for (int i = 0; i < 15; ++i)
        ask_for("Anna@Example.org ", {What::unit, world.unit(world.root, "Unit " + std::to_string(i)).value()});
    send();
    EXPECT_EQ(letters.size(), 1U) << "one an hour, whatever was asked";
    EXPECT_EQ(world.number("select count(*) from local.notice_follow"), rules::most_unconfirmed);
    EXPECT_EQ(addresses(), 1) << "however it is written";
    world.clock.advance(hour);
    ask_for("anna@example.org", world.whole());
    send();
    EXPECT_EQ(letters.size(), 2U);
    EXPECT_NE(letters[0].message_id, letters[1].message_id);
    world.clock.advance(3 * day + minute);
    drop_unconfirmed(*world.database->local(), world.clock.now() + -rules::unconfirmed_ms);
    EXPECT_EQ(addresses(), 0) << "what nobody confirmed is forgotten";
}

TEST_P(SendingLetters, WhatWasUnderWayAtAKillIsSentAgainUnderItsName) {
    world.follow("anna@example.org", world.whole());
    world.unit(world.root, "Roads");
    tell();
    struct Killed {};
    Sending dying(*world.needs, world.hooks, world.means,
                  [&](const http::Letter& letter, const std::function<bool()>&) -> http::Taken {
                      letters.push_back(letter);
                      throw Killed();
                  });
    EXPECT_THROW(dying.run(world.run), Killed);
    EXPECT_EQ(waiting(), 1);
    process()->run(world.run);
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters[0].message_id, letters[1].message_id);
    EXPECT_EQ(waiting(), 0);
}

TEST_P(SendingLetters, NotNowIsTriedAgainAndThenGivenUp) {
    world.follow("anna@example.org", world.whole());
    world.unit(world.root, "Roads");
    tell();
    answers.assign(20, {How::later, false, 451, "later"});
    for (int i = 0; i < 4 * 24 * 3; ++i) {
        send();
        world.clock.advance(15 * minute);
    }
    EXPECT_EQ(letters.size(), 7U) << "at once, and six times more within two days";
    EXPECT_EQ(waiting(), 0);
    std::set<std::string> names;
    for (const http::Letter& l : letters) names.insert(l.message_id);
    EXPECT_EQ(names.size(), 1U);
    EXPECT_EQ(addresses(), 1) << "the address is not to blame";
}

TEST_P(SendingLetters, AMailServerThatIsAwayCostsNobodyATry) {
    for (const char* who : {"anna", "bert", "carl"}) world.follow(std::string(who) + "@example.org", world.whole());
    world.unit(world.root, "Roads");
    tell();
    answers.assign(40, {How::unreachable, false, 0, "no connection"});
    for (int i = 0; i < 60; ++i) {
        send();
        world.clock.advance(minute);
    }
    EXPECT_LT(letters.size(), 15U) << "it is asked less and less often";
    EXPECT_EQ(waiting(), 3);
    answers.clear();
    world.clock.advance(hour);
    send();
    EXPECT_EQ(waiting(), 0);
}

TEST_P(SendingLetters, AnAddressThatIsNoneIsForgottenAfterThreeDays) {
    world.follow("anna@example.org", world.whole());
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) world.unit(world.root, "Unit " + std::to_string(3 * i + j));
        tell();
        EXPECT_EQ(addresses(), 1) << "several refusals on one day count once";
        answers.assign(3, {How::refused, false, 550, "no such user"});
        send();
        world.clock.advance(day);
    }
    EXPECT_EQ(addresses(), 0);
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(world.number("select count(*) from local.notice_follow"), 0);
}

TEST_P(SendingLetters, OneLetterADayGroupedByMatter) {
    const auto roads = world.unit(world.root, "Roads"), parks = world.unit(world.root, "Parks");
    tell();
    world.follow("anna@example.org", {What::unit, roads.value()}, true);
    world.follow("anna@example.org", world.whole(), true);
    for (int i = 0; i < 3; ++i) world.unit(i % 2 ? roads : parks, "Unit " + std::to_string(i));
    tell();
    send();
    EXPECT_TRUE(letters.empty()) << "it is nine in the morning: the next letter comes tomorrow at seven";
    world.clock.advance(21 * hour + 59 * minute);
    send();
    EXPECT_TRUE(letters.empty());
    world.clock.advance(minute);
    answers = {{How::later, true, 0, "cut"}};
    send();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_NE(letters[0].subject.find("3 things"), std::string::npos) << letters[0].subject;
    world.unit(world.root, "Late");
    tell();
    world.clock.advance(minute);
    send();
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters[0].message_id, letters[1].message_id) << "the same letter, without what came since";
    EXPECT_EQ(letters[0].text, letters[1].text);
    EXPECT_EQ(waiting(), 1);
}

TEST_P(SendingLetters, NothingIsSentToWhoStoppedOrForWhatMayNotBeNamedAnyMore) {
    const auto roads = world.unit(world.root, "Roads");
    tell();
    world.follow("anna@example.org", world.whole());
    world.follow("bert@example.org", {What::unit, roads.value()});
    const std::string anna = world.token_for("anna@example.org");
    world.unit(world.root, "Parks");
    kernel::must(people::add_unit(*world.needs, roads, "Bridges", false));
    tell();
    EXPECT_EQ(waiting(), 2);
    stop_all(*world.needs, anna);
    stop_all(*world.needs, "no token");
    EXPECT_EQ(waiting(), 0) << "erased with everything that waited for it";
    EXPECT_EQ(addresses(), 1);
    world.follow("carl@example.org", world.whole());
    const auto secret = world.unit(world.root, "Secret");
    tell();
    world.confidential = secret.value();
    send();
    EXPECT_TRUE(letters.empty()) << "confidential by the time the letter is written";
    EXPECT_EQ(waiting(), 0);
    EXPECT_FALSE(
        ask(*world.needs, world.hooks, world.means, {{What::unit, secret.value()}, "d@e.example", false, "en"}));
}

TEST_P(SendingLetters, AnotherServersKeyOpensNoAddress) {
    world.follow("anna@example.org", world.whole());
    world.unit(world.root, "Roads");
    tell();
    world.needs->server_key = kernel::Bytes(32, 8);
    send();
    EXPECT_TRUE(letters.empty());
    const auto row = world.database->read()->one("select sealed from local.notice_address");
    EXPECT_EQ(std::string(kernel::text(row->bytes(0))).find("anna"), std::string::npos) << "it lies there encrypted";
}

INSTANTIATE_TEST_SUITE_P(Engines, SendingLetters, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

TEST(Rules, WhenTheNextDigestIs) {
    const auto at = [](const char* d, int minutes) { return kernel::start_of(kernel::on(d)) + minutes * minute; };
    EXPECT_EQ(rules::next_digest(at("2026-11-23", 0)), at("2026-11-23", 7 * 60));
    EXPECT_EQ(rules::next_digest(at("2026-11-23", 7 * 60)), at("2026-11-24", 7 * 60));
    EXPECT_EQ(rules::next_digest(at("2026-12-31", 23 * 60)), at("2027-01-01", 7 * 60));
}

TEST(Rules, WhatHuiyinTomlMaySay) {
    Means means;
    EXPECT_FALSE(fault_of(means)) << "nothing is switched on";
    means.relay = Relay{"smtps://mail.example.org", "a@b.example", "", {}};
    EXPECT_TRUE(fault_of(means)) << "no public_address";
    for (const char* bad : {"voices.example.org", "http://voices.example.org", "https://voices.example.org/",
                            "https://voices.example.org/x", "https://a b", "ftp://x"}) {
        means.address = bad;
        EXPECT_TRUE(fault_of(means)) << bad;
    }
    means.address = "https://voices.example.org";
    EXPECT_FALSE(fault_of(means));
    means.relay->url = "mail.example.org";
    EXPECT_TRUE(fault_of(means));
    means.relay->url = "smtp://mail.example.org:587";
    means.relay->from = "nobody";
    EXPECT_TRUE(fault_of(means));
    means.relay.reset();
    means.webhooks = {{"http://10.0.0.1/x", kernel::Bytes(32, 1), {}}};
    EXPECT_TRUE(fault_of(means)) << "neither TLS nor this machine";
    means.webhooks = {{"https://x.example/x", kernel::Bytes(23, 1), {}}};
    EXPECT_TRUE(fault_of(means)) << "short secret";
    means.webhooks[0].secret.assign(32, 1);
    EXPECT_FALSE(fault_of(means));
}

}  // namespace
}  // namespace notice
