// Notices (通知): people without an account are told, by mail, feed or calendar, that something happened in a matter
// they follow; other programs by webhook. What is said is which matter, what kind of thing, and where to read it: never
// a word of it. Who follows what is shown to nobody.
//
// This feature stands above all others and knows none of them: the server hands in what an entry did (Hooks).
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>

namespace db {
class Connection;
class Database;
}  // namespace db
namespace http {
class Router;
struct Request;
}  // namespace http
namespace jobs {
struct Task;
}
namespace ledger {
struct Entry;
}
namespace page {
class Html;
enum class Lang;
}  // namespace page

namespace notice {

enum class What { cycle = 1, unit, issue, measure, voice };  // the numbers are stored
inline constexpr std::array all_whats = {What::cycle, What::unit, What::issue, What::measure, What::voice};
std::string_view name(What);  // "cycle" …: in addresses and message keys notice.what_…
std::optional<What> parse_what(std::string_view);

// Something that can be followed.
struct Matter {
    What what = What::voice;
    std::int64_t id = 0;
    friend auto operator<=>(const Matter&, const Matter&) = default;
};

// What an entry did, for those who follow one of the matters that it touched.
struct Happened {
    std::string key;              // message key of the sentence; its arguments are {n} and, where there is one, {state}
    std::int64_t n = 0;           // the number of the matter it is said of
    std::string state_key;        // message key of the state that the matter is in now; "" for none
    std::string link;             // where it can be read: "/voices/17"
    std::vector<Matter> touched;  // in no order
};
// A matter as its followers are told of it: "Message 17"; no words of it.
struct Named {
    std::string label, link;
};
// A day that stands in a calendar.
struct Date {
    std::int64_t entry = 0;  // that made the thing: the date's identity for good
    std::string name;        // which of its dates: "due"
    kernel::Day day;
    std::string key;  // message key of its title; its argument is {n}
    std::int64_t n = 0;
    std::string link;
    std::int64_t changes = 0;  // how often it was changed; never less than before
    bool cancelled = false;
    kernel::Instant at;  // when it was last said: the time of an entry
};

struct Hooks {
    // What an entry did; nothing where nobody is told of it. Asked when the entry is new and again when a letter is
    // written and a feed is made, so that a matter which is confidential by then is not named. Never throws for an
    // entry that it does not know.
    std::function<std::optional<Happened>(db::Connection&, const ledger::Entry&)> happened;
    // Nothing where it is not there, or may not be followed: a confidential matter.
    std::function<std::optional<Named>(db::Connection&, page::Lang, Matter)> named;
    // The dates of a round, a unit or a body ("bodies"), those that are over for at most a year among them; nothing
    // where there is no such thing.
    std::function<std::optional<std::vector<Date>>(db::Connection&, std::string_view of, std::int64_t id)> dates;
};

// Where public facts of entries are posted: the operator's own choice, in huiyin.toml alone.
struct Webhook {
    std::string url;
    kernel::Bytes secret;            // of HMAC-SHA256, 24 to 64 bytes
    std::vector<std::string> kinds;  // of entries, "voice.answered"; or beginnings of them, "voice."; none: all
};
// The mail server that takes all letters and delivers them.
struct Relay {
    std::string url;   // "smtps://mail.example.org:465", or "smtp://…": STARTTLS then, off this machine
    std::string from;  // the sender's address; where bounces go
    std::string user;  // "" for a server that asks for none
    kernel::Secret password;
};
// What of it is switched on here.
struct Means {
    std::optional<Relay> relay;  // none: no mail is sent, and every page says so
    std::string address;         // "https://voices.example.org": of links; never empty where there is a relay
    std::string organisation;    // whose letters they are
    std::vector<Webhook> webhooks;
    bool mails() const { return relay.has_value(); }
};

// Why nothing can be sent with it, for whoever wrote huiyin.toml; nothing when it can.
std::optional<std::string> fault_of(const Means&);
void add_routes(http::Router&, const people::Needs&, Hooks, Means);
// The log is read for those who follow, letters and webhooks are sent, feeds are kept.
std::vector<jobs::Task> tasks(const people::Needs&, Hooks, Means);
// On the page of a matter: how to be told of it. The same for every reader.
page::Html part(page::Lang, Matter);
page::Html calendar_link(page::Lang, std::string_view of, std::int64_t id);  // of Hooks::dates
// On /rules: whether this installation sends anything.
page::Html part_of_rules(page::Lang, const Means&);

// For a place that was just restored from a backup: what was waiting then was sent elsewhere, perhaps, and what
// followed is told to nobody. Drops what waits and reads the log from its end on.
void begin_at_end(db::Database&);

}  // namespace notice
