// Which way messages came, from where, and where they ended.
#include "rows.h"
#include "store.h"

namespace voice {

std::vector<AnsweredCase> answered_cases(db::Connection& db, std::optional<VoiceId> before, int at_most) {
    db::Query query("select id, routed_by, category, district, kind, unit from voice");
    query.where("answer is not null").where("unit is not null");
    if (before) query.where("id < ?", before->value());
    query.then("order by id desc limit ?", at_most);
    std::vector<AnsweredCase> all;
    for (const db::Row& row : db.query(query)) {
        AnsweredCase one{
            VoiceId(row.integer(0)), {}, {}, static_cast<Kind>(row.integer(4)), people::UnitId(row.integer(5))};
        if (!row.null(1)) {
            one.category = row.text_or_null(2);
            one.district = row.text_or_null(3);
        }
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Channel> channels(db::Connection& db, people::CycleId cycle) {
    std::vector<Channel> all;
    for (const db::Row& row : db.query("select way, district, n from voice_channel where cycle = $1 order by way, "
                                       "district",
                                       cycle.value()))
        all.push_back({static_cast<Way>(row.integer(0)), row.text(1), row.integer(2)});
    return all;
}

}  // namespace voice
