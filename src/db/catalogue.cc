#include "catalogue.h"

#include <algorithm>
#include <tuple>

namespace db {

std::vector<CatalogueTable> catalogue(Connection& connection) {
    std::vector<CatalogueTable> all =
        connection.engine() == Engine::sqlite ? sqlite_catalogue(connection) : postgres_catalogue(connection);
    std::ranges::sort(all, {}, [](const CatalogueTable& table) { return std::tie(table.schema, table.name); });
    return all;
}

}  // namespace db
