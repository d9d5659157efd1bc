#include "following.h"

#include <algorithm>

#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/seal.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include "rules.h"

namespace notice {
namespace {

constexpr std::string_view seal_purpose = "huiyin notice address v1";

kernel::Hash keyed(kernel::View server_key, std::string_view purpose, kernel::View bytes) {
    const kernel::Hash key = kernel::hmac_sha256(server_key, kernel::view(purpose));
    return kernel::hmac_sha256(key, bytes);
}

kernel::Hash token_key(kernel::View server_key, std::string_view token) {
    return keyed(server_key, "huiyin notice token key v1", kernel::view(token));
}

Address new_address(kernel::View server_key, const std::string& mail, const Asking& asking) {
    Address a;
    a.id = 1 + kernel::random_below((std::int64_t{1} << 53) - 2);  // what JSON holds: backups are made of it
    a.sealed = kernel::seal(server_key, seal_purpose, std::to_string(a.id), kernel::view(mail));
    a.token_salt = kernel::random_bytes(16);
    a.lang = asking.lang;
    a.daily = asking.daily;
    return a;
}

template <class Work>
void with_token(const people::Needs& needs, std::string_view token, Work work) {
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    const auto found = of_token(needs, *local, token);
    if (!found) return;
    work(*local, *found);
    transaction.commit();
}

}  // namespace

kernel::Hash mail_key(kernel::View server_key, std::string_view address) {
    return keyed(server_key, "huiyin notice mail v1", kernel::view(address));
}

std::string token_of(kernel::View server_key, const Address& a) {
    const kernel::Hash hash = keyed(server_key, "huiyin notice token v1", a.token_salt);
    return kernel::base64url(kernel::View(hash).first(16));
}

std::optional<std::string> open_address(kernel::View server_key, const Address& a) {
    const auto plain = kernel::unseal(server_key, seal_purpose, std::to_string(a.id), a.sealed);
    if (!plain) return std::nullopt;
    return std::string(kernel::text(*plain));
}

kernel::Checked ask(const people::Needs& needs, const Hooks& hooks, const Means& means, const Asking& asking) {
    if (!means.mails()) return kernel::refuse(kernel::Code::unavailable, "notice.off");
    const auto mail = rules::address_of(asking.email);
    if (!mail) return mail.error();
    {
        auto db = needs.database.read();
        if (!hooks.named(*db, page::Lang::en, asking.matter))
            return kernel::refuse(kernel::Code::not_found, "notice.matter_unknown");
    }
    const kernel::Instant now = needs.clock.now();
    const kernel::Hash key = mail_key(needs.server_key, *mail);
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    std::optional<Address> a = address_by_mail(*local, key);
    if (!a) {
        a = new_address(needs.server_key, *mail, asking);
        put_address(*local, *a, key, token_key(needs.server_key, token_of(needs.server_key, *a)));
    }
    const std::vector<Follow> all = follows_of(*local, a->id);
    const auto waiting = std::count_if(all.begin(), all.end(), [](const Follow& f) { return !f.confirmed; });
    if (all.size() < rules::most_followed && waiting < rules::most_unconfirmed)
        ask_to_follow(*local, a->id, asking.matter, now);
    if (now - a->asked_at >= rules::asking_ms) {
        set_asked(*local, a->id, now);
        queue_confirmation(*local, a->id, now);
    }
    transaction.commit();
    return {};
}

std::optional<Address> of_token(const people::Needs& needs, db::Connection& db, std::string_view token) {
    return address_by_token(db, token_key(needs.server_key, token));
}

void confirm(const people::Needs& needs, std::string_view token) {
    with_token(needs, token, [&](db::Connection& local, const Address& a) {
        confirm_follows(local, a.id, needs.clock.now(), ledger::size(local));
    });
}

void pace(const people::Needs& needs, std::string_view token, bool daily) {
    with_token(needs, token, [&](db::Connection& local, const Address& a) { set_daily(local, a.id, daily); });
}

void stop_one(const people::Needs& needs, std::string_view token, Matter m) {
    with_token(needs, token, [&](db::Connection& local, const Address& a) {
        drop_follow(local, a.id, m);
        if (follows_of(local, a.id).empty()) forget_address(local, a.id);
    });
}

void stop_all(const people::Needs& needs, std::string_view token) {
    with_token(needs, token, [&](db::Connection& local, const Address& a) { forget_address(local, a.id); });
}

}  // namespace notice
