#include "second_step.h"

#include <cctype>

#include <gtest/gtest.h>

#include <http/http.h>

#include "rules.h"
#include "sign_in.h"
#include "site_for_tests.h"
#include "totp.h"

namespace people {
namespace {

class SecondStepTest : public testing::TestWithParam<db::Engine> {
protected:
    kernel::Result<OpenedSession> sign(const std::string& login, const std::string& password) {
        return sign_in(site.needs, gate, login, kernel::Secret(password), "");
    }
    kernel::Result<OpenedSession> step(const std::string& cookie, const std::string& code) {
        return sign_in_code(site.needs, cookie, code, "");
    }
    http::Identity who(std::string_view cookie, std::string path = "/") {
        http::Request request;
        request.path = std::move(path);
        request.cookies.emplace("session", cookie);
        return identify(site.needs, request);
    }
    // What the officer's app shows after so many steps; the secret as the page tells it to the app.
    std::string shown(std::int64_t steps = 0) { return totp(secret, totp_step_of(site.clock.now()) + steps); }
    // Sets it up for the administrator and waits until the code of setting up is past.
    void set_up_code() {
        ASSERT_TRUE(begin_code(site.needs, gate, me, kernel::Secret(password)));
        const std::string typed = fresh_code(site.needs, me)->typed;
        secret = decoded(typed);
        const auto codes = confirm_code(site.needs, me, "", shown());
        ASSERT_TRUE(codes);
        recovery = *codes;
        site.clock.advance(totp_step);
    }
    static kernel::Bytes decoded(const std::string& typed) {
        kernel::Bytes out;
        std::uint32_t held = 0;
        int bits = 0;
        for (char c : typed) {
            if (c == ' ') continue;
            held = held << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
            if ((bits += 5) >= 8) out.push_back(static_cast<std::uint8_t>(held >> (bits -= 8)));
        }
        return out;
    }
    void forget_attempts() { site.clock.advance(failures_forgotten_after + 1); }

    TestSite site{GetParam()};
    Gate gate{2, 32};
    const OfficerId me = site.admin.officer;
    const std::string login = site.admin.login, password = site.admin.password;
    kernel::Bytes secret;
    std::vector<std::string> recovery;
};
INSTANTIATE_TEST_SUITE_P(Engines, SecondStepTest, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

TEST_P(SecondStepTest, AsksForTheCodeAndTakesEachOnce) {
    const std::string before = sign(login, password)->cookie;
    set_up_code();
    EXPECT_EQ(secret.size(), totp_secret_bytes);
    EXPECT_EQ(who(before).officer, 0) << "sessions from before it was set up have ended";
    const auto first = sign(login, password);
    ASSERT_TRUE(first && first->needs_code);
    EXPECT_EQ(who(first->cookie).officer, 0) << "the cookie between the steps is no session";
    EXPECT_EQ(key_of(step(first->cookie, "000000" == shown() ? "111111" : "000000")), "people.sign_in_code_wrong");
    const std::string code = shown();
    const auto opened = step(first->cookie, code.substr(0, 3) + " " + code.substr(3));
    ASSERT_TRUE(opened) << key_of(opened);
    EXPECT_EQ(who(opened->cookie).officer, me.value());
    EXPECT_EQ(key_of(step(first->cookie, shown(1))), "people.sign_in_again") << "the step is used up";
    const auto again = sign(login, password);
    EXPECT_EQ(key_of(step(again->cookie, code)), "people.sign_in_code_wrong") << "the code is used up";
    EXPECT_EQ(key_of(step(again->cookie, shown(-1))), "people.sign_in_code_wrong") << "older than the one used";
    EXPECT_TRUE(step(again->cookie, shown(1)));
}

// Whatever is wrong, the answers are the same until a code has been asked for, and after it.
TEST_P(SecondStepTest, DoesNotTellWhichStepWasWrong) {
    const Actor boss = site.administrator();
    ASSERT_TRUE(make_officer(site.needs, boss, {boss.unit, "plain", "", "Desk", {Role::officer}}));
    EXPECT_EQ(key_of(sign("plain", "wrong")), "people.sign_in_wrong") << "nobody here has a code";
    set_up_code();
    for (const auto& [name, typed] : {std::pair<std::string, std::string>{login, "wrong"},
                                      {login, password},
                                      {"nobody", "wrong"},
                                      {"plain", "wrong"}}) {
        const auto first = sign(name, typed);
        ASSERT_TRUE(first) << name;
        EXPECT_TRUE(first->needs_code) << name;
        EXPECT_EQ(first->cookie.size(), 43u);
        const std::string code = typed == password ? "abcdef" : shown();
        EXPECT_EQ(key_of(step(first->cookie, code)), "people.sign_in_code_wrong") << name;
        EXPECT_EQ(key_of(step(first->cookie, code)), "people.sign_in_code_wrong") << name;
        EXPECT_EQ(key_of(step(first->cookie, code)), "people.sign_in_again") << name << ": the third ends it";
        EXPECT_EQ(key_of(step(first->cookie, shown())), "people.sign_in_again") << name;
        forget_attempts();
    }
    const std::string given = give_password(site.needs, boss, officer_by_login(*site.read(), "plain")->id)->password;
    const auto straight = sign("plain", given);
    ASSERT_TRUE(straight);
    EXPECT_FALSE(straight->needs_code) << "who has no code is asked for none";
}

TEST_P(SecondStepTest, SlowsGuessingDownAndEndsWaitingSteps) {
    set_up_code();
    std::string key;
    for (int i = 0; i < 8 && key != "people.sign_in_wait"; ++i) {
        const auto first = sign(login, password);
        key = first ? key_of(step(first->cookie, "abcdef")) : key_of(first);
    }
    EXPECT_EQ(key, "people.sign_in_wait") << "a right password does not reset the count";
    forget_attempts();
    const auto late = sign(login, password);
    EXPECT_TRUE(step_waits(site.needs, late->cookie));
    site.clock.advance(sign_in_step_lasts);
    EXPECT_FALSE(step_waits(site.needs, late->cookie));
    EXPECT_EQ(key_of(step(late->cookie, shown())), "people.sign_in_again");
    const auto waiting = sign(login, password);
    const std::string fresh = give_password(site.needs, console(), me)->password;
    EXPECT_EQ(key_of(step(waiting->cookie, shown())), "people.sign_in_again") << "another password was given meanwhile";
    EXPECT_TRUE(step(sign(login, fresh)->cookie, shown()));
    for (const std::string& bad :
         {std::string(), std::string(43, 'A'), std::string(43, '\xff'), std::string(5000, 'x')})
        EXPECT_EQ(key_of(step(bad, shown())), "people.sign_in_again");
}

TEST_P(SecondStepTest, RecoveryCodesOpenOnceEach) {
    set_up_code();
    ASSERT_EQ(recovery.size(), static_cast<std::size_t>(recovery_codes));
    std::string shouted = recovery[3];
    for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_TRUE(step(sign(login, password)->cookie, " " + shouted));
    EXPECT_EQ(second_step(site.needs, me).recovery_left, recovery_codes - 1);
    EXPECT_EQ(key_of(step(sign(login, password)->cookie, recovery[3])), "people.sign_in_code_wrong");
    const auto renewed = renew_recovery(site.needs, me, recovery[4]);
    ASSERT_TRUE(renewed);
    EXPECT_EQ(second_step(site.needs, me).recovery_left, recovery_codes);
    EXPECT_EQ(key_of(renew_recovery(site.needs, me, recovery[5])), "people.code_wrong") << "the old ones are void";
    EXPECT_TRUE(step(sign(login, password)->cookie, renewed->front()));
}

TEST_P(SecondStepTest, NeedsThePasswordToBeginAndACodeToEnd) {
    EXPECT_EQ(key_of(confirm_code(site.needs, me, "", "123456")), "people.code_not_begun");
    EXPECT_EQ(key_of(begin_code(site.needs, gate, me, kernel::Secret("wrong"))), "people.password_wrong");
    EXPECT_FALSE(fresh_code(site.needs, me));
    set_up_code();
    EXPECT_EQ(key_of(begin_code(site.needs, gate, me, kernel::Secret(password))), "people.code_in_force");
    EXPECT_EQ(key_of(end_code(site.needs, me, "abcdef")), "people.code_wrong");
    EXPECT_TRUE(second_step(site.needs, me).in_force);
    EXPECT_TRUE(end_code(site.needs, me, shown()));
    EXPECT_FALSE(second_step(site.needs, me).in_force);
    EXPECT_FALSE(sign(login, password)->needs_code);
}

// Before other sessions end: the password of who has no second step, the code of who has one, and no other way.
TEST_P(SecondStepTest, WhoIsSignedInShowsThatItIsThey) {
    const auto shows = [&](const std::string& typed) { return prove(site.needs, gate, me, kernel::Secret(typed)); };
    EXPECT_EQ(key_of(shows("")), "people.password_missing");
    EXPECT_EQ(key_of(shows("wrong")), "people.password_wrong");
    EXPECT_EQ(field_of(shows("wrong")), "proof");
    EXPECT_TRUE(shows(password));
    set_up_code();
    EXPECT_EQ(key_of(shows("")), "people.code_missing");
    EXPECT_EQ(key_of(shows(password)), "people.code_wrong");
    EXPECT_EQ(field_of(shows("abcdef")), "proof");
    const std::string code = shown();
    EXPECT_TRUE(shows(code));
    EXPECT_EQ(key_of(shows(code)), "people.code_wrong") << "it is used up";
    EXPECT_TRUE(shows(recovery[2]));
    EXPECT_EQ(key_of(shows(recovery[2])), "people.code_wrong");
    std::string key;
    for (int i = 0; i < 6 && key != "people.sign_in_wait"; ++i) key = key_of(shows("abcdef"));
    EXPECT_EQ(key, "people.sign_in_wait");
    EXPECT_EQ(key_of(shows(recovery[3])), "people.sign_in_wait") << "the right one, too";
    forget_attempts();
    EXPECT_TRUE(shows(recovery[3]));
}

TEST_P(SecondStepTest, ARoleThatNeedsItGetsNoFurtherWithoutIt) {
    const std::string cookie = sign(login, password)->cookie;
    EXPECT_EQ(who(cookie).officer, me.value());
    ASSERT_TRUE(change_setting(site.needs, console(), {"sign_in.code_roles", "administrator head", "charter"}));
    EXPECT_EQ(who(cookie).officer, 0) << "at once, for open sessions too";
    EXPECT_EQ(who(cookie, "/api/v1/x").officer, 0);
    EXPECT_EQ(who(cookie, "/account/code").officer, me.value());
    EXPECT_EQ(who(cookie, "/sign-out").officer, me.value());
    set_up_code();
    const auto opened = step(sign(login, password)->cookie, shown());
    EXPECT_EQ(who(opened->cookie).officer, me.value());
    const Actor boss = site.administrator();
    const OfficerId other = *make_officer(site.needs, boss, {boss.unit, "desk", "", "Desk", {Role::officer}});
    const auto plain = sign("desk", give_password(site.needs, boss, other)->password);
    EXPECT_EQ(who(plain->cookie).officer, other.value()) << "a role that is not named";
    for (const char* bad : {"emperor", "head head", "head  clerk", " head"})
        EXPECT_EQ(key_of(change_setting(site.needs, console(), {"sign_in.code_roles", bad, "r"})),
                  "people.role_unknown");
}

TEST_P(SecondStepTest, AnAdministratorTakesItAwayAndThatIsRecorded) {
    set_up_code();
    const auto opened = step(sign(login, password)->cookie, shown());
    EXPECT_EQ(key_of(reset_code(site.needs, Actor{}, me)), "people.sign_in_first");
    EXPECT_EQ(key_of(reset_code(site.needs, console(), OfficerId(999))), "people.officer_unknown");
    EXPECT_TRUE(second_step(site.needs, me).in_force);
    ASSERT_TRUE(reset_code(site.needs, login));
    EXPECT_FALSE(second_step(site.needs, me).in_force);
    EXPECT_EQ(who(opened->cookie).officer, 0);
    EXPECT_FALSE(sign(login, password)->needs_code);
    const std::vector<UnitEvent> events = history(*site.read(), site.admin.unit, {}, 10);
    EXPECT_EQ(events.back().what, "people.code_reset");
}

// Whoever reads the data folder without the server's key reads no secret.
TEST_P(SecondStepTest, KeepsTheSecretSealed) {
    set_up_code();
    const SecondStepRow row = *second_step_row(*site.read(), me);
    ASSERT_TRUE(row.secret);
    EXPECT_EQ(kernel::hex(*row.secret).find(kernel::hex(secret)), std::string::npos);
    Needs other = site.needs;
    other.server_key = kernel::Bytes(32, 8);
    db::Database::Lease local = site.database->local();
    EXPECT_FALSE(redeem_code(*local, other, me, shown()));
    EXPECT_TRUE(redeem_code(*local, site.needs, me, shown()));
}

}  // namespace
}  // namespace people
