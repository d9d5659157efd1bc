// What other systems ask of many cases at once: three statements, however many they are.
#include <algorithm>
#include <map>

#include "rows.h"
#include "store.h"

namespace voice {

std::vector<Standing> standing(db::Connection& db, const std::vector<VoiceId>& ids) {
    std::vector<std::int64_t> asked;
    for (const VoiceId id : ids) asked.push_back(id.value());
    std::map<std::int64_t, Standing> found;
    db::Query cases(
        "select v.id, v.received, v.promised, v.shown, w.position, s.text from voice v left join voice_words w on "
        "w.voice = v.id left join voice_step s on s.entry = v.answer_entry");
    for (const db::Row& row : db.query(cases.where_in("v.id", asked))) {
        Standing one{VoiceId(row.integer(0)), {row.integer(1)}, {}, {}, day_or_none(row, 2)};
        if (static_cast<Shown>(row.integer(3)) == Shown::published) {
            one.position = row.text_or_null(4).value_or("");
            one.answer = row.text_or_null(5).value_or("");
        }
        found.emplace(one.id.value(), std::move(one));
    }
    db::Query newest("select voice, max(minute) from voice_step");
    for (const db::Row& row : db.query(newest.where_in("voice", asked).then("group by voice")))
        if (const auto one = found.find(row.integer(0)); one != found.end()) one->second.changed = {row.integer(1)};
    // What is said about a case after its end does not end it later.
    db::Query ends("select s.voice, max(s.minute) from voice_step s join voice v on v.id = s.voice");
    ends.where_in("s.voice", asked).where("v.state in (5, 6, 7)");
    ends.where_in("s.what", {number(What::closed), number(What::closed_unrated), number(What::withdrawn),
                             number(What::withdrawn_asked)});
    for (const db::Row& row : db.query(ends.then("group by s.voice")))
        if (const auto one = found.find(row.integer(0)); one != found.end()) one->second.changed = {row.integer(1)};
    std::vector<Standing> all;
    for (auto& [id, one] : found) all.push_back(std::move(one));
    return all;
}

}  // namespace voice
