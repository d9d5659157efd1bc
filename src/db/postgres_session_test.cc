#include "postgres_session.h"

#include <gtest/gtest.h>

#include "testing.h"

namespace db {
namespace {

TEST(PostgresWay, WhichOnesAreSafe) {
    struct Case {
        const char *host, *address;
        bool sealed, safe;
    };
    const Case cases[] = {
        {"/run/postgresql", "", false, true},          {"@huiyin", "", false, true},
        {"localhost", "127.0.0.1", false, true},       {"localhost", "::1", false, true},
        {"127.0.0.1", "127.0.0.1", false, true},       {"db.example.org", "10.0.0.5", true, true},
        {"db.example.org", "2001:db8::5", true, true}, {"db.example.org", "10.0.0.5", false, false},
        {"10.0.0.5", "10.0.0.5", false, false},        {"db.example.org", "2001:db8::5", false, false},
        {"localhost", "192.0.2.1", false, false},       // what a resolver said
        {"/run/postgresql", "10.0.0.5", false, false},  // hostaddr goes before host
        {"@huiyin", "10.0.0.5", false, false},         {"localhost", "", false, false},
        {"127.0.0.1.example.org", "", false, false},   {"", "", false, false},
    };
    for (const Case& one : cases)
        EXPECT_EQ(!unsafe_way(one.host, one.address, one.sealed).has_value(), one.safe)
            << one.host << " " << one.address << " " << one.sealed;
}

TEST(PostgresWay, WhatIsMissingIsNamed) {
    const std::string said = unsafe_way("db.example.org", "10.0.0.5", false).value_or("");
    EXPECT_NE(said.find("db.example.org (10.0.0.5)"), std::string::npos) << said;
    EXPECT_NE(said.find("sslmode=verify-full"), std::string::npos) << said;
    EXPECT_NE(unsafe_way("10.0.0.5", "10.0.0.5", false).value_or("").find("at 10.0.0.5 is"), std::string::npos);
}

// bin/test's server listens there alone, and without TLS.
TEST(PostgresWay, LoopbackIsTakenAsItIs) {
    const TestPlace place(Engine::postgres);
    ASSERT_NE(place.place().postgres.find("host=127.0.0.1"), std::string::npos) << place.place().postgres;
    PostgresSession session(place.place().postgres, Access::everything);
    EXPECT_EQ(session.one("select host(inet_server_addr())")->text(0), "127.0.0.1");
    EXPECT_EQ(session.one("select ssl::int::bigint from pg_stat_ssl where pid = pg_backend_pid()")->integer(0), 0);
}

TEST(PostgresWay, SocketsAreTakenAsTheyAre) {
    const TestPlace place(Engine::postgres);
    const std::string& tcp = place.place().postgres;
    PostgresSession asking(tcp, Access::everything);
    const std::string folder = asking.one("select current_setting('unix_socket_directories')")->text(0);
    PostgresSession session(tcp + " host=" + folder, Access::everything);
    EXPECT_EQ(session.one("select inet_server_addr() is null")->integer(0), 1);
}

}  // namespace
}  // namespace db
