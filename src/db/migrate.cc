#include "migrate.h"

#include <algorithm>
#include <set>

#include "failure.h"

namespace db {

namespace {

std::set<std::int64_t> numbers(const Rows& rows) {
    std::set<std::int64_t> all;
    for (const Row& row : rows) all.insert(row.integer(0));
    return all;
}

bool has_migration_table(Connection& connection) {
    if (connection.engine() == Engine::sqlite)
        return connection.one("select 1 from sqlite_schema where type = 'table' and name = 'migration'").has_value();
    return connection.one("select 1 from pg_tables where schemaname = current_schema() and tablename = 'migration'")
        .has_value();
}

std::set<std::int64_t> applied(Connection& connection) {
    if (!has_migration_table(connection)) return {};
    return numbers(connection.query("select number from migration"));
}

void require_known(const std::set<std::int64_t>& done, const std::vector<Migration>& all, std::string_view schema) {
    for (const std::int64_t number : done) {
        const bool known =
            std::ranges::any_of(all, [&](const Migration& m) { return m.number == number && m.schema == schema; });
        if (!known)
            throw failure(Kind::newer, "migration " + std::to_string(number) + " of schema " + std::string(schema) +
                                           " has run and is not known: the data was written by a later program");
    }
}

constexpr std::string_view schemas[] = {"main", "local", "derived"};

}  // namespace

void migrate(const std::vector<Migration>& all, const SchemaConnection& to) {
    std::set<std::int64_t> done;
    for (const std::string_view schema : schemas) {
        std::set<std::int64_t> here = applied(to(schema));
        require_known(here, all, schema);
        done.merge(here);
    }
    for (const Migration& migration : all) {
        if (done.contains(migration.number)) continue;
        Connection& connection = to(migration.schema);
        Transaction transaction(connection);
        try {
            connection.script(migration.sql);
            connection.run("insert into migration (number, name) values ($1, $2)", migration.number, migration.name);
            if (migration.replay) connection.run("insert into replay_due (migration) values ($1)", migration.number);
            transaction.commit();
        } catch (const Failure& f) { throw Failure(f.kind, "migration " + migration.name + ": " + f.what()); }
    }
}

void require_migrated(const std::vector<Migration>& all, Connection& connection) {
    std::set<std::int64_t> done[3];
    try {
        done[0] = numbers(connection.query("select number from migration"));
        done[1] = numbers(connection.query("select number from local.migration"));
        done[2] = numbers(connection.query("select number from derived.migration"));
    } catch (const Failure& f) {
        if (f.kind == Kind::lost) throw;
        throw failure(Kind::newer, "this place has not been set up by this program yet");
    }
    for (std::size_t i = 0; i < std::size(schemas); ++i) require_known(done[i], all, schemas[i]);
    const auto not_yet = [](const std::string& what) {
        return failure(Kind::newer, what +
                                        ": the data was written by an earlier program; let the program that writes "
                                        "open it first");
    };
    for (const Migration& migration : all) {
        const auto schema = std::ranges::find(schemas, migration.schema) - std::begin(schemas);
        if (!done[schema].contains(migration.number)) throw not_yet("migration " + migration.name + " has not run yet");
    }
    if (replay_due(connection)) throw not_yet("the log has not been replayed yet");
}

}  // namespace db
