#include "testing.h"

#include <cstdlib>

#include "postgres_session.h"
#include "unwritten.h"
#include "words_key.h"

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
void on_server(const std::string& sql) {
    static PostgresSession session(test_server(), Access::everything);  // a new one costs as much as most statements
    session.script(sql);
}

// With all tables and nothing in them; lives as long as the process.
const TestPlace& model(Engine engine) {
    static const auto made = [](Engine of) {
        auto place = std::make_unique<TestPlace>(of);
        Database::open(place->place());
        return place;
    };
    if (engine == Engine::sqlite) {
        static const auto sqlite = made(Engine::sqlite);
        return *sqlite;
    }
    static const auto postgres = made(Engine::postgres);
    return *postgres;
}

std::string database_of(const Place& place) { return place.postgres.substr(place.postgres.rfind('=') + 1); }

}  // namespace

TestPlace::TestPlace(Engine engine, Tables tables) {
    name_ = "huiyin_test_" + kernel::hex(kernel::random_bytes(8));
    place_.folder = std::filesystem::temp_directory_path() / name_;
    const Place* from = tables == Tables::all ? &model(engine).place() : nullptr;
    if (engine == Engine::postgres) {
        // Copying files is the faster way where nobody waits for a disk.
        on_server("create database " + name_ + " template " + (from ? database_of(*from) : "template0") +
                  " encoding 'UTF8' locale 'C' strategy file_copy");
        place_.postgres = test_server() + " dbname=" + name_;
    }
    std::filesystem::create_directory(place_.folder);
    std::filesystem::permissions(place_.folder, std::filesystem::perms::owner_all);
    if (!from) return;
    if (engine == Engine::sqlite)
        std::filesystem::copy(from->folder, place_.folder, std::filesystem::copy_options::recursive);
    else
        std::filesystem::copy(words_key(from->folder), words_key(place_.folder));
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

std::string plan_of(Connection& connection, const Query& query) {
    std::string plan;
    const bool sqlite = connection.engine() == Engine::sqlite;
    if (!sqlite)
        for (const char* setting : {"set enable_seqscan = off", "set enable_bitmapscan = off", "set enable_sort = off"})
            Unwritten::run(connection, setting);
    const auto add = [&](const Row& row) { plan += row.text(sqlite ? 3 : 0) + "\n"; };
    Unwritten::stream(connection, (sqlite ? "explain query plan " : "explain (costs off) ") + query.text(), add,
                      query.values());
    return plan;
}

}  // namespace db
