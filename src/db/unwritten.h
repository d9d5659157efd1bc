// The one way round Sql's literals: SQL composed of names from the catalogue.
#pragma once
#include <string_view>

#include "db.h"

namespace db {

struct Unwritten {
    static void stream(Connection& connection, std::string_view sql, const Connection::Each& row,
                       std::vector<Value> values = {}) {
        connection.stream(sql, std::move(values), row);
    }
    static Rows select(Connection& connection, std::string_view sql, std::vector<Value> values) {
        return connection.select(sql, std::move(values));
    }
    static void run(Connection& connection, std::string_view sql, std::vector<Value> values = {}) {
        connection.execute(sql, std::move(values));
    }
};

// A name in double quotes.
inline std::string quoted_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

}  // namespace db
