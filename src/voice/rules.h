// What may happen to a voice, as pure functions: (what is, what is asked, today) -> Result<Change>. No clock, no
// database. Days are counted with the calendar in force now; how long each duty lasts, what stops its clock and who is
// told was frozen into the case when it came: the preset of its entry, or its own terms.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include <deadline/clock.h>
#include <kernel/calendar.h>
#include <preset/preset.h>
#include <routing/routing.h>

#include "change.h"
#include "store.h"
#include "voice.h"

namespace voice::rules {

struct Today {
    kernel::Day day;
    const kernel::Calendar& calendar;
    const preset::Casework& casework;  // of the case
    kernel::Instant now = {};          // for what is counted in hours
};

// What a case goes by that started while no preset was adopted: its terms, and the neutral preset for all else.
preset::Casework casework_of(const change::Terms&);

// ---- days ----------------------------------------------------------------------------------------------------------
// The last day of an answer, `term` after `from`, and when the clock looks at it next.
change::Counted counted(Today, kernel::Day from, const deadline::Term& term);
// The last day moved to `due` at the end of a longer term, or by a pause: counted on from the one before, in the unit
// in which the answer is counted.
change::Counted moved(const Case&, kernel::Day due, Today);
// The clock stood from asked_on until today, at most until the day granted: the last day moves as far. What was late
// already stays so: nobody is in time again by asking.
change::Counted gone_on(const Case&, Today);
// A duty's ladder, which always has a step on the first working day after the last: that something is late is known.
deadline::Ladder ladder_of(const deadline::Duty&);
// The first day after today on which one of its steps is entered; nothing when there is none any more.
std::optional<kernel::Day> next_look(const deadline::Duty&, kernel::Day from, kernel::Day due, Today);

// Who asks, as far as this case is concerned. Roles are those of the state, not of the session.
struct Who {
    people::OfficerId officer;  // zero: nobody signed in
    people::UnitId unit;
    std::vector<people::Role> roles;
    bool active = true;       // the account
    bool in_unit = false;     // of the unit that has the case
    bool above = false;       // of a unit above it, or of the same
    bool independent = true;  // neither in the case's unit nor under it
    bool author = false;      // the voice is theirs, shown by code or browser
    bool had_part = false;    // in writing it down, beside who typed it
    bool has(people::Role) const;
};

enum class Act {
    assign,
    bounce,
    ask_back,
    pause,
    resume,
    answer,
    extend,
    correct_kind,
    correct_place,
    correct_answer,
    join,
    part,
    split,
    put_together,
    find_agreement,
    call_back,  // officers
    publish,
    hold,
    hide,
    show_again,
    refuse_appeal,
    decide_report,  // moderators
    add_word,
    rate,
    reopen,
    withdraw,
    appeal,
    keep_apart,
    keep_whole,
    agree,
    judge_agreement,  // the author
};
inline constexpr Act all_acts[] = {Act::assign,         Act::bounce,        Act::ask_back,
                                   Act::answer,         Act::pause,         Act::resume,
                                   Act::extend,         Act::correct_kind,  Act::correct_answer,
                                   Act::join,           Act::correct_place, Act::part,
                                   Act::publish,        Act::hold,          Act::hide,
                                   Act::show_again,     Act::refuse_appeal, Act::decide_report,
                                   Act::add_word,       Act::rate,          Act::reopen,
                                   Act::withdraw,       Act::appeal,        Act::keep_apart,
                                   Act::find_agreement, Act::agree,         Act::judge_agreement,
                                   Act::call_back,      Act::split,         Act::put_together,
                                   Act::keep_whole};

// By state, role, unit, and who did what in this matter before. In this order: people.sign_in_first, unauthenticated;
// people.account_closed, voice.needs_clerk, voice.needs_officer, voice.needs_head, voice.needs_moderator,
// voice.not_yours, voice.unit_concerned, voice.same_person, voice.code_wrong, forbidden; voice.refused_STATE,
// voice.refused_SHOWN, voice.no_appeal and the like, conflict. What is asked in detail is checked by the functions
// below, which call it.
kernel::Checked may(Act, const Case&, const Who&);

// ---- a voice comes in ----------------------------------------------------------------------------------------------
// What holds at the moment for the kind of voice that is sent, and about who sends it.
struct Incoming {
    Today today;
    change::Terms terms;                    // where no preset was adopted
    std::int64_t preset = 0;                // the entry of the one in force
    const routing::Table* table = nullptr;  // in force
    int hold_days = 2;
    bool personal_numbers = false;  // found in the text, and the author sends it all the same
    bool place_known = true;        // or no list to choose from
    std::string contact = {};       // where to turn with a complaint about a person
    Who who = {};
};
// The speaker is sealed in by the act.
kernel::Result<change::Received> receive(const Draft&, const Incoming&);
kernel::Result<change::Imported> import(const Draft&);
// What the table lists; voice.category_unknown, voice.district_unknown at their fields. No table: no code.
kernel::Checked listed(const routing::Table*, std::string_view category, std::string_view district);
// The unit that its table names for it; nothing when none does: then a clerk assigns. Of what not everybody may read
// the row is chosen without the district, because it is public which row it was.
std::optional<change::Assigned> routed(VoiceId, const change::Received&, const routing::Table&, kernel::Day today);
bool valid_position(std::string_view);  // "31.2304,121.4737", at most 4 decimals
bool valid_language(std::string_view);  // BCP 47 in outline

// ---- the case ------------------------------------------------------------------------------------------------------
struct Assignment {
    std::optional<people::Unit> unit;  // the one asked for, when it exists
    bool under_actor = false;          // it is the actor's own or under it
    bool officer_asked = false;
    std::optional<people::Officer> officer;  // the one asked for, when they exist
};
kernel::Result<change::Assigned> assign(const Case&, const Who&, const Assignment&, Today);
kernel::Result<change::Bounced> bounce(const Case&, const Who&, std::string_view reason, Today);
kernel::Result<change::AskedBack> ask_back(const Case&, const Who&, std::string_view question, Today);
// The clock stands for a reason that the case's preset grants, once for each: voice.pause_unknown at "stop",
// voice.paused_before.
kernel::Result<change::Paused> pause(const Case&, const Who&, deadline::Reason, std::string_view text, Today);
kernel::Result<change::Resumed> resume(const Case&, const Who&, Today);
kernel::Result<change::Answered> answer(const Case&, const Who&, Answer, std::string_view text,
                                        std::optional<kernel::Day> by, Today,
                                        bool released = false);  // by a second person
kernel::Result<change::Extended> extend(const Case&, const Who&, kernel::Day due, std::string_view reason, Today);
kernel::Result<change::Corrected> correct_kind(const Case&, const Who&, Kind, std::string_view reason);
kernel::Result<change::Corrected> correct_place(const Case&, const Who&, std::string_view category,
                                                std::string_view district, const routing::Table*,
                                                std::string_view reason);
kernel::Result<change::Corrected> correct_answer(const Case&, const Who&, Answer, std::optional<kernel::Day> by,
                                                 std::string_view reason, Today);
// What joining enters: that it is joined, and the other's earlier last day. `own`: how its own last day was counted;
// `has_joined`: others wait with it.
struct Joining {
    change::Joined joined;
    std::optional<change::DueSooner> sooner;
};
kernel::Result<Joining> join(const Case&, const Who&, const std::optional<Case>& master, bool has_joined,
                             const change::Counted& own, std::string_view reason);
kernel::Result<change::Parted> part(const Case&, const Who&, std::string_view reason);

// ---- a message that holds several matters ---------------------------------------------------------------------------
// What is asked of one part, as the form says it; its fields stand there with its number: "title_2", "passage_2" …
struct PartAsked {
    PartDraft draft;
    std::optional<people::Unit> unit;  // the one asked for, when it exists
    bool under_actor = false;          // it is the actor's own or under it
};
struct Splitting {
    change::Split split;
    std::vector<change::SplitOff> parts;
};
// `text`: of the message, nothing once it was erased. `own`: how its last day was counted; a part whose kind has a
// shorter term is due by that, from the same first day, and none is due later than the whole was.
kernel::Result<Splitting> split(const Case&, const Who&, const std::vector<PartAsked>&,
                                const std::optional<std::string>& text, bool has_joined, const change::Counted& own,
                                const routing::Table*, Today);
// Where the words stand in the text: in one piece, or in pieces with empty lines between them. Runs of white space are
// all alike. Nothing where a piece is not there.
std::optional<std::vector<change::Passage>> passages(std::string_view text, std::string_view words);
// Only while nothing has come of any part: each is handled still, was never answered, and no other waits with it.
kernel::Checked parts_untouched(const std::vector<Case>& parts, bool has_joined);
kernel::Result<change::PutTogether> put_together(const Case&, const Who&, const std::vector<Case>& parts,
                                                 bool has_joined, std::string_view reason);
kernel::Result<change::KeptWhole> keep_whole(const Case&, const Who&, const std::vector<Case>& parts, bool has_joined,
                                             std::string_view reason);

// ---- publication ---------------------------------------------------------------------------------------------------
kernel::Result<change::Published> publish(const Case&, const Who&);
kernel::Result<change::PutOnHold> hold(const Case&, const Who&, Ground, std::string_view remark, int hold_days, Today);
// `master`: the voice it is said to repeat, when it exists.
kernel::Result<change::Hidden> hide(const Case&, const Who&, Ground, std::string_view remark,
                                    const std::optional<Case>& master);
kernel::Result<change::ShownAgain> show_again(const Case&, const Who&, std::string_view remark);
kernel::Result<change::AppealRefused> refuse_appeal(const Case&, const Who&, std::string_view remark);
kernel::Result<change::Reported> report(const Case&, Ground, std::string_view remark);
kernel::Result<change::ReportDecided> decide_report(const Case&, const Who&, const Report&, bool hide,
                                                    std::string_view remark);

// ---- by the author -------------------------------------------------------------------------------------------------
kernel::Result<change::WordAdded> add_word(const Case&, const Who&, std::string_view text, Today);
kernel::Result<change::Rated> rate(const Case&, const Who&, bool solved, int stars, std::string_view words, Today);
// `superior`: the unit above the case's, if there is one.
kernel::Result<change::Reopened> reopen(const Case&, const Who&, std::string_view reason,
                                        std::optional<people::UnitId> superior, Today);
kernel::Result<change::KeptApart> keep_apart(const Case&, const Who&, std::string_view reason);
kernel::Result<change::Withdrawn> withdraw(const Case&, const Who&, bool unit_asked);
kernel::Result<change::Appealed> appeal(const Case&, const Who&, std::string_view reason);

// `agreement_text` is the field that the author's words stand at.
kernel::Result<change::AgreementSaid> say_agreed(const Case&, const Who&, bool agrees, std::string_view text);
kernel::Result<change::AgreementJudged> judge_agreement(const Case&, const Who&, bool kept, std::string_view text,
                                                        Today);
kernel::Result<change::AgreementFound> find_agreement(const Case&, const Who&, bool kept, std::string_view reason,
                                                      Today);

// For an author who has no code. `superior`: the unit above the case's, if there is one.
kernel::Result<change::CalledBack> call_back(const Case&, const Who&, const Called&, std::string_view said,
                                             std::optional<people::UnitId> superior, Today);
// What a spot check found is not what was said: closed cases alone, whatever their term and however often reopened.
// `unit_open`: the unit that has it is still there.
kernel::Result<change::FoundOpen> find_open(const Case&, std::int64_t look, bool unit_open, Today);

// ---- by the clock: nothing when it is not time yet ------------------------------------------------------------------
// The newest step of the ladder whose day has come: before or on the last day, or after it.
std::optional<change::DueSoon> due_soon(const Case&, Today);
std::optional<change::Late> late(const Case&, Today);
std::optional<change::Resumed> resume_over(const Case&, Today);
std::optional<change::Closed> close(const Case&, Today);
// The term for rating has passed after the day agreed on.
std::optional<change::AgreementFound> agreement_unsaid(const Case&, Today);
std::optional<change::AnsweredWith> answered_with(const Case&, const Case& master, Today);
std::optional<change::Parted> parted(const Case&, const Case& master);
std::optional<change::Published> publish_late(const Case&, Today);

}  // namespace voice::rules
