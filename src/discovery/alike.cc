// Who said the same: asked while somebody writes, and after sending.
#include <set>

#include <support/support.h>

#include "live.h"
#include "store.h"

namespace discovery {
namespace {

constexpr std::size_t looked_at = 30;

bool for_everybody(const voice::Voice& v) {
    return v.shown == voice::Shown::published && !(v.title.empty() && v.text.empty()) &&
           v.state != voice::State::withdrawn && v.state != voice::State::split && v.state != voice::State::put_back;
}

// How many people are known to say so: those of the issue, those of the suggestion, or whoever wrote it; and who joined
// this message.
std::int64_t people_of(db::Connection& db, const voice::Voice& v, const std::optional<issue::Issue>& in) {
    const std::int64_t joined = support::count(db, v.id);
    if (in) return std::max<std::int64_t>(in->people, 1) + joined;
    const auto of = grouped(db, item_of(v.id));
    const auto suggested = of && of->group != 0 ? group(db, of->group) : std::nullopt;
    return (suggested && suggested->cohesive ? std::max<std::int64_t>(suggested->people, 1) : 1) + joined;
}

std::optional<issue::Issue> public_issue(db::Connection& db, voice::VoiceId id) {
    for (issue::Issue& one : issue::issues_of(db, id))
        if (one.state != issue::State::dismissed && !one.title.empty()) return std::move(one);
    return std::nullopt;
}

}  // namespace

std::vector<Alike> alike(db::Connection& db, const Live& live, std::string_view title, std::string_view text, int most,
                         std::optional<voice::VoiceId> except) {
    std::vector<Alike> all;
    std::set<std::pair<int, std::int64_t>> matters;  // an issue, a suggestion, a message: each is offered once
    if (except) {
        if (const auto own = public_issue(db, *except)) matters.emplace(0, own->id.value());
    }
    for (const Live::Near& near : live.near(title, text, looked_at, static_cast<float>(least_alike))) {
        if (std::ssize(all) == most) break;
        if (what(near.item) != What::message) continue;
        auto said = voice::voice(db, voice::VoiceId(entry_of(near.item)));
        if (!said || said->id == except) continue;
        // What was joined to another, or hidden as its duplicate, leads to that one.
        const auto master = said->joined_to ? said->joined_to : said->master;
        if (master) said = voice::voice(db, *master);
        if (!said || said->id == except || !for_everybody(*said) || !support::may_be_joined(db, *said)) continue;
        const auto in = public_issue(db, said->id);
        const auto of = grouped(db, item_of(said->id));
        const auto matter = in                     ? std::pair{0, in->id.value()}
                            : of && of->group != 0 ? std::pair{1, of->group}
                                                   : std::pair{2, said->id.value()};
        if (!matters.insert(matter).second) continue;
        all.push_back({said->id, people_of(db, *said, in), in ? std::optional(in->id) : std::nullopt, near.likeness});
    }
    return all;
}

}  // namespace discovery
