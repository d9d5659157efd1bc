#include "open_keys.h"

#include <algorithm>

#include <db/database.h>
#include <kernel/seal.h>
#include <watch/watch.h>

#include "rules.h"

namespace confidential {
namespace {

constexpr std::string_view key_purpose = "receiver key";
constexpr std::int64_t minute = 60'000, longest_wait = 60;  // minutes

std::string place_of(people::OfficerId officer, kernel::View public_key) {
    return std::to_string(officer.value()) + " " + kernel::hex(public_key);
}

kernel::Hash name_of(std::string_view session) { return kernel::sha256(kernel::view(session)); }

std::int64_t wait_after(int wrong) {
    const int doubled = wrong - OpenKeys::free_tries;
    return doubled < 0 ? 0 : std::min<std::int64_t>(longest_wait, std::int64_t{1} << std::min(doubled, 10));
}

std::optional<Receiver> receiver_who_is(db::Connection& db, people::OfficerId officer) {
    for (Receiver& r : receivers(db))
        if (r.officer == officer) return r;
    return std::nullopt;
}

}  // namespace

KeyRow wrapped(people::OfficerId officer, const kernel::BoxKey& key, const kernel::Secret& passphrase,
               const people::PasswordCost& cost) {
    KeyRow row;
    row.public_key.assign(key.public_key().begin(), key.public_key().end());
    row.salt = kernel::random_bytes(16);
    row.cost = cost;
    row.wrapped = kernel::seal(people::passphrase_key(passphrase, row.salt, cost), key_purpose,
                               place_of(officer, key.public_key()), key.secret());
    return row;
}

std::optional<kernel::BoxKey> unwrapped(people::OfficerId officer, const KeyRow& row,
                                        const kernel::Secret& passphrase) {
    auto secret = kernel::unseal(people::passphrase_key(passphrase, row.salt, row.cost), key_purpose,
                                 place_of(officer, row.public_key), row.wrapped);
    if (!secret) return std::nullopt;
    kernel::BoxKey key = kernel::BoxKey::from(*secret);
    kernel::wipe(*secret);
    return key;
}

kernel::Result<kernel::BoxKey> OpenKeys::tried(const people::Needs& needs, people::OfficerId officer,
                                               const kernel::Secret& passphrase) {
    if (passphrase.empty()) return kernel::invalid("passphrase", "confidential.passphrase_missing");
    std::optional<KeyRow> row;
    {
        auto db = needs.database.read();
        const auto me = receiver_who_is(*db, officer);
        // Who receives no more reads on what was boxed to them.
        if (!me) return kernel::refuse(kernel::Code::forbidden, "confidential.no_receiver");
        if (me->key) row = key_row(*db, officer, *me->key);
        if (!row) return kernel::refuse(kernel::Code::conflict, "confidential.key_missing");
    }
    const std::lock_guard one_at_a_time(hashing_);
    const kernel::Instant now = needs.clock.now();
    {
        const std::lock_guard lock(mutex_);
        const Tries& tries = tries_[officer];
        if (now < tries.from)
            return kernel::Error{kernel::Code::too_many,
                                 "confidential.passphrase_wait",
                                 "passphrase",
                                 {{"minutes", std::to_string((tries.from - now + minute - 1) / minute)}}};
    }
    auto key = unwrapped(officer, *row, passphrase);
    const std::lock_guard lock(mutex_);
    Tries& tries = tries_[officer];
    if (!key) {
        tries.from = now + wait_after(++tries.wrong) * minute;
        watch::warn("confidential_passphrase_wrong", {{"officer", officer.value()}, {"tries", tries.wrong}});
        return kernel::invalid("passphrase", "confidential.passphrase_wrong");
    }
    tries = {};
    return *std::move(key);
}

kernel::Checked OpenKeys::open(const people::Needs& needs, people::OfficerId officer, std::string_view session,
                               const kernel::Secret& passphrase) {
    auto key = tried(needs, officer, passphrase);
    if (!key) return key.error();
    const kernel::Instant now = needs.clock.now();
    const std::lock_guard lock(mutex_);
    std::erase_if(held_, [&](const auto& one) { return one.second.until <= now; });
    held_[name_of(session)] = {officer, std::make_shared<const kernel::BoxKey>(*std::move(key)), now + lasts};
    return {};
}

kernel::Checked OpenKeys::change(const people::Needs& needs, people::OfficerId officer, const kernel::Secret& current,
                                 const kernel::Secret& fresh) {
    if (auto good = rules::passphrase(fresh); !good) return good;
    const auto key = tried(needs, officer, current);
    if (!key) {
        kernel::Error wrong = key.error();
        if (!wrong.field.empty()) wrong.field = "current";
        return wrong;
    }
    const KeyRow row = wrapped(officer, *key, fresh, needs.password_cost);
    auto local = needs.database.local();
    db::Transaction transaction(*local);
    write_key_row(*local, officer, row);
    transaction.commit();
    return {};
}

std::shared_ptr<const kernel::BoxKey> OpenKeys::of(const people::Needs& needs, people::OfficerId officer,
                                                   std::string_view session) {
    const kernel::Instant now = needs.clock.now();
    const std::lock_guard lock(mutex_);
    std::erase_if(held_, [&](const auto& one) { return one.second.until <= now; });
    const auto found = held_.find(name_of(session));
    if (session.empty() || found == held_.end() || found->second.officer != officer) return nullptr;
    found->second.until = now + lasts;
    return found->second.key;
}

void OpenKeys::lock(std::string_view session) {
    const std::lock_guard lock(mutex_);
    held_.erase(name_of(session));
}

}  // namespace confidential
