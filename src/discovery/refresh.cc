#include "refresh.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <unordered_map>

#include <jobs/jobs.h>
#include <ledger/ledger.h>
#include <text/discover.h>
#include <text/labels.h>
#include <watch/watch.h>

#include "live.h"

namespace discovery {
namespace {

constexpr int refresh_threads = 2;
// What takes long takes one part of so many of the time; what is done in a moment comes soon again.
constexpr int share_of_time = 20;
constexpr std::chrono::seconds shortest_pause{15}, short_run{5};
constexpr int steps = 4;  // read, grouped, named, written

using Steady = std::chrono::steady_clock;

std::vector<text::Message> messages_of(const std::vector<Piece>& pieces) {
    std::vector<text::Message> all;
    all.reserve(pieces.size());
    for (const Piece& p : pieces) all.push_back({p.item, p.title, p.text, p.person, p.issue, p.district});
    return all;
}

// The newest open round that something of it was said in; else the desk.
people::CycleId round_of(const std::vector<const Piece*>& members, people::CycleId desk) {
    people::CycleId newest = desk;
    for (const Piece* p : members)
        if (p->cycle != desk && (newest == desk || p->cycle > newest)) newest = p->cycle;
    return newest;
}

std::int64_t distinct(const std::vector<const Piece*>& members) {
    std::set<std::int64_t> known;
    std::int64_t unknown = 0;
    for (const Piece* p : members)
        if (p->person != 0)
            known.insert(p->person);
        else
            ++unknown;
    return std::ssize(known) + unknown;
}

// Topics are numbered in each grouping from 0 on.
void append(Suggestions& all, Suggestions more) {
    std::int64_t topics = 0;
    for (const Group& g : all.groups) topics = std::max(topics, g.topic + 1);
    for (Group& g : more.groups) {
        g.topic += topics;
        all.groups.push_back(std::move(g));
    }
    all.items.insert(all.items.end(), more.items.begin(), more.items.end());
}

}  // namespace

Suggestions suggestions(const std::vector<Piece>& pieces, const std::set<std::pair<std::int64_t, Item>>& kept_out,
                        const std::function<issue::State(std::int64_t)>& state_of, people::CycleId desk, int threads) {
    const std::vector<text::Message> messages = messages_of(pieces);
    text::Discovery how;
    how.threads = threads;
    const text::Found found = text::discover(messages, how);
    // Every officer sees the labels: they are made of what everybody may read.
    std::vector<text::Message> readable = messages;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (!pieces[i].open) readable[i].title = readable[i].body = {};
    const text::Labels labels(readable, found);
    std::unordered_map<Item, const Piece*> at;
    std::unordered_map<Item, Item> first;
    for (const Piece& p : pieces) at[p.item] = &p;
    for (const text::Copied& c : found.copied) first[c.message] = c.first;

    Suggestions out;
    std::unordered_map<Item, std::int64_t> in;
    for (std::size_t i = 0; i < found.groups.size(); ++i) {
        const text::Group& g = found.groups[i];
        std::vector<Item> items = g.confirmed != 0 ? g.suggested : g.messages;
        if (g.confirmed != 0) std::erase_if(items, [&](Item one) { return kept_out.contains({g.confirmed, one}); });
        const bool open = g.confirmed != 0 && issue::is_open(state_of(g.confirmed));
        // Two messages that are hardly alike are neither one matter nor many of one kind. Of an issue that was there
        // the likeness says nothing of what came to it.
        const std::size_t fewest = g.confirmed == 0 && !g.cohesive ? 3 : 2;
        if (items.empty() || (!open && items.size() < fewest)) continue;
        std::vector<const Piece*> members;
        std::set<Item> texts;
        for (const Item one : items) members.push_back(at.at(one)), texts.insert(first.at(one));
        const text::Label label = labels.of(i);
        Group group;
        group.id = items.front();
        if (open) group.issue = issue::IssueId(g.confirmed);
        if (g.confirmed != 0 && !open) group.resembles = issue::IssueId(g.confirmed);
        group.topic = g.topic;
        group.cycle = round_of(members, desk);
        group.example = std::binary_search(items.begin(), items.end(), g.example) ? g.example : items.front();
        group.people = distinct(members);
        group.items = std::ssize(items), group.texts = std::ssize(texts);
        group.cohesion = static_cast<std::int64_t>(g.cohesion * 10'000 + 0.5);
        group.cohesive = g.cohesive;
        group.keywords = label.keywords, group.districts = label.districts;
        for (const Item one : items) in[one] = group.id;
        out.groups.push_back(std::move(group));
    }
    for (const Piece& p : pieces) {
        const auto group = in.find(p.item);
        out.items.push_back({p.item, group == in.end() ? 0 : group->second, first.at(p.item)});
    }
    return out;
}

bool refresh(db::Database& database, const kernel::Clock& clock, const std::function<bool()>& go_on,
             const std::function<void(std::int64_t, std::int64_t)>& progress) {
    const auto began = Steady::now();
    const auto tell = [&](int step) {
        if (progress) progress(step, steps);
    };
    tell(0);
    const std::int64_t since = ledger::size(*database.read());
    const std::vector<cycle::Cycle> rounds = open_rounds(*database.read());
    const std::vector<Piece> pieces = corpus(database, rounds, most_pieces, go_on);
    if (!go_on()) return false;
    tell(1);
    std::map<std::int64_t, issue::State> states;
    std::set<std::pair<std::int64_t, Item>> out;
    std::vector<cycle::Cycle> preparing;
    {
        auto db = database.read();
        for (const Piece& p : pieces)
            if (p.issue != 0 && !states.contains(p.issue))
                states[p.issue] = issue::issue(*db, issue::IssueId(p.issue))->state;
        out = all_kept_out(*db);
        preparing = rounds_in_preparation(*db);
    }
    const auto state_of = [&](std::int64_t id) { return states.at(id); };
    Suggestions all = suggestions(pieces, out, state_of, rounds.front().id, refresh_threads);
    std::size_t read = pieces.size();
    // Each round that is being prepared by itself: what cannot be taken up yet holds up nothing that can, and is in no
    // number that everybody sees.
    for (const cycle::Cycle& c : preparing) {
        const std::vector<Piece> its = corpus(database, {c}, most_pieces - read, go_on);
        if (!go_on()) return false;
        read += its.size();
        append(all, suggestions(its, out, state_of, c.id, refresh_threads));
    }
    tell(2);
    if (!go_on()) return false;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - began).count();
    const Run run{clock.now(), static_cast<std::int64_t>(read), read == most_pieces ? 1 : 0, std::ssize(all.groups),
                  took};
    write(*database.derived(), all.groups, all.items, run, since);
    tell(steps);
    return true;
}

std::vector<Suggestion> suggested(db::Connection& db, people::CycleId cycle, int at_most) {
    std::vector<Suggestion> all;
    for (const Group& g : groups(db, cycle, std::nullopt, at_most)) {
        std::vector<Item> items;
        for (const Grouped& one : grouped(db, g.id, 0, static_cast<int>(issue::most_at_once)))
            items.push_back(one.item);
        all.push_back({g.cycle, g.people, as_items(items), g.issue});
    }
    return all;
}

void group_now(const people::Needs& needs) {
    catch_up(needs);
    refresh(needs.database, needs.clock, [] { return true; });
}

void catch_up(const people::Needs& needs) { ledger::catch_up(needs.database, follower()); }

std::vector<jobs::Task> tasks(const people::Needs& needs, std::shared_ptr<Live> live) {
    const auto go_on = [](jobs::Run& run) { return [&run] { return !run.stopping(); }; };
    std::vector<jobs::Task> all;
    all.push_back({"discovery.follow", 2, [&needs, live, go_on](jobs::Run& run) {
                       jobs::stand_back();
                       ledger::catch_up(needs.database, follower());
                       live->sync(needs.database, go_on(run));
                   }});
    all.push_back(
        {"discovery.refresh", 5,
         [&needs, live, go_on](jobs::Run& run) {
             const auto began = Steady::now();
             if (began < live->rests_until || !live->take_changed()) return;
             jobs::stand_back();
             ledger::catch_up(needs.database, follower());
             const auto tell = [&](std::int64_t done, std::int64_t of) { run.progress(done, of); };
             if (!refresh(needs.database, needs.clock, go_on(run), tell)) return live->changed();
             const auto took = Steady::now() - began;
             live->rests_until =
                 Steady::now() + (took < short_run ? Steady::duration(shortest_pause) : took * (share_of_time - 1));
             watch::info("discovery.refreshed",
                         {{"milliseconds", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}});
         },
         3});
    all.push_back({"discovery.categories", 3600,
                   [&needs, live, go_on](jobs::Run& run) {
                       jobs::stand_back();
                       live->categories.learn(needs.database, needs.clock, go_on(run));
                   },
                   10});
    return all;
}

}  // namespace discovery
