#include <algorithm>

#include "catalogue.h"
#include "sql_text.h"

namespace db {

namespace {

Rows definitions(Connection& connection) {
    return connection.query(
        "select 'main', type, name, tbl_name, sql from main.sqlite_schema"
        " union all select 'local', type, name, tbl_name, sql from local.sqlite_schema"
        " union all select 'derived', type, name, tbl_name, sql from derived.sqlite_schema");
}

void read_columns(Connection& connection, CatalogueTable& table) {
    const Rows rows = connection.query("select name, type, dflt_value, pk, hidden from pragma_table_xinfo($1, $2)",
                                       table.name, table.schema);
    for (const Row& row : rows) {
        CatalogueColumn column;
        column.name = row.text(0);
        column.type = lower(row.text(1));
        column.standard = row.text_or_null(2);
        column.key = static_cast<int>(row.integer(3));
        column.computed = row.integer(4) != 0;
        table.columns.push_back(std::move(column));
    }
}

void read_cascades(Connection& connection, CatalogueTable& table) {
    const auto harmless = [](const std::string& action) { return action == "NO ACTION" || action == "RESTRICT"; };
    for (const Row& row :
         connection.query("select on_update, on_delete from pragma_foreign_key_list($1, $2)", table.name, table.schema))
        if (!harmless(row.text(0)) || !harmless(row.text(1))) table.faults.push_back("a foreign key acts by itself");
}

void read_keys(CatalogueTable& table, bool without_rowid, bool strict) {
    const auto keys = std::ranges::count_if(table.columns, [](const CatalogueColumn& c) { return c.key > 0; });
    const bool one_integer = keys == 1 && std::ranges::any_of(table.columns, [](const CatalogueColumn& c) {
                                 return c.key > 0 && c.type == "integer";
                             });
    if (!strict) table.state_faults.push_back("it is not strict");
    if (!without_rowid && !one_integer)
        table.state_faults.push_back(
            "it leans on rowid: {table-end} is for one {int} key, {table-end-keyed} for others");
}

// What only the text of the definition tells.
void read_definitions(const Rows& definitions, CatalogueTable& table) {
    for (const Row& row : definitions) {
        if (row.text(0) != table.schema || row.text(3) != table.name) continue;
        if (row.text(1) == "trigger") table.faults.push_back("trigger " + row.text(2));
        if (row.text(1) != "table") continue;
        for (const std::string& word : words(row.text(4))) {
            if (lower(word) == "autoincrement") table.state_faults.push_back("autoincrement");
            if (lower(word) == "collate") table.state_faults.push_back("a collation");
        }
    }
}

}  // namespace

std::vector<CatalogueTable> sqlite_catalogue(Connection& connection) {
    std::vector<CatalogueTable> all;
    const Rows schema = definitions(connection);
    // Type `shadow` are the tables behind a virtual one.
    const Rows tables = connection.query(
        "select schema, name, wr, strict from pragma_table_list"
        " where schema in ('main', 'local', 'derived') and type in ('table', 'virtual') and substr(name, 1, 7) <> "
        "'sqlite_'");
    for (const Row& row : tables) {
        CatalogueTable table;
        table.schema = row.text(0);
        table.name = row.text(1);
        read_columns(connection, table);
        read_cascades(connection, table);
        read_keys(table, row.integer(2) == 1, row.integer(3) == 1);
        read_definitions(schema, table);
        all.push_back(std::move(table));
    }
    return all;
}

}  // namespace db
