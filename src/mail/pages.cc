// What pages say of messages by e-mail.
#include <page/page.h>

#include "mail.h"
#include "rules.h"
#include "store.h"

namespace mail {

using page::Data;
using page::Lang;

page::Html part_of_rules(Lang lang, db::Connection& db, const Means& means) {
    Data d;
    d.set("takes", means.takes()).set("address", means.address);
    d.set("answers", means.answers());
    d.set("audience", page::say(lang, "mail.rules_audience"));
    d.set("kind", page::say(lang, "mail.rules_kind",
                            {{"kind", page::say(lang, "voice.kind_" + std::string(voice::name(means.kind)))}}));
    d.set("limits", page::say(lang, "mail.rules_limits",
                              {{"mails", page::number(lang, rules::most_of_sender)},
                               {"receipts", page::number(lang, rules::most_receipts)},
                               {"characters", page::number(lang, voice::max_text)},
                               {"photos", page::number(lang, voice::max_photos)}}));
    std::vector<Data> rows;
    for (const auto& [what, n] : counts(db)) {
        Data row;
        const bool taken = what == "message" || what == "reply";
        row.set("what", page::say(lang, (taken ? "mail.count_" : "mail.why_") + what)).set("n", page::number(lang, n));
        rows.push_back(std::move(row));
    }
    d.set("has_rows", !rows.empty()).set("rows", std::move(rows));
    return page::render(lang, "mail/rules.html", d);
}

page::Html part_of_say(Lang lang, const Means& means) {
    if (!means.takes()) return {};
    Data d;
    d.set("words", page::say(lang, "mail.say", {{"address", means.address}}));
    return page::render(lang, "mail/say_part.html", d);
}

}  // namespace mail
