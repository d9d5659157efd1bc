#include "testing.h"

#include <cstdlib>

#include "postgres_session.h"

namespace db {

namespace {

std::string test_server() {
    const char* server = std::getenv("HUIYIN_TEST_POSTGRES");
    if (server == nullptr || *server == '\0')
        throw std::runtime_error(
            "HUIYIN_TEST_POSTGRES is not set: it names the PostgreSQL server for tests, as in "
            "\"host=127.0.0.1 port=5433 user=huiyin dbname=postgres\"; bin/test and test/postgres start one");
    return server;
}

// The names are hex digits of our own making.
void on_server(const std::string& sql) { PostgresSession(test_server(), Access::everything).script(sql); }

}  // namespace

TestPlace::TestPlace(Engine engine) {
    name_ = "huiyin_test_" + kernel::hex(kernel::random_bytes(8));
    place_.folder = std::filesystem::temp_directory_path() / name_;
    if (engine == Engine::postgres) {
        on_server("create database " + name_ + " template template0 encoding 'UTF8' locale 'C'");
        place_.postgres = test_server() + " dbname=" + name_;
    }
    std::filesystem::create_directory(place_.folder);
    std::filesystem::permissions(place_.folder, std::filesystem::perms::owner_all);
}

TestPlace::~TestPlace() {
    std::error_code ignored;
    std::filesystem::remove_all(place_.folder, ignored);
    if (place_.postgres.empty()) return;
    try {
        on_server("drop database if exists " + name_ + " with (force)");
    } catch (const std::exception&) {
        // The server is gone with all its databases.
    }
}

}  // namespace db
