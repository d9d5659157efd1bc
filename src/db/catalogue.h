// The tables as the engine itself describes them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db.h"

namespace db {

struct CatalogueColumn {
    std::string name;
    std::string type;                     // lower case, in the engine's words
    std::optional<std::string> standard;  // what stands after `default`
    int key = 0;                          // 1, 2 … in the primary key; 0 outside
    bool computed = false;                // generated, identity
    bool collated = false;                // another than the engine's binary collation
};

struct CatalogueTable {
    std::string schema;  // main, local, derived
    std::string name;
    std::vector<CatalogueColumn> columns;
    // What is wrong that only this engine knows of: in any table, and in a state table.
    std::vector<std::string> faults, state_faults;
};

// Sorted by schema and name; without the engines' own tables.
std::vector<CatalogueTable> catalogue(Connection& connection);

std::vector<CatalogueTable> sqlite_catalogue(Connection& connection);
std::vector<CatalogueTable> postgres_catalogue(Connection& connection);

}  // namespace db
