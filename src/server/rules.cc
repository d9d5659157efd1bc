// What stands on /rules beside the terms in force: by which rules bodies decide and panels judge.
#include <decision/decision.h>
#include <page/page.h>
#include <people/people.h>

#include "wiring.h"

namespace server {

page::Html part_of_rules(page::Lang lang, db::Connection& db) {
    constexpr int shown = 100;
    std::vector<page::Data> bodies;
    const auto found = decision::bodies(db, {}, shown + 1);
    for (const decision::Body& body : found) {
        if (bodies.size() == shown) break;
        page::Data row;
        row.set("link", "/bodies/" + std::to_string(body.id.value()) + "#rules-title")
            .set("name", body.name.empty() ? page::say(lang, "decision.nameless") : body.name);
        bodies.push_back(std::move(row));
    }
    page::Data data;
    data.set("more_bodies", found.size() > shown).set("no_bodies", bodies.empty()).set("bodies", std::move(bodies));
    data.set("k", people::setting_number(db, "figures.min_cell"));
    return page::render(lang, "server/rules.html", data);
}

}  // namespace server
