// Paper (批次): letters and forms out of a post-box or the post. One person opens a batch and says how many sheets are
// in it, types sheet after sheet; another compares each with the paper, and only then is it a message. What was not
// taken is counted with its reason, in public. README.md.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cycle/cycle.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>
#include <voice/voice.h>

namespace paper {

using BatchId = kernel::Id<struct BatchTag>;
using SheetId = kernel::Id<struct SheetTag>;  // the entry in which it was first typed
using Once = std::optional<kernel::Hash>;

// The numbers of these are stored.
enum class What { message, unreadable, empty, elsewhere };  // elsewhere: for a door that opens no batches
enum class SheetState { waits, returned, taken, aside };
enum class Done { opened, recounted, returned, codes };  // what else stands in the history of a batch
inline constexpr What all_whats[] = {What::message, What::unreadable, What::empty, What::elsewhere};
std::string_view name(What);  // "message" …
std::string_view name(SheetState);
std::optional<What> parse_what(std::string_view);

// Code points of admitted text; sheets of one batch; how long ago it may have been collected, in days; slips whose
// codes are printed at once.
inline constexpr std::size_t max_place = 120, max_remark = 500;
inline constexpr std::int64_t most_sheets = 500, oldest_days = 366;
inline constexpr int slips_at_once = 20;

struct Batch {
    BatchId id;
    people::CycleId cycle;
    people::UnitId unit;  // whose people type and check it
    people::OfficerId by;
    kernel::Instant at;
    kernel::Day day;    // on which it was collected: from then on answers are due
    std::string place;  // "" once erased
    int sheets = 0;     // as said now
    int highest = 0;    // the highest number given to a sheet
    int waiting = 0;    // typed, not yet checked
    int returned = 0;   // sent back, to be typed again
    int taken = 0;      // messages
    int corrected = 0;  // of taken: by who checked
    int unreadable = 0, empty = 0, elsewhere = 0;
    int contracted = 0;  // of taken: typed with a contractor's account
    int codes = 0;       // of taken: whose code was printed
    std::optional<std::int64_t> complete_entry;
    std::optional<kernel::Instant> complete_at;
    int settled() const { return taken + unreadable + empty + elsewhere; }
    int untyped() const { return sheets - settled() - waiting - returned; }
    bool complete() const { return complete_entry.has_value(); }
};
std::optional<Batch> batch(db::Connection&, BatchId);
// Newest first.
std::vector<Batch> batches(db::Connection&, std::optional<people::CycleId>, std::optional<BatchId> before, int at_most);

// What a sheet says, as somebody typed it.
struct Typed {
    What what = What::message;
    voice::Kind kind = voice::Kind::suggestion;
    voice::Audience audience = voice::Audience::open;
    std::string category, district;      // codes of the routing table, "" where not said
    std::optional<kernel::Day> said_on;  // the day that stands on it
    std::string lang;
    std::string title, text, place;
    std::string remark;  // of what is no message: why
    friend bool operator==(const Typed&, const Typed&) = default;
};
struct Version {
    std::int64_t entry = 0;
    people::OfficerId by;
    kernel::Instant at;
    Typed typed;
    bool erased = false;
};
struct Sheet {
    SheetId id;
    BatchId batch;
    int n = 0;  // its number within the batch, as it stands on it
    SheetState state = SheetState::waits;
    What what = What::message;
    std::int64_t version = 0;  // the entry of the newest
    std::optional<std::int64_t> checked_entry;
    people::OfficerId checked_by;
    bool corrected = false;
    std::optional<voice::VoiceId> voice;
    std::optional<std::int64_t> code_entry;
};
std::optional<Sheet> sheet(db::Connection&, SheetId);
std::optional<Sheet> sheet_number(db::Connection&, BatchId, int n);
std::optional<Sheet> sheet_of(db::Connection&, voice::VoiceId);
std::vector<Version> versions(db::Connection&, SheetId);                                     // oldest first
std::vector<Sheet> sheets(db::Connection&, BatchId, std::optional<int> after, int at_most);  // by number
// Those in one state after a number.
std::vector<Sheet> sheets_in(db::Connection&, BatchId, SheetState, int after, int at_most);
std::vector<Sheet> without_code(db::Connection&, BatchId, int after, int at_most);

struct Event {
    std::int64_t entry = 0;
    std::optional<SheetId> sheet;
    Done done = Done::opened;
    people::OfficerId by;
    kernel::Instant at;
    std::optional<std::int64_t> number;  // of sheets, of codes
    std::string text;                    // "" once erased
};
std::vector<Event> history(db::Connection&, BatchId, std::optional<std::int64_t> after, int at_most);
std::optional<Event> newest_return(db::Connection&, SheetId);

// ---- acts ----------------------------------------------------------------------------------------------------------
struct Opening {
    people::CycleId cycle;
    std::string place;
    kernel::Day day;
    std::int64_t sheets = 0;
};
// By officers, heads and clerks, for their own unit, never with a contractor's account. Refuses people.sign_in_first,
// people.contractor_may_not, paper.not_yours (forbidden),
// cycle.not_open; at their fields paper.place_missing, kernel.text_too_long, paper.day_ahead, paper.day_long_ago
// {days}, paper.sheets_range {most}.
kernel::Result<BatchId> open(const people::Needs&, const people::Actor&, const Opening&, Once = {});
// By officers and heads of that unit, and by clerks; a contractor's account too, which is counted. A sheet that was
// sent back is typed again under its number. Refuses paper.unknown (not_found), and at "n" paper.number_range {sheets},
// paper.sheet_there; at their fields what is wrong with what was typed, as voice::check_draft says it,
// paper.remark_missing, paper.day_ahead.
kernel::Result<SheetId> type(const people::Needs&, const people::Actor&, BatchId, int n, const Typed&, Once = {});
// By those without a contractor's account who typed no version of it: it says what the paper says, or `typed` is what
// the paper says. It becomes a message in the same act, and `also` runs there; a sheet that is no message is set aside,
// and cannot be corrected but sent back. `seen`: the version that was compared. Refuses paper.sheet_unknown
// (not_found), paper.same_person, people.contractor_may_not (forbidden), paper.sheet_decided, paper.retyped,
// paper.words_gone (conflict), paper.not_the_same, paper.nothing_corrected at "outcome", and what voice::receive
// refuses.
struct Compared {
    bool same = true;
    Typed typed;
    std::int64_t seen = 0;
};
kernel::Result<SheetId> check(const people::Needs&, const people::Actor&, SheetId, const Compared&, Once = {},
                              const voice::AlsoDone& also = {});
// By the same, who say why (paper.remark_missing at "remark"); by who typed it, who takes it back.
kernel::Checked send_back(const people::Needs&, const people::Actor&, SheetId, std::string_view remark, Once = {});
// The number of sheets said at the opening was wrong: by somebody else than who said it. At "sheets"
// paper.sheets_range, paper.sheets_same, paper.sheets_fewer {n}; at "reason" paper.reason_missing.
kernel::Checked recount(const people::Needs&, const people::Actor&, BatchId, std::int64_t sheets,
                        std::string_view reason, Once = {});
// Makes the secret codes of messages of this batch, each once and for ever: they are in what this returns and nowhere
// else. Of those alone in which the actor had no part: neither typed nor checked them, and the case is not their
// unit's. Refuses paper.not_yours, people.contractor_may_not (forbidden), paper.no_codes_left (conflict).
struct Coded {
    SheetId sheet;
    int n = 0;
    voice::VoiceId voice;
    kernel::Code25 code;
};
struct Codes {
    std::vector<Coded> all;
    bool repeated = false;  // the same form was sent before: then there are none to show
};
kernel::Result<Codes> make_codes(const people::Needs&, const people::Actor&, BatchId, Once = {});
// How many of its messages this actor could make codes for, at most `slips_at_once`, and whether others are left.
struct ToCode {
    int mine = 0;
    bool others = false;
};
ToCode to_code(db::Connection&, const people::Actor&, const Batch&);

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
struct Hooks {
    voice::SayMore say_more;  // asked by who checks, and done in the act that takes the message
    people::PartOfMatter words;
};
void add_routes(http::Router&, const people::Needs&, Hooks);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Whoever typed or checked a sheet neither rates nor asks for a rating. For voice::set_had_part.
bool had_part(db::Connection&, people::OfficerId, voice::VoiceId);
// For erasure::Hooks: whether an entry is about a case that the actor's unit has; what else holds an author's words.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
std::vector<std::int64_t> of_author(db::Connection&, voice::VoiceId);
page::Html part_of_cycle(const http::Request&, db::Connection&, const cycle::Cycle&);

}  // namespace paper
