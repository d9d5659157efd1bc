#include "totp.h"

#include <kernel/text.h>

namespace people {
namespace {

constexpr std::size_t longest_issuer =
    30;  // bytes, 90 of the address when each is percent-encoded, and it stands twice

// At most so many bytes of whole characters.
std::string_view cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

}  // namespace

std::string totp(kernel::View secret, std::int64_t step) {
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < 8; ++i)
        counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    const auto mac = kernel::hmac_sha1(secret, counter);
    const std::size_t at = mac[19] & 15;
    const std::uint32_t number = (std::uint32_t{mac[at]} & 0x7f) << 24 | std::uint32_t{mac[at + 1]} << 16 |
                                 std::uint32_t{mac[at + 2]} << 8 | std::uint32_t{mac[at + 3]};
    const std::string digits = std::to_string(number % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

std::int64_t totp_step_of(kernel::Instant at) { return at.ms / totp_step; }

std::optional<std::int64_t> totp_match(kernel::View secret, std::string_view code, kernel::Instant now,
                                       std::int64_t used) {
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {totp_step_of(now) - 1, totp_step_of(now), totp_step_of(now) + 1}) {
        const bool fits = kernel::equal_in_constant_time(kernel::view(totp(secret, step)), kernel::view(code));
        if (fits && step > used && !found) found = step;
    }
    return found;
}

std::string otpauth(std::string_view issuer, std::string_view login, kernel::View secret) {
    const std::string name = kernel::percent_encoded(cut(issuer, longest_issuer));
    return "otpauth://totp/" + name + ":" + kernel::percent_encoded(login) + "?secret=" + kernel::base32(secret) +
           "&issuer=" + name;
}

std::string in_fours(kernel::View secret) {
    const std::string all = kernel::base32(secret);
    std::string out;
    for (std::size_t i = 0; i < all.size(); i += 4) out += (i > 0 ? " " : "") + all.substr(i, 4);
    return out;
}

}  // namespace people
