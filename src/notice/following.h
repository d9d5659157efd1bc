// Asking to be told, confirming, stopping. None of it is in the ledger: who follows what concerns nobody else.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "notice.h"
#include "store.h"

namespace notice {

kernel::Hash mail_key(kernel::View server_key, std::string_view address);
// The token in the addresses of somebody's letters: 128 bits out of the server's key and the row's salt, so that
// neither alone gives it. It confirms, shows and stops what its address follows, and does nothing else.
std::string token_of(kernel::View server_key, const Address&);
// The mail address itself; nothing where server.key is another than it was sealed with.
std::optional<std::string> open_address(kernel::View server_key, const Address&);

struct Asking {
    Matter matter;
    std::string email;  // as typed
    bool daily = false;
    std::string lang;  // of the letters: "zh-Hans"
};
// The answer is the same whether the address is known here or not, so that nobody learns who follows something: then a
// letter comes, at most one an hour, with a link to a page whose button confirms. Refusals: notice.off (unavailable),
// notice.matter_unknown (not_found), and those of rules::address_of at "email".
kernel::Checked ask(const people::Needs&, const Hooks&, const Means&, const Asking&);

std::optional<Address> of_token(const people::Needs&, db::Connection&, std::string_view token);
// Each does nothing for a token that is none (any more).
void confirm(const people::Needs&, std::string_view token);
void pace(const people::Needs&, std::string_view token, bool daily);
void stop_one(const people::Needs&, std::string_view token, Matter);
void stop_all(const people::Needs&, std::string_view token);  // and forgets the address

}  // namespace notice
