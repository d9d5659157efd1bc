// Confidential messages: sealed so that only named receivers open them, officers outside the units and the person
// concerned, whom the author has seen and can strike. No list, search, feed, notice or counter by unit shows them.
//
// Everything said in a matter is sealed before the ledger's writer sees it, waits under a random key for the next full
// hour, and then enters the log, as one kind of entry of one size, in random order. States and limits: README.md.
// Any thread but the writer's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>

namespace jobs {
struct Task;
}

namespace confidential {

using MatterId = kernel::Id<struct MatterTag>;  // the entry that opened it: there once its hour is over
using Once = std::optional<kernel::Hash>;

inline constexpr std::size_t most_receivers = 8;                                  // of one matter
inline constexpr int most_acts = 90;                                              // of people in one matter
inline constexpr std::size_t max_text = 2000, max_place = 200, max_reason = 500;  // code points
inline constexpr std::size_t min_passphrase = 12, max_passphrase = 256;           // code points

enum class Act { opened = 1, word, reply, handed_over, closed, late };  // the numbers are stored
enum class Kind { help, complaint, suggestion, question };
inline constexpr Kind all_kinds[] = {Kind::help, Kind::complaint, Kind::suggestion, Kind::question};
std::string_view name(Kind);  // "help" …: in forms, and sealed
std::optional<Kind> parse_kind(std::string_view);

// ---- receivers -----------------------------------------------------------------------------------------------------
struct Receiver {
    people::OfficerId officer;
    people::UnitId unit;
    std::string post;
    std::optional<kernel::Hash> key;  // public; nothing until the officer has made one
    bool gone = false;                // a receiver no more, or out of office
    int depth = 0;                    // of the unit in the tree; the root's is 0
    bool ready() const { return key && !gone; }
    friend bool operator==(const Receiver&, const Receiver&) = default;
};
std::vector<Receiver> receivers(db::Connection&);  // all who were ever named, by id
// Of those who are ready, to whom a matter about these units may go: nobody in one of them, under or above it in line.
// The lowest first.
std::vector<Receiver> outside(db::Connection&, const std::vector<people::UnitId>& concerned);
// Of those who are ready in the higher body (setting confidential.higher_body) or under it: nobody in or under a unit
// concerned. Empty where no such body is set.
std::vector<Receiver> above(db::Connection&, const std::vector<people::UnitId>& concerned);

// By an administrator, with a reason that everybody may read. Refuses people.officer_unknown, confidential.has_gone,
// confidential.no_administrator (at "officer"), confidential.named_already (conflict), confidential.reason_missing.
kernel::Checked name_receiver(const people::Needs&, const people::Actor&, people::OfficerId, std::string_view reason,
                              Once = {});
// By an administrator, or by the receiver. What was boxed to them stays so; nothing more is. confidential.no_receiver.
kernel::Checked end_receiver(const people::Needs&, const people::Actor&, people::OfficerId, std::string_view reason,
                             Once = {});
// Makes the actor's own key and wraps it under the passphrase. A new one opens nothing that was boxed to the one
// before. Refuses confidential.no_receiver (forbidden), confidential.passphrase_length {min, max} (at "passphrase").
kernel::Checked make_key(const people::Needs&, const people::Actor&, const kernel::Secret& passphrase, Once = {});
// Is the private key that belongs to the public one here? Not after a rebuild.
bool has_key(db::Connection&, const Receiver&);

// Matters opened in a year, for the years before this one: fewer than the setting figures.min_cell are left out.
struct Year {
    int year = 0;
    std::int64_t matters = 0;
    bool shown = false;  // enough to be shown
};
std::vector<Year> years_before(db::Connection&, int this_year);  // newest first

// ---- what the clock does -------------------------------------------------------------------------------------------
// Enters all that waits for an hour that is over. How many.
std::int64_t enter(const people::Needs&);
// Puts an entry of lateness into each matter whose day is over, and gives the turn to the next receiver up. How many.
std::int64_t ring(const people::Needs&);

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&);
std::vector<jobs::Task> tasks(const people::Needs&);
// For the form in which anybody says something: that there is this way, too. Empty while it is not set up.
page::Html part_of_say(const http::Request&, db::Connection&);
// For an officer's own account page: a receiver's key. Empty for all others.
page::Html part_of_account(const http::Request&, db::Connection&);

}  // namespace confidential
