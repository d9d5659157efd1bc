// What an issue weighs: heat, difficulty, focus, division, each with its parts, as they were counted on a day. Kept in
// derived.db by a follower of the log and a job; formulas: <text/scores.h>, <opinion/division.h>. Figures are
// thousandths.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>
#include <voice/weighed.h>

#include "issue.h"

namespace issue {

struct Score {
    IssueId issue;
    kernel::Day day, next_day;  // for which it was counted; on which it is counted again in any case
    std::int64_t people = 0, messages = 0;
    std::optional<kernel::Day> first_day;  // of its first message
    std::int64_t heat = 0, heat_plain = 0, growth = 0;
    std::int64_t heat_people = 0, copying = 0;  // who names nobody counts singly; who sent nothing but copies
    std::int64_t difficulty = 0;
    std::int64_t oldest_days = 0, reopened = 0, extended = 0, units = 0, rounds = 0;
    std::int64_t focus = 0;
    std::int64_t answers = 0, refused = 0, appeals = 0, dissatisfied = 0;
    std::optional<std::int64_t> division;
    std::int64_t divided_statements = 0, divided_votes = 0;
    friend bool operator==(const Score&, const Score&) = default;
};
struct Week {
    std::int64_t week = 0, messages = 0, people = 0;  // weeks begin on Mondays
    friend bool operator==(const Week&, const Week&) = default;
};
inline constexpr std::int64_t weeks_shown = 12;
std::int64_t week_of(kernel::Day);
kernel::Day first_day_of_week(std::int64_t week);
struct District {
    std::string code;
    std::int64_t messages = 0;
    friend bool operator==(const District&, const District&) = default;
};
struct Weight {  // all that is kept of an issue
    Score score;
    std::vector<Week> weeks;
    std::vector<District> districts;
    friend bool operator==(const Weight&, const Weight&) = default;
};

// Pure: out of its messages, of which `copies` (ascending) copy another person's, and of what groups of opinion said.
struct Counted {
    const Issue& issue;
    const std::vector<voice::Weighed>& messages;
    const std::vector<voice::VoiceId>& copies;
    std::int64_t earlier_rounds = 0;
    std::vector<std::vector<Opinion>> opinions;
};
Weight weigh(const Counted&, kernel::Day today);
// Of which another person's text is a copy; `texts` of these messages, in their order.
std::vector<voice::VoiceId> copies_among(const std::vector<voice::Weighed>&,
                                         const std::vector<voice::OpenWords>& texts);

// The numbers are stored.
enum class Sort { newest, people, heat, difficulty, focus, division };
inline constexpr std::array all_sorts = {Sort::newest,     Sort::people, Sort::heat,
                                         Sort::difficulty, Sort::focus,  Sort::division};
std::string_view name(Sort);
std::optional<Sort> parse_sort(std::string_view);

// ---- rows ----------------------------------------------------------------------------------------------------------
void mark(db::Connection& derived, IssueId, bool texts);
void mark_of_voice(db::Connection& derived, voice::VoiceId, bool texts);  // the issues that it is in
struct Marked {
    IssueId issue;
    bool texts = false;
};
std::vector<Marked> to_count(db::Connection&, kernel::Day today, int at_most);  // marked, then those whose day has come
std::int64_t how_many_to_count(db::Connection&, kernel::Day today);
std::vector<voice::VoiceId> copies_of(db::Connection&, IssueId);
void put_copies(db::Connection& derived, IssueId, const std::vector<voice::VoiceId>&);
void put(db::Connection& derived, const Issue&, const std::vector<Carried>&, const Weight&);
void unmark(db::Connection& derived, IssueId);
void counted_once_more(db::Connection& derived);
std::int64_t times_counted(db::Connection&);

std::optional<Weight> weight(db::Connection&, IssueId);
std::map<IssueId, Weight> weights(db::Connection&, const std::vector<IssueId>&);  // without districts
struct Ranked {
    std::int64_t value = 0;
    IssueId issue;
};
// The largest first, of equals the newest; those after `before`. Of division only those where it is known.
std::vector<Ranked> ranked(db::Connection&, std::optional<people::CycleId>, std::optional<State>, Sort,
                           std::optional<Ranked> before, int at_most);

// ---- the job -------------------------------------------------------------------------------------------------------
ledger::Follower follower();
// Counts what is to be counted, at most so many issues; how many that were.
int count_some(const people::Needs&, const OpinionGroups&, int at_most, const std::function<bool()>& stopping);

}  // namespace issue
