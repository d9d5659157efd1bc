// The codes of authenticator apps: TOTP, RFC 6238, with HMAC-SHA-1, 30 seconds, six digits. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>
#include <kernel/time.h>

namespace people {

inline constexpr std::size_t totp_secret_bytes = 20;  // 160 bits, RFC 4226 section 4, R6
inline constexpr std::int64_t totp_step = 30'000;     // ms

// The code of one step, "000000" to "999999"; RFC 4226 section 5.3.
std::string totp(kernel::View secret, std::int64_t step);
std::int64_t totp_step_of(kernel::Instant);
// The step whose code this is: the present one, the one before or the one after, and later than `used`, so that each
// code is good once (RFC 6238 section 5.2). All three are compared, whichever fits.
std::optional<std::int64_t> totp_match(kernel::View secret, std::string_view code, kernel::Instant now,
                                       std::int64_t used);
// What an app reads from the QR code: otpauth://totp/ISSUER:LOGIN?secret=…&issuer=…; texts percent-encoded, the issuer
// cut to what a QR code takes.
std::string otpauth(std::string_view issuer, std::string_view login, kernel::View secret);
// The secret for typing: base32 in fours.
std::string in_fours(kernel::View secret);

}  // namespace people
