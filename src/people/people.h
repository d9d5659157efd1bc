// Who acts: units, officers with posts, sign-in, roles; participants without an account. The settings of the
// installation live here too, because the administrator sets them up.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/calendar.h>
#include <kernel/code.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>

namespace db {
class Connection;
class Database;
}  // namespace db
namespace ledger {
class Ledger;
class Writing;
struct Kind;
}  // namespace ledger
namespace http {
class Router;
struct Request;
struct Response;
struct Identity;
}  // namespace http
namespace page {
class Html;
class Query;
enum class Lang;
}  // namespace page
namespace kernel {
class Clock;
}

namespace people {

using UnitId = kernel::Id<struct UnitTag>;
using OfficerId = kernel::Id<struct OfficerTag>;
using ParticipantId = kernel::Id<struct ParticipantTag>;
using ContractorId = kernel::Id<struct ContractorTag>;
using CycleId = kernel::Id<struct CycleTag>;  // here, because a participant belongs to one cycle; cycle/ uses it

// Two roles that check each other are never one person in one matter; an administrator has no other role.
enum class Role { administrator, moderator, officer, head, clerk, member, inspector };
inline constexpr Role all_roles[] = {Role::administrator, Role::moderator, Role::officer,  Role::head,
                                     Role::clerk,         Role::member,    Role::inspector};
std::string_view name(Role);  // "administrator" …, as stored and as in message keys people.role_…
std::optional<Role> parse_role(std::string_view);

struct Unit {
    UnitId id;
    std::optional<UnitId> parent;
    std::string name;
    bool sample = false;
    bool open = true;  // closed units keep their page and their history; nothing new is given to them
};

struct Officer {
    OfficerId id;
    UnitId unit;
    // As it is shown everywhere: officers appear by post; names only of heads and members of bodies: public_name().
    // With the firm after it where they belong to a contractor, in words that each of the languages has.
    std::string post;
    std::vector<Role> roles;  // in the order of the enum
    bool active = true;
    bool sample = false;
    std::optional<ContractorId> contractor = {};  // whose people they are; nothing: the institution's own
    std::string own_post = {};                    // the post alone, as it was recorded
    bool has(Role) const;
};

// A firm whose people work here. Its name is a fact, like a unit's.
struct Contractor {
    ContractorId id;
    std::string name;
    kernel::Instant since;
    std::optional<kernel::Instant> ended = {};
    std::optional<std::int64_t> ended_entry = {};
    std::string reason = {};  // why it ended; "" once erased
};

// Who asks for an act. Made by actor() from the request; acts check it against the state inside the transaction with
// need_role(). An Actor that has a role but no officer is the console: whoever holds the data folder.
struct Actor {
    OfficerId officer;  // zero: not signed in
    UnitId unit;
    std::vector<Role> roles;
    std::string visitor;                          // the browser's token: a participant's key within a cycle
    std::optional<ContractorId> contractor = {};  // as the state has it, where it was read from there
    bool has(Role) const;
    bool staff() const { return static_cast<bool>(officer); }
};
Actor actor(const http::Request&);
Actor actor(db::Connection&, OfficerId);  // for imports and rehearsals: as if that officer had signed in
Actor console();                          // acts as administrator; recorded as officer 0
// Unit and roles as the state has them now (a session may be older); nobody when the officer has left.
Actor in_force(db::Connection&, const Actor&);

// ---- units and officers --------------------------------------------------------------------------------------------
std::optional<Unit> unit(db::Connection&, UnitId);
std::vector<Unit> units(db::Connection&);                      // the whole tree, parents first, closed ones too
std::vector<UnitId> all_units_under(db::Connection&, UnitId);  // without itself, in the same order
bool is_under(db::Connection&, UnitId unit, UnitId ancestor);  // also true when equal
std::optional<Officer> officer(db::Connection&, OfficerId);
std::vector<Officer> officers(db::Connection&, UnitId);     // of this unit itself, active ones, by id
std::vector<Officer> officers_with(db::Connection&, Role);  // active ones of all units, by id
std::optional<Officer> officer_by_login(db::Connection&, std::string_view login);
// The name that may stand on a public page: that of a head or of a member of a body, in office, unless it was erased.
std::optional<std::string> public_name(db::Connection&, OfficerId);
std::string organisation(db::Connection&);  // its name; "" before set_up

kernel::Checked need_staff(const Actor&);       // people.sign_in_first, unauthenticated
kernel::Checked need_role(const Actor&, Role);  // people.role_needed_ROLE, forbidden; for pages
// The same against the state, for acts: the role may have been lost meanwhile; who has left gets people.account_closed
// (forbidden).
kernel::Checked need_role(db::Connection&, const Actor&, Role);
// Independent: neither in `owner`'s unit nor under it.
bool independent(db::Connection&, UnitId checker, UnitId owner);
// Is a matter of this unit the actor's own: are they in it or under it? Everybody is under the root: its matters are
// the own ones of those in the root itself alone, else nobody could decide on them.
bool own_unit(db::Connection&, const Actor&, UnitId);

// ---- contractors ---------------------------------------------------------------------------------------------------
std::optional<Contractor> contractor(db::Connection&, ContractorId);
// By id; `open_only`: those that have not ended.
std::vector<Contractor> contractors(db::Connection&, bool open_only = false);
// What an institution does not hand over: people.contractor_may_not, forbidden, for an actor of a contractor. The actor
// must be one that was read from the state: actor(db, …) or in_force().
kernel::Checked need_own_staff(const Actor&);

// ---- participants --------------------------------------------------------------------------------------------------
// A pseudonym in one cycle. Its id is the entry in which it first spoke. It is never shown in public.
struct Participant {
    ParticipantId id;
    CycleId cycle;
    bool verified = false;
    bool has_code = false;
};
// The stored forms of a browser's token and of a code: HMACs under the server's key, different in each cycle.
kernel::Hash browser_key(kernel::View server_key, CycleId, std::string_view visitor);
kernel::Hash code_key(kernel::View server_key, CycleId, const kernel::Code25&);
std::optional<Participant> participant(db::Connection&, ParticipantId);
std::optional<Participant> by_browser(db::Connection&, CycleId, const kernel::Hash& browser_key);
std::optional<Participant> by_code(db::Connection&, CycleId, const kernel::Hash& code_key);
// For the `apply` of the entry in which someone first speaks (or first gets a code): writes people's own rows.
void enrol(db::Connection&, ParticipantId, CycleId, const std::optional<kernel::Hash>& browser_key,
           const std::optional<kernel::Hash>& code_key);
void give_code(db::Connection&, ParticipantId, const kernel::Hash& code_key);
void verify(db::Connection&, ParticipantId);  // for the `apply` of the entry that proves somebody is on a roll
// For the `forget` of an entry whose words held the keys: as if enrol() had been called without them.
void forget_keys(db::Connection&, ParticipantId);
struct Turnout {
    std::int64_t people = 0, verified = 0;
};
Turnout turnout(db::Connection&, CycleId);  // kept incrementally
// Every figure of people says how many are verified: "12; of all people in this round, 3 verified". `n` of them are
// meant; verified ones are counted for each round alone.
std::string people_words(page::Lang, std::int64_t n, const Turnout&);
std::string verified_words(page::Lang, const Turnout&);  // "of all people in this round, 3 verified"

// ---- what stands behind a figure -----------------------------------------------------------------------------------
// A figure of a scorecard counts the matters of some units between two days; the list behind it has the address
// ?unit=20+21&from=2026-10-01&to=2026-12-31&figure=late. A feature's figure has a name and parse_figure().
template <class Figure>
struct Counting {
    std::vector<UnitId> units;  // the feature says what 0 stands for
    kernel::Day from, to;       // both within; of what, the feature says
    Figure what{};
    bool below = false;  // and the units under the first, as the tree stands now: &below=yes
};
void add_counting(page::Query&, const std::vector<UnitId>&, kernel::Day from, kernel::Day to, std::string_view figure,
                  bool below = false);
// With each unit named.
template <class Figure>
Counting<Figure> spread(db::Connection& db, Counting<Figure> c) {
    if (c.below && !c.units.empty())
        for (UnitId each : all_units_under(db, c.units.front())) c.units.push_back(each);
    c.below = false;
    return c;
}
// Nothing unless units and days are there; of the figure itself the caller knows more.
std::optional<Counting<std::string>> counting_asked(const http::Request&, std::string_view standard_figure);

// ---- settings and calendars ----------------------------------------------------------------------------------------
// One value of the list in settings.cc ("case.reply_days_help", "figures.min_cell" …); the default when nobody changed
// it. Throws std::logic_error for a name that is not in the list.
std::string setting(db::Connection&, std::string_view name);
std::int64_t setting_number(db::Connection&, std::string_view name);
kernel::Calendar calendar(db::Connection&);  // the one in force
// The last day whose holidays the calendar in force knows, once fewer than so many days are left or it has passed: then
// the next one must be set, or due days fall on holidays.
inline constexpr int calendar_warning_days = 60;
std::optional<kernel::Day> calendar_ends(db::Connection&, kernel::Day today);
// As a reader is told it: the one of plain weekdays, which no institution has named, in the reader's language.
std::string calendar_name(page::Lang, const std::string& name);
// As it is in force. `entry`: the one that last changed it, nothing when none did; `by` is the post of who did, "" for
// the console.
struct Setting {
    std::string name, value, standard;
    std::optional<std::int64_t> entry;
    kernel::Instant since;
    std::string by;
    bool differs() const { return value != standard; }
};
std::vector<Setting> settings_in_force(db::Connection&);  // all, by name: shown on /rules
std::vector<Setting> changed_settings(db::Connection&);   // of these, what differs from the default
// In the reader's words: what it is, and one of its values.
std::string setting_meaning(page::Lang, std::string_view name);
std::string setting_words(page::Lang, std::string_view name, std::string_view value);
// The entry that last changed a setting or the calendar; -1 when none did. What was read at one is right at the same.
std::int64_t settings_position(db::Connection&);

// What an entry of the ledger of this kind is about, in the reader's words: "Message", "Round" …
std::string kind_words(page::Lang, std::string_view kind);

// ---- wiring --------------------------------------------------------------------------------------------------------
// What higher features show on the page of a matter about the entries that made and changed it, oldest first: that
// words of it were removed, and how to report those that stand. The same for every reader, because such pages are kept.
using PartOfMatter =
    std::function<page::Html(const http::Request&, db::Connection&, std::span<const std::int64_t> entries)>;
// Of a history whose events each name their `entry`.
template <class Event>
std::vector<std::int64_t> entries_of(const std::vector<Event>& history) {
    std::vector<std::int64_t> entries;
    for (const Event& event : history) entries.push_back(event.entry);
    return entries;
}
struct PasswordCost {
    int passes = 3, kibibytes = 64 * 1024;
};  // argon2id, one lane; less only in tests
// A key from a passphrase: argon2id (RFC 9106) of this cost; the salt has at least 16 bytes. It takes as long as a
// password: whoever lets strangers ask for it must let few in at a time.
kernel::Hash passphrase_key(const kernel::Secret&, kernel::View salt, const PasswordCost&);
struct Needs {
    db::Database& database;
    ledger::Ledger& ledger;
    const kernel::Clock& clock;
    kernel::Bytes server_key;  // 32 bytes, from the data folder
    PasswordCost password_cost = {};
};
struct Hooks {
    // What higher features add to a unit's public page, in this order; an empty Html adds nothing.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, UnitId)>> parts;
    // What higher features say against closing a unit (it still owns something): asked inside the act.
    std::vector<std::function<kernel::Checked(db::Connection&, UnitId)>> guards;
    PartOfMatter words;  // of what stands in a unit's history
    // Further pages that an administrator finds at /admin, in this order.
    struct Place {
        std::string path, title_key, lead_key;  // message keys
    };
    std::vector<Place> admin = {};
    // What higher features say against changing a setting, because it is said elsewhere now: asked inside the act, and
    // on the pages, which then say so. Refusals stand at the field "value".
    std::function<kernel::Checked(db::Connection&, std::string_view name)> setting_guard = {};
    // Further parts of an officer's own account page.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&)>> account = {};
};
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const Needs&, Hooks = {});
// The server's identity hook. Any thread; without a session cookie it touches nothing. Reads the session and the
// officer as they are now: a change of roles, unit or post ends the officer's sessions with its own commit. Under /api/
// the cookie counts only beside a valid csrf token.
http::Identity identify(const Needs&, const http::Request&);
// page::refusal(), except that whoever asked for a page and must sign in first is sent to sign in and back.
http::Response refusal(const http::Request&, const kernel::Error&);

// What `huiyin init` records, through the ledger: entry 0, the root unit, a calendar of plain weekdays and the first
// administrator, whose random password is returned once. Refuses people.already_installed (conflict), and what
// may_set_up() refuses, which can be asked before there is anything: a name that is none, people.login_form. The other
// acts of this feature: acts.h.
struct FirstAccount {
    std::string login, password;
    OfficerId officer;
    UnitId unit;
};
kernel::Checked may_set_up(std::string_view organisation, std::string_view login);
// `sample`: the organisation is invented, and all that its units do is a rehearsal.
kernel::Result<FirstAccount> set_up(const Needs&, std::string_view organisation, std::string_view login,
                                    bool sample = false);
// A login that nobody can know to exist, of letters that can be read aloud: "admin-" and four syllables, 24 bits.
std::string random_login();
// Are the units of this installation invented ones? Then every page says so.
bool rehearsal(db::Connection&);
// `huiyin user add`, and what the rehearsal uses: makes an account; the password is returned once.
kernel::Result<FirstAccount> add_officer(const Needs&, UnitId, std::string_view login, std::string_view post,
                                         const std::vector<Role>&, bool sample, std::string_view name = {});
// `huiyin user list`: every account that somebody could sign in with, by id. The console's alone: logins are words.
struct Account {
    Officer officer;
    std::string login;
};
std::vector<Account> accounts(db::Connection&);
// `huiyin user password`: a new random password, returned once; recorded, and ends the officer's sessions.
kernel::Result<FirstAccount> new_password(const Needs&, std::string_view login);
// `huiyin user reset-code`: takes the second step of an account away, for who lost the phone and the recovery codes.
kernel::Checked reset_code(const Needs&, std::string_view login);
kernel::Result<UnitId> add_unit(const Needs&, std::optional<UnitId> parent, std::string_view name, bool sample);

}  // namespace people
