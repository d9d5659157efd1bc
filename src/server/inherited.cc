// What a round takes over from those before it: issues, measures, messages.
#include "inherited.h"

#include <issue/issue.h>
#include <measure/measure.h>
#include <page/page.h>
#include <voice/voice.h>

namespace server {
namespace {

using page::Data;
using page::Lang;

// Messages stay with their round, their unit and their due day.
std::vector<Data> messages(Lang lang, db::Connection& db, const std::vector<cycle::Cycle>& before) {
    std::vector<Data> rows;
    for (const cycle::Cycle& c : before) {
        const voice::Counts n = voice::counts(db, c.id);
        if (n.voices == n.noted) continue;
        rows.push_back(Data()
                           .set("link", "/voices?cycle=" + std::to_string(c.id.value()))
                           .set("round", c.name.empty() ? page::say(lang, "cycle.nameless") : c.name)
                           .set("lang", c.name.empty() ? std::string(page::tag(lang)) : c.lang)
                           .set("counted", page::say(lang, "server.inherited_messages",
                                                     {{"n", page::number(lang, n.cases() - n.noted)},
                                                      {"answered", page::number(lang, n.answered)},
                                                      {"withdrawn", page::number(lang, n.withdrawn)}})));
    }
    return rows;
}

}  // namespace

page::Html inherited(const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
    const std::vector<cycle::Cycle> before = cycle::forerunners(db, c);
    if (before.empty()) return {};
    const Lang lang = page::lang_of(r);
    page::Html issues = issue::part_inherited(r, db, c), measures = measure::part_inherited(r, db, c);
    std::vector<Data> said = messages(lang, db, before);
    Data d;
    d.set("nothing", issues.text().empty() && measures.text().empty() && said.empty());
    d.set("running", before.front().phase != cycle::Phase::closed).set("has_messages", !said.empty());
    d.set("issues", std::move(issues)).set("measures", std::move(measures)).set("messages", std::move(said));
    return page::render(lang, "server/inherited.html", d);
}

}  // namespace server
