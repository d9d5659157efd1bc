// The rows of voices: what each Change writes, and this feature's queries; the only place with its SQL, parted by idea
// into store.cc (voices, words, lists), case_store.cc and case_read_store.cc, and others by their names.
// Reads: any connection; apply and forget: the writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "voice.h"

namespace voice {

// ---- writing -------------------------------------------------------------------------------------------------------
void apply(db::Connection&, const ledger::Entry&);       // every kind of change.h
void forget_words(db::Connection&, std::int64_t index);  // of voice.received and voice.imported
void forget_imported(db::Connection&, std::int64_t index);
void forget_title(db::Connection&, std::int64_t index);  // of voice.split_off; its passage is its whole's
void forget_step(db::Connection&, std::int64_t index);   // of everything that happened to a voice
void forget_report(db::Connection&, std::int64_t index);

// ---- a case as acts and the desk see it ----------------------------------------------------------------------------
struct Case {
    VoiceId id;
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    Audience audience = Audience::open;
    Shown shown = Shown::published;
    State state = State::received;
    Way way = Way::web;
    bool by_staff = false, sample = false;
    std::optional<people::OfficerId> typist;
    std::optional<people::ParticipantId> author;
    kernel::Instant received;
    int photos = 0, papers = 0;
    std::string source;
    std::optional<people::UnitId> unit;
    std::optional<people::OfficerId> officer;
    std::optional<kernel::Day> assigned_on;
    std::optional<kernel::Day> due, late_from;  // late_from: the first working day after due
    std::optional<kernel::Day> next_day;        // when the clock looks at it
    int late_days = 0;                          // as the clock entered them last; stays when answered
    int overdue = 0;                            // now: 1, or 2 when for long; 0 when not
    int reopened = 0, bounced = 0;
    int extended = 0;                       // how many times
    std::optional<kernel::Day> asked_on;    // the day the clock was stopped last
    std::optional<deadline::Reason> pause;  // why it stands, when it does
    int paused_for = 0;                     // bits by Reason: once for each
    bool was_paused_for(deadline::Reason reason) const { return (paused_for >> static_cast<int>(reason) & 1) != 0; }
    bool paused_otherwise() const { return pause && *pause != deadline::Reason::author_asked; }
    kernel::Instant assigned_at;                         // of the newest assignment
    bool returnable = true;                              // by that assignment
    std::optional<kernel::Day> accept_next, reply_next;  // when the clock looks at each duty
    std::int64_t preset = 0;                             // the entry of the preset it goes by; 0: by its terms
    std::optional<std::int64_t> table;                   // of routing, when there was one
    std::string category, district;
    std::optional<Answer> answer;  // the newest, with its entry
    std::optional<std::int64_t> answer_entry;
    std::optional<people::OfficerId> answered_by;
    std::optional<kernel::Day> promised;
    std::optional<Agreement> agreement;  // of the newest answer
    std::optional<int> rating;
    std::optional<bool> solved;
    std::optional<kernel::Day> term;  // the last day to rate or reopen
    std::optional<Ground> ground;     // while held or hidden
    std::optional<kernel::Day> held_until;
    bool held_once = false;                      // by a moderator
    std::optional<people::OfficerId> hidden_by;  // who held or hid it; nobody when it was held on arrival
    std::optional<std::int64_t> hidden_entry;
    std::optional<std::int64_t> appeal;       // one that waits for its decision
    std::optional<std::int64_t> appealed_of;  // the hiding the author has appealed against already
    std::optional<VoiceId> master;
    std::optional<VoiceId> joined_to;           // whose answer holds for this one too
    std::optional<Before> before;               // taken over from another register
    bool apart = false;                         // its author said that it is not the same
    std::optional<VoiceId> part_of;             // the message that it is a part of
    bool whole = false;                         // its author said that it is one matter: never split again
    int call_tries = 0;                         // for the newest answer; most_calls when the author wants no more
    std::optional<people::UnitId> rating_unit;  // that asked by telephone, where the rating came so
    change::Terms terms;

    bool open() const { return state < State::answered; }  // the unit owes something
    bool is_public() const { return shown == Shown::published; }
};
std::optional<Case> find_case(db::Connection&, VoiceId);
Voice public_view(const Case&, const std::optional<change::Words>&);  // words only when everybody may read them
// Nothing once they were erased.
std::optional<change::Words> find_words(db::Connection&, VoiceId);

// ---- history -------------------------------------------------------------------------------------------------------
// The numbers are stored.
enum class What {
    published,
    published_late,
    held,
    hidden,
    shown_again,
    appealed,
    appeal_refused,
    reported,
    report_kept,
    report_hidden,
    assigned,
    bounced,
    asked_back,
    resumed,
    answered,
    extended,
    late_accept,
    late_reply,
    closed,
    closed_unrated,
    kind_corrected,
    answer_corrected,
    word_added,
    word_given,
    rated,
    reopened,
    reopened_superior,
    withdrawn,
    withdrawn_asked,
    joined,
    due_sooner,
    parted,
    kept_apart,
    answered_with,
    agreement_confirmed,
    agreement_denied,
    agreement_kept,
    agreement_broken,
    agreement_found_kept,
    agreement_found_broken,
    agreement_unsaid,
    routed,
    paused,
    resumed_by_officer,
    reminder,
    due_today,
    place_corrected,
    called_rated,
    called_not_reached,
    called_refused,
    called_reopened,
    called_reopened_superior,
    found_open,
    split,
    split_off,
    kept_whole,
    put_together,
};
std::string_view name(What);  // as in message keys voice.step_…
// The words of a slip: where those of the history say to whom, until when or how much, short ones without.
std::string slip_key(What);
struct Step {
    std::int64_t entry = 0;
    What what = What::published;
    kernel::Instant minute;
    std::optional<people::OfficerId> officer;  // who did it
    std::optional<people::UnitId> unit;
    std::optional<std::int64_t>
        number;  // ground, answer, kind, handler, stars (negative: not solved), working days, nth, the other voice
    std::optional<kernel::Day> day;   // due, term, promised, until
    std::optional<std::string> text;  // nothing once it was erased
};
std::vector<Step> steps(db::Connection&, VoiceId);  // oldest first
// The newest entry by which somebody did something with it, its own when nobody has: not the clock, no report.
std::int64_t newest_act(db::Connection&, VoiceId);
std::optional<Step> step(db::Connection&, std::int64_t entry, VoiceId* of = nullptr);

// ---- lists ---------------------------------------------------------------------------------------------------------
// A case and the day it is looked for by: where a page of a list ends, and what the clock finds.
struct Ringing {
    kernel::Day day;
    VoiceId voice;
};
// What waits, the most pressing first, after the one with this due day.
struct DeskFilter {
    std::optional<people::UnitId> unit;  // nothing: what no unit has
    std::optional<people::OfficerId> officer;
    std::optional<people::OfficerId> not_of = {};  // handed to somebody else, or to nobody yet
    bool late_only = false;
    std::optional<Ringing> after;
};
struct Waiting {
    Voice voice;
    std::string excerpt;  // of title or text, also of what the public may not read
};
std::vector<Waiting> waiting(db::Connection&, const DeskFilter&, int at_most);
db::Query waiting_query(const DeskFilter&, int at_most);  // its query, for the test that it never scans
// What the clock has sent up: a step after its last day named these posts, and the answer is still owed. The
// most pressing first, after the one with this due day.
struct Escalated {
    std::optional<people::UnitId> of_unit;   // whose head is asked for
    std::vector<people::UnitId> from_below;  // whose unit above is
    bool inspector = false;                  // of all units
    std::optional<Ringing> after;
};
std::vector<Waiting> escalated(db::Connection&, const Escalated&, int at_most);
// What these said, newest first; `before`: older than this one.
std::vector<VoiceId> by_authors(db::Connection&, const std::vector<people::ParticipantId>&,
                                std::optional<VoiceId> before, int at_most);
std::vector<VoiceId> same_as(db::Connection&, VoiceId master, VoiceId after, int at_most);      // oldest first
std::vector<VoiceId> joined_with(db::Connection&, VoiceId master, VoiceId after, int at_most);  // oldest first
bool has_joined(db::Connection&, VoiceId master);                                               // some wait with it
std::vector<VoiceId> part_ids(db::Connection&, VoiceId whole);                                  // in their order
// Those that wait with another voice, in the order of (master, voice), after the pair given.
struct Pair {
    VoiceId master, voice;
};
std::vector<Pair> waiting_with(db::Connection&, Pair after, int at_most);
struct Report {
    std::int64_t entry = 0;
    VoiceId voice;
    Ground ground = Ground::personal_data;
    bool decided = false;
    std::optional<std::string> remark;
};
std::optional<Report> find_report(db::Connection&, std::int64_t entry);
// What waits for moderators, after where a page of it ended: the most pressing of what is held, the oldest of the
// others.
std::vector<Ringing> held_voices(db::Connection&, std::optional<Ringing> after, int at_most);
struct Appeal {
    std::int64_t entry = 0;
    VoiceId voice;
};
std::vector<Appeal> open_appeals(db::Connection&, std::int64_t after, int at_most);
std::vector<Report> open_reports(db::Connection&, std::int64_t after, int at_most);
struct ToModerate {
    std::int64_t held = 0, appeals = 0, reports = 0;
};
ToModerate to_moderate(db::Connection&);

// ---- the clock -----------------------------------------------------------------------------------------------------
// Cases whose next_day is not after `today`, in the order of (next_day, id), after the one given.
std::vector<Ringing> ringing(db::Connection&, kernel::Day today, Ringing after, int at_most);
// Agreements whose day is before `today`, and of which nobody has said whether they were kept.
std::vector<Ringing> agreements_over(db::Connection&, kernel::Day today, Ringing after, int at_most);
std::vector<Ringing> held_too_long(db::Connection&, kernel::Day today, Ringing after, int at_most);

std::optional<VoiceId> of_origin(db::Connection&, const kernel::Hash& key);
// ---- around --------------------------------------------------------------------------------------------------------
std::optional<kernel::Hash> seal_key(db::Connection&);
std::int64_t place_count(db::Connection&);
bool place_known(db::Connection&, std::string_view name);
// Names that contain `part` (exact characters); all when it is empty. In the order of the list.
std::vector<std::string> places(db::Connection&, std::string_view part, int at_most);
struct Progress {
    std::int64_t row = 0, taken = 0;
};
Progress import_progress(db::Connection&, const std::string& file, people::CycleId);

}  // namespace voice
