// The deadlines that an institution has chosen: presets that come with the program, each with its source, and what was
// adopted of them, whole and once for ever. A matter that starts takes the preset then in force and keeps it.
//
//   const preset::Preset rules = preset::holding(db, preset::Applies::cases);   // once for each position()
//   const deadline::Term& term = rules.casework().reply_term("question");
//   … write rules.entry into the facts of what starts; an entry of 0 says that the settings held …
//   const preset::Preset then = preset::preset(db, rules.entry).value();        // for a matter that runs
//
// Sources and figures: the deadline table of the reference of rules (see README.md, which says what was left out).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <deadline/clock.h>
#include <people/people.h>

namespace preset {

// What it is about. The program goes by presets of cases and of measures; the others are there to be read, and cannot
// be adopted until something goes by them.
enum class Applies { cases, measures, requests, publications, consultations, reviews };
inline constexpr Applies all_applies[] = {Applies::cases,        Applies::measures,      Applies::requests,
                                          Applies::publications, Applies::consultations, Applies::reviews};
std::string_view name(Applies);
std::optional<Applies> parse_applies(std::string_view);
bool adoptable(Applies);

// How its figures are known: read in the text of the rule, read in an excerpt of a public page, or nobody's but ours.
// Only the first may stand under an institution's name.
enum class Tag { text, excerpt, own };
std::string_view name(Tag);  // "P", "S", "D"
std::optional<Tag> parse_tag(std::string_view);

// The kinds of voices, as voice/ names them and in its order.
inline constexpr std::string_view kinds[] = {"help", "complaint", "suggestion", "question", "praise"};

// ---- the rules of a case, from the day it is received
// -----------------------------------------------------------------
struct Casework {
    deadline::Duty accept;  // until a unit has it; "handler" of its steps are the clerks
    deadline::Duty reply;   // its term: of kinds that have none of their own
    std::map<std::string, deadline::Term, std::less<>> reply_of;  // by kind
    std::optional<deadline::Term> reply_again;                    // after a reopening; else the same as the reply
    std::vector<deadline::Stop> stops;
    deadline::Extension extension;  // of the reply
    deadline::Bounce bounce;
    deadline::Term rating;                       // after an answer: rate it or reopen; then the clock closes the case
    int superior_at = 3;                         // the reopening that goes a level up and is the last; 1 to 5
    std::set<std::string, std::less<>> release;  // kinds whose answer a second person releases

    const deadline::Term& reply_term(std::string_view kind) const;
    const deadline::Term& again_term(std::string_view kind) const;
    const deadline::Stop* stop(deadline::Reason) const;  // null: the clock does not stand for that
    friend bool operator==(const Casework&, const Casework&) = default;
};

// ---- of a measure
// -----------------------------------------------------------------------------------------------------
struct Rectification {
    deadline::Duty due;  // its term: the latest day that may be promised, counted from its start; then its steps
    deadline::Extension extension;
    deadline::Term rework;     // after it was returned or did not hold
    deadline::Term look_back;  // after it was closed
    friend bool operator==(const Rectification&, const Rectification&) = default;
};

// ---- of anything else: its steps one by one
// ---------------------------------------------------------------------------
enum class Silence { nothing, consent, withdrawn, authority_decides };  // what it means that nobody said anything
std::string_view name(Silence);
std::optional<Silence> parse_silence(std::string_view);
struct YearDay {
    int month = 1, day = 1;
    friend bool operator==(const YearDay&, const YearDay&) = default;
};
struct Step {
    std::string name;  // one of step_names: message key preset.step_NAME
    deadline::Start start = deadline::Start::received;
    std::optional<deadline::Term> term;  // or the day of the year, never both
    std::optional<YearDay> on;
    bool at_least = false;  // the term is the shortest allowed, not the longest
    deadline::Extension extension;
    Silence silence = Silence::nothing;
    friend bool operator==(const Step&, const Step&) = default;
};
inline constexpr std::string_view step_names[] = {
    "answer",         "ask_again",      "coauthor",     "consult", "correct",     "decide",     "hear_report",
    "hearing_notice", "hearing_papers", "legal",        "object",  "publish",     "report",     "report_up",
    "respond",        "review",         "review_again", "show",    "take_effect", "third_party"};
using Steps = std::vector<Step>;

using Params = std::variant<Casework, Rectification, Steps>;

struct Based {
    std::string id;
    int version = 0;
    friend bool operator==(const Based&, const Based&) = default;
};

struct Preset {
    std::int64_t entry = 0;  // that adopted it; 0: none did
    std::string id;  // "letters.generic"; "own" for figures of the institution's own, "settings" for those there
    int version = 1;
    Applies applies = Applies::cases;
    Tag tag = Tag::own;
    std::string jurisdiction, source, article;  // "" where there is none
    std::optional<kernel::Day> retrieved;       // when the source was read
    // The figures that the source itself says, by their paths ("reply.term", "extension.longest"). All others are those
    // of the neutral preset of what it applies to: a preset is always whole.
    std::vector<std::string> stated;
    std::optional<Based> based_on;     // of figures of the institution's own: what it changed,
    std::vector<std::string> changed;  // and where
    Params params;
    // Of an adopted one.
    kernel::Instant at;
    people::OfficerId by;  // 0: the console
    std::string reason;    // "" once erased

    // Of the kind that `applies` says; std::bad_variant_access for another.
    const Casework& casework() const { return std::get<Casework>(params); }
    const Rectification& rectification() const { return std::get<Rectification>(params); }
};

// ---- what holds
// ------------------------------------------------------------------------------------------------------- The newest
// adopted; nothing while there is none.
std::optional<Preset> in_force(db::Connection&, Applies);
// The one that an entry adopted. Rows are never changed but by an erasure of the reason: it may be kept by its entry.
std::optional<Preset> preset(db::Connection&, std::int64_t entry);
// What the program went by before there were presets: the settings case.* for cases, fixed figures for measures, with
// the steps and the bounce of the neutral preset. Its entry is 0.
Preset from_settings(db::Connection&, Applies);
// One or the other.
Preset holding(db::Connection&, Applies);
// Of the neutral preset of cases: what settings do not say.
const Casework& neutral_casework();
// The entry of the newest adopted of any kind, -1 before there is one: what was read at a position holds until it, or
// people::settings_position(), moves.
std::int64_t position(db::Connection&);

// ---- acts
// -------------------------------------------------------------------------------------------------------------
using Once = std::optional<kernel::Hash>;
inline constexpr std::size_t max_reason = 500;
struct Adoption {
    std::string id;             // of the library
    std::optional<Params> own;  // instead of its figures; the same as they are: the preset itself
    std::string reason;
};
// By an administrator; durable when it returns. Refusals: people.role_needed_administrator …; preset.unknown
// (not_found); preset.not_adoptable, preset.in_force_already (conflict); at "reason" people.reason_missing; what the
// checks of deadline and preset.superior refuse, at the figure's path. Returns the entry.
kernel::Result<std::int64_t> adopt(const people::Needs&, const people::Actor&, const Adoption&, Once = {});

// ---- in words ------------------------------------------------------------------------------------------------------
std::string term_words(page::Lang, const deadline::Term&);  // "10 working days, the day itself counts"
std::string reason_words(page::Lang, deadline::Reason);
std::string whom_words(page::Lang, deadline::Whom);

// ---- wiring
// -----------------------------------------------------------------------------------------------------------
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// What a setting said is said by the preset in force: preset.says_it_now, conflict, at "value". For people::Hooks.
kernel::Checked guard_setting(db::Connection&, std::string_view name);
page::Html part_of_rules(page::Lang, db::Connection&);  // on /rules
struct Hooks {
    people::PartOfMatter words;  // what is said about the words of an entry
};
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks);

}  // namespace preset
