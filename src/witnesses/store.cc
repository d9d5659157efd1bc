#include "store.h"

#include <db/db.h>

namespace witnesses::store {

void keep(db::Connection& db, std::int64_t size, std::string_view note, std::int64_t and_keep) {
    db::Transaction transaction(db);
    db.run("delete from local.cosigned where size <> $1", and_keep);
    db.run(
        "insert into local.cosigned (size, note) values ($1, $2)"
        " on conflict (size) do update set note = excluded.note",
        size, note);
    transaction.commit();
}

std::vector<std::string> notes(db::Connection& db) {
    std::vector<std::string> out;
    for (const db::Row& row : db.query("select note from local.cosigned order by size")) out.push_back(row.text(0));
    return out;
}

}  // namespace witnesses::store
