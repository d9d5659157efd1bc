// Finding issues in what people say: suggestions by the program, which people take up, and what is like a text that
// somebody is writing. How it is found: src/text, docs/issue-discovery.md.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cycle/cycle.h>
#include <issue/issue.h>
#include <people/people.h>
#include <voice/voice.h>

namespace discovery {

// The index in memory. Made once; thread-safe. Empty until its task has read everything, seconds after the start.
class Live;
std::shared_ptr<Live> live();

// What everybody may read and join that says the same: nearest first, of one matter only the nearest.
struct Alike {
    voice::VoiceId voice;
    std::int64_t people = 0;  // who said so, as far as the program or staff have gathered it; at least 1
    std::optional<issue::IssueId> issue;
    double likeness = 0;
};
inline constexpr double least_alike = 0.25;
// Never `except` or what is in one issue with it. Any thread; a few milliseconds among a million.
std::vector<Alike> alike(db::Connection&, const Live&, std::string_view title, std::string_view text, int most,
                         std::optional<voice::VoiceId> except = {});

// What the program suggests now for a round or the desk, with most people first.
struct Suggestion {
    people::CycleId cycle;
    std::int64_t people = 0;
    issue::Items items;                   // the first 5,000
    std::optional<issue::IssueId> issue;  // the open one that they may belong to
};
std::vector<Suggestion> suggested(db::Connection&, people::CycleId, int at_most);
void group_now(const people::Needs&);  // what the task does in the background

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Hooks {
    // How somebody joins a message instead of sending another, as a form; may be empty.
    std::function<page::Html(const http::Request&, db::Connection&, voice::VoiceId)> join;
};
void add_routes(http::Router&, const people::Needs&, std::shared_ptr<Live>);
// discovery.follow: reads what is new, every two seconds. discovery.refresh: groups everything anew when something
// changed, where it takes long a twentieth of the time. discovery.categories: learns from answered cases, once an hour.
std::vector<jobs::Task> tasks(const people::Needs&, std::shared_ptr<Live>);
void catch_up(const people::Needs&);  // with the log, now: before the files of erased words are wiped
// After sending, on the page of the receipt: who else said so. Nothing for entries that are no public message; of what
// staff typed, for them, also where it is for the unit alone, and how the cases are joined.
page::Html part_of_receipt(const http::Request&, db::Connection&, const Live&, const Hooks&, std::int64_t entry);
// At a case, for those who may read it: the category that the program suggests, where it is another than the case has.
std::function<page::Html(const http::Request&, db::Connection&, voice::VoiceId)> part_of_desk(std::shared_ptr<Live>);
// On a round's or the issues' page, for staff: how many suggestions wait.
page::Html part_of_cycle(const http::Request&, db::Connection&, const cycle::Cycle&);

}  // namespace discovery
