#include "sign_in.h"

#include <thread>

#include <gtest/gtest.h>

#include <http/http.h>

#include "rules.h"
#include "site_for_tests.h"

namespace people {
namespace {

class SignInTest : public testing::Test {
protected:
    kernel::Result<OpenedSession> sign(std::string login, std::string password, std::string old_cookie = "") {
        return sign_in(site.needs, gate, login, kernel::Secret(std::move(password)), old_cookie);
    }
    http::Identity who(std::string_view cookie) {
        http::Request request;
        request.cookies.emplace("session", cookie);
        return identify(site.needs, request);
    }
    std::int64_t stored_sessions() {
        return static_cast<std::int64_t>(sessions(*site.read(), site.admin.officer).size());
    }

    TestSite site{db::Engine::sqlite};
    Gate gate{2, 32};
    const std::string login = site.admin.login, password = site.admin.password;
};

TEST_F(SignInTest, OpensASessionThatIdentifies) {
    const auto opened = sign(login, password);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->chosen, Chosen::given);
    EXPECT_EQ(opened->cookie.size(), 43u);
    const http::Identity me = who(opened->cookie);
    EXPECT_EQ(me.officer, site.admin.officer.value());
    EXPECT_EQ(me.unit, 1);
    EXPECT_EQ(me.label, "系统管理员 Administrator");
    EXPECT_EQ(me.roles, std::vector<std::string>{"administrator"});
    EXPECT_NE(sign(login, password)->cookie, opened->cookie);
}

TEST_F(SignInTest, NothingElseIdentifies) {
    const std::string cookie = sign(login, password)->cookie;
    for (const std::string& bad :
         {std::string(), std::string("x"), cookie.substr(1), cookie + "A", std::string(43, 'A'),
          std::string(43, '\xff'), std::string("' or 1 = 1 --                              "),
          cookie.substr(0, 42) + (cookie[42] == 'A' ? "B" : "A")})
        EXPECT_EQ(who(bad).officer, 0) << bad;
    EXPECT_EQ(identify(site.needs, http::Request()).officer, 0);
    // What is stored does not open anything.
    for (const Session& session : sessions(*site.read(), site.admin.officer)) {
        EXPECT_NE(kernel::base64url(session.id_hash), cookie);
        EXPECT_EQ(who(kernel::base64url(session.id_hash)).officer, 0);
    }
}

TEST_F(SignInTest, UnderTheApiACookieAloneIsNoAuthority) {
    http::Request request;
    request.path = "/api/v1/anything";
    request.visitor = "a-browser-of-its-own";
    request.cookies.emplace("session", sign(login, password)->cookie);
    EXPECT_EQ(identify(site.needs, request).officer, 0);
    request.headers["x-csrf-token"] = "forged";
    EXPECT_EQ(identify(site.needs, request).officer, 0);
    request.headers["x-csrf-token"] = http::csrf_token(request);
    EXPECT_EQ(identify(site.needs, request).officer, site.admin.officer.value());
}

TEST_F(SignInTest, RefusesAlikeWhoeverAsks) {
    const Actor boss = site.administrator();
    const OfficerId left = *make_officer(site.needs, boss, {boss.unit, "left", "", "Desk", {Role::officer}});
    const std::string given = give_password(site.needs, boss, left)->password;
    ASSERT_TRUE(sign("left", given));
    ASSERT_TRUE(change_officer(site.needs, boss, {left, boss.unit, "Desk", {Role::officer}, false, "left"}));
    ASSERT_TRUE(make_officer(site.needs, boss, {boss.unit, "nopass", "", "Desk", {Role::officer}}));
    const auto expected = kernel::invalid("password", "people.sign_in_wrong");
    EXPECT_EQ(sign(login, password + "x").error(), expected);
    EXPECT_EQ(sign("nobody", password).error(), expected);
    EXPECT_EQ(sign("left", given).error(), expected) << "a closed account";
    EXPECT_EQ(sign("nopass", "").error(), expected);
    EXPECT_EQ(sign("", "").error(), expected);
}

TEST_F(SignInTest, ASessionFromBeforeIsNotKept) {
    // Somebody planted a cookie, or used this browser before.
    const std::string planted = sign(login, password)->cookie;
    const auto opened = sign(login, password, planted);
    ASSERT_TRUE(opened);
    EXPECT_NE(opened->cookie, planted);
    EXPECT_EQ(who(planted).officer, 0);
    EXPECT_NE(who(opened->cookie).officer, 0);
    const std::string invented(43, 'B');
    const auto again = sign(login, password, invented);
    EXPECT_NE(again->cookie, invented);
    EXPECT_EQ(who(invented).officer, 0) << "an id that the server did not make opens nothing";
}

TEST_F(SignInTest, SessionsEndWhenIdleAndAtLast) {
    const std::string cookie = sign(login, password)->cookie;
    site.clock.advance(session_idle - 1);
    EXPECT_NE(who(cookie).officer, 0);
    site.clock.advance(session_idle - 1);
    EXPECT_NE(who(cookie).officer, 0) << "being used keeps it";
    site.clock.advance(session_idle);
    EXPECT_EQ(who(cookie).officer, 0) << "idle";
    const std::string busy = sign(login, password)->cookie;
    EXPECT_EQ(stored_sessions(), 1) << "the dead one is swept away";
    for (int i = 0; i < 12 * 3 - 1; ++i) {
        site.clock.advance(20 * 60'000);
        EXPECT_NE(who(busy).officer, 0) << i;
    }
    site.clock.advance(20 * 60'000);
    EXPECT_EQ(who(busy).officer, 0) << "after twelve hours, used or not";
}

TEST_F(SignInTest, AClockSetBackKeepsNobodyInOrOut) {
    site.clock.advance(26 * 3'600'000);
    const std::string ahead = sign(login, password)->cookie;
    for (int i = 0; i < 6; ++i) (void)sign("nobody", "wrong");
    EXPECT_EQ(key_of(sign("nobody", "wrong")), "people.sign_in_wait");
    site.clock.advance(-2 * 60'000);
    EXPECT_NE(who(ahead).officer, 0) << "a little is no matter";
    site.clock.advance(-3 * 3'600'000);
    EXPECT_EQ(who(ahead).officer, 0) << "it would live three hours longer";
    EXPECT_NE(who(sign(login, password)->cookie).officer, 0);
    EXPECT_EQ(key_of(sign("nobody", "wrong")), "people.sign_in_wrong") << "no pause of three hours";
}

TEST_F(SignInTest, LastSeenIsWrittenOnceAMinute) {
    const std::string cookie = sign(login, password)->cookie;
    const auto seen = [&] { return own_sessions(site.needs, site.admin.officer, cookie).at(0).seen; };
    const kernel::Instant start = site.clock.now();
    site.clock.advance(59'999);
    who(cookie);
    EXPECT_EQ(seen(), start);
    site.clock.advance(1);
    who(cookie);
    EXPECT_EQ(seen(), start + 60'000);
}

TEST_F(SignInTest, SignOutEndsIt) {
    const std::string cookie = sign(login, password)->cookie, other = sign(login, password)->cookie;
    sign_out(site.needs, cookie);
    EXPECT_EQ(who(cookie).officer, 0);
    EXPECT_NE(who(other).officer, 0);
    sign_out(site.needs, cookie);
    sign_out(site.needs, "");
}

TEST_F(SignInTest, OwnSessionsCanBeEnded) {
    const std::string one = sign(login, password)->cookie, two = sign(login, password)->cookie,
                      three = sign(login, password)->cookie;
    const auto mine = own_sessions(site.needs, site.admin.officer, one);
    ASSERT_EQ(mine.size(), 3u);
    EXPECT_EQ(std::count_if(mine.begin(), mine.end(), [](const OwnSession& s) { return s.this_one; }), 1);
    for (const OwnSession& session : own_sessions(site.needs, site.admin.officer, two))
        if (session.this_one) { EXPECT_TRUE(end_own_session(site.needs, site.admin.officer, session.handle)); }
    EXPECT_EQ(who(two).officer, 0);
    EXPECT_EQ(key_of(end_own_session(site.needs, site.admin.officer, "0011223344556677")), "people.session_unknown");
    const std::string handle = own_sessions(site.needs, site.admin.officer, one).at(0).handle;
    EXPECT_EQ(key_of(end_own_session(site.needs, OfficerId(77), handle)), "people.session_unknown")
        << "somebody else's";
    end_other_sessions(site.needs, site.admin.officer, one);
    EXPECT_NE(who(one).officer, 0);
    EXPECT_EQ(who(three).officer, 0);
}

// A page that stands open asks how long its session goes on; that alone keeps nobody in.
TEST_F(SignInTest, AskingHowLongItGoesOnIsNoUse) {
    const std::string cookie = sign(login, password)->cookie;
    const auto ask = [&] {
        http::Request request;
        request.path = session_path;
        request.cookies.emplace("session", cookie);
        return identify(site.needs, request).officer != 0;
    };
    const auto left = [&] { return session_left(site.needs, site.admin.officer, cookie); };
    EXPECT_EQ(left(), session_idle);
    for (std::int64_t minute = 10; minute < 30; minute += 10) {
        site.clock.advance(10 * 60'000);
        EXPECT_TRUE(ask());
        EXPECT_EQ(left(), session_idle - minute * 60'000);
    }
    EXPECT_NE(who(cookie).officer, 0);
    EXPECT_EQ(left(), session_idle) << "another page is use";
    site.clock.advance(session_idle);
    EXPECT_FALSE(ask());
    EXPECT_EQ(left(), 0);
    EXPECT_EQ(session_left(site.needs, site.admin.officer, ""), 0);
    const std::string late = sign(login, password)->cookie;
    for (std::int64_t used = 0; used < session_longest - session_idle / 2; used += session_idle / 2) {
        EXPECT_NE(who(late).officer, 0);
        site.clock.advance(session_idle / 2);
    }
    EXPECT_NE(who(late).officer, 0);
    EXPECT_EQ(session_left(site.needs, site.admin.officer, late), session_idle / 2) << "twelve hours at last";
}

TEST_F(SignInTest, AChangeOfRolesEndsSessions) {
    const Actor boss = site.administrator();
    const OfficerId desk = *make_officer(site.needs, boss, {boss.unit, "desk", "", "Desk", {Role::officer}});
    const std::string given = give_password(site.needs, boss, desk)->password;
    const std::string cookie = sign("desk", given)->cookie;
    EXPECT_NE(who(cookie).officer, 0);
    ASSERT_TRUE(change_officer(site.needs, boss, {desk, boss.unit, "Desk", {Role::moderator}, true, "other work"}));
    EXPECT_EQ(who(cookie).officer, 0) << "with the commit of the change itself";
    const std::string next = sign("desk", given)->cookie;
    EXPECT_EQ(who(next).roles, std::vector<std::string>{"moderator"});
    ASSERT_TRUE(
        site.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, desk.value(), "asked for"); }));
    EXPECT_EQ(who(next).officer, 0) << "the login was erased";
    const OfficerId leaving = *make_officer(site.needs, boss, {boss.unit, "leaving", "", "Desk", {Role::officer}});
    const std::string theirs = sign("leaving", give_password(site.needs, boss, leaving)->password)->cookie;
    EXPECT_NE(who(theirs).officer, 0);
    ASSERT_TRUE(change_officer(site.needs, boss, {leaving, boss.unit, "Desk", {Role::officer}, false, "left"}));
    EXPECT_EQ(who(theirs).officer, 0) << "the account was closed";
}

TEST_F(SignInTest, AGivenPasswordReplacesTheOldOne) {
    const std::string cookie = sign(login, password)->cookie;
    const auto given = new_password(site.needs, "admin");
    ASSERT_TRUE(given);
    EXPECT_EQ(given->officer, site.admin.officer);
    EXPECT_EQ(who(cookie).officer, 0);
    EXPECT_EQ(key_of(sign(login, password)), "people.sign_in_wrong");
    EXPECT_TRUE(sign(login, given->password));
    EXPECT_EQ(key_of(new_password(site.needs, "nobody")), "people.officer_unknown");
    const ledger::Entry recorded = *ledger::entry(*site.read(), site.ledger->size() - 1);
    EXPECT_EQ(recorded.kind, "people.password_given");
    EXPECT_FALSE(recorded.words);
}

TEST_F(SignInTest, AGivenPasswordRunsOutAfterSevenDays) {
    site.clock.advance(given_password_lasts - 1);
    EXPECT_TRUE(sign(login, password));
    site.clock.advance(1);
    EXPECT_EQ(sign(login, password).error(), kernel::invalid("password", "people.password_ran_out"));
    EXPECT_EQ(key_of(sign(login, "wrong")), "people.sign_in_wrong") << "only who knows it is told";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(key_of(sign(login, password)), "people.password_ran_out") << "no guess";
    EXPECT_TRUE(sign(login, new_password(site.needs, login)->password));
}

TEST_F(SignInTest, ChoosingAPassword) {
    const std::string cookie = sign(login, password)->cookie, other = sign(login, password)->cookie;
    const auto change = [&](std::string current, std::string fresh) {
        return change_password(site.needs, gate, site.admin.officer, kernel::Secret(std::move(current)),
                               kernel::Secret(std::move(fresh)));
    };
    const std::int64_t size = site.ledger->size();
    EXPECT_EQ(change("wrong", "correct horse battery").error(), kernel::invalid("current", "people.password_wrong"));
    EXPECT_EQ(key_of(change(password, "short")), "people.password_short");
    EXPECT_EQ(key_of(change(password, password)), "people.password_same");
    EXPECT_EQ(key_of(change(password, "ADMIN   ...")), "people.password_is_name");
    const auto opened = change(password, "correct horse battery");
    ASSERT_TRUE(opened);
    EXPECT_EQ(who(cookie).officer, 0);
    EXPECT_EQ(who(other).officer, 0);
    EXPECT_NE(who(opened->cookie).officer, 0);
    EXPECT_EQ(key_of(sign(login, password)), "people.sign_in_wrong");
    EXPECT_EQ(sign(login, "correct horse battery")->chosen, Chosen::by_officer);
    EXPECT_EQ(site.ledger->size(), size) << "no password ever enters the ledger";
}

TEST_F(SignInTest, GuessingSlowsDown) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(key_of(sign(login, "guess")), "people.sign_in_wrong") << i;
    EXPECT_TRUE(sign(login, password)) << "four slips are forgiven";
    for (int i = 0; i < 5; ++i) EXPECT_EQ(key_of(sign(login, "guess")), "people.sign_in_wrong") << i;
    const auto closed = sign(login, password);
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().key, "people.sign_in_wait");
    EXPECT_EQ(closed.error().code, kernel::Code::too_many);
    EXPECT_EQ(closed.error().args.at(0).second, "1") << "minutes";
    // Somebody who is not there is treated alike.
    for (int i = 0; i < 5; ++i) EXPECT_EQ(key_of(sign("nobody", "guess")), "people.sign_in_wrong");
    EXPECT_EQ(key_of(sign("nobody", "guess")), "people.sign_in_wait");
    EXPECT_EQ(key_of(sign("somebody", "guess")), "people.sign_in_wrong") << "other logins are open";
    site.clock.advance(30'000);
    EXPECT_EQ(key_of(sign(login, "guess")), "people.sign_in_wrong");
    site.clock.advance(59'999);
    EXPECT_EQ(key_of(sign(login, password)), "people.sign_in_wait") << "twice as long";
    site.clock.advance(1);
    EXPECT_TRUE(sign(login, password));
    EXPECT_EQ(key_of(sign(login, "guess")), "people.sign_in_wrong") << "success begins anew";
    EXPECT_TRUE(sign(login, password));
}

TEST_F(SignInTest, NoChosenPasswordExpires) {
    ASSERT_TRUE(change_password(site.needs, gate, site.admin.officer, kernel::Secret(password),
                                kernel::Secret("correct horse battery")));
    site.clock.advance(std::int64_t{3650} * 24 * 3'600'000);
    EXPECT_TRUE(sign(login, "correct horse battery"));
}

TEST_F(SignInTest, FailuresAreForgotten) {
    for (int i = 0; i < 9; ++i) {
        EXPECT_EQ(key_of(sign(login, "guess")), "people.sign_in_wrong") << i;
        site.clock.advance(15 * 60'000);
    }
    site.clock.advance(failures_forgotten_after);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(key_of(sign(login, "guess")), "people.sign_in_wrong") << i;
    EXPECT_TRUE(sign(login, password));
}

// A flood from everywhere at once: attempts are counted before they are tried, so that no more of them get through than
// one after the other would.
TEST_F(SignInTest, AFloodGetsNoMoreTries) {
    std::atomic<int> tried = 0, waited = 0, busy = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 24; ++i)
        threads.emplace_back([&] {
            const std::string key = key_of(sign(login, "guess"));
            ++(key == "people.sign_in_wrong" ? tried : key == "people.sign_in_wait" ? waited : busy);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(tried, 5);
    EXPECT_EQ(waited, 19);
    EXPECT_EQ(busy, 0);
}

}  // namespace
}  // namespace people
