#include "catalogue.h"

namespace db {

namespace {

void read_columns(Connection& connection, std::int64_t table_id, CatalogueTable& table) {
    const Rows rows = connection.query(
        "select a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid),"
        " coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0),"
        " a.attidentity::text || a.attgenerated::text, coalesce(c.collname::text, 'default')"
        " from pg_attribute a"
        " left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum"
        " left join pg_index i on i.indrelid = a.attrelid and i.indisprimary"
        " left join pg_collation c on c.oid = a.attcollation"
        " where a.attrelid = cast($1 as oid) and a.attnum > 0 and not a.attisdropped order by a.attnum",
        table_id);
    for (const Row& row : rows) {
        CatalogueColumn column;
        column.name = row.text(0);
        column.type = row.text(1);
        column.standard = row.text_or_null(2);
        column.key = static_cast<int>(row.integer(3));
        column.computed = !row.text(4).empty();
        column.collated = row.text(5) != "default" && row.text(5) != "C";
        table.columns.push_back(std::move(column));
    }
}

void read_faults(Connection& connection, std::int64_t table_id, CatalogueTable& table) {
    for (const Row& row : connection.query(
             "select tgname from pg_trigger where tgrelid = cast($1 as oid) and not tgisinternal order by tgname",
             table_id))
        table.faults.push_back("trigger " + row.text(0));
    for (const Row& row : connection.query(
             "select confdeltype, confupdtype from pg_constraint where conrelid = cast($1 as oid) and contype = 'f'",
             table_id)) {
        const auto harmless = [](const std::string& action) { return action == "a" || action == "r"; };
        if (!harmless(row.text(0)) || !harmless(row.text(1))) table.faults.push_back("a foreign key acts by itself");
    }
}

}  // namespace

std::vector<CatalogueTable> postgres_catalogue(Connection& connection) {
    std::vector<CatalogueTable> all;
    const Rows tables = connection.query(
        "select c.oid, case n.nspname when 'public' then 'main' else n.nspname::text end, c.relname"
        " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname in ('public', 'local', 'derived') and c.relkind in ('r', 'p', 'f', 'm')");
    for (const Row& row : tables) {
        CatalogueTable table;
        table.schema = row.text(1);
        table.name = row.text(2);
        read_columns(connection, row.integer(0), table);
        read_faults(connection, row.integer(0), table);
        all.push_back(std::move(table));
    }
    return all;
}

}  // namespace db
