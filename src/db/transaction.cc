#include "db.h"

namespace db {

Transaction::Transaction(Connection& connection) : connection_(connection) { connection_.begin(); }

Transaction::~Transaction() {
    if (open_) connection_.rollback();
}

void Transaction::commit() {
    connection_.commit();
    open_ = false;
}

void Transaction::savepoint() { connection_.savepoint(); }
void Transaction::release_savepoint() { connection_.release_savepoint(); }
void Transaction::rollback_to_savepoint() { connection_.rollback_to_savepoint(); }

}  // namespace db
