#include <algorithm>

#include "catalogue.h"
#include "database.h"
#include "unwritten.h"

namespace db {

namespace {

std::string full_name(const std::string& schema, const std::string& table) {
    return schema == "main" ? quoted_name(table) : schema + '.' + quoted_name(table);
}

Value cell_value(const Row::Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* bytes = std::get_if<kernel::Bytes>(&cell)) return *bytes;
    return nullptr;
}

}  // namespace

void each_local_row(Connection& connection, const std::vector<TableClass>& classes, const LocalRow& each) {
    const std::vector<CatalogueTable> tables = catalogue(connection);
    for (const TableClass& local : classes) {
        if (local.kind != "local") continue;
        const auto table = std::ranges::find_if(
            tables, [&](const CatalogueTable& t) { return t.schema == local.schema && t.name == local.table; });
        if (table == tables.end()) throw std::logic_error("db: there is no local table " + local.table);
        std::vector<std::string> columns;
        for (const CatalogueColumn& column : table->columns) columns.push_back(column.name);
        std::ranges::sort(columns);
        std::string sql;
        for (const std::string& column : columns) sql += (sql.empty() ? "select " : ", ") + quoted_name(column);
        sql += " from " + full_name(local.schema, local.table);
        Unwritten::stream(connection, sql, [&](const Row& row) { each(local.schema, local.table, columns, row); });
    }
}

void put_row(Connection& writer, const std::string& schema, const std::string& table,
             const std::vector<std::string>& columns, const Row& row) {
    const std::vector<CatalogueTable> tables = catalogue(writer);
    const auto found =
        std::ranges::find_if(tables, [&](const CatalogueTable& t) { return t.schema == schema && t.name == table; });
    const auto has = [&](const std::string& name) {
        return std::ranges::any_of(found->columns, [&](const CatalogueColumn& c) { return c.name == name; });
    };
    if (found == tables.end() || !std::ranges::all_of(columns, has))
        throw std::runtime_error("there is no local table " + table + " with the columns of the backup");
    std::string names, places;
    std::vector<Value> values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        names += (names.empty() ? "" : ", ") + quoted_name(columns[i]);
        places += (places.empty() ? "$" : ", $") + std::to_string(i + 1);
        values.push_back(cell_value(row.cells.at(i)));
    }
    // Words of no entry yet (a ballot in its box): under the key of the first entry, which has none to erase.
    const WordsOf sealed(writer, 0);
    Unwritten::run(writer, "insert into " + full_name(schema, table) + " (" + names + ") values (" + places + ")",
                   std::move(values));
}

}  // namespace db
