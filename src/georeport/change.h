// What can happen to a client, as typed values, and its permanent encoding in the ledger.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "georeport.h"

namespace georeport::change {

// The key's HMAC is a fact: nobody without the server's key can do anything with it, and a rebuild keeps clients going.
struct ClientAdmitted {
    std::string name;
    kernel::Hash key{};
    int per_minute = 0;
    bool for_authors = false;
    people::OfficerId by;
    friend bool operator==(const ClientAdmitted&, const ClientAdmitted&) = default;
};
struct ClientEnded {
    ClientId client;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const ClientEnded&, const ClientEnded&) = default;
};
using Change = std::variant<ClientAdmitted, ClientEnded>;

inline constexpr std::string_view admitted_kind = "georeport.client_admitted";
inline constexpr std::string_view ended_kind = "georeport.client_ended";

ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace georeport::change
