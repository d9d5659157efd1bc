#include <ledger/ledger.h>

#include "store.h"
#include "translation.h"

namespace dialogue {

void apply_translation(db::Connection& db, const ledger::Entry& entry, const Translated& c) {
    db.run("delete from dialogue_translation where statement = $1 and lang = $2", c.statement.value(), c.lang);
    // Taken back, or erased since: then nothing stands.
    if (!c.text.empty())
        db.run("insert into dialogue_translation (statement, lang, entry, text) values ($1, $2, $3, $4)",
               c.statement.value(), c.lang, entry.index, c.text);
    record(db, entry, c.statement.value(), What::translated, c.by);
}

void forget_translation(db::Connection& db, std::int64_t index) {
    db.run("delete from dialogue_translation where entry = $1", index);
}

std::vector<Translation> translations(db::Connection& db, StatementId id) {
    std::vector<Translation> all;
    for (const db::Row& row :
         db.query("select lang, text, entry from dialogue_translation where statement = $1 order by lang", id.value()))
        all.push_back({row.text(0), row.text(1), row.integer(2)});
    return all;
}

std::optional<Translation> translation(db::Connection& db, StatementId id, std::string_view lang) {
    const auto row = db.one("select lang, text, entry from dialogue_translation where statement = $1 and lang = $2",
                            id.value(), std::string(lang));
    if (!row || row->text(1).empty()) return std::nullopt;
    return Translation{row->text(0), row->text(1), row->integer(2)};
}

std::int64_t times_translated(db::Connection& db, StatementId id) {
    return db
        .one("select count(*) from dialogue_event where about = $1 and what = $2", id.value(),
             static_cast<std::int64_t>(What::translated))
        ->integer(0);
}

std::vector<Statement> untranslated(db::Connection& db, DialogueId id, std::string_view lang, StatementId after,
                                    int at_most) {
    constexpr int at_once = 200;
    std::vector<Statement> all;
    for (std::int64_t from = after.value();;) {
        const auto rows = db.query(
            "select s.id, s.lang from dialogue_statement s where s.dialogue = $1 and s.state = 1 and s.id > $2 "
            "and s.text <> '' and not exists (select 1 from dialogue_translation t where t.statement = s.id "
            "and t.lang = $3) order by s.id limit $4",
            id.value(), from, std::string(lang), at_once);
        int read = 0;
        for (const db::Row& row : rows) {
            ++read;
            from = row.integer(0);
            if (same_language(row.text(1), lang)) continue;
            all.push_back(statement(db, StatementId(from)).value());
            if (static_cast<int>(all.size()) == at_most) return all;
        }
        if (read < at_once) return all;
    }
}

std::vector<std::int64_t> repeated_in(db::Connection& db, std::int64_t entry) {
    std::vector<std::int64_t> all;
    for (const db::Row& row : db.query("select entry from dialogue_event where about = $1 and what = $2 order by entry",
                                       entry, static_cast<std::int64_t>(What::translated)))
        all.push_back(row.integer(0));
    return all;
}

}  // namespace dialogue
