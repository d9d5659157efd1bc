// Reading the migration files: their numbers, twins and words.
#include <algorithm>
#include <map>

#include <kernel/text.h>

#include "database.h"
#include "sql_text.h"

namespace db {

namespace {

using File = kernel::EmbeddedFile;

[[noreturn]] void broken(std::string_view path, const std::string& what) {
    throw std::logic_error("migration " + std::string(path) + ": " + what);
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_twin(std::string_view path) { return path.ends_with(".postgres.sql"); }

// NNNN_name.sql or NNNN_name.postgres.sql
int number_of_file(std::string_view path) {
    const std::string_view name = base_name(path);
    if (name.size() < 10 || name[4] != '_') broken(path, "the name is not NNNN_name.sql");
    int number = 0;
    for (const char c : name.substr(0, 4)) {
        if (c < '0' || c > '9') broken(path, "the name is not NNNN_name.sql");
        number = number * 10 + (c - '0');
    }
    const std::string_view stem = name.substr(5, name.find('.') - 5);
    if (name != std::string(name.substr(0, 5)) + std::string(stem) + (is_twin(path) ? ".postgres.sql" : ".sql"))
        broken(path, "the name is neither NNNN_name.sql nor NNNN_name.postgres.sql");
    return number;
}

std::string schema_of(std::string_view path, std::string_view content) {
    const std::string line = kernel::trim(content.substr(0, content.find('\n')));
    for (const char* schema : {"main", "local", "derived"})
        if (line == std::string("-- ") + schema) return schema;
    broken(path, "the first line is not -- main, -- local or -- derived");
}

bool asks_for_replay(const Migration& migration) {
    const std::string_view sql = migration.sql;
    const std::size_t second = sql.find('\n');
    if (second == std::string_view::npos) return false;
    const std::string_view rest = sql.substr(second + 1);
    if (kernel::trim(rest.substr(0, rest.find('\n'))) != "-- replay") return false;
    if (migration.schema != "main") broken(migration.name, "only a migration of main can ask for a replay");
    return true;
}

// "-- words: table (column, …)", one line for each table.
std::vector<std::string> columns_of_words(const Migration& migration) {
    constexpr std::string_view start = "-- words: ";
    std::vector<std::string> all;
    for (const std::string_view line : kernel::split(migration.sql, '\n')) {
        if (!line.starts_with(start)) continue;
        if (migration.schema != "main") broken(migration.name, "words stand in main alone");
        const std::string said(kernel::trim(line.substr(start.size())));
        const std::size_t open = said.find(" (");
        if (open == std::string::npos || !said.ends_with(')'))
            broken(migration.name, "not -- words: table (column, …)");
        const std::string_view columns = std::string_view(said).substr(open + 2, said.size() - open - 3);
        for (const std::string_view column : kernel::split(columns, ','))
            all.push_back(said.substr(0, open) + '.' + std::string(kernel::trim(column)));
    }
    return all;
}

std::string_view engine_word(Engine engine, std::string_view word) {
    const bool sqlite = engine == Engine::sqlite;
    if (word == "int") return sqlite ? "integer" : "bigint";
    if (word == "text") return "text";
    if (word == "bytes") return sqlite ? "blob" : "bytea";
    if (word == "table-end") return sqlite ? "strict" : " ";
    if (word == "table-end-keyed") return sqlite ? "strict, without rowid" : " ";
    return {};
}

bool is_placeholder(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

std::string with_words(Engine engine, const File& file) {
    std::string sql;
    for (std::size_t at = 0; at < file.content.size(); ++at) {
        const std::size_t close = file.content[at] == '{' ? file.content.find('}', at) : std::string_view::npos;
        const std::string_view word =
            close == std::string_view::npos ? std::string_view() : file.content.substr(at + 1, close - at - 1);
        if (!is_placeholder(word)) {
            sql += file.content[at];
            continue;
        }
        const std::string_view meant = engine_word(engine, word);
        if (meant.empty()) broken(file.path, "no such word: {" + std::string(word) + "}");
        sql += meant;
        at = close;
    }
    return sql;
}

// Anything else (pragma, commit, trigger …) would behave differently on the two engines or end the transaction.
void check_statements(const Migration& migration) {
    constexpr std::string_view verbs[] = {"create", "alter", "drop", "insert", "update", "delete", "with"};
    for (const std::string_view statement : statements(migration.sql)) {
        const std::vector<std::string> parts = words(statement);
        if (std::ranges::find(verbs, parts.front()) == std::end(verbs))
            broken(migration.name, "a migration may not " + parts.front());
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            if (parts[i] == "trigger") broken(migration.name, "no triggers");
            const bool schema = parts[i] == "main" || parts[i] == "local" || parts[i] == "derived";
            if (schema && parts[i + 1] == ".")
                broken(migration.name, "tables stand bare in a migration; its first line names the schema");
        }
    }
}

std::vector<File> sql_files(std::span<const File> files) {
    std::vector<File> all;
    for (const File& file : files)
        if (file.path.ends_with(".sql")) all.push_back(file);
    return all;
}

}  // namespace

std::vector<Migration> migrations(Engine engine, std::span<const File> files) {
    std::map<int, File> by_number;
    std::vector<File> twins;
    for (const File& file : sql_files(files)) {
        if (is_twin(file.path)) {
            twins.push_back(file);
            continue;
        }
        const auto [at, fresh] = by_number.emplace(number_of_file(file.path), file);
        if (!fresh) broken(file.path, "its number is taken by " + std::string(at->second.path));
    }
    for (const File& twin : twins) {
        const auto at = by_number.find(number_of_file(twin.path));
        const std::string_view stem = twin.path.substr(0, twin.path.size() - std::string_view(".postgres.sql").size());
        if (at == by_number.end() || at->second.path != std::string(stem) + ".sql")
            broken(twin.path, "there is no " + std::string(stem) + ".sql that it replaces");
        if (schema_of(twin.path, twin.content) != schema_of(at->second.path, at->second.content))
            broken(twin.path, "its schema is not that of the file it replaces");
        if (engine == Engine::postgres) at->second = twin;
    }
    std::vector<Migration> all;
    for (const auto& [number, file] : by_number) {
        all.push_back({number, std::string(file.path), schema_of(file.path, file.content), with_words(engine, file)});
        all.back().replay = asks_for_replay(all.back());
        all.back().words = columns_of_words(all.back());
        check_statements(all.back());
    }
    return all;
}

std::vector<Migration> migrations(Engine engine) { return migrations(engine, kernel::embedded_files()); }

}  // namespace db
