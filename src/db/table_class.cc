// Which class each table has, read from the comments in the migrations.
#include <map>

#include <kernel/text.h>

#include "database.h"
#include "sql_text.h"

namespace db {

namespace {

using Tables = std::map<std::pair<std::string, std::string>, TableClass>;

[[noreturn]] void unclassed(const Migration& migration, const std::string& what) {
    throw std::logic_error("migration " + migration.name + ": " + what);
}

bool has_place(const std::string& kind, const std::string& schema) {
    if (kind == "local") return schema == "local" || schema == "main";
    if (kind == "derived") return schema == "derived";
    return schema == "main";
}

// From the comment lines before `create`: "-- kind: reason", the reason going on in the comment lines after it.
TableClass class_above(const Migration& migration, std::string_view statement, const std::string& table) {
    TableClass found{migration.schema, table, {}, {}};
    for (const Token& token : tokens(statement)) {
        if (token.piece == Piece::space) continue;
        if (token.piece != Piece::comment) break;
        const std::string line = kernel::trim(token.text.substr(2));
        const std::string kind = line.substr(0, line.find(':'));
        const bool names =
            kind.size() < line.size() && (kind == "state" || kind == "derived" || kind == "local" || kind == "ledger");
        if (names) {
            if (!found.kind.empty()) unclassed(migration, "table " + table + " has two classes");
            found.kind = kind;
            found.reason = kernel::trim(line.substr(kind.size() + 1));
        } else if (!found.kind.empty()) {
            found.reason += " " + line;
        }
    }
    if (found.kind.empty())
        unclassed(migration, "no line \"-- state: …\", derived, local or ledger above table " + table);
    if (found.reason.empty()) unclassed(migration, "the class of table " + table + " has no reason");
    if (!has_place(found.kind, migration.schema))
        unclassed(migration, "a " + found.kind + " table does not stand in " + migration.schema + ": " + table);
    return found;
}

// Where the table's name stands after "create [temporary|virtual] table [if not exists]" or "drop table [if exists]".
std::size_t after(const std::vector<std::string>& parts, std::size_t at, std::string_view optional) {
    while (at < parts.size() && (parts[at] == optional || parts[at] == "not" || parts[at] == "exists")) ++at;
    return at;
}

void follow(const Migration& migration, std::string_view statement, Tables& tables) {
    const std::vector<std::string> parts = words(statement);
    const std::size_t table_word = parts.size() > 1 && parts[1] == "virtual" ? 2 : 1;
    if (parts.size() < table_word + 2 || parts[table_word] != "table") return;
    const std::string table = parts.at(after(parts, table_word + 1, "if"));
    const std::pair key(migration.schema, table);
    if (parts[0] == "create") {
        if (tables.contains(key)) unclassed(migration, "table " + table + " exists already");
        tables.emplace(key, class_above(migration, statement, table));
    } else if (parts[0] == "drop") {
        if (tables.erase(key) == 0) unclassed(migration, "there is no table " + table + " to drop");
    } else if (parts[0] == "alter" && parts.size() > 5 && parts[3] == "rename" && parts[4] == "to") {
        auto moved = tables.extract(key);
        if (moved.empty()) unclassed(migration, "there is no table " + table + " to rename");
        moved.key().second = moved.mapped().table = parts[5];
        if (!tables.insert(std::move(moved)).inserted) unclassed(migration, "table " + parts[5] + " exists already");
    }
}

}  // namespace

std::vector<TableClass> table_classes(const std::vector<Migration>& migrations) {
    Tables tables;
    for (const Migration& migration : migrations)
        for (const std::string_view statement : statements(migration.sql)) follow(migration, statement, tables);
    std::vector<TableClass> all;
    for (auto& [key, table] : tables) all.push_back(std::move(table));
    return all;
}

std::vector<TableClass> table_classes() { return table_classes(migrations(Engine::sqlite)); }

}  // namespace db
