// Rounds in a select list, which cannot be turned by pages.
#include <db/db.h>
#include <page/page.h>

#include "cycle.h"

namespace cycle {
namespace {

constexpr int looked_at = 200;

}  // namespace

Choice to_choose(db::Connection& db, std::optional<std::int64_t> named, const std::function<bool(const Cycle&)>& fits) {
    Choice choice;
    bool has_named = !named;
    std::optional<CycleId> before;
    do {
        std::vector<Cycle> some = cycles(db, before, looked_at);
        before = some.empty() ? std::nullopt : std::optional(some.back().id);
        if (std::ssize(some) < looked_at) before.reset();
        for (Cycle& each : some) {
            if (!fits(each)) continue;
            if (std::ssize(choice.rounds) == rounds_to_choose) {
                choice.more = true;
                break;
            }
            has_named = has_named || each.id.value() == *named;
            choice.rounds.push_back(std::move(each));
        }
    } while (before && !choice.more);
    if (has_named) return choice;
    const std::optional<Cycle> old = cycle(db, CycleId(*named));
    if (old && !old->standing && fits(*old)) choice.rounds.push_back(*old);
    return choice;
}

page::Html name_another(page::Lang lang, const Choice& choice, const std::string& path, const std::string& field) {
    if (!choice.more) return {};
    page::Data d;
    d.set("path", path).set("field", field).set("most", page::number(lang, rounds_to_choose));
    return page::render(lang, "cycle/name_another.html", d);
}

}  // namespace cycle
