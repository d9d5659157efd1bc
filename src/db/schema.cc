// The rules that the schema of both engines must keep.
#include <algorithm>
#include <map>

#include "catalogue.h"
#include "database.h"
#include "sql_text.h"

namespace db {

namespace {

bool is_state_type(Engine engine, const std::string& type) {
    if (engine == Engine::sqlite) return type == "integer" || type == "text" || type == "blob";
    return type == "bigint" || type == "text" || type == "bytea";
}

// 0, -1, 'text', x'00', null, and what PostgreSQL makes of them: '-1'::integer, 'text'::text.
bool is_literal(const std::string& standard) {
    constexpr std::string_view harmless[] = {"null", "x", "bigint", "integer", "text", "bytea"};
    return std::ranges::all_of(tokens(standard), [&](const Token& token) {
        switch (token.piece) {
            case Piece::quoted:
            case Piece::space:
                return true;
            case Piece::symbol:
                return token.text == "-" || token.text == ":" || token.text == "(" || token.text == ")";
            case Piece::word: {
                const std::string word = lower(token.text);
                return std::ranges::find(harmless, word) != std::end(harmless) ||
                       std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
            }
            case Piece::parameter:
            case Piece::mark:
            case Piece::comment:
                return false;
        }
        return false;
    });
}

void check_state_table(Engine engine, const CatalogueTable& table, std::vector<std::string>& faults) {
    for (const std::string& fault : table.state_faults) faults.push_back(fault);
    if (std::ranges::none_of(table.columns, [](const CatalogueColumn& c) { return c.key > 0; }))
        faults.push_back("it has no primary key");
    for (const CatalogueColumn& column : table.columns) {
        if (!is_state_type(engine, column.type)) faults.push_back(column.name + " has type " + column.type);
        if (column.computed) faults.push_back(column.name + " is computed by the engine");
        if (column.collated) faults.push_back(column.name + " has a collation");
        if (column.standard && !is_literal(*column.standard))
            faults.push_back(column.name + " has a default that is not a literal: " + *column.standard);
    }
}

}  // namespace

std::vector<std::string> schema_faults(Connection& connection, const std::vector<TableClass>& classes) {
    std::map<std::pair<std::string, std::string>, std::string> kinds;
    std::vector<std::string> all;
    for (const TableClass& table : classes) {
        const auto [at, fresh] = kinds.emplace(std::pair(table.schema, table.table), table.kind);
        if (!fresh) all.push_back(table.schema + "." + table.table + ": it has two classes");
    }
    for (const CatalogueTable& table : catalogue(connection)) {
        std::vector<std::string> faults = table.faults;
        const auto found = kinds.extract(std::pair(table.schema, table.name));
        if (found.empty())
            faults.push_back("it has no class");
        else if (found.mapped() == "state")
            check_state_table(connection.engine(), table, faults);
        for (const std::string& fault : faults) all.push_back(table.schema + "." + table.name + ": " + fault);
    }
    for (const auto& [table, kind] : kinds)
        all.push_back(table.first + "." + table.second + ": there is no such table");
    return all;
}

}  // namespace db
