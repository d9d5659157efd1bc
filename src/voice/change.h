// What can happen to a voice, as typed values, and its permanent encoding in the ledger. Facts hold ids, kinds, states,
// days; words hold what people wrote. Rules and figures read facts only, so that erasing words changes neither.
//
// Who spoke stands in the facts sealed (seal.h): facts are served to everybody. For speakers' acts the subject is the
// cycle; `parent` names the voice an act is about.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <deadline/clock.h>
#include <ledger/ledger.h>

#include "call_back.h"
#include "incoming.h"
#include "voice.h"

namespace voice::change {

// ---- publication ---------------------------------------------------------------------------------------------------
struct Published {  // by officer 0: the clock, because nobody looked in time
    VoiceId voice;
    people::OfficerId by;
    friend bool operator==(const Published&, const Published&) = default;
};
struct PutOnHold {
    VoiceId voice;
    Held held;
    people::OfficerId by;
    std::optional<std::string> remark;
    friend bool operator==(const PutOnHold&, const PutOnHold&) = default;
};
struct Hidden {
    VoiceId voice;
    Ground ground = Ground::personal_data;
    std::optional<VoiceId> master;
    people::OfficerId by;
    std::optional<std::string> remark;
    friend bool operator==(const Hidden&, const Hidden&) = default;
};
struct ShownAgain {
    VoiceId voice;
    std::optional<std::int64_t> appeal;
    people::OfficerId by;
    std::optional<std::string> remark;
    friend bool operator==(const ShownAgain&, const ShownAgain&) = default;
};
struct AppealRefused {
    VoiceId voice;
    std::int64_t appeal = 0;
    people::OfficerId by;
    std::optional<std::string> remark;
    friend bool operator==(const AppealRefused&, const AppealRefused&) = default;
};
struct Reported {
    people::CycleId cycle;
    VoiceId voice;
    Ground ground = Ground::personal_data;
    std::optional<std::string> remark;
    friend bool operator==(const Reported&, const Reported&) = default;
};
struct ReportDecided {
    VoiceId voice;
    std::int64_t report = 0;
    bool hidden = false;
    people::OfficerId by;
    std::optional<std::string> remark;
    friend bool operator==(const ReportDecided&, const ReportDecided&) = default;
};

// ---- the case ------------------------------------------------------------------------------------------------------
struct Assigned {
    VoiceId voice;
    people::UnitId unit;
    std::optional<people::OfficerId> officer;
    kernel::Day day;
    people::OfficerId by;
    // Version 2, by officer 0: the row of the table that says so, from 0; and whether the unit may hand it back.
    std::optional<std::int64_t> table;
    std::int64_t row = 0;
    bool returnable = true;
    friend bool operator==(const Assigned&, const Assigned&) = default;
};
struct Bounced {
    VoiceId voice;
    people::UnitId unit;  // that says it is not its own
    people::OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const Bounced&, const Bounced&) = default;
};
struct AskedBack {
    VoiceId voice;
    kernel::Day day, until;  // the clock stands from `day`, at the longest to the end of `until`
    people::OfficerId by;
    std::optional<std::string> question;
    friend bool operator==(const AskedBack&, const AskedBack&) = default;
};
struct Paused {  // the clock stands from `day`, at the longest to the end of `until`
    VoiceId voice;
    deadline::Reason reason = deadline::Reason::third_party;
    kernel::Day day, until;
    people::OfficerId by;
    std::optional<std::string> text;
    friend bool operator==(const Paused&, const Paused&) = default;
};
struct Resumed {  // by the clock, because the longest pause is over; or by an officer, because its reason is
    VoiceId voice;
    Counted reply;
    people::OfficerId by;  // 0: the clock
    friend bool operator==(const Resumed&, const Resumed&) = default;
};
struct Answered {
    VoiceId voice;
    Answer answer = Answer::done;
    std::optional<kernel::Day> promised;
    kernel::Day term;  // the last day to rate or reopen
    people::OfficerId by;
    std::optional<std::string> text;
    friend bool operator==(const Answered&, const Answered&) = default;
};
struct Extended {
    VoiceId voice;
    Counted reply;
    people::OfficerId by;  // who approved it
    std::optional<std::string> reason;
    friend bool operator==(const Extended&, const Extended&) = default;
};
enum class Duty { accept, reply };  // the numbers are stored
// A step of the ladder, version 2: how much it weighs, which posts it goes to, whether everybody sees it.
struct Rung {
    deadline::Level level = deadline::Level::overdue;
    std::vector<deadline::Whom> to;
    bool is_public = true;
    friend bool operator==(const Rung&, const Rung&) = default;
};
struct Late {  // by the clock
    VoiceId voice;
    Duty duty = Duty::reply;
    int days = 0;                     // working days
    std::optional<kernel::Day> next;  // when the clock looks again; never nothing in version 1
    std::optional<Rung> rung;         // nothing: version 1, which is on the page of what is overdue
    friend bool operator==(const Late&, const Late&) = default;
};
struct DueSoon {  // by the clock, on the due day or before it
    VoiceId voice;
    Duty duty = Duty::reply;
    int left = 0;  // working days until the due day, which is the last of them
    Rung rung;
    std::optional<kernel::Day> next;
    friend bool operator==(const DueSoon&, const DueSoon&) = default;
};
struct Closed {  // by the clock: the term is over
    VoiceId voice;
    bool rated = false;
    friend bool operator==(const Closed&, const Closed&) = default;
};
struct Joined {  // one answer for both: it waits for the other's
    VoiceId voice, master;
    std::optional<people::UnitId> unit;  // that has the other
    people::OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const Joined&, const Joined&) = default;
};
struct DueSooner {  // what was joined to it is due before it: that day is its own now
    VoiceId voice, joined;
    Counted reply;
    people::OfficerId by;
    friend bool operator==(const DueSooner&, const DueSooner&) = default;
};
struct Parted {  // it stands alone again; by officer 0: the clock, because the other was withdrawn
    VoiceId voice;
    people::OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const Parted&, const Parted&) = default;
};
struct AnsweredWith {  // by the clock: the other's answer holds for this one
    VoiceId voice, master;
    std::int64_t of = 0;  // the entry with the answer
    std::optional<people::UnitId> unit;
    Answer answer = Answer::done;
    std::optional<kernel::Day> promised;
    kernel::Day term;  // the last day to rate or reopen
    friend bool operator==(const AnsweredWith&, const AnsweredWith&) = default;
};
// Whether an agreement was kept, as somebody independent found; by the clock, without `kept`: nobody said.
struct AgreementFound {
    VoiceId voice;
    std::optional<bool> kept;
    people::OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const AgreementFound&, const AgreementFound&) = default;
};
// The author was called, because they have no code: by whom, for which unit, and what they said.
struct Again {  // it is taken up again
    int nth = 0;
    std::optional<people::UnitId> superior;
    Counted reply;
    friend bool operator==(const Again&, const Again&) = default;
};
struct CalledBack {
    VoiceId voice;
    Call outcome = Call::not_reached;
    int nth = 0;  // the try, for the newest answer
    bool solved = false;
    int stars = 0;                    // 1..5 where they rated, else 0
    std::optional<kernel::Day> term;  // the last day to reopen, where they rated and leave it at that
    std::optional<Again> again;
    people::OfficerId by;
    people::UnitId unit;
    std::optional<std::string> text;
    friend bool operator==(const CalledBack&, const CalledBack&) = default;
};
struct FoundOpen {  // by a spot check that did not find what the unit had said: it is open again
    VoiceId voice;
    std::int64_t look = 0;               // the entry of the finding
    std::optional<people::UnitId> unit;  // that has it from now on; none: it waits for assignment
    Counted reply;
    friend bool operator==(const FoundOpen&, const FoundOpen&) = default;
};
struct Split {  // into its parts, which follow in the same act
    VoiceId voice;
    int parts = 0;
    people::OfficerId by;
    friend bool operator==(const Split&, const Split&) = default;
};
// Which bytes of the whole's text, in UTF-8, are the part's: so its words go when the whole's go.
struct Passage {
    std::int64_t from = 0, to = 0;
    friend bool operator==(const Passage&, const Passage&) = default;
};
struct SplitOff {  // makes the part
    VoiceId whole;
    int nth = 0;  // from 1
    Kind kind = Kind::suggestion;
    std::vector<Passage> passages;
    Counted reply;                       // from the day the whole was received
    int overdue = 0;                     // how the whole stood among what is overdue
    std::optional<people::UnitId> unit;  // none: it waits for assignment
    kernel::Day day;
    std::optional<std::string> category, district;
    people::OfficerId by;
    std::optional<std::string> title;
    friend bool operator==(const SplitOff&, const SplitOff&) = default;
};
struct PutTogether {  // by a clerk: the split was a mistake
    VoiceId voice;
    people::OfficerId by;
    std::optional<std::string> reason;
    friend bool operator==(const PutTogether&, const PutTogether&) = default;
};
struct Corrected {
    VoiceId voice;
    std::int64_t entry = 0;  // what was wrong in it
    std::optional<Kind> kind;
    std::optional<Answer> answer;
    std::optional<kernel::Day> promised;
    people::OfficerId by;
    std::optional<std::string> reason;
    std::optional<std::string> category, district;  // version 2: both or none of them
    friend bool operator==(const Corrected&, const Corrected&) = default;
};

// ---- by the author -------------------------------------------------------------------------------------------------
struct WordAdded {
    people::CycleId cycle;
    VoiceId voice;
    std::optional<Counted> resumed;  // when it answers what was asked back
    std::optional<std::string> text;
    friend bool operator==(const WordAdded&, const WordAdded&) = default;
};
struct Rated {
    people::CycleId cycle;
    VoiceId voice;
    bool solved = false;
    int stars = 0;     // 1..5
    kernel::Day term;  // the last day to reopen
    std::optional<std::string> text;
    friend bool operator==(const Rated&, const Rated&) = default;
};
struct Reopened {
    people::CycleId cycle;
    VoiceId voice;
    int nth = 0;
    std::optional<people::UnitId> superior;  // the unit a level up that has it from now on
    Counted reply;
    std::optional<std::string> reason;
    friend bool operator==(const Reopened&, const Reopened&) = default;
};
struct KeptApart {  // "it is not the same": it stands alone again, and for good
    people::CycleId cycle;
    VoiceId voice;
    std::optional<std::string> reason;
    friend bool operator==(const KeptApart&, const KeptApart&) = default;
};
struct KeptWhole {  // "it is one matter": handled as one again, and for good
    people::CycleId cycle;
    VoiceId voice;
    std::optional<std::string> reason;
    friend bool operator==(const KeptWhole&, const KeptWhole&) = default;
};
struct AgreementSaid {
    people::CycleId cycle;
    VoiceId voice;
    bool agrees = false;
    std::optional<std::string> text;
    friend bool operator==(const AgreementSaid&, const AgreementSaid&) = default;
};
struct AgreementJudged {
    people::CycleId cycle;
    VoiceId voice;
    bool kept = false;
    std::optional<std::string> text;
    friend bool operator==(const AgreementJudged&, const AgreementJudged&) = default;
};
struct Withdrawn {
    people::CycleId cycle;
    VoiceId voice;
    bool unit_asked = false;  // "did the unit ask you to?"
    friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};
struct Appealed {
    people::CycleId cycle;
    VoiceId voice;
    std::int64_t of = 0;  // the entry that hid or held it
    std::optional<std::string> reason;
    friend bool operator==(const Appealed&, const Appealed&) = default;
};

// ---- what stands around voices -------------------------------------------------------------------------------------
struct PlacesListed {
    std::vector<std::string> names;
    friend bool operator==(const PlacesListed&, const PlacesListed&) = default;
};
struct SealMade {
    kernel::Hash key{};
    friend bool operator==(const SealMade&, const SealMade&) = default;
};

using Change = std::variant<Received, Imported, Published, PutOnHold, Hidden, ShownAgain, AppealRefused, Reported,
                            ReportDecided, Assigned, Bounced, AskedBack, Resumed, Answered, Extended, Late, Closed,
                            Corrected, WordAdded, Rated, Reopened, Withdrawn, Appealed, PlacesListed, SealMade, Joined,
                            DueSooner, Parted, AnsweredWith, KeptApart, AgreementSaid, AgreementJudged, AgreementFound,
                            Paused, DueSoon, CalledBack, FoundOpen, Split, SplitOff, KeptWhole, PutTogether>;

// `words`: whether everybody may read them, which is so while the voice is public. The words of a held or unit-only
// voice, of an appeal and of a report are closed whatever is asked, what moderators say is open.
ledger::Draft encode(const Change&, ledger::Served words = ledger::Served::open);
// Reads every version ever written; words are absent once erased. Throws std::runtime_error when the entry is none of
// ours or its facts are not what some version wrote: the ledger contradicts itself.
Change decode(const ledger::Entry&);

}  // namespace voice::change
