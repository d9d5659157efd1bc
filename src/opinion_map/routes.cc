#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>

#include "pages.h"
#include "polis.h"

namespace opinion_map {
namespace {

using http::Request;
using http::Response;

constexpr std::chrono::milliseconds patience{3000};  // of a reader whose map is not in memory

class Routes {
public:
    Routes(const people::Needs& needs, std::shared_ptr<Live> live, Hooks hooks)
        : needs_(needs), live_(std::move(live)), hooks_(std::move(hooks)), ancestors_("'self'") {
        for (const std::string& one : hooks_.frames_on) ancestors_ += " " + one;
    }

    Response show(const Request& r) const {
        const auto d = find(r);
        if (!d) return unknown(r);
        const Shown shown = shown_of(*d);
        auto db = needs_.database.read();
        const auto who = dialogue::visitor(r, *db, needs_, d->cycle);
        if (who && shown.map) {
            const auto mine = me(*shown.map, dialogue::standing_votes(*db, d->id, *who));
            return page::answer(r, map_page(r, *db, *d, shown, mine, hooks_));
        }
        if (!shown.map) return page::answer(r, map_page(r, *db, *d, shown, {}, hooks_));
        return page::cached(r, key_of(shown), needs_.ledger.size(),
                            [&] { return map_page(r, *db, *d, shown, {}, hooks_); });
    }

    Response frame(const Request& r) const {
        const auto d = find(r);
        if (!d) return unknown(r);
        const Shown shown = shown_of(*d);
        Response out = page::cached(r, key_of(shown), needs_.ledger.size(),
                                    [&] { return frame_page(r, *needs_.database.read(), *d, shown); });
        // Nothing on it can be pressed but a link that opens elsewhere; so another site may show it.
        out.set("Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
                "form-action 'none'; base-uri 'none'; frame-ancestors " +
                    ancestors_);
        return out;
    }

    Response json(const Request& r) const {
        const auto d = find(r);
        if (!d) return unknown(r);
        const Shown shown = shown_of(*d);
        if (!shown.map)
            return shown.drawing ? page::refusal(r, kernel::refuse(kernel::Code::unavailable, "opinion_map.drawing"))
                                 : page::refusal(r, kernel::refuse(kernel::Code::not_found, "opinion_map.nobody"));
        return http::json(200, kernel::canonical(as_json(*needs_.database.read(), *d, shown)));
    }

    // Says that there is a newer map, and which; the page asks for it.
    Response events(const Request& r) const {
        const auto d = find(r);
        if (!d) return unknown(r);
        Response out;
        out.events = [live = live_, id = d->id, last = std::int64_t{-1}](std::string& blocks) mutable {
            const auto map = live->map(id);
            const std::int64_t at = map ? map->at : 0;
            if (last >= 0 && at > last) blocks += "event: map\ndata: " + std::to_string(at) + "\n\n";
            last = std::max(last, at);
            return !map || !map->frozen;
        };
        return out;
    }

    Response polis(const Request& r) const {
        const auto d = find(r);
        if (!d) return unknown(r);
        auto file = polis_file(needs_, live_->map(d->id, patience), r.param("file"));
        if (!file) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "opinion_map.not_frozen"));
        return *std::move(file);
    }

private:
    // The map, and how sure it is, move on when the ledger does not.
    static std::string key_of(const Shown& shown) {
        return std::to_string(shown.map ? shown.map->at : -1) + "/" + std::to_string(shown.sure ? shown.sure->at : -1);
    }
    std::optional<dialogue::Dialogue> find(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? dialogue::dialogue(*needs_.database.read(), DialogueId(*id)) : std::nullopt;
    }
    static Response unknown(const Request& r) {
        return people::refusal(r, kernel::refuse(kernel::Code::not_found, "dialogue.unknown"));
    }
    Shown shown_of(const dialogue::Dialogue& d) const {
        const bool any = dialogue::figures(*needs_.database.read(), d.id).votes > 0;
        if (!any) return {};
        Shown out{live_->map(d.id, patience), false, live_->sure(d.id)};
        out.drawing = !out.map;
        return out;
    }

    const people::Needs& needs_;
    const std::shared_ptr<Live> live_;
    const Hooks hooks_;
    std::string ancestors_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, std::shared_ptr<Live> live, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(live), std::move(hooks));
    router.get("/dialogues/{id}/map", [routes](const Request& r) { return routes->show(r); });
    router.get("/dialogues/{id}/map/frame", [routes](const Request& r) { return routes->frame(r); });
    router.get("/dialogues/{id}/map/events", [routes](const Request& r) { return routes->events(r); });
    router.get("/dialogues/{id}/map/polis/{file}", [routes](const Request& r) { return routes->polis(r); });
    router.get("/api/v1/dialogues/{id}/map", [routes](const Request& r) { return routes->json(r); });
}

page::Html part_of_dialogue(Live& live, const Request& r, db::Connection& db, const people::Needs& needs,
                            const dialogue::Dialogue& d) {
    const auto map = live.map(d.id);
    if (!map) return {};
    std::optional<Me> mine;
    if (const auto who = dialogue::visitor(r, db, needs, d.cycle))
        mine = me(*map, dialogue::standing_votes(db, d.id, *who));
    return small_map(page::lang_of(r), db, d, {map, false, live.sure(d.id)}, mine);
}

std::vector<GroupVotes> groups_on(Live& live, db::Connection& db, StatementId id) {
    const auto found = dialogue::statement(db, id);
    const auto map = found ? live.map(found->dialogue) : nullptr;
    if (!map || map->picture.tallies.size() < 2) return {};
    const auto column = map->columns.find(id.value());
    if (column == map->columns.end()) return {};
    std::vector<GroupVotes> out;
    for (const opinion::Tally& tally : map->picture.tallies) {
        const opinion::Counts& counts = tally[column->second];
        out.push_back({counts.agree, counts.disagree, counts.pass});
    }
    return out;
}

}  // namespace opinion_map
