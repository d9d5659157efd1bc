// Voices (意见): what one person said, and its handling as a case. Every voice has a due date, an answer by a named
// post, and an author who has the last word. States: README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cycle/cycle.h>
#include <deadline/clock.h>
#include <deadline/deadline.h>
#include <kernel/code.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/ground.h>
#include <people/people.h>

#include "counts.h"

namespace db {
class Connection;
}
namespace files {
class Store;
class Photos;
class Documents;
}  // namespace files
namespace http {
class Router;
struct Request;
}  // namespace http
namespace jobs {
struct Task;
}
namespace ledger {
class Writing;
struct Receipt;
struct Kind;
}  // namespace ledger
namespace page {
class Html;
enum class Lang;
}  // namespace page

namespace voice {

using VoiceId = kernel::Id<struct VoiceTag>;
using Once = std::optional<kernel::Hash>;

// The numbers of all these are stored.
enum class Kind { help, complaint, suggestion, question, praise };  // 求助 投诉 建议 咨询 表扬
enum class Audience { open, unit_only };                            // confidential comes with casework
enum class Shown { held, published, unit_only, hidden };            // hidden: a notice of removal stands there
enum class State {   // of the case; those below asked_back wait for the unit
    received,        // waiting for assignment
    assigned,        // a unit has it, due
    asked_back,      // the author was asked something; the clock stands
    answered,        // answer given, the author may add, rate or reopen
    rated,           // the author has rated; still reopenable within the term
    closed,          // rated, term over
    closed_unrated,  // never "satisfied"
    withdrawn,       // by the author's code alone
    noted,           // imported from elsewhere with its source: nothing to answer here
    joined,          // waits for the answer to another voice, which says the same; with its own last day
    split,           // held several matters: handled by its parts, owes nothing itself
    put_back,        // was a part; the whole is handled as one again
};
enum class Answer { done, dated, long_term, agreed, cannot };  // answer classes; cannot needs a reason
// What became of an answer of the class "agreed": the unit offers it, the author confirms or denies it, and after its
// day the author or an independent officer says whether it was kept; nobody said: the clock, when the term for it is
// over.
enum class Agreement { offered, confirmed, denied, kept, broken, unsaid };
enum class Way { web, telephone, counter, paper, visit, imported, email, open311 };
bool by_hand(Way);  // staff write down what somebody else says
// How a case that another register handled came out there, by that register's own dates, against the term that whoever
// took it over named: no answer; in time; late; answered, and no term or no day says when. Never a promise kept here.
enum class Before { unanswered, in_time, late, replied };
using people::all_grounds;
using people::Ground;
using people::parse_ground;

std::string_view name(Kind);  // "help" …: as stored in the API and in message keys voice.kind_…
std::string_view name(Audience);
std::string_view name(Shown);
std::string_view name(State);
std::string_view name(Before);
std::string_view name(Answer);
std::string_view name(Agreement);
std::string_view name(Way);
std::optional<Kind> parse_kind(std::string_view);
std::optional<Audience> parse_audience(std::string_view);
std::optional<State> parse_state(std::string_view);
std::optional<Answer> parse_answer(std::string_view);
std::optional<Way> parse_way(std::string_view);

inline constexpr Kind all_kinds[] = {Kind::help, Kind::complaint, Kind::suggestion, Kind::question, Kind::praise};
inline constexpr Audience all_audiences[] = {Audience::open, Audience::unit_only};
inline constexpr State all_states[] = {State::received, State::assigned, State::asked_back,     State::answered,
                                       State::rated,    State::closed,   State::closed_unrated, State::withdrawn,
                                       State::noted,    State::joined,   State::split,          State::put_back};
inline constexpr Answer all_answers[] = {Answer::done, Answer::dated, Answer::long_term, Answer::agreed,
                                         Answer::cannot};
inline constexpr Way all_ways[] = {Way::web,   Way::telephone, Way::counter, Way::paper,
                                   Way::visit, Way::imported,  Way::email,   Way::open311};
// In code points, of admitted text. What is imported may be longer than what is sent here: it is real and stays whole.
inline constexpr std::size_t max_title = 120, max_text = 5000, max_place = 200, max_remark = 1000;
inline constexpr std::size_t max_imported = 20'000, max_imported_title = 300;
inline constexpr std::size_t max_photos = 3;        // photographs and PDFs together
inline constexpr std::size_t max_page_text = 4000;  // of what is read on one page of a PDF

// As lists and other features see it. `text` is empty when the words are hidden, erased or not for this reader.
struct Voice {
    VoiceId id;
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    Audience audience = Audience::open;
    Shown shown = Shown::published;
    State state = State::received;
    Way way = Way::web;
    std::string title, text, place, lang;
    kernel::Instant received;
    std::optional<people::UnitId> unit;        // whose case it is
    std::optional<people::OfficerId> officer;  // 承办人
    std::optional<kernel::Day> due;
    int late_days = 0;  // working days, as the clock entered them; 0 when in time
    int overdue = 0;    // now: 1, or 2 when for long (far_overdue); 0 when nothing is owed, or still in time
    int reopened = 0;
    std::optional<int> rating;  // 1..5
    std::optional<bool> solved;
    std::optional<Ground> ground;        // when held or hidden
    std::optional<VoiceId> master;       // when hidden as a duplicate: the voice whose answers hold for this one too
    std::optional<VoiceId> joined_to;    // the voice that staff say is the same: its answer holds for this one too
    std::optional<Answer> answered;      // class of the newest answer
    bool by_staff = false;               // said by a member of staff in their own name: counts apart
    std::optional<Agreement> agreement;  // of the newest answer, where it is an agreement
    int photos = 0;
    int papers = 0;      // PDFs
    std::string source;  // attribution when imported
    bool sample = false;
    std::string category, district;                  // codes of the routing table of its time; "" where not said
    std::optional<deadline::Reason> pause;           // why its clock stands, when it does
    std::optional<Before> before = {};               // taken over from another register as a case
    std::optional<people::UnitId> rating_unit = {};  // the rating was asked by telephone, by this unit; nothing: no
    std::optional<VoiceId> part_of = {};             // the message that it is a part of
};

// As everybody may see it.
std::optional<Voice> voice(db::Connection&, VoiceId);
// Who spoke, for counting distinct people and nothing else: never shown, never given out. Nothing for imported ones.
std::optional<people::ParticipantId> author_of(db::Connection&, VoiceId);
// The parts of a message that was split, in their order, those put back among them; words as everybody may see them.
std::vector<Voice> parts_of(db::Connection&, VoiceId whole);
// Whether nothing is to be done with it any more: closed or withdrawn, put back into its whole, or split and each part
// so.
bool is_over(db::Connection&, const Voice&);
// Since when; nothing while it is not, and of what was imported.
std::optional<kernel::Instant> over_since(db::Connection&, VoiceId);
struct Filter {
    std::optional<people::CycleId> cycle;
    std::optional<Kind> kind;
    std::optional<State> state;
    std::optional<people::UnitId> unit;
    bool late_only = false;
    bool for_public = true;                // words only as far as everybody may see them
    std::optional<VoiceId> before, after;  // keyset cursor: older than, newer than
    int at_most = 20;
    std::optional<Counting> counted;  // exactly what stands behind a figure
    std::optional<Ground> ground;     // hidden now, on this ground
};
std::vector<Voice> voices(db::Connection&, const Filter&);  // newest first
// What else everybody may see of a case, in one go for a list of them: for other systems, which ask for many at once.
struct Standing {
    VoiceId id;
    kernel::Instant changed;  // by the newest entry about it; of what is over, by the entry that ended it
    std::string answer;       // words of the newest answer; "" when there is none, it is hidden, or erased
    std::string position;     // "31.2304,121.4737"; "" when none was given, it is hidden, or erased
    std::optional<kernel::Day> promised;
};
std::vector<Standing> standing(db::Connection&, const std::vector<VoiceId>&);  // by id; those that are there
// What is overdue now: an answer that is owed and whose last day has passed, as the clock entered it. Long overdue: by
// `far_overdue` working days and more. Kept incrementally, by the unit that has it; nothing: no unit has.
inline constexpr int far_overdue = 20;
struct Overdue {
    std::optional<people::UnitId> unit;
    std::int64_t n = 0, far = 0;  // far: of n
    kernel::Day oldest;           // the earliest day that has passed
};
std::vector<Overdue> overdue(db::Connection&);  // only units that have some; unit 0 first, then by number
// Those of one unit, the longest overdue first, after the one with this last day; words as everybody may see them.
struct Place {
    kernel::Day day;
    VoiceId voice;
};
std::vector<Voice> overdue_of(db::Connection&, std::optional<people::UnitId>, std::optional<Place> after, int at_most);
// How its last day was counted, as part of a page: from which day, how many, which days were closed. Nothing when it
// has none.
page::Html how_due(const http::Request&, db::Connection&, VoiceId);

// Answered cases as the trial of a routing table asks for them, newest first; those older than this one. Absent: not
// kept of it. "": asked for and not said.
struct AnsweredCase {
    VoiceId voice;
    std::optional<std::string> category, district;
    Kind kind = Kind::suggestion;
    people::UnitId unit;
};
std::vector<AnsweredCase> answered_cases(db::Connection&, std::optional<VoiceId> before, int at_most);

// How many came which way and out of which district of one cycle, imported ones aside. Kept incrementally; by way, then
// district ("": not said, or not for everybody).
struct Channel {
    Way way = Way::web;
    std::string district;
    std::int64_t n = 0;
    friend bool operator==(const Channel&, const Channel&) = default;
};
std::vector<Channel> channels(db::Connection&, people::CycleId);

// Whether the words of an entry of this feature may not be shown now, although they were served when they were written:
// those of a voice that is held or hidden meanwhile. For whoever serves payloads; false for entries of others.
bool withheld(db::Connection&, std::int64_t entry);

// ---- for the erasure of words -------------------------------------------------------------------------------------
// All entries about a voice, its own first.
std::vector<std::int64_t> entries_of(db::Connection&, VoiceId);
// The entries in which its author wrote something, for whoever shows their browser's token or their code; nothing for
// anybody else. As much work for a wrong code as for a right one.
std::optional<std::vector<std::int64_t>> written_by_author(const people::Needs&, db::Connection&, VoiceId,
                                                           std::string_view visitor, std::string_view code);
// Whether the entry is about a voice that the actor's unit has in hand, or one above it: they are not independent.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
// Pictures and previews in the file store that the words of this entry name, and whether any voice's words still name
// one.
std::vector<kernel::Hash> blobs_of(db::Connection&, std::int64_t entry);
bool blob_in_use(db::Connection&, const kernel::Hash&);

// ---- acts that other parts of the program perform too (API, imports, rehearsal) ------------------------------------
// A picture of files::Photos: re-encoded, without metadata. `about` says what it
// shows, for those who cannot see it.
struct Photo {
    kernel::Hash picture{}, preview{};
    int width = 0, height = 0;
    std::string about;
    friend bool operator==(const Photo&, const Photo&) = default;
};
// A PDF of files::Documents: pictures of its pages, and what can be read on each. The file itself is not kept.
struct PaperPage {
    kernel::Hash picture{}, preview{};
    int width = 0, height = 0;
    std::string text;
    friend bool operator==(const PaperPage&, const PaperPage&) = default;
};
struct Paper {
    std::vector<PaperPage> pages;  // at least one
    std::string about;
    friend bool operator==(const Paper&, const Paper&) = default;
};
struct Draft {
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    Audience audience = Audience::open;
    Way way = Way::web;
    std::string title, text, place, lang;  // admitted text: title <= 120, text 1..5000, place <= 200 code points
    std::vector<Photo> photos;             // at most 3, with the PDFs
    std::optional<std::string> position;   // "31.2304,121.4737", from the device, at most 4 decimals
    std::string source;                    // attribution when imported
    std::optional<kernel::Day> said_on;    // when imported: the day it was said there
    // Codes of the routing table in force, "" where not said: which unit gets it. voice.category_unknown,
    // voice.district_unknown. The district stands in public, so it is not kept of what not everybody may read.
    std::string category, district;
    // For other channels than forms. What the channel itself calls it: the same from the same channel is refused, with
    // voice.origin_known {voice}; only an HMAC of it is kept. The program that sends it, by the name it is known by.
    std::string origin, client;
    bool about_person = false;  // about the conduct of a named person: not taken here, refused with where to turn
    bool sample = false;
    // Made before by a channel that hands it over itself, so that it is not lost on the way; none: one is made here.
    std::optional<kernel::Code25> code = {};
    std::vector<Paper> papers = {};
    // Of paper, whose sheets somebody else checks before they come here: who typed it, and the day on which it came to
    // the institution, from which on the answer is due. Nothing: whoever hands it in, and today.
    std::optional<people::OfficerId> typist = {};
    std::optional<kernel::Day> arrived = {};
};
struct Received {
    VoiceId id;
    std::optional<kernel::Day> due;
    std::string code;  // 25 digits; "" when this browser's code for the cycle was given before
};
// `receipt` is the proof that answers in the same response. Refusals at the Draft's fields: voice.text_missing,
// kernel.text_too_long {max, got} (also title, place), voice.place_unknown, voice.position_malformed,
// voice.about_person {contact} or voice.about_person_unsaid, voice.photos_too_many, voice.way_needs_staff;
// cycle.not_open. A signed-in officer with Way::web speaks in their own name; with telephone, counter, paper or visit
// for a caller, who then has no code: whoever typed can neither see one nor rate. Way::email needs an origin,
// Way::open311 a client; their authors have codes. Where a routing table is in force and names a unit for it, it is
// that unit's from the start.
// `also` runs in the same act after the message's own entry, `before` before anything of it, and may refuse (neither
// for what is imported).
kernel::Result<Received> receive(const people::Needs&, const people::Actor&, const Draft&, Once,
                                 ledger::Receipt* receipt = nullptr,
                                 const std::function<void(ledger::Writing&, VoiceId, const Draft&)>& also = {},
                                 const std::function<kernel::Checked(ledger::Writing&)>& before = {});
// What receive() would refuse for the Draft's own sake, for what is handed in later.
kernel::Checked check_draft(const people::Needs&, const people::Actor&, const Draft&);

// What was received from this channel under this name of its own (Draft::client, Draft::origin); nothing: not yet.
std::optional<VoiceId> came_before(const people::Needs&, db::Connection&, Way, std::string_view client,
                                   std::string_view origin);

// ---- for higher features -------------------------------------------------------------------------------------------
// An answer that names a day. Its words stay with the voice, which may be hidden or not be for everybody.
struct Promise {
    VoiceId voice;
    people::CycleId cycle;
    people::UnitId unit;
    people::OfficerId by;
    kernel::Day due;
    bool sample = false;
};
// Performed in the act that records the answer, or its correction to one with a day. Set once, before anything acts.
void set_promised(std::function<void(ledger::Writing&, const Promise&)>);

// Whether an officer had a part in writing a message down, beside who typed it: then they neither rate it nor call its
// author. Set once, before anything acts.
void set_had_part(std::function<bool(db::Connection&, people::OfficerId, VoiceId)>);

// What a higher feature asks besides in the forms at /say and /desk/enter, and does in the act that takes the message.
using AlsoDone = std::function<void(ledger::Writing&, VoiceId, const Draft&)>;
struct SayMore {
    std::vector<std::string_view> fields;  // their names; literals
    // Its part of the form; what is wrong at its fields is among `errors`, what was typed in the request.
    std::function<page::Html(const http::Request&, db::Connection&, bool for_caller,
                             const std::vector<kernel::Error>& errors)>
        part;
    // Reads its fields, adding what is wrong with them. What it returns runs after the message's own entry, in the same
    // transaction, once; it must not refuse.
    std::function<AlsoDone(const http::Request&, std::vector<kernel::Error>& errors)> read;
};

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Workbench;  // workbench.h
struct Hooks {
    // What a higher feature shows on the voice's page: the issue it is in, the measure that came of it.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, const Voice&)>> parts;
    // What else waits for moderators, on their page; an empty Html adds nothing.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&)>> moderation;
    // What else authors may do, on their page; `code_field` carries the secret code from form to form.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, VoiceId, const page::Html& code_field)>>
        author;
    SayMore say_more;
    // In what other ways messages are taken here, on the form at /say; may be empty.
    std::function<page::Html(page::Lang)> other_ways;
    // What a higher feature shows of a case to staff, at the desk.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, VoiceId)>> desk_parts;
    // Whether its author can be called: without it nobody is in the queue of those to call.
    std::function<bool(db::Connection&, VoiceId)> can_be_called;
    std::shared_ptr<const Workbench> desk;
    // On the list of messages: a field that looks for words in them, in one round where it is one round's list.
    std::function<page::Html(page::Lang, std::optional<people::CycleId> round)> search;
};
struct Means {
    files::Store* files = nullptr;
    files::Photos* photos = nullptr;
    files::Documents* documents = nullptr;
};
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, const Means&, Hooks);
std::vector<jobs::Task> tasks(const people::Needs&);  // the clock: late, held too long, rating term over
// What stands on the slip of an entry of this feature; nothing for entries of others.
struct Slip {
    std::string kind_key;  // message key, "voice.kind_help"
    std::optional<kernel::Day> due;
    std::string link;  // "/voices/17"
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Against closing a unit that still owes answers: voice.unit_has_cases, conflict. For people::Hooks.
kernel::Checked may_close(db::Connection&, people::UnitId);
// The list with its filters, as a part of the cycle's page: the newest few and the link to all.
page::Html part(const http::Request&, db::Connection&, const cycle::Cycle&);

}  // namespace voice
