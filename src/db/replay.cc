// Whether state is what its log says, and making room for the replay that mends it.
#include "database.h"
#include "unwritten.h"

namespace db {

bool replay_due(Connection& connection) {
    return connection.one("select migration from replay_due limit 1").has_value();
}

void empty_state(Connection& writer, const std::vector<TableClass>& classes) {
    for (const TableClass& table : classes)
        if (table.kind == "state") Unwritten::run(writer, "delete from " + quoted_name(table.table));
}

void replayed(Connection& writer) { writer.run("delete from replay_due"); }

}  // namespace db
