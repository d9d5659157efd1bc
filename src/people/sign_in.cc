#include "sign_in.h"

#include <algorithm>

#include <db/database.h>
#include <http/http.h>

#include "rules.h"
#include "second_step.h"

namespace people {

using kernel::Code;
using kernel::Hash;
using kernel::Instant;
using kernel::Result;

namespace {

constexpr std::int64_t seen_at_most_every = 60'000;  // ms between two writes of "last seen"
constexpr std::size_t cookie_length = 43;            // 32 bytes in base64url

Hash stored(std::string_view cookie) { return kernel::sha256(kernel::view(cookie)); }

// A pause longer than any was counted before the clock was set back.
bool paused(const Failures& counted, Instant now) { return counted.open > now && counted.open - now <= longest_pause; }

kernel::Error wait(Instant open, Instant now) {
    const std::int64_t minutes = (open - now + 59'999) / 60'000;
    return kernel::refuse(Code::too_many, "people.sign_in_wait", {{"minutes", std::to_string(minutes)}});
}

}  // namespace

Hash login_key(const Needs& needs, std::string_view login) {
    std::string text = "huiyin login v1";
    text += '\0';
    text += login;
    return kernel::hmac_sha256(needs.server_key, kernel::view(text));
}

kernel::Checked count_attempt(const Needs& needs, const Hash& key) {
    const Instant now = needs.clock.now();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    forget_failures(*local, now + -failures_forgotten_after);
    Failures counted = failures(*local, key).value_or(Failures{});
    if (paused(counted, now)) return wait(counted.open, now);
    ++counted.count;
    counted.last = now;
    counted.open = now + pause_after(counted.count);
    write_failures(*local, key, counted);
    transaction.commit();
    return {};
}

namespace {

OpenedSession open_session(db::Connection& local, OfficerId officer, std::int64_t officer_entry, Chosen chosen,
                           Instant now) {
    std::string cookie = kernel::base64url(kernel::random_bytes(32));
    write_session(local, {stored(cookie), officer, officer_entry, now, now});
    return {std::move(cookie), chosen};
}

// What came of a password; the attempt counts as failed until it has turned out right.
struct Tried {
    Hash key{};
    std::optional<Credentials> fitting;
};

Result<Tried> try_password(const Needs& needs, Gate& gate, std::string_view login, const kernel::Secret& password) {
    const Hash key = login_key(needs, login);
    const Instant now = needs.clock.now();
    if (const std::optional<Failures> before = failures(*needs.database.read(), key); before && paused(*before, now))
        return wait(before->open, now);
    const Result<Gate::Pass> pass = gate.enter();
    if (!pass) return pass.error();
    if (kernel::Checked ok = count_attempt(needs, key); !ok) return ok.error();
    std::optional<Credentials> known = credentials(*needs.database.read(), login);
    const bool fits = password_fits(password, known ? known->hash : std::nullopt, needs.password_cost);
    return Tried{key, fits ? std::move(known) : std::nullopt};
}

// It may have been replaced while it was being tried.
bool still_fits(db::Connection& local, const Credentials& proven) {
    const std::optional<Password> kept = people::password(local, proven.officer);
    return kept && kept->hash == proven.hash;
}

// Whoever gave it knows it, so it opens nothing for longer than its officer needs to choose another.
kernel::Checked in_time(const Password& kept, Instant now) {
    if (kept.chosen == Chosen::by_officer || now - kept.set < given_password_lasts) return {};
    return kernel::invalid("password", "people.password_ran_out");
}

}  // namespace

Result<OpenedSession> sign_in(const Needs& needs, Gate& gate, std::string_view login, const kernel::Secret& password,
                              std::string_view old_cookie) {
    const Result<Tried> tried = try_password(needs, gate, login, password);
    if (!tried) return tried.error();
    const Instant now = needs.clock.now();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    end_old_sessions(*local, now + -session_idle, now + -session_longest);
    end_old_sign_in_steps(*local, now + -sign_in_step_lasts);
    const bool right = tried->fitting && still_fits(*local, *tried->fitting);
    const OfficerId officer = right ? tried->fitting->officer : OfficerId();
    const std::optional<SecondStepRow> step = second_step_row(*local, officer);
    if (!right || (step && step->secret)) {
        if (!any_second_step(*local)) return kernel::invalid("password", "people.sign_in_wrong");
        std::string cookie = kernel::base64url(kernel::random_bytes(32));
        write_sign_in_step(*local, stored(cookie),
                           {tried->key, officer, right ? tried->fitting->officer_entry : 0, 0, now});
        transaction.commit();
        return OpenedSession{std::move(cookie), Chosen::by_officer, true};
    }
    if (!old_cookie.empty()) end_session(*local, stored(old_cookie));
    clear_failures(*local, tried->key);
    const Password kept = people::password(*local, officer).value();
    const kernel::Checked valid = in_time(kept, now);
    OpenedSession opened;
    if (valid) opened = open_session(*local, officer, tried->fitting->officer_entry, kept.chosen, now);
    transaction.commit();
    if (!valid) return valid.error();
    return opened;
}

bool step_waits(const Needs& needs, std::string_view cookie) {
    if (cookie.size() != cookie_length) return false;
    const std::optional<SignInStep> step = sign_in_step(*needs.database.read(), stored(cookie));
    return step && needs.clock.now() - step->created < sign_in_step_lasts;
}

Result<OpenedSession> sign_in_code(const Needs& needs, std::string_view cookie, std::string_view code,
                                   std::string_view old_cookie) {
    const kernel::Error again = kernel::refuse(Code::unauthenticated, "people.sign_in_again");
    const std::optional<SignInStep> asked = sign_in_step(*needs.database.read(), stored(cookie));
    const Instant now = needs.clock.now();
    if (!asked || now - asked->created >= sign_in_step_lasts) return again;
    if (kernel::Checked ok = count_attempt(needs, asked->login_key); !ok) return ok.error();
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    std::optional<SignInStep> step = sign_in_step(*local, stored(cookie));
    if (!step) return again;
    if (!step->officer || !redeem_code(*local, needs, step->officer, code)) {
        if (++step->tries >= codes_per_step)
            end_sign_in_step(*local, stored(cookie));
        else
            write_sign_in_step(*local, stored(cookie), *step);
        transaction.commit();
        if (step->tries >= codes_per_step) return again;
        return kernel::invalid("code", "people.sign_in_code_wrong");
    }
    end_sign_in_steps(*local, step->officer);
    if (!old_cookie.empty()) end_session(*local, stored(old_cookie));
    clear_failures(*local, step->login_key);
    const Password kept = people::password(*local, step->officer).value();
    const kernel::Checked valid = in_time(kept, now);
    OpenedSession opened;
    if (valid) opened = open_session(*local, step->officer, step->officer_entry, kept.chosen, now);
    transaction.commit();
    if (!valid) return valid.error();
    return opened;
}

kernel::Checked prove_password(const Needs& needs, Gate& gate, OfficerId officer, const kernel::Secret& current) {
    const std::string login = login_of(*needs.database.read(), officer);
    const Result<Tried> tried = try_password(needs, gate, login, current);
    if (!tried) return tried.error();
    if (!tried->fitting) return kernel::invalid("current", "people.password_wrong");
    clear_failures(*needs.database.local(), tried->key);
    return {};
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
    const Result<Tried> tried = try_password(needs, gate, login, current);
    if (!tried) return tried.error();
    if (!tried->fitting) return kernel::invalid("current", "people.password_wrong");
    clear_failures(*needs.database.local(), tried->key);
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
    OpenedSession opened = open_session(*local, officer, tried->fitting->officer_entry, Chosen::by_officer, now);
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

std::int64_t session_left(const Needs& needs, OfficerId officer, std::string_view cookie) {
    const Instant now = needs.clock.now();
    for (const OwnSession& session : own_sessions(needs, officer, cookie))
        if (session.this_one)
            return std::min(session_idle - (now - session.seen), session_longest - (now - session.created));
    return 0;
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

namespace {

// Whose role asks for a code and who has none yet gets no further than to the page that sets it up.
bool code_missing(db::Connection& db, const SignedIn& found, const http::Request& request) {
    if (found.has_code) return false;
    const std::string_view path = request.path;
    if (path == "/sign-in" || path == "/sign-out" || path.starts_with("/account")) return false;
    return code_required(db, found.officer.roles);
}

}  // namespace

http::Identity identify(const Needs& needs, const http::Request& request) {
    const std::string_view cookie = request.cookie(session_cookie);
    if (cookie.size() != cookie_length) return {};
    // A page of another site can make a browser send its cookies; only our own pages can make it send the token.
    if (request.under_api() && !http::csrf_valid(request)) return {};
    std::optional<SignedIn> found;
    {
        db::Database::Lease db = needs.database.read();
        found = signed_in(*db, stored(cookie));
        if (found && code_missing(*db, *found, request)) return {};
    }
    const Instant now = needs.clock.now();
    if (!found || !session_alive(found->session.created, found->session.seen, now)) return {};
    if (now - found->session.seen >= seen_at_most_every && request.path != session_path)
        touch_session(*needs.database.local(), found->session.id_hash, now);
    http::Identity who{found->officer.id.value(), found->officer.post, {}, found->officer.unit.value()};
    for (Role role : found->officer.roles) who.roles.emplace_back(name(role));
    return who;
}

}  // namespace people
