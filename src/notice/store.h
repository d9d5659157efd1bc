// The local tables: who follows what, what is to be sent, how far the log was read. All of it stands in local.db and is
// written in its transactions, so that what is to be sent and the mark are one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <kernel/bytes.h>

#include "notice.h"

namespace notice {

struct Address {
    std::int64_t id = 0;  // random: a number that was forgotten never comes again
    kernel::Bytes sealed, token_salt;
    std::string lang;
    bool daily = false;
    kernel::Instant asked_at;  // when it was last asked to confirm
    int refused = 0;           // days on which the mail server would not have it, one after another
    kernel::Day refused_on;
};
std::optional<Address> address(db::Connection&, std::int64_t id);
std::optional<Address> address_by_mail(db::Connection&, const kernel::Hash& mail_key);
std::optional<Address> address_by_token(db::Connection&, const kernel::Hash& token_key);
void put_address(db::Connection& local, const Address&, const kernel::Hash& mail_key, const kernel::Hash& token_key);
void set_asked(db::Connection& local, std::int64_t id, kernel::Instant);
void set_daily(db::Connection& local, std::int64_t id, bool daily);
void set_refused(db::Connection& local, std::int64_t id, int days, kernel::Day on);
void forget_address(db::Connection& local, std::int64_t id);  // and what it follows, and what waits for it

struct Follow {
    Matter matter;
    kernel::Instant asked;
    bool confirmed = false;
};
std::vector<Follow> follows_of(db::Connection&, std::int64_t address);  // by matter
void ask_to_follow(db::Connection& local, std::int64_t address, Matter, kernel::Instant);
// Told from now on, which is after the first `size` entries.
void confirm_follows(db::Connection& local, std::int64_t address, kernel::Instant, std::int64_t size);
void drop_follow(db::Connection& local, std::int64_t address, Matter);
// What nobody confirmed is forgotten, and so is an address that follows nothing.
void drop_unconfirmed(db::Connection& local, kernel::Instant asked_before);
// Who had confirmed before `entry` was written, by id.
std::vector<std::int64_t> followers(db::Connection&, std::int64_t entry, Matter, std::int64_t after, int at_most);

// The next entry to read, and within it the matter and the last of its followers that were seen to.
struct Mark {
    std::int64_t entry = 0;
    Matter matter{What{}, 0};
    std::int64_t address = 0;
    friend bool operator==(const Mark&, const Mark&) = default;
};
std::optional<Mark> mark(db::Connection&);
void put_mark(db::Connection& local, const Mark&);
// Read from the end of a log of `size` entries on, which may be shorter than the one that was followed before.
void begin(db::Connection& local, std::int64_t size);
void drop_mark(db::Connection& local);

enum class Kind { notice, confirmation };  // the numbers are stored
// For those followers() with ids above `after` and up to `last`, whoever has it already excepted.
void queue(db::Connection& local, std::int64_t entry, Matter, std::int64_t after, std::int64_t last,
           kernel::Instant now, kernel::Instant digest);
void queue_confirmation(db::Connection& local, std::int64_t address, kernel::Instant now);

// What is sent as one letter. `letter` is part of its Message-ID and stays when it is tried again.
struct Waiting {
    std::int64_t recipient = 0, letter = 0;
    Kind kind = Kind::notice;
    std::vector<std::int64_t> entries;  // oldest first
    int tries = 0;
};
// Of whom something is due, the longest due first: marked as being sent.
std::optional<Waiting> claim(db::Connection& local, kernel::Instant now, int at_most_in_digest);
void put_off(db::Connection& local, const Waiting&, kernel::Instant until, int tries);
void sent(db::Connection& local, const Waiting&);      // or given up
std::int64_t let_go_of_claims(db::Connection& local);  // of a process that ended while it sent; how many letters
void drop_all_waiting(db::Connection& local);
std::int64_t how_many_wait(db::Connection&);  // counted up to 10,000

struct Post {
    std::int64_t entry = 0;
    int tries = 0;
};
void queue_post(db::Connection& local, std::int64_t hook, std::int64_t entry, kernel::Instant now);
std::optional<Post> next_post(db::Connection&, std::int64_t hook, kernel::Instant now);
void put_off_post(db::Connection& local, std::int64_t hook, std::int64_t entry, kernel::Instant until, int tries);
void posted(db::Connection& local, std::int64_t hook, std::int64_t entry);  // or given up
void drop_posts(db::Connection& local, std::int64_t hook);

// derived.db: which entries stand in the feed of a matter.
void put_event(db::Connection& derived, Matter, std::int64_t entry);
std::vector<std::int64_t> events_of(db::Connection&, Matter, std::int64_t before, int at_most);  // newest first

}  // namespace notice
