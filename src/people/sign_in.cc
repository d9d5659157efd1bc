#include "sign_in.h"

#include <algorithm>

#include <db/database.h>
#include <http/http.h>

#include "rules.h"

namespace people {

using kernel::Code;
using kernel::Hash;
using kernel::Instant;
using kernel::Result;

namespace {

constexpr std::int64_t seen_at_most_every = 60'000;  // ms between two writes of "last seen"
constexpr std::size_t cookie_length = 43;            // 32 bytes in base64url

Hash stored(std::string_view cookie) { return kernel::sha256(kernel::view(cookie)); }

// What counts failures: a keyed hash, so that the table does not tell which logins were tried.
Hash login_key(const Needs& needs, std::string_view login) {
    std::string text = "huiyin login v1";
    text += '\0';
    text += login;
    return kernel::hmac_sha256(needs.server_key, kernel::view(text));
}

kernel::Error wait(Instant open, Instant now) {
    const std::int64_t minutes = (open - now + 59'999) / 60'000;
    return kernel::refuse(Code::too_many, "people.sign_in_wait", {{"minutes", std::to_string(minutes)}});
}

// Counts an attempt as failed before it is tried, so that attempts at the same time are counted too.
kernel::Checked count_attempt(const Needs& needs, const Hash& key) {
    const Instant now = needs.clock.now();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    forget_failures(*local, now + -failures_forgotten_after);
    Failures counted = failures(*local, key).value_or(Failures{});
    if (counted.open > now) return wait(counted.open, now);
    ++counted.count;
    counted.last = now;
    counted.open = now + pause_after(counted.count);
    write_failures(*local, key, counted);
    transaction.commit();
    return {};
}

OpenedSession open_session(db::Connection& local, OfficerId officer, std::int64_t officer_entry, Chosen chosen,
                           Instant now) {
    std::string cookie = kernel::base64url(kernel::random_bytes(32));
    write_session(local, {stored(cookie), officer, officer_entry, now, now});
    return {std::move(cookie), chosen};
}

// Looks whether the password is the login's; the attempt counts as failed until it has turned out right.
Result<Credentials> prove(const Needs& needs, Gate& gate, std::string_view login, const kernel::Secret& password) {
    const Hash key = login_key(needs, login);
    const Instant now = needs.clock.now();
    if (const std::optional<Failures> before = failures(*needs.database.read(), key); before && before->open > now)
        return wait(before->open, now);
    const Result<Gate::Pass> pass = gate.enter();
    if (!pass) return pass.error();
    if (kernel::Checked ok = count_attempt(needs, key); !ok) return ok.error();
    const std::optional<Credentials> known = credentials(*needs.database.read(), login);
    const bool fits = password_fits(password, known ? known->hash : std::nullopt, needs.password_cost);
    if (!fits) return kernel::invalid("password", "people.sign_in_wrong");
    clear_failures(*needs.database.local(), key);
    return *known;
}

}  // namespace

Result<OpenedSession> sign_in(const Needs& needs, Gate& gate, std::string_view login, const kernel::Secret& password,
                              std::string_view old_cookie) {
    const Result<Credentials> proven = prove(needs, gate, login, password);
    if (!proven) return proven.error();
    const Instant now = needs.clock.now();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    end_old_sessions(*local, now + -session_idle, now + -session_longest);
    if (!old_cookie.empty()) end_session(*local, stored(old_cookie));
    // It may have been replaced while it was being tried.
    const std::optional<Password> kept = people::password(*local, proven->officer);
    if (!kept || kept->hash != proven->hash) return kernel::invalid("password", "people.sign_in_wrong");
    OpenedSession opened = open_session(*local, proven->officer, proven->officer_entry, kept->chosen, now);
    transaction.commit();
    return opened;
}

void sign_out(const Needs& needs, std::string_view cookie) {
    if (!cookie.empty()) end_session(*needs.database.local(), stored(cookie));
}

Result<OpenedSession> change_password(const Needs& needs, Gate& gate, OfficerId officer, const kernel::Secret& current,
                                      const kernel::Secret& fresh) {
    const auto [login, organisation_name] = [&] {
        db::Database::Lease db = needs.database.read();
        return std::pair(login_of(*db, officer), organisation(*db));
    }();
    if (kernel::Checked ok = check_password(fresh.reveal(), login, organisation_name); !ok) return ok.error();
    const Result<Credentials> proven = prove(needs, gate, login, current);
    if (!proven) {
        kernel::Error error = proven.error();
        if (error.key == "people.sign_in_wrong") error = kernel::invalid("current", "people.password_wrong");
        return error;
    }
    if (current.reveal() == fresh.reveal()) return kernel::invalid("password", "people.password_same");
    std::string hash;
    {
        const Result<Gate::Pass> pass = gate.enter();
        if (!pass) return pass.error();
        hash = hash_password(fresh, needs.password_cost);
    }
    const Instant now = needs.clock.now();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    write_password(*local, officer, hash, Chosen::by_officer, now);
    end_sessions(*local, officer);
    OpenedSession opened = open_session(*local, officer, proven->officer_entry, Chosen::by_officer, now);
    transaction.commit();
    return opened;
}

// ---- sessions ------------------------------------------------------------------------------------------------------

namespace {

std::string handle_of(const Hash& id_hash) { return kernel::hex(kernel::View(id_hash).first(8)); }

}  // namespace

std::vector<OwnSession> own_sessions(const Needs& needs, OfficerId officer, std::string_view cookie) {
    const Hash mine = stored(cookie);
    const Instant now = needs.clock.now();
    std::vector<OwnSession> all;
    for (const Session& session : sessions(*needs.database.read(), officer))
        if (session_alive(session.created, session.seen, now))
            all.push_back({handle_of(session.id_hash), session.created, session.seen, session.id_hash == mine});
    return all;
}

kernel::Checked end_own_session(const Needs& needs, OfficerId officer, std::string_view handle) {
    db::Database::Lease local = needs.database.local();
    for (const Session& session : sessions(*local, officer)) {
        if (handle_of(session.id_hash) != handle) continue;
        end_session(*local, session.id_hash);
        return {};
    }
    return kernel::refuse(Code::not_found, "people.session_unknown");
}

void end_other_sessions(const Needs& needs, OfficerId officer, std::string_view cookie) {
    const Hash mine = stored(cookie);
    db::Database::Lease local = needs.database.local();
    for (const Session& session : sessions(*local, officer))
        if (session.id_hash != mine) end_session(*local, session.id_hash);
}

void end_all_sessions(const Needs& needs, OfficerId officer) { end_sessions(*needs.database.local(), officer); }

http::Identity identify(const Needs& needs, const http::Request& request) {
    const std::string_view cookie = request.cookie(session_cookie);
    if (cookie.size() != cookie_length) return {};
    // A page of another site can make a browser send its cookies; only our own pages can make it send the token.
    if (request.under_api() && !http::csrf_valid(request)) return {};
    const std::optional<SignedIn> found = signed_in(*needs.database.read(), stored(cookie));
    const Instant now = needs.clock.now();
    if (!found || !session_alive(found->session.created, found->session.seen, now)) return {};
    if (now - found->session.seen >= seen_at_most_every)
        touch_session(*needs.database.local(), found->session.id_hash, now);
    http::Identity who{found->officer.id.value(), found->officer.post, {}, found->officer.unit.value()};
    for (Role role : found->officer.roles) who.roles.emplace_back(name(role));
    return who;
}

}  // namespace people
