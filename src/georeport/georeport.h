// Open311 GeoReport v2, the server's side: other programs read what is public here and send messages, in the shape of
// that specification. Clients that send are admitted by an administrator and have a key. Gaps: README.md.
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

namespace georeport {

using ClientId = kernel::Id<struct ClientTag>;
using Once = std::optional<kernel::Hash>;

inline constexpr std::size_t max_name = 80, max_reason = 500;  // code points
inline constexpr int max_per_minute = 600;                     // reports of one client
inline constexpr int max_clients = 200;                        // admitted at the same time

// A program that sends. Who and since when stands on /rules.
struct Client {
    ClientId id;
    std::string name;  // "" once erased
    int per_minute = 0;
    bool for_authors = false;  // whoever speaks holds it in their own hands: it is handed the secret code to show them
    people::OfficerId by;
    kernel::Instant since;
    std::optional<kernel::Instant> ended;
    std::optional<std::int64_t> ended_entry;
    std::string reason;  // of the end; "" once erased
};
std::optional<Client> client(db::Connection&, ClientId);
std::vector<Client> clients(db::Connection&, bool admitted_only = false);  // by id

struct Admission {
    std::string name;
    int per_minute = 60;
    bool for_authors = false;
};
struct Admitted {
    ClientId client;
    std::string key;  // shown once; "" when the same form had been sent before
};
// By an administrator. Refuses at "name": georeport.name_missing, georeport.name_taken, kernel.text_too_long; at
// "per_minute": georeport.per_minute {max}; georeport.too_many_clients {max}, conflict.
kernel::Result<Admitted> admit(const people::Needs&, const people::Actor&, const Admission&, Once = {});
// Its key opens nothing from then on. georeport.client_unknown (not_found), georeport.client_has_ended (conflict), at
// "reason" people.reason_missing, kernel.text_too_long.
kernel::Checked end(const people::Needs&, const people::Actor&, ClientId, std::string_view reason, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&);
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Which clients may send, as a part of /rules.
page::Html part_of_rules(page::Lang, db::Connection&);
// For the server's faults: what is refused under /open311 before a handler sees it has the specification's shape too.
bool answers(const http::Request&);
http::Response fault(const http::Request&, int status, const kernel::Error&);

}  // namespace georeport
