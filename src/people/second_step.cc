#include "second_step.h"

#include <algorithm>

#include <db/database.h>
#include <kernel/seal.h>
#include <kernel/text.h>

#include "sign_in.h"
#include "store.h"
#include "totp.h"

namespace people {

using kernel::Code;
using kernel::Result;

namespace {

constexpr std::string_view purpose = "second step";

std::string place_of(OfficerId officer) { return std::to_string(officer.value()); }

kernel::Bytes sealed(const Needs& needs, OfficerId officer, kernel::View secret) {
    return kernel::seal(needs.server_key, purpose, place_of(officer), secret);
}

// Nothing when the row was sealed under another server key: then no code fits, and a reset helps.
std::optional<kernel::Bytes> opened(const Needs& needs, OfficerId officer, const std::optional<kernel::Bytes>& sealed) {
    if (!sealed) return std::nullopt;
    return kernel::unseal(needs.server_key, purpose, place_of(officer), *sealed);
}

kernel::Hash recovery_hash(const Needs& needs, OfficerId officer, std::string_view code) {
    std::string text = "huiyin recovery v1";
    text += '\0';
    text.append(place_of(officer)).append(1, '\0').append(code);
    return kernel::hmac_sha256(needs.server_key, kernel::view(text));
}

// As it was typed: without spaces and hyphens, in small letters.
std::string bare(std::string_view typed) {
    std::string out;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

// Two fives of letters and digits that cannot be taken for each other: 49 bits, tried at most a few times an hour.
std::string recovery_code() {
    const std::string password = bare(random_password().reveal());
    return password.substr(0, 5) + "-" + password.substr(5, 5);
}

std::vector<std::string> fresh_recovery(db::Connection& local, const Needs& needs, OfficerId officer) {
    std::vector<std::string> codes;
    std::vector<kernel::Hash> hashes;
    for (int i = 0; i < recovery_codes; ++i) {
        codes.push_back(recovery_code());
        hashes.push_back(recovery_hash(needs, officer, bare(codes.back())));
    }
    write_recovery(local, officer, hashes);
    return codes;
}

kernel::Error wrong() { return kernel::invalid("code", "people.code_wrong"); }

}  // namespace

SecondStep second_step(const Needs& needs, OfficerId officer) {
    db::Database::Lease db = needs.database.read();
    const std::optional<SecondStepRow> row = second_step_row(*db, officer);
    if (!row) return {};
    return {row->secret.has_value(), row->fresh.has_value(), row->since, recovery_left(*db, officer)};
}

bool code_required(db::Connection& db, const std::vector<Role>& roles) {
    const std::string asked = setting(db, "sign_in.code_roles");
    for (std::string_view one : kernel::split(asked, ' '))
        if (std::any_of(roles.begin(), roles.end(), [&](Role role) { return name(role) == one; })) return true;
    return false;
}

kernel::Checked begin_code(const Needs& needs, Gate& gate, OfficerId officer, const kernel::Secret& current) {
    if (kernel::Checked ok = prove_password(needs, gate, officer, current); !ok) return ok;
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    SecondStepRow row = second_step_row(*local, officer).value_or(SecondStepRow{});
    if (row.secret) return kernel::refuse(Code::conflict, "people.code_in_force");
    row.fresh = sealed(needs, officer, kernel::random_bytes(totp_secret_bytes));
    write_second_step(*local, officer, row);
    transaction.commit();
    return {};
}

std::optional<FreshCode> fresh_code(const Needs& needs, OfficerId officer) {
    db::Database::Lease db = needs.database.read();
    const std::optional<SecondStepRow> row = second_step_row(*db, officer);
    const std::optional<kernel::Bytes> secret = row ? opened(needs, officer, row->fresh) : std::nullopt;
    if (!secret) return std::nullopt;
    return FreshCode{in_fours(*secret), otpauth(organisation(*db), login_of(*db, officer), *secret)};
}

Result<std::vector<std::string>> confirm_code(const Needs& needs, OfficerId officer, std::string_view cookie,
                                              std::string_view code) {
    const kernel::Instant now = needs.clock.now();
    std::vector<std::string> codes;
    {
        db::Database::Lease local = needs.database.local();
        db::Transaction transaction(*local);
        SecondStepRow row = second_step_row(*local, officer).value_or(SecondStepRow{});
        const std::optional<kernel::Bytes> secret = opened(needs, officer, row.fresh);
        if (!secret) return kernel::refuse(Code::conflict, "people.code_not_begun");
        const std::optional<std::int64_t> step = totp_match(*secret, bare(code), now, 0);
        if (!step) return wrong();
        write_second_step(*local, officer, {row.fresh, std::nullopt, *step, now});
        codes = fresh_recovery(*local, needs, officer);
        transaction.commit();
    }
    end_other_sessions(needs, officer, cookie);
    return codes;
}

bool redeem_code(db::Connection& local, const Needs& needs, OfficerId officer, std::string_view typed) {
    const std::optional<SecondStepRow> row = second_step_row(local, officer);
    const std::optional<kernel::Bytes> secret = row ? opened(needs, officer, row->secret) : std::nullopt;
    if (!secret) return false;
    const std::string code = bare(typed);
    if (code.size() != 6) return use_recovery(local, officer, recovery_hash(needs, officer, code));
    const std::optional<std::int64_t> step = totp_match(*secret, code, needs.clock.now(), row->used);
    return step && use_step(local, officer, *step);
}

namespace {

// Counts the attempt, takes the code and does what follows from it, all or nothing.
template <class Then>
kernel::Checked with_code(const Needs& needs, OfficerId officer, std::string_view code, Then then) {
    const std::string login = login_of(*needs.database.read(), officer);
    if (kernel::Checked ok = count_attempt(needs, login_key(needs, login)); !ok) return ok;
    db::Database::Lease local = needs.database.local();
    db::Transaction transaction(*local);
    if (!redeem_code(*local, needs, officer, code)) return wrong();
    clear_failures(*local, login_key(needs, login));
    then(*local);
    transaction.commit();
    return {};
}

}  // namespace

Result<std::vector<std::string>> renew_recovery(const Needs& needs, OfficerId officer, std::string_view code) {
    std::vector<std::string> codes;
    const kernel::Checked done =
        with_code(needs, officer, code, [&](db::Connection& local) { codes = fresh_recovery(local, needs, officer); });
    if (!done) return done.error();
    return codes;
}

kernel::Checked prove(const Needs& needs, Gate& gate, OfficerId officer, const kernel::Secret& shown) {
    const bool by_code = second_step(needs, officer).in_force;
    if (shown.empty()) return kernel::invalid("proof", by_code ? "people.code_missing" : "people.password_missing");
    const kernel::Checked done = by_code ? with_code(needs, officer, shown.reveal(), [](db::Connection&) {})
                                         : prove_password(needs, gate, officer, shown);
    if (done || done.error().field.empty()) return done;
    kernel::Error wrong_one = done.error();
    wrong_one.field = "proof";
    return wrong_one;
}

kernel::Checked end_code(const Needs& needs, OfficerId officer, std::string_view code) {
    return with_code(needs, officer, code, [&](db::Connection& local) { forget_second_step(local, officer); });
}

}  // namespace people
