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

#include "voice.h"

namespace voice::change {

// A last day and how it was counted, so that a reader can repeat it by hand: its term, from its day on, ends on it.
struct Counted : deadline::Counted {
    std::optional<kernel::Day> look;  // when the clock first looks at it; nothing: on the first working day after it
    friend bool operator==(const Counted&, const Counted&) = default;
};

// Rules frozen into a case that started while no preset was adopted, in working days.
struct Terms {
    int reply_days = 0, extension_days = 0, ask_back_days = 0, rating_days = 0;
    int superior_at = 0;  // the reopening that goes a level up, and is the last
    friend auto operator<=>(const Terms&, const Terms&) = default;
};

struct Words {
    std::string title, text, place, position, lang;
    std::vector<Photo> pictures;
    friend bool operator==(const Words&, const Words&) = default;
};

struct Held {
    Ground ground = Ground::personal_data;
    kernel::Day until;  // the last day; then the clock publishes
    friend bool operator==(const Held&, const Held&) = default;
};

struct Received {
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    Audience audience = Audience::open;
    Shown shown = Shown::published;
    Way way = Way::web;
    Counted reply;
    kernel::Day accept_late;  // from this day on it is late that no unit has it
    Terms terms;
    std::optional<Held> held;
    int photos = 0;
    bool by_staff = false, sample = false;
    std::optional<people::OfficerId> typist;
    std::string speaker;  // sealed
    std::optional<Words> words;
    bool masked = false;  // version 1: `speaker` is masked instead (seal.h)
    // ---- version 3 ----
    std::int64_t preset = 0;                 // the entry of the preset it goes by; 0: by its terms
    std::optional<kernel::Day> accept_look;  // when the clock first looks whether a unit has it, before accept_late
    std::optional<std::int64_t> table;       // of routing, in force when it came: then also what was asked for by it,
    std::optional<std::string> category, district;  // "" where not said; no district of what not everybody may read
    std::string client;                             // the program that sent it, by its name
    std::optional<kernel::Hash> origin;             // what its channel calls it, as an HMAC under the server's key
    friend bool operator==(const Received&, const Received&) = default;
};
struct Imported {
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    std::string source;
    std::optional<kernel::Day> said_on;
    bool sample = false;
    std::string file;      // SHA-256 of the file in hex; "" when it came otherwise
    std::int64_t row = 0;  // of the file, from 1
    std::optional<Words> words;
    friend bool operator==(const Imported&, const Imported&) = default;
};

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

using Change =
    std::variant<Received, Imported, Published, PutOnHold, Hidden, ShownAgain, AppealRefused, Reported, ReportDecided,
                 Assigned, Bounced, AskedBack, Resumed, Answered, Extended, Late, Closed, Corrected, WordAdded, Rated,
                 Reopened, Withdrawn, Appealed, PlacesListed, SealMade, Joined, DueSooner, Parted, AnsweredWith,
                 KeptApart, AgreementSaid, AgreementJudged, AgreementFound, Paused, DueSoon>;

// `words`: whether everybody may read them, which is so while the voice is public. The words of a held or unit-only
// voice, of an appeal and of a report are closed whatever is asked, what moderators say is open.
ledger::Draft encode(const Change&, ledger::Served words = ledger::Served::open);
// Reads every version ever written; words are absent once erased. Throws std::runtime_error when the entry is none of
// ours or its facts are not what some version wrote: the ledger contradicts itself.
Change decode(const ledger::Entry&);

}  // namespace voice::change
